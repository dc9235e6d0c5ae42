package jqemu.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns an assembly template into Java that appends to a `StringBuilder` named `out`.
///
/// Text stands for itself; `{...}` is an operand:
///
/// ```
/// {rd}            register by the field sf, 31 is the zero register
/// {rd:sp}         the same, 31 is the stack pointer
/// {rd:kind}       kind(rd), a method of Operands: x, w, xsp, d, hex, ...
/// {rd:kind(a,b)}  kind(rd, a, b)
/// {expression}    any Java expression over the fields and pc; strings in single quotes
/// ```
final class Template {
    private static final Pattern OPERAND = Pattern.compile("\\{([^}]*)\\}");
    private static final Pattern KIND = Pattern.compile("(\\w+):(\\w+)(?:\\((.*)\\))?");
    private static final Set<String> REGISTERS = Set.of("rd", "rn", "rm", "ra", "rt", "rt2", "rs");

    private Template() {}

    /// The Java expressions of the operands.
    static List<String> expressions(String template) {
        var list = new ArrayList<String>();
        Matcher matcher = OPERAND.matcher(template);
        while (matcher.find()) {
            list.add(expression(matcher.group(1).strip()));
        }
        return list;
    }

    /// The statement that appends the whole template, or `return false;` for `undefined`.
    static String statement(String template) {
        if (template.equals("undefined")) {
            return "return false;";
        }
        var code = new StringBuilder("out");
        Matcher matcher = OPERAND.matcher(template);
        int end = 0;
        while (matcher.find()) {
            appendText(code, template.substring(end, matcher.start()));
            String expression = expression(matcher.group(1).strip());
            code.append(".append(").append(expression.replace('\'', '"')).append(')');
            end = matcher.end();
        }
        appendText(code, template.substring(end));
        return code.append("; return true;").toString();
    }

    private static void appendText(StringBuilder code, String text) {
        if (!text.isEmpty()) {
            code.append(".append(\"").append(text).append("\")");
        }
    }

    private static String expression(String operand) {
        if (REGISTERS.contains(operand)) {
            return "reg(" + operand + ", sf)";
        }
        Matcher kind = KIND.matcher(operand);
        if (!kind.matches()) {
            return operand;
        }
        String arguments = kind.group(3);
        if (kind.group(2).equals("sp") && arguments == null) {
            return "regSp(" + kind.group(1) + ", sf)";
        }
        String more = arguments == null ? "" : ", " + arguments;
        return kind.group(2) + "(" + kind.group(1) + more + ")";
    }
}
