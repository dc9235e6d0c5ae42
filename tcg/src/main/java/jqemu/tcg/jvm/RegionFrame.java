package jqemu.tcg.jvm;

import java.util.BitSet;
import java.util.List;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.interp.BlockExit;

/// The locals of a region's method: what they are for, how they begin, and how guest registers and scoreboard cells get
/// into them and back to where the rest of the program looks for them.
final class RegionFrame {
    static final String ENV = "jqemu/tcg/cpu/CpuState";
    static final String VCPU = "jqemu/tcg/exec/Vcpu";

    /// The parameters.
    static final int VCPU_LOCAL = 0;

    static final int SLOTS_LOCAL = 1;
    static final int THREAD_SLOT_LOCAL = 2;
    static final int DEPTH_LOCAL = 4;

    /// Env; the pc and code of an exit; the lazy flags.
    static final int ENV_LOCAL = 6;

    static final int EXIT_PC_LOCAL = 7;
    static final int FLAG_A_LOCAL = 9;
    static final int FLAG_B_LOCAL = 11;
    static final int FLAG_KIND_LOCAL = 13;
    static final int EXIT_CODE_LOCAL = 14;

    /// What turns guest addresses into host addresses.
    static final int BASE_LOCAL = 15;

    static final int MASK_LOCAL = 17;

    /// 0, which C2 does not know.
    static final int ZERO_LOCAL = 19;

    /// The number of the callback that runs, in [RegionEmitter]; -1 while none does.
    static final int SITE_LOCAL = 21;

    /// Whether floating point is in the usual state (`HardFloat.isUsual`). Read at the entry and behind whatever
    /// may change FPCR or clear FPSR; what the region's own arithmetic sets in FPSR shows at the next entry.
    static final int USUAL_LOCAL = 22;

    private static final int FIRST_REGISTER_LOCAL = 23;

    private static final String LAZY_FLAGS = "jqemu/tcg/jvm/LazyFlags";

    private final CodeWriter code;
    private final RegionClass container;
    private final RegisterLocals registers = new RegisterLocals();
    private final CellLocals cells = new CellLocals();
    private final int firstTemporary;

    RegionFrame(CodeWriter code, RegionClass container, List<RegionShape.Member> members) {
        this.code = code;
        this.container = container;
        for (RegionShape.Member each : members) {
            registers.collect(each.ir());
            cells.collect(each.ir());
        }
        this.firstTemporary = cells.assign(registers.assign(FIRST_REGISTER_LOCAL));
    }

    RegisterLocals registers() {
        return registers;
    }

    CellLocals cells() {
        return cells;
    }

    /// The first local that is free for temporaries.
    int firstTemporary() {
        return firstTemporary;
    }

    /// Declares the locals that live across branches.
    void declare() {
        code.declareObject(VCPU);
        code.declareObject("[J");
        code.declareLong();
        code.declareLong();
        code.declareObject(ENV);
        for (int i = 0; i < 3; i++) {
            code.declareLong();
        }
        code.declareInt();
        code.declareInt();
        code.declareLong();
        code.declareLong();
        code.declareLong();
        code.declareInt();
        code.declareInt();
        for (int slot = 0; slot < Slot.COUNT; slot++) {
            if (registers.isDouble(slot)) {
                code.declareDouble();
            } else if (registers.isUsed(slot)) {
                code.declareLong();
            }
        }
        for (int k = 0; k < cells.count(); k++) {
            code.declareLong();
        }
    }

    /// Gives every local its first value; of the registers, those in `live` what env holds.
    void begin(BitSet live) {
        code.aload(VCPU_LOCAL);
        code.getField(VCPU, "env", "L".concat(ENV).concat(";"));
        code.astore(ENV_LOCAL);
        code.aload(ENV_LOCAL);
        code.getField(ENV, "guestBase", "J");
        code.lstore(BASE_LOCAL);
        code.aload(ENV_LOCAL);
        code.getField(ENV, "addressMask", "J");
        code.lstore(MASK_LOCAL);
        code.aload(ENV_LOCAL);
        code.getField(ENV, "zero", "J");
        code.lstore(ZERO_LOCAL);
        code.pushInt(-1);
        code.istore(SITE_LOCAL);
        code.pushInt(0);
        code.istore(USUAL_LOCAL);
        code.pushLong(0);
        code.lstore(EXIT_PC_LOCAL);
        code.pushInt(BlockExit.UNWIND);
        code.istore(EXIT_CODE_LOCAL);
        code.pushLong(0);
        code.lstore(FLAG_A_LOCAL);
        code.pushLong(0);
        code.lstore(FLAG_B_LOCAL);
        code.pushInt(LazyFlags.PACKED);
        code.istore(FLAG_KIND_LOCAL);
        for (int slot = 0; slot < Slot.COUNT; slot++) {
            if (registers.isUsed(slot) && !live.get(slot)) {
                code.pushLong(0); // the verifier wants a value; the flow says that nobody reads it
                registers.emitWrite(code, slot);
            }
        }
        for (int k = 0; k < cells.count(); k++) {
            code.pushLong(0);
            code.lstore(cells.local(Slot.COUNT + k));
        }
        load(live);
    }

