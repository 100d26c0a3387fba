package org.mailkeep;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.mailkeep.cli.options.PassphraseCost;

/** The arrows between modules, and who may import which library. */
final class ArchitectureTest {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          // The classes that modules' tests share.
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages(
              "org.mailkeep.model",
              "org.mailkeep.crypto",
              "org.mailkeep.unix",
              "org.mailkeep.mail",
              "org.mailkeep.storage",
              "org.mailkeep.repository",
              "org.mailkeep.engine",
              "org.mailkeep.service",
              "org.mailkeep.web",
              "org.mailkeep.cli");

  @Test
  void dependencies_point_down() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("cli")
        .definedBy("org.mailkeep.cli..")
        .layer("engine")
        .definedBy("org.mailkeep.engine..")
        .layer("service")
        .definedBy("org.mailkeep.service..")
        .layer("web")
        .definedBy("org.mailkeep.web..")
        .layer("repository")
        .definedBy("org.mailkeep.repository..")
        .layer("storage")
        .definedBy("org.mailkeep.storage..")
        .layer("mail")
        .definedBy("org.mailkeep.mail..")
        .layer("unix")
        .definedBy("org.mailkeep.unix..")
        .layer("crypto")
        .definedBy("org.mailkeep.crypto..")
        .layer("model")
        .definedBy("org.mailkeep.model..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("web")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("service")
        .mayOnlyBeAccessedByLayers("cli", "web")
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("cli", "web")
        .whereLayer("repository")
        .mayOnlyBeAccessedByLayers("cli", "engine", "web")
        .whereLayer("storage")
        .mayOnlyBeAccessedByLayers("cli", "engine", "repository")
        .whereLayer("crypto")
        .mayOnlyBeAccessedByLayers("cli", "engine", "repository")
        .whereLayer("mail")
        .mayOnlyBeAccessedByLayers("engine", "web")
        .whereLayer("unix")
        .mayOnlyBeAccessedByLayers("cli", "engine", "service")
        .check(ALL);
  }

  @Test
  void the_model_depends_on_nothing_else() {
    classes()
        .that()
        .resideInAPackage("org.mailkeep.model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("org.mailkeep.model..", "java..", "org.jspecify..")
        .check(ALL);
  }

  @Test
  void each_library_has_one_home() {
    onlyIn("org.rocksdb..", "org.mailkeep.repository.state");
    onlyIn("org.tomlj..", "org.mailkeep.engine.profile", "org.mailkeep.service.config");
    onlyIn("org.apache.commons.compress..", "org.mailkeep.engine.archive");
    onlyIn("org.apache.james..", "org.mailkeep.mail.header", "org.mailkeep.mail.preview");
    onlyIn("org.jsoup..", "org.mailkeep.mail.preview");
    onlyIn("com.sun.net.httpserver..", "org.mailkeep.web.server");
    onlyIn("com.github.luben..", "org.mailkeep.repository.block");
    onlyIn("org.bouncycastle..", "org.mailkeep.crypto");
    onlyIn("org.apache.sshd..", "org.mailkeep.storage.sftp");
    onlyIn("java.net.http..", "org.mailkeep.storage.s3", "org.mailkeep.service.notify");
    onlyIn("picocli..", "org.mailkeep.cli..");
    onlyIn("com.fasterxml..", "org.mailkeep.cli.output");
    onlyIn("com.google.zxing..", "org.mailkeep.cli.output");
    onlyIn("java.lang.foreign..", "org.mailkeep.unix");
  }

  private static void onlyIn(String library, String... homes) {
    noClasses()
        .that()
        .resideOutsideOfPackages(homes)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(ALL);
  }

  @Test
  void nobody_writes_to_the_screen_but_the_terminal() {
    noClasses().should().accessField(System.class, "out").check(ALL);
    noClasses().should().accessField(System.class, "err").check(ALL);
  }

  /** Tests make passphrases cheap to try; nobody else may. */
  @Test
  void no_passphrase_that_the_program_locks_with_is_cheap_to_try() {
    noClasses()
        .should()
        .callMethodWhere(
            target(nameMatching("lockingWith")).and(target(owner(type(PassphraseCost.class)))))
        .check(ALL);
  }

  @Test
  void names_say_what_a_class_is() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .check(ALL);
  }
}
