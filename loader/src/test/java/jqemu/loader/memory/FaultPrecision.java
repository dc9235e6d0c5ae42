package jqemu.loader.memory;

import static jqemu.loader.host.HostConstants.*;

import java.util.SplittableRandom;
import jqemu.loader.host.FaultMode;
import jqemu.loader.host.Host;
import jqemu.loader.host.NativeHost;
import jqemu.loader.host.ThreadSlot;
import org.jspecify.annotations.Nullable;

/// A program for child JVMs: random "guest blocks" that fault somewhere in a loop. After a fault the registers, the
/// memory and the recorded fault must be those of the very access, in whichever tier the JVM runs the code.
///
/// Each kernel is the guest loop `ldr x3,[x1],#8; add x0,x0,x3; str x0,[x2],#8`, with another kind of access.
final class FaultPrecision {
    static final long SOURCE = 0x1000_0000L;
    static final long TARGET = 0x2000_0000L;
    static final int BYTES = 65536;
    private static final int LOAD = 1;
    private static final int STORE = 2;
    private static final int DONE = 3;

    /// A loop over guest memory. `regs` holds x0, x1, x2 and, afterwards, the access that was reached.
    private interface Kernel {
        void run(GuestMemory memory, long slot, long[] regs, long end);
    }

    private static final Kernel[] KERNELS = {
        FaultPrecision::longs,
        FaultPrecision::bytes,
        FaultPrecision::unaligned,
        FaultPrecision::ordered,
        FaultPrecision::adds,
        FaultPrecision::exchanges,
        FaultPrecision::byteExchanges
    };

    private FaultPrecision() {}

    private static GuestFault leave(GuestMemory memory, long slot, long[] regs, int at, long x0, long x1, long x2) {
        regs[0] = x0;
        regs[1] = x1;
        regs[2] = x2;
        regs[3] = at;
        return memory.takeFault(slot);
    }

    private static void longs(GuestMemory memory, long slot, long[] regs, long end) {
        long x0 = regs[0];
        long x1 = regs[1];
        long x2 = regs[2];
        do {
            long x3 = memory.load64(x1);
            if (ThreadSlot.isFault(slot)) {
                throw leave(memory, slot, regs, LOAD, x0, x1, x2);
            }
            x0 += x3;
            memory.store64(x2, x0);
            if (ThreadSlot.isFault(slot)) {
                throw leave(memory, slot, regs, STORE, x0, x1, x2);
            }
            x1 += 8;
            x2 += 8;
        } while (x1 != end);
        leaveWell(regs, x0, x1, x2);
    }

    private static void bytes(GuestMemory memory, long slot, long[] regs, long end) {
        long x0 = regs[0];
        long x1 = regs[1];
        long x2 = regs[2];
        do {
            long x3 = memory.load8(x1);
            if (ThreadSlot.isFault(slot)) {
                throw leave(memory, slot, regs, LOAD, x0, x1, x2);
            }
            x0 += x3;
            memory.store16(x2, (short) x0);
            if (ThreadSlot.isFault(slot)) {
                throw leave(memory, slot, regs, STORE, x0, x1, x2);
            }
            x1 += 8;
            x2 += 8;
        } while (x1 != end);
        leaveWell(regs, x0, x1, x2);
    }

    private static void unaligned(GuestMemory memory, long slot, long[] regs, long end) {
        long x0 = regs[0];
        long x1 = regs[1];
        long x2 = regs[2];
        do {
            long x3 = memory.load32(x1 + 1);
            if (ThreadSlot.isFault(slot)) {
                throw leave(memory, slot, regs, LOAD, x0, x1, x2);
            }
            x0 += x3;
            memory.store32(x2 + 3, (int) x0);
            if (ThreadSlot.isFault(slot)) {
                throw leave(memory, slot, regs, STORE, x0, x1, x2);
            }
            x1 += 8;
            x2 += 8;
        } while (x1 != end);
        leaveWell(regs, x0, x1, x2);
    }

