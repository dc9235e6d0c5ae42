package jqemu.tcg.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// [Nzcv] against the manual's `AddWithCarry` and `ConditionHolds`, done with unbounded integers.
class NzcvTest {
    private static long model(Type type, long a, long b, long carry) {
        int bits = type.bits();
        BigInteger unsigned =
                Operands.unsigned(a, bits).add(Operands.unsigned(b, bits)).add(BigInteger.valueOf(carry));
        BigInteger signed =
                Operands.signed(a, bits).add(Operands.signed(b, bits)).add(BigInteger.valueOf(carry));
        BigInteger result = unsigned.mod(BigInteger.TWO.pow(bits));
        long flags = result.testBit(bits - 1) ? Nzcv.N : 0;
        flags |= result.signum() == 0 ? Nzcv.Z : 0;
        flags |= unsigned.bitLength() > bits ? Nzcv.C : 0;
        flags |= signed.equals(Operands.signed(result.longValue(), bits)) ? 0 : Nzcv.V;
        return flags;
    }

    @ParameterizedTest
    @EnumSource(names = {"I32", "I64"})
    void flagsOfSumsAndDifferences(Type type) {
        for (long[] pair : Operands.pairs(type)) {
            long a = pair[0];
            long b = pair[1];
            String what = Long.toHexString(a) + ", " + Long.toHexString(b);
            assertEquals(model(type, a, b, 0), Nzcv.addWithCarry(type, a, b, 0), what);
            assertEquals(model(type, a, b, 1), Nzcv.addWithCarry(type, a, b, 1), what);
            assertEquals(model(type, a, type.truncate(~b), 1), Nzcv.subtract(type, a, b), what);
            assertEquals(model(type, a, 0, 0) & (Nzcv.N | Nzcv.Z), Nzcv.logic(type, a), what);
        }
    }

    /// After a comparison the condition codes mean what their names say.
    @ParameterizedTest
    @EnumSource(names = {"I32", "I64"})
    void conditionCodesAfterAComparison(Type type) {
        int bits = type.bits();
        for (long[] pair : Operands.pairs(type)) {
            long flags = Nzcv.subtract(type, pair[0], pair[1]);
            int unsigned = Operands.unsigned(pair[0], bits).compareTo(Operands.unsigned(pair[1], bits));
            int signed = Operands.signed(pair[0], bits).compareTo(Operands.signed(pair[1], bits));
            boolean[] expected = {
                unsigned == 0, unsigned >= 0, false, false, unsigned > 0, signed >= 0, signed > 0, true
            };
            for (int code = 0; code < 14; code += 2) {
                if (code != 4 && code != 6) {
                    assertEquals(expected[code / 2], Nzcv.holds(code, flags), "code " + code);
                    assertEquals(!expected[code / 2], Nzcv.holds(code + 1, flags), "code " + (code + 1));
                }
            }
        }
    }

    @Test
    void conditionCodesOfSingleFlags() {
        for (int flags = 0; flags < 16; flags++) {
            assertEquals((flags & Nzcv.N) != 0, Nzcv.holds(4, flags));
            assertEquals((flags & Nzcv.N) == 0, Nzcv.holds(5, flags));
            assertEquals((flags & Nzcv.V) != 0, Nzcv.holds(6, flags));
            assertEquals((flags & Nzcv.V) == 0, Nzcv.holds(7, flags));
            assertEquals(true, Nzcv.holds(14, flags));
            assertEquals(true, Nzcv.holds(15, flags), "NV means always");
        }
    }

    @Test
    void text() {
        assertEquals("nzcv", Nzcv.text(0));
        assertEquals("NzCv", Nzcv.text(Nzcv.N | Nzcv.C));
        assertEquals("nZcV", Nzcv.text(Nzcv.Z | Nzcv.V));
    }
}
