package jqemu.tcg.ir;

/// Appends ops to an [IrBlock], one method per op: what instruction semantics are written with.
///
/// An `int` parameter or result named like a value is an IR value (an op's index). Methods return the value that the op
/// defines. Nothing is folded here: that is the optimizer's work.
public class IrBuilder {
    private final IrBlock block;

    /// A builder that appends to `block`.
    public IrBuilder(IrBlock block) {
        this.block = block;
    }

    /// The block under construction.
    public IrBlock block() {
        return block;
    }

    // ---- generic forms, for semantics that take the opcode as a parameter

    /// An op with one operand.
    public int unary(Opcode op, Type type, int a) {
        return block.append(op, type, a, 0, 0, 0, 0, 0);
    }

    /// An op with one operand and an `aux`.
    public int unary(Opcode op, Type type, int a, int aux) {
        return block.append(op, type, a, 0, 0, 0, aux, 0);
    }

    /// An op with two operands.
    public int binary(Opcode op, Type type, int a, int b) {
        return block.append(op, type, a, b, 0, 0, 0, 0);
    }

    /// An op with two operands and an `aux`.
    public int binary(Opcode op, Type type, int a, int b, int aux) {
        return block.append(op, type, a, b, 0, 0, aux, 0);
    }

    /// An op with three operands.
    public int ternary(Opcode op, Type type, int a, int b, int c) {
        return ternary(op, type, a, b, c, 0);
    }

    /// An op of three operands and an `aux`.
    public int ternary(Opcode op, Type type, int a, int b, int c, int aux) {
        return block.append(op, type, a, b, c, 0, aux, 0);
    }

    // ---- constants and arithmetic

    /// The constant `value`; for I32 its low half counts.
    public int movi(Type type, long value) {
        return block.append(Opcode.MOVI, type, 0, 0, 0, 0, 0, type.truncate(value));
    }

    /// `a + b`.
    public int add(Type type, int a, int b) {
        return binary(Opcode.ADD, type, a, b);
    }

    /// `a + constant`; a sum with a constant gets a new constant.
    public int addImmediate(Type type, int a, long constant) {
        if (constant == 0) {
            return a;
        }
        boolean isSum =
                block.opcode(a) == Opcode.ADD && block.type(a) == type && block.opcode(block.b(a)) == Opcode.MOVI;
        return isSum
                ? addImmediate(type, block.a(a), block.imm(block.b(a)) + constant)
                : add(type, a, movi(type, constant));
    }

    /// `a - b`.
    public int sub(Type type, int a, int b) {
        return binary(Opcode.SUB, type, a, b);
    }

    /// `-a`.
    public int neg(Type type, int a) {
        return sub(type, movi(type, 0), a);
    }

    /// `a & b`.
    public int and(Type type, int a, int b) {
        return binary(Opcode.AND, type, a, b);
    }

    /// `a | b`.
    public int or(Type type, int a, int b) {
        return binary(Opcode.OR, type, a, b);
    }

    /// `a ^ b`.
    public int xor(Type type, int a, int b) {
        return binary(Opcode.XOR, type, a, b);
    }

    /// `~a`.
    public int not(Type type, int a) {
        return binary(Opcode.ORC, type, movi(type, 0), a);
    }

    /// `a << count`.
    public int shl(Type type, int a, int count) {
        return binary(Opcode.SHL, type, a, count);
    }

    /// `a << count`, the count being a constant below the width.
    public int shlImmediate(Type type, int a, int count) {
        return count == 0 ? a : shl(type, a, movi(type, count));
    }

    /// The unsigned field of `a`.
    public int extract(Type type, int a, int position, int length) {
        return unary(Opcode.EXTRACT, type, a, IrBlock.field(position, length));
    }

    /// The sign-extended field of `a`.
    public int sextract(Type type, int a, int position, int length) {
        return unary(Opcode.SEXTRACT, type, a, IrBlock.field(position, length));
    }

    /// `base` with a field replaced by the low bits of `value`.
    public int deposit(Type type, int base, int value, int position, int length) {
        return binary(Opcode.DEPOSIT, type, base, value, IrBlock.field(position, length));
    }

