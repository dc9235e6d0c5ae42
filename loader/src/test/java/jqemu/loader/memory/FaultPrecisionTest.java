package jqemu.loader.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import jqemu.loader.ChildJvm;
import jqemu.loader.ChildJvm.Tier;
import jqemu.loader.NeedsNativeHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// With a check behind each access, a guest's fault is found at that very access, in every tier of the JVM.
@NeedsNativeHost
class FaultPrecisionTest {
    /// Random blocks for a run; a tenth in HotSpot's interpreter.
    private static final int BLOCKS = Boolean.getBoolean("jqemu.full") ? 30_000 : 5000;

    private static void expectPrecise(List<String> flags, Class<?> program, int tests, int seed) throws Exception {
        ChildJvm.Result result = ChildJvm.run(flags, program, Integer.toString(tests), Integer.toString(seed));
        assertEquals(0, result.status(), result.output());
        assertTrue(result.output().startsWith("precise " + tests + " tests"), result.output());
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void randomBlocksFaultPrecisely(Tier tier) throws Exception {
        expectPrecise(tier.flags(), FaultPrecision.class, tier == Tier.XINT ? BLOCKS / 10 : BLOCKS, 1);
    }

    @Test
    void randomBlocksFaultPreciselyWhileTiersChange() throws Exception {
        expectPrecise(List.of(), FaultPrecision.class, BLOCKS, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC"})
    void signalsOfTheJvmAreLeftToIt(String collector) throws Exception {
        expectPrecise(List.of(collector, "-Xmx256m"), FaultStress.class, BLOCKS, 3);
    }
}
