package jqemu.tcg.vector;

import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.a64.CodegenOptions;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.exec.BlockCache;
import jqemu.tcg.exec.GuestEnvironment;
import jqemu.tcg.exec.MemoryFault;
import jqemu.tcg.exec.Translator;
import jqemu.tcg.exec.Vcpu;
import jqemu.tcg.instrument.Instrumentation;
import jqemu.tcg.ir.GuestException;
import jqemu.tcg.jvm.RegionCompiler;

/// Regions in JVM bytecode, compiled before their first execution: the whole pipeline behind a [Vcpu].
///
/// A block of a kind that is never compiled is interpreted, as in a real run. The word at the exit is a system call,
/// which stops the vCPU.
final class RegionTier implements Tier {
    @Override
    public String name() {
        return "regions";
    }

    @Override
    public Program prepare(GuestMemory memory, long[] entries) {
        BlockCache blocks = new BlockCache();
        RegionCompiler compiler = new RegionCompiler(memory.host(), blocks, memory.space(), true, null);
        compiler.setPrecise();
        Instrumentation instrumentation = new Instrumentation(line -> {});
        Translator translator = new Translator(
                memory, InterpreterTier.CPU, CodegenOptions.PLAIN, blocks, instrumentation, null, compiler);
        return (CpuState env, long entry, long exit) -> {
            StopRecorder recorder = new StopRecorder(exit);
            env.setPc(entry);
            new Vcpu(env, translator, blocks, recorder).run();
            if (compiler.failures() != 0) {
                throw new IllegalStateException("regions that could not be built: " + compiler.statistics());
            }
            return recorder.stop;
        };
    }

    /// Stops the vCPU at whatever leaves translated code, and keeps what it was.
    private static final class StopRecorder implements GuestEnvironment {
        private final long exit;
        private Stop stop = new Stop(0, 0, 0);

        StopRecorder(long exit) {
            this.exit = exit;
        }

        private void stop(Vcpu vcpu, Stop reason) {
            stop = reason;
            vcpu.stop();
        }

        @Override
        public void systemCall(Vcpu vcpu) {
            long pc = vcpu.env().pc() - 4;
            stop(vcpu, new Stop(pc == exit ? 0 : Stop.SYSTEM_CALL, pc, 0));
        }

        @Override
        public void exception(Vcpu vcpu, GuestException exception, long syndrome) {
            long pc = vcpu.env().pc();
            stop(vcpu, new Stop(InterpreterTier.signal(exception), pc, 0));
        }

        @Override
        public void memoryFault(Vcpu vcpu, MemoryFault fault, long address, boolean write) {
            int signal = fault == MemoryFault.ACCESS ? Stop.SIGSEGV : Stop.SIGBUS;
            stop(vcpu, new Stop(signal, vcpu.env().pc(), address));
        }

        @Override
        public void interrupt(Vcpu vcpu) {
            throw new IllegalStateException("nobody interrupts this vCPU");
        }
    }
}
