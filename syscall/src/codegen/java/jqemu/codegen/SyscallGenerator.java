package jqemu.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/// Generates the handlers' interfaces, the dispatcher and the formats of `-strace` from the table of system calls.
///
/// Run by the build: `java SyscallGenerator.java <table> <output folder> [<documentation file>]`. A mistake in the
/// table ends it with one line and status 1. See [SyscallTable] for the format.
public final class SyscallGenerator {
    private SyscallGenerator() {}

    /// The command line: table, output folder, and where the documentation is wanted, its file.
    public static void main(String[] arguments) throws IOException {
        try {
            Path table = Path.of(arguments[0]);
            List<Syscall> calls = SyscallTable.parse(table.toString(), Files.readAllLines(table));
            write(sources(calls), Path.of(arguments[1]));
            if (arguments.length > 2) {
                writeIfChanged(Path.of(arguments[2]), SyscallDocumentation.write(calls));
            }
        } catch (TableException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void write(List<GeneratedClass> sources, Path output) throws IOException {
        Path folder = output.resolve(GeneratedClass.PACKAGE.replace('.', '/'));
        Files.createDirectories(folder);
        var written = new HashSet<Path>();
        for (GeneratedClass source : sources) {
            Path file = folder.resolve(source.className() + ".java");
            written.add(file);
            writeIfChanged(file, source.text());
        }
        try (var list = Files.list(folder)) {
            for (Path stale : list.filter(file -> !written.contains(file)).toList()) {
                Files.delete(stale);
            }
        }
    }

    /// An unchanged file keeps its time, so that the compiler need not run again.
    private static void writeIfChanged(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
        }
    }

    /// All generated classes.
    static List<GeneratedClass> sources(List<Syscall> calls) {
        var families = new TreeMap<String, List<Syscall>>();
        for (Syscall call : calls) {
            if (call.isHandled()) {
                families.computeIfAbsent(call.family(), family -> new ArrayList<>())
                        .add(call);
            }
        }
        var sources = new ArrayList<GeneratedClass>();
        families.forEach((family, members) -> sources.add(FamilyWriter.write(family, members)));
        sources.add(DispatcherWriter.write(calls, List.copyOf(families.keySet())));
        sources.add(FormatWriter.write(calls));
        return sources;
    }
}
