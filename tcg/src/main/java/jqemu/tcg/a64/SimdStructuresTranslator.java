package jqemu.tcg.a64;

import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Lanes;
import jqemu.tcg.ir.MemOp;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of loads and stores of vector structures: one access for each element, in memory order, also for plugins;
/// `LD1` and `ST1` of whole registers take eight bytes at a time.
///
/// `size` is the log2 of the element bytes, `q` is 1 for 128 bits. A single structure has its element size and index in
/// `op` and
/// `index`. All elements are loaded before the first register is written, so that a fault leaves all registers alone.
final class SimdStructuresTranslator implements SimdStructures {
    private final TranslationContext ir;
    private final Addressing addressing;
    private final VectorShapes shapes;

    SimdStructuresTranslator(TranslationContext ir) {
        this.ir = ir;
        this.addressing = new Addressing(ir);
        this.shapes = new VectorShapes(ir);
    }

    private static final int MAX_REGISTERS = 4;

    /// The values under construction, to allocate nothing per instruction.
    private final int[] halves = new int[2 * MAX_REGISTERS];

    // ---- elements

    private static int register(int rt, int i) {
        return (rt + i) % 32;
    }

    private static Type elementType(int size) {
        return size == MemOp.SIZE_64 ? Type.I64 : Type.I32;
    }

    private int loadElement(int base, int offset, int size) {
        int value = ir.guestLoad(elementType(size), addressing.plus(base, offset), size);
        return size == MemOp.SIZE_64 ? value : ir.zeroExtend(value);
    }

    private void storeElement(int base, int offset, int value, int size) {
        int element = size == MemOp.SIZE_64 ? value : ir.low(value);
        ir.guestStore(elementType(size), addressing.plus(base, offset), element, size);
    }

    private int insert(int whole, int element, int position, int size) {
        return size == MemOp.SIZE_64 ? element : ir.deposit(Type.I64, whole, element, position, Lanes.width(size));
    }

    private boolean writeBack(int rn, int rm, int bytes) {
        int base = addressing.base(rn);
        int moved = rm == 31 ? addressing.plus(base, bytes) : ir.add(Type.I64, base, ir.readX(Type.I64, rm));
        addressing.writeBack(rn, moved);
        return true;
    }

    private static int bytes(int q) {
        return 8 << q;
    }

    // ---- multiple structures

    /// `LD1` of whole registers, one after the other in memory.
    private boolean loadContiguous(int registers, int q, int base, int rt) {
        int count = registers << q;
        for (int i = 0; i < count; i++) {
            halves[i << (1 - q)] = loadElement(base, 8 * i, MemOp.SIZE_64);
        }
        return writeRegisters(registers, q, rt);
    }

    private boolean storeContiguous(int registers, int q, int base, int rt) {
        int count = registers << q;
        for (int i = 0; i < count; i++) {
            storeElement(base, 8 * i, shapes.half(register(rt, i >> q), q == 0 ? 0 : i & 1), MemOp.SIZE_64);
        }
        return true;
    }

    private boolean writeRegisters(int registers, int q, int rt) {
        for (int i = 0; i < registers; i++) {
            shapes.write(Type.I64, q, halves[2 * i], halves[2 * i + 1], register(rt, i));
        }
        return true;
    }

    private boolean loadMultiple(int registers, int q, int size, int base, int rt) {
        int lanes = Lanes.count(size);
        for (int lane = 0; lane < lanes << q; lane++) {
            for (int i = 0; i < registers; i++) {
                int half = 2 * i + lane / lanes;
                int element = loadElement(base, (lane * registers + i) << size, size);
                int position = lane % lanes * Lanes.width(size);
                halves[half] = position == 0 ? element : insert(halves[half], element, position, size);
            }
        }
        return writeRegisters(registers, q, rt);
    }

