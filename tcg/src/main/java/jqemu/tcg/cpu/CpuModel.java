package jqemu.tcg.cpu;

import jqemu.tcg.ir.Bits;
import org.jspecify.annotations.Nullable;

/// What a guest CPU announces: a set of [Feature]s, and what follows from it, the auxiliary vector's capability words
/// and the identification registers that EL0 can read (directly, or as Linux emulates `MRS` of them).
public final class CpuModel {
    /// `DCZID_EL0` as block size: log2 of the bytes that `DC ZVA` zeroes.
    public static final int ZERO_BLOCK_SHIFT = 6;

    // base capabilities of Linux's uapi/asm/hwcap.h
    private static final long FP = 1L;
    private static final long ASIMD = 1L << 1;
    private static final long CPUID = 1L << 11;

    /// IDC and DIC are 0: the guest has to invalidate the instruction cache by `IC IVAU`, which tells us of new
    /// code.
    private static final long CTR = 0x8444c004L;

    /// The first level's instruction cache of the Cortex-A53 is virtually indexed.
    private static final long CTR_A53 = 0x84448004L;

    private final String name;
    private final long features;
    private final long midr;

    private CpuModel(String name, long features, long midr) {
        this.name = name;
        this.features = features;
        this.midr = midr;
    }

    /// The default CPU: everything that is implemented, pointer authentication only on demand (see
    /// `docs/decisions`).
    public static CpuModel max() {
        long onDemand = Feature.PAUTH.bit() | Feature.PAUTH_IMPDEF.bit() | Feature.PAUTH_QARMA5.bit();
        return new CpuModel("max", Feature.all() & ~onDemand, 0x000f_0510L);
    }

    private static long cryptography() {
        return Feature.AES.bit()
                | Feature.PMULL.bit()
                | Feature.SHA1.bit()
                | Feature.SHA256.bit()
                | Feature.CRC32.bit();
    }

    /// What the Cortex-A76 and the Neoverse N1 (Armv8.2-A) have in common.
    private static long armv82() {
        return cryptography()
                | Feature.LSE.bit()
                | Feature.RDM.bit()
                | Feature.FP16.bit()
                | Feature.DOTPROD.bit()
                | Feature.RCPC.bit()
                | Feature.DPB.bit();
    }

    /// The CPU that `-cpu` calls `name`, or null when there is none.
    public static @Nullable CpuModel named(String name) {
        return switch (name) {
            case "max" -> max();
            case "cortex-a53" -> new CpuModel(name, cryptography(), 0x410f_d034L);
            case "cortex-a72" -> new CpuModel(name, cryptography(), 0x410f_d083L);
            case "cortex-a76" -> new CpuModel(name, armv82() | Feature.SSBS_FIELD.bit(), 0x414f_d0b1L);
            case "neoverse-n1" -> new CpuModel(name, armv82() | Feature.SSBS.bit(), 0x414f_d0c1L);
            default -> null;
        };
    }

    /// This CPU with `feature`.
    public CpuModel with(Feature feature) {
        return new CpuModel(name, features | feature.bit(), midr);
    }

    /// This CPU without `feature`.
    public CpuModel without(Feature feature) {
        return new CpuModel(name, features & ~feature.bit(), midr);
    }

    /// The name for `-cpu`.
    public String name() {
        return name;
    }

    /// Whether the CPU announces `feature`.
    public boolean has(Feature feature) {
        return (features & feature.bit()) != 0;
    }

    /// `AT_HWCAP`.
    public long hwcap() {
        long hwcap = FP | ASIMD | CPUID;
        for (int i = 0; i < Feature.count(); i++) {
            hwcap |= has(Feature.at(i)) ? Feature.at(i).hwcap : 0;
        }
        // QEMU's Neoverse N1 has SSBS, but its capability words do not say so
        return name.equals("max") ? hwcap : hwcap & ~Feature.SSBS.hwcap;
    }

    /// `AT_HWCAP2`.
    public long hwcap2() {
        long hwcap2 = 0;
        for (int i = 0; i < Feature.count(); i++) {
            hwcap2 |= has(Feature.at(i)) ? Feature.at(i).hwcap2 : 0;
        }
        return hwcap2;
    }

    /// `AT_HWCAP3`: nothing of it (memory tagging, atomic floating point) is implemented.
    public long hwcap3() {
        return 0;
    }

    /// `MIDR_EL1`: which processor this is.
    public long mainId() {
        return midr;
    }

    /// The identification register of encoding `op0 == 3, op1 == 0, CRn == 0` with these `crm` and `op2`, as Linux
    /// shows it to EL0: registers of that space that it does not list read as zero.
    public long identification(int crm, int op2) {
        int register = crm << 3 | op2;
        long value = register == IdRegister.MIDR ? midr : IdRegister.base(register);
        for (int i = 0; i < Feature.count(); i++) {
            Feature feature = Feature.at(i);
            if (feature.register == register && has(feature)) {
                value = highestFields(value, feature.fields);
            }
        }
        return value;
    }

    private static long highestFields(long left, long right) {
        long result = 0;
        for (int position = 0; position < Long.SIZE; position += 4) {
            long field = Math.max(Bits.extract(left, position, 4), Bits.extract(right, position, 4));
            result |= field << position;
        }
        return result;
    }

    /// `CTR_EL0`, the cache type register.
    public long cacheType() {
        return name.equals("cortex-a53") ? CTR_A53 : CTR;
    }

    /// `DCZID_EL0`.
    public long zeroBlockSize() {
        return ZERO_BLOCK_SHIFT - 2;
    }

    /// `CNTFRQ_EL0`: generic timers run at 1 GHz since Armv8.6-A, those of QEMU's older CPUs at 62.5 MHz.
    public long counterHz() {
        return 1_000_000_000L >> counterShift();
    }

    /// Log2 of the nanoseconds per tick of the virtual counter.
    public int counterShift() {
        return name.equals("max") ? 0 : 4;
    }
}
