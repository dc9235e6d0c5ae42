package jqemu.tcg.exec;

import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.ir.IrBlock;

/// Sees blocks as they are translated and executed, for `-d`. There is none unless the user asked for it.
public interface ExecutionLog {
    /// A point of a block's translation.
    enum Stage {
        /// Decoded, before plugins' requests.
        DECODED,
        /// With plugins' requests, before optimization.
        INSTRUMENTED,
        /// After optimization.
        OPTIMIZED
    }

    /// A block has reached `stage` of its translation.
    ///
    /// @param pc the block's guest address
    void translated(Stage stage, long pc, IrBlock ir);

    /// A region was compiled.
    ///
    /// @param pc its entry
    /// @param bytecode the code, readable
    void compiled(long pc, String bytecode);

    /// Whether [#executes] wants to see every block, so that nothing may be compiled.
    boolean seesExecution();

    /// Whether [#compiled] wants to see regions.
    boolean seesRegions();

    /// A block is about to be executed with the registers `env`.
    void executes(CpuState env, TranslationBlock block);
}
