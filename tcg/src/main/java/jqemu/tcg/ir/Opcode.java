package jqemu.tcg.ir;

import org.jspecify.annotations.Nullable;

/// The operations of the IR, in TCG's vocabulary: one line each, with its name in the textual form, the number of its
/// value operands, what it does besides computing a value, and what its two immediates mean.
///
/// A block's operation `n` defines value `n` when [#hasResult]. Operands are values `a`, `b`, `c`, `d`; `aux` is a
/// small immediate (a condition, a memory operation, a field), `imm` a wide one (a constant, a register slot, a guest
/// address). The op's [Type] is that of its result and, unless the line says otherwise, of its operands; an op without
/// a result (a store) carries the type of what it stores.
///
/// To add one: a line here, then follow the compiler into the exhaustive switches of [Evaluator] (pure ops) and of the
/// tiers, and add a filetest.
public enum Opcode {
    // ---- constants and integer arithmetic; a shift's count is taken modulo the width
    /// The constant `imm`.
    MOVI("movi", 0, Effect.PURE, Aux.NONE, Imm.CONSTANT),
    /// `a + b`, wrapping.
    ADD("add", 2, Effect.PURE),
    /// `a - b`, wrapping.
    SUB("sub", 2, Effect.PURE),
    /// The low half of `a * b`.
    MUL("mul", 2, Effect.PURE),
    /// The high 64 bits of the signed product; I64 only.
    MULSH("mulsh", 2, Effect.PURE),
    /// The high 64 bits of the unsigned product; I64 only.
    MULUH("muluh", 2, Effect.PURE),
    /// Signed division, 0 when `b` is 0, the dividend for MIN / -1, as A64 `SDIV` defines it.
    DIVS("divs", 2, Effect.PURE),
    /// Unsigned division, 0 when `b` is 0, as A64 `UDIV` defines it.
    DIVU("divu", 2, Effect.PURE),
    /// Bitwise and.
    AND("and", 2, Effect.PURE),
    /// Bitwise or.
    OR("or", 2, Effect.PURE),
    /// Bitwise exclusive or.
    XOR("xor", 2, Effect.PURE),
    /// `a & ~b`.
    ANDC("andc", 2, Effect.PURE),
    /// `a | ~b`.
    ORC("orc", 2, Effect.PURE),
    /// Shift left.
    SHL("shl", 2, Effect.PURE),
    /// Shift right, zeros enter.
    SHR("shr", 2, Effect.PURE),
    /// Shift right, the sign enters.
    SAR("sar", 2, Effect.PURE),
    /// Rotate right.
    ROTR("rotr", 2, Effect.PURE),
    /// The `width` bits of the pair `b:a` (b high) from bit position `aux` on, A64 `EXTR`.
    EXTRACT2("extract2", 2, Effect.PURE, Aux.NUMBER, Imm.NONE),
    /// The unsigned field `aux` of `a`.
    EXTRACT("extract", 1, Effect.PURE, Aux.FIELD, Imm.NONE),
    /// The sign-extended field `aux` of `a`.
    SEXTRACT("sextract", 1, Effect.PURE, Aux.FIELD, Imm.NONE),
    /// `a` with its field `aux` replaced by the low bits of `b`.
    DEPOSIT("deposit", 2, Effect.PURE, Aux.FIELD, Imm.NONE),
    /// An I32 operand sign-extended to I64.
    EXT_I32("ext_i32", 1, Effect.PURE),
    /// An I32 operand zero-extended to I64.
    EXTU_I32("extu_i32", 1, Effect.PURE),
    /// The low half of an I64 operand, as I32.
    EXTRL("extrl", 1, Effect.PURE),
    /// Reinterprets the operand's bits as this op's type, of the same or smaller width.
    BITCAST("bitcast", 1, Effect.PURE),
    /// Reverses the bytes within each `aux` bytes (2, 4 or 8).
    BSWAP("bswap", 1, Effect.PURE, Aux.NUMBER, Imm.NONE),
    /// Reverses the order of the bits.
    RBIT("rbit", 1, Effect.PURE),
    /// Counts leading zero bits.
    CLZ("clz", 1, Effect.PURE),
    /// Counts the bits after the sign bit that equal it.
    CLS("cls", 1, Effect.PURE),
    /// 1 when `a aux b` holds, else 0. The type is that of the operands; see [#isSmall] for the result.
    SETCOND("setcond", 2, Effect.PURE, Aux.CONDITION, Imm.NONE),
    /// `c` when `a aux b` holds, else `d`; a and b are of the type of `imm` (an ordinal of [Type]).
    MOVCOND("movcond", 4, Effect.PURE, Aux.CONDITION, Imm.TYPE),
    /// The CRC-32 `a` continued over the low `aux & 15` bytes of the I64 `b`; Castagnoli's polynomial when `aux`
    /// has 16.
    CRC32("crc32", 2, Effect.PURE, Aux.NUMBER, Imm.NONE),

