package jqemu.tcg.helper;

import static jqemu.tcg.helper.Cryptography.choose;
import static jqemu.tcg.helper.Cryptography.majority;
import static jqemu.tcg.helper.Cryptography.word;
import static jqemu.tcg.helper.Cryptography.write;

import jqemu.tcg.cpu.CpuState;

/// The instructions for the ShangMi algorithms: the hash SM3 and the block cipher SM4, after the manual's pseudocode.
///
/// The immediate of a call names registers as [Cryptography#registers] packs them.
final class ShangMi {
    private static final byte[] SUBSTITUTION = new byte[256];

    static {
        for (int value = 0; value < 256; value++) {
            SUBSTITUTION[value] = (byte) affine(inverse(affine(value)));
        }
    }

    private ShangMi() {}

    // ---- the substitution: an affine map, the inverse in GF(2^8), the same map

    private static int affine(int value) {
        int twice = value << 8 | value;
        return (twice ^ twice >>> 1 ^ twice >>> 2 ^ twice >>> 5 ^ twice >>> 7 ^ 0xd3) & 0xff;
    }

    /// `value` to the power of 254, which is its inverse, 0 for 0.
    private static int inverse(int value) {
        int result = 1;
        for (int i = 0; i < 254; i++) {
            result = multiply(result, value);
        }
        return result;
    }

    private static int multiply(int a, int b) {
        int product = 0;
        for (int bit = 7; bit >= 0; bit--) {
            product = product << 1 ^ ((product & 0x80) != 0 ? 0x1f5 : 0) ^ ((b >>> bit & 1) != 0 ? a : 0);
        }
        return product;
    }

    private static int substitute(int word) {
        int result = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            result |= (SUBSTITUTION[word >>> shift & 0xff] & 0xff) << shift;
        }
        return result;
    }

    // ---- SM3

    /// The manual's `P1` of SM3.
    private static int permute1(int x) {
        return x ^ Integer.rotateLeft(x, 15) ^ Integer.rotateLeft(x, 23);
    }

    /// The manual's `P0` of SM3.
    private static int permute0(int x) {
        return x ^ Integer.rotateLeft(x, 9) ^ Integer.rotateLeft(x, 17);
    }

    /// `SM3SS1`.
    static long rotatedSum(CpuState env, long registers) {
        int first = Integer.rotateLeft(word(env, Cryptography.rn(registers), 3), 12);
        int second = word(env, Cryptography.rm(registers), 3);
        int third = word(env, Cryptography.ra(registers), 3);
        write(env, Cryptography.rd(registers), 0, 0, 0, Integer.rotateLeft(first + second + third, 7));
        return 0;
    }

    /// `SM3TT1A`, with the majority function `SM3TT1B`: the words d, c, b, a of the hash from word 0 of rd on.
    static long round1(CpuState env, boolean late, long registers) {
        int destination = Cryptography.rd(registers);
        int a = word(env, destination, 3);
        int b = word(env, destination, 2);
        int c = word(env, destination, 1);
        int mixed = late ? majority(a, b, c) : a ^ b ^ c;
        int sum = word(env, Cryptography.rn(registers), 3) ^ Integer.rotateLeft(a, 12);
        int schedule = word(env, Cryptography.rm(registers), Cryptography.ra(registers));
        int next = mixed + word(env, destination, 0) + sum + schedule;
        write(env, destination, c, Integer.rotateLeft(b, 9), a, next);
        return 0;
    }

    /// `SM3TT2A`, with the choice function `SM3TT2B`: the words h, g, f, e of the hash from word 0 of rd on.
    static long round2(CpuState env, boolean late, long registers) {
        int destination = Cryptography.rd(registers);
        int e = word(env, destination, 3);
        int f = word(env, destination, 2);
        int g = word(env, destination, 1);
        int mixed = late ? choose(e, f, g) : e ^ f ^ g;
        int sum = word(env, Cryptography.rn(registers), 3);
        int schedule = word(env, Cryptography.rm(registers), Cryptography.ra(registers));
        int next = mixed + word(env, destination, 0) + sum + schedule;
        write(env, destination, g, Integer.rotateLeft(f, 19), e, permute0(next));
        return 0;
    }

    /// `SM3PARTW1`.
    static long schedule1(CpuState env, long registers) {
        int d = Cryptography.rd(registers);
        int n = Cryptography.rn(registers);
        int m = Cryptography.rm(registers);
        int w0 = permute1(word(env, d, 0) ^ word(env, n, 0) ^ Integer.rotateLeft(word(env, m, 1), 15));
        int w1 = permute1(word(env, d, 1) ^ word(env, n, 1) ^ Integer.rotateLeft(word(env, m, 2), 15));
        int w2 = permute1(word(env, d, 2) ^ word(env, n, 2) ^ Integer.rotateLeft(word(env, m, 3), 15));
        int w3 = permute1(word(env, d, 3) ^ word(env, n, 3) ^ Integer.rotateLeft(w0, 15));
        write(env, d, w0, w1, w2, w3);
        return 0;
    }

    /// `SM3PARTW2`.
    static long schedule2(CpuState env, long registers) {
        int d = Cryptography.rd(registers);
        int n = Cryptography.rn(registers);
        int m = Cryptography.rm(registers);
        int t0 = word(env, n, 0) ^ Integer.rotateLeft(word(env, m, 0), 7);
        int t1 = word(env, n, 1) ^ Integer.rotateLeft(word(env, m, 1), 7);
        int t2 = word(env, n, 2) ^ Integer.rotateLeft(word(env, m, 2), 7);
        int t3 = word(env, n, 3) ^ Integer.rotateLeft(word(env, m, 3), 7);
        int last = permute1(Integer.rotateLeft(t0, 15));
        write(env, d, word(env, d, 0) ^ t0, word(env, d, 1) ^ t1, word(env, d, 2) ^ t2, word(env, d, 3) ^ t3 ^ last);
        return 0;
    }

    // ---- SM4

    /// `SM4E`: rd has the state, rn the round keys.
    static long encrypt(CpuState env, long registers) {
        int state = Cryptography.rd(registers);
        return rounds(env, state, state, Cryptography.rn(registers), true);
    }

    /// `SM4EKEY`: rn has the last keys, rm the constants.
    static long expandKey(CpuState env, long registers) {
        int keys = Cryptography.rn(registers);
        return rounds(env, Cryptography.rd(registers), keys, Cryptography.rm(registers), false);
    }

    private static long rounds(CpuState env, int destination, int state, int additions, boolean encrypts) {
        int w0 = word(env, state, 0);
        int w1 = word(env, state, 1);
        int w2 = word(env, state, 2);
        int w3 = word(env, state, 3);
        for (int i = 0; i < 4; i++) {
            int substituted = substitute(w1 ^ w2 ^ w3 ^ word(env, additions, i));
            int next = w0 ^ (encrypts ? diffuse(substituted) : diffuseKey(substituted));
            w0 = w1;
            w1 = w2;
            w2 = w3;
            w3 = next;
        }
        write(env, destination, w0, w1, w2, w3);
        return 0;
    }

    private static int diffuse(int x) {
        return x
                ^ Integer.rotateLeft(x, 2)
                ^ Integer.rotateLeft(x, 10)
                ^ Integer.rotateLeft(x, 18)
                ^ Integer.rotateLeft(x, 24);
    }

    private static int diffuseKey(int x) {
        return x ^ Integer.rotateLeft(x, 13) ^ Integer.rotateLeft(x, 23);
    }
}
