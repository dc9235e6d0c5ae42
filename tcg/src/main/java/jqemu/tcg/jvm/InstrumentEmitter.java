package jqemu.tcg.jvm;

import jqemu.plugin.api.RegisterAccess;
import jqemu.tcg.instrument.CallbackSite;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;

/// What plugins asked for, in a region: additions to cells in locals, callbacks as calls of constant receivers, which
/// C2 inlines.
///
/// Most callbacks touch no registers. Those are called as they are: a local says which one runs, and one handler at the
/// method's end turns what any of them throws into the message that names it. A `try` around each would cost C2 more
/// than the callback.
final class InstrumentEmitter {
    private static final String EVENTS = "jqemu/tcg/instrument/PluginEvents";
    private static final String OBJECT = "java/lang/Object";
    private static final String VCPU_CALLBACK = "jqemu/plugin/api/VcpuCallback";
    private static final String MEMORY_CALLBACK = "jqemu/plugin/api/MemoryValueCallback";
    private static final String MEMORY_INFO = "jqemu/plugin/api/MemoryInfo";

    private final RegionEmitter region;
    private final CodeWriter code;
    private final CellLocals cells;
    private final ValueEmitter values;

    InstrumentEmitter(RegionEmitter region, CodeWriter code, CellLocals cells, ValueEmitter values) {
        this.region = region;
        this.code = code;
        this.cells = cells;
        this.values = values;
    }

    /// Emits op `n` of `ir`.
    void emit(IrBlock ir, int n) {
        Opcode op = ir.opcode(n);
        Object constant = ir.constant(ir.aux(n));
        switch (op) {
            case PLUGIN_ADD -> add(ir, n);
            case PLUGIN_STORE -> store(ir, n);
            case PLUGIN_CALL -> {
                if (CallbackSite.registersOf(constant) == RegisterAccess.NONE) {
                    plainCall((CallbackSite.Execution) constant);
                } else {
                    call("call", constant, n);
                }
            }
            case PLUGIN_CONDITIONAL -> call("callIf", constant, n);
            case PLUGIN_MEM_CALL -> {
                if (CallbackSite.registersOf(constant) == RegisterAccess.NONE && isZero(ir, ir.d(n))) {
                    plainMemoryCall((CallbackSite.Memory) constant, ir, n);
                } else {
                    memoryCall(constant, ir, n);
                }
            }
            default -> throw new IllegalStateException("no bytecode for " + op);
        }
    }

    private static boolean isZero(IrBlock ir, int value) {
        return ir.opcode(value) == Opcode.MOVI && ir.imm(value) == 0;
    }

    // ---- cells

    private void add(IrBlock ir, int n) {
        int local = cells.local(cells.register(ir, n));
        code.lload(local);
        if (isZero(ir, ir.a(n))) {
            code.pushLong(ir.imm(n));
        } else {
            values.push(ir.a(n));
            code.pushLong(ir.imm(n));
            code.invokeStatic(EVENTS, "amount", "(JJ)J");
        }
        code.op(Bytecode.LADD, -2);
        code.lstore(local);
    }

    private void store(IrBlock ir, int n) {
        region.storeRegisters();
        region.pushConstant(ir.constant(ir.aux(n)), OBJECT);
        code.aload(RegionFrame.ENV_LOCAL);
        values.push(ir.a(n));
        code.pushLong(ir.imm(n));
        code.invokeStatic(EVENTS, "store", "(Ljava/lang/Object;Ljqemu/tcg/cpu/CpuState;JJ)V");
    }

    // ---- callbacks that touch no registers

    private void plainCall(CallbackSite.Execution site) {
        region.storeRegisters();
        region.enter(site);
        region.pushConstant(site.callback(), VCPU_CALLBACK);
        code.aload(RegionFrame.ENV_LOCAL);
        code.invokeStatic(EVENTS, "run", "(L" + VCPU_CALLBACK + ";Ljqemu/tcg/cpu/CpuState;)V");
        region.leaveSite();
    }

    private void plainMemoryCall(CallbackSite.Memory site, IrBlock ir, int n) {
        region.storeRegisters();
        region.enter(site);
        region.pushConstant(site.callback(), MEMORY_CALLBACK);
        code.aload(RegionFrame.ENV_LOCAL);
        region.pushConstant(site.info(), MEMORY_INFO);
        values.push(ir.a(n));
        values.push(ir.b(n));
        values.push(ir.c(n));
        code.invokeStatic(
                EVENTS, "access", "(L" + MEMORY_CALLBACK + ";Ljqemu/tcg/cpu/CpuState;L" + MEMORY_INFO + ";JJJ)V");
        region.leaveSite();
    }

    // ---- all others

    private void call(String name, Object site, int n) {
        storeRegistersFor(site, n);
        region.pushConstant(site, OBJECT);
        code.aload(RegionFrame.ENV_LOCAL);
        code.invokeStatic(EVENTS, name, "(Ljava/lang/Object;Ljqemu/tcg/cpu/CpuState;)V");
        loadRegistersAfter(site);
    }

    private void memoryCall(Object site, IrBlock ir, int n) {
        storeRegistersFor(site, n);
        region.pushConstant(site, OBJECT);
        code.aload(RegionFrame.ENV_LOCAL);
        values.push(ir.a(n));
        values.push(ir.b(n));
        values.push(ir.c(n));
        values.push(ir.d(n));
        code.invokeStatic(EVENTS, "memory", "(Ljava/lang/Object;Ljqemu/tcg/cpu/CpuState;JJJJ)V");
        loadRegistersAfter(site);
    }

    /// Stores what the callback at `site`, op `n`, may read. Where it may write registers, what was read of them
    /// before stays what it was.
    private void storeRegistersFor(Object site, int n) {
        if (CallbackSite.registersOf(site) == RegisterAccess.READ_WRITE) {
            values.keepAllReads(n);
        }
        if (CallbackSite.registersOf(site) == RegisterAccess.NONE) {
            region.storeRegisters();
        } else {
            region.storeRegistersSettled();
        }
    }

    private void loadRegistersAfter(Object site) {
        if (CallbackSite.registersOf(site) == RegisterAccess.READ_WRITE) {
            region.loadRegisters();
        }
    }
}
