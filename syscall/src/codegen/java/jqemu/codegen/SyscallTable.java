package jqemu.codegen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the table of system calls. The format:
///
/// ```
/// # comment
/// number name family (kind parameter, ...) [: result kind] [raw | unknown] [partial "what is missing"]
/// ```
///
/// `family` is the name of an interface, or `-` for a call that nobody handles.
final class SyscallTable {
    private static final Pattern LINE = Pattern.compile("(\\d+)\\s+([a-z]\\w*)\\s+(-|[A-Z]\\w*)\\s+\\(([^)]*)\\)"
            + "(?:\\s*:\\s*(\\w+))?(?:\\s+(raw|unknown))?(?:\\s+partial\\s+\"([^\"]+)\")?");
    private static final Pattern PARAMETER = Pattern.compile("[a-z]\\w*");
    private static final int MOST_PARAMETERS = 6;

    private final String file;
    private final Set<String> names = new HashSet<>();
    private int line;
    private int lastNumber = -1;

    private SyscallTable(String file) {
        this.file = file;
    }

    /// Parses the table.
    ///
    /// @throws TableException at the first mistake
    static List<Syscall> parse(String file, List<String> lines) {
        return new SyscallTable(file).parse(lines);
    }

    private List<Syscall> parse(List<String> lines) {
        var calls = new ArrayList<Syscall>();
        for (String text : lines) {
            line++;
            String content = text.strip();
            if (!content.isEmpty() && !content.startsWith("#")) {
                calls.add(parseLine(content));
            }
        }
        return List.copyOf(calls);
    }

    private Syscall parseLine(String content) {
        Matcher matcher = LINE.matcher(content);
        check(matcher.matches(), "expected: number name family (kind parameter, ...)");
        int number = Integer.parseInt(matcher.group(1));
        String name = matcher.group(2);
        check(number > lastNumber, "numbers must rise: " + number + " after " + lastNumber);
        lastNumber = number;
        check(names.add(name), name + " appears twice");
        String family = matcher.group(3).equals("-") ? "" : matcher.group(3);
        ArgumentKind result = matcher.group(5) == null ? ArgumentKind.LONG : kind(matcher.group(5));
        Syscall.Style style = matcher.group(6) == null
                ? Syscall.Style.BY_KIND
                : Syscall.Style.valueOf(matcher.group(6).toUpperCase(Locale.ROOT));
        String missing = matcher.group(7) == null ? "" : matcher.group(7);
        return new Syscall(number, name, family, parameters(matcher.group(4)), result, style, missing);
    }

    private List<Syscall.Parameter> parameters(String text) {
        var parameters = new ArrayList<Syscall.Parameter>();
        var seen = new HashSet<String>(Set.of("thread"));
        if (!text.isBlank()) {
            for (String part : text.split(",", -1)) {
                String[] words = part.strip().split("\\s+", -1);
                check(words.length == 2, "expected kind and parameter: " + part.strip());
                check(PARAMETER.matcher(words[1]).matches(), "not a parameter's name: " + words[1]);
                check(seen.add(words[1]), "parameter " + words[1] + " appears twice");
                parameters.add(new Syscall.Parameter(kind(words[0]), words[1]));
            }
        }
        check(parameters.size() <= MOST_PARAMETERS, "more than six parameters");
        return List.copyOf(parameters);
    }

    private ArgumentKind kind(String name) {
        for (ArgumentKind kind : ArgumentKind.values()) {
            if (kind.spelling().equals(name)) {
                return kind;
            }
        }
        throw new TableException(file, line, "unknown kind " + name);
    }

    private void check(boolean condition, String message) {
        if (!condition) {
            throw new TableException(file, line, message);
        }
    }
}
