package jqemu.tcg.opt;

import jqemu.tcg.ir.IrBlock;

/// One rewriting walk over a block. A pass owns scratch memory: one instance per thread.
public interface Pass {
    /// The name in filetests and messages.
    String name();

    /// Rewrites `block` in place into one that does the same.
    void run(IrBlock block);
}
