package jqemu.tcg.jvm;

import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.Condition;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// What compares two values, or tests flags: for a branch, or for a value that depends on the outcome.
final class ComparisonEmitter {
    private final ValueEmitter values;
    private final CodeWriter code;
    private final RegionFrame frame;
    private IrBlock ir = new IrBlock();

    ComparisonEmitter(ValueEmitter values, CodeWriter code, RegionFrame frame) {
        this.values = values;
        this.code = code;
        this.frame = frame;
    }

    /// Begins with `block`.
    void start(IrBlock block) {
        ir = block;
    }

    /// Pushes both operands so that a signed 64-bit comparison gives the right answer.
    ///
    /// An unsigned one of 64 bits becomes signed with the least `long` added to both. That is what
    /// `Long.compareUnsigned` does, which C1 does not inline, and what C2 knows as unsigned. Values of 32 bits are
    /// zero-extended, and compare unsigned as they are.
    void pushOperands(Type type, Condition condition, int a, int b) {
        pushOperand(type, condition, a);
        pushOperand(type, condition, b);
    }

    private void pushOperand(Type type, Condition condition, int value) {
        boolean signExtend = type == Type.I32 && condition.isSigned();
        boolean bias = type == Type.I64 && condition.isUnsigned();
        if (ir.opcode(value) == Opcode.MOVI) {
            long constant = signExtend ? Bits.signExtend(ir.imm(value), 32) : ir.imm(value);
            code.pushLong(bias ? constant + Long.MIN_VALUE : constant);
            return;
        }
        values.push(value);
        if (signExtend) {
            code.op(Bytecode.L2I, -1);
            code.op(Bytecode.I2L, 1);
        } else if (bias) {
            code.pushLong(Long.MIN_VALUE);
            code.op(Bytecode.LADD, -2);
        }
    }

    /// Replaces two operands and two values on the stack by one of the values, the first if `condition` holds.
    void select(Condition condition) {
        code.invokeStatic("jqemu/tcg/jvm/Select", condition.signed().text(), "(JJJJ)J");
    }

    /// Jumps to `label` if `a` compares with `b` as `condition` says.
    void branch(Type type, Condition condition, int a, int b, int label) {
        if (type == Type.I32 && !condition.isUnsigned()) {
            branchOnInts(condition, a, b, label);
            return;
        }
        pushOperands(type, condition, a, b);
        code.op(Bytecode.LCMP, -3);
        code.branch(Bytecode.ifComparedWithZero(condition), 1, label);
    }

    private void branchOnInts(Condition condition, int a, int b, int label) {
        values.pushInt(a);
        if (ir.opcode(b) == Opcode.MOVI && ir.imm(b) == 0) {
            code.branch(Bytecode.ifComparedWithZero(condition), 1, label);
        } else {
            values.pushInt(b);
            code.branch(Bytecode.ifIntsCompare(condition), 2, label);
        }
    }

    /// Pushes whether the `testcc` op `n` holds, as a boolean.
    void pushTest(int n) {
        int flags = ir.a(n);
        code.pushInt(ir.aux(n));
        if (values.isInline(flags) && ir.opcode(flags) == Opcode.LD_ENV) {
            frame.pushFlags();
            code.invokeStatic("jqemu/tcg/jvm/LazyFlags", "holds", "(IIJJ)Z");
        } else {
            values.push(flags);
            code.invokeStatic("jqemu/tcg/ir/Nzcv", "holds", "(IJ)Z");
        }
    }
}
