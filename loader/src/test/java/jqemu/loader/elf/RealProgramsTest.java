package jqemu.loader.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs as the cross compiler makes them. Skipped where there is none.
final class RealProgramsTest {
    private static final String COMPILER = "aarch64-linux-gnu-gcc";
    private static final String STRIP = "aarch64-linux-gnu-strip";

    @TempDir
    Path folder;

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }

    private Path compile(String... options) throws IOException, InterruptedException {
        boolean found = true;
        try {
            found = run(COMPILER, "--version");
        } catch (IOException absent) {
            found = false;
        }
        assumeTrue(found, COMPILER + " is not installed");
        Path source = folder.resolve("hello.c");
        Path program = folder.resolve("hello");
        Files.writeString(source, "#include <stdio.h>\nint main(void) { puts(\"hello\"); return 0; }\n");
        List<String> command = new ArrayList<>(List.of(COMPILER, "-O1", source.toString(), "-o", program.toString()));
        command.addAll(List.of(options));
        assertTrue(run(command.toArray(String[]::new)), () -> String.join(" ", command));
        return program;
    }

    private static ElfHeaders headers(Path program) throws IOException, ElfFormatException {
        try (RandomAccessFile file = new RandomAccessFile(program.toFile(), "r")) {
            return ElfHeaders.read(ByteSource.of(file), 1L << 46);
        }
    }

    private static SymbolTable symbols(Path program) throws IOException {
        List<String> reports = new ArrayList<>();
        try (RandomAccessFile file = new RandomAccessFile(program.toFile(), "r")) {
            SymbolTable table = SymbolReader.read(ByteSource.of(file), 0, reports::add);
            assertEquals(List.of(), reports);
            return table;
        }
    }

    @Test
    void staticProgram() throws Exception {
        Path program = compile("-static");
        ElfHeaders headers = headers(program);
        assertEquals(2, headers.segmentCount());
        assertTrue(headers.segment(0).isExecutable());
        SymbolTable table = symbols(program);
        assertEquals(new SymbolTable.Location("_start", 0), table.locate(headers.entry()));
        assertTrue(table.findByName("main") >= 0);
        assertTrue(run(STRIP, program.toString()));
        assertEquals(0, symbols(program).size());
    }

    @Test
    void staticPie() throws Exception {
        Path program = compile("-static-pie");
        ElfHeaders headers = headers(program);
        assertTrue(headers.isPositionIndependent());
        assertEquals(0, headers.lowest());
        assertTrue(symbols(program).findByName("main") >= 0);
    }

    @Test
    void dynamicProgramIsRefusedAndItsDynsymIsRead() throws Exception {
        Path program = compile("-rdynamic");
        ElfFormatException refusal = assertThrows(ElfFormatException.class, () -> headers(program));
        assertEquals("dynamically linked: not supported yet, link with -static", refusal.getMessage());
        assertTrue(run(STRIP, program.toString()));
        assertTrue(symbols(program).findByName("main") >= 0);
    }
}
