package jqemu.syscall.signal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Slot;

/// The frame that the kernel pushes for a signal handler on AArch64 (`struct rt_sigframe`): `siginfo_t`, `ucontext_t`
/// with registers and an `fpsimd_context` record, and above it a frame record that links to the interrupted function.
///
/// Layouts are those of Linux's `uapi/asm/sigcontext.h` and `asm/ucontext.h`.
public final class SignalFrame {
    private static final int UCONTEXT = SignalInfo.SIZE;
    private static final int UC_STACK = UCONTEXT + 16;
    private static final int UC_SIGMASK = UCONTEXT + 40;
    private static final int FAULT_ADDRESS = UCONTEXT + 176;
    private static final int REGS = FAULT_ADDRESS + 8;
    private static final int RESERVED = UCONTEXT + 464;
    private static final int RESERVED_SIZE = 4096;
    private static final int SIZE = RESERVED + RESERVED_SIZE;
    private static final int FRAME_RECORD_SIZE = 16;

    private static final int FPSIMD_MAGIC = 0x4650_8001;
    private static final int FPSIMD_SIZE = 528;
    private static final int FPSR = 8;
    private static final int FPCR = 12;
    private static final int VREGS = 16;

    private static final int STACK_ALIGNMENT = 16;

    private SignalFrame() {}

    /// The state that a frame restores besides the registers.
    ///
    /// @param mask the signal mask
    /// @param stack the alternate stack
    public record Context(long mask, AltStack stack) {}

    /// Pushes a frame below `top` and makes `env` call the handler.
    ///
    /// @param top the stack pointer to push below
    /// @param context the mask and alternate stack to restore
    /// @param restorer where the handler returns to
    /// @throws jqemu.loader.memory.GuestFault when the stack cannot be written; `env` is as before
    public static void push(
            CpuState env,
            GuestMemory memory,
            long top,
            SignalInfo info,
            long faultAddress,
            Context context,
            long handler,
            long restorer) {
        long recordAddress = (top & -STACK_ALIGNMENT) - FRAME_RECORD_SIZE;
        long frameAddress = recordAddress - SIZE;
        ByteBuffer frame = ByteBuffer.allocate(SIZE + FRAME_RECORD_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        frame.put(0, info.bytes());
        context.stack().write(frame, UC_STACK);
        frame.putLong(UC_SIGMASK, context.mask());
        frame.putLong(FAULT_ADDRESS, faultAddress);
        UserRegisters.putGeneral(frame, REGS, env);
        writeFpsimd(frame, env);
        frame.putLong(SIZE, env.x(29));
        frame.putLong(SIZE + 8, env.x(Slot.LR));
        memory.write(frameAddress, frame.array());
        env.setX(0, info.signal());
        env.setX(1, frameAddress);
        env.setX(2, frameAddress + UCONTEXT);
        env.setX(29, recordAddress);
        env.setX(Slot.LR, restorer);
        env.setSp(frameAddress);
        env.setPc(handler);
        env.set(Slot.BTYPE, memory.hasGuardedPages() ? Slot.BTYPE_CALL : 0);
    }

    private static void writeFpsimd(ByteBuffer frame, CpuState env) {
        frame.putInt(RESERVED, FPSIMD_MAGIC);
        frame.putInt(RESERVED + 4, FPSIMD_SIZE);
        frame.putInt(RESERVED + FPSR, (int) env.get(Slot.FPSR));
        frame.putInt(RESERVED + FPCR, (int) env.get(Slot.FPCR));
        UserRegisters.putVectors(frame, RESERVED + VREGS, env);
    }

    /// Restores `env` from the frame at its stack pointer, what `rt_sigreturn` does.
    ///
    /// @throws jqemu.loader.memory.GuestFault when the frame cannot be read
    public static Context pop(CpuState env, GuestMemory memory) {
        ByteBuffer frame = ByteBuffer.wrap(memory.read(env.sp(), SIZE)).order(ByteOrder.LITTLE_ENDIAN);
        UserRegisters.getGeneral(frame, REGS, env, memory.hasGuardedPages());
        env.set(Slot.EXCLUSIVE_ADDRESS, Slot.NO_EXCLUSIVE);
        readFpsimd(frame, env);
        return new Context(frame.getLong(UC_SIGMASK), AltStack.read(frame, UC_STACK));
    }

    /// Walks the records of the reserved area to the floating-point one; a zero magic ends them.
    private static void readFpsimd(ByteBuffer frame, CpuState env) {
        int record = RESERVED;
        while (record + 8 <= SIZE) {
            int magic = frame.getInt(record);
            int size = frame.getInt(record + 4);
            if (magic == FPSIMD_MAGIC && record + FPSIMD_SIZE <= SIZE) {
                env.set(Slot.FPSR, Integer.toUnsignedLong(frame.getInt(record + FPSR)));
                env.set(Slot.FPCR, Integer.toUnsignedLong(frame.getInt(record + FPCR)));
                UserRegisters.getVectors(frame, record + VREGS, env);
                return;
            }
            if (magic == 0 || size < 8) {
                return;
            }
            record += size;
        }
    }
}
