package jqemu.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyscallGeneratorTest {
    private static List<Syscall> parse(String... lines) {
        return SyscallTable.parse("table", Arrays.asList(lines));
    }

    @Test
    void lineBecomesMethodCaseAndFormat() {
        List<Syscall> calls = parse("# comment", "", "64 write IoSyscalls (fd fd, ptr buffer, size count)");
        List<GeneratedClass> sources = SyscallGenerator.sources(calls);
        assertEquals(
                List.of("IoSyscalls", "SyscallDispatcher", "SyscallFormats"),
                sources.stream().map(GeneratedClass::className).toList());
        assertTrue(sources.get(0).text().contains("long write(GuestThread thread, int fd, long buffer, long count);"));
        assertTrue(sources.get(1).text().contains("case 64 -> ioSyscalls.write(thread, (int) a0, a1, a2);"));
        assertTrue(sources.get(2).text().contains("64 write by_kind long fd ptr size\n"));
    }

    @Test
    void callWithoutFamilyIsOnlyNamed() {
        List<GeneratedClass> sources = SyscallGenerator.sources(parse("60 quotactl - () raw"));
        assertEquals(
                List.of("SyscallDispatcher", "SyscallFormats"),
                sources.stream().map(GeneratedClass::className).toList());
        assertFalse(sources.get(0).text().contains("case 60"));
        assertTrue(sources.get(1).text().contains("60 quotactl raw long\n"));
    }

    @Test
    void documentationSaysWhatIsMissing() {
        String page = SyscallDocumentation.write(
                parse("1 a FileSyscalls ()", "2 b FileSyscalls () partial \"no flags\"", "3 c - ()"));
        assertTrue(page.contains("| 1 | a | yes |\n| 2 | b | partial: no flags |\n| 3 | c | no |\n"), page);
        assertTrue(page.contains("2 of 3 are supported"), page);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 a FileSyscalls                            | expected: number name family
            1 a Files (fd)                              | expected kind and parameter: fd
            1 a Files (what fd)                         | unknown kind what
            1 a Files (fd Fd)                           | not a parameter's name: Fd
            1 a Files (fd a, fd a)                      | parameter a appears twice
            1 a Files (fd thread)                       | parameter thread appears twice
            1 a Files () : what                         | unknown kind what
            1 a F (int a, int b, int c, int d, int e, int f, int g) | more than six parameters
            """)
    void mistakesNameFileAndLine(String line, String message) {
        TableException mistake = assertThrows(TableException.class, () -> parse("# first", line));
        String text = String.valueOf(mistake.getMessage());
        assertEquals("table:2: error: ", text.substring(0, 16));
        assertTrue(text.contains(message), text);
    }

    @Test
    void numbersRiseAndNamesDiffer() {
        assertThrows(TableException.class, () -> parse("2 a - ()", "1 b - ()"));
        assertThrows(TableException.class, () -> parse("1 a - ()", "2 a - ()"));
    }
}
