package jqemu.tcg.filetest;

import java.util.List;
import jqemu.tcg.a64.Disassembler;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.IrPrinter;
import jqemu.tcg.ir.IrVerifier;
import jqemu.tcg.opt.Passes;

/// `test translate`: instruction words, one `insn HEX8` a line, to their IR; optimized too when `optimized` follows.
final class TranslateKind implements Kind {
    @Override
    public String name() {
        return "translate";
    }

    @Override
    public List<String> run(FileTest test) {
        IrBlock block = GuestCode.translate(GuestCode.words(test.input()));
        IrVerifier.check(block, "translation");
        if (test.arguments().contains("optimized")) {
            new Passes().run(block);
        }
        return test.withOutput(IrPrinter.print(block, (pc, insn) -> Disassembler.disassemble(insn, pc)));
    }
}
