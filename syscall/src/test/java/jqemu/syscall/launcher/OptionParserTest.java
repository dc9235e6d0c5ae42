package jqemu.syscall.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionParserTest {
    private static final byte[][] NO_VARIABLES = {};

    private static byte[][] bytes(String... strings) {
        byte[][] bytes = new byte[strings.length][];
        for (int i = 0; i < strings.length; i++) {
            bytes[i] = strings[i].getBytes(ISO_8859_1);
        }
        return bytes;
    }

    private static List<String> strings(byte[][] bytes) {
        List<String> strings = new ArrayList<>();
        for (byte[] each : bytes) {
            strings.add(new String(each, ISO_8859_1));
        }
        return strings;
    }

    private static Options parse(String... arguments) throws EarlyExit {
        return OptionParser.parse(bytes(arguments), NO_VARIABLES);
    }

    private static Options parseWithVariable(String variable, String... arguments) throws EarlyExit {
        return OptionParser.parse(bytes(arguments), bytes("HOME=/", variable));
    }

    private static EarlyExit exitOf(String... arguments) {
        return assertThrows(EarlyExit.class, () -> parse(arguments));
    }

    private static String messageOf(String... arguments) {
        EarlyExit exit = exitOf(arguments);
        assertFalse(exit.isAnswer());
        assertEquals(1, exit.status());
        String message = exit.getMessage();
        assertNotNull(message);
        assertEquals(1, message.lines().count());
        return message;
    }

    @Test
    void withoutOptionsEverythingHasItsDefault() throws EarlyExit {
        Options options = parse("prog", "-x", "--", "\u00ff");

        assertEquals(List.of("prog", "-x", "--", "\u00ff"), strings(options.arguments()));
        assertArrayEquals("prog".getBytes(ISO_8859_1), options.program());
        assertEquals("max", options.cpu());
        assertEquals(0, options.logItems());
        assertEquals(Options.UNSET, options.stackSize());
        assertNull(options.ldPrefix());
        assertNull(options.logRanges());
        assertEquals(List.of(), options.plugins());
        assertEquals(Options.HostChoice.AUTO, options.host());
        assertEquals(Options.TierChoice.AUTO, options.tier());
        assertFalse(options.isSeeded());
    }

    @Test
    void oneDashAndTwoAreTheSame() throws EarlyExit {
        assertTrue(parse("-strace", "p").logs(LogItem.STRACE));
        assertTrue(parse("--strace", "p").logs(LogItem.STRACE));
    }

    @Test
    void optionsEndAtTheProgramOrALoneDoubleDash() throws EarlyExit {
        assertFalse(parse("p", "-strace").logs(LogItem.STRACE));
        assertEquals(List.of("-strace"), strings(parse("--", "-strace").arguments()));
        assertEquals(List.of(""), strings(parse("").arguments()));
    }

    @Test
    void argv0ReplacesTheFirstArgumentOnly() throws EarlyExit {
        Options options = parse("-0", "name", "/bin/p", "a");

        assertEquals(List.of("name", "a"), strings(options.arguments()));
        assertArrayEquals("/bin/p".getBytes(ISO_8859_1), options.program());
    }

    @Test
    void valuesAreKept() throws EarlyExit {
        Options options = parse(
                "-L",
                "/l",
                "-r",
                "5.4",
                "-D",
                "log%d",
                "-B",
                "0x10000",
                "-R",
                "1G",
                "-s",
                "2M",
                "-seed",
                "077",
                "-tb-size",
                "32",
                "-cpu",
                "cortex-a53",
                "-one-insn-per-tb",
                "-plugin",
                "a.jar,x=1",
                "-plugin",
                "b",
                "-t",
                "34 40 2,37 50 1",
                "-host",
                "jnr",
                "-tier",
                "2",
                "-p",
                "4096",
                "prog");

        assertArrayEquals("/l".getBytes(ISO_8859_1), options.ldPrefix());
        assertArrayEquals("5.4".getBytes(ISO_8859_1), options.uname());
        assertArrayEquals("log%d".getBytes(ISO_8859_1), options.logFile());
        assertEquals(0x10000, options.guestBase());
        assertEquals(1L << 30, options.reservedVa());
        assertEquals(2L << 20, options.stackSize());
        assertTrue(options.isSeeded());
        assertEquals(63, options.seed());
        assertEquals(32, options.tbSize());
        assertEquals("cortex-a53", options.cpu());
        assertTrue(options.oneInsnPerTb());
        assertEquals(List.of("a.jar,x=1", "b"), strings(options.plugins().toArray(new byte[0][])));
        assertArrayEquals(new int[] {34, 40, 2, 37, 50, 1}, options.rtSignalMap());
        assertEquals(Options.HostChoice.JNR, options.host());
        assertEquals(Options.TierChoice.COMPILE, options.tier());
    }

    @Test
    void aMapForPerfIsAskedForByOptionOrVariable() throws EarlyExit {
        assertFalse(parse("p").perfMap());
        assertTrue(parse("-perfmap", "p").perfMap());
        assertTrue(parseWithVariable("QEMU_PERFMAP=", "p").perfMap());
    }

    @Test
    void logItemsAddUp() throws EarlyExit {
        Options options = parse("-d", "in_asm,cpu", "-strace", "-d", "nochain", "prog");

        assertTrue(options.logs(LogItem.IN_ASM) && options.logs(LogItem.CPU));
        assertTrue(options.logs(LogItem.STRACE) && options.logs(LogItem.NOCHAIN));
        assertFalse(options.logs(LogItem.EXEC));
        assertTrue(parse("-d", "all", "p").logs(LogItem.EXEC));
        assertFalse(parse("-d", "all", "p").logs(LogItem.TID));
    }

    @Test
    void variablesComeFirstAndTheCommandLineWins() throws EarlyExit {
        assertEquals(
                "max",
                parseWithVariable("QEMU_CPU=cortex-a53", "-cpu", "max", "p").cpu());
        assertEquals("cortex-a53", parseWithVariable("QEMU_CPU=cortex-a53", "p").cpu());
        Options options = parseWithVariable("QEMU_PLUGIN=a", "-plugin", "b", "p");
        assertEquals(List.of("a", "b"), strings(options.plugins().toArray(new byte[0][])));
        assertEquals(
                Options.TierChoice.INTERPRET,
                parseWithVariable("JQEMU_TIER=1", "p").tier());
    }

    @Test
    void aFlagVariableWorksByBeingSet() throws EarlyExit {
        assertTrue(parseWithVariable("QEMU_STRACE=", "p").logs(LogItem.STRACE));
        assertFalse(parseWithVariable("QEMU_STRACER=1", "p").logs(LogItem.STRACE));
        EarlyExit exit = assertThrows(EarlyExit.class, () -> parseWithVariable("QEMU_VERSION=", "p"));
        assertTrue(exit.isAnswer());
        assertEquals(0, exit.status());
    }

    @Test
    void theGuestsEnvironmentIsTheCallersWithoutOptions() throws EarlyExit {
        byte[][] environment = bytes("b=1", "a.b=2", "b=3", "no equals", "\u00e9=\u00ff", "QEMU_STRACE=");

        assertEquals(
                strings(environment),
                strings(OptionParser.parse(bytes("p"), environment).environment()));
    }

    @Test
    void setAndUnsetChangeTheGuestsEnvironment() throws EarlyExit {
        byte[][] environment = bytes("A=1", "B=2", "C=3", "QEMU_SET_ENV=D=4", "B=5");

        Options options = OptionParser.parse(bytes("-E", "A=x,E=", "-U", "B,Z", "p"), environment);

        assertEquals(List.of("C=3", "QEMU_SET_ENV=D=4", "D=4", "A=x", "E="), strings(options.environment()));
    }

    @Test
    void answersGoToStdout() {
        for (String option : List.of("-h", "-help", "--help", "-version")) {
            EarlyExit exit = exitOf(option);
            assertTrue(exit.isAnswer());
            assertEquals(0, exit.status());
        }
        for (String option : List.of("-cpu", "-d")) {
            EarlyExit exit = exitOf(option, "help");
            assertTrue(exit.isAnswer());
            assertEquals(1, exit.status());
        }
    }

    @Test
    void helpNamesEachOptionAndVariable() {
        String help = Usage.help();
        for (int i = 0; i < Option.count(); i++) {
            Option option = Option.at(i);
            assertTrue(help.contains("\n-" + option.spelling + " "), option.spelling);
            assertTrue(option.variable == null || help.contains(" " + option.variable + " "), option.spelling);
        }
    }

    @Test
    void mistakesAreOneLineAndStatus1() {
        assertEquals("jqemu-user: unknown option '-foo'", messageOf("-foo", "p"));
        assertEquals("jqemu-user: unknown option '-'", messageOf("-"));
        assertEquals("jqemu-user: missing argument for option '-L'", messageOf("-L"));
        assertTrue(messageOf().startsWith("jqemu-user: no user program specified"));
        assertTrue(messageOf("-strace", "--").startsWith("jqemu-user: no user program specified"));
        assertEquals("jqemu-user: unable to find CPU model 'z80'", messageOf("-cpu", "z80", "p"));
        assertEquals("jqemu-user: unable to find CPU model 'a64fx'", messageOf("-cpu", "a64fx", "p"));
        assertTrue(messageOf("-cpu", "max,sve=on", "p").endsWith("Property 'max-arm-cpu.sve' not found"));
        assertTrue(messageOf("-cpu", "cortex-a53,pauth=on", "p")
                .endsWith("Property 'cortex-a53-arm-cpu.pauth' not found"));
        assertTrue(messageOf("-cpu", "max,pauth=maybe", "p").contains("'maybe'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"g", "trace"})
    void optionsOfLaterSayThatTheyAreNotSupportedYet(String option) {
        assertEquals("jqemu-user: option '-" + option + "' is not supported yet", messageOf("-" + option, "x", "p"));
    }

    @Test
    void flagsOfLaterSayThatTheyAreNotSupportedYet() {
        assertEquals("jqemu-user: option '-jitdump' is not supported yet", messageOf("-jitdump", "p"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s|", "s|q", "s|5q", "s|1G", "s|99999999999999999999", "s|9999999999999M", "R|1T", "B|0xg", "seed|x",
                "tb-size|1M", "p|5000", "p|0", "E|A", "U|A=1", "dfilter|1", "dfilter|5..4", "dfilter|1+0", "t|1 2",
                "t|1 2 99", "t|1 2 3 4", "host|x", "tier|3"
            })
    void invalidArgumentsNameTheOption(String option, String value) {
        String argument = value == null ? "" : value;
        assertTrue(messageOf("-" + option, argument, "p")
                .startsWith("jqemu-user: invalid argument for option '-" + option));
    }

    @Test
    void addressRanges() throws EarlyExit {
        AddressRanges ranges =
                parse("-dfilter", "0x10..0x1f,0x100+0x10,0x300-4", "p").logRanges();

        assertNotNull(ranges);
        for (long inside : new long[] {0x10, 0x1f, 0x100, 0x10f, 0x2fd, 0x300}) {
            assertTrue(ranges.contains(inside));
        }
        for (long outside : new long[] {0xf, 0x20, 0xff, 0x110, 0x2fc, 0x301, -1}) {
            assertFalse(ranges.contains(outside));
        }
    }

    @Test
    void stringsOfABlockEndAtTheirNul() {
        assertEquals(List.of("a", "", "b c"), strings(Launch.splitAtNul("a\0\0b c\0".getBytes(ISO_8859_1))));
        assertEquals(0, Launch.splitAtNul(new byte[0]).length);
    }
}
