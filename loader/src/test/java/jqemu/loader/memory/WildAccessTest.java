package jqemu.loader.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jqemu.loader.ChildJvm;
import jqemu.loader.ChildJvm.Tier;
import jqemu.loader.NeedsNativeHost;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A guest access that goes astray kills the process by the true signal, or is recorded: never a crash of the JVM.
@NeedsNativeHost
class WildAccessTest {
    private static final String[] KINDS = {"load", "load8", "store", "dead", "overwritten", "add", "exchange"};
    private static final String GUARD = Long.toHexString((1L << 46) + (4L << 30) - 8);

    /// Every fourth pair of kind and address, unless all are asked for; each kind and each address are among them.
    private static final int STEP = Boolean.getBoolean("jqemu.full") ? 1 : 4;

    /// Guest addresses in hexadecimal, and what is there.
    private static final String[][] ADDRESSES = {
        {"0", "NULL"},
        {"fffffffffffffff8", "NULL - 8, just below the range without the mask"},
        {"123456000", "unmapped"},
        {"600000", "PROT_NONE"},
        {"400ffe", "across the end of a page"},
        {"800000000000", "2^47"},
        {"400000000000", "just above the range"},
        {GUARD, "the guard's end"},
        {"ff000000000000", "non-canonical"},
        {"7f00000000000000", "a tag, and NULL"},
    };

    private static void expect(Tier tier, String kind, String address, String mode, int status, String output)
            throws IOException, InterruptedException {
        ChildJvm.Result result = ChildJvm.run(tier.flags(), WildAccess.class, kind, address, mode);
        assertEquals(status + ": " + output, result.status() + ": " + result.output(), kind + " at " + address);
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void wildAccessDies(Tier tier) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            List<Future<?>> runs = new ArrayList<>();
            for (int a = 0; a < ADDRESSES.length; a++) {
                String address = ADDRESSES[a][0];
                for (int k = a % STEP; k < KINDS.length; k += STEP) {
                    String kind = KINDS[k];
                    if (address.equals("400ffe") && !"load store dead overwritten".contains(kind)) {
                        continue; // a byte does not cross, an atomic access is aligned
                    }
                    runs.add(pool.submit(() -> {
                        expect(tier, kind, address, "die", 139, "");
                        return null;
                    }));
                }
            }
            for (Future<?> run : runs) {
                run.get();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void storeToReadOnlyDiesAndLoadDoesNot(Tier tier) throws Exception {
        expect(tier, "store", "500000", "die", 139, "");
        expect(tier, "exchange", "500000", "die", 139, "");
        expect(tier, "load", "500000", "die", 0, "survived");
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void fileThatIsTooShortIsSigbus(Tier tier) throws Exception {
        expect(tier, "load", "700000", "die", 135, "");
        expect(tier, "store", "700010", "check", 0, "signal 7, guest store at 0x700010");
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void tagIsIgnored(Tier tier) throws Exception {
        expect(tier, "load", "ab00000000400000", "die", 0, "survived");
        expect(tier, "store", "ff00000000400008", "die", 0, "survived");
        expect(tier, "store", "ff00000000500008", "check", 0, "signal 11, guest store at 0x500008");
    }

    @ParameterizedTest
    @EnumSource(Tier.class)
    void faultIsRecordedWithItsAddress(Tier tier) throws Exception {
        expect(tier, "load", "0", "check", 0, "signal 11, guest load at 0x0");
        expect(tier, "dead", "fffffffffffffff8", "check", 0, "signal 11, guest load at 0xfffffffffffff8");
        expect(tier, "store", "800000000000", "check", 0, "signal 11, guest store at 0x800000000000");
        expect(tier, "overwritten", "ff000000000000", "check", 0, "signal 11, guest load at 0xff000000000000");
        expect(tier, "exchange", "400000000000", "check", 0, "signal 11, guest store at 0x400000000000");
        expect(tier, "exchange", "ff000000000008", "check", 0, "signal 11, guest store at 0xff000000000008");
    }
}
