package jqemu.codegen;

import java.util.List;
import java.util.Map;

/// One line of a decode table.
///
/// @param name the method's name
/// @param number position among all patterns, from 0
/// @param mask 1 where the bit is fixed
/// @param value the fixed bits
/// @param fields the parameters, most significant first
/// @param overlap number of the brace group that the line stands in, or -1: lines of one group may overlap and are
///     tried in order
/// @param where further condition on the fields as a Java expression, or empty
/// @param feature the architecture feature (a constant of `jqemu.tcg.cpu.Feature`, in lower case), [#BASE] where none
/// is
///     given
/// @param forms the assembly forms; the first one whose condition holds is printed
/// @param test hints for the random-instruction generator of the tests, or empty
/// @param line line in the file, for messages
record InstructionPattern(
        String name,
        int number,
        int mask,
        int value,
        List<Field> fields,
        int overlap,
        String where,
        String feature,
        List<Form> forms,
        String test,
        int line) {

    /// The feature of lines that name none.
    static final String BASE = "armv8.0";

    /// An assembly template that applies when `condition` (empty: always) holds.
    record Form(String condition, String template) {}

    boolean intersects(InstructionPattern other) {
        return (mask & other.mask & (value ^ other.value)) == 0;
    }

    /// Whether every CPU has it.
    boolean isBase() {
        return feature.equals(BASE);
    }

    /// `where` over the variable `insn`, with the field names replaced by their extractions.
    String whereOnWord() {
        return Expressions.substitute(where, extractions());
    }

    private Map<String, String> extractions() {
        var map = new java.util.HashMap<String, String>();
        for (Field field : fields) {
            map.put(field.name(), "(" + field.extraction() + ")");
        }
        return map;
    }

    boolean hasField(String fieldName) {
        return fields.stream().anyMatch(field -> field.name().equals(fieldName));
    }
}