    // ---- condition flags: a packed NZCV value (bits 3 to 0) computed from the operands of type op
    /// The flags of `a + b`.
    NZCV_ADD("nzcv_add", 2, Effect.PURE),
    /// The flags of `a - b`.
    NZCV_SUB("nzcv_sub", 2, Effect.PURE),
    /// The flags of `a + b + c`, c being 0 or 1.
    NZCV_ADC("nzcv_adc", 3, Effect.PURE),
    /// The flags of a logical result `a`: C and V are 0.
    NZCV_LOGIC("nzcv_logic", 1, Effect.PURE),
    /// 1 when the A64 condition code `aux` (0 EQ to 15) holds for the packed flags `a`, else 0; I64.
    TESTCC("testcc", 1, Effect.PURE, Aux.NUMBER, Imm.NONE),

    // ---- vector lanes: 64 bits of a vector register as lanes of `1 << aux` bytes; I64 only
    /// Lanewise `a + b`, wrapping.
    VADD("vadd", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Lanewise `a - b`, wrapping.
    VSUB("vsub", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// All ones in each lane where `a` equals `b`, else 0.
    VCMPEQ("vcmpeq", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Lanewise `a * b`, wrapping.
    VMUL("vmul", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// The low half of the lanewise polynomial product over {0, 1} (`PMUL`).
    VPMUL("vpmul", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// The high 64 bits of the polynomial product of two 64-bit operands.
    VPMULH64("vpmulh64", 2, Effect.PURE),
    /// Lanewise absolute value, wrapping.
    VABS("vabs", 1, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// All ones in each lane where signed `a > b`, else 0.
    VCMPGT("vcmpgt", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// All ones in each lane where signed `a >= b`, else 0.
    VCMPGE("vcmpge", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// All ones in each lane where unsigned `a > b`, else 0.
    VCMPHI("vcmphi", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// All ones in each lane where unsigned `a >= b`, else 0.
    VCMPHS("vcmphs", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// All ones in each lane where `a & b` is not 0, else 0.
    VCMPTST("vcmptst", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Lanewise signed maximum.
    VSMAX("vsmax", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Lanewise signed minimum.
    VSMIN("vsmin", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Lanewise unsigned maximum.
    VUMAX("vumax", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Lanewise unsigned minimum.
    VUMIN("vumin", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Lanewise signed absolute difference.
    VSABD("vsabd", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Lanewise unsigned absolute difference.
    VUABD("vuabd", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Lanewise signed halving add, `(a + b) >> 1` without losing the carry.
    VSHADD("vshadd", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Lanewise unsigned halving add.
    VUHADD("vuhadd", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Lanewise signed rounding halving add, `(a + b + 1) >> 1`.
    VSRHADD("vsrhadd", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Lanewise unsigned rounding halving add.
    VURHADD("vurhadd", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Lanewise signed halving subtract, `(a - b) >> 1`.
    VSHSUB("vshsub", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Lanewise unsigned halving subtract.
    VUHSUB("vuhsub", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Every lane shifted left by `b`, less than the lane's width.
    VSHLI("vshli", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Every lane shifted right by `b` (up to the width), zeros enter.
    VSHRI("vshri", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Every lane shifted right by `b` (up to the width), the sign enters.
    VSARI("vsari", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// As `vshri`, plus the last bit shifted out; `b` is not 0.
    VRSHRI("vrshri", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// As `vsari`, plus the last bit shifted out; `b` is not 0.
    VRSARI("vrsari", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Each lane shifted left by the signed low byte of b's lane, right when that is negative; signed (`SSHL`).
    VSSHL("vsshl", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Each lane shifted left by the signed low byte of b's lane, right when that is negative; unsigned (`USHL`).
    VUSHL("vushl", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// As `vsshl`, right shifts round (`SRSHL`).
    VSRSHL("vsrshl", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// As `vushl`, right shifts round (`URSHL`).
    VURSHL("vurshl", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Counts the leading zero bits of each lane.
    VCLZ("vclz", 1, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Counts the bits after the sign bit that equal it, in each lane.
    VCLS("vcls", 1, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Counts the one bits of each byte.
    VCNT("vcnt", 1, Effect.PURE),
    /// Reverses the bits of each byte.
    VRBIT("vrbit", 1, Effect.PURE),
    /// Copies lane 0 to every lane.
    VDUP("vdup", 1, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// The lanes of the low 32 bits, each sign-extended to twice its width; `aux` is the narrow element.
    VSXTL("vsxtl", 1, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// The lanes of the low 32 bits, each zero-extended to twice its width; `aux` is the narrow element.
    VUXTL("vuxtl", 1, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// The lower half of the lanes of a and b interleaved.
    VZIP1("vzip1", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// The upper half of the lanes of a and b interleaved.
    VZIP2("vzip2", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// The even lanes of a, then those of b: narrows wider lanes to their low halves.
    VUZP1("vuzp1", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// The odd lanes of a, then those of b: narrows wider lanes to their high halves.
    VUZP2("vuzp2", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// The even lanes of a and b interleaved.
    VTRN1("vtrn1", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// The odd lanes of a and b interleaved.
    VTRN2("vtrn2", 2, Effect.PURE, Aux.ELEMENT, Imm.NONE),
    /// Per byte i of `a`: byte i - aux of the 16-byte table `c:b` (c high) if there is one, else byte of `d`
    /// (`TBX`).
    VTBX("vtbx", 4, Effect.PURE, Aux.NUMBER, Imm.NONE),
    /// The unsigned reciprocal estimate of each 32-bit lane (`URECPE`).
    VURECPE("vurecpe", 1, Effect.PURE),
    /// The unsigned reciprocal square root estimate of each 32-bit lane (`URSQRTE`).
    VURSQRTE("vursqrte", 1, Effect.PURE),
    /// In each 32-bit lane the sum of the products of its four signed bytes (`SDOT` without accumulation).
    VSDOT("vsdot", 2, Effect.PURE),
    /// As `vsdot`, unsigned.
    VUDOT("vudot", 2, Effect.PURE),
    /// As `vsdot`, the bytes of `a` unsigned, those of `b` signed.
    VUSDOT("vusdot", 2, Effect.PURE),
    /// In each 32-bit lane the single `c` plus the two products of the lane's bfloat16 numbers, as [Bfloat16] adds
    /// them.
    VBFDOT("vbfdot", 3, Effect.PURE),

    // ---- saturating vector lanes: a lane that does not fit becomes the nearest that does, and FPSR.QC is set
    /// Signed `a + b`.
    VSQADD("vsqadd", 2, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// Unsigned `a + b`.
    VUQADD("vuqadd", 2, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// Signed `a - b`.
    VSQSUB("vsqsub", 2, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// Unsigned `a - b`.
    VUQSUB("vuqsub", 2, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// Signed `a` + unsigned `b`, to signed (`SUQADD`).
    VSUQADD("vsuqadd", 2, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// Unsigned `a` + signed `b`, to unsigned (`USQADD`).
    VUSQADD("vusqadd", 2, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// Signed absolute value.
    VSQABS("vsqabs", 1, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// Signed `-a`.
    VSQNEG("vsqneg", 1, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// Signed shift by the signed low byte of b's lane (`SQSHL`).
    VSQSHL("vsqshl", 2, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// Unsigned shift by the signed low byte of b's lane (`UQSHL`).
    VUQSHL("vuqshl", 2, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// As `vsqshl`, right shifts round (`SQRSHL`).
    VSQRSHL("vsqrshl", 2, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// As `vuqshl`, right shifts round (`UQRSHL`).
    VUQRSHL("vuqrshl", 2, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// Signed `a` shifted left by the low byte of b's lane, to unsigned (`SQSHLU`).
    VSQSHLU("vsqshlu", 2, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// The high half of signed `2 * a * b` (`SQDMULH`).
    VSQDMULH("vsqdmulh", 2, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// The high half of signed `2 * a * b`, rounded (`SQRDMULH`).
    VSQRDMULH("vsqrdmulh", 2, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// The high half of signed `(c << width) + 2 * a * b`, rounded (`SQRDMLAH`).
    VSQRDMLAH("vsqrdmlah", 3, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// The high half of signed `(c << width) - 2 * a * b`, rounded (`SQRDMLSH`).
    VSQRDMLSH("vsqrdmlsh", 3, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// Signed `2 * a * b` of the lanes of the low 32 bits, to twice the width (`SQDMULL`); `aux` is the narrow
    /// element.
    VSQDMULL("vsqdmull", 2, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// Signed lanes narrowed to signed ones of half the width; a's in the low 32 bits, b's in the high ones; `aux`
    /// is the narrow element.
    VSQXTN("vsqxtn", 2, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// As `vsqxtn`, signed to unsigned.
    VSQXTUN("vsqxtun", 2, Effect.FP, Aux.ELEMENT, Imm.NONE),
    /// As `vsqxtn`, unsigned to unsigned.
    VUQXTN("vuqxtn", 2, Effect.FP, Aux.ELEMENT, Imm.NONE),

    // ---- guest registers: `imm` is a slot of CpuState; an I32 load takes the low half, an I32 store zero-extends
    /// Reads a guest register.
    LD_ENV("ld_env", 0, Effect.READ_ENV, Aux.NONE, Imm.SLOT),
    /// Writes `a` to a guest register.
    ST_ENV("st_env", 1, Effect.WRITE_ENV, Aux.NONE, Imm.SLOT),

    // ---- guest memory: `a` is a guest address whose top byte is ignored; all may fault and are never dropped
    /// Loads from `a`.
    LD("ld", 1, Effect.LOAD, Aux.MEMOP, Imm.NONE),
    /// Stores `b` to `a`.
    ST("st", 2, Effect.STORE, Aux.MEMOP, Imm.NONE),
    /// Faults unless `aux` (a memop, with STORE for a write) may be done at `a`; emitted where accesses are
    /// unprotected.
    PROBE("probe", 1, Effect.LOAD, Aux.MEMOP, Imm.NONE),
    /// Raises an alignment fault unless `a` is a multiple of `1 << aux`.
    CHECK_ALIGN("check_align", 1, Effect.LOAD, Aux.NUMBER, Imm.NONE),
    /// Raises exception `aux`, an ordinal of [GuestException], at the current instruction when `a` is not 0.
    RAISE_IF("raise_if", 1, Effect.LOAD, Aux.EXCEPTION, Imm.NONE),
    /// Zeroes the `1 << aux` aligned bytes around `a` (`DC ZVA`).
    ZERO_BLOCK("zero_block", 1, Effect.STORE, Aux.NUMBER, Imm.NONE),
    /// Atomically replaces memory at `a` by `b`; the old value.
    ATOMIC_XCHG("atomic_xchg", 2, Effect.ATOMIC, Aux.MEMOP, Imm.NONE),
    /// Atomically adds `b`; the old value.
    ATOMIC_ADD("atomic_add", 2, Effect.ATOMIC, Aux.MEMOP, Imm.NONE),
    /// Atomic bitwise and; the old value.
    ATOMIC_AND("atomic_and", 2, Effect.ATOMIC, Aux.MEMOP, Imm.NONE),
    /// Atomic bitwise or; the old value.
    ATOMIC_OR("atomic_or", 2, Effect.ATOMIC, Aux.MEMOP, Imm.NONE),
    /// Atomic bitwise exclusive or; the old value.
    ATOMIC_XOR("atomic_xor", 2, Effect.ATOMIC, Aux.MEMOP, Imm.NONE),
    /// Atomic signed maximum; the old value.
    ATOMIC_SMAX("atomic_smax", 2, Effect.ATOMIC, Aux.MEMOP, Imm.NONE),
    /// Atomic signed minimum; the old value.
    ATOMIC_SMIN("atomic_smin", 2, Effect.ATOMIC, Aux.MEMOP, Imm.NONE),
    /// Atomic unsigned maximum; the old value.
    ATOMIC_UMAX("atomic_umax", 2, Effect.ATOMIC, Aux.MEMOP, Imm.NONE),
    /// Atomic unsigned minimum; the old value.
    ATOMIC_UMIN("atomic_umin", 2, Effect.ATOMIC, Aux.MEMOP, Imm.NONE),
    /// Atomically replaces memory at `a` by `c` if it equals `b`; the old value.
    ATOMIC_CAS("atomic_cas", 3, Effect.ATOMIC, Aux.MEMOP, Imm.NONE),
    /// The second half of `STXR`: when `a` equals the monitor's address `b` and memory there still holds `c`,
    /// stores `d`. The result is 0 on success and 1 on failure.
    STORE_EXCLUSIVE("store_exclusive", 4, Effect.ATOMIC, Aux.MEMOP, Imm.NONE),
    /// Orders memory accesses; `aux` is an ordinal of [Fence].
    FENCE("fence", 0, Effect.FENCE, Aux.FENCE, Imm.NONE),

    // ---- floating point: reads FPCR, accumulates FPSR; types F16, F32, F64 and their vector halves
    /// `a + b`.
    FADD("fadd", 2, Effect.FP),
    /// `a - b`.
    FSUB("fsub", 2, Effect.FP),
    /// `a * b`.
    FMUL("fmul", 2, Effect.FP),
    /// `a / b`.
    FDIV("fdiv", 2, Effect.FP),
    /// `a * b + c`, rounded once.
    FMADD("fmadd", 3, Effect.FP),
    /// As `fmadd`, `a` and `b` being half-precision numbers in the low halves of their lanes (`FMLAL`).
    FMADDL("fmaddl", 3, Effect.FP),
    /// The square root.
    FSQRT("fsqrt", 1, Effect.FP),
    /// The packed NZCV of comparing `a` with `b`; `aux` 1 signals on quiet NaNs (`FCMPE`). Operands have the op's
    /// type.
    FCMP("fcmp", 2, Effect.FP, Aux.NUMBER, Imm.NONE),
    /// The absolute value: the sign bits cleared, whatever the operand.
    FABS("fabs", 1, Effect.PURE),
    /// The sign bits flipped, whatever the operand.
    FNEG("fneg", 1, Effect.PURE),
    /// As `fcmp` when `c` (I64) is not 0, else the flags `aux >> 1`, and nothing is compared; `aux & 1` as for
    /// `fcmp`.
    FCCMP("fccmp", 3, Effect.FP, Aux.NUMBER, Imm.NONE),
    /// `a * b`, but infinity times zero is 2 (`FMULX`).
    FMULX("fmulx", 2, Effect.FP),
    /// The larger operand; a NaN wins.
    FMAX("fmax", 2, Effect.FP),
    /// The smaller operand; a NaN wins.
    FMIN("fmin", 2, Effect.FP),
    /// The larger operand; a number wins over a quiet NaN.
    FMAXNM("fmaxnm", 2, Effect.FP),
    /// The smaller operand; a number wins over a quiet NaN.
    FMINNM("fminnm", 2, Effect.FP),
    /// The reciprocal estimate.
    FRECPE("frecpe", 1, Effect.FP),
    /// The reciprocal square root estimate.
    FRSQRTE("frsqrte", 1, Effect.FP),
    /// A power of two near the reciprocal (`FRECPX`).
    FRECPX("frecpx", 1, Effect.FP),
    /// `2 - a * b`, rounded once (`FRECPS`).
    FRECPS("frecps", 2, Effect.FP),
    /// `(3 - a * b) / 2`, rounded once (`FRSQRTS`).
    FRSQRTS("frsqrts", 2, Effect.FP),
    /// All ones when `a == b`, else 0.
    FCMEQ("fcmeq", 2, Effect.FP),
    /// All ones when `a >= b`, else 0.
    FCMGE("fcmge", 2, Effect.FP),
    /// All ones when `a > b`, else 0.
    FCMGT("fcmgt", 2, Effect.FP),
    /// Rounded to an integral number; `aux` is a mode of [Rounding].
    FRINT("frint", 1, Effect.FP, Aux.NUMBER, Imm.NONE),
    /// As `frint`, but what does not fit a signed integer becomes its least one, and inexact is signalled
    /// (`FRINT32X` and its like); `aux` is the rounding mode, plus 8 for 64-bit integers.
    FRINTTS("frintts", 1, Effect.FP, Aux.NUMBER, Imm.NONE),
    /// A scalar of another floating-point type; `aux` as [FpConversion] packs it.
    FCVT("fcvt", 1, Effect.FP, Aux.NUMBER, Imm.NONE),
    /// A single as bfloat16, in the low half of its lane (`BFCVT`).
    BFCVT("bfcvt", 1, Effect.FP),
    /// Lanes narrowed to half the width, a's in the low 32 bits, b's in the high ones; `aux` as [FpConversion]
    /// packs it.
    FCVTN("fcvtn", 2, Effect.FP, Aux.NUMBER, Imm.NONE),
    /// The lanes of the low 32 bits widened to twice the width; `aux` as [FpConversion] packs it.
    FCVTL("fcvtl", 1, Effect.FP, Aux.NUMBER, Imm.NONE),
    /// Floating point to integer or fixed point, saturating; `aux` as [FpConversion] packs it. With a vector type,
    /// lanes of the same width.
    FTOI("ftoi", 1, Effect.FP, Aux.NUMBER, Imm.NONE),
    /// Integer or fixed point to floating point; `aux` as [FpConversion] packs it. With a vector type, lanes of the
    /// same width.
    ITOF("itof", 1, Effect.FP, Aux.NUMBER, Imm.NONE),
    /// A double to a 32-bit integer as JavaScript does; bit 32 of the I64 result says that it was exact
    /// (`FJCVTZS`).
    FJCVT("fjcvt", 1, Effect.FP),

    // ---- out-of-line semantics
    /// Calls helper `aux` with `a` to `d` (missing ones are 0) and `imm`; it may read and write env and guest
    /// memory.
    CALL("call", 4, Effect.CALL, Aux.HELPER, Imm.CONSTANT),

    // ---- instrumentation, injected from what plugins asked for; `aux` indexes the block's constants. A guard operand
    // is 0 for "do it": the marks of an exclusive store count only when it succeeds
    /// Adds `imm` to the scoreboard cell when the guard `a` is 0.
    PLUGIN_ADD("plugin_add", 1, Effect.INSTRUMENT, Aux.OBJECT, Imm.CONSTANT),
    /// Stores `imm` to the scoreboard cell when the guard `a` is 0.
    PLUGIN_STORE("plugin_store", 1, Effect.INSTRUMENT, Aux.OBJECT, Imm.CONSTANT),
    /// Runs the callback.
    PLUGIN_CALL("plugin_call", 0, Effect.INSTRUMENT, Aux.OBJECT, Imm.NONE),
    /// Runs the callback when its condition on a scoreboard cell holds.
    PLUGIN_CONDITIONAL("plugin_conditional", 0, Effect.INSTRUMENT, Aux.OBJECT, Imm.NONE),
    /// Marks a guest memory access at address `a` of value `b` (low half) and `c` (high half) under guard `d`, for
    /// plugins; `aux` is its memop. The injection replaces it by calls and inline ops or drops it.
    PLUGIN_MEM("plugin_mem", 4, Effect.INSTRUMENT, Aux.MEMOP, Imm.NONE),
    /// Runs the memory callback with address `a` and value `b`, `c` when the guard `d` is 0.
    PLUGIN_MEM_CALL("plugin_mem_call", 4, Effect.INSTRUMENT, Aux.OBJECT, Imm.NONE),

    // ---- structure and exits
    /// A guest instruction begins at pc `imm`; `aux` is its word. A fault up to the next mark is this
    /// instruction's.
    INSN_START("insn_start", 0, Effect.MARK, Aux.INSN, Imm.PC),
    /// Leaves the block for guest pc `imm` through chain slot 1 when `a aux b` holds.
    BRCOND("brcond", 2, Effect.EXIT, Aux.CONDITION, Imm.PC),
    /// Leaves the block for guest pc `imm` through chain slot 0; `aux` is an ordinal of [ExitHint].
    GOTO_TB("goto_tb", 0, Effect.EXIT, Aux.HINT, Imm.PC),
    /// Leaves the block for the guest pc in `a`; `aux` is an ordinal of [ExitHint].
    GOTO_PTR("goto_ptr", 1, Effect.EXIT, Aux.HINT, Imm.NONE),
    /// Serves a system call with immediate `imm`, then leaves the block for the pc in env (stored before).
    SVC("svc", 0, Effect.EXIT, Aux.NONE, Imm.CONSTANT),
    /// Raises exception `aux`, an ordinal of [GuestException], at the current instruction; `imm` is its syndrome.
    RAISE("raise", 0, Effect.EXIT, Aux.EXCEPTION, Imm.CONSTANT);

    private static final Opcode[] VALUES = values();

    private final String text;
    private final int inputs;
    private final Effect effect;
    private final Aux aux;
    private final Imm imm;

    Opcode(String text, int inputs, Effect effect) {
        this(text, inputs, effect, Aux.NONE, Imm.NONE);
    }

    Opcode(String text, int inputs, Effect effect, Aux aux, Imm imm) {
        this.text = text;
        this.inputs = inputs;
        this.effect = effect;
        this.aux = aux;
        this.imm = imm;
    }

    /// The opcode with this ordinal.
    public static Opcode of(int ordinal) {
        return VALUES[ordinal];
    }

    /// The name in the textual IR, without the type suffix.
    public String text() {
        return text;
    }

    /// The number of value operands.
    public int inputs() {
        return inputs;
    }

    /// What the op does besides computing its value.
    public Effect effect() {
        return effect;
    }

    /// What its `aux` means.
    public Aux aux() {
        return aux;
    }

    /// What its `imm` means.
    public Imm imm() {
        return imm;
    }

    /// Whether the op defines a value.
    public boolean hasResult() {
        return switch (effect) {
            case PURE, FP, READ_ENV, ATOMIC, CALL -> true;
            case LOAD -> this == LD;
            case WRITE_ENV, STORE, FENCE, INSTRUMENT, MARK, EXIT -> false;
        };
    }

    /// Whether the op may leave the block because of a guest fault, so that env must be exact before it.
    public boolean mayFault() {
        return switch (effect) {
            case LOAD, STORE, ATOMIC, CALL -> true;
            case PURE, FP, READ_ENV, WRITE_ENV, FENCE, INSTRUMENT, MARK, EXIT -> false;
        };
    }

    /// Whether the op leaves the block for certain: nothing may follow it.
    public boolean endsBlock() {
        return effect == Effect.EXIT && aux != Aux.CONDITION;
    }

    /// Whether the op runs code of a plugin, which may look at the vCPU's registers and, where it asked to, change
    /// them.
    public boolean runsCallback() {
        return switch (this) {
            case PLUGIN_CALL, PLUGIN_CONDITIONAL, PLUGIN_MEM, PLUGIN_MEM_CALL -> true;
            default -> false;
        };
    }

    /// Whether env has to be exact before the op, because the guest, a helper or a plugin may look at it there.
    public boolean observesEnv() {
        return effect == Effect.EXIT || mayFault() || runsCallback();
    }

    /// Whether any guest register may have changed after the op, beside those that `st_env` names.
    public boolean changesEnv() {
        return effect == Effect.CALL || runsCallback();
    }

    /// Whether the text of the op carries a type suffix. An op with neither operands nor a result has type I64.
    public boolean isTyped() {
        return inputs > 0 || hasResult();
    }

    /// Whether operands may be missing: a missing one is 0 and means nothing.
    public boolean hasOptionalOperands() {
        return effect == Effect.CALL || effect == Effect.INSTRUMENT;
    }

    /// Whether the result is a number of a few bits (a truth value or packed flags), which serves as an I32 and as
    /// an I64 alike, whatever the op's type.
    public boolean isSmall() {
        return switch (this) {
            case SETCOND, TESTCC, NZCV_ADD, NZCV_SUB, NZCV_ADC, NZCV_LOGIC, FCMP, FCCMP, STORE_EXCLUSIVE -> true;
            default -> false;
        };
    }

    /// The type that operand `index` must have in an op of `type` with the immediate `immediate`; null when any
    /// will do.
    public @Nullable Type operandType(Type type, int index, long immediate) {
        return switch (this) {
            case EXT_I32, EXTU_I32 -> Type.I32;
            case EXTRL, TESTCC, GOTO_PTR -> Type.I64;
            case BITCAST -> null;
            case CRC32 -> index == 0 ? Type.I32 : Type.I64;
            case MOVCOND -> index < 2 ? Type.of((int) immediate) : type;
            case STORE_EXCLUSIVE -> index < 2 ? Type.I64 : type;
            case FADD, FSUB, FMUL, FDIV, FMADD, FSQRT, FCMP, FMULX, FMAX, FMIN, FMAXNM, FMINNM -> type;
            case FRECPE, FRSQRTE, FRECPX, FRECPS, FRSQRTS, FCMEQ, FCMGE, FCMGT, FRINT, FRINTTS -> type;
            case FCCMP -> index < 2 ? type : Type.I64;
            default -> operandTypeByEffect(type, index);
        };
    }

    private @Nullable Type operandTypeByEffect(Type type, int index) {
        return switch (effect) {
            case LOAD, STORE, ATOMIC -> index == 0 ? Type.I64 : type;
            case FP, CALL, INSTRUMENT -> null;
            case PURE, READ_ENV, WRITE_ENV, FENCE, MARK, EXIT -> type;
        };
    }
}
