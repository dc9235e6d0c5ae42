package jqemu.tcg.a64;

import java.util.List;

/// One line of the decode tables, as data.
///
/// @param number index in [Patterns#all]
/// @param name the translator method's name
/// @param group the encoding group, which is the name of the interface
/// @param mask 1 where a bit is fixed
/// @param value the fixed bits
/// @param feature the architecture feature that brings it, `armv8.0` for the base
/// @param fields the method's parameters, most significant first
/// @param test hints for random-instruction generation, as written in the table
public record Pattern(
        int number, String name, String group, int mask, int value, String feature, List<Field> fields, String test) {

    /// A field of the word.
    ///
    /// @param name the name in the Arm manual, in lower case
    /// @param signed whether the decoder sign-extends it
    /// @param runs its bits, most significant run first; a run is `low << 8 | width`
    public record Field(String name, boolean signed, List<Integer> runs) {

        private static Field parse(String text) {
            int colon = text.indexOf(':');
            boolean signed = text.charAt(colon + 1) == 's';
            String[] parts = text.substring(colon + (signed ? 2 : 1)).split(",", -1);
            var runs = new java.util.ArrayList<Integer>();
            for (String part : parts) {
                int plus = part.indexOf('+');
                int low = Integer.parseInt(part.substring(0, plus));
                runs.add(low << 8 | Integer.parseInt(part.substring(plus + 1)));
            }
            return new Field(text.substring(0, colon), signed, List.copyOf(runs));
        }
    }

    /// Appends the patterns of a generated group table to `list`.
    static void parse(String group, String table, List<Pattern> list) {
        for (String row : table.split("\n", -1)) {
            if (row.isEmpty()) {
                continue;
            }
            String[] columns = row.split("\\|", -1);
            var fields = new java.util.ArrayList<Field>();
            for (String field : columns[4].split(" ", -1)) {
                if (!field.isEmpty()) {
                    fields.add(Field.parse(field));
                }
            }
            list.add(new Pattern(
                    list.size(),
                    columns[0],
                    group,
                    Integer.parseUnsignedInt(columns[1], 16),
                    Integer.parseUnsignedInt(columns[2], 16),
                    columns[3],
                    List.copyOf(fields),
                    columns[5]));
        }
    }
}
