package jqemu.tcg.vector;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.FpStatus;
import jqemu.tcg.cpu.Slot;

/// All registers that a program can see and a window of memory. Made from a seed by recorder and replay alike: changing
/// how makes all recorded vectors worthless.
final class MachineState {
    /// The guest address of the window.
    static final long WINDOW = 0x0300_0800L;
    /// The 64-bit words of the window.
    static final int WINDOW_WORDS = 32;

    private static final long[] CORNERS = {
        0,
        1,
        -1,
        2,
        0x7fff_ffffL,
        0x8000_0000L,
        0xffff_ffffL,
        0x1_0000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0xff,
        0x8000
    };

    private final long[] slots = new long[Slot.COUNT];
    private final long[] memory = new long[WINDOW_WORDS];

    /// A state to be filled by [#read] or [#capture].
    MachineState() {}

    /// The state that `seed` gives.
    MachineState(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int register = 0; register <= Slot.SP; register++) {
            slots[register] = general(random);
        }
        for (int slot = Slot.V0; slot < Slot.COUNT; slot++) {
            slots[slot] = FloatingValues.half(random);
        }
        long modes = FpStatus.FZ | FpStatus.DN | FpStatus.AHP | FpStatus.FZ16 | 3L << 22;
        slots[Slot.FPCR] = random.nextBoolean() ? 0 : random.nextLong() & modes;
        slots[Slot.FPSR] = random.nextBoolean() ? 0 : random.nextLong() & (FpStatus.QC | 0x9f);
        slots[Slot.NZCV] = random.nextInt(16);
        slots[Slot.EXCLUSIVE_ADDRESS] = Slot.NO_EXCLUSIVE;
        for (int i = 0; i < WINDOW_WORDS; i++) {
            memory[i] = FloatingValues.half(random);
        }
    }

    private static long general(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> CORNERS[random.nextInt(CORNERS.length)];
            case 1 -> random.nextInt(-64, 65);
            case 2 -> random.nextInt();
            case 3 -> FloatingValues.half(random);
            default -> random.nextLong();
        };
    }

    long get(int slot) {
        return slots[slot];
    }

    void set(int slot, long value) {
        slots[slot] = value;
    }

    long memoryWord(int index) {
        return memory[index];
    }

    // ---- to and from a vCPU

    /// Sets the registers of `env` and the window in `guest`.
    void load(CpuState env, GuestMemory guest) {
        System.arraycopy(slots, 0, env.slots(), 0, Slot.COUNT);
        for (int i = 0; i < WINDOW_WORDS; i++) {
            guest.store64(WINDOW + 8L * i, memory[i]);
        }
    }

    /// Takes over the registers of `env` and the window in `guest`.
    void capture(CpuState env, GuestMemory guest) {
        System.arraycopy(env.slots(), 0, slots, 0, Slot.COUNT);
        for (int i = 0; i < WINDOW_WORDS; i++) {
            memory[i] = guest.load64(WINDOW + 8L * i);
        }
    }

    // ---- to and from the recorder: see struct record of vecrun.c, from `x` on

    void write(ByteBuffer record) {
        for (int register = 0; register <= Slot.SP; register++) {
            record.putLong(slots[register]);
        }
        record.putLong(slots[Slot.FPCR])
                .putLong(slots[Slot.FPSR])
                .putLong(slots[Slot.NZCV])
                .putLong(0);
        for (int slot = Slot.V0; slot < Slot.COUNT; slot++) {
            record.putLong(slots[slot]);
        }
        for (long word : memory) {
            record.putLong(word);
        }
    }

    void read(ByteBuffer record) {
        for (int register = 0; register <= Slot.SP; register++) {
            slots[register] = record.getLong();
        }
        slots[Slot.FPCR] = record.getLong();
        slots[Slot.FPSR] = record.getLong();
        slots[Slot.NZCV] = record.getLong();
        record.getLong();
        for (int slot = Slot.V0; slot < Slot.COUNT; slot++) {
            slots[slot] = record.getLong();
        }
        for (int i = 0; i < WINDOW_WORDS; i++) {
            memory[i] = record.getLong();
        }
    }

    // ---- what a vector compares

    /// Whether vectors hold `slot`: what a program can read, but not the pc and the thread register.
    static boolean isCompared(int slot) {
        return slot <= Slot.SP || slot == Slot.NZCV || slot == Slot.FPCR || slot == Slot.FPSR || slot >= Slot.V0;
    }

    /// What differs in `after`, such as `x3=1f v3.lo=7f800000 m40=0`; `m40` is the word 0x40 bytes into the window.
    String changes(MachineState after) {
        StringBuilder changes = new StringBuilder();
        for (int slot = 0; slot < Slot.COUNT; slot++) {
            if (isCompared(slot) && slots[slot] != after.slots[slot]) {
                append(changes, Slot.name(slot), after.slots[slot]);
            }
        }
        for (int i = 0; i < WINDOW_WORDS; i++) {
            if (memory[i] != after.memory[i]) {
                append(changes, "m" + Integer.toHexString(8 * i), after.memory[i]);
            }
        }
        return changes.toString();
    }

    private static void append(StringBuilder changes, String name, long value) {
        changes.append(' ').append(name).append('=').append(Long.toHexString(value));
    }
}
