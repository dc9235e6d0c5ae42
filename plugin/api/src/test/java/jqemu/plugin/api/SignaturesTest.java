package jqemu.plugin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// No change of the API passes unnoticed: all public signatures are in the file `signatures.txt`. Who adds something
/// raises [PluginApi#VERSION], who changes or removes something [PluginApi#MIN_VERSION] as well, and rewrites the file
/// by `-Djqemu.bless=true`.
class SignaturesTest {
    private static final Path ROOT = Path.of(System.getProperty("jqemu.root"), "plugin/api");
    private static final Path FILE = ROOT.resolve("signatures.txt");

    @Test
    void signaturesAreThoseOfTheFile() throws Exception {
        String signatures = "version " + PluginApi.VERSION + ", from " + PluginApi.MIN_VERSION + "\n"
                + String.join("\n", signatures()) + "\n";
        if (Boolean.getBoolean("jqemu.bless")) {
            Files.writeString(FILE, signatures);
        }
        assertEquals(Files.readString(FILE), signatures);
    }

    private static Set<String> signatures() throws Exception {
        Set<String> lines = new TreeSet<>();
        for (String name : types()) {
            collect(Class.forName("jqemu.plugin.api." + name), lines);
        }
        return lines;
    }

    private static List<String> types() throws Exception {
        try (Stream<Path> files = Files.list(ROOT.resolve("src/main/java/jqemu/plugin/api"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("package-info.java"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
        }
    }

    private static void collect(Class<?> type, Set<String> lines) {
        if (!Modifier.isPublic(type.getModifiers())) {
            return;
        }
        lines.add(type.toGenericString());
        Stream<Member> members = Stream.of(
                        type.getDeclaredMethods(), type.getDeclaredConstructors(), type.getDeclaredFields())
                .flatMap(Arrays::stream);
        members.filter(member -> Modifier.isPublic(member.getModifiers()) && !member.isSynthetic())
                .forEach(member -> lines.add(
                        switch (member) {
                            case java.lang.reflect.Executable executable -> executable.toGenericString();
                            case java.lang.reflect.Field field -> field.toGenericString();
                            default -> member.toString();
                        }));
        for (Class<?> inner : type.getDeclaredClasses()) {
            collect(inner, lines);
        }
    }
}
