package jqemu.tcg.a64;

import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of data processing with an immediate operand (the manual's "Data processing (immediate)").
final class DataProcessingImmediateTranslator implements DataProcessingImmediate {
    private final TranslationContext ir;

    DataProcessingImmediateTranslator(TranslationContext ir) {
        this.ir = ir;
    }

    // ---- PC-relative addressing

    /// `ADR`: `Xd = pc + imm`.
    @Override
    public boolean adr(int imm, int rd) {
        ir.writeX(Type.I64, rd, ir.movi(Type.I64, ir.pc() + imm));
        return true;
    }

    /// `ADRP`: `Xd = page of pc + imm pages`.
    @Override
    public boolean adrp(int imm, int rd) {
        long page = Bits.deposit(ir.pc(), 0, 12, 0);
        ir.writeX(Type.I64, rd, ir.movi(Type.I64, page + ((long) imm << 12)));
        return true;
    }

    // ---- Add/subtract (immediate)

    /// `ADD (immediate)`: `Rd|SP = Rn|SP + imm`.
    @Override
    public boolean addImmediate(int sf, int sh, int imm, int rn, int rd) {
        return addSub(Opcode.ADD, sf, sh, imm, rn, rd);
    }

    /// `ADDS (immediate)`.
    @Override
    public boolean addsImmediate(int sf, int sh, int imm, int rn, int rd) {
        return addSubFlags(Opcode.ADD, Opcode.NZCV_ADD, sf, sh, imm, rn, rd);
    }

    /// `SUB (immediate)`: `Rd|SP = Rn|SP - imm`.
    @Override
    public boolean subImmediate(int sf, int sh, int imm, int rn, int rd) {
        return addSub(Opcode.SUB, sf, sh, imm, rn, rd);
    }

    /// `SUBS (immediate)`.
    @Override
    public boolean subsImmediate(int sf, int sh, int imm, int rn, int rd) {
        return addSubFlags(Opcode.SUB, Opcode.NZCV_SUB, sf, sh, imm, rn, rd);
    }

    private boolean addSub(Opcode op, int sf, int sh, int imm, int rn, int rd) {
        Type type = Type.ofSf(sf);
        ir.writeXsp(type, rd, ir.binary(op, type, ir.readXsp(type, rn), shifted(type, sh, imm)));
        return true;
    }

    private boolean addSubFlags(Opcode op, Opcode flags, int sf, int sh, int imm, int rn, int rd) {
        Type type = Type.ofSf(sf);
        int left = ir.readXsp(type, rn);
        int right = shifted(type, sh, imm);
        ir.writeNzcv(ir.binary(flags, type, left, right));
        if (rd != 31) {
            ir.writeX(type, rd, ir.binary(op, type, left, right));
        }
        return true;
    }

    private int shifted(Type type, int sh, int imm) {
        return ir.movi(type, (long) imm << (12 * sh));
    }

    // ---- Logical (immediate)

    /// `AND (immediate)`: `Rd|SP = Rn & imm`.
    @Override
    public boolean andImmediate(int sf, int n, int immr, int imms, int rn, int rd) {
        return logical(Opcode.AND, sf, n, immr, imms, rn, rd);
    }

    /// `ORR (immediate)`: `Rd|SP = Rn | imm`.
    @Override
    public boolean orrImmediate(int sf, int n, int immr, int imms, int rn, int rd) {
        return logical(Opcode.OR, sf, n, immr, imms, rn, rd);
    }

    /// `EOR (immediate)`: `Rd|SP = Rn ^ imm`.
    @Override
    public boolean eorImmediate(int sf, int n, int immr, int imms, int rn, int rd) {
        return logical(Opcode.XOR, sf, n, immr, imms, rn, rd);
    }

    /// `ANDS (immediate)`.
    @Override
    public boolean andsImmediate(int sf, int n, int immr, int imms, int rn, int rd) {
        if (!BitmaskImmediate.isValid(sf, n, immr, imms)) {
            return false;
        }
        Type type = Type.ofSf(sf);
        int result = ir.and(type, ir.readX(type, rn), ir.movi(type, BitmaskImmediate.decode(n, immr, imms)));
        ir.writeNzcv(ir.unary(Opcode.NZCV_LOGIC, type, result));
        ir.writeX(type, rd, result);
        return true;
    }

    private boolean logical(Opcode op, int sf, int n, int immr, int imms, int rn, int rd) {
        if (!BitmaskImmediate.isValid(sf, n, immr, imms)) {
            return false;
        }
        Type type = Type.ofSf(sf);
        int mask = ir.movi(type, BitmaskImmediate.decode(n, immr, imms));
        ir.writeXsp(type, rd, ir.binary(op, type, ir.readX(type, rn), mask));
        return true;
    }

    // ---- Move wide (immediate)

    /// `MOVN`: `Rd = ~(imm << 16 * hw)`.
    @Override
    public boolean movn(int sf, int hw, int imm, int rd) {
        Type type = Type.ofSf(sf);
        ir.writeX(type, rd, ir.movi(type, ~((long) imm << (16 * hw))));
        return true;
    }

    /// `MOVZ`: `Rd = imm << 16 * hw`.
    @Override
    public boolean movz(int sf, int hw, int imm, int rd) {
        Type type = Type.ofSf(sf);
        ir.writeX(type, rd, ir.movi(type, (long) imm << (16 * hw)));
        return true;
    }

    /// `MOVK`: replaces 16 bits of `Rd`.
    @Override
    public boolean movk(int sf, int hw, int imm, int rd) {
        Type type = Type.ofSf(sf);
        ir.writeX(type, rd, ir.deposit(type, ir.readX(type, rd), ir.movi(type, imm), 16 * hw, 16));
        return true;
    }

    // ---- Bitfield: with `imms < immr` the low `imms + 1` bits move up, else a field moves down

    /// `SBFM`: a field of `Rn`, sign-extended.
    @Override
    public boolean sbfm(int sf, int n, int immr, int imms, int rn, int rd) {
        Type type = Type.ofSf(sf);
        int source = ir.readX(type, rn);
        if (imms < immr) {
            int position = type.bits() - immr;
            int field = ir.sextract(type, source, 0, imms + 1);
            ir.writeX(type, rd, ir.shlImmediate(type, field, position));
        } else {
            ir.writeX(type, rd, ir.sextract(type, source, immr, imms - immr + 1));
        }
        return true;
    }

    /// `BFM`: a field of `Rn` replaces one of `Rd`.
    @Override
    public boolean bfm(int sf, int n, int immr, int imms, int rn, int rd) {
        Type type = Type.ofSf(sf);
        int source = ir.readX(type, rn);
        int base = ir.readX(type, rd);
        if (imms < immr) {
            ir.writeX(type, rd, ir.deposit(type, base, source, type.bits() - immr, imms + 1));
        } else {
            int length = imms - immr + 1;
            ir.writeX(type, rd, ir.deposit(type, base, ir.extract(type, source, immr, length), 0, length));
        }
        return true;
    }

    /// `UBFM`: a field of `Rn`, zero-extended.
    @Override
    public boolean ubfm(int sf, int n, int immr, int imms, int rn, int rd) {
        Type type = Type.ofSf(sf);
        int source = ir.readX(type, rn);
        if (imms < immr) {
            int field = ir.extract(type, source, 0, imms + 1);
            ir.writeX(type, rd, ir.shlImmediate(type, field, type.bits() - immr));
        } else {
            ir.writeX(type, rd, ir.extract(type, source, immr, imms - immr + 1));
        }
        return true;
    }

    // ---- Extract

    /// `EXTR`: the register-wide part of `Rn:Rm` that starts at bit `imms`.
    @Override
    public boolean extr(int sf, int n, int rm, int imms, int rn, int rd) {
        Type type = Type.ofSf(sf);
        int low = ir.readX(type, rm);
        int high = ir.readX(type, rn);
        ir.writeX(type, rd, ir.binary(Opcode.EXTRACT2, type, low, high, imms));
        return true;
    }
}
