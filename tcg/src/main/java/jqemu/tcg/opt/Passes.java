package jqemu.tcg.opt;

import java.util.List;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.IrPrinter;
import jqemu.tcg.ir.IrVerifier;

/// The optimizer: all passes, in the order in which they run.
///
/// Register traffic goes first, because it connects the instructions of a block: what one stores and another loads
/// becomes a value that the later passes see through. Dead code goes last but one, once the others have left their
/// remains.
///
/// While assertions are on, the verifier runs before the first pass and after each. One instance per thread.
public final class Passes {
    private final Pass[] passes = {
        new EnvForwarding(),
        new ConstantFolding(),
        new FlagFusion(),
        new DeadEnvStores(),
        new DeadCodeElimination(),
        new CleanAddresses(),
    };

    private final boolean checked = Passes.class.desiredAssertionStatus();

    /// An optimizer with scratch memory of its own.
    public Passes() {}

    /// The passes in order.
    public List<Pass> list() {
        return List.of(passes);
    }

    /// The pass called `name`; throws [IllegalArgumentException] when there is none.
    public Pass named(String name) {
        for (Pass pass : passes) {
            if (pass.name().equals(name)) {
                return pass;
            }
        }
        throw new IllegalArgumentException("no such pass: " + name);
    }

    /// Optimizes `block` in place.
    public void run(IrBlock block) {
        if (checked) {
            IrVerifier.check(block, "translation");
        }
        for (Pass pass : passes) {
            if (checked) {
                runChecked(pass, block);
            } else {
                pass.run(block);
            }
        }
    }

    /// Runs `pass` on `block` and throws [IllegalStateException] with the IR before and after when the result is
    /// malformed.
    public static void runChecked(Pass pass, IrBlock block) {
        IrBlock before = block.compact();
        try {
            pass.run(block);
            IrVerifier.check(block, "pass " + pass.name());
        } catch (RuntimeException failure) {
            throw new IllegalStateException(
                    failure.getMessage() + "\nbefore pass " + pass.name() + ":\n" + IrPrinter.print(before), failure);
        }
    }
}
