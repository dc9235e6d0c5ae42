package jqemu.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Writes the decision tree over a set of patterns as Java methods with switches.
///
/// Each inner node is a method that switches on bits which all its patterns fix, so that the methods stay small
/// (HotSpot does not compile big ones) and a cold decoder touches few of them.
final class DecodeTree {
    /// Cases per method: a case is at most about 120 bytes of bytecode, and a method is to stay below 6,000.
    private static final int MAX_CASES = 36;

    private final String signature;
    private final String failure;
    private final Function<InstructionPattern, String> action;
    private final List<String> methods = new ArrayList<>();
    private int methodCount;

    /// @param signature modifiers and return type of the methods
    /// @param failure the statement for an unallocated word
    /// @param action the statement for a pattern
    DecodeTree(String signature, String failure, Function<InstructionPattern, String> action) {
        this.signature = signature;
        this.failure = failure;
        this.action = action;
    }

    /// The methods; the first one, named `name`, takes the instruction word.
    List<String> methods(String name, List<InstructionPattern> patterns) {
        methods.clear();
        writeMethod(name, patterns, 0);
        return List.copyOf(methods);
    }

    private void writeMethod(String name, List<InstructionPattern> patterns, int known) {
        int slot = methods.size();
        methods.add("");
        methods.set(slot, "    " + signature + " " + name + "(int insn) {\n" + body(patterns, known) + "    }\n");
    }

    private String body(List<InstructionPattern> patterns, int known) {
        int common = ~known;
        for (InstructionPattern pattern : patterns) {
            common &= pattern.mask();
        }
        int selector = selector(patterns, common);
        if (selector == 0) {
            return patterns.size() <= 8 ? chain(patterns, known) : splitOnBit(patterns, known);
        }
        return switchOn(patterns, known, selector);
    }

    private String switchOn(List<InstructionPattern> patterns, int known, int selector) {
        int shift = Integer.numberOfTrailingZeros(selector);
        int mask = selector >>> shift;
        var code = new StringBuilder("        switch (insn").append(shift == 0 ? "" : " >>> " + shift);
        code.append(" & 0x").append(Integer.toHexString(mask)).append(") {\n");
        byValue(patterns, selector).forEach((value, matching) -> {
            code.append("            case 0x")
                    .append(Integer.toHexString(value >>> shift))
                    .append(":\n");
            code.append(child(matching, known | selector));
        });
        return code.append("            default:\n                ")
                .append(failure)
                .append("\n        }\n")
                .toString();
    }

    /// Statements for one case: a single pattern in place, more in a method of their own.
    private String child(List<InstructionPattern> patterns, int known) {
        if (patterns.size() == 1) {
            return chain(patterns, known);
        }
        String name = "node" + methodCount++;
        writeMethod(name, patterns, known);
        return "                return " + name + "(insn);\n";
    }

    /// Takes the fixed bits from the top while the number of cases stays small; 0 if they separate nothing.
    private static int selector(List<InstructionPattern> patterns, int common) {
        int selector = 0;
        for (int bit = 31; bit >= 0; bit--) {
            int wider = selector | (common & (1 << bit));
            if (wider != selector && byValue(patterns, wider).size() <= MAX_CASES) {
                selector = wider;
            }
        }
        return byValue(patterns, selector).size() > 1 ? selector : 0;
    }

    private static SequencedMap<Integer, List<InstructionPattern>> byValue(
            List<InstructionPattern> patterns, int selector) {
        var map = new TreeMap<Integer, List<InstructionPattern>>(Integer::compareUnsigned);
        for (InstructionPattern pattern : patterns) {
            map.computeIfAbsent(pattern.value() & selector, value -> new ArrayList<>())
                    .add(pattern);
        }
        return map;
    }

    /// No bit is fixed in all patterns: split on the one fixed in most; the others go both ways.
    private String splitOnBit(List<InstructionPattern> patterns, int known) {
        int best = 0;
        long bestCount = -1;
        for (int bit = 31; bit >= 0; bit--) {
            int mask = 1 << bit;
            long count = patterns.stream()
                    .filter(p -> (p.mask() & mask & ~known) != 0)
                    .count();
            if (count > bestCount) {
                best = mask;
                bestCount = count;
            }
        }
        int bit = best;
        var clear = patterns.stream()
                .filter(p -> (p.mask() & bit) == 0 || (p.value() & bit) == 0)
                .toList();
        var set = patterns.stream()
                .filter(p -> (p.mask() & bit) == 0 || (p.value() & bit) != 0)
                .toList();
        return "        if ((insn & 0x" + Integer.toHexString(bit) + ") == 0) {\n" + child(clear, known | bit)
                + "        }\n" + child(set, known | bit);
    }

    private String chain(List<InstructionPattern> patterns, int known) {
        var code = new StringBuilder();
        for (InstructionPattern pattern : patterns) {
            int mask = pattern.mask() & ~known;
            var conditions = new ArrayList<String>();
            if (mask != 0) {
                conditions.add("(insn & 0x" + Integer.toHexString(mask) + ") == 0x"
                        + Integer.toHexString(pattern.value() & mask));
            }
            if (!pattern.where().isEmpty()) {
                boolean alone = conditions.isEmpty();
                conditions.add(alone ? pattern.whereOnWord() : "(" + pattern.whereOnWord() + ")");
            }
            if (conditions.isEmpty()) {
                return code.append("                ")
                        .append(action.apply(pattern))
                        .append('\n')
                        .toString();
            }
            code.append("                if (")
                    .append(String.join(" && ", conditions))
                    .append(") {\n");
            code.append("                    ").append(action.apply(pattern)).append("\n                }\n");
        }
        return code.append("                ").append(failure).append('\n').toString();
    }
}
