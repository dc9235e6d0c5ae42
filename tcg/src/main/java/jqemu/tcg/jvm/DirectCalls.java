package jqemu.tcg.jvm;

import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;
import org.jspecify.annotations.Nullable;

/// Which static method means what an op means, where the shared evaluators have one for it alone.
///
/// Generated code calls it instead of the evaluators' entry, which would have to be inlined whole before C2 finds out
/// that all but one arm of its switch are dead: a few of those, and the limit of what C2 inlines into a method is
/// reached.
final class DirectCalls {
    private static final String EVALUATOR = "jqemu/tcg/ir/Evaluator";
    private static final String VECTOR = "jqemu/tcg/ir/VectorEvaluator";
    private static final String NZCV = "jqemu/tcg/ir/Nzcv";
    private static final String FP_EVALUATOR = "jqemu/tcg/helper/FpEvaluator";
    private static final String FLOAT_PAIR = "jqemu/tcg/helper/FloatPair";
    private static final String HARD_DOUBLE = "jqemu/tcg/helper/HardDouble";
    private static final String HARD_SINGLE = "jqemu/tcg/helper/HardSingle";

    /// What a method takes, in this order: env, the type, operands, and the op's `aux`.
    enum Arguments {
        A("(J)J", 1),
        A_AUX("(JI)J", 1),
        AB("(JJ)J", 2),
        AB_AUX("(JJI)J", 2),
        A_COUNT_AUX("(JII)J", 1),
        ABCD_AUX("(JJJJI)J", 4),
        TYPE_A("(Ljqemu/tcg/ir/Type;J)J", 1),
        TYPE_AB("(Ljqemu/tcg/ir/Type;JJ)J", 2),
        TYPE_ABC("(Ljqemu/tcg/ir/Type;JJJ)J", 3),
        ENV_A("(Ljqemu/tcg/cpu/CpuState;ZJ)J", 1),
        ENV_AB("(Ljqemu/tcg/cpu/CpuState;ZJJ)J", 2),
        ENV_ABC("(Ljqemu/tcg/cpu/CpuState;ZJJJ)J", 3),
        ENV_DOUBLE_A("(Ljqemu/tcg/cpu/CpuState;ZD)D", 1),
        ENV_DOUBLE_AB("(Ljqemu/tcg/cpu/CpuState;ZDD)D", 2),
        ENV_DOUBLE_ABC("(Ljqemu/tcg/cpu/CpuState;ZDDD)D", 3),
        ENV_DOUBLE_AB_AUX("(Ljqemu/tcg/cpu/CpuState;ZDDI)J", 2),
        ENV_TYPE_A_AUX("(Ljqemu/tcg/cpu/CpuState;Ljqemu/tcg/ir/Type;JI)J", 1),
        ENV_TYPE_AB_AUX("(Ljqemu/tcg/cpu/CpuState;Ljqemu/tcg/ir/Type;JJI)J", 2);

        private final String descriptor;
        private final int operands;

        Arguments(String descriptor, int operands) {
            this.descriptor = descriptor;
            this.operands = operands;
        }

        String descriptor() {
            return descriptor;
        }

        int operands() {
            return operands;
        }

        boolean hasEnv() {
            return descriptor.startsWith("(Ljqemu/tcg/cpu/");
        }

        boolean hasType() {
            return descriptor.contains("Ljqemu/tcg/ir/Type;");
        }

        /// Whether the method wants to know if the usual case of floating point holds.
        boolean hasUsual() {
            return descriptor.contains(";Z");
        }

        /// Whether operands are doubles, not their raw bits.
        boolean areDoubles() {
            return descriptor.contains(";ZD");
        }

        boolean hasAux() {
            return descriptor.endsWith("I)J");
        }
    }

    private static final Arguments[] BITS = {Arguments.ENV_A, Arguments.ENV_AB, Arguments.ENV_ABC};
    private static final Arguments[] DOUBLES = {
        Arguments.ENV_DOUBLE_A, Arguments.ENV_DOUBLE_AB, Arguments.ENV_DOUBLE_ABC
    };

    /// A static method.
    record Target(String owner, String name, Arguments arguments) {}

    private DirectCalls() {}

