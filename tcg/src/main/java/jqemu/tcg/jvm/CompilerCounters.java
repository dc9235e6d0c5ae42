package jqemu.tcg.jvm;

import org.jspecify.annotations.Nullable;

/// What the region compiler did, for `-d stats`. Written by the compiling thread.
final class CompilerCounters {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private int regions;
    private int rebuilt;
    private int failures;
    private int refused;
    private long instructions;
    private long distinctInstructions;
    private long codeBytes;
    private long nanos;
    private @Nullable String lastFailure;

    /// Counts a region that was built, before its blocks know of it.
    void built(RegionShape shape, int size, boolean again, long duration) {
        regions++;
        rebuilt += again ? 1 : 0;
        codeBytes += size;
        nanos += duration;
        for (RegionShape.Member member : shape.members()) {
            instructions += member.block().instructionCount();
            distinctInstructions +=
                    member.block().isCovered() ? 0 : member.block().instructionCount();
        }
    }

    /// Counts a region that could not be built.
    void failed(String reason) {
        failures++;
        lastFailure = reason;
    }

    /// Counts a block that is left to tier 1, since it only raises an exception.
    void refused() {
        refused++;
    }

    int failures() {
        return failures;
    }

    /// The counts, in lines.
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("regions: ")
                .append(regions)
                .append(" built, ")
                .append(rebuilt)
                .append(" of them again; ");
        text.append(instructions)
                .append(" guest instructions, ")
                .append(distinctInstructions)
                .append(" of them different, ")
                .append(codeBytes)
                .append(" bytes of bytecode, ");
        text.append(nanos / NANOS_PER_MILLI).append(" ms\n");
        text.append("regions: ").append(failures).append(" fall-backs to the interpreter, ");
        text.append(refused).append(" blocks that only raise an exception\n");
        if (lastFailure != null) {
            text.append("regions: the last fall-back was ").append(lastFailure).append('\n');
        }
        return text.toString();
    }
}
