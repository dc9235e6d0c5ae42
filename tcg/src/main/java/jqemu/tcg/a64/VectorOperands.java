package jqemu.tcg.a64;

import java.util.Locale;

/// Spells the operands of SIMD and floating-point instructions as objdump does; called from the assembly templates.
///
/// `size` is the log2 of an element's bytes, `q` is 1 for 128 bits.
final class VectorOperands {
    private static final String[] ARRANGEMENTS = {"8b", "16b", "4h", "8h", "2s", "4s", "1d", "2d", "1q", "1q"};

    private VectorOperands() {}

    static String s(int r) {
        return "s" + r;
    }

    static String h(int r) {
        return "h" + r;
    }

    static String d(int r) {
        return "d" + r;
    }

    static String q(int r) {
        return "q" + r;
    }

    /// The SIMD and FP register of `1 << scale` bytes.
    static String fp(int r, int scale) {
        return "bhsdq".charAt(scale) + Integer.toString(r);
    }

    /// The register of a floating-point type: 0 single, 1 double, 3 half.
    static String f(int r, int ftype) {
        return "sd?h".charAt(ftype) + Integer.toString(r);
    }

    /// A vector with its arrangement, as in `v0.16b`.
    static String v(int r, int size, int q) {
        return "v" + r + "." + ARRANGEMENTS[size << 1 | q];
    }

    /// Half of the vector that `q` says, as in `v0.2h`.
    static String vHalved(int r, int size, int q) {
        return "v" + r + "." + (4 >> size << q) + "bhsd".charAt(size);
    }

    static String v1q(int r) {
        return "v" + r + ".1q";
    }

    static String element(int r, int size, int index) {
        return "v" + r + "." + "bhsd".charAt(size) + "[" + index + "]";
    }

    /// The last operand of the by-element forms.
    static String elementOperand(int size, int rm, int h, int l, int m) {
        return switch (size) {
            case 1 -> element(rm, 1, h << 2 | l << 1 | m);
            case 2 -> element(m << 4 | rm, 2, h << 1 | l);
            default -> element(m << 4 | rm, 3, h);
        };
    }

    /// The last operand of the by-element forms whose element is a group of lanes that fill 32 bits.
    static String groupOperand(int size, int rm, int h, int l, int m) {
        return "v" + (m << 4 | rm) + (size == 0 ? ".4b[" : ".2h[") + (h << 1 | l) + "]";
    }

    /// The last operand of FCMLA by element: the index counts pairs of lanes.
    static String complexOperand(int size, int rm, int h, int l, int m) {
        return element(m << 4 | rm, size, size == 1 ? h << 1 | l : h);
    }

    static String bottomTop(int q) {
        return q == 1 ? "t" : "b";
    }

    /// Mnemonic suffix of the forms that use the upper half.
    static String two(int q) {
        return q == 1 ? "2" : "";
    }

    static String su(int u) {
        return u == 1 ? "u" : "s";
    }

    static String rounding(int rmode) {
        return String.valueOf("npmz".charAt(rmode));
    }

    /// The value of an 8-bit floating-point immediate: sign, 3 bits of exponent, 4 bits of fraction.
    static String floatImmediate(int imm) {
        double value = Double.longBitsToDouble(ModifiedImmediate.floatingPoint(1, imm));
        return String.format(Locale.ROOT, "%.18e", value);
    }

    /// Element size of DUP, INS, MOV: the number of the lowest set bit.
    static int copySize(int imm) {
        return Integer.numberOfTrailingZeros(imm);
    }

    static int copyIndex(int imm) {
        return imm >> (copySize(imm) + 1);
    }

    /// Element size of a shift: the number of the highest set bit of immh.
    static int shiftSize(int imm) {
        return 28 - Integer.numberOfLeadingZeros(imm);
    }

    static int leftShift(int imm) {
        return imm - (8 << shiftSize(imm));
    }

    static int rightShift(int imm) {
        return (16 << shiftSize(imm)) - imm;
    }

    /// Register and immediate of MOVI, MVNI, ORR, BIC.
    static String modifiedImmediate(int rd, int op, int q, int cmode, int imm) {
        if (cmode == 14 && op == 1) {
            return (q == 1 ? v(rd, 3, 1) : d(rd)) + ", #0x" + Long.toHexString(ModifiedImmediate.byteMask(imm));
        }
        String value = ", #0x" + Integer.toHexString(imm);
        if (cmode == 14) {
            return v(rd, 0, q) + value;
        }
        if (cmode >= 12) {
            return v(rd, 2, q) + value + ", msl #" + (8 << (cmode & 1));
        }
        int amount = 8 * (cmode >> 1 & 3);
        return v(rd, cmode < 8 ? 2 : 1, q) + value + (amount == 0 ? "" : ", lsl #" + amount);
    }

    /// The number of registers of LD1 and ST1 (multiple structures).
    static int structureRegisters(int opcode) {
        return switch (opcode) {
            case 2 -> 4;
            case 6 -> 3;
            case 7 -> 1;
            default -> 2;
        };
    }

    /// A list of `count` vectors from `r` on.
    static String list(int r, int count, int size, int q) {
        return list(r, count, "." + ARRANGEMENTS[size << 1 | q]);
    }

    private static String list(int r, int count, String suffix) {
        int last = (r + count - 1) & 31;
        if (count > 2 && last > r) {
            return "{v" + r + suffix + "-v" + last + suffix + "}";
        }
        var text = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "v" : ", v").append((r + i) & 31).append(suffix);
        }
        return text.append('}').toString();
    }

    /// Element size of a single structure: see simd-structures.decode.
    static int singleSize(int op, int index) {
        return op == 2 && (index & 1) == 1 ? 3 : op;
    }

    static String singleList(int r, int count, int op, int index) {
        int size = singleSize(op, index);
        return list(r, count, "." + "bhsd".charAt(size)) + "[" + (index >> size) + "]";
    }

    /// The post-index operand: a register, or the number of bytes accessed.
    static String postIndex(int rm, int bytes) {
        return rm == 31 ? ", #" + bytes : ", x" + rm;
    }
}
