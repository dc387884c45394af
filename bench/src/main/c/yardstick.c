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

/* CRC32C over three strips at once, as one instruction waits for the one before: `after[k][b]` is what byte b at place k of a sum becomes
 * when STRIP more bytes, all zero, follow it. */
enum { STRIP = 2048 };

#ifdef __SSE4_2__
static uint64_t crc_words(uint64_t crc, const uint8_t *bytes, size_t length) {
  for (size_t i = 0; i < length; i += 8) {
    uint64_t word;
    memcpy(&word, bytes + i, 8);
    crc = _mm_crc32_u64(crc, word);
  }
  return crc;
}

static uint32_t after[4][256];

__attribute__((constructor)) static void crc_tables(void) {
  static const uint8_t zeros[STRIP];
  for (int k = 0; k < 4; k++)
    for (uint32_t b = 0; b < 256; b++) after[k][b] = (uint32_t)crc_words(b << 8 * k, zeros, STRIP);
}

static uint64_t crc_after(uint64_t crc) {
  return after[0][crc & 255] ^ after[1][crc >> 8 & 255] ^ after[2][crc >> 16 & 255] ^ after[3][crc >> 24 & 255];
}

static uint32_t crc32c(const uint8_t *bytes, size_t length) {
  uint64_t crc = 0xffffffff;
  for (; length >= 3 * STRIP; bytes += 3 * STRIP, length -= 3 * STRIP) {
    uint64_t second = 0, third = 0;
    for (size_t i = 0; i < STRIP; i += 8) {
      uint64_t a, b, c;
      memcpy(&a, bytes + i, 8);
      memcpy(&b, bytes + STRIP + i, 8);
      memcpy(&c, bytes + 2 * STRIP + i, 8);
      crc = _mm_crc32_u64(crc, a);
      second = _mm_crc32_u64(second, b);
      third = _mm_crc32_u64(third, c);
    }
    crc = crc_after(crc_after(crc) ^ second) ^ third;
  }
  crc = crc_words(crc, bytes, length & ~(size_t)7);
  for (size_t i = length & ~(size_t)7; i < length; i++) crc = _mm_crc32_u8((uint32_t)crc, bytes[i]);
  return ~(uint32_t)crc;
}
#else
static uint32_t crc32c(const uint8_t *bytes, size_t length) { return 0; }
#endif

static uint32_t u24(const uint8_t *bytes) { return bytes[0] | bytes[1] << 8 | (uint32_t)bytes[2] << 16; }

/* The one block of a frame without options, as chunks have it: 7 bytes, its length, its bytes, an end mark. */
static void unframe(const uint8_t *frame, uint8_t *raw, uint32_t length) {
  uint32_t block;
  memcpy(&block, frame + 7, 4);
  LZ4_decompress_safe((const char *)frame + 11, (char *)raw, (int)block, (int)length);
}

/* A whole body: each chunk decoded as its header tells, hashed and summed; 32 + 4 bytes a chunk to `out`. Buffers are used again. */
size_t yard_verify(begin_fn *begin, update_fn *update, finish_fn *finish, const uint8_t *key, const uint8_t *body, size_t length,
                   uint8_t *out) {
  static uint8_t raw[MAX], grouped[MAX];
  uint64_t hasher[512];
  size_t count = 0;
  for (const uint8_t *chunk = body; chunk < body + length; count++, out += 36) {
    uint32_t stored = 8 + u24(chunk + 1), bytes = u24(chunk + 5);
    const uint8_t *plain = raw;
    switch (chunk[4]) {
      case 0: plain = chunk + 8; break;
      case 1: unframe(chunk + 8, raw, bytes); break;
      default:
        unframe(chunk + 8, grouped, bytes);
        yard_bg4_join(grouped, bytes, raw, 1);
    }
    begin(hasher, key);
    update(hasher, plain, bytes);
    finish(hasher, out, 32);
    uint32_t crc = crc32c(chunk, stored);
    memcpy(out + 32, &crc, 4);
    chunk += stored;
  }
  return count;
}