    private boolean storeMultiple(int registers, int q, int size, int base, int rt) {
        int lanes = Lanes.count(size);
        for (int lane = 0; lane < lanes << q; lane++) {
            for (int i = 0; i < registers; i++) {
                int element = shapes.lane(register(rt, i), lane, size);
                storeElement(base, (lane * registers + i) << size, element, size);
            }
        }
        return true;
    }

    // ---- single structures

    private static int elementSize(int op, int index) {
        return op == 2 ? 2 + (index & 1) : op;
    }

    private static int elementBytes(int op, int index) {
        return 1 << elementSize(op, index);
    }

    private boolean loadSingle(int registers, int op, int index, int base, int rt) {
        int size = elementSize(op, index);
        int lane = index >> size;
        int half = lane / Lanes.count(size);
        int position = lane % Lanes.count(size) * Lanes.width(size);
        for (int i = 0; i < registers; i++) {
            halves[i] = loadElement(base, i << size, size);
        }
        for (int i = 0; i < registers; i++) {
            int register = register(rt, i);
            int slot = half == 0 ? Slot.vLow(register) : Slot.vHigh(register);
            ir.storeEnv(Type.I64, slot, insert(shapes.half(register, half), halves[i], position, size));
        }
        return true;
    }

    private boolean storeSingle(int registers, int op, int index, int base, int rt) {
        int size = elementSize(op, index);
        for (int i = 0; i < registers; i++) {
            storeElement(base, i << size, shapes.lane(register(rt, i), index >> size, size), size);
        }
        return true;
    }

    private boolean loadReplicated(int registers, int q, int size, int base, int rt) {
        for (int i = 0; i < registers; i++) {
            halves[i] = loadElement(base, i << size, size);
        }
        for (int i = 0; i < registers; i++) {
            int value = size == MemOp.SIZE_64 ? halves[i] : ir.unary(Opcode.VDUP, Type.I64, halves[i], size);
            shapes.write(Type.I64, q, value, value, register(rt, i));
        }
        return true;
    }

    // ---- instructions

    /// `ST1 (multiple structures)`.
    @Override
    public boolean st1Multiple(int q, int opcode, int size, int rn, int rt) {
        return storeContiguous(VectorOperands.structureRegisters(opcode), q, addressing.base(rn), rt);
    }

    /// `ST2 (multiple structures)`.
    @Override
    public boolean st2Multiple(int q, int size, int rn, int rt) {
        return storeMultiple(2, q, size, addressing.base(rn), rt);
    }

    /// `ST3 (multiple structures)`.
    @Override
    public boolean st3Multiple(int q, int size, int rn, int rt) {
        return storeMultiple(3, q, size, addressing.base(rn), rt);
    }

    /// `ST4 (multiple structures)`.
    @Override
    public boolean st4Multiple(int q, int size, int rn, int rt) {
        return storeMultiple(4, q, size, addressing.base(rn), rt);
    }

    /// `LD1 (multiple structures)`.
    @Override
    public boolean ld1Multiple(int q, int opcode, int size, int rn, int rt) {
        return loadContiguous(VectorOperands.structureRegisters(opcode), q, addressing.base(rn), rt);
    }

    /// `LD2 (multiple structures)`.
    @Override
    public boolean ld2Multiple(int q, int size, int rn, int rt) {
        return loadMultiple(2, q, size, addressing.base(rn), rt);
    }

    /// `LD3 (multiple structures)`.
    @Override
    public boolean ld3Multiple(int q, int size, int rn, int rt) {
        return loadMultiple(3, q, size, addressing.base(rn), rt);
    }

    /// `LD4 (multiple structures)`.
    @Override
    public boolean ld4Multiple(int q, int size, int rn, int rt) {
        return loadMultiple(4, q, size, addressing.base(rn), rt);
    }

    /// `ST1 (multiple structures)`, post-index.
    @Override
    public boolean st1MultiplePostIndex(int q, int rm, int opcode, int size, int rn, int rt) {
        return storeContiguous(VectorOperands.structureRegisters(opcode), q, addressing.base(rn), rt)
                && writeBack(rn, rm, VectorOperands.structureRegisters(opcode) * bytes(q));
    }

