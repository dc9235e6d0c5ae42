package jqemu.tcg.filetest;

import java.util.List;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.IrParser;
import jqemu.tcg.ir.IrPrinter;
import jqemu.tcg.ir.IrVerifier;
import jqemu.tcg.opt.Passes;

/// `test optimize PASS...`: IR text through the named passes, or through the whole optimizer when none is named.
final class OptimizeKind implements Kind {
    @Override
    public String name() {
        return "optimize";
    }

    @Override
    public List<String> run(FileTest test) {
        IrBlock block = IrParser.parseLines(test.input()).block();
        IrVerifier.check(block, "parsing");
        Passes passes = new Passes();
        if (test.arguments().isEmpty()) {
            passes.run(block);
        }
        for (String pass : test.arguments()) {
            Passes.runChecked(passes.named(pass), block);
        }
        return test.withOutput(IrPrinter.print(block));
    }
}
