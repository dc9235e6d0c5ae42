package jqemu.loader.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import jqemu.loader.elf.ElfBuilder;
import jqemu.loader.elf.ElfFormatException;
import jqemu.loader.elf.ElfFuzz;
import jqemu.loader.elf.SymbolTable;
import jqemu.loader.host.Host;
import jqemu.loader.memory.GuestFault;
import jqemu.loader.memory.GuestMemory;
import jqemu.loader.memory.Mapping;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Loads programs into real guest memory and looks at what is there.
final class ProgramLoaderTest {
    private static final long STACK = ProgramSpec.DEFAULT_STACK_SIZE;

    private static GuestMemory memory;

    @TempDir
    Path folder;

    @BeforeAll
    static void reserve() {
        memory = GuestMemory.reserve(Host.open());
    }

    @BeforeEach
    void unmapAll() {
        memory.space().unmap(0, memory.size());
    }

    @AfterAll
    static void unmap() {
        memory.space().unmap(0, memory.size());
    }

    private Path file(byte[] bytes, String permissions) throws IOException {
        Path path = Files.write(folder.resolve("prog"), bytes);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static LoadedProgram load(Path path) throws ElfFormatException {
        byte[][] arguments = {"prog".getBytes(StandardCharsets.UTF_8)};
        return ProgramLoader.load(memory, spec(path, arguments), message -> {});
    }

    private static ProgramSpec spec(Path path, byte[][] arguments) {
        return new ProgramSpec(
                path.toString().getBytes(StandardCharsets.UTF_8),
                arguments,
                new byte[0][],
                STACK,
                new CpuFacts(3, 0, 0),
                new Credentials(0, 0, 0, 0),
                StartRandom.seeded(1));
    }

    private LoadedProgram load(ElfBuilder program) throws IOException, ElfFormatException {
        return load(file(program.build(), "rwxr-xr-x"));
    }

    private static String refusal(Path path) {
        ElfFormatException refusal = assertThrows(ElfFormatException.class, () -> load(path));
        return refusal.exitStatus() + " " + refusal.getMessage();
    }

    private static Mapping mapping(long vaddr) {
        return Objects.requireNonNull(memory.space().find(vaddr));
    }

    /// The builder fills files with the low bytes of their offsets.
    private static void assertFileBytes(long offset, long vaddr, int length) {
        byte[] bytes = memory.read(vaddr, length);
        for (int i = 0; i < length; i++) {
            assertEquals((byte) (offset + i), bytes[i], "byte " + i);
        }
    }

    private static void assertZero(long from, long to) {
        assertArrayEquals(new byte[(int) (to - from)], memory.read(from, (int) (to - from)));
    }

    @Test
    void segmentsAreMappedWithTheirProtectionsAndBssIsZero() throws Exception {
        LoadedProgram program = load(new ElfBuilder()
                .entry(0x400100)
                .load(5, 0, 0x400000, 0x1234, 0x1234)
                .load(6, 0x1800, 0x411800, 0x100, 0x5001));
        assertEquals(0x400100, program.entry());
        assertEquals(0x417000, program.brk());
        assertFileBytes(0x400, 0x400400, 0x1234 - 0x400);
        assertFileBytes(0x1234, 0x401234, 0x100); // the rest of the page is the file's, as on Linux
        assertFileBytes(0x1800, 0x411800, 0x100);
        assertZero(0x411900, 0x417000);
        assertEquals(5, mapping(0x401fff).protection());
        assertEquals(3, mapping(0x411800).protection());
        assertEquals(3, mapping(0x416fff).protection());
        assertNull(memory.space().find(0x402000));
        assertNull(memory.space().find(0x417000));
        String name = folder.resolve("prog").toRealPath().toString();
        assertEquals(name, mapping(0x400000).name());
        assertEquals(0x1000, mapping(0x411000).offset());
        assertNull(mapping(0x412000).name());
        memory.writeByte(0x411800, 42);
        assertThrows(GuestFault.class, () -> memory.writeByte(0x400000, 42));
        assertEquals((byte) 0x00, Files.readAllBytes(folder.resolve("prog"))[0x1800], "the mapping is private");
    }

    @Test
    void bssOfAReadOnlySegmentIsZeroAndStaysReadOnly() throws Exception {
        load(new ElfBuilder().load(4, 0, 0x400000, 0x123, 0x1800));
        assertZero(0x400123, 0x402000);
        assertEquals(1, mapping(0x400000).protection());
        assertEquals(1, mapping(0x401000).protection());
    }

    @Test
    void aSegmentWithoutBytesLeavesASharedPageAlone() throws Exception {
        load(new ElfBuilder().load(6, 0, 0x400000, 0x900, 0x900).load(6, 0, 0x400a00, 0, 0x2000));
        assertFileBytes(0x100 + 0x200, 0x400300, 0x600);
        assertZero(0x400a00, 0x403000);
    }

    @Test
    void aSegmentWithoutBytesAlone() throws Exception {
        load(new ElfBuilder().load(5, 0, 0x400000, 0x100, 0x100).load(6, 0, 0x500a00, 0, 0x10));
        assertZero(0x500000, 0x501000);
    }

    @Test
    void aStaticPieIsBiased() throws Exception {
        LoadedProgram program = load(new ElfBuilder().type(3).entry(0x40).load(5, 0, 0, 0x1000, 0x1000));
        long bias = program.layout().bias();
        assertTrue(bias > 0 && bias % 4096 == 0);
        assertEquals(bias + 0x40, program.entry());
        assertFileBytes(0x400, bias + 0x400, 0xc00);
        assertEquals(bias + 0x1000, program.brk());
    }

    @Test
    void theStackIsMappedWithAGuardBelow() throws Exception {
        LoadedProgram program = load(new ElfBuilder().load(5, 0, 0x400000, 0x100, 0x100));
        ImageLayout layout = program.layout();
        assertEquals(1, memory.readLong(program.stackPointer()));
        assertArrayEquals(program.stack().content(), memory.read(program.stackPointer(), (int)
                (layout.stackHigh() - program.stackPointer())));
        Mapping stack = mapping(program.stackPointer());
        assertEquals(new Mapping(layout.stackLow(), layout.stackHigh(), 3, false, "[stack]", 0, -1), stack);
        memory.writeByte(layout.stackLow(), 1);
        assertThrows(GuestFault.class, () -> memory.writeByte(layout.stackLow() - 1, 1));
        assertEquals(0, mapping(layout.guardLow()).protection());
        assertTrue(memory.space().findFree(0, 1 << 20) < layout.guardLow());
    }

    @Test
    void anExecutableStack() throws Exception {
        LoadedProgram program = load(new ElfBuilder()
                .load(5, 0, 0x400000, 0x100, 0x100)
                .programHeader(ElfBuilder.PT_GNU_STACK, 7, 0, 0, 0, 0, 16));
        assertEquals(7, mapping(program.stackPointer()).protection());
    }

    @Test
    void whatCannotBeExecutedIsRefusedLikeQemu() throws Exception {
        byte[] good = new ElfBuilder().load(5, 0, 0x400000, 0x100, 0x100).build();
        assertEquals("1 No such file or directory", refusal(folder.resolve("nope")));
        assertEquals("1 Exec format error", refusal(folder));
        assertEquals("1 Exec format error", refusal(Path.of("/dev/null")));
        assertEquals("1 Exec format error", refusal(file(good, "rw-r--r--")));
        assertEquals("1 Exec format error", refusal(file("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), "rwxr-xr-x")));
        assertEquals("1 Not a directory", refusal(folder.resolve("prog/x")));
        assertEquals("1 File name too long", refusal(Path.of("/" + "x".repeat(300))));
        assertEquals("1 File name too long", refusal(Path.of("/" + "x/".repeat(50_000))));
    }

    @Test
    void programsThatDoNotFitAreRefused() throws Exception {
        byte[] low = new ElfBuilder().load(5, 0, 0, 0x100, 0x100).build();
        assertEquals("255 segments begin below 0x10000", refusal(file(low, "rwxr-xr-x")));
        byte[] high = new ElfBuilder()
                .load(5, 0, memory.size() - 0x100000, 0x100, 0x100)
                .build();
        assertEquals("255 no room for the program and a stack of 8388608 bytes", refusal(file(high, "rwxr-xr-x")));
        assertEquals(
                List.of(),
                memory.space().mappings().stream().filter(m -> m.name() == null).toList());
    }

    @Test
    void aPipeDoesNotMakeUsWait() throws Exception {
        Path pipe = folder.resolve("pipe");
        boolean made = false;
        try {
            made = new ProcessBuilder("mkfifo", "-m", "755", pipe.toString())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            made = false;
        }
        assumeTrue(made, "mkfifo is not installed");
        assertEquals("1 Exec format error", refusal(pipe));
    }

    @Test
    void symbolsAreReadFromTheOpenFileAndBiased() throws Exception {
        byte[] names = "\0main\0".getBytes(StandardCharsets.US_ASCII);
        LoadedProgram program = load(new ElfBuilder()
                .type(3)
                .load(5, 0, 0, 0x1000, 0x1000)
                .section(".symtab", 2, 0, ElfBuilder.function(1, 0x100, 8), 2)
                .section(".strtab", 3, 0, names, 0));
        Files.delete(folder.resolve("prog"));
        SymbolTable table = program.symbols().table();
        assertEquals(
                new SymbolTable.Location("main", 4),
                table.locate(program.layout().bias() + 0x104));
        program.file().close();
        assertThrows(IOException.class, () -> program.file().read(0, new byte[1], 0, 1));
    }

    @Test
    void damagedProgramsAreLoadedOrRefused() throws Exception {
        ElfFuzz fuzz = new ElfFuzz(5);
        byte[] original = ElfFuzz.sample("tiny");
        int loaded = 0;
        for (int i = 0; i < 500; i++) {
            Path path = file(fuzz.mutate(original), "rwxr-xr-x");
            try {
                load(path).file().close();
                loaded++;
            } catch (ElfFormatException refusal) {
                assertTrue(refusal.exitStatus() == 1 || refusal.exitStatus() == 255);
            }
            unmapAll();
        }
        assertTrue(loaded > 50 && loaded < 450, "loaded " + loaded);
    }
}
