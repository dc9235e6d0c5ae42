package jqemu.tcg.helper;

import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Helper;

/// Maps the lines of [Helper] to their methods.
public final class Helpers {
    private static final int CACHE_LINE = 64;

    private Helpers() {}

    /// Runs `helper`; see its line for what the operands are.
    public static long call(CpuState env, Helper helper, long a, long b, long c, long d, long imm) {
        return switch (helper) {
            case STORE_EXCLUSIVE_PAIR -> storeExclusivePair(env, a, b, c, d);
            case COMPARE_AND_SWAP_PAIR -> compareAndSwapPair(env, a, b, c, (int) imm);
            case READ_COUNTER -> System.nanoTime() >>> imm;
            case INVALIDATE_CODE -> invalidateCode(env, a);
            case MEMORY_SET -> MemoryOperations.set(env, imm);
            case MEMORY_COPY_FORWARD -> MemoryOperations.copy(env, false, imm);
            case MEMORY_COPY -> MemoryOperations.copy(env, true, imm);
            case SIGN_POINTER -> PointerAuthentication.sign(env, a, b, (int) imm);
            case AUTHENTICATE_POINTER -> PointerAuthentication.authenticate(env, a, b, (int) imm);
            case SIGN_GENERIC -> PointerAuthentication.generic(env, a, b);
            case AESE -> AesRounds.shiftAndSubstitute(env, false, imm);
            case AESD -> AesRounds.shiftAndSubstitute(env, true, imm);
            case AESMC -> AesRounds.mixColumns(env, false, imm);
            case AESIMC -> AesRounds.mixColumns(env, true, imm);
            case SHA1_CHOOSE -> Cryptography.sha1Rounds(env, Cryptography.Sha1Function.CHOOSE, imm);
            case SHA1_PARITY -> Cryptography.sha1Rounds(env, Cryptography.Sha1Function.PARITY, imm);
            case SHA1_MAJORITY -> Cryptography.sha1Rounds(env, Cryptography.Sha1Function.MAJORITY, imm);
            case SHA1_SCHEDULE_0 -> Cryptography.sha1Schedule0(env, imm);
            case SHA1_SCHEDULE_1 -> Cryptography.sha1Schedule1(env, imm);
            case SHA256_HASH_1 -> Cryptography.sha256Rounds(env, true, imm);
            case SHA256_HASH_2 -> Cryptography.sha256Rounds(env, false, imm);
            case SHA256_SCHEDULE_0 -> Cryptography.sha256Schedule0(env, imm);
            case SHA256_SCHEDULE_1 -> Cryptography.sha256Schedule1(env, imm);
            default -> callHash(env, helper, imm);
        };
    }

    private static long callHash(CpuState env, Helper helper, long imm) {
        return switch (helper) {
            case SHA512_HASH_1 -> Sha512Rounds.hash1(env, imm);
            case SHA512_HASH_2 -> Sha512Rounds.hash2(env, imm);
            case SHA512_SCHEDULE_0 -> Sha512Rounds.schedule0(env, imm);
            case SHA512_SCHEDULE_1 -> Sha512Rounds.schedule1(env, imm);
            case SM3_ROTATED_SUM -> ShangMi.rotatedSum(env, imm);
            case SM3_ROUND_1A -> ShangMi.round1(env, false, imm);
            case SM3_ROUND_1B -> ShangMi.round1(env, true, imm);
            case SM3_ROUND_2A -> ShangMi.round2(env, false, imm);
            case SM3_ROUND_2B -> ShangMi.round2(env, true, imm);
            case SM3_SCHEDULE_1 -> ShangMi.schedule1(env, imm);
            case SM3_SCHEDULE_2 -> ShangMi.schedule2(env, imm);
            case SM4_ENCRYPT -> ShangMi.encrypt(env, imm);
            case SM4_KEY -> ShangMi.expandKey(env, imm);
            default -> throw new IllegalArgumentException("no such helper: " + helper);
        };
    }

    private static long storeExclusivePair(CpuState env, long address, long low, long high, long monitor) {
        if (address != monitor) {
            return 1;
        }
        long[] operands = {env.get(Slot.EXCLUSIVE_VALUE), env.get(Slot.EXCLUSIVE_HIGH), low, high};
        return env.memory().compareAndExchange128(address, operands) ? 0 : 1;
    }

    private static long compareAndSwapPair(CpuState env, long address, long low, long high, int rs) {
        long[] operands = {env.get(rs), rs == 30 ? 0 : env.get(rs + 1), low, high};
        env.memory().compareAndExchange128(address, operands);
        env.set(Slot.RESULT_HIGH, operands[1]);
        return operands[0];
    }

    private static long invalidateCode(CpuState env, long address) {
        GuestMemory memory = env.memory();
        long line = address & GuestMemory.ADDRESS_MASK & -CACHE_LINE;
        memory.space().written(line, CACHE_LINE);
        return 0;
    }
}
