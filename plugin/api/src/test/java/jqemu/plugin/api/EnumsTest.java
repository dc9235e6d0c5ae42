package jqemu.plugin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnumsTest {
    /// Columns: cell, constant, then the expected result of NEVER, ALWAYS, EQ, NE, LT, LE, GT, GE.
    @ParameterizedTest
    @CsvSource({
        "1, 2, 01011100",
        "2, 2, 01100101",
        "3, 2, 01010011",
        "-1, 1, 01010011",
        "1, -1, 01011100",
        "-9223372036854775808, 9223372036854775807, 01010011",
    })
    void conditionsAreUnsigned(long cell, long constant, String expected) {
        StringBuilder results = new StringBuilder();
        for (Condition condition : Condition.values()) {
            results.append(condition.test(cell, constant) ? '1' : '0');
        }
        assertEquals(expected, results.toString());
    }

    @Test
    void memoryAccessFilters() {
        assertTrue(MemoryAccess.READ.includes(false));
        assertFalse(MemoryAccess.READ.includes(true));
        assertFalse(MemoryAccess.WRITE.includes(false));
        assertTrue(MemoryAccess.WRITE.includes(true));
        assertTrue(MemoryAccess.READ_WRITE.includes(false));
        assertTrue(MemoryAccess.READ_WRITE.includes(true));
    }

    @Test
    void memoryInfo() {
        MemoryInfo info = new MemoryInfo(4, false, false, true);
        assertEquals(16, info.size());
        assertNull(info.hardwareAddress(0x1000));
        assertThrows(IllegalArgumentException.class, () -> new MemoryInfo(5, false, false, true));
    }

    @Test
    void versionRange() {
        assertTrue(PluginApi.isSupported(PluginApi.VERSION));
        assertTrue(PluginApi.isSupported(PluginApi.MIN_VERSION));
        assertFalse(PluginApi.isSupported(PluginApi.MIN_VERSION - 1));
        assertFalse(PluginApi.isSupported(PluginApi.VERSION + 1));
    }
}
