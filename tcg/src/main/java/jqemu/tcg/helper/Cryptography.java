package jqemu.tcg.helper;

import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Bits;

/// The vector registers that a cryptographic helper works on, and those helpers for SHA-1 and SHA-256, after the
/// manual's
/// `SHA hash update` pseudocode; AES is in [AesRounds].
///
/// A helper reads all its operands before it writes its destination, since registers may coincide.
public final class Cryptography {
    private static final int REGISTER_BITS = 5;

    private Cryptography() {}

    /// Packs register numbers for the immediate of a helper call.
    public static long registers(int rd, int rn, int rm) {
        return rd | (long) rn << REGISTER_BITS | (long) rm << (2 * REGISTER_BITS);
    }

    /// As [#registers(int, int, int)], with a fourth register or another number below 32.
    public static long registers(int rd, int rn, int rm, int ra) {
        return registers(rd, rn, rm) | (long) ra << (3 * REGISTER_BITS);
    }

    static int rd(long registers) {
        return (int) Bits.extract(registers, 0, REGISTER_BITS);
    }

    static int rn(long registers) {
        return (int) Bits.extract(registers, REGISTER_BITS, REGISTER_BITS);
    }

    static int rm(long registers) {
        return (int) Bits.extract(registers, 2 * REGISTER_BITS, REGISTER_BITS);
    }

    static int ra(long registers) {
        return (int) Bits.extract(registers, 3 * REGISTER_BITS, REGISTER_BITS);
    }

    /// Word `index` (0 to 3) of vector register `register`.
    static int word(CpuState env, int register, int index) {
        return (int) (env.get(Slot.vLow(register) + index / 2) >>> (32 * (index % 2)));
    }

    static void write(CpuState env, int register, int w0, int w1, int w2, int w3) {
        env.set(Slot.vLow(register), Bits.low32(w0) | (long) w1 << 32);
        env.set(Slot.vHigh(register), Bits.low32(w2) | (long) w3 << 32);
    }

    // ---- SHA-1

    /// Which function of three words a SHA-1 round uses.
    enum Sha1Function {
        CHOOSE,
        PARITY,
        MAJORITY;

        int apply(int x, int y, int z) {
            return switch (this) {
                case CHOOSE -> choose(x, y, z);
                case PARITY -> x ^ y ^ z;
                case MAJORITY -> majority(x, y, z);
            };
        }
    }

    static int choose(int x, int y, int z) {
        return ((y ^ z) & x) ^ z;
    }

    static int majority(int x, int y, int z) {
        return (x & y) | ((x | y) & z);
    }

    /// Four rounds of SHA-1: the hash's a to d in rd, e in rn, schedule and constants in rm.
    static long sha1Rounds(CpuState env, Sha1Function function, long registers) {
        int destination = rd(registers);
        int source = rm(registers);
        int a = word(env, destination, 0);
        int b = word(env, destination, 1);
        int c = word(env, destination, 2);
        int d = word(env, destination, 3);
        int e = word(env, rn(registers), 0);
        for (int i = 0; i < 4; i++) {
            int next = e + Integer.rotateLeft(a, 5) + function.apply(b, c, d) + word(env, source, i);
            e = d;
            d = c;
            c = Integer.rotateLeft(b, 30);
            b = a;
            a = next;
        }
        write(env, destination, a, b, c, d);
        return 0;
    }

    /// The first half of the SHA-1 schedule update (`SHA1SU0`).
    static long sha1Schedule0(CpuState env, long registers) {
        int d = rd(registers);
        int n = rn(registers);
        int m = rm(registers);
        int w0 = word(env, d, 2) ^ word(env, d, 0) ^ word(env, m, 0);
        int w1 = word(env, d, 3) ^ word(env, d, 1) ^ word(env, m, 1);
        int w2 = word(env, n, 0) ^ word(env, d, 2) ^ word(env, m, 2);
        int w3 = word(env, n, 1) ^ word(env, d, 3) ^ word(env, m, 3);
        write(env, d, w0, w1, w2, w3);
        return 0;
    }

