package jqemu.tcg.a64;

import jqemu.tcg.cpu.CpuModel;
import jqemu.tcg.cpu.Feature;
import jqemu.tcg.cpu.PointerKeys;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Fence;
import jqemu.tcg.ir.Helper;
import jqemu.tcg.ir.Nzcv;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// Semantics of hints, barriers, PSTATE fields, system registers and cache maintenance (the manual's "System").
final class SystemTranslator implements SystemInstructions {
    private final TranslationContext ir;
    private final CpuModel cpu;
    private final Pointers pointers;
    private final boolean hasPointerAuthentication;

    SystemTranslator(TranslationContext ir, CpuModel cpu) {
        this.ir = ir;
        this.cpu = cpu;
        this.pointers = new Pointers(ir);
        this.hasPointerAuthentication = cpu.has(Feature.PAUTH);
    }

    // ---- Hints: none has an effect that a user program could tell from a NOP, but some end a block in QEMU

    /// `NOP`.
    @Override
    public boolean nop() {
        return true;
    }

    /// `YIELD`.
    @Override
    public boolean yieldHint() {
        ir.endBlock();
        return true;
    }

    /// `WFE`: waits for no event, which the architecture allows.
    @Override
    public boolean wfe() {
        ir.endBlock();
        return true;
    }

    /// `WFI`.
    @Override
    public boolean wfi() {
        ir.endBlock();
        return true;
    }

    /// `SEV`.
    @Override
    public boolean sev() {
        return true;
    }

    /// `SEVL`.
    @Override
    public boolean sevl() {
        return true;
    }

    /// `XPACLRI`: as the other hints of pointer authentication a NOP on CPUs without.
    @Override
    public boolean xpaclri() {
        if (hasPointerAuthentication) {
            ir.writeX(Type.I64, Slot.LR, pointers.strip(ir.readX(Type.I64, Slot.LR)));
        }
        return true;
    }

    /// `PACIA1716`, `PACIB1716`, `AUTIA1716`, `AUTIB1716`: the pointer in x17, the modifier in x16.
    @Override
    public boolean pacHint1716(int aut, int b) {
        if (hasPointerAuthentication) {
            pointers.apply(aut, PointerKeys.IA + b, 17, ir.readX(Type.I64, 16));
        }
        return true;
    }

    /// `PACIAZ`, `PACIASP` and their like: the pointer in the link register, the modifier 0 or in sp.
    @Override
    public boolean pacHintLr(int aut, int b, int sp) {
        if (hasPointerAuthentication) {
            int modifier = sp == 1 ? ir.readXsp(Type.I64, Slot.SP) : ir.movi(Type.I64, 0);
            pointers.apply(aut, PointerKeys.IA + b, Slot.LR, modifier);
        }
        return true;
    }

    /// `BTI`: [BranchTargets] looks at it where it is a branch's target; else it does nothing.
    @Override
    public boolean bti(int targets) {
        return true;
    }

    /// The other hints.
    @Override
    public boolean hint(int crm, int op2) {
        return true;
    }

    // ---- Barriers

    /// `CLREX`: clears the exclusive monitor.
    @Override
    public boolean clrex(int crm) {
        ir.storeEnv(Type.I64, Slot.EXCLUSIVE_ADDRESS, ir.movi(Type.I64, Slot.NO_EXCLUSIVE));
        return true;
    }

    /// `SSBB`: a barrier against speculation; nothing here speculates.
    @Override
    public boolean ssbb() {
        return true;
    }

    /// `PSSBB`: as `SSBB`.
    @Override
    public boolean pssbb() {
        return true;
    }

    /// `DSB`.
    @Override
    public boolean dsb(int crm) {
        ir.fence(Fence.FULL);
        return true;
    }

    /// `DMB`: the two low bits of `crm` are the access types, 1 loads and 2 stores.
    @Override
    public boolean dmb(int crm) {
        ir.fence(
                switch (crm & 3) {
                    case 1 -> Fence.LOAD;
                    case 2 -> Fence.STORE;
                    default -> Fence.FULL;
                });
        return true;
    }

    /// `ISB`: ends the block, so that later instructions are fetched anew.
    @Override
    public boolean isb(int crm) {
        ir.endBlock();
        return true;
    }

    /// `SB`: as `ISB`, since nothing here speculates.
    @Override
    public boolean sb() {
        ir.endBlock();
        return true;
    }

