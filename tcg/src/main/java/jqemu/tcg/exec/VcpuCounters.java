package jqemu.tcg.exec;

import jqemu.tcg.interp.BlockExit;

/// What a vCPU's loop did, for `-d stats`: counted where a block execution or a look-up costs more than counting.
///
/// Regions that call each other do not come by here, which is the point of them.
final class VcpuCounters {
    private static final String[] EXIT_NAMES = {
        "fall-through",
        "branch",
        "lookup",
        "system call",
        "exception",
        "fault",
        "checked fault",
        "interpret",
        "unwind",
        "return"
    };

    private final long[] regionExits = new long[EXIT_NAMES.length];
    private long interpreted;
    private long servedInPlace;
    private long interrupts;

    /// Counts that a region was entered by the loop and left by `exit`.
    void region(int exit) {
        regionExits[exit]++;
    }

    /// Counts a block that tier 1 executed.
    void interpreted() {
        interpreted++;
    }

    /// Counts a system call of a region that stayed on the stack.
    void servedInPlace() {
        servedInPlace++;
    }

    /// Counts an interrupt.
    void interrupt() {
        interrupts++;
    }

    /// The counts, in lines that begin with the vCPU's index.
    String text(int index) {
        StringBuilder text = new StringBuilder();
        String prefix = "vCPU " + index + ": ";
        text.append(prefix).append(interpreted).append(" blocks interpreted, ");
        text.append(interrupts).append(" interrupts, ");
        text.append(servedInPlace).append(" system calls served inside regions\n");
        text.append(prefix).append("regions left to the loop by");
        for (int exit = BlockExit.LOOKUP; exit < regionExits.length; exit++) {
            text.append(exit == BlockExit.LOOKUP ? " " : ", ").append(EXIT_NAMES[exit]);
            text.append(' ').append(regionExits[exit]);
        }
        return text.append('\n').toString();
    }
}
