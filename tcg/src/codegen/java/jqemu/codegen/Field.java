package jqemu.codegen;

import java.util.List;

/// One parameter of an instruction: a run of bits, or several runs joined (most significant first).
///
/// @param name the Arm manual's field name, in lower case
/// @param signed whether the value is sign-extended (declared as `imm:s19`)
/// @param parts the runs of bits; the first one is the most significant
record Field(String name, boolean signed, List<Run> parts) {

    /// Bits `low` to `low + width - 1` of the instruction word.
    record Run(int low, int width) {}

    int width() {
        return parts.stream().mapToInt(Run::width).sum();
    }

    /// The Java expression that extracts this field from the variable `insn`.
    String extraction() {
        var text = new StringBuilder();
        int below = width();
        for (int i = 0; i < parts.size(); i++) {
            Run run = parts.get(i);
            below -= run.width();
            String value = signed && i == 0 ? signExtracted(run) : extracted(run);
            if (parts.size() > 1) {
                text.append(i == 0 ? "" : " | ").append(below == 0 ? value : "(" + value + ") << " + below);
            } else {
                text.append(value);
            }
        }
        return text.toString();
    }

    /// Where the field lies, for tools: `low+width` of each run, joined with `,`.
    String layout() {
        var text = new StringBuilder(name).append(signed ? ":s" : ":");
        for (int i = 0; i < parts.size(); i++) {
            text.append(i == 0 ? "" : ",")
                    .append(parts.get(i).low())
                    .append('+')
                    .append(parts.get(i).width());
        }
        return text.toString();
    }

    private static String extracted(Run run) {
        if (run.low() + run.width() == 32) {
            return "insn >>> " + run.low();
        }
        String mask = "0x" + Integer.toHexString((1 << run.width()) - 1);
        return run.low() == 0 ? "insn & " + mask : "insn >>> " + run.low() + " & " + mask;
    }

    private static String signExtracted(Run run) {
        int left = 32 - run.low() - run.width();
        return (left == 0 ? "insn" : "insn << " + left) + " >> " + (32 - run.width());
    }
}
