package dev.ashlar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.bench.Pairing.Ratio;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class PairingTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-9);

  @Test
  void givenElevenRounds_whenTheRatioIsTaken_thenItIsTheirMedianAndTheMiddleEightTenths() {
    var ratio = Ratio.of(new double[] {1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0});

    assertThat(ratio.median()).isEqualTo(0.5, EXACT);
    assertThat(ratio.low()).isEqualTo(0.1, EXACT);
    assertThat(ratio.high()).isEqualTo(0.9, EXACT);
  }

  @Test
  void givenAnEvenNumberOfRounds_whenTheRatioIsTaken_thenItLiesBetweenTheTwoInTheMiddle() {
    assertThat(Ratio.of(new double[] {2, 1}).median()).isEqualTo(1.5, EXACT);
    assertThat(Ratio.of(new double[] {3}).high()).isEqualTo(3, EXACT);
  }

  @Test
  void givenATarget_whenJudged_thenOnlyABandBelowItIsMissed() {
    var ratio = new Ratio(0.9, 0.8, 1.0);

    assertThat(ratio.verdict(0.9, true)).isEqualTo("met");
    assertThat(ratio.verdict(0.95, true)).isEqualTo("inconclusive");
    assertThat(ratio.verdict(1.1, true)).isEqualTo("missed");
    assertThat(ratio.verdict(0.5, false)).isEqualTo("inconclusive");
  }
}
