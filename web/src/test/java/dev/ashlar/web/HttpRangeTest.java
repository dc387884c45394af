package dev.ashlar.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.manifest.ByteRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,0,1",
    "bytes=0-99,0,100",
    "bytes=10-19,10,20",
    "bytes=10-1000,10,100",
    "bytes=99-,99,100",
    "bytes=-1,99,100",
    "bytes=-1000,0,100",
    "bytes= 5-6 ,5,7",
    "Bytes=5-6,5,7",
    "bytes=0-99999999999999999999999999,0,100"
  })
  void givenASingleRange_whenTheLengthIs100_thenItIsHalfOpenAndClamped(
      String header, long start, long end) {
    assertThat(HttpRange.parse(header).orElseThrow().within(100))
        .containsExactly(new ByteRange(start, end));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-4",
        "bytes=1-2,",
        "items=0-1",
        "bytes=--1",
        "bytes=0x1-2",
        "bytes=1-2;3-4",
        "bytes=٣-٤"
      })
  void givenNoWellFormedRange_whenParsed_thenThereIsNone(String header) {
    assertThat(HttpRange.parse(header)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999999-"})
  void givenARangeBehindTheEnd_whenTheLengthIs100_thenNothingIsLeft(String header) {
    assertThat(HttpRange.parse(header).orElseThrow().within(100)).isEmpty();
  }

  @Test
  void givenNoBytesAtAll_whenTheLastAreAskedFor_thenNothingIsLeft() {
    assertThat(HttpRange.parse("bytes=-5").orElseThrow().within(0)).isEmpty();
  }

  @Test
  void givenSeveralRanges_whenSomeLieBehindTheEnd_thenTheOthersKeepTheirOrder() {
    var range = HttpRange.parse("bytes=50-59, 100-110,0-9,-1").orElseThrow();

    assertThat(range.count()).isEqualTo(4);
    assertThat(range.within(100))
        .isEqualTo(List.of(new ByteRange(50, 60), new ByteRange(0, 10), new ByteRange(99, 100)));
  }

  @Test
  void givenVeryManyRanges_whenParsed_thenTheyAreNoRange() {
    assertThat(HttpRange.parse("bytes=" + "1-2,".repeat(2_000) + "1-2")).isEmpty();
  }

  @Test
  void givenARange_whenItIsAnnounced_thenItsEndIsInclusive() {
    assertThat(HttpRange.contentRange(new ByteRange(10, 20), 100)).isEqualTo("bytes 10-19/100");
  }
}