    /// An I32 value zero-extended to I64.
    public int zeroExtend(int a) {
        return unary(Opcode.EXTU_I32, Type.I64, a);
    }

    /// An I32 value sign-extended to I64.
    public int signExtend(int a) {
        return unary(Opcode.EXT_I32, Type.I64, a);
    }

    /// The low half of an I64 value, as I32.
    public int low(int a) {
        return unary(Opcode.EXTRL, Type.I32, a);
    }

    /// `a`'s bits as a value of `type`.
    public int bitcast(Type type, int a) {
        return unary(Opcode.BITCAST, type, a);
    }

    /// 1 when `a condition b` holds, else 0.
    public int setcond(Type type, Condition condition, int a, int b) {
        return binary(Opcode.SETCOND, type, a, b, condition.ordinal());
    }

    /// `c` when `a condition b` holds, else `d`; `a` and `b` are of `compared`, `c` and `d` of `type`.
    public int movcond(Type type, Condition condition, Type compared, int a, int b, int c, int d) {
        return block.append(Opcode.MOVCOND, type, a, b, c, d, condition.ordinal(), compared.ordinal());
    }

    /// 1 when condition code `cond` holds for the packed flags, else 0; I64.
    public int testcc(int cond, int nzcv) {
        return unary(Opcode.TESTCC, Type.I64, nzcv, cond);
    }

    // ---- guest registers

    /// Reads the register in `slot`.
    public int loadEnv(Type type, int slot) {
        return block.append(Opcode.LD_ENV, type, 0, 0, 0, 0, 0, slot);
    }

    /// Writes the register in `slot`; an I32 value is zero-extended.
    public void storeEnv(Type type, int slot, int value) {
        block.append(Opcode.ST_ENV, type, value, 0, 0, 0, 0, slot);
    }

    // ---- guest memory

    /// Loads from guest address `address`; `memop` as [MemOp] packs it.
    public int load(Type type, int address, int memop) {
        return unary(Opcode.LD, type, address, memop);
    }

    /// Stores `value` to guest address `address`.
    public void store(Type type, int address, int value, int memop) {
        binary(Opcode.ST, type, address, value, memop);
    }

    /// A barrier.
    public void fence(Fence fence) {
        block.append(Opcode.FENCE, Type.I64, 0, 0, 0, 0, fence.ordinal(), 0);
    }

    // ---- out-of-line semantics

    /// Calls `helper`; operands that it does not take are passed as any value.
    public int call(Type type, Helper helper, int a, int b, int c, int d, long imm) {
        return block.append(Opcode.CALL, type, a, b, c, d, helper.ordinal(), imm);
    }

    // ---- structure and exits

    /// Marks the start of the guest instruction `insn` at `pc`.
    public void insnStart(long pc, int insn) {
        block.append(Opcode.INSN_START, Type.I64, 0, 0, 0, 0, insn, pc);
    }

    /// Leaves the block for `target` when `a condition b` holds.
    public void brcond(Type type, Condition condition, int a, int b, long target) {
        block.append(Opcode.BRCOND, type, a, b, 0, 0, condition.ordinal(), target);
    }

    /// Leaves the block for `target`.
    public void gotoTb(long target, ExitHint hint) {
        block.append(Opcode.GOTO_TB, Type.I64, 0, 0, 0, 0, hint.ordinal(), target);
    }

    /// Leaves the block for the pc in `target`.
    public void gotoPtr(int target, ExitHint hint) {
        block.append(Opcode.GOTO_PTR, Type.I64, target, 0, 0, 0, hint.ordinal(), 0);
    }

    /// Serves a system call and goes on at the pc in env.
    public void svc(int immediate) {
        block.append(Opcode.SVC, Type.I64, 0, 0, 0, 0, 0, immediate);
    }

    /// Raises `exception` at the current instruction.
    public void raise(GuestException exception, long syndrome) {
        block.append(Opcode.RAISE, Type.I64, 0, 0, 0, 0, exception.ordinal(), syndrome);
    }
}
