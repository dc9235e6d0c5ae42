package jqemu.syscall.guests;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A guest that dies by a signal leaves a core file of its own, of AArch64, when RLIMIT_CORE allows one: the registers
/// at the instruction that died, and memory as it was then.
final class CoreFileIT {
    private static final int NO_CORES_HERE = 99;
    private static final int CORE = 0x4552_4f43; // "CORE"
    private static final int LINU = 0x554e_494c; // "LINU", the beginning of LINUX
    private static final int PT_LOAD = 1;
    private static final int PT_NOTE = 4;
    private static final int NT_PRSTATUS = 1;
    private static final int NT_FPREGSET = 2;
    private static final int NT_PRPSINFO = 3;
    private static final int NT_AUXV = 6;
    private static final int NT_FILE = 0x4649_4c45;
    private static final int NT_SIGINFO = 0x5349_4749;
    private static final int NT_ARM_TLS = 0x401;
    private static final int AT_PAGESZ = 6;
    private static final int PR_CURSIG = 12;
    private static final int PR_PID = 32;
    private static final int PR_REG = 112;
    private static final int SP = 31;
    private static final int PC = 32;
    private static final int PSTATE = 33;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void showsRegistersAndMemory(String tier) throws IOException, InterruptedException {
        String errors = run("unlimited", tier, "bin/core");
        assertEquals("jqemu-user: uncaught target signal 11 (Segmentation fault) - core dumped\n", errors);
        ByteBuffer core = onlyCore();
        int status = note(core, NT_PRSTATUS);
        int vectors = note(core, NT_FPREGSET);
        long dies = register(core, status, 20);
        long changed = register(core, status, 21);
        assertAll(
                () -> assertEquals(183, core.getShort(18), "EM_AARCH64"),
                () -> assertEquals(11, core.getShort(status + PR_CURSIG)),
                () -> assertEquals(0x8000_0000_0000_1919L, register(core, status, 19)),
                () -> assertEquals(1000, register(core, status, 22)),
                () -> assertEquals(dies, register(core, status, PC)),
                () -> assertEquals(0x6000_0000L, register(core, status, PSTATE), "Z and C"),
                () -> assertEquals(Double.doubleToLongBits(1.5), core.getLong(vectors + 16 * 8)),
                () -> assertEquals(0x5555, core.getLong(memory(core, changed))),
                () -> assertEquals(1000, core.getLong(memory(core, changed + 8))),
                () -> assertEquals(1, core.getLong(memory(core, register(core, status, SP))), "argc"));
    }

    @Test
    void isWrittenForASignalThatIsSent() throws IOException, InterruptedException {
        String errors = run("unlimited", "auto", "bin/ctest-musl", "endings", "abort");
        assertEquals("jqemu-user: uncaught target signal 6 (Aborted) - core dumped\n", errors);
        ByteBuffer core = onlyCore();
        assertEquals(6, core.getShort(note(core, NT_PRSTATUS) + PR_CURSIG));
    }

    @Test
    void showsAllThreadsAndWhatTheyRan() throws IOException, InterruptedException {
        String errors = run("unlimited", "auto", "bin/ctest-glibc", "endings", "bus");
        assertEquals("jqemu-user: uncaught target signal 7 (Bus error) - core dumped\n", errors);
        ByteBuffer core = onlyCore();
        List<Integer> threads = notes(core, NT_PRSTATUS);
        int info = note(core, NT_SIGINFO);
        int map = note(core, NT_FILE);
        assertAll(
                () -> assertEquals(3, threads.size()),
                () -> assertEquals(
                        3,
                        threads.stream()
                                .map(at -> core.getInt(at + PR_PID))
                                .distinct()
                                .count()),
                () -> assertEquals(3, notes(core, NT_FPREGSET).size()),
                () -> assertEquals(3, notes(core, NT_ARM_TLS).size()),
                () -> assertTrue(core.getLong(notes(core, NT_ARM_TLS).getFirst()) != 0, "the dying thread's TPIDR_EL0"),
                () -> assertEquals(7, core.getInt(info), "si_signo"),
                () -> assertEquals(2, core.getInt(info + 8), "si_code BUS_ADRERR"),
                () -> assertEquals(1, core.getLong(info + 16) & 0xfff, "si_addr"),
                () -> assertEquals(4096, core.getLong(map + 8), "NT_FILE counts in pages"),
                () -> assertTrue(text(core, map).contains("/bin/ctest-glibc"), "NT_FILE names the program"),
                () -> assertEquals(4096, auxiliary(core, AT_PAGESZ)),
                () -> assertTrue(text(core, note(core, NT_PRPSINFO)).contains("ctest-glibc endings bus")));
    }

