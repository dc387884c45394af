package dev.ashlar.metadata;

import static dev.ashlar.metadata.Samples.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UploadIntentsTest {
  private final Database database = TestDatabase.open();
  private final UploadIntents intents = new UploadIntents(database);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void givenATransactionThatFails_whenAnIntentWasOpened_thenTheIntentStays() {
    assertThatThrownBy(
            () ->
                database.change(
                    tx -> {
                      intents.open("key", UploadIntents.Kind.XORB, Duration.ofHours(1));
                      throw new IllegalStateException("killed");
                    }))
        .hasMessage("killed");

    assertThat(count(database, "upload_intent")).isEqualTo(1);
    assertThat(count(database, "upload_intent where expires_at > now() + interval '59 minutes'"))
        .isEqualTo(1);
  }

  @Test
  void givenAnIntent_whenItsObjectIsPublished_thenItEndsWithThatTransaction() {
    var xorb = Samples.newXorb(1);
    intents.open(xorb.storageKey(), UploadIntents.Kind.XORB, Duration.ofHours(1));

    database.change(
        tx -> {
          Xorbs.publish(tx, xorb);
          intents.close(tx, xorb.storageKey());
        });

    assertThat(count(database, "upload_intent")).isZero();
    assertThat(count(database, "deletion")).isZero();
  }

  @Test
  void givenAnIntentThatACollectorTook_whenItsObjectIsPublished_thenNothingIsPublished() {
    var xorb = Samples.newXorb(2);

    assertThatThrownBy(
            () ->
                database.change(
                    tx -> {
                      Xorbs.publish(tx, xorb);
                      intents.close(tx, xorb.storageKey());
                    }))
        .isInstanceOf(ProblemException.class);
    assertThat(count(database, "xorb")).isZero();
  }

  @Test
  void givenAFailedUpload_whenItIsAbandoned_thenItsObjectIsQueuedOnce() {
    intents.open("key", UploadIntents.Kind.GIT_PACK, Duration.ofHours(1));

    intents.abandon("key");
    intents.abandon("key");

    assertThat(count(database, "upload_intent")).isZero();
    assertThat(count(database, "deletion")).isEqualTo(1);
  }
}