    /// The method that means the pure op `op` of `type`, or `null`.
    static @Nullable Target pure(Opcode op) {
        return switch (op) {
            case DIVS -> new Target(EVALUATOR, "divideSigned", Arguments.TYPE_AB);
            case DIVU -> new Target(EVALUATOR, "divideUnsigned", Arguments.AB);
            case NZCV_ADD -> new Target(NZCV, "add", Arguments.TYPE_AB);
            case NZCV_SUB -> new Target(NZCV, "subtract", Arguments.TYPE_AB);
            case NZCV_ADC -> new Target(NZCV, "addWithCarry", Arguments.TYPE_ABC);
            case NZCV_LOGIC -> new Target(NZCV, "logic", Arguments.TYPE_A);
            case FABS -> new Target(EVALUATOR, "absolute", Arguments.TYPE_A);
            case FNEG -> new Target(EVALUATOR, "negate", Arguments.TYPE_A);
            case CRC32 -> new Target("jqemu/tcg/ir/Crc32", "update", Arguments.AB_AUX);
            case VADD -> vector("add");
            case VSUB -> vector("subtract");
            case VMUL -> vector("multiply");
            case VCMPEQ -> vector("equal");
            case VCMPTST -> vector("test");
            case VCMPGT -> vector("signedGreater");
            case VCMPGE -> vector("signedGreaterOrEqual");
            case VCMPHI -> vector("unsignedGreater");
            case VCMPHS -> vector("unsignedGreaterOrEqual");
            case VSMAX -> vector("signedMaximum");
            case VSMIN -> vector("signedMinimum");
            case VUMAX -> vector("unsignedMaximum");
            case VUMIN -> vector("unsignedMinimum");
            case VZIP1 -> vector("zipLower");
            case VZIP2 -> vector("zipUpper");
            case VUZP1 -> vector("unzipEven");
            case VUZP2 -> vector("unzipOdd");
            case VTRN1 -> vector("transposeEven");
            case VTRN2 -> vector("transposeOdd");
            case VABS -> new Target(VECTOR, "absolute", Arguments.A_AUX);
            case VSXTL -> new Target(VECTOR, "signExtend", Arguments.A_AUX);
            case VUXTL -> new Target(VECTOR, "zeroExtend", Arguments.A_AUX);
            case VCNT -> new Target(VECTOR, "countOnes", Arguments.A);
            case VTBX -> new Target(VECTOR, "lookUp", Arguments.ABCD_AUX);
            case VUHADD -> vector("halvingAdd");
            case VURHADD -> vector("roundingHalvingAdd");
            case VPMUL -> vector("multiplyPolynomials");
            case VDUP -> new Target(VECTOR, "duplicate", Arguments.A_AUX);
            case VSHLI -> new Target(VECTOR, "shiftLeft", Arguments.A_COUNT_AUX);
            case VSHRI -> new Target(VECTOR, "shiftRight", Arguments.A_COUNT_AUX);
            case VSARI -> new Target(VECTOR, "shiftRightSigned", Arguments.A_COUNT_AUX);
            default -> null;
        };
    }

    private static Target vector(String name) {
        return new Target(VECTOR, name, Arguments.AB_AUX);
    }

    /// Whether operands of op `op` of `type` are taken as doubles, not as raw bits, where they are at hand as such.
    static boolean takesDoubles(Opcode op, Type type) {
        return givesDouble(op, type) || (type == Type.F64 && op == Opcode.FCMP);
    }

    /// Whether the result of op `op` of `type` is a double where it is wanted as one.
    static boolean givesDouble(Opcode op, Type type) {
        return type == Type.F64
                && switch (op) {
                    case FADD, FSUB, FMUL, FDIV, FMADD, FSQRT, FNEG -> true;
                    default -> false;
                };
    }

    /// The method that means the floating-point op `op` of `type`, or `null`.
    static @Nullable Target floatingPoint(Opcode op, Type type) {
        return switch (type) {
            case F64 ->
                op == Opcode.FCMP
                        ? new Target(HARD_DOUBLE, "compare", Arguments.ENV_DOUBLE_AB_AUX)
                        : orScalar(op, arithmetic(op, HARD_DOUBLE, DOUBLES));
            case F32 -> orScalar(op, arithmetic(op, HARD_SINGLE, BITS));
            case F32X2 -> arithmetic(op, FLOAT_PAIR, BITS);
            case I32, I64 -> toInteger(op);
            case F16, F16X4 -> null;
        };
    }

    private static @Nullable Target orScalar(Opcode op, @Nullable Target target) {
        return target == null ? scalar(op) : target;
    }

    /// The method of `owner` for an op that these classes have alike; `arguments` are those for one, two and three
    /// operands.
    private static @Nullable Target arithmetic(Opcode op, String owner, Arguments[] arguments) {
        String name = switch (op) {
            case FADD -> "add";
            case FSUB -> "subtract";
            case FMUL -> "multiply";
            case FDIV -> "divide";
            case FMADD -> "multiplyAdd";
            case FSQRT -> "squareRoot";
            default -> null;
        };
        return name == null ? null : new Target(owner, name, arguments[op.inputs() - 1]);
    }

    private static @Nullable Target scalar(Opcode op) {
        return switch (op) {
            case FCMP -> new Target(FP_EVALUATOR, "compare", Arguments.ENV_TYPE_AB_AUX);
            case FRINT -> new Target(FP_EVALUATOR, "round", Arguments.ENV_TYPE_A_AUX);
            case FCVT -> new Target(FP_EVALUATOR, "convert", Arguments.ENV_TYPE_A_AUX);
            case ITOF -> new Target(FP_EVALUATOR, "fromInteger", Arguments.ENV_TYPE_A_AUX);
            default -> toInteger(op);
        };
    }

    private static @Nullable Target toInteger(Opcode op) {
        return op == Opcode.FTOI ? new Target(FP_EVALUATOR, "toInteger", Arguments.ENV_TYPE_A_AUX) : null;
    }
}
