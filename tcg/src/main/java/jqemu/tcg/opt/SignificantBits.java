package jqemu.tcg.opt;

import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.MemOp;
import jqemu.tcg.ir.Opcode;

/// How many low bits of a value can be other than zero, as far as the op that defines it tells.
final class SignificantBits {
    private static final int FLAGS = 4;

    private SignificantBits() {}

    /// An upper bound of the significant bits of value `n`, 0 to 64.
    static int of(IrBlock block, int n) {
        int bits = block.type(n).bits();
        return switch (block.opcode(n)) {
            case MOVI -> ofConstant(block.imm(n));
            case EXTRACT -> IrBlock.fieldLength(block.aux(n));
            case EXTU_I32 -> Integer.SIZE;
            case SETCOND, TESTCC, STORE_EXCLUSIVE -> 1;
            case NZCV_ADD, NZCV_SUB, NZCV_ADC, NZCV_LOGIC, FCMP -> FLAGS;
            case LD -> MemOp.has(block.aux(n), MemOp.SIGNED) ? bits : Byte.SIZE * MemOp.bytes(block.aux(n));
            case AND -> Math.min(bits, ofOperand(block, block.b(n), bits));
            case SHR ->
                block.opcode(block.b(n)) == Opcode.MOVI ? bits - ((int) block.imm(block.b(n)) & (bits - 1)) : bits;
            default -> bits;
        };
    }

    private static int ofOperand(IrBlock block, int operand, int bits) {
        return block.opcode(operand) == Opcode.MOVI ? ofConstant(block.imm(operand)) : bits;
    }

    private static int ofConstant(long value) {
        return Long.SIZE - Long.numberOfLeadingZeros(value);
    }
}
