/// Runs a vCPU: finds or translates the block at its pc, executes it in a tier, follows chains, serves exits.
///
/// In: a guest pc and registers in [jqemu.tcg.cpu.CpuState]. Out: calls on [jqemu.tcg.exec.GuestEnvironment] for system
/// calls, exceptions, faults and interrupts. Read [jqemu.tcg.exec.Translator] first: it is the pipeline in one screen.
@NullMarked
package jqemu.tcg.exec;

import org.jspecify.annotations.NullMarked;
