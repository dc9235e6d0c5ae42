package jqemu.tcg.a64;

import jqemu.tcg.ir.Condition;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of data processing between registers (the manual's "Data processing (register)").
final class DataProcessingRegisterTranslator implements DataProcessingRegister {
    private final TranslationContext ir;

    DataProcessingRegisterTranslator(TranslationContext ir) {
        this.ir = ir;
    }

    // ---- Logical (shifted register)

    /// `AND (shifted register)`.
    @Override
    public boolean andShiftedRegister(int sf, int shift, int rm, int imm, int rn, int rd) {
        return logical(Opcode.AND, sf, shift, rm, imm, rn, rd);
    }

    /// `BIC (shifted register)`: `Rd = Rn & ~Rm`.
    @Override
    public boolean bicShiftedRegister(int sf, int shift, int rm, int imm, int rn, int rd) {
        return logical(Opcode.ANDC, sf, shift, rm, imm, rn, rd);
    }

    /// `ORR (shifted register)`; `MOV (register)` is `ORR` with the zero register.
    @Override
    public boolean orrShiftedRegister(int sf, int shift, int rm, int imm, int rn, int rd) {
        if (rn == 31) {
            Type type = Type.ofSf(sf);
            ir.writeX(type, rd, shifted(type, rm, shift, imm));
            return true;
        }
        return logical(Opcode.OR, sf, shift, rm, imm, rn, rd);
    }

    /// `ORN (shifted register)`: `Rd = Rn | ~Rm`.
    @Override
    public boolean ornShiftedRegister(int sf, int shift, int rm, int imm, int rn, int rd) {
        return logical(Opcode.ORC, sf, shift, rm, imm, rn, rd);
    }

    /// `EOR (shifted register)`.
    @Override
    public boolean eorShiftedRegister(int sf, int shift, int rm, int imm, int rn, int rd) {
        return logical(Opcode.XOR, sf, shift, rm, imm, rn, rd);
    }

    /// `EON (shifted register)`: `Rd = Rn ^ ~Rm`.
    @Override
    public boolean eonShiftedRegister(int sf, int shift, int rm, int imm, int rn, int rd) {
        Type type = Type.ofSf(sf);
        int inverted = ir.not(type, shifted(type, rm, shift, imm));
        ir.writeX(type, rd, ir.xor(type, ir.readX(type, rn), inverted));
        return true;
    }

    /// `ANDS (shifted register)`.
    @Override
    public boolean andsShiftedRegister(int sf, int shift, int rm, int imm, int rn, int rd) {
        return logicalFlags(Opcode.AND, sf, shift, rm, imm, rn, rd);
    }

    /// `BICS (shifted register)`.
    @Override
    public boolean bicsShiftedRegister(int sf, int shift, int rm, int imm, int rn, int rd) {
        return logicalFlags(Opcode.ANDC, sf, shift, rm, imm, rn, rd);
    }

    private boolean logical(Opcode op, int sf, int shift, int rm, int imm, int rn, int rd) {
        Type type = Type.ofSf(sf);
        ir.writeX(type, rd, ir.binary(op, type, ir.readX(type, rn), shifted(type, rm, shift, imm)));
        return true;
    }

    private boolean logicalFlags(Opcode op, int sf, int shift, int rm, int imm, int rn, int rd) {
        Type type = Type.ofSf(sf);
        int result = ir.binary(op, type, ir.readX(type, rn), shifted(type, rm, shift, imm));
        ir.writeNzcv(ir.unary(Opcode.NZCV_LOGIC, type, result));
        ir.writeX(type, rd, result);
        return true;
    }

    /// `Rm` shifted as the fields say: LSL, LSR, ASR, ROR by `amount`.
    private int shifted(Type type, int rm, int shift, int amount) {
        int value = ir.readX(type, rm);
        return amount == 0 ? value : ir.binary(shiftOp(shift), type, value, ir.movi(type, amount));
    }

    private static Opcode shiftOp(int shift) {
        return switch (shift) {
            case 0 -> Opcode.SHL;
            case 1 -> Opcode.SHR;
            case 2 -> Opcode.SAR;
            default -> Opcode.ROTR;
        };
    }

    // ---- Add/subtract (shifted register)

    /// `ADD (shifted register)`.
    @Override
    public boolean addShiftedRegister(int sf, int shift, int rm, int imm, int rn, int rd) {
        return logical(Opcode.ADD, sf, shift, rm, imm, rn, rd);
    }

    /// `ADDS (shifted register)`.
    @Override
    public boolean addsShiftedRegister(int sf, int shift, int rm, int imm, int rn, int rd) {
        Type type = Type.ofSf(sf);
        return addSubFlags(Opcode.ADD, Opcode.NZCV_ADD, type, ir.readX(type, rn), shifted(type, rm, shift, imm), rd);
    }

    /// `SUB (shifted register)`.
    @Override
    public boolean subShiftedRegister(int sf, int shift, int rm, int imm, int rn, int rd) {
        return logical(Opcode.SUB, sf, shift, rm, imm, rn, rd);
    }

    /// `SUBS (shifted register)`.
    @Override
    public boolean subsShiftedRegister(int sf, int shift, int rm, int imm, int rn, int rd) {
        Type type = Type.ofSf(sf);
        return addSubFlags(Opcode.SUB, Opcode.NZCV_SUB, type, ir.readX(type, rn), shifted(type, rm, shift, imm), rd);
    }

    private boolean addSubFlags(Opcode op, Opcode flags, Type type, int left, int right, int rd) {
        ir.writeNzcv(ir.binary(flags, type, left, right));
        if (rd != 31) {
            ir.writeX(type, rd, ir.binary(op, type, left, right));
        }
        return true;
    }

    // ---- Add/subtract (extended register)

    /// `ADD (extended register)`: `Rd|SP = Rn|SP + extended Rm`.
    @Override
    public boolean addExtendedRegister(int sf, int rm, int option, int imm, int rn, int rd) {
        Type type = Type.ofSf(sf);
        ir.writeXsp(type, rd, ir.add(type, ir.readXsp(type, rn), extended(type, rm, option, imm)));
        return true;
    }

    /// `ADDS (extended register)`.
    @Override
    public boolean addsExtendedRegister(int sf, int rm, int option, int imm, int rn, int rd) {
        Type type = Type.ofSf(sf);
        return addSubFlags(
                Opcode.ADD, Opcode.NZCV_ADD, type, ir.readXsp(type, rn), extended(type, rm, option, imm), rd);
    }

    /// `SUB (extended register)`: `Rd|SP = Rn|SP - extended Rm`.
    @Override
    public boolean subExtendedRegister(int sf, int rm, int option, int imm, int rn, int rd) {
        Type type = Type.ofSf(sf);
        ir.writeXsp(type, rd, ir.sub(type, ir.readXsp(type, rn), extended(type, rm, option, imm)));
        return true;
    }

    /// `SUBS (extended register)`.
    @Override
    public boolean subsExtendedRegister(int sf, int rm, int option, int imm, int rn, int rd) {
        Type type = Type.ofSf(sf);
        return addSubFlags(
                Opcode.SUB, Opcode.NZCV_SUB, type, ir.readXsp(type, rn), extended(type, rm, option, imm), rd);
    }

    private int extended(Type type, int rm, int option, int shift) {
        return ir.shlImmediate(type, RegisterExtend.extend(ir, type, rm, option), shift);
    }

    // ---- Add/subtract (with carry)

    /// `ADC`: `Rd = Rn + Rm + C`.
    @Override
    public boolean adc(int sf, int rm, int rn, int rd) {
        return addWithCarry(sf, rm, rn, rd, false, false);
    }

    /// `ADCS`.
    @Override
    public boolean adcs(int sf, int rm, int rn, int rd) {
        return addWithCarry(sf, rm, rn, rd, false, true);
    }

    /// `SBC`: `Rd = Rn + ~Rm + C`.
    @Override
    public boolean sbc(int sf, int rm, int rn, int rd) {
        return addWithCarry(sf, rm, rn, rd, true, false);
    }

    /// `SBCS`.
    @Override
    public boolean sbcs(int sf, int rm, int rn, int rd) {
        return addWithCarry(sf, rm, rn, rd, true, true);
    }

    private boolean addWithCarry(int sf, int rm, int rn, int rd, boolean invert, boolean setFlags) {
        Type type = Type.ofSf(sf);
        int left = ir.readX(type, rn);
        int right = ir.readX(type, rm);
        if (invert) {
            right = ir.not(type, right);
        }
        int carry = ir.extract(Type.I64, ir.readNzcv(), 1, 1);
        if (type == Type.I32) {
            carry = ir.low(carry);
        }
        if (setFlags) {
            ir.writeNzcv(ir.ternary(Opcode.NZCV_ADC, type, left, right, carry));
        }
        ir.writeX(type, rd, ir.add(type, ir.add(type, left, right), carry));
        return true;
    }

    // ---- Conditional compare

    /// `CCMN (register)`.
    @Override
    public boolean ccmnRegister(int sf, int rm, int cond, int rn, int nzcv) {
        return conditionalCompare(Opcode.NZCV_ADD, sf, ir.readX(Type.ofSf(sf), rm), cond, rn, nzcv);
    }

    /// `CCMP (register)`.
    @Override
    public boolean ccmpRegister(int sf, int rm, int cond, int rn, int nzcv) {
        return conditionalCompare(Opcode.NZCV_SUB, sf, ir.readX(Type.ofSf(sf), rm), cond, rn, nzcv);
    }

    /// `CCMN (immediate)`.
    @Override
    public boolean ccmnImmediate(int sf, int imm, int cond, int rn, int nzcv) {
        return conditionalCompare(Opcode.NZCV_ADD, sf, ir.movi(Type.ofSf(sf), imm), cond, rn, nzcv);
    }

    /// `CCMP (immediate)`.
    @Override
    public boolean ccmpImmediate(int sf, int imm, int cond, int rn, int nzcv) {
        return conditionalCompare(Opcode.NZCV_SUB, sf, ir.movi(Type.ofSf(sf), imm), cond, rn, nzcv);
    }

    private boolean conditionalCompare(Opcode flags, int sf, int right, int cond, int rn, int nzcv) {
        Type type = Type.ofSf(sf);
        int holds = ir.testcc(cond, ir.readNzcv());
        int compared = ir.binary(flags, type, ir.readX(type, rn), right);
        ir.writeNzcv(ir.movcond(
                Type.I64, Condition.NE, Type.I64, holds, ir.movi(Type.I64, 0), compared, ir.movi(Type.I64, nzcv)));
        return true;
    }

    // ---- Conditional select

    /// `CSEL`: `Rd = cond ? Rn : Rm`.
    @Override
    public boolean csel(int sf, int rm, int cond, int rn, int rd) {
        Type type = Type.ofSf(sf);
        return select(type, cond, rn, ir.readX(type, rm), rd);
    }

    /// `CSINC`: `Rd = cond ? Rn : Rm + 1`.
    @Override
    public boolean csinc(int sf, int rm, int cond, int rn, int rd) {
        Type type = Type.ofSf(sf);
        return select(type, cond, rn, ir.addImmediate(type, ir.readX(type, rm), 1), rd);
    }

    /// `CSINV`: `Rd = cond ? Rn : ~Rm`.
    @Override
    public boolean csinv(int sf, int rm, int cond, int rn, int rd) {
        Type type = Type.ofSf(sf);
        return select(type, cond, rn, ir.not(type, ir.readX(type, rm)), rd);
    }

    /// `CSNEG`: `Rd = cond ? Rn : -Rm`.
    @Override
    public boolean csneg(int sf, int rm, int cond, int rn, int rd) {
        Type type = Type.ofSf(sf);
        return select(type, cond, rn, ir.neg(type, ir.readX(type, rm)), rd);
    }

    private boolean select(Type type, int cond, int rn, int otherwise, int rd) {
        int holds = ir.testcc(cond, ir.readNzcv());
        int zero = ir.movi(Type.I64, 0);
        ir.writeX(type, rd, ir.movcond(type, Condition.NE, Type.I64, holds, zero, ir.readX(type, rn), otherwise));
        return true;
    }

    // ---- Data processing (1 source)

    /// `RBIT`: reverses the bits.
    @Override
    public boolean rbit(int sf, int rn, int rd) {
        return oneSource(Opcode.RBIT, Type.ofSf(sf), rn, rd, 0);
    }

    /// `REV16`: reverses the bytes of each halfword.
    @Override
    public boolean rev16(int sf, int rn, int rd) {
        return oneSource(Opcode.BSWAP, Type.ofSf(sf), rn, rd, 2);
    }

    /// `REV32`: reverses the bytes of each word.
    @Override
    public boolean rev32(int rn, int rd) {
        return oneSource(Opcode.BSWAP, Type.I64, rn, rd, 4);
    }

    /// `REV`, 32-bit: reverses the bytes.
    @Override
    public boolean revWord(int rn, int rd) {
        return oneSource(Opcode.BSWAP, Type.I32, rn, rd, 4);
    }

    /// `REV`, 64-bit: reverses the bytes.
    @Override
    public boolean rev(int rn, int rd) {
        return oneSource(Opcode.BSWAP, Type.I64, rn, rd, 8);
    }

    /// `CLZ`: counts leading zeros.
    @Override
    public boolean clz(int sf, int rn, int rd) {
        return oneSource(Opcode.CLZ, Type.ofSf(sf), rn, rd, 0);
    }

    /// `CLS`: counts the bits that follow and equal the sign bit.
    @Override
    public boolean cls(int sf, int rn, int rd) {
        return oneSource(Opcode.CLS, Type.ofSf(sf), rn, rd, 0);
    }

    private boolean oneSource(Opcode op, Type type, int rn, int rd, int aux) {
        ir.writeX(type, rd, ir.unary(op, type, ir.readX(type, rn), aux));
        return true;
    }

    // ---- Data processing (2 source)

    /// `UDIV`: 0 when the divisor is.
    @Override
    public boolean udiv(int sf, int rm, int rn, int rd) {
        return twoSource(Opcode.DIVU, sf, rm, rn, rd);
    }

    /// `SDIV`: 0 when the divisor is, the dividend for MIN / -1.
    @Override
    public boolean sdiv(int sf, int rm, int rn, int rd) {
        return twoSource(Opcode.DIVS, sf, rm, rn, rd);
    }

    /// `LSLV`: the count is taken modulo the width.
    @Override
    public boolean lslv(int sf, int rm, int rn, int rd) {
        return twoSource(Opcode.SHL, sf, rm, rn, rd);
    }

    /// `LSRV`.
    @Override
    public boolean lsrv(int sf, int rm, int rn, int rd) {
        return twoSource(Opcode.SHR, sf, rm, rn, rd);
    }

    /// `ASRV`.
    @Override
    public boolean asrv(int sf, int rm, int rn, int rd) {
        return twoSource(Opcode.SAR, sf, rm, rn, rd);
    }

    /// `RORV`.
    @Override
    public boolean rorv(int sf, int rm, int rn, int rd) {
        return twoSource(Opcode.ROTR, sf, rm, rn, rd);
    }

    private boolean twoSource(Opcode op, int sf, int rm, int rn, int rd) {
        Type type = Type.ofSf(sf);
        ir.writeX(type, rd, ir.binary(op, type, ir.readX(type, rn), ir.readX(type, rm)));
        return true;
    }

    // ---- Data processing (3 source)

    /// `MADD`: `Rd = Ra + Rn * Rm`.
    @Override
    public boolean madd(int sf, int rm, int ra, int rn, int rd) {
        Type type = Type.ofSf(sf);
        return accumulate(Opcode.ADD, type, ir.readX(type, rn), ir.readX(type, rm), ra, rd);
    }

    /// `MSUB`: `Rd = Ra - Rn * Rm`.
    @Override
    public boolean msub(int sf, int rm, int ra, int rn, int rd) {
        Type type = Type.ofSf(sf);
        return accumulate(Opcode.SUB, type, ir.readX(type, rn), ir.readX(type, rm), ra, rd);
    }

    /// `SMADDL`: `Xd = Xa + Wn * Wm`, signed.
    @Override
    public boolean smaddl(int rm, int ra, int rn, int rd) {
        return accumulate(Opcode.ADD, Type.I64, readSigned(rn), readSigned(rm), ra, rd);
    }

    /// `SMSUBL`: `Xd = Xa - Wn * Wm`, signed.
    @Override
    public boolean smsubl(int rm, int ra, int rn, int rd) {
        return accumulate(Opcode.SUB, Type.I64, readSigned(rn), readSigned(rm), ra, rd);
    }

    /// `UMADDL`: `Xd = Xa + Wn * Wm`, unsigned.
    @Override
    public boolean umaddl(int rm, int ra, int rn, int rd) {
        return accumulate(Opcode.ADD, Type.I64, readUnsigned(rn), readUnsigned(rm), ra, rd);
    }

    /// `UMSUBL`: `Xd = Xa - Wn * Wm`, unsigned.
    @Override
    public boolean umsubl(int rm, int ra, int rn, int rd) {
        return accumulate(Opcode.SUB, Type.I64, readUnsigned(rn), readUnsigned(rm), ra, rd);
    }

    /// `SMULH`: the high half of the signed product.
    @Override
    public boolean smulh(int rm, int rn, int rd) {
        return twoSource(Opcode.MULSH, 1, rm, rn, rd);
    }

    /// `UMULH`: the high half of the unsigned product.
    @Override
    public boolean umulh(int rm, int rn, int rd) {
        return twoSource(Opcode.MULUH, 1, rm, rn, rd);
    }

    private boolean accumulate(Opcode op, Type type, int left, int right, int ra, int rd) {
        int product = ir.binary(Opcode.MUL, type, left, right);
        boolean plain = ra == 31 && op == Opcode.ADD;
        ir.writeX(type, rd, plain ? product : ir.binary(op, type, ir.readX(type, ra), product));
        return true;
    }

    private int readSigned(int register) {
        return ir.signExtend(ir.readX(Type.I32, register));
    }

    private int readUnsigned(int register) {
        return ir.zeroExtend(ir.readX(Type.I32, register));
    }
}
