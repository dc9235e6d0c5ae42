package jqemu.codegen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads decode tables. The format:
///
/// ```
/// group Branches : Branches and exception generation      one per file: interface name and title
/// # comment
/// name  bits... [with x = hi:lo] [where condition] [@feature] ["template"] [test hints]
///     when condition "template"                            an alias; the first that fits is printed
///     "template"                                           the general form, where the line above has no room
/// {                                                        patterns in braces may overlap: the first one wins
/// }
/// ```
///
/// Bits are literal `0` and `1` (in runs of any length), `field:width`, or `field:sWidth` for a signed field.
/// `with x = hi:lo` joins fields: `x` takes the place of the part that comes first in the word, the parts vanish.
/// `@feature` names a constant of `jqemu.tcg.cpu.Feature` in lower case: CPUs without it do not have the instruction.
/// The template `"undefined"` marks words that are unallocated for a reason that only the semantics can see.
final class TableParser {
    private static final Pattern GROUP = Pattern.compile("group\\s+([A-Z]\\w*)\\s*:\\s*(.+)");
    private static final Pattern FIELD = Pattern.compile("([a-z]\\w*):(s?)(\\d+)");
    private static final Pattern LINE = Pattern.compile("([a-z]\\w*)\\s+([^\"@]*?)"
            + "((?:\\s+with\\s+\\w+\\s*=\\s*[\\w:]+)*)(?:\\s+where\\s+([^\"@]+?))?"
            + "(?:\\s+@(\\w+))?(?:\\s+(\"[^\"]*\"))?(?:\\s+test\\s+(.+?))?");
    private static final Pattern JOIN = Pattern.compile("with\\s+(\\w+)\\s*=\\s*([\\w:]+)");
    private static final Pattern FORM = Pattern.compile("(?:when\\s+([^\"]+?)\\s+)?\"([^\"]*)\"");

    /// Words that javac would not take as a method's name (javax.lang.model is not among tcg's modules).
    private static final Set<String> JAVA_WORDS =
            Set.of(("abstract assert boolean break byte case catch char class const"
                            + " continue default do double else enum extends false final finally float for goto if implements"
                            + " import instanceof int interface long native new null package private protected public return"
                            + " short static strictfp super switch synchronized this throw throws transient true try void"
                            + " volatile while yield")
                    .split(" ", -1));

    private final String file;
    private final int firstNumber;
    private final Set<String> names;
    private final List<InstructionPattern> patterns = new ArrayList<>();
    private String group = "";
    private String title = "";
    private int line;
    private int overlap = -1;
    private int overlapGroups;

    private TableParser(String file, int firstNumber, Set<String> names) {
        this.file = file;
        this.firstNumber = firstNumber;
        this.names = names;
    }

    /// Parses one file.
    ///
    /// @param firstNumber number of the first pattern
    /// @param names the method names of the files before, to which this file's are added
    /// @throws TableException at the first mistake
    static Group parse(String file, List<String> lines, int firstNumber, Set<String> names) {
        return new TableParser(file, firstNumber, names).parse(lines);
    }

    private Group parse(List<String> lines) {
        for (String text : lines) {
            line++;
            String content = text.strip();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            if (Character.isWhitespace(text.charAt(0))) {
                addForm(content);
            } else if (content.startsWith("group ")) {
                startGroup(content);
            } else if (content.equals("{")) {
                check(overlap < 0, "brace groups do not nest");
                overlap = overlapGroups++;
            } else if (content.equals("}")) {
                check(overlap >= 0, "} without {");
                overlap = -1;
            } else {
                addPattern(content);
            }
        }
        check(overlap < 0, "{ without }");
        check(!group.isEmpty(), "no group line");
        for (InstructionPattern pattern : patterns) {
            line = pattern.line();
            check(!pattern.forms().isEmpty(), pattern.name() + " has no assembly template");
            check(pattern.forms().getLast().condition().isEmpty(), pattern.name() + " has no general form");
        }
        return new Group(group, title, List.copyOf(patterns));
    }

    private void startGroup(String content) {
        Matcher matcher = GROUP.matcher(content);
        check(matcher.matches(), "expected: group Name : title");
        check(group.isEmpty(), "one group per file");
        group = matcher.group(1);
        title = matcher.group(2);
    }

    private void addPattern(String content) {
        check(!group.isEmpty(), "the group line comes first");
        Matcher matcher = LINE.matcher(content);
        check(matcher.matches(), "cannot read this line");
        String name = matcher.group(1);
        check(!JAVA_WORDS.contains(name), name + " is a word of Java");
        check(names.add(name), "duplicate name " + name);

        var bits = new Bits();
        for (String token : part(matcher, 2).split("\\s+", -1)) {
            addBits(bits, token);
        }
        check(bits.position == 0, "only " + (32 - bits.position) + " bits of 32");
        List<Field> fields = bits.fields;
        join(part(matcher, 3), fields);
        checkDistinct(fields);

        var forms = new ArrayList<InstructionPattern.Form>();
        String template = part(matcher, 6);
        if (!template.isEmpty()) {
            forms.add(new InstructionPattern.Form("", template.substring(1, template.length() - 1)));
        }
        var pattern = new InstructionPattern(
                name,
                firstNumber + patterns.size(),
                bits.mask,
                bits.value,
                List.copyOf(fields),
                overlap,
                part(matcher, 4),
                part(matcher, 5).isEmpty() ? InstructionPattern.BASE : part(matcher, 5),
                forms,
                part(matcher, 7),
                line);
        check(!Expressions.callsFunction(pattern.where()), "where takes no functions: the decoder has none");
        checkVariables(pattern, pattern.where());
        checkForms(pattern);
        checkOverlap(pattern);
        patterns.add(pattern);
    }

