package jqemu.tcg.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import jqemu.plugin.api.PluginException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PluginOptionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "./a.jar                       | ./a.jar | ",
                "file=./a.jar                  | ./a.jar | ",
                "a.jar,inline=on,match=ldr x0  | a.jar   | inline=on match=ldr_x0",
                "a.jar,match=ldr x0,,          | a.jar   | match=ldr_x0,",
                "a,,b.jar,x=1,,2               | a,b.jar | x=1,2",
                "a.jar,x=a=b                   | a.jar   | x=a=b",
                "a.jar,x=                      | a.jar   | x=",
                "a.jar,                        | a.jar   | ",
                "file=a.jar,x=1                | a.jar   | x=1",
                "a.jar,help                    | a.jar   | help=on",
                "a.jar,id=p1,x=1               | a.jar   | x=1",
                "a.jar,arg=on                  | a.jar   | arg=on"
            })
    void plainForms(String text, String path, String arguments) {
        PluginOption.Parser parser = new PluginOption.Parser().add(text.strip());
        PluginOption option = parser.plugins().getFirst();
        assertEquals(path, option.path());
        assertEquals(
                arguments == null ? "" : arguments,
                String.join(" ", option.arguments()).replace("ldr x0", "ldr_x0"));
        assertEquals(List.of(), parser.warnings());
    }

    @ParameterizedTest
    @CsvSource({"foo,foo=on", "nobar,bar=off", "arg=foo,foo=on", "arg=a=b,a=b"})
    void oldFormsAreWarnedAbout(String element, String argument) {
        PluginOption.Parser parser = new PluginOption.Parser().add("a.jar," + element);
        assertEquals(List.of(argument), parser.plugins().getFirst().arguments());
        assertEquals(1, parser.warnings().size());
        assertTrue(
                parser.warnings().getFirst().contains("'" + argument + "'"),
                parser.warnings().getFirst());
    }

    @Test
    void samePathIsOnePluginWithAllArguments() {
        PluginOption.Parser parser =
                new PluginOption.Parser().add("a.jar,x=1").add("b.jar").add("").add("file=a.jar,y=2");
        assertEquals(
                List.of(new PluginOption("a.jar", List.of("x=1", "y=2")), new PluginOption("b.jar", List.of())),
                parser.plugins());
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "?", "a.jar,x=help", "file=?"})
    void helpIsAskedFor(String text) {
        assertTrue(new PluginOption.Parser().add(text).isHelpWanted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"inline=on", "x=1,file=a.jar", "file="})
    void argumentsNeedAPlugin(String text) {
        PluginOption.Parser parser = new PluginOption.Parser();
        assertThrows(PluginException.class, () -> parser.add(text));
    }

    @Test
    void nothingIsNoPlugin() {
        assertEquals(List.of(), new PluginOption.Parser().add("").plugins());
    }
}
