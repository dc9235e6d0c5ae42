package jqemu.plugin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginArgumentsTest {
    @ParameterizedTest
    @ValueSource(strings = {"on", "yes", "true", "y"})
    void trueWords(String word) {
        assertTrue(PluginArguments.of("inline=" + word).flag("inline", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "no", "false", "n"})
    void falseWords(String word) {
        assertFalse(PluginArguments.of("inline=" + word).flag("inline", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "On", "TRUE", "1", "0", " on", "on "})
    void otherWordsAreRefused(String word) {
        PluginArguments arguments = PluginArguments.of("inline=" + word);
        PluginException e = assertThrows(PluginException.class, () -> arguments.flag("inline", false));
        assertEquals("boolean argument parsing failed: inline=" + word, e.getMessage());
    }

    @Test
    void absentArgumentsHaveTheirDefaults() {
        PluginArguments arguments = PluginArguments.of();
        assertTrue(arguments.flag("f", true));
        assertNull(arguments.string("s"));
        assertEquals("d", arguments.string("s", "d"));
        assertEquals(7, arguments.integer("i", 7));
        assertEquals(-1L, arguments.number("n", -1));
        assertEquals(List.of(), arguments.strings("s"));
    }

    @Test
    void lastValueCountsAndAllAreKept() {
        PluginArguments arguments = PluginArguments.of("match=ldr", "inline=on", "match=str", "inline=off");
        assertEquals("str", arguments.string("match"));
        assertEquals(List.of("ldr", "str"), arguments.strings("match"));
        assertFalse(arguments.flag("inline", true));
    }

    @Test
    void valueBeginsAfterTheFirstEqualsSign() {
        PluginArguments arguments = PluginArguments.of("a=b=c", "empty=", "flag");
        assertEquals("b=c", arguments.string("a"));
        assertEquals("", arguments.string("empty"));
        assertTrue(arguments.flag("flag", false));
    }

    @Test
    void numbersInThreeBases() {
        PluginArguments arguments = PluginArguments.of(
                "d=42", "x=0xffffffffffffffff", "o=017", "m=18446744073709551615", "neg=-5", "zero=0", "i=0x7fffffff");
        assertEquals(42, arguments.number("d", 0));
        assertEquals(-1L, arguments.number("x", 0));
        assertEquals(15, arguments.number("o", 0));
        assertEquals(-1L, arguments.number("m", 0));
        assertEquals(-5, arguments.number("neg", 0));
        assertEquals(0, arguments.number("zero", 1));
        assertEquals(Integer.MAX_VALUE, arguments.integer("i", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0x", "1k", "18446744073709551616", "0x1ffffffffffffffff", "08", "--1", "+-1"})
    void badNumbersAreRefused(String text) {
        PluginArguments arguments = PluginArguments.of("n=" + text);
        assertThrows(PluginException.class, () -> arguments.number("n", 0));
        assertThrows(PluginException.class, () -> arguments.integer("n", 0));
    }

    @Test
    void unknownArgumentsAreRefused() {
        PluginArguments arguments = PluginArguments.of("inline=on", "colour=red");
        arguments.flag("inline", false);
        PluginException e = assertThrows(PluginException.class, arguments::rejectUnknown);
        assertEquals("option parsing failed: colour=red", e.getMessage());
        arguments.string("colour");
        arguments.rejectUnknown();
    }

    @Test
    void iterationKeepsTheOrder() {
        List<String> texts = new ArrayList<>();
        for (PluginArguments.Argument argument : PluginArguments.of("b=1", "a=2", "b=3")) {
            texts.add(argument.toString());
        }
        assertEquals(List.of("b=1", "a=2", "b=3"), texts);
    }
}
