package jqemu.tcg.a64;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import jqemu.tcg.cpu.CpuModel;
import jqemu.tcg.cpu.Feature;
import jqemu.tcg.ir.IrBlock;
import org.junit.jupiter.api.Test;

/// An instruction of a feature that the CPU lacks is undefined.
final class FeatureTest {
    private static final int MRS_DIT = 0xd53b_42a0;
    private static final int DC_CVAP = 0xd50b_7c20;
    private static final int PACIASP = 0xd503_233f;

    private static boolean isExecuted(CpuModel cpu, int insn) {
        var context = new TranslationContext(new IrBlock(), CodegenOptions.PLAIN);
        context.startInstruction(0, insn);
        return Decoders.forContext(context, cpu).decode(insn);
    }

    @Test
    void instructionsNeedTheirFeature() {
        CpuModel a53 = Objects.requireNonNull(CpuModel.named("cortex-a53"));
        CpuModel everything = CpuModel.max().with(Feature.PAUTH).with(Feature.PAUTH_IMPDEF);
        var wrong = new ArrayList<String>();
        for (Pattern pattern : Patterns.all()) {
            if (pattern.feature().equals("armv8.0")) {
                continue;
            }
            Feature feature = Feature.valueOf(pattern.feature().toUpperCase(Locale.ROOT));
            // with these fields every such pattern is allocated, apart from constraints on them
            int insn = pattern.value() | 0x0001_0020 & ~pattern.mask();
            if (PatternDecoder.pattern(insn) != pattern.number() || !isExecuted(everything, insn)) {
                continue;
            }
            if (isExecuted(a53, insn) != a53.has(feature) || isExecuted(everything.without(feature), insn)) {
                wrong.add(pattern.name());
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void systemRegistersAndOperationsNeedTheirFeature() {
        for (int insn : new int[] {MRS_DIT, DC_CVAP}) {
            assertTrue(isExecuted(CpuModel.max(), insn));
            assertFalse(isExecuted(Objects.requireNonNull(CpuModel.named("cortex-a53")), insn));
        }
    }

    @Test
    void hintsOfPointerAuthenticationAreNopsWithoutIt() {
        assertTrue(isExecuted(Objects.requireNonNull(CpuModel.named("cortex-a53")), PACIASP));
    }
}
