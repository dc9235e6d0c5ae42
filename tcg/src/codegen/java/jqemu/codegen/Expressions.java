package jqemu.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The conditions and operands of a table are Java expressions over the fields; javac checks all but the names.
final class Expressions {
    /// String literals (skipped), function names (with the bracket), or plain names.
    private static final Pattern TOKEN = Pattern.compile("'[^']*'|([A-Za-z_]\\w*)(\\s*\\()?|0x[0-9a-fA-F]+L?");

    private Expressions() {}

    /// The variables that `expression` reads; functions and literals are not among them.
    static List<String> variables(String expression) {
        var names = new ArrayList<String>();
        TOKEN.matcher(expression).results().forEach(token -> {
            if (isVariable(token)) {
                names.add(token.group(1));
            }
        });
        return names;
    }

    static boolean callsFunction(String expression) {
        return TOKEN.matcher(expression).results().anyMatch(token -> token.group(2) != null);
    }

    /// `expression` with the variables replaced as `map` says.
    static String substitute(String expression, Map<String, String> map) {
        return TOKEN.matcher(expression)
                .replaceAll(
                        token -> isVariable(token) ? map.getOrDefault(token.group(1), token.group(1)) : token.group());
    }

    private static boolean isVariable(MatchResult token) {
        return token.group(1) != null && token.group(2) == null;
    }
}
