package jqemu.tcg.filetest;

import java.util.List;
import jqemu.tcg.a64.Disassembler;
import jqemu.tcg.a64.PatternDecoder;
import jqemu.tcg.a64.Patterns;

/// `test decode`: instruction words, one `insn HEX8` a line, to the name of their pattern and their disassembly.
final class DecodeKind implements Kind {
    @Override
    public String name() {
        return "decode";
    }

    @Override
    public List<String> run(FileTest test) {
        StringBuilder output = new StringBuilder();
        for (int word : GuestCode.words(test.input())) {
            int pattern = PatternDecoder.pattern(word);
            output.append(
                    pattern < 0 ? "unallocated" : Patterns.all().get(pattern).name());
            output.append(": ")
                    .append(Disassembler.disassemble(word, GuestCode.CODE))
                    .append('\n');
        }
        return test.withOutput(output.toString());
    }
}