    // ---- registers

    /// Loads the registers in `live`; cells have nothing to load.
    void load(BitSet live) {
        readUsual();
        for (int slot = live.nextSetBit(0); slot >= 0 && slot < Slot.COUNT; slot = live.nextSetBit(slot + 1)) {
            if (slot == Slot.NZCV) {
                code.aload(SLOTS_LOCAL);
                code.invokeStatic(LAZY_FLAGS, "packed", "([J)J");
                code.lstore(FLAG_A_LOCAL);
                code.pushInt(LazyFlags.PACKED);
                code.istore(FLAG_KIND_LOCAL);
            } else {
                loadSlot(slot);
                registers.emitWrite(code, slot);
            }
        }
    }

    /// Finds out whether floating point is in the usual state.
    void readUsual() {
        if (registers.hasFloatingPoint()) {
            code.aload(SLOTS_LOCAL);
            code.invokeStatic("jqemu/tcg/helper/HardFloat", "isUsual", "([J)Z");
            code.istore(USUAL_LOCAL);
        }
    }

    /// Stores the registers in `dirty` to env, the flags as they are, and adds what waits for cells.
    void store(BitSet dirty) {
        for (int slot = dirty.nextSetBit(0); slot >= 0; slot = dirty.nextSetBit(slot + 1)) {
            if (slot == Slot.NZCV) {
                storeFlags();
            } else if (slot >= Slot.COUNT) {
                addUp(slot);
            } else {
                code.aload(SLOTS_LOCAL);
                code.pushInt(slot);
                registers.emitRead(code, slot);
                code.op(Bytecode.LASTORE, -4);
            }
        }
    }

    /// Adds what waits for a cell to it.
    private void addUp(int register) {
        container.pushConstant(code, cells.cell(register), "java/lang/Object");
        code.aload(ENV_LOCAL);
        code.pushLong(0);
        code.lload(cells.local(register));
        code.invokeStatic("jqemu/tcg/instrument/PluginEvents", "add", "(Ljava/lang/Object;L" + ENV + ";JJ)V");
        code.pushLong(0);
        code.lstore(cells.local(register));
    }

    private void storeFlags() {
        code.aload(SLOTS_LOCAL);
        code.pushInt(Slot.NZCV);
        code.lload(FLAG_A_LOCAL);
        code.op(Bytecode.LASTORE, -4);
        code.aload(SLOTS_LOCAL);
        code.pushInt(Slot.FLAG_B);
        code.lload(FLAG_B_LOCAL);
        code.op(Bytecode.LASTORE, -4);
        code.aload(SLOTS_LOCAL);
        code.pushInt(Slot.FLAG_KIND);
        code.iload(FLAG_KIND_LOCAL);
        code.op(Bytecode.I2L, 1);
        code.op(Bytecode.LASTORE, -4);
    }

    /// Pushes the value in `slot` of env.
    void loadSlot(int slot) {
        code.aload(SLOTS_LOCAL);
        code.pushInt(slot);
        code.op(Bytecode.LALOAD, 0);
    }

    void pushFlags() {
        code.iload(FLAG_KIND_LOCAL);
        code.lload(FLAG_A_LOCAL);
        code.lload(FLAG_B_LOCAL);
    }

    void pushPackedFlags() {
        pushFlags();
        code.invokeStatic(LAZY_FLAGS, "pack", "(IJJ)J");
    }

    // ---- what calls and exits take along

    /// Pushes the word that says how deeply calls may be nested, or -1 for an interrupt.
    void poll() {
        MemoryEmitter.poll(code, THREAD_SLOT_LOCAL);
    }

    /// Puts `pc` into env.
    void storePc(long pc) {
        code.aload(SLOTS_LOCAL);
        code.pushInt(Slot.PC);
        code.pushLong(pc);
        code.op(Bytecode.LASTORE, -4);
    }

    /// Pushes the arguments of a region that is called.
    void pushArguments() {
        code.aload(VCPU_LOCAL);
        code.aload(SLOTS_LOCAL);
        code.lload(THREAD_SLOT_LOCAL);
        pushDepthOfCallee();
    }

    /// Pushes how deeply a region that is called is nested.
    void pushDepthOfCallee() {
        code.lload(DEPTH_LOCAL);
        code.pushLong(1);
        code.op(Bytecode.LADD, -2);
    }
}