    private static void ordered(GuestMemory memory, long slot, long[] regs, long end) {
        long x0 = regs[0];
        long x1 = regs[1];
        long x2 = regs[2];
        do {
            long x3 = memory.loadVolatile16(x1);
            if (ThreadSlot.isFault(slot)) {
                throw leave(memory, slot, regs, LOAD, x0, x1, x2);
            }
            x0 += x3;
            memory.storeVolatile64(x2, x0);
            if (ThreadSlot.isFault(slot)) {
                throw leave(memory, slot, regs, STORE, x0, x1, x2);
            }
            x1 += 8;
            x2 += 8;
        } while (x1 != end);
        leaveWell(regs, x0, x1, x2);
    }

    private static void adds(GuestMemory memory, long slot, long[] regs, long end) {
        long x0 = regs[0];
        long x1 = regs[1];
        long x2 = regs[2];
        do {
            long x3 = memory.load64(x1);
            if (ThreadSlot.isFault(slot)) {
                throw leave(memory, slot, regs, LOAD, x0, x1, x2);
            }
            x0 += x3;
            memory.getAndAdd64(x2, x0 + 1);
            if (ThreadSlot.isFault(slot)) {
                throw leave(memory, slot, regs, STORE, x0, x1, x2);
            }
            x1 += 8;
            x2 += 8;
        } while (x1 != end);
        leaveWell(regs, x0, x1, x2);
    }

    private static void exchanges(GuestMemory memory, long slot, long[] regs, long end) {
        long x0 = regs[0];
        long x1 = regs[1];
        long x2 = regs[2];
        do {
            long x3 = memory.loadAcquire32(x1);
            if (ThreadSlot.isFault(slot)) {
                throw leave(memory, slot, regs, LOAD, x0, x1, x2);
            }
            x0 += x3;
            memory.compareAndExchange64(x2, -1, x0);
            if (ThreadSlot.isFault(slot)) {
                throw leave(memory, slot, regs, STORE, x0, x1, x2);
            }
            x1 += 8;
            x2 += 8;
        } while (x1 != end);
        leaveWell(regs, x0, x1, x2);
    }

    private static void byteExchanges(GuestMemory memory, long slot, long[] regs, long end) {
        long x0 = regs[0];
        long x1 = regs[1];
        long x2 = regs[2];
        do {
            long x3 = memory.load64(x1);
            if (ThreadSlot.isFault(slot)) {
                throw leave(memory, slot, regs, LOAD, x0, x1, x2);
            }
            x0 += x3;
            memory.compareAndExchange8(x2 + 2, (byte) -1, (byte) x0);
            memory.getAndSet16(x2 + 4, (short) x0);
            if (ThreadSlot.isFault(slot)) {
                throw leave(memory, slot, regs, STORE, x0, x1, x2);
            }
            x1 += 8;
            x2 += 8;
        } while (x1 != end);
        leaveWell(regs, x0, x1, x2);
    }

    private static void leaveWell(long[] regs, long x0, long x1, long x2) {
        regs[0] = x0;
        regs[1] = x1;
        regs[2] = x2;
        regs[3] = DONE;
    }

    /// What each kernel loads from element `n`, which holds n + 1.
    private static long loaded(int kernel, long n) {
        return switch (kernel) {
            case 1 -> (byte) (n + 1);
            case 2 -> (n + 1) >>> 8;
            case 3 -> (short) (n + 1);
            case 5 -> (int) (n + 1);
            default -> n + 1;
        };
    }

    /// What each kernel leaves in a target element that held -1.
    private static long stored(int kernel, long x0) {
        return switch (kernel) {
            case 1 -> -1L << 16 | (x0 & 0xffff);
            case 2 -> ~(0xffff_ffffL << 24) | (x0 & 0xffff_ffffL) << 24;
            case 6 -> ~0xffff_00ff_0000L | (x0 & 0xff) << 16 | (x0 & 0xffff) << 32;
            default -> x0;
        };
    }

