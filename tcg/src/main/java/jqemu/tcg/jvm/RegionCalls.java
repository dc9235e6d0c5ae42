package jqemu.tcg.jvm;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import jqemu.loader.host.ThreadSlot;
import jqemu.loader.memory.GuestFault;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.exec.Vcpu;
import jqemu.tcg.helper.FpEvaluator;
import jqemu.tcg.helper.Helpers;
import jqemu.tcg.instrument.CallbackSite;
import jqemu.tcg.interp.BlockExit;
import jqemu.tcg.ir.Evaluator;
import jqemu.tcg.ir.Helper;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// What generated code calls besides the evaluators.
public final class RegionCalls {
    /// The parameters and result of a region's code.
    static final MethodType TYPE = MethodType.methodType(int.class, Vcpu.class, long[].class, long.class, long.class);

    /// [#unlinked] as a method handle.
    static final MethodHandle UNLINKED = find("unlinked");

    private RegionCalls() {}

    private static MethodHandle find(String name) {
        try {
            return MethodHandles.lookup().findStatic(RegionCalls.class, name, TYPE);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a method that is not here", e);
        }
    }

    /// Runs `helper`; a checked access of its that fails is recorded like an unchecked one.
    public static long helper(CpuState env, Helper helper, long a, long b, long c, long d, long imm) {
        try {
            return Helpers.call(env, helper, a, b, c, d, imm);
        } catch (GuestFault fault) {
            ThreadSlot.recordFault(env.threadSlot(), env.memory().hostAddress(fault.vaddr()), fault.isWrite());
            return 0;
        }
    }

    /// A pure op that has no method of its own. HotSpot does not inline this, see `jvm.args`: what it calls would
    /// come with it whole, since an opcode is no constant to the switch over it.
    public static long evaluate(Opcode op, Type type, long a, long b, long c, long d, int aux, long imm) {
        return Evaluator.evaluate(op, type, a, b, c, d, aux, imm);
    }

    /// A floating-point op that has no method of its own; not inlined either.
    public static long evaluateFp(CpuState env, Opcode op, Type type, long a, long b, long c, int aux) {
        return FpEvaluator.evaluate(env, op, type, a, b, c, aux);
    }

    /// What a guest call to an address without a region does: its caller looks it up, as it was left to.
    static int unlinked(Vcpu vcpu, long[] slots, long threadSlot, long depth) {
        return BlockExit.LOOKUP;
    }

    /// Goes on in place of a callee that was left by `exit`, not by a return to `next`.
    ///
    /// @param depth how deeply the callee was nested
    /// @return [BlockExit#ARRIVED] when the guest has returned to `next`, or the exit to hand on
    public static int comeBack(int exit, Vcpu vcpu, long depth, long next) {
        int last = exit == BlockExit.LOOKUP ? vcpu.continueAt(depth) : exit;
        return last == BlockExit.RETURN && vcpu.env().pc() == next ? BlockExit.ARRIVED : last;
    }

    /// What a region throws when `cause` was thrown in it while callback `running` of `sites` ran, or none for -1.
    public static Throwable thrown(Throwable cause, List<CallbackSite> sites, int running) {
        return running < 0 ? cause : sites.get(running).failure(cause);
    }

    /// A computed jump of a region led to `target`, which it does not know.
    public static void missed(Object jump, long target) {
        ((IndirectJump) jump).missed(target);
    }
}
