package jqemu.tcg.helper;

import jqemu.loader.host.ThreadSlot;
import jqemu.loader.memory.GuestFault;
import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.Nzcv;

/// Memory copy and memory set (FEAT_MOPS) by the architecture's option A, cut into stages where QEMU cuts them.
///
/// The prologue works up to a page border and brings the registers into option A's format; the main part works while a
/// page or more is left; the epilogue does the rest. Work is done in pieces that lie within one page of memory, and the
/// registers say before each piece what is left: a fault leaves a state from which the instruction can be restarted.
///
/// ```
/// option A, forward   Xd, Xs: end of the areas            Xn: minus the bytes left
/// backward            Xd, Xs: start of the areas          Xn: the bytes left, done from the end
/// ```
public final class MemoryOperations {
    private static final int PROLOGUE = 0;
    private static final int EPILOGUE = 2;
    private static final int REGISTER_BITS = 5;
    private static final int ZERO_REGISTER = 31;

    /// A prologue takes no more bytes than this.
    private static final long MAX_SIZE = Long.MAX_VALUE;
    private static final long MAX_COPY_SIZE = (1L << 55) - 1;

    /// The result for "executed".
    private static final long DONE = 0;
    /// The result for registers that no earlier stage can have left: the instruction raises an exception.
    private static final long REFUSED = 1;

    private final CpuState env;
    private final GuestMemory memory;
    private final int target;
    private final int source;
    private final int count;
    private final int stage;

    private MemoryOperations(CpuState env, long operands) {
        this.env = env;
        this.memory = env.memory();
        this.target = (int) Bits.extract(operands, 0, REGISTER_BITS);
        this.source = (int) Bits.extract(operands, REGISTER_BITS, REGISTER_BITS);
        this.count = (int) Bits.extract(operands, 2 * REGISTER_BITS, REGISTER_BITS);
        this.stage = (int) Bits.extract(operands, 3 * REGISTER_BITS, 2);
    }

    /// The registers and the stage (0 to 2) as the immediate of the helpers.
    public static long operands(int rd, int rs, int rn, int stage) {
        return rd | (rs << REGISTER_BITS) | (rn << (2 * REGISTER_BITS)) | (stage << (3 * REGISTER_BITS));
    }

    /// `SET*`; the value is the low byte of `Xs`. 1 when it is refused.
    static long set(CpuState env, long operands) {
        return new MemoryOperations(env, operands).set();
    }

    /// `CPYF*`, forward; `CPY*` where `anyDirection`. 1 when it is refused.
    static long copy(CpuState env, boolean anyDirection, long operands) {
        return new MemoryOperations(env, operands).copy(anyDirection);
    }

    private long set() {
        if (stage == PROLOGUE) {
            long to = env.get(target);
            long left = atMost(env.get(count), MAX_SIZE);
            long piece = Math.min(left, toPageEnd(to));
            env.set(count, left);
            if (piece != 0 && !fill(to, (int) piece)) {
                return DONE;
            }
            beginOptionA(to, left, piece);
            return DONE;
        }
        long left = -env.get(count);
        if (left == 0) {
            return DONE;
        }
        if (isRefused(left)) {
            return REFUSED;
        }
        while (goesOn(left)) {
            long to = env.get(target) - left;
            long piece = atMost(left, toPageEnd(to));
            if (!fill(to, (int) piece)) {
                return DONE;
            }
            left -= piece;
            env.set(count, -left);
        }
        return DONE;
    }

    private long copy(boolean anyDirection) {
        if (stage == PROLOGUE) {
            copyPrologue(anyDirection);
            return DONE;
        }
        boolean backward = anyDirection && env.get(count) > 0;
        long left = backward ? env.get(count) : -env.get(count);
        if (left == 0) {
            return DONE;
        }
        if (isRefused(left)) {
            return REFUSED;
        }
        while (goesOn(left)) {
            long rest = backward ? copyBackward(left) : copyForward(left);
            if (rest == left) {
                return DONE; // a fault
            }
            left = rest;
        }
        return DONE;
    }

    private void copyPrologue(boolean anyDirection) {
        long to = env.get(target);
        long from = env.get(source);
        long left = atMost(env.get(count), anyDirection ? MAX_COPY_SIZE : MAX_SIZE);
        env.set(count, left);
        if (anyDirection && overlapsFromBelow(from, to, left)) {
            if (copyBackward(left) != left) {
                env.set(Slot.NZCV, 0);
            }
            return;
        }
        long piece = Math.min(left, Math.min(toPageEnd(to), toPageEnd(from)));
        if (piece == 0 || move(to, from, (int) piece, false)) {
            env.set(source, from + left);
            beginOptionA(to, left, piece);
        }
    }