    /// Runs one random block and says what went wrong, null for nothing.
    private static @Nullable String test(GuestMemory memory, long slot, SplittableRandom random) {
        int kernel = random.nextInt(KERNELS.length);
        int faulting = random.nextInt(4); // 0: the load, 1: the store, 2 and 3: neither
        long count = random.nextLong(1, 201);
        long x1 = faulting == 0 ? SOURCE + BYTES - 8 * count : SOURCE;
        long x2 = faulting == 1 ? TARGET + BYTES - 8 * count : TARGET;
        long elements = faulting == 1 ? count : count + 1;
        for (long i = 0; i < elements; i++) {
            memory.store64(x2 + 8 * i, -1);
        }
        long first = (x1 - SOURCE) / 8;
        long[] regs = {0, x1, x2, 0};
        GuestFault fault = null;
        try {
            KERNELS[kernel].run(memory, slot, regs, x1 + 8 * (faulting < 2 ? count + 100 : count));
        } catch (GuestFault caught) {
            fault = caught;
        }
        long sum = 0;
        for (long i = 0; i < count; i++) {
            sum += loaded(kernel, first + i);
            if (memory.load64(x2 + 8 * i) != stored(kernel, sum)) {
                return "kernel " + kernel + ": element " + i + " of " + count + " is wrong";
            }
        }
        if (faulting != 1 && memory.load64(x2 + 8 * count) != -1) {
            return "kernel " + kernel + ": a store behind the fault";
        }
        sum += faulting == 1 ? loaded(kernel, first + count) : 0;
        int at = faulting == 0 ? LOAD : faulting == 1 ? STORE : DONE;
        if (regs[0] != sum || regs[1] != x1 + 8 * count || regs[2] != x2 + 8 * count || regs[3] != at) {
            return "kernel " + kernel + ": registers " + java.util.Arrays.toString(regs) + ", sum " + sum;
        }
        return checkFault(kernel, faulting, fault);
    }

    private static @Nullable String checkFault(int kernel, int faulting, @Nullable GuestFault fault) {
        if (faulting >= 2) {
            return fault == null ? null : "unexpected " + fault;
        }
        long page = faulting == 0 ? SOURCE + BYTES : TARGET + BYTES;
        if (fault == null || fault.vaddr() < page || fault.vaddr() > page + 7) {
            return "kernel " + kernel + ": fault " + fault;
        }
        // the narrow exchanges read first, in HotSpot's interpreter by a plain load
        return fault.isWrite() == (faulting == 1) || kernel >= 4 ? null : "not a " + fault;
    }

    /// Maps the two areas.
    static GuestMemory prepare(Host host) {
        GuestMemory memory = GuestMemory.reserve(host);
        int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
        memory.space().map(SOURCE, BYTES, PROT_READ | PROT_WRITE, flags, -1, 0, null);
        memory.space().map(TARGET, BYTES, PROT_READ | PROT_WRITE, flags, -1, 0, null);
        host.setFaultMode(FaultMode.POST_CHECK);
        for (int i = 0; i < BYTES / 8; i++) {
            memory.store64(SOURCE + 8L * i, i + 1);
        }
        return memory;
    }

    /// Runs random blocks; returns the number of faults, or throws at the first that is not precise.
    static int run(GuestMemory memory, long slot, int tests, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < tests; i++) {
            String error = test(memory, slot, random);
            if (error != null) {
                throw new AssertionError("seed " + seed + ", test " + i + ": " + error);
            }
        }
        return (int) ThreadSlot.faultCount(slot);
    }

    public static void main(String[] args) {
        Host host = NativeHost.open();
        GuestMemory memory = prepare(host);
        int tests = Integer.parseInt(args[0]);
        int faults = run(memory, host.registerThread(), tests, Long.parseLong(args[1]));
        System.out.println("precise " + tests + " tests, " + faults + " faults");
    }
}
