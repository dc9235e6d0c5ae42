package jqemu.tcg.ir;

/// The meaning of the pure integer ops, written once: the constant folder, the interpreter and the tests call it.
///
/// Operands and results obey the invariant of [Type]. The vector ops are in [VectorEvaluator], which is asked for what
/// is not here; floating point is in `jqemu.tcg.helper`.
public final class Evaluator {
    private Evaluator() {}

    /// The value of the pure op `op` of `type` with these operands and immediates; operands that it does not have
    /// are ignored.
    public static long evaluate(Opcode op, Type type, long a, long b, long c, long d, int aux, long imm) {
        boolean wide = type == Type.I64;
        return switch (op) {
            case MOVI -> imm;
            case ADD -> add(type, a, b);
            case SUB -> sub(type, a, b);
            case MUL -> type.truncate(a * b);
            case MULSH -> Math.multiplyHigh(a, b);
            case MULUH -> Math.unsignedMultiplyHigh(a, b);
            case DIVS -> divideSigned(type, a, b);
            case DIVU -> divideUnsigned(a, b);
            case AND -> and(a, b);
            case OR -> or(a, b);
            case XOR -> xor(a, b);
            case ANDC -> a & ~b;
            case ORC -> type.truncate(a | ~b);
            case SHL -> wide ? a << b : Bits.low32((int) a << b);
            case SHR -> wide ? a >>> b : (int) a >>> b & 0xffff_ffffL;
            case SAR -> wide ? a >> b : Bits.low32((int) a >> b);
            case ROTR -> wide ? Long.rotateRight(a, (int) b) : Bits.low32(Integer.rotateRight((int) a, (int) b));
            case EXTRACT2 -> extract2(wide, a, b, aux);
            case EXTRACT -> extract(a, aux);
            case SEXTRACT -> type.truncate(Bits.signExtract(a, IrBlock.fieldPosition(aux), IrBlock.fieldLength(aux)));
            case DEPOSIT -> Bits.deposit(a, IrBlock.fieldPosition(aux), IrBlock.fieldLength(aux), b);
            case EXT_I32 -> (int) a;
            case EXTU_I32 -> extuI32(a);
            case EXTRL -> extrl(a);
            case BITCAST -> type.truncate(a);
            case BSWAP -> swapBytes(wide, a, aux);
            case RBIT -> wide ? Long.reverse(a) : Bits.low32(Integer.reverse((int) a));
            case CLZ -> wide ? Long.numberOfLeadingZeros(a) : Integer.numberOfLeadingZeros((int) a);
            case CLS -> countSignBits(wide, a);
            case SETCOND -> Condition.of(aux).test(type, a, b) ? 1 : 0;
            case MOVCOND -> Condition.of(aux).test(Type.of((int) imm), a, b) ? c : d;
            case CRC32 -> Crc32.update(a, b, aux);
            case NZCV_ADD -> Nzcv.add(type, a, b);
            case NZCV_SUB -> Nzcv.subtract(type, a, b);
            case NZCV_ADC -> Nzcv.addWithCarry(type, a, b, c);
            case NZCV_LOGIC -> Nzcv.logic(type, a);
            case TESTCC -> Nzcv.holds(aux, a) ? 1 : 0;
            case FABS -> absolute(type, a);
            case FNEG -> negate(type, a);
            default -> VectorEvaluator.evaluate(op, a, b, c, d, aux);
        };
    }

    // ---- the commonest ops by themselves, for an interpreter that has dispatched on the opcode already

    /// [Opcode#ADD].
    public static long add(Type type, long a, long b) {
        return type.truncate(a + b);
    }

    /// [Opcode#SUB].
    public static long sub(Type type, long a, long b) {
        return type.truncate(a - b);
    }

    /// [Opcode#AND].
    public static long and(long a, long b) {
        return a & b;
    }

    /// [Opcode#OR].
    public static long or(long a, long b) {
        return a | b;
    }

    /// [Opcode#XOR].
    public static long xor(long a, long b) {
        return a ^ b;
    }

    /// [Opcode#EXTRACT] of the packed field `field`.
    public static long extract(long a, int field) {
        return Bits.extract(a, IrBlock.fieldPosition(field), IrBlock.fieldLength(field));
    }

    /// [Opcode#EXTU_I32]: the operand is zero-extended already.
    public static long extuI32(long a) {
        return a;
    }

    /// [Opcode#EXTRL].
    public static long extrl(long a) {
        return Bits.low32(a);
    }

    // ---- the others

    static IllegalArgumentException notPure(Opcode op) {
        return new IllegalArgumentException("not a pure operation: " + op);
    }

    /// The sign bits of a floating-point value or vector.
    private static long signs(Type type) {
        return switch (type) {
            case F16 -> 1L << 15;
            case F32, I32 -> 1L << 31;
            case F64, I64 -> 1L << 63;
            case F16X4 -> Bits.replicate(1L << 15, 16);
            case F32X2 -> Bits.replicate(1L << 31, 32);
        };
    }

    /// [Opcode#FABS].
    public static long absolute(Type type, long a) {
        return a & ~signs(type);
    }

    /// [Opcode#FNEG].
    public static long negate(Type type, long a) {
        return a ^ signs(type);
    }

    /// [Opcode#DIVU].
    public static long divideUnsigned(long a, long b) {
        return b == 0 ? 0 : Long.divideUnsigned(a, b);
    }

    /// [Opcode#DIVS].
    public static long divideSigned(Type type, long a, long b) {
        if (b == 0) {
            return 0;
        }
        // Java's division gives the dividend for MIN / -1, as the guest expects
        return type == Type.I64 ? a / b : Bits.low32((int) a / (int) b);
    }

    private static long extract2(boolean wide, long low, long high, int position) {
        if (position == 0) {
            return low;
        }
        return wide
                ? low >>> position | high << (64 - position)
                : Bits.low32((int) low >>> position | (int) high << (32 - position));
    }

    private static long swapBytes(boolean wide, long a, int unit) {
        long swapped = Long.reverseBytes(a);
        return switch (unit) {
            case 2 -> swapHalfwordBytes(a);
            case 4 -> wide ? Long.rotateLeft(swapped, 32) : swapped >>> 32;
            default -> swapped;
        };
    }

    /// Swaps the two bytes of each 16-bit unit.
    public static long swapHalfwordBytes(long a) {
        long low = Bits.replicate(0xff, 16);
        return (a & low) << 8 | (a >>> 8 & low);
    }

    private static int countSignBits(boolean wide, long a) {
        long value = wide ? a : (int) a;
        return Long.numberOfLeadingZeros(value ^ value >> 63) - (wide ? 1 : 33);
    }
}
