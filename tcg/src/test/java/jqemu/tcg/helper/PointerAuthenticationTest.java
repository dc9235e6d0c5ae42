package jqemu.tcg.helper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import jqemu.tcg.cpu.CpuModel;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Feature;
import jqemu.tcg.cpu.PointerKeys;
import jqemu.tcg.cpu.Slot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is signed authenticates, and nothing else.
final class PointerAuthenticationTest {
    private static final long POINTER = 0xaa00_1234_5678_9abcL;
    private static final long UPPER = 0xffff_1234_5678_9abcL;

    @Test
    void qarma5GivesTheResultOfThePaper() {
        long result = Qarma5.encrypt(
                0xfb62_3599_da6e_8127L, 0x477d_469d_ec0b_8762L, 0x84be_85ce_9804_e94bL, 0xec28_02d4_e0a4_88e9L);
        assertEquals(0xc003_b939_99b3_3765L, result);
    }

    private static CpuState env(Feature algorithm) {
        CpuState env = new CpuState(0);
        env.setPointerKeys(PointerKeys.of(CpuModel.max().with(Feature.PAUTH).with(algorithm), 1));
        return env;
    }

    @ParameterizedTest
    @EnumSource(names = {"PAUTH_IMPDEF", "PAUTH_QARMA5"})
    void whatIsSignedAuthenticates(Feature algorithm) {
        CpuState env = env(algorithm);
        for (int key = PointerKeys.IA; key <= PointerKeys.DB; key++) {
            for (long pointer : new long[] {POINTER, UPPER, 0}) {
                long signed = PointerAuthentication.sign(env, pointer, 7, key);
                assertEquals(pointer, PointerAuthentication.authenticate(env, signed, 7, key));
                assertEquals(0, env.get(Slot.RESULT_HIGH));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PAUTH_IMPDEF", "PAUTH_QARMA5"})
    void aWrongModifierKeyOrCodeIsNoticed(Feature algorithm) {
        CpuState env = env(algorithm);
        long signed = PointerAuthentication.sign(env, UPPER, 7, PointerKeys.IA);
        PointerAuthentication.authenticate(env, signed, 8, PointerKeys.IA);
        assertEquals(1, env.get(Slot.RESULT_HIGH));
        PointerAuthentication.authenticate(env, signed, 7, PointerKeys.DA);
        assertEquals(1, env.get(Slot.RESULT_HIGH));
        PointerAuthentication.authenticate(env, signed ^ 1L << 50, 7, PointerKeys.IA);
        assertEquals(1, env.get(Slot.RESULT_HIGH));
    }

    @Test
    void theTopByteOfTheLowerHalfIsKept() {
        long signed = PointerAuthentication.sign(env(Feature.PAUTH_IMPDEF), POINTER, 7, PointerKeys.IA);
        assertEquals(POINTER, signed & ~(0x7fL << 48));
        assertNotEquals(POINTER, signed);
    }

    @Test
    void keysComeFromTheSeed() {
        CpuModel cpu = CpuModel.max().with(Feature.PAUTH);
        assertEquals(PointerKeys.of(cpu, 5).high(3), PointerKeys.of(cpu, 5).high(3));
        assertNotEquals(PointerKeys.of(cpu, 5).high(3), PointerKeys.of(cpu, 6).high(3));
    }
}