    // ---- Waits with a timeout

    /// `WFET`: as `WFE`.
    @Override
    public boolean wfet(int rd) {
        return wfe();
    }

    /// `WFIT`: as `WFI`.
    @Override
    public boolean wfit(int rd) {
        return wfi();
    }

    // ---- PSTATE

    /// `CFINV`: inverts C.
    @Override
    public boolean cfinv() {
        ir.writeNzcv(ir.xor(Type.I64, ir.readNzcv(), ir.movi(Type.I64, Nzcv.C)));
        return true;
    }

    /// `XAFLAG`: from the external to Arm's format of floating-point comparison flags.
    @Override
    public boolean xaflag() {
        int nzcv = ir.readNzcv();
        int carry = ir.extract(Type.I64, nzcv, 1, 1);
        int zero = ir.extract(Type.I64, nzcv, 2, 1);
        int one = ir.movi(Type.I64, 1);
        int negative = ir.binary(Opcode.ANDC, Type.I64, ir.binary(Opcode.ANDC, Type.I64, one, carry), zero);
        int overflow = ir.binary(Opcode.ANDC, Type.I64, zero, carry);
        packFlags(negative, ir.and(Type.I64, zero, carry), ir.or(Type.I64, carry, zero), overflow);
        return true;
    }

    /// `AXFLAG`: from Arm's to the external format of floating-point comparison flags.
    @Override
    public boolean axflag() {
        int nzcv = ir.readNzcv();
        int overflow = ir.extract(Type.I64, nzcv, 0, 1);
        int carry = ir.extract(Type.I64, nzcv, 1, 1);
        int zero = ir.or(Type.I64, ir.extract(Type.I64, nzcv, 2, 1), overflow);
        int none = ir.movi(Type.I64, 0);
        packFlags(none, zero, ir.binary(Opcode.ANDC, Type.I64, carry, overflow), none);
        return true;
    }

    private void packFlags(int n, int z, int c, int v) {
        int nzcv = ir.deposit(Type.I64, v, c, 1, 1);
        nzcv = ir.deposit(Type.I64, nzcv, z, 2, 1);
        ir.writeNzcv(ir.deposit(Type.I64, nzcv, n, 3, 1));
    }

    /// `MSR SSBS, #imm`: bit 0 of the immediate counts.
    @Override
    public boolean msrSsbs(int crm) {
        return setPstate(Slot.SSBS, ir.movi(Type.I64, (crm & 1) * (long) Slot.SSBS));
    }

    /// `MSR DIT, #imm`: bit 0 of the immediate counts.
    @Override
    public boolean msrDit(int crm) {
        return setPstate(Slot.DIT, ir.movi(Type.I64, (crm & 1) * (long) Slot.DIT));
    }

    private boolean setPstate(int bit, int value) {
        int others = ir.and(Type.I64, ir.loadEnv(Type.I64, Slot.PSTATE), ir.movi(Type.I64, ~(long) bit));
        int chosen = ir.and(Type.I64, value, ir.movi(Type.I64, bit));
        ir.storeEnv(Type.I64, Slot.PSTATE, ir.or(Type.I64, others, chosen));
        return true;
    }

    private int readPstate(int bit) {
        return ir.and(Type.I64, ir.loadEnv(Type.I64, Slot.PSTATE), ir.movi(Type.I64, bit));
    }

    /// `MSR (immediate)`: fields that EL0 may not write.
    @Override
    public boolean msrImmediate(int op1, int crm, int op2) {
        return false;
    }

    // ---- System registers

