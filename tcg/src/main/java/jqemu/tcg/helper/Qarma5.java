package jqemu.tcg.helper;

import jqemu.tcg.ir.Bits;

/// The tweakable block cipher QARMA-64 with five rounds and the S-box sigma 2, the architected algorithm of pointer
/// authentication.
///
/// Source: R. Avanzi, "The QARMA Block Cipher Family" (2017). A state is 16 cells of 4 bits, cell 0 on top.
final class Qarma5 {
    private static final int ROUNDS = 5;
    private static final int CELLS = 16;
    private static final int CELL_BITS = 4;

    private static final long ALPHA = 0xc0ac_29b7_c97c_50ddL;
    private static final long[] ROUND_CONSTANTS = {
        0, 0x1319_8a2e_0370_7344L, 0xa409_3822_299f_31d0L, 0x082e_fa98_ec4e_6c89L, 0x4528_21e6_38d0_1377L
    };

    private static final int[] SBOX = {11, 6, 8, 15, 12, 0, 9, 14, 3, 7, 4, 5, 13, 2, 1, 10};
    private static final int[] SBOX_INVERSE = inverse(SBOX);
    /// `tau`: cell i of the result is this cell of the operand.
    private static final int[] SHUFFLE = {0, 11, 6, 13, 10, 1, 12, 7, 5, 14, 3, 8, 15, 4, 9, 2};
    private static final int[] SHUFFLE_INVERSE = inverse(SHUFFLE);
    /// `h`, the same for the tweak.
    private static final int[] TWEAK_SHUFFLE = {6, 5, 14, 15, 0, 1, 2, 3, 7, 12, 13, 4, 8, 9, 10, 11};
    private static final int[] TWEAK_SHUFFLE_INVERSE = inverse(TWEAK_SHUFFLE);
    /// The cells of the tweak that the LFSR `omega` goes over.
    private static final int[] LFSR_CELLS = {0, 1, 3, 4, 8, 11, 13};

    private Qarma5() {}

    private static int[] inverse(int[] permutation) {
        int[] inverse = new int[permutation.length];
        for (int i = 0; i < permutation.length; i++) {
            inverse[permutation[i]] = i;
        }
        return inverse;
    }

    /// Encrypts `plain` under the tweak.
    ///
    /// @param whitening `w0`, the high half of the key
    /// @param core `k0`, its low half
    static long encrypt(long plain, long tweak, long whitening, long core) {
        long otherWhitening = Long.rotateRight(whitening, 1) ^ whitening >>> 63;
        long state = plain ^ whitening;
        long current = tweak;
        for (int round = 0; round < ROUNDS; round++) {
            state = forward(state, core ^ current ^ ROUND_CONSTANTS[round], round != 0);
            current = nextTweak(current);
        }
        state = forward(state, otherWhitening ^ current, true);
        state = shuffle(mixColumns(shuffle(state, SHUFFLE)) ^ core, SHUFFLE_INVERSE);
        state = backward(state, whitening ^ current, true);
        for (int round = ROUNDS - 1; round >= 0; round--) {
            current = previousTweak(current);
            state = backward(state, core ^ current ^ ROUND_CONSTANTS[round] ^ ALPHA, round != 0);
        }
        return state ^ otherWhitening;
    }

    private static long forward(long state, long roundKey, boolean diffuse) {
        long mixed = state ^ roundKey;
        return substitute(diffuse ? mixColumns(shuffle(mixed, SHUFFLE)) : mixed, SBOX);
    }

    private static long backward(long state, long roundKey, boolean diffuse) {
        long substituted = substitute(state, SBOX_INVERSE);
        return (diffuse ? shuffle(mixColumns(substituted), SHUFFLE_INVERSE) : substituted) ^ roundKey;
    }

    private static int cell(long state, int index) {
        return (int) Bits.extract(state, CELL_BITS * (CELLS - 1 - index), CELL_BITS);
    }

    private static long substitute(long state, int[] box) {
        long result = 0;
        for (int i = 0; i < CELLS; i++) {
            result = result << CELL_BITS | box[cell(state, i)];
        }
        return result;
    }

    private static long shuffle(long state, int[] permutation) {
        long result = 0;
        for (int i = 0; i < CELLS; i++) {
            result = result << CELL_BITS | cell(state, permutation[i]);
        }
        return result;
    }

    /// Multiplies by the matrix `circ(0, rho, rho^2, rho)`, rho rotating a cell by one bit; it is its own inverse.
    private static long mixColumns(long state) {
        // rows are 16 bits: row r + n is the state rotated left by 16 n
        return rotateCells(Long.rotateLeft(state, 16), 1)
                ^ rotateCells(Long.rotateLeft(state, 32), 2)
                ^ rotateCells(Long.rotateLeft(state, 48), 1);
    }

    private static long rotateCells(long state, int count) {
        long stay = Bits.replicate(Bits.mask(CELL_BITS - count), CELL_BITS);
        return (state & stay) << count | state >>> CELL_BITS - count & ~(stay << count);
    }

    private static long nextTweak(long tweak) {
        long shuffled = shuffle(tweak, TWEAK_SHUFFLE);
        for (int index : LFSR_CELLS) {
            int cell = cell(shuffled, index);
            int fresh = (cell ^ cell >> 1) & 1;
            shuffled = replace(shuffled, index, fresh << 3 | cell >> 1);
        }
        return shuffled;
    }

    private static long previousTweak(long tweak) {
        long clocked = tweak;
        for (int index : LFSR_CELLS) {
            int cell = cell(clocked, index);
            int lost = (cell >> 3 ^ cell) & 1;
            clocked = replace(clocked, index, cell << 1 | lost);
        }
        return shuffle(clocked, TWEAK_SHUFFLE_INVERSE);
    }

    private static long replace(long state, int index, int cell) {
        return Bits.deposit(state, CELL_BITS * (CELLS - 1 - index), CELL_BITS, cell);
    }
}
