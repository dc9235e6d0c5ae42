/// The state of a guest vCPU ("env") and the numbering of its registers.
///
/// Between translation blocks all of a guest thread's registers live here; the interpreter works on it directly,
/// compiled regions keep registers in JVM locals and store the changed ones back at their exits.
@NullMarked
package jqemu.tcg.cpu;

import org.jspecify.annotations.NullMarked;
