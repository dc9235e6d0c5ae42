package jqemu.tcg.helper;

import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.PointerKeys;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.ir.Bits;

/// Signing and checking of pointers (FEAT_PAuth2 with FEAT_FPAC), for addresses of 48 bits.
///
/// The code takes the place of the bits that an address does not use, bit 55 apart, which says to which half of the
/// address space it belongs: bits 54 to 48, in the upper half also 63 to 56 (in the lower one the top byte is ignored,
/// and kept). A pointer is signed by exclusive or: signing one whose unused bits are wrong gives one that never
/// authenticates.
final class PointerAuthentication {
    private static final int HALF_BIT = 55;
    private static final long CODE_BITS_LOWER = 0x007f_0000_0000_0000L;
    private static final long CODE_BITS_UPPER = 0xff7f_0000_0000_0000L;
    private static final long GENERIC_BITS = 0xffff_ffff_0000_0000L;

    private static final long MIX_1 = 0xff51_afd7_ed55_8ccdL;
    private static final long MIX_2 = 0xc4ce_b9fe_1a85_ec53L;

    private PointerAuthentication() {}

    /// `PAC*`: signs `pointer` for `modifier`.
    static long sign(CpuState env, long pointer, long modifier, int key) {
        long code = code(env.pointerKeys(), original(pointer), modifier, key);
        return pointer ^ code & codeBits(pointer);
    }

    /// `AUT*`: the pointer without its code; `reshigh` is 1 when the code was wrong.
    static long authenticate(CpuState env, long pointer, long modifier, int key) {
        long code = code(env.pointerKeys(), original(pointer), modifier, key);
        long plain = pointer ^ code & codeBits(pointer);
        env.set(Slot.RESULT_HIGH, plain == original(pointer) ? 0 : 1);
        return plain;
    }

    /// `PACGA`: a code of 32 bits for any value.
    static long generic(CpuState env, long value, long modifier) {
        return code(env.pointerKeys(), value, modifier, PointerKeys.GA) & GENERIC_BITS;
    }

    private static long codeBits(long pointer) {
        return Bits.extract(pointer, HALF_BIT, 1) == 0 ? CODE_BITS_LOWER : CODE_BITS_UPPER;
    }

    /// `pointer` with its unused bits as they are before it is signed.
    private static long original(long pointer) {
        return Bits.extract(pointer, HALF_BIT, 1) == 0 ? pointer & ~CODE_BITS_LOWER : pointer | CODE_BITS_UPPER;
    }

    private static long code(PointerKeys keys, long value, long modifier, int key) {
        if (keys.isQarma5()) {
            return Qarma5.encrypt(value, modifier, keys.high(key), keys.low(key));
        }
        return hash(value, modifier, keys.high(key), keys.low(key));
    }

    /// The algorithm that the architecture leaves to the implementation: mixing by two multiplications, for guests
    /// that have to notice mistakes, not attacks.
    private static long hash(long value, long modifier, long high, long low) {
        long state = (value ^ low) * MIX_1;
        state = (state ^ state >>> 32 ^ modifier ^ high) * MIX_2;
        return state ^ state << 32 ^ state >>> 29;
    }
}
