package jqemu.loader.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import jnr.constants.Constant;
import jnr.constants.platform.Errno;
import jnr.constants.platform.OpenFlags;
import jnr.constants.platform.Signal;
import org.junit.jupiter.api.Test;

/// Our constants are those of jnr-constants, where it knows them.
class HostConstantsTest {
    private static int compare(Constant[] known, String prefix) throws ReflectiveOperationException {
        int compared = 0;
        for (Field field : HostConstants.class.getFields()) {
            for (Constant constant : known) {
                if (field.getName().startsWith(prefix)
                        && constant.name().equals(field.getName())
                        && constant.defined()) {
                    assertEquals(constant.longValue(), ((Number) field.get(null)).longValue(), field.getName());
                    compared++;
                }
            }
        }
        return compared;
    }

    @Test
    void agreeWithJnrConstants() throws ReflectiveOperationException {
        assertTrue(compare(Errno.values(), "E") >= 10);
        assertTrue(compare(Signal.values(), "SIG") >= 18);
        assertTrue(compare(OpenFlags.values(), "O_") >= 8);
    }
}
