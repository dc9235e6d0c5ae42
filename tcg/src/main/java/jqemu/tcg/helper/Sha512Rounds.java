package jqemu.tcg.helper;

import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Slot;

/// The SHA-512 instructions, after the manual's pseudocode of `SHA512H`, `SHA512H2`, `SHA512SU0` and `SHA512SU1`.
///
/// The immediate of a call names registers as [Cryptography#registers] packs them.
final class Sha512Rounds {
    private Sha512Rounds() {}

    private static long low(CpuState env, int register) {
        return env.get(Slot.vLow(register));
    }

    private static long high(CpuState env, int register) {
        return env.get(Slot.vHigh(register));
    }

    private static long write(CpuState env, int register, long low, long high) {
        env.set(Slot.vLow(register), low);
        env.set(Slot.vHigh(register), high);
        return 0;
    }

    // ---- the functions of FIPS 180-4

    private static long choose(long x, long y, long z) {
        return ((y ^ z) & x) ^ z;
    }

    private static long majority(long x, long y, long z) {
        return (x & y) | ((x | y) & z);
    }

    private static long bigSigma0(long x) {
        return Long.rotateRight(x, 28) ^ Long.rotateRight(x, 34) ^ Long.rotateRight(x, 39);
    }

    private static long bigSigma1(long x) {
        return Long.rotateRight(x, 14) ^ Long.rotateRight(x, 18) ^ Long.rotateRight(x, 41);
    }

    private static long smallSigma0(long x) {
        return Long.rotateRight(x, 1) ^ Long.rotateRight(x, 8) ^ x >>> 7;
    }

    private static long smallSigma1(long x) {
        return Long.rotateRight(x, 19) ^ Long.rotateRight(x, 61) ^ x >>> 6;
    }

    // ---- the instructions

    /// `SHA512H`: the sums of two rounds that the words e to h of the hash give; rd has the sums of schedule,
    /// constants and the old words.
    static long hash1(CpuState env, long registers) {
        int d = Cryptography.rd(registers);
        int n = Cryptography.rn(registers);
        int m = Cryptography.rm(registers);
        long e = high(env, m);
        long first = choose(e, low(env, n), high(env, n)) + bigSigma1(e) + high(env, d);
        long next = first + low(env, m);
        long second = choose(next, e, low(env, n)) + bigSigma1(next) + low(env, d);
        return write(env, d, second, first);
    }

    /// `SHA512H2`: adds to the sums in rd what the words a to d of the hash give.
    static long hash2(CpuState env, long registers) {
        int d = Cryptography.rd(registers);
        int m = Cryptography.rm(registers);
        long c = low(env, Cryptography.rn(registers));
        long a = low(env, m);
        long b = high(env, m);
        long first = majority(c, b, a) + bigSigma0(a) + high(env, d);
        long second = majority(first, a, b) + bigSigma0(first) + low(env, d);
        return write(env, d, second, first);
    }

    /// `SHA512SU0`.
    static long schedule0(CpuState env, long registers) {
        int d = Cryptography.rd(registers);
        long next = low(env, Cryptography.rn(registers));
        return write(env, d, low(env, d) + smallSigma0(high(env, d)), high(env, d) + smallSigma0(next));
    }

    /// `SHA512SU1`.
    static long schedule1(CpuState env, long registers) {
        int d = Cryptography.rd(registers);
        int n = Cryptography.rn(registers);
        int m = Cryptography.rm(registers);
        long low = low(env, d) + smallSigma1(low(env, n)) + low(env, m);
        long high = high(env, d) + smallSigma1(high(env, n)) + high(env, m);
        return write(env, d, low, high);
    }
}