    /// The word as far as it is read, from bit 31 down to `position`.
    private static final class Bits {
        private int mask;
        private int value;
        private int position = 32;
        private final List<Field> fields = new ArrayList<>();
    }

    private void addBits(Bits bits, String token) {
        Matcher field = FIELD.matcher(token);
        boolean literal = token.matches("[01]+");
        check(literal || field.matches(), "neither bits nor a field: " + token);
        int width = literal ? token.length() : Integer.parseInt(field.group(3));
        bits.position -= width;
        check(width > 0 && bits.position >= 0, "more than 32 bits");
        if (literal) {
            bits.mask |= (int) ((1L << width) - 1) << bits.position;
            bits.value |= Integer.parseUnsignedInt(token, 2) << bits.position;
        } else {
            boolean signed = !part(field, 2).isEmpty();
            bits.fields.add(new Field(field.group(1), signed, List.of(new Field.Run(bits.position, width))));
        }
    }

    private void addForm(String content) {
        check(!patterns.isEmpty(), "an assembly form needs a pattern before it");
        InstructionPattern pattern = patterns.getLast();
        Matcher matcher = FORM.matcher(content);
        check(matcher.matches(), "expected: when condition \"template\"");
        List<InstructionPattern.Form> forms = pattern.forms();
        boolean endsGeneral = !forms.isEmpty() && forms.getLast().condition().isEmpty();
        var form = new InstructionPattern.Form(part(matcher, 1), matcher.group(2));
        check(!endsGeneral || !form.condition().isEmpty(), "two general forms");
        // the general form stands on the pattern's own line, but is tried last
        forms.add(endsGeneral ? forms.size() - 1 : forms.size(), form);
        checkForms(pattern);
    }

    private void join(String clauses, List<Field> fields) {
        Matcher matcher = JOIN.matcher(clauses);
        while (matcher.find()) {
            var runs = new ArrayList<Field.Run>();
            boolean signed = false;
            int place = fields.size();
            var parts = new ArrayList<Field>();
            for (String part : matcher.group(2).split(":", -1)) {
                int index = indexOf(fields, part);
                check(index >= 0, "unknown field " + part + " in with");
                signed |= runs.isEmpty() && fields.get(index).signed();
                runs.addAll(fields.get(index).parts());
                parts.add(fields.get(index));
                place = Math.min(place, index);
            }
            fields.set(place, new Field(matcher.group(1), signed, List.copyOf(runs)));
            fields.removeAll(parts);
        }
    }

    private static int indexOf(List<Field> fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private void checkDistinct(List<Field> fields) {
        var seen = new HashSet<String>();
        for (Field field : fields) {
            check(seen.add(field.name()), "field " + field.name() + " appears twice");
        }
    }

    private void checkForms(InstructionPattern pattern) {
        for (InstructionPattern.Form form : pattern.forms()) {
            checkVariables(pattern, form.condition());
            for (String expression : Template.expressions(form.template())) {
                checkVariables(pattern, expression);
            }
        }
    }

    private void checkVariables(InstructionPattern pattern, String expression) {
        for (String name : Expressions.variables(expression)) {
            check(pattern.hasField(name) || name.equals("pc"), "unknown field " + name + " in " + expression);
        }
    }

    private void checkOverlap(InstructionPattern pattern) {
        for (InstructionPattern other : patterns) {
            checkOverlap(pattern, other, file, line);
        }
    }

    private static void checkOverlap(InstructionPattern pattern, InstructionPattern other, String file, int line) {
        boolean ordered = pattern.overlap() >= 0 && pattern.overlap() == other.overlap();
        if (!ordered && pattern.intersects(other)) {
            throw new TableException(file, line, pattern.name() + " overlaps " + other.name());
        }
    }

    /// Checks that no pattern of one file overlaps one of another.
    static void checkAcross(Map<String, Group> groupsByFile) {
        var before = new HashMap<String, Group>();
        groupsByFile.forEach((file, group) -> {
            for (InstructionPattern pattern : group.patterns()) {
                for (Group earlier : before.values()) {
                    for (InstructionPattern other : earlier.patterns()) {
                        if (pattern.intersects(other)) {
                            String message = pattern.name() + " overlaps " + other.name() + " of " + earlier.name();
                            throw new TableException(file, pattern.line(), message);
                        }
                    }
                }
            }
            before.put(file, group);
        });
    }

    /// The text of an optional part of a line, or an empty string.
    private static String part(Matcher matcher, int group) {
        String text = matcher.group(group);
        return text == null ? "" : text.strip();
    }

    private void check(boolean condition, String message) {
        if (!condition) {
            throw new TableException(file, line, message);
        }
    }
}
