package jqemu.tcg.filetest;

import java.util.ArrayList;
import java.util.List;
import jqemu.tcg.ir.IrParser;
import jqemu.tcg.ir.IrVerifier;

/// `test verify`: IR text that the verifier rejects, with `; error: ...` behind each line that is wrong.
final class VerifyKind implements Kind {
    @Override
    public String name() {
        return "verify";
    }

    @Override
    public List<String> run(FileTest test) {
        IrParser.Parsed parsed = IrParser.parseLines(test.input());
        List<String> result = new ArrayList<>(test.input());
        result.set(0, test.lines().get(0));
        for (IrVerifier.Problem problem : IrVerifier.problems(parsed.block())) {
            int line = problem.op() < 0 ? 1 : parsed.lines().get(problem.op());
            result.set(line, result.get(line) + "  " + FileTest.ERROR + problem.message());
        }
        return result;
    }
}