    /// `ST2 (multiple structures)`, post-index.
    @Override
    public boolean st2MultiplePostIndex(int q, int rm, int size, int rn, int rt) {
        return storeMultiple(2, q, size, addressing.base(rn), rt) && writeBack(rn, rm, 2 * bytes(q));
    }

    /// `ST3 (multiple structures)`, post-index.
    @Override
    public boolean st3MultiplePostIndex(int q, int rm, int size, int rn, int rt) {
        return storeMultiple(3, q, size, addressing.base(rn), rt) && writeBack(rn, rm, 3 * bytes(q));
    }

    /// `ST4 (multiple structures)`, post-index.
    @Override
    public boolean st4MultiplePostIndex(int q, int rm, int size, int rn, int rt) {
        return storeMultiple(4, q, size, addressing.base(rn), rt) && writeBack(rn, rm, 4 * bytes(q));
    }

    /// `LD1 (multiple structures)`, post-index.
    @Override
    public boolean ld1MultiplePostIndex(int q, int rm, int opcode, int size, int rn, int rt) {
        return loadContiguous(VectorOperands.structureRegisters(opcode), q, addressing.base(rn), rt)
                && writeBack(rn, rm, VectorOperands.structureRegisters(opcode) * bytes(q));
    }

    /// `LD2 (multiple structures)`, post-index.
    @Override
    public boolean ld2MultiplePostIndex(int q, int rm, int size, int rn, int rt) {
        return loadMultiple(2, q, size, addressing.base(rn), rt) && writeBack(rn, rm, 2 * bytes(q));
    }

    /// `LD3 (multiple structures)`, post-index.
    @Override
    public boolean ld3MultiplePostIndex(int q, int rm, int size, int rn, int rt) {
        return loadMultiple(3, q, size, addressing.base(rn), rt) && writeBack(rn, rm, 3 * bytes(q));
    }

    /// `LD4 (multiple structures)`, post-index.
    @Override
    public boolean ld4MultiplePostIndex(int q, int rm, int size, int rn, int rt) {
        return loadMultiple(4, q, size, addressing.base(rn), rt) && writeBack(rn, rm, 4 * bytes(q));
    }

    /// `ST1 (single structure)`.
    @Override
    public boolean st1Single(int index, int op, int rn, int rt) {
        return storeSingle(1, op, index, addressing.base(rn), rt);
    }

    /// `ST2 (single structure)`.
    @Override
    public boolean st2Single(int index, int op, int rn, int rt) {
        return storeSingle(2, op, index, addressing.base(rn), rt);
    }

    /// `ST3 (single structure)`.
    @Override
    public boolean st3Single(int index, int op, int rn, int rt) {
        return storeSingle(3, op, index, addressing.base(rn), rt);
    }

    /// `ST4 (single structure)`.
    @Override
    public boolean st4Single(int index, int op, int rn, int rt) {
        return storeSingle(4, op, index, addressing.base(rn), rt);
    }

    /// `LD1R`.
    @Override
    public boolean ld1r(int q, int size, int rn, int rt) {
        return loadReplicated(1, q, size, addressing.base(rn), rt);
    }

    /// `LD1 (single structure)`.
    @Override
    public boolean ld1Single(int index, int op, int rn, int rt) {
        return loadSingle(1, op, index, addressing.base(rn), rt);
    }

    /// `LD2R`.
    @Override
    public boolean ld2r(int q, int size, int rn, int rt) {
        return loadReplicated(2, q, size, addressing.base(rn), rt);
    }

    /// `LD2 (single structure)`.
    @Override
    public boolean ld2Single(int index, int op, int rn, int rt) {
        return loadSingle(2, op, index, addressing.base(rn), rt);
    }

    /// `LD3R`.
    @Override
    public boolean ld3r(int q, int size, int rn, int rt) {
        return loadReplicated(3, q, size, addressing.base(rn), rt);
    }

