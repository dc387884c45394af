package dev.ashlar.casserver.xet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.casserver.intake.UsedXorbs;
import dev.ashlar.casserver.xet.FilePlans.Plan;
import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.xorb.CorruptXorbException;
import dev.ashlar.core.xorb.XorbFooter;
import dev.ashlar.core.xorb.XorbReader;
import dev.ashlar.metadata.FileContents.Content;
import dev.ashlar.metadata.StoredXorb;
import dev.ashlar.objectstore.MemoryStore;
import dev.ashlar.objectstore.ObjectKey;
import dev.ashlar.objectstore.StoredXorbs;
import dev.ashlar.reconstruction.ReconstructionPlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilePlansTest {
  private static final MerkleHash XORB =
      MerkleHash.parse(GoldenFiles.json("xorbs/none-random.json").required("hash").asText());
  private static final ObjectKey KEY = ObjectKey.fresh("xorb");

  @TempDir Path folder;
  private final MemoryStore objects = new MemoryStore();
  private final StoredXorbs store = new StoredXorbs(objects);
  private final FilePlans plans = new FilePlans(store);

  @BeforeEach
  void publish() throws IOException {
    var body = new ByteArrayInputStream(GoldenFiles.bytes("xorbs/none-random.bin"));
    var stored = new ByteArrayOutputStream();
    var index = XorbReader.verify(body, XORB, stored);
    stored.writeBytes(XorbFooter.write(XORB, index));
    publish(KEY, stored.toByteArray());
  }

  private void publish(ObjectKey key, byte[] bytes) throws IOException {
    objects.publish(key, Files.write(folder.resolve("staged"), bytes));
  }

  /** A file of two chunks, a term each. */
  private HeldFiles.Held file() {
    var rows = Map.of(XORB, new StoredXorb(1, XORB, KEY.text(), 0, 0, 0));
    var xorbs = new UsedXorbs(rows, store);
    var terms =
        List.of(new ChunkRange(0, 1), new ChunkRange(1, 2)).stream()
            .map(chunks -> new Term(XORB, chunks, xorbs.index(XORB).rawBytes(chunks)))
            .toList();
    return new HeldFiles.Held(new Content(new FileManifest(XORB, terms), rows), xorbs);
  }

  private Plan whole(HeldFiles.Held file) {
    return plans.of(file, new ByteRange(0, file.manifest().bytes()));
  }

  @Test
  void givenAWholeFile_whenPlannedTwice_thenBothAreThePlanAndItsFetchesAreRemembered() {
    var file = file();
    var range = new ByteRange(0, file.manifest().bytes());
    var plan = ReconstructionPlan.of(file.manifest(), range, file.xorbs()::index);

    var first = whole(file);
    var second = whole(file);

    assertThat(first).isEqualTo(new Plan(0, plan.terms(), plan.fetchesByXorb())).isEqualTo(second);
    assertThat(second.fetches()).isSameAs(first.fetches());
  }

  @Test
  void givenAWholeFile_whenARangeIsPlanned_thenItHasItsOwnFetches() {
    var file = file();
    var whole = whole(file);

    var part = plans.of(file, new ByteRange(1, 2));

    assertThat(part.offsetIntoFirstRange()).isEqualTo(1);
    assertThat(part.terms()).containsExactly(file.manifest().terms().getFirst());
    assertThat(part.fetches()).isNotEqualTo(whole.fetches());
  }

  @Test
  void givenAWholeFile_whenItsContentIsAnother_thenNothingIsRemembered() {
    var first = whole(file());

    var second = whole(file());

    assertThat(second.fetches()).isEqualTo(first.fetches()).isNotSameAs(first.fetches());
  }

  @Test
  void givenARememberedPlan_whenDamageWasMet_thenItIsMadeAnew() throws IOException {
    var file = file();
    var before = whole(file);
    var damaged = ObjectKey.fresh("xorb");
    publish(damaged, new byte[3]);
    assertThatThrownBy(() -> store.index(damaged)).isInstanceOf(CorruptXorbException.class);

    var after = whole(file);

    assertThat(after.fetches()).isEqualTo(before.fetches()).isNotSameAs(before.fetches());
    assertThat(whole(file).fetches()).as("from then on").isSameAs(after.fetches());
  }
}
