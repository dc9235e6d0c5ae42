package jqemu.loader.memory;

import static jqemu.loader.host.HostConstants.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import jqemu.loader.NeedsNativeHost;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeHost;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Mappings as the guest asks for them, as we remember them and as the kernel has them.
@NeedsNativeHost
class AddressSpaceTest {
    private static final int ANONYMOUS = MAP_PRIVATE | MAP_ANONYMOUS;
    private static final int RW = PROT_READ | PROT_WRITE;
    private static final long ORIGIN = 0x1000_0000L;
    private static final int PAGES = 64;

    private GuestMemory memory;
    private AddressSpace space;

    @BeforeEach
    void reserve() {
        memory = GuestMemory.reserve(NativeHost.open(), 1L << 36, 0);
        space = memory.space();
    }

    /// Protections of pages in a simple model: -1 for free.
    private static final class Model {
        final int[] protection = new int[PAGES];
        final long[] content = new long[PAGES];

        Model() {
            java.util.Arrays.fill(protection, -1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void randomCallsAgreeWithModelAndKernel(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Model model = new Model();
        if (random.nextBoolean()) {
            space.enablePageTable();
        }
        for (int i = 0; i < 400; i++) {
            step(random, model);
            compare(model, "seed " + seed + " step " + i);
        }
        space.enablePageTable();
        compare(model, "seed " + seed + " with a new page table");
        compareWithKernel(model);
    }

    private void step(SplittableRandom random, Model model) {
        int from = random.nextInt(PAGES);
        int count = random.nextInt(1, Math.min(12, PAGES - from) + 1);
        long vaddr = ORIGIN + from * 4096L;
        long length = count * 4096L;
        switch (random.nextInt(4)) {
            case 0 -> {
                int protection = random.nextInt(8);
                assertEquals(vaddr, space.map(vaddr, length, protection, ANONYMOUS | MAP_FIXED, -1, 0, null));
                for (int p = from; p < from + count; p++) {
                    model.protection[p] = protection;
                    model.content[p] = 0;
                }
            }
            case 1 -> {
                assertEquals(0, space.unmap(vaddr, length));
                java.util.Arrays.fill(model.protection, from, from + count, -1);
            }
            case 2 -> protect(model, from, count, random.nextInt(8));
            default -> fill(random, model);
        }
    }

    private void protect(Model model, int from, int count, int protection) {
        int p = from;
        while (p < from + count && model.protection[p] >= 0) {
            model.protection[p++] = protection;
        }
        long result = space.protect(ORIGIN + from * 4096L, count * 4096L, protection);
        assertEquals(p == from + count ? 0 : -ENOMEM, result);
    }

    private void fill(SplittableRandom random, Model model) {
        for (int p = 0; p < PAGES; p++) {
            if (model.protection[p] >= 0 && (model.protection[p] & PROT_WRITE) != 0) {
                model.content[p] = random.nextLong();
                memory.writeLong(ORIGIN + p * 4096L, model.content[p]);
            }
        }
    }

    private void compare(Model model, String message) {
        for (int p = 0; p < PAGES; p++) {
            long vaddr = ORIGIN + p * 4096L;
            int protection = Math.max(0, model.protection[p]);
            assertEquals((protection & PROT_READ) != 0, memory.isAccessible(vaddr, 8, false), message);
            assertEquals((protection & PROT_WRITE) != 0, memory.isAccessible(vaddr, 8, true), message);
            assertEquals((protection & PROT_EXEC) != 0, memory.isExecutable(vaddr), message);
            assertEquals(model.protection[p] < 0, space.find(vaddr) == null, message);
            if (protection != 0) { // only PROT_NONE is unreadable on the host
                assertEquals(model.content[p], memory.readLong(vaddr), message);
            }
        }
    }

    private void compareWithKernel(Model model) throws IOException {
        List<String> maps = Files.readAllLines(Path.of("/proc/self/maps"));
        for (int p = 0; p < PAGES; p++) {
            long address = memory.hostAddress(ORIGIN + p * 4096L);
            int protection = Math.max(0, model.protection[p]);
            String expected = (protection != 0 ? "r" : "-") + ((protection & PROT_WRITE) != 0 ? "w" : "-") + "-p";
            assertEquals(expected, kernelProtection(maps, address), "page " + p);
        }
    }

    private static String kernelProtection(List<String> maps, long address) {
        for (String line : maps) {
            String[] fields = line.split("[- ]", 4);
            if (Long.parseUnsignedLong(fields[0], 16) <= address && Long.parseUnsignedLong(fields[1], 16) > address) {
                return line.split(" ", 3)[1];
            }
        }
        return "hole";
    }

    @Test
    void neighboursAreJoined() {
        for (int i = 0; i < 100; i++) {
            space.map(ORIGIN + 4096L * i, 4096, RW, ANONYMOUS | MAP_FIXED, -1, 0, null);
        }
        assertEquals(List.of(new Mapping(ORIGIN, ORIGIN + 409600, RW, false, null, 0, -1)), space.mappings());
    }

    @Test
    void freeRangesAreTakenFromTheTop() {
        space.setMmapTop(0x8000_0000L);
        long first = space.map(0, 8192, RW, ANONYMOUS, -1, 0, null);
        long second = space.map(0, 1, RW, ANONYMOUS, -1, 0, null);
        assertEquals(0x8000_0000L - 8192, first);
        assertEquals(first - 4096, second);
        space.unmap(first, 4096);
        assertEquals(first, space.map(0, 4096, RW, ANONYMOUS, -1, 0, null));
        assertEquals(0x5000_0000L, space.map(0x5000_0123L, 4096, RW, ANONYMOUS, -1, 0, null));
        assertEquals(second - 4096, space.map(0x5000_0000L, 4096, RW, ANONYMOUS, -1, 0, null));
        long big = space.map(0, 1L << 35, RW, ANONYMOUS | MAP_NORESERVE, -1, 0, null);
        assertEquals(0x8000_0000L, big, "above the top when there is no room below");
    }

    @Test
    void badCallsAreRefusedAsByTheKernel() {
        assertEquals(-EINVAL, space.map(ORIGIN + 1, 4096, RW, ANONYMOUS | MAP_FIXED, -1, 0, null));
        assertEquals(-EINVAL, space.map(ORIGIN, 0, RW, ANONYMOUS | MAP_FIXED, -1, 0, null));
        assertEquals(-ENOMEM, space.map(0, -1, RW, ANONYMOUS, -1, 0, null));
        assertEquals(-ENOMEM, space.map(0, Long.MIN_VALUE, RW, ANONYMOUS, -1, 0, null));
        assertEquals(-ENOMEM, space.map(memory.size(), 4096, RW, ANONYMOUS | MAP_FIXED, -1, 0, null));
        assertEquals(-ENOMEM, space.map(-4096, 4096, RW, ANONYMOUS | MAP_FIXED, -1, 0, null));
        assertEquals(-EPERM, space.map(0, 4096, RW, ANONYMOUS | MAP_FIXED, -1, 0, null));
        assertEquals(-9, space.map(0, 4096, RW, MAP_PRIVATE, 999, 0, null), "EBADF");
        assertEquals(-EINVAL, space.unmap(ORIGIN + 1, 4096));
        assertEquals(-EINVAL, space.unmap(memory.size(), 4096));
        assertEquals(-EINVAL, space.unmap(-4096, 4096));
        assertEquals(-ENOMEM, space.protect(ORIGIN, 4096, RW));
        space.map(ORIGIN, 4096, RW, ANONYMOUS | MAP_FIXED, -1, 0, null);
        assertEquals(-EEXIST, space.map(ORIGIN, 4096, RW, ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0, null));
    }

    @Test
    void remapMovesGrowsAndShrinks() {
        long a = space.map(ORIGIN, 8192, RW, ANONYMOUS | MAP_FIXED, -1, 0, null);
        memory.writeLong(a, 1);
        memory.writeLong(a + 4096, 2);
        assertEquals(a, space.remap(a, 8192, 16384, 0, 0), "grows where it is");
        memory.writeLong(a + 12288, 4);
        assertEquals(a, space.remap(a, 16384, 4096, 0, 0), "shrinks");
        assertNull(space.find(a + 4096));
        space.map(a + 4096, 4096, RW, ANONYMOUS | MAP_FIXED, -1, 0, null);
        space.protect(a + 4096, 4096, PROT_READ);
        assertEquals(-ENOMEM, space.remap(a, 4096, 16384, 0, 0), "the next page is taken");
        long b = space.remap(a, 4096, 12288, MREMAP_MAYMOVE | MREMAP_FIXED, 0x3000_0000L);
        assertEquals(0x3000_0000L, b);
        assertEquals(1, memory.readLong(b));
        assertEquals(0, memory.readLong(b + 8192));
        assertNull(space.find(a));
        assertEquals(4096L * 3, Objects.requireNonNull(space.find(b)).end() - b);
        assertEquals(-EFAULT, space.remap(0x5000_0000L, 4096, 8192, MREMAP_MAYMOVE, 0));
        assertEquals(-EINVAL, space.remap(b, 4096, 4096, MREMAP_MAYMOVE | MREMAP_FIXED, b));
    }

    @ParameterizedTest
    @ValueSource(ints = {MAP_SHARED, MAP_PRIVATE})
    void fileMappingsMoveAndLeaveNoHole(int kind) throws IOException {
        NativeHost host = NativeHost.open();
        long name = space.map(ORIGIN, 4096, RW, ANONYMOUS | MAP_FIXED, -1, 0, null);
        int fd = (int) host.syscall(HostSyscall.MEMFD_CREATE, memory.hostPointer(name, 1), 0);
        host.syscall(HostSyscall.FTRUNCATE, fd, 16384);
        long a = space.map(0x2000_0000L, 8192, RW, kind | MAP_FIXED, fd, 0, "file");
        memory.writeLong(a + 4096, 77);
        long b = space.remap(a, 8192, 16384, MREMAP_MAYMOVE, 0);
        assertEquals(77, memory.readLong(b + 4096));
        memory.writeLong(b + 12288, 78);
        long c = space.remap(b, 16384, 16384, MREMAP_MAYMOVE | MREMAP_FIXED, 0x4000_0000L);
        assertEquals(77, memory.readLong(c + 4096));
        assertEquals(78, memory.readLong(c + 12288));
        Mapping moved = space.find(c);
        int backing = moved == null ? -2 : moved.backing();
        assertEquals(kind == MAP_SHARED, backing >= 0);
        assertEquals(new Mapping(c, c + 16384, RW, kind == MAP_SHARED, "file", 0, backing), moved);
        List<String> maps = Files.readAllLines(Path.of("/proc/self/maps"));
        for (long free : new long[] {a, a + 4096, b, b + 4096, b + 12288}) {
            assertNull(space.find(free));
            assertEquals("---p", kernelProtection(maps, memory.hostAddress(free)));
        }
    }

    @Test
    void changesOfCodeAreAnnounced() {
        List<String> changes = new ArrayList<>();
        long a = space.map(ORIGIN, 3 * 4096, RW, ANONYMOUS | MAP_FIXED, -1, 0, null);
        space.addCodeListener((start, end) -> changes.add((start - a) / 4096 + "-" + (end - a) / 4096));
        space.protect(a + 4096, 4096, PROT_READ | PROT_EXEC);
        assertTrue(changes.isEmpty(), "what was not code before has no translations");
        memory.writeLong(a, 1);
        assertTrue(changes.isEmpty());
        space.protect(a + 4096, 4096, RW | PROT_EXEC);
        memory.write(a + 4090, new byte[20]);
        space.unmap(a, 3 * 4096);
        assertEquals(List.of("1-2", "1-1", "1-2"), changes);
    }
}
