package jqemu.tcg.helper;

import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Slot;

/// The AES instructions, after FIPS 197: the state is 16 bytes in column order, byte 0 in the low byte of the register.
final class AesRounds {
    private static final byte[] SUBSTITUTION = new byte[256];
    private static final byte[] INVERSE_SUBSTITUTION = new byte[256];

    static {
        // 3 generates the field, so that the inverse of 3^n is 3^(255 - n)
        int[] powers = new int[256];
        int power = 1;
        for (int n = 0; n < 256; n++) {
            powers[n] = power;
            power ^= doubled(power);
        }
        substitute(0, 0);
        for (int n = 0; n < 255; n++) {
            substitute(powers[n], powers[255 - n]);
        }
    }

    private AesRounds() {}

    /// Enters the substitution of `value`: an affine map of its inverse.
    private static void substitute(int value, int inverse) {
        int affine = 0x63;
        for (int rotation = 0; rotation < 5; rotation++) {
            affine ^= (inverse << rotation | inverse >>> (8 - rotation)) & 0xff;
        }
        SUBSTITUTION[value] = (byte) affine;
        INVERSE_SUBSTITUTION[affine] = (byte) value;
    }

    private static int stateByte(long low, long high, int index) {
        return (int) ((index < 8 ? low : high) >>> (8 * (index & 7))) & 0xff;
    }

    private static void write(CpuState env, int register, long low, long high) {
        env.set(Slot.vLow(register), low);
        env.set(Slot.vHigh(register), high);
    }

    /// `AESE`, or `AESD` when `inverse`: adds the round key, shifts the rows and substitutes the bytes.
    static long shiftAndSubstitute(CpuState env, boolean inverse, long registers) {
        int rd = Cryptography.rd(registers);
        int rn = Cryptography.rn(registers);
        long low = env.get(Slot.vLow(rd)) ^ env.get(Slot.vLow(rn));
        long high = env.get(Slot.vHigh(rd)) ^ env.get(Slot.vHigh(rn));
        byte[] table = inverse ? INVERSE_SUBSTITUTION : SUBSTITUTION;
        // row r moves by r columns, which are 4 bytes apart
        int step = inverse ? -3 : 5;
        write(env, rd, substituted(table, low, high, 0, step), substituted(table, low, high, 8, step));
        return 0;
    }

    private static long substituted(byte[] table, long low, long high, int first, int step) {
        long result = 0;
        for (int i = 0; i < 8; i++) {
            int to = first + i;
            int column = to & ~3;
            int from = column + step * (to & 3) & 15;
            result |= (table[stateByte(low, high, from)] & 0xffL) << (8 * i);
        }
        return result;
    }

    /// `AESMC`, or `AESIMC` when `inverse`: multiplies each column by the fixed polynomial.
    static long mixColumns(CpuState env, boolean inverse, long registers) {
        int rn = Cryptography.rn(registers);
        long low = env.get(Slot.vLow(rn));
        long high = env.get(Slot.vHigh(rn));
        write(env, Cryptography.rd(registers), mixTwoColumns(low, inverse), mixTwoColumns(high, inverse));
        return 0;
    }

    private static long mixTwoColumns(long columns, boolean inverse) {
        long first = mixColumn((int) columns, inverse) & 0xffff_ffffL;
        return first | (long) mixColumn((int) (columns >>> 32), inverse) << 32;
    }

    /// One column as four bytes of an int, worked on side by side.
    private static int mixColumn(int column, boolean inverse) {
        int mixed = column;
        if (inverse) {
            // the inverse polynomial is the plain one times 4x^2 + 5
            int fourfold = doubled(doubled(column));
            mixed ^= fourfold ^ Integer.rotateRight(fourfold, 16);
        }
        int next = Integer.rotateRight(mixed, 8);
        return doubled(mixed ^ next) ^ next ^ Integer.rotateRight(mixed, 16) ^ Integer.rotateRight(mixed, 24);
    }

    /// Each byte times 2 in the field.
    private static int doubled(int bytes) {
        int tops = bytes >>> 7 & 0x0101_0101;
        return (bytes & 0x7f7f_7f7f) << 1 ^ tops * 0x1b;
    }
}
