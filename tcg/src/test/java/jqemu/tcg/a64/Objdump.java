package jqemu.tcg.a64;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs `aarch64-linux-gnu-objdump`, against which the tests compare.
final class Objdump {
    private static final String PROGRAM = "aarch64-linux-gnu-objdump";
    private static final Pattern LINE = Pattern.compile("\\s*([0-9a-f]+):\\t([0-9a-f]{8}) *\\t(.*)");

    private Objdump() {}

    /// One disassembled word; `text` is normalised.
    record Line(long pc, int insn, String text) {}

    static boolean isPresent() {
        return find().isPresent();
    }

    private static Optional<Path> find() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path file = Path.of(folder, PROGRAM);
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /// Disassembles the executable sections of an ELF file.
    static List<Line> disassemble(Path elf) {
        return run(List.of("-d", "-z", elf.toString()));
    }

    /// Disassembles words laid out from address `base` on.
    static List<Line> disassemble(int[] words, long base) {
        try {
            Path file = Files.createTempFile("words", ".bin");
            try {
                ByteBuffer bytes = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asIntBuffer().put(words);
                Files.write(file, bytes.array());
                String address = "--adjust-vma=0x" + Long.toHexString(base);
                return run(List.of("-D", "-z", "-b", "binary", "-m", "aarch64", address, file.toString()));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Line> run(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(find().orElseThrow().toString());
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var lines = new ArrayList<Line>();
            try (var reader = process.inputReader()) {
                reader.lines().forEach(line -> {
                    Matcher matcher = LINE.matcher(line);
                    if (matcher.matches()) {
                        lines.add(new Line(
                                Long.parseUnsignedLong(matcher.group(1), 16),
                                Integer.parseUnsignedInt(matcher.group(2), 16),
                                normalise(matcher.group(3))));
                    }
                });
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Without comments and symbols, with single spaces, and with `0x` before addresses as we print them.
    static String normalise(String text) {
        String plain = text.replaceAll("\\s*//.*", "").replaceAll("\\s*<[^>]*>", "");
        plain = plain.replaceAll("\\s+", " ").strip();
        return plain.replaceFirst(
                "^((?:b|bl|b\\.\\w\\w|cbn?z|tbn?z|adrp?|ldr(?:sw)?|prfm) (?:.*, )?)([0-9a-f]+)$", "$10x$2");
    }
}