    @Test
    void isNotWrittenWithoutLeave() throws IOException, InterruptedException {
        assertEquals("", run("0", "auto", "bin/core"));
        assertEquals(List.of(), cores());
    }

    @Test
    void keepsToTheLimit() throws IOException, InterruptedException {
        run("4", "auto", "bin/ctest-musl", "endings", "abort");
        long size = Files.size(cores().getFirst());
        assertTrue(size > 0 && size <= 4 * 1024, size + " bytes");
    }

    /// Runs a guest in our folder; what it wrote to standard error.
    private String run(String limit, String tier, String... guest) throws IOException, InterruptedException {
        guest[0] = PackagedProgram.TEST_BINARIES.resolve(guest[0]).toString();
        String shell = PackagedProgram.SHELL.replace("ulimit -c 0", "ulimit -c " + limit + " || exit " + NO_CORES_HERE);
        Path errors = Files.createTempFile(folder, "errors", "");
        Process process = new ProcessBuilder(PackagedProgram.with("-tier", tier).command(shell, List.of(guest)))
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
        assumeFalse(process.exitValue() == NO_CORES_HERE, "the hard limit allows no core files");
        return Files.readString(errors);
    }

    private List<Path> cores() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".core")).toList();
        }
    }

    private ByteBuffer onlyCore() throws IOException {
        List<Path> cores = cores();
        assertEquals(1, cores.size(), cores.toString());
        return ByteBuffer.wrap(Files.readAllBytes(cores.getFirst())).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long register(ByteBuffer core, int status, int number) {
        return core.getLong(status + PR_REG + 8 * number);
    }

    /// What follows as text, zeros and all.
    private static String text(ByteBuffer core, int from) {
        byte[] bytes = new byte[Math.min(4096, core.limit() - from)];
        core.get(from, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static long auxiliary(ByteBuffer core, int type) {
        int at = note(core, NT_AUXV);
        while (core.getLong(at) != type) {
            assertTrue(core.getLong(at) != 0, "no entry " + type);
            at += 16;
        }
        return core.getLong(at + 8);
    }

    /// Where the contents of the first note of this type are.
    private static int note(ByteBuffer core, int type) {
        List<Integer> found = notes(core, type);
        assertTrue(!found.isEmpty(), "no note " + Integer.toHexString(type));
        return found.getFirst();
    }

    /// Where the contents of all notes of this type are.
    private static List<Integer> notes(ByteBuffer core, int type) {
        List<Integer> found = new ArrayList<>();
        int header = header(core, PT_NOTE, 0);
        int at = (int) core.getLong(header + 8);
        int end = at + (int) core.getLong(header + 32);
        while (at < end) {
            int nameSize = core.getInt(at) + 3 & -4;
            int size = core.getInt(at + 4) + 3 & -4;
            int name = core.getInt(at + 12);
            if (core.getInt(at + 8) == type && (name == CORE || name == LINU)) {
                found.add(at + 12 + nameSize);
            }
            at += 12 + nameSize + size;
        }
        return found;
    }

    /// Where the byte at a guest address is.
    private static int memory(ByteBuffer core, long address) {
        int header = header(core, PT_LOAD, address);
        return (int) (core.getLong(header + 8) + (address - core.getLong(header + 16)));
    }

    private static int header(ByteBuffer core, int type, long address) {
        for (int i = 0; i < core.getShort(56); i++) {
            int header = 64 + 56 * i;
            long start = core.getLong(header + 16);
            boolean fits = type == PT_NOTE || (address >= start && address < start + core.getLong(header + 32));
            if (core.getInt(header) == type && fits) {
                return header;
            }
        }
        throw new AssertionError("not in the file: 0x" + Long.toHexString(address));
    }
}
