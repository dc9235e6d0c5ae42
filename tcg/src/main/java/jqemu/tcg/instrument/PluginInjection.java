package jqemu.tcg.instrument;

import jqemu.plugin.api.Condition;
import jqemu.plugin.api.MemoryInfo;
import jqemu.plugin.api.RegisterAccess;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.IrBuilder;
import jqemu.tcg.ir.MemOp;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Turns what plugins asked for into IR: copies a block and puts the ops of each request where it belongs.
///
/// At a block's start come the block's requests, then those of the first instruction; a memory mark becomes the
/// requests for its kind of access, in the order of registration.
final class PluginInjection {
    private final IrBlock from;
    private final IrBlock to;
    private final IrBuilder ir;
    private final TranslatedBlock requests;
    private final int[] renumbered;

    /// An injection of `requests` into `from`; the result is built in `to`.
    PluginInjection(IrBlock from, IrBlock to, TranslatedBlock requests) {
        this.from = from;
        this.to = to;
        this.ir = new IrBuilder(to);
        this.requests = requests;
        this.renumbered = new int[from.size()];
    }

    /// Builds the instrumented block.
    void run() {
        int instruction = -1;
        for (int n = 0; n < from.size(); n++) {
            if (from.opcode(n) == Opcode.PLUGIN_MEM) {
                injectMemory(n, requests.translated(instruction));
                continue;
            }
            renumbered[n] = copy(n);
            if (from.opcode(n) == Opcode.INSN_START) {
                instruction++;
                long pc = from.imm(n);
                if (instruction == 0) {
                    requests.executionRequests().forEach(request -> inject(request, pc));
                }
                requests.translated(instruction).executionRequests().forEach(request -> inject(request, pc));
            }
        }
    }

    private int copy(int n) {
        int[] operands = new int[4];
        for (int i = 0; i < from.opcode(n).inputs(); i++) {
            operands[i] = renumbered[from.operand(n, i)];
        }
        return to.append(
                from.opcode(n),
                from.type(n),
                operands[0],
                operands[1],
                operands[2],
                operands[3],
                from.aux(n),
                from.imm(n));
    }

    private void inject(Request request, long pc) {
        switch (request) {
            case Request.Add add -> cellOp(Opcode.PLUGIN_ADD, add.cell(), add.value(), unguarded());
            case Request.Store store -> cellOp(Opcode.PLUGIN_STORE, store.cell(), store.value(), unguarded());
            case Request.Call call -> {
                storePcFor(call.registers(), pc);
                constantOp(Opcode.PLUGIN_CALL, site(call, pc));
            }
            case Request.CallIf callIf -> injectConditional(callIf, pc);
            case Request.MemoryCall call ->
                throw new IllegalStateException("a memory callback of " + call.plugin() + " outside an access");
        }
    }

    private void injectConditional(Request.CallIf request, long pc) {
        if (request.condition() != Condition.NEVER) {
            storePcFor(request.call().registers(), pc);
            constantOp(
                    Opcode.PLUGIN_CONDITIONAL,
                    new CallbackSite.Conditional(
                            site(request.call(), pc), request.condition(), request.cell(), request.constant()));
        }
    }

    private static CallbackSite.Execution site(Request.Call call, long pc) {
        return new CallbackSite.Execution(call.plugin(), pc, call.registers(), call.callback());
    }

    private void injectMemory(int n, TranslatedInstruction instruction) {
        int memop = from.aux(n);
        boolean isStore = MemOp.has(memop, MemOp.STORE);
        int address = renumbered[from.a(n)];
        int low = renumbered[from.b(n)];
        int high = renumbered[from.c(n)];
        int guard = renumbered[from.d(n)];
        MemoryInfo info = new MemoryInfo(MemOp.sizeShift(memop), MemOp.has(memop, MemOp.SIGNED), false, isStore);
        for (Request.OnMemory onMemory : instruction.memoryRequests()) {
            if (!onMemory.access().includes(isStore)) {
                continue;
            }
            switch (onMemory.request()) {
                case Request.Add add -> cellOp(Opcode.PLUGIN_ADD, add.cell(), add.value(), guard);
                case Request.Store store -> cellOp(Opcode.PLUGIN_STORE, store.cell(), store.value(), guard);
                case Request.MemoryCall call -> {
                    long pc = instruction.pc();
                    storePcFor(call.registers(), pc);
                    Object site = new CallbackSite.Memory(call.plugin(), pc, call.registers(), info, call.callback());
                    int constant = to.addConstant(site);
                    to.append(Opcode.PLUGIN_MEM_CALL, Type.I64, address, low, high, guard, constant, 0);
                }
                case Request.Call call -> throw new IllegalStateException("not for memory: " + call);
                case Request.CallIf call -> throw new IllegalStateException("not for memory: " + call);
            }
        }
    }

    private int unguarded() {
        return ir.movi(Type.I64, 0);
    }

    private void cellOp(Opcode op, Object cell, long value, int guard) {
        to.append(op, Type.I64, guard, 0, 0, 0, to.addConstant(cell), value);
    }

    private void constantOp(Opcode op, Object site) {
        to.append(op, Type.I64, 0, 0, 0, 0, to.addConstant(site), 0);
    }

    /// A callback that reads registers finds the pc in env as well.
    private void storePcFor(RegisterAccess registers, long pc) {
        if (registers != RegisterAccess.NONE) {
            ir.storeEnv(Type.I64, Slot.PC, ir.movi(Type.I64, pc));
        }
    }
}
