package jqemu.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Generates decoder, interfaces, disassembler and pattern list from the decode tables.
///
/// Run by the build: `java DecodeGenerator.java <folder of *.decode> <output folder>`. A mistake in a table ends it
/// with one line and status 1. See [TableParser] for the format.
public final class DecodeGenerator {
    private DecodeGenerator() {}

    /// The command line: table folder, output folder.
    public static void main(String[] arguments) throws IOException {
        try {
            List<Group> groups = readTables(Path.of(arguments[0]));
            write(groups, Path.of(arguments[1]));
        } catch (TableException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /// Reads all tables of a folder, in the order of their names.
    ///
    /// @throws TableException at the first mistake
    static List<Group> readTables(Path folder) throws IOException {
        List<Path> files;
        try (var list = Files.list(folder)) {
            files = list.filter(file -> file.toString().endsWith(".decode"))
                    .sorted()
                    .toList();
        }
        return readTables(files);
    }

    static List<Group> readTables(List<Path> files) throws IOException {
        SequencedMap<String, Group> groups = new TreeMap<>();
        var names = new HashSet<String>();
        int count = 0;
        for (Path file : files) {
            Group group = TableParser.parse(file.toString(), Files.readAllLines(file), count, names);
            count += group.patterns().size();
            groups.put(file.toString(), group);
        }
        TableParser.checkAcross(groups);
        return List.copyOf(groups.values());
    }

    private static void write(List<Group> groups, Path output) throws IOException {
        Path folder = output.resolve("jqemu/tcg/a64");
        Files.createDirectories(folder);
        var written = new HashSet<Path>();
        for (SourceFile source : sources(groups)) {
            Path file = folder.resolve(source.className() + ".java");
            written.add(file);
            // unchanged files keep their time, so that the compiler need not run again
            if (!Files.exists(file) || !Files.readString(file).equals(source.text())) {
                Files.writeString(file, source.text());
            }
        }
        try (var list = Files.list(folder)) {
            for (Path stale : list.filter(file -> !written.contains(file)).toList()) {
                Files.delete(stale);
            }
        }
    }

    /// All generated classes.
    static List<SourceFile> sources(List<Group> groups) {
        var files = new ArrayList<SourceFile>();
        for (Group group : groups) {
            files.add(InterfaceWriter.write(group));
            files.add(TextWriter.writeGroup(group));
        }
        files.add(DecoderWriter.writeDecoder(groups));
        files.add(DecoderWriter.writePatternDecoder(groups));
        files.add(TextWriter.writeDispatcher(groups));
        files.add(PatternsWriter.write(groups));
        return files;
    }
}
