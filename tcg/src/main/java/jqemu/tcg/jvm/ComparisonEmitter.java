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

    /// Pushes both operands so that a 64-bit comparison gives the right answer.
    void pushOperands(Type type, Condition condition, int a, int b) {
        boolean signExtend = type == Type.I32 && condition.isSigned();
        pushOperand(a, signExtend);
        pushOperand(b, signExtend);
    }

    private void pushOperand(int value, boolean signExtend) {
        if (signExtend && ir.opcode(value) == Opcode.MOVI) {
            code.pushLong(Bits.signExtend(ir.imm(value), 32));
            return;
        }
        values.push(value);
        if (signExtend) {
            code.op(Bytecode.L2I, -1);
            code.op(Bytecode.I2L, 1);
        }
    }

    /// Jumps to `label` if `a` compares with `b` as `condition` says.
    void branch(Type type, Condition condition, int a, int b, int label) {
        if (type == Type.I32 && !condition.isUnsigned()) {
            branchOnInts(condition, a, b, label);
            return;
        }
        values.push(a);
        values.push(b);
        if (type == Type.I64 && condition.isUnsigned()) {
            code.invokeStatic("java/lang/Long", "compareUnsigned", "(JJ)I");
        } else {
            code.op(Bytecode.LCMP, -3); // 32-bit values are zero-extended
        }
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
