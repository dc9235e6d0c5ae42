package jqemu.structure;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The borders between modules and packages, and names that say nothing.
@Tag("structure")
class BordersTest {
    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter().importPaths(Repository.classFolders());
    }

    @ParameterizedTest
    @CsvSource({
        "jqemu.loader.., jqemu.loader..",
        "jqemu.plugin.api.., jqemu.plugin.api..",
        "jqemu.tcg.., jqemu.loader.. jqemu.plugin.api.. jqemu.tcg..",
        "jqemu.syscall.., jqemu.loader.. jqemu.plugin.api.. jqemu.tcg.. jqemu.syscall..",
    })
    void moduleKnowsOnlyThoseBelowIt(String module, String known) {
        onlyKnows(module, known);
    }

    /// A shipped plugin is a jar that holds its own package and those that the list names behind it.
    @ParameterizedTest
    @MethodSource("shippedPlugins")
    void shippedPluginKnowsOnlyWhatIsInItsJar(String line) {
        String[] words = line.split(" +", -1);
        String packages = Stream.concat(
                        Stream.of(words[1].substring(0, words[1].lastIndexOf('.'))),
                        Stream.of(words).skip(2))
                .map(name -> name + "..")
                .collect(Collectors.joining(" "));
        onlyKnows(packages.split(" ", -1)[0], packages + " jqemu.plugin.api..");
    }

    static List<String> shippedPlugins() throws IOException {
        return Files.readAllLines(Repository.ROOT.resolve("plugin/shipped/plugins")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    /// `cpu` and `ir` are one layer: IR names the slots of the CPU's state.
    @ParameterizedTest
    @CsvSource({
        "loader.elf, ''",
        "loader.host, ''",
        "loader.memory, loader.host",
        "loader.image, loader.elf loader.host loader.memory",
        "tcg.cpu, tcg.ir",
        "tcg.ir, tcg.cpu",
        "tcg.helper, tcg.cpu tcg.ir",
        "tcg.opt, tcg.cpu tcg.ir",
        "tcg.a64, tcg.cpu tcg.ir tcg.helper",
        "tcg.instrument, tcg.cpu tcg.ir tcg.a64",
        "tcg.interp, tcg.cpu tcg.ir tcg.helper tcg.instrument",
    })
    void packageKnowsOnlyThoseBelowIt(String name, String below) {
        String others = name.startsWith("tcg") ? "jqemu.loader.. jqemu.plugin.api.." : "";
        String known = Stream.concat(Stream.of(name), Stream.of(below.split(" ", -1)))
                .filter(part -> !part.isEmpty())
                .map(part -> "jqemu." + part + "..")
                .reduce(others, (a, b) -> a + " " + b);
        onlyKnows("jqemu." + name + "..", known.strip());
    }

    private static void onlyKnows(String from, String known) {
        DescribedPredicate<JavaClass> foreign =
                resideInAnyPackage("jqemu..").and(resideOutsideOfPackages(known.split(" ", -1)));
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat(foreign)
                .check(classes);
    }

    @Test
    void pluginApiNeedsNothing() {
        classes()
                .that()
                .resideInAPackage("jqemu.plugin.api..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "jqemu.plugin.api..", "org.jspecify..")
                .check(classes);
    }

    /// Guest pointers are read through copy-in and copy-out, which give EFAULT; host memory is the loader's.
    @Test
    void onlyTheLoaderTouchesHostMemory() {
        noClasses()
                .that()
                .resideOutsideOfPackage("jqemu.loader..")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("Unsafe")
                .check(classes);
    }

    @Test
    void namesSaySomething() {
        for (String suffix : new String[] {"Util", "Utils", "Manager", "Impl", "Base"}) {
            noClasses().should().haveSimpleNameEndingWith(suffix).check(classes);
        }
    }
}
