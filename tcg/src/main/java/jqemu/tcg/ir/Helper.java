package jqemu.tcg.ir;

/// Out-of-line semantics that `call` names: one line each; `jqemu.tcg.helper.Helpers` maps the line to its method.
///
/// For what is too long for IR or needs more than one result: a helper takes up to four values and an immediate, may
/// read and write the vCPU's registers and guest memory, and returns 64 bits; a 128-bit result leaves its high half in
/// `reshigh`.
public enum Helper {
    /// Compares and swaps 16 aligned bytes at guest address `a`: expected `exval`/`exhigh`, new `b` (low) and `c`
    /// (high);
    /// `d` is the monitor's address. 0 on success, 1 on failure.
    STORE_EXCLUSIVE_PAIR("store_exclusive_pair"),
    /// Compares and swaps 16 bytes at guest address `a`: expected in `x[imm]`, `x[imm + 1]`, new `b` and `c`; the
    /// old low half, the high one in `reshigh`.
    COMPARE_AND_SWAP_PAIR("compare_and_swap_pair"),
    /// The virtual counter (`CNTVCT_EL0`): nanoseconds, shifted right by `imm`.
    READ_COUNTER("read_counter"),
    /// Invalidates translations of the cache line at guest address `a` (`IC IVAU`).
    INVALIDATE_CODE("invalidate_code"),

    // ---- memory operations: imm packs registers and stage, see jqemu.tcg.helper.MemoryOperations; 1 when refused

    /// `SETP`, `SETM`, `SETE`: sets memory.
    MEMORY_SET("memory_set"),
    /// `CPYFP`, `CPYFM`, `CPYFE`: copies memory from the start on.
    MEMORY_COPY_FORWARD("memory_copy_forward"),
    /// `CPYP`, `CPYM`, `CPYE`: copies memory in the direction that overlapping areas need.
    MEMORY_COPY("memory_copy"),

    // ---- pointer authentication: `a` for the modifier `b` by key `imm`, see jqemu.tcg.helper.PointerAuthentication

    /// Signs the pointer.
    SIGN_POINTER("sign_pointer"),
    /// The pointer without its code; `reshigh` is 1 when the code was wrong.
    AUTHENTICATE_POINTER("authenticate_pointer"),
    /// The code of a value (`PACGA`).
    SIGN_GENERIC("sign_generic"),

    // ---- cryptography: imm are the numbers of vector registers, see jqemu.tcg.helper.Cryptography

    /// `AESE`: adds the round key, shifts rows and substitutes bytes.
    AESE("aese"),
    /// `AESD`: the inverse of that for decryption.
    AESD("aesd"),
    /// `AESMC`: mixes columns.
    AESMC("aesmc"),
    /// `AESIMC`: the inverse of that.
    AESIMC("aesimc"),
    /// `SHA1C`: four rounds with the choose function.
    SHA1_CHOOSE("sha1_choose"),
    /// `SHA1P`: four rounds with the parity function.
    SHA1_PARITY("sha1_parity"),
    /// `SHA1M`: four rounds with the majority function.
    SHA1_MAJORITY("sha1_majority"),
    /// `SHA1SU0`: schedule update, first part.
    SHA1_SCHEDULE_0("sha1_schedule_0"),
    /// `SHA1SU1`: schedule update, second part.
    SHA1_SCHEDULE_1("sha1_schedule_1"),
    /// `SHA256H`: four rounds, the first half of the hash.
    SHA256_HASH_1("sha256_hash_1"),
    /// `SHA256H2`: four rounds, the second half of the hash.
    SHA256_HASH_2("sha256_hash_2"),
    /// `SHA256SU0`: schedule update, first part.
    SHA256_SCHEDULE_0("sha256_schedule_0"),
    /// `SHA256SU1`: schedule update, second part.
    SHA256_SCHEDULE_1("sha256_schedule_1"),
    /// `SHA512H`: the first half of two rounds.
    SHA512_HASH_1("sha512_hash_1"),
    /// `SHA512H2`: the second half of two rounds.
    SHA512_HASH_2("sha512_hash_2"),
    /// `SHA512SU0`: schedule update, first part.
    SHA512_SCHEDULE_0("sha512_schedule_0"),
    /// `SHA512SU1`: schedule update, second part.
    SHA512_SCHEDULE_1("sha512_schedule_1"),
    /// `SM3SS1`: the rotated sum that a round starts with.
    SM3_ROTATED_SUM("sm3_rotated_sum"),
    /// `SM3TT1A`: the first half of a round, with parity.
    SM3_ROUND_1A("sm3_round_1a"),
    /// `SM3TT1B`: the first half of a round, with majority.
    SM3_ROUND_1B("sm3_round_1b"),
    /// `SM3TT2A`: the second half of a round, with parity.
    SM3_ROUND_2A("sm3_round_2a"),
    /// `SM3TT2B`: the second half of a round, with choice.
    SM3_ROUND_2B("sm3_round_2b"),
    /// `SM3PARTW1`: schedule update, first part.
    SM3_SCHEDULE_1("sm3_schedule_1"),
    /// `SM3PARTW2`: schedule update, second part.
    SM3_SCHEDULE_2("sm3_schedule_2"),
    /// `SM4E`: four rounds of encryption.
    SM4_ENCRYPT("sm4_encrypt"),
    /// `SM4EKEY`: four rounds of the key schedule.
    SM4_KEY("sm4_key");

    private static final Helper[] VALUES = values();

    private final String text;

    Helper(String text) {
        this.text = text;
    }

    /// The name in the textual IR.
    public String text() {
        return text;
    }

    /// The helper with this ordinal, as an op's `aux` stores it.
    public static Helper of(int ordinal) {
        return VALUES[ordinal];
    }
}
