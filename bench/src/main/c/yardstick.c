/* What the house's kernels are measured against: plain loops over other people's libraries, and a gear scan of our own in two shapes.
 * Compiled by bench/yardstick with gcc -O3; the loops run on this side, so that no call from Java is timed. */
#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { MIN = 8 << 10, MAX = 128 << 10, WINDOW = 64 };
#define HIT(h) ((h) < (1ull << 48))

/* libblake3, whichever build of it was opened: the functions come as addresses. A hasher has 1,912 bytes in version 1. */
typedef void begin_fn(void *, const void *);
typedef void update_fn(void *, const void *, size_t);
typedef void finish_fn(const void *, void *, size_t);

void yard_blake3(begin_fn *begin, update_fn *update, finish_fn *finish, const uint8_t *key, const uint8_t *bytes, size_t piece,
                 size_t pieces, uint8_t *out) {
  uint64_t hasher[512];
  for (size_t i = 0; i < pieces; i++) {
    begin(hasher, key);
    update(hasher, bytes + i * piece, piece);
    finish(hasher, out, 32);
  }
}

/* Exact cuts, one byte after the other, without the bytes that no cut can depend on. */
size_t yard_gear(const uint64_t *gear, const uint8_t *bytes, size_t length, uint32_t *cuts) {
  size_t count = 0, start = 0;
  while (start < length) {
    size_t end = length - start < MAX ? length : start + MAX;
    size_t at = start + MIN - WINDOW < end ? start + MIN - WINDOW : end;
    size_t from = start + MIN - 1;
    uint64_t hash = 0;
    size_t cut = end;
    for (; at < from && at < end; at++) hash = (hash << 1) + gear[bytes[at]];
    for (; at < end; at++) {
      hash = (hash << 1) + gear[bytes[at]];
      if (HIT(hash)) {
        cut = at + 1;
        break;
      }
    }
    cuts[count++] = (uint32_t)cut;
    start = cut;
  }
  return count;
}

#ifdef __AVX2__
/* Candidates of four strips at once by gathers, without skipping; the cuts follow from them. */
size_t yard_gear_strips(const uint64_t *gear, const uint8_t *bytes, size_t length, uint32_t *cuts, uint32_t *hits) {
  size_t strip = length / 4, found[4] = {0, 0, 0, 0}, room = length / 1024 + 64;
  const uint8_t *p0 = bytes, *p1 = bytes + strip, *p2 = bytes + 2 * strip, *p3 = bytes + 3 * strip;
  __m256i hash = _mm256_setzero_si256(), zero = hash;
  for (int i = WINDOW; i > 0; i--) {
    __m256i at = _mm256_set_epi64x(p3[-i], p2[-i], p1[-i], 0);
    hash = _mm256_add_epi64(_mm256_slli_epi64(hash, 1), _mm256_i64gather_epi64((const long long *)gear, at, 8));
  }
  hash = _mm256_insert_epi64(hash, 0, 0);
  for (size_t i = 0; i < strip; i++) {
    __m256i at = _mm256_set_epi64x(p3[i], p2[i], p1[i], p0[i]);
    hash = _mm256_add_epi64(_mm256_slli_epi64(hash, 1), _mm256_i64gather_epi64((const long long *)gear, at, 8));
    int mask = _mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpeq_epi64(_mm256_srli_epi64(hash, 48), zero)));
    if (mask)
      for (int s = 0; s < 4; s++)
        if ((mask >> s & 1) && found[s] < room) hits[s * room + found[s]++] = (uint32_t)(s * strip + i + 1);
  }
  size_t count = 0, start = 0, s = 0, k = 0;
  while (start < length) {
    size_t end = length - start < MAX ? length : start + MAX, cut = end;
    while (s < 4) {
      if (k == found[s]) {
        s++;
        k = 0;
      } else if (hits[s * room + k] < start + MIN) {
        k++;
      } else {
        break;
      }
    }
    if (s < 4 && hits[s * room + k] < end) cut = hits[s * room + k];
    cuts[count++] = (uint32_t)cut;
    start = cut;
  }
  return count;
}
#endif

extern unsigned char *SHA256(const unsigned char *, size_t, unsigned char *);

void yard_sha256(const uint8_t *bytes, size_t length, uint8_t *out) { SHA256(bytes, length, out); }

extern int LZ4_decompress_safe(const char *, char *, int, int);
extern int LZ4_compress_default(const char *, char *, int, int);

int yard_lz4_compress(const uint8_t *raw, int length, uint8_t *block, int room) {
  return LZ4_compress_default((const char *)raw, (char *)block, length, room);
}

void yard_lz4(const uint8_t *block, int length, uint8_t *raw, int room, size_t times) {
  for (size_t i = 0; i < times; i++) LZ4_decompress_safe((const char *)block, (char *)raw, length, room);
}

void yard_bg4_split(const uint8_t *raw, size_t length, uint8_t *grouped, size_t times) {
  size_t quarter = length / 4;
  for (size_t t = 0; t < times; t++) {
    for (size_t i = 0; i < quarter; i++) {
      grouped[i] = raw[4 * i];
      grouped[quarter + i] = raw[4 * i + 1];
      grouped[2 * quarter + i] = raw[4 * i + 2];
      grouped[3 * quarter + i] = raw[4 * i + 3];
    }
    __asm__ volatile("" ::: "memory");
  }
}

void yard_bg4_join(const uint8_t *grouped, size_t length, uint8_t *raw, size_t times) {
  size_t quarter = length / 4;
  for (size_t t = 0; t < times; t++) {
    for (size_t i = 0; i < quarter; i++) {
      raw[4 * i] = grouped[i];
      raw[4 * i + 1] = grouped[quarter + i];
      raw[4 * i + 2] = grouped[2 * quarter + i];
      raw[4 * i + 3] = grouped[3 * quarter + i];
    }
    __asm__ volatile("" ::: "memory");
  }
}

static uint32_t crc32c(const uint8_t *bytes, size_t length) {
  uint64_t crc = 0xffffffff;
  size_t i = 0;
#ifdef __SSE4_2__
  for (; i + 8 <= length; i += 8) {
    uint64_t word;
    memcpy(&word, bytes + i, 8);
    crc = _mm_crc32_u64(crc, word);
  }
  for (; i < length; i++) crc = _mm_crc32_u8((uint32_t)crc, bytes[i]);
#endif
  return ~(uint32_t)crc;
}

/* A xorb of equal stored chunks: header, payload as it is; hashed and summed. */
uint32_t yard_verify_stored(begin_fn *begin, update_fn *update, finish_fn *finish, const uint8_t *key, const uint8_t *body, size_t piece,
                            size_t pieces, uint8_t *out) {
  uint64_t hasher[512];
  uint32_t sums = 0;
  for (size_t i = 0; i < pieces; i++) {
    const uint8_t *chunk = body + i * (piece + 8);
    begin(hasher, key);
    update(hasher, chunk + 8, piece);
    finish(hasher, out, 32);
    sums ^= crc32c(chunk, piece + 8);
  }
  return sums;
}