    /// Whether the target begins inside the source, so that the copy has to begin at the end.
    private static boolean overlapsFromBelow(long from, long to, long length) {
        long start = from & GuestMemory.ADDRESS_MASK;
        long end = from + length & GuestMemory.ADDRESS_MASK;
        long position = to & GuestMemory.ADDRESS_MASK;
        return start < position && end > position;
    }

    /// From the prologue's format, with `piece` of `left` bytes done, to option A's.
    private void beginOptionA(long to, long left, long piece) {
        env.set(target, to + left);
        env.set(count, piece - left);
        env.set(Slot.NZCV, 0);
    }

    /// Carry set means option B, and more than a page is never left for the epilogue.
    private boolean isRefused(long left) {
        boolean optionB = (env.get(Slot.NZCV) & Nzcv.C) != 0;
        return optionB || (stage == EPILOGUE && Long.compareUnsigned(left, GuestMemory.PAGE_SIZE) >= 0);
    }

    private boolean goesOn(long left) {
        return stage == EPILOGUE ? left != 0 : Long.compareUnsigned(left, GuestMemory.PAGE_SIZE) >= 0;
    }

    /// Copies a piece of `left` bytes; how many are left then, all of them after a fault.
    private long copyForward(long left) {
        long to = env.get(target) - left;
        long from = env.get(source) - left;
        long piece = atMost(left, Math.min(toPageEnd(to), toPageEnd(from)));
        if (!move(to, from, (int) piece, false)) {
            return left;
        }
        env.set(count, piece - left);
        return left - piece;
    }

    private long copyBackward(long left) {
        long to = env.get(target) + left;
        long from = env.get(source) + left;
        long piece = atMost(left, Math.min(fromPageStart(to), fromPageStart(from)));
        if (!move(to - piece, from - piece, (int) piece, true)) {
            return left;
        }
        env.set(count, left - piece);
        return left - piece;
    }

    private static long atMost(long size, long limit) {
        return Long.compareUnsigned(size, limit) < 0 ? size : limit;
    }

    /// The bytes from `address` to the end of its page.
    private static long toPageEnd(long address) {
        return GuestMemory.PAGE_SIZE - (address & GuestMemory.PAGE_SIZE - 1);
    }

    /// The bytes from the start of the page that ends at or behind `end` to there.
    private static long fromPageStart(long end) {
        return (end - 1 & GuestMemory.PAGE_SIZE - 1) + 1;
    }

    // ---- pieces within one page: the first access tells whether all will succeed

    private boolean fill(long to, int length) {
        check(to, length, true);
        long bytes = Bits.replicate(source == ZERO_REGISTER ? 0 : env.get(source) & 0xff, 8);
        memory.store8(to, (byte) bytes);
        if (isFault()) {
            return false;
        }
        int done = 0;
        for (; done + Long.BYTES <= length; done += Long.BYTES) {
            memory.store64(to + done, bytes);
        }
        for (; done < length; done++) {
            memory.store8(to + done, (byte) bytes);
        }
        return true;
    }

    private boolean move(long to, long from, int length, boolean backward) {
        check(from, length, false);
        check(to, length, true);
        int first = backward ? length - 1 : 0;
        byte firstByte = memory.load8(from + first);
        if (isFault()) {
            return false;
        }
        memory.store8(to + first, firstByte);
        if (isFault()) {
            return false;
        }
        if (backward) {
            moveBackward(to, from, length - 1);
        } else {
            moveForward(to + 1, from + 1, length - 1);
        }
        return true;
    }

    private void moveForward(long to, long from, int length) {
        int done = 0;
        for (; done + Long.BYTES <= length; done += Long.BYTES) {
            memory.store64(to + done, memory.load64(from + done));
        }
        for (; done < length; done++) {
            memory.store8(to + done, memory.load8(from + done));
        }
    }

    private void moveBackward(long to, long from, int length) {
        int left = length;
        for (; left >= Long.BYTES; left -= Long.BYTES) {
            memory.store64(to + left - Long.BYTES, memory.load64(from + left - Long.BYTES));
        }
        for (; left > 0; left--) {
            memory.store8(to + left - 1, memory.load8(from + left - 1));
        }
    }

    private boolean isFault() {
        return ThreadSlot.isFault(env.threadSlot());
    }

    private void check(long address, int length, boolean write) {
        if (memory.isChecked() && !memory.isAccessible(address, length, write)) {
            throw new GuestFault(address & GuestMemory.ADDRESS_MASK, write);
        }
    }
}