    /// `MRS`: the registers that EL0 can read, and the identification registers as Linux emulates them.
    @Override
    public boolean mrs(int o0, int op1, int crn, int crm, int op2, int rt) {
        int register = encoding(o0, op1, crn, crm, op2);
        int value;
        switch (register) {
            case SystemRegisterEncoding.NZCV -> value = ir.shlImmediate(Type.I64, ir.readNzcv(), 28);
            case SystemRegisterEncoding.FPCR -> value = ir.loadEnv(Type.I64, Slot.FPCR);
            case SystemRegisterEncoding.FPSR -> value = ir.loadEnv(Type.I64, Slot.FPSR);
            case SystemRegisterEncoding.TPIDR_EL0 -> value = ir.loadEnv(Type.I64, Slot.TPIDR);
            case SystemRegisterEncoding.DIT -> {
                if (!cpu.has(Feature.DIT)) {
                    return false;
                }
                value = readPstate(Slot.DIT);
            }
            case SystemRegisterEncoding.SSBS -> {
                if (!cpu.has(Feature.SSBS)) {
                    return false;
                }
                value = readPstate(Slot.SSBS);
            }
            case SystemRegisterEncoding.TPIDRRO_EL0 -> value = ir.movi(Type.I64, 0);
            case SystemRegisterEncoding.CTR_EL0 -> value = ir.movi(Type.I64, cpu.cacheType());
            case SystemRegisterEncoding.DCZID_EL0 -> value = ir.movi(Type.I64, cpu.zeroBlockSize());
            case SystemRegisterEncoding.CNTFRQ_EL0 -> value = ir.movi(Type.I64, cpu.counterHz());
            case SystemRegisterEncoding.CNTVCT_EL0 -> {
                int none = ir.movi(Type.I64, 0);
                value = ir.call(Type.I64, Helper.READ_COUNTER, none, none, none, none, cpu.counterShift());
            }
            default -> {
                if (!SystemRegisterEncoding.isIdentification(register)) {
                    return false;
                }
                value = ir.movi(Type.I64, cpu.identification(crm, op2));
            }
        }
        ir.writeX(Type.I64, rt, value);
        return true;
    }

    /// `MSR (register)`: NZCV, FPCR, FPSR and the thread register.
    @Override
    public boolean msrRegister(int o0, int op1, int crn, int crm, int op2, int rt) {
        int value = ir.readX(Type.I64, rt);
        switch (encoding(o0, op1, crn, crm, op2)) {
            case SystemRegisterEncoding.NZCV -> ir.writeNzcv(ir.extract(Type.I64, value, 28, 4));
            case SystemRegisterEncoding.FPCR -> {
                // translations may be specialised for the rounding mode: go on in a new block
                writeMasked(Slot.FPCR, value, SystemRegisterEncoding.FPCR_MASK);
                ir.endBlock();
            }
            case SystemRegisterEncoding.FPSR -> writeMasked(Slot.FPSR, value, SystemRegisterEncoding.FPSR_MASK);
            case SystemRegisterEncoding.DIT -> {
                return cpu.has(Feature.DIT) && setPstate(Slot.DIT, value);
            }
            case SystemRegisterEncoding.SSBS -> {
                return cpu.has(Feature.SSBS) && setPstate(Slot.SSBS, value);
            }
            case SystemRegisterEncoding.TPIDR_EL0 -> {
                ir.storeEnv(Type.I64, Slot.TPIDR, value);
                ir.endBlock();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void writeMasked(int slot, int value, long mask) {
        ir.storeEnv(Type.I64, slot, ir.and(Type.I64, value, ir.movi(Type.I64, mask)));
    }

    private static int encoding(int o0, int op1, int crn, int crm, int op2) {
        return SystemRegisterEncoding.pack(2 + o0, op1, crn, crm, op2);
    }

    // ---- Cache maintenance

    /// `SYS`: the operations that EL0 may do, `DC ZVA`, `IC IVAU` and the data cache's maintenance.
    @Override
    public boolean sys(int op1, int crn, int crm, int op2, int rt) {
        switch (SystemRegisterEncoding.pack(1, op1, crn, crm, op2)) {
            case SystemRegisterEncoding.DC_ZVA -> {
                int address = ir.readX(Type.I64, rt);
                ir.unary(Opcode.ZERO_BLOCK, Type.I64, address, CpuModel.ZERO_BLOCK_SHIFT);
            }
            case SystemRegisterEncoding.IC_IVAU -> {
                int none = ir.movi(Type.I64, 0);
                ir.call(Type.I64, Helper.INVALIDATE_CODE, ir.readX(Type.I64, rt), none, none, none, 0);
                ir.endBlock();
            }
            case SystemRegisterEncoding.DC_CVAC, SystemRegisterEncoding.DC_CVAU, SystemRegisterEncoding.DC_CIVAC -> {
                // memory is coherent with what caches there are
            }
            case SystemRegisterEncoding.DC_CVAP -> {
                return cpu.has(Feature.DPB);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /// `SYSL`: no operation of it exists at EL0.
    @Override
    public boolean sysl(int op1, int crn, int crm, int op2, int rt) {
        return false;
    }
}
