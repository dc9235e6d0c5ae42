package jqemu.tcg.vector;

import java.util.List;
import jqemu.loader.host.FaultMode;
import jqemu.loader.host.Host;
import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Slot;

/// Guest memory with the recorder's layout: slots of code, the exit behind them, the page with the window.
///
/// Belongs to the thread that opened it, which is registered for guest faults.
final class Arena implements AutoCloseable {
    /// The guest address of the first slot.
    static final long CODE = 0x0200_0000L;
    /// The number of slots.
    static final int SLOTS = 1024;
    /// Where every case ends.
    static final long EXIT = CODE + 64L * SLOTS;
    /// Words in the part of a slot that a case fills.
    static final int BODY_WORDS = 13;
    /// The most instructions of a case.
    static final int MAX_WORDS = BODY_WORDS - 1;

    private static final long WINDOW_PAGE = MachineState.WINDOW & -GuestMemory.PAGE_SIZE;
    private static final int SVC = 0xd400_0001;
    /// LDR X30 from the last two words of the slot.
    private static final int LOAD_X30 = 0x5800_01de;
    private static final int READ_WRITE = 3;
    private static final int READ_WRITE_EXECUTE = 7;
    private static final int PRIVATE_ANONYMOUS_FIXED = 0x32;
    private static final GuestMemory MEMORY = GuestMemory.reserve(Host.open());

    private final long threadSlot;
    private final CpuState env;

    private Arena(long threadSlot) {
        this.threadSlot = threadSlot;
        this.env = new CpuState(0, MEMORY, threadSlot);
    }

    static Arena open() {
        MEMORY.host().setFaultMode(FaultMode.POST_CHECK);
        map(CODE, 64 * SLOTS + GuestMemory.PAGE_SIZE, READ_WRITE_EXECUTE);
        map(WINDOW_PAGE, GuestMemory.PAGE_SIZE, READ_WRITE);
        MEMORY.store32(EXIT, SVC);
        return new Arena(MEMORY.host().registerThread());
    }

    private static void map(long address, int length, int protection) {
        long result = MEMORY.space().map(address, length, protection, PRIVATE_ANONYMOUS_FIXED, -1, 0, null);
        if (result != address) {
            throw new IllegalStateException("cannot map guest memory: " + result);
        }
    }

    GuestMemory memory() {
        return MEMORY;
    }

    CpuState env() {
        return env;
    }

    /// Where the code of the case in `slot` begins; the word before it is the recorder's.
    static long entry(int slot) {
        return CODE + 64L * slot + 4;
    }

    /// Puts the code of `each` into `slot`, and around it what `vecrun` has there: a case may read all of its slot.
    void place(VectorCase each, int slot) {
        int[] body = each.body(entry(slot));
        MEMORY.store32(entry(slot) - 4, LOAD_X30);
        for (int i = 0; i < body.length; i++) {
            MEMORY.store32(entry(slot) + 4L * i, body[i]);
        }
        MEMORY.store64(entry(slot) + 4L * BODY_WORDS, each.start().get(Slot.X0 + 30));
    }

    /// Puts cases into slots from `firstSlot` on and prepares them in `tier`.
    Tier.Program prepare(Tier tier, List<VectorCase> cases, int firstSlot) {
        long[] entries = new long[cases.size()];
        for (int i = 0; i < entries.length; i++) {
            place(cases.get(i), firstSlot + i);
            entries[i] = entry(firstSlot + i);
        }
        return tier.prepare(MEMORY, entries);
    }

    /// Runs the case in `slot`; how it ended.
    Stop run(Tier.Program program, MachineState start, int slot) {
        start.load(env, MEMORY);
        return program.run(env, entry(slot), EXIT);
    }

    /// Runs the case in `slot`; what changed and how it ended, as vectors hold it.
    String outcome(Tier.Program program, VectorCase each, int slot) {
        MachineState start = each.start();
        Stop stop = run(program, start, slot);
        MachineState after = new MachineState();
        after.capture(env, MEMORY);
        return start.changes(after) + Stop.text(stop.signal(), stop.pc() - entry(slot));
    }

    // ---- whole programs

    /// Puts `words` and a branch to the exit at [#CODE], and nothing else where programs may read and write.
    void placeProgram(List<Integer> words) {
        for (long place = CODE; place < EXIT + GuestMemory.PAGE_SIZE; place += 8) {
            MEMORY.store64(place, 0);
        }
        MEMORY.store32(EXIT, SVC);
        long address = CODE;
        for (int word : words) {
            MEMORY.store32(address, word);
            address += 4;
        }
        MEMORY.store32(address, A64.b(EXIT - address));
    }

    /// Whether `words` are still what is at [#CODE].
    boolean holdsProgram(List<Integer> words) {
        for (int i = 0; i < words.size(); i++) {
            if (MEMORY.load32(CODE + 4L * i) != words.get(i)) {
                return false;
            }
        }
        return true;
    }

    /// Runs the program at [#CODE] in `tier` with the window's page cleared around the window.
    Stop runProgram(Tier tier, MachineState start) {
        for (int offset = 0; offset < GuestMemory.PAGE_SIZE; offset += 8) {
            MEMORY.store64(WINDOW_PAGE + offset, 0);
        }
        start.load(env, MEMORY);
        return tier.prepare(MEMORY, new long[] {CODE}).run(env, CODE, EXIT);
    }

    /// A number that changes with the window's page.
    long pageHash() {
        long hash = 0;
        for (int offset = 0; offset < GuestMemory.PAGE_SIZE; offset += 8) {
            hash = 31 * hash + MEMORY.load64(WINDOW_PAGE + offset);
        }
        return hash;
    }

    @Override
    public void close() {
        MEMORY.host().unregisterThread(threadSlot);
    }
}
