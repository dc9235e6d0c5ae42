package jqemu.tcg.ir;

/// The A64 CRC32 instructions: CRC-32 without the customary inversions, over 1, 2, 4 or 8 bytes, least significant
/// first.
public final class Crc32 {
    /// In an op's `aux`: Castagnoli's polynomial (`CRC32C*`) instead of IEEE 802.3's.
    private static final int CASTAGNOLI_BIT = 4;

    private static final int IEEE = 0xedb88320;
    private static final int CASTAGNOLI = 0x82f63b78;

    private static final int[] IEEE_TABLE = table(IEEE);
    private static final int[] CASTAGNOLI_TABLE = table(CASTAGNOLI);

    private Crc32() {}

    private static int[] table(int polynomial) {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ ((crc & 1) != 0 ? polynomial : 0);
            }
            table[i] = crc;
        }
        return table;
    }

    /// The CRC `crc` continued over the low bytes of `data`; see [Opcode#CRC32] for `aux`.
    public static long update(long crc, long data, int aux) {
        int[] table = Bits.bit(aux, CASTAGNOLI_BIT) != 0 ? CASTAGNOLI_TABLE : IEEE_TABLE;
        int bytes = Bits.field(aux, 0, CASTAGNOLI_BIT);
        int result = (int) crc;
        for (int i = 0; i < bytes; i++) {
            result = result >>> 8 ^ table[(result ^ (int) (data >>> (8 * i))) & 0xff];
        }
        return Bits.low32(result);
    }
}