    /// `LD3 (single structure)`.
    @Override
    public boolean ld3Single(int index, int op, int rn, int rt) {
        return loadSingle(3, op, index, addressing.base(rn), rt);
    }

    /// `LD4R`.
    @Override
    public boolean ld4r(int q, int size, int rn, int rt) {
        return loadReplicated(4, q, size, addressing.base(rn), rt);
    }

    /// `LD4 (single structure)`.
    @Override
    public boolean ld4Single(int index, int op, int rn, int rt) {
        return loadSingle(4, op, index, addressing.base(rn), rt);
    }

    /// `ST1 (single structure)`, post-index.
    @Override
    public boolean st1SinglePostIndex(int index, int rm, int op, int rn, int rt) {
        return storeSingle(1, op, index, addressing.base(rn), rt) && writeBack(rn, rm, elementBytes(op, index));
    }

    /// `ST2 (single structure)`, post-index.
    @Override
    public boolean st2SinglePostIndex(int index, int rm, int op, int rn, int rt) {
        return storeSingle(2, op, index, addressing.base(rn), rt) && writeBack(rn, rm, 2 * elementBytes(op, index));
    }

    /// `ST3 (single structure)`, post-index.
    @Override
    public boolean st3SinglePostIndex(int index, int rm, int op, int rn, int rt) {
        return storeSingle(3, op, index, addressing.base(rn), rt) && writeBack(rn, rm, 3 * elementBytes(op, index));
    }

    /// `ST4 (single structure)`, post-index.
    @Override
    public boolean st4SinglePostIndex(int index, int rm, int op, int rn, int rt) {
        return storeSingle(4, op, index, addressing.base(rn), rt) && writeBack(rn, rm, 4 * elementBytes(op, index));
    }

    /// `LD1R`, post-index.
    @Override
    public boolean ld1rPostIndex(int q, int rm, int size, int rn, int rt) {
        return loadReplicated(1, q, size, addressing.base(rn), rt) && writeBack(rn, rm, 1 << size);
    }

    /// `LD1 (single structure)`, post-index.
    @Override
    public boolean ld1SinglePostIndex(int index, int rm, int op, int rn, int rt) {
        return loadSingle(1, op, index, addressing.base(rn), rt) && writeBack(rn, rm, elementBytes(op, index));
    }

    /// `LD2R`, post-index.
    @Override
    public boolean ld2rPostIndex(int q, int rm, int size, int rn, int rt) {
        return loadReplicated(2, q, size, addressing.base(rn), rt) && writeBack(rn, rm, 2 << size);
    }

    /// `LD2 (single structure)`, post-index.
    @Override
    public boolean ld2SinglePostIndex(int index, int rm, int op, int rn, int rt) {
        return loadSingle(2, op, index, addressing.base(rn), rt) && writeBack(rn, rm, 2 * elementBytes(op, index));
    }

    /// `LD3R`, post-index.
    @Override
    public boolean ld3rPostIndex(int q, int rm, int size, int rn, int rt) {
        return loadReplicated(3, q, size, addressing.base(rn), rt) && writeBack(rn, rm, 3 << size);
    }

    /// `LD3 (single structure)`, post-index.
    @Override
    public boolean ld3SinglePostIndex(int index, int rm, int op, int rn, int rt) {
        return loadSingle(3, op, index, addressing.base(rn), rt) && writeBack(rn, rm, 3 * elementBytes(op, index));
    }

    /// `LD4R`, post-index.
    @Override
    public boolean ld4rPostIndex(int q, int rm, int size, int rn, int rt) {
        return loadReplicated(4, q, size, addressing.base(rn), rt) && writeBack(rn, rm, 4 << size);
    }

    /// `LD4 (single structure)`, post-index.
    @Override
    public boolean ld4SinglePostIndex(int index, int rm, int op, int rn, int rt) {
        return loadSingle(4, op, index, addressing.base(rn), rt) && writeBack(rn, rm, 4 * elementBytes(op, index));
    }
}