    /// The second half of the SHA-1 schedule update (`SHA1SU1`).
    static long sha1Schedule1(CpuState env, long registers) {
        int d = rd(registers);
        int n = rn(registers);
        int w0 = Integer.rotateLeft(word(env, d, 0) ^ word(env, n, 1), 1);
        int w1 = Integer.rotateLeft(word(env, d, 1) ^ word(env, n, 2), 1);
        int w2 = Integer.rotateLeft(word(env, d, 2) ^ word(env, n, 3), 1);
        int w3 = Integer.rotateLeft(word(env, d, 3), 1) ^ Integer.rotateLeft(w0, 1);
        write(env, d, w0, w1, w2, w3);
        return 0;
    }

    // ---- SHA-256

    private static int bigSigma0(int x) {
        return Integer.rotateRight(x, 2) ^ Integer.rotateRight(x, 13) ^ Integer.rotateRight(x, 22);
    }

    private static int bigSigma1(int x) {
        return Integer.rotateRight(x, 6) ^ Integer.rotateRight(x, 11) ^ Integer.rotateRight(x, 25);
    }

    private static int smallSigma0(int x) {
        return Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ x >>> 3;
    }

    private static int smallSigma1(int x) {
        return Integer.rotateRight(x, 17) ^ Integer.rotateRight(x, 19) ^ x >>> 10;
    }

    /// Four rounds of SHA-256; the registers hold a to d and e to h of the hash in the order that `first` says:
    /// `SHA256H` has a to d in rd and gives those, `SHA256H2` has e to h in rd and gives those. Schedule and
    /// constants are in rm.
    static long sha256Rounds(CpuState env, boolean first, long registers) {
        int destination = rd(registers);
        int upper = first ? destination : rn(registers);
        int lower = first ? rn(registers) : destination;
        int source = rm(registers);
        int a = word(env, upper, 0);
        int b = word(env, upper, 1);
        int c = word(env, upper, 2);
        int d = word(env, upper, 3);
        int e = word(env, lower, 0);
        int f = word(env, lower, 1);
        int g = word(env, lower, 2);
        int h = word(env, lower, 3);
        for (int i = 0; i < 4; i++) {
            int sum = h + bigSigma1(e) + choose(e, f, g) + word(env, source, i);
            int next = sum + bigSigma0(a) + majority(a, b, c);
            h = g;
            g = f;
            f = e;
            e = d + sum;
            d = c;
            c = b;
            b = a;
            a = next;
        }
        if (first) {
            write(env, destination, a, b, c, d);
        } else {
            write(env, destination, e, f, g, h);
        }
        return 0;
    }

    /// The first half of the SHA-256 schedule update (`SHA256SU0`).
    static long sha256Schedule0(CpuState env, long registers) {
        int d = rd(registers);
        int n = rn(registers);
        int w0 = word(env, d, 0) + smallSigma0(word(env, d, 1));
        int w1 = word(env, d, 1) + smallSigma0(word(env, d, 2));
        int w2 = word(env, d, 2) + smallSigma0(word(env, d, 3));
        int w3 = word(env, d, 3) + smallSigma0(word(env, n, 0));
        write(env, d, w0, w1, w2, w3);
        return 0;
    }

    /// The second half of the SHA-256 schedule update (`SHA256SU1`).
    static long sha256Schedule1(CpuState env, long registers) {
        int d = rd(registers);
        int n = rn(registers);
        int m = rm(registers);
        int w0 = word(env, d, 0) + word(env, n, 1) + smallSigma1(word(env, m, 2));
        int w1 = word(env, d, 1) + word(env, n, 2) + smallSigma1(word(env, m, 3));
        int w2 = word(env, d, 2) + word(env, n, 3) + smallSigma1(w0);
        int w3 = word(env, d, 3) + word(env, m, 0) + smallSigma1(w1);
        write(env, d, w0, w1, w2, w3);
        return 0;
    }
}
