package dev.ashlar.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Keeps the arrows of docs/ARCHITECTURE.md and the classes of docs/protocol.md honest. */
final class HouseTest {
  private static final String ROOT = "dev.ashlar.";
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.ashlar");

  @TestFactory
  List<DynamicTest> rules() {
    return List.of(
        rule("modules depend only downwards", layers()),
        rule(
            "rooms do not know each other",
            slices()
                .matching("dev.ashlar.(chunker|reconstruction|objectstore|metadata|web)..")
                .should()
                .notDependOnEachOther()),
        rule(
            "packages inside a module form no cycle",
            slices().matching("dev.ashlar.(*).(*)..").should().beFreeOfCycles()),
        rule(
            "only wiring and the command line know the hub inside the server",
            noClasses()
                .that()
                .resideInAnyPackage(
                    ROOT + "casserver.dedup..",
                    ROOT + "casserver.xet..",
                    ROOT + "casserver.intake..",
                    ROOT + "casserver.lfs..",
                    ROOT + "casserver.config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "hub..", ROOT + "gateway..")),
        rule(
            "core is pure",
            noClasses()
                .that()
                .resideInAPackage(ROOT + "core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                    "java.sql..", "java.net.http..", "io.helidon..", "java.nio.file..")),
        rule(
            "SQL is spoken in metadata and hub alone",
            noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "metadata..", ROOT + "hub..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.sql..")),
        rule(
            "JGit stays in the hub",
            noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "hub..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jgit..")),
        rule(
            "problems become replies at one place",
            noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "web..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.helidon.webserver..")),
        rule(
            "names say what a thing is",
            noClasses()
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Impl")),
        rule(
            "every package says what it is for and is null-marked",
            classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith("org.jspecify.annotations.NullMarked")));
  }

  @Test
  void givenTheClassesThatAnswerRoutes_whenTheProtocolIsRead_thenItNamesEachAndNoOther()
      throws IOException {
    var documentation = Files.readString(Path.of("../docs/protocol.md"));
    var named =
        Pattern.compile("`(?:[a-z]+\\.)?([A-Z][A-Za-z]+Endpoints)`")
            .matcher(documentation)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toSet());

    assertThat(HOUSE.stream().map(JavaClass::getSimpleName).filter(n -> n.endsWith("Endpoints")))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(named).contains(name))
        .containsAll(named);
  }

  @Test
  void givenTheFiguresThatAreKept_whenTheirTablesAreMade_thenTheDocumentHoldsThem()
      throws IOException, InterruptedException {
    var tables =
        new ProcessBuilder("python3", "../bench/tables", "--check").redirectErrorStream(true);

    var check = tables.start();
    var said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(check.waitFor()).as(said).isZero();
  }

  private static ArchRule layers() {
    return Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("core")
        .definedBy(ROOT + "core..")
        .layer("chunker")
        .definedBy(ROOT + "chunker..")
        .layer("reconstruction")
        .definedBy(ROOT + "reconstruction..")
        .layer("object-store")
        .definedBy(ROOT + "objectstore..")
        .layer("metadata")
        .definedBy(ROOT + "metadata..")
        .layer("web")
        .definedBy(ROOT + "web..")
        .layer("hub")
        .definedBy(ROOT + "hub..")
        .layer("gateway")
        .definedBy(ROOT + "gateway..")
        .layer("cas-server")
        .definedBy(ROOT + "casserver..")
        .whereLayer("cas-server")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("gateway")
        .mayOnlyBeAccessedByLayers("cas-server")
        .whereLayer("hub")
        .mayOnlyBeAccessedByLayers("cas-server")
        .whereLayer("chunker")
        .mayOnlyBeAccessedByLayers("cas-server")
        .whereLayer("reconstruction")
        .mayOnlyBeAccessedByLayers("cas-server", "gateway")
        .whereLayer("object-store")
        .mayOnlyBeAccessedByLayers("cas-server", "gateway", "hub")
        .whereLayer("metadata")
        .mayOnlyBeAccessedByLayers("cas-server", "gateway", "hub")
        .whereLayer("web")
        .mayOnlyBeAccessedByLayers("cas-server", "gateway", "hub");
  }

  private static DynamicTest rule(String name, ArchRule rule) {
    return DynamicTest.dynamicTest(name, () -> rule.because(name).check(HOUSE));
  }

  /** Guards the rules themselves: an import of nothing would let everything pass. */
  @TestFactory
  List<DynamicTest> everyModuleIsSeen() {
    return List.of(
            "core",
            "chunker",
            "reconstruction",
            "objectstore",
            "metadata",
            "web",
            "hub",
            "gateway",
            "casserver")
        .stream()
        .map(
            module ->
                DynamicTest.dynamicTest(
                    module,
                    () -> {
                      if (HOUSE.stream()
                          .map(JavaClass::getPackageName)
                          .noneMatch(name -> (name + ".").startsWith(ROOT + module + "."))) {
                        throw new AssertionError("no class of " + module + " was seen");
                      }
                    }))
        .toList();
  }
}
