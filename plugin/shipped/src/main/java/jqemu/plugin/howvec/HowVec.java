package jqemu.plugin.howvec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.PluginException;
import jqemu.plugin.api.ScoreboardU64;
import org.jspecify.annotations.Nullable;

/// Counts instructions by class. QEMU's `howvec`.
///
/// Arguments: `inline=on` counts by inline operations instead of callbacks, `verbose=on` also lists classes that did
/// not occur, `count=CLASS` counts the instructions of a class one by one, `count=!CLASS` not at all; `limit=N` is the
/// number of single instructions that are listed (50). As in QEMU, `udef` and `nop` are not counted unless asked for.
public final class HowVec implements Plugin {
    private static final int LIMIT = 50;

    private enum What {
        CLASS,
        INDIVIDUAL,
        NONE
    }

    /// Instructions of one encoding.
    private record Single(String assembly, String symbol, InstructionClass group, ScoreboardU64 count) {}

    private final Map<InstructionClass, What> kinds = new HashMap<>();
    private final Map<InstructionClass, ScoreboardU64> classes = new HashMap<>();
    private final Map<Integer, Single> singles = new ConcurrentHashMap<>();

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        boolean inline = arguments.flag("inline", false);
        boolean verbose = arguments.flag("verbose", false);
        int limit = arguments.integer("limit", LIMIT);
        for (InstructionClass group : InstructionClass.ALL) {
            boolean counted = !group.option().equals("udef") && !group.option().equals("nop");
            kinds.put(group, counted ? What.CLASS : What.NONE);
            classes.put(group, context.newScoreboard());
        }
        arguments.strings("count").forEach(this::choose);
        arguments.rejectUnknown();
        context.onTranslate(block -> {
            for (int i = 0; i < block.size(); i++) {
                Instruction insn = block.instruction(i);
                ScoreboardU64 counter = counter(context, insn);
                if (counter != null && inline) {
                    insn.inlineAdd(counter, 1);
                } else if (counter != null) {
                    insn.onExecute(vcpu -> counter.add(vcpu, 1));
                }
            }
        });
        context.onExit(() -> context.print(report(verbose, limit)));
    }

    private void choose(String value) {
        boolean none = value.startsWith("!");
        String option = none ? value.substring(1) : value;
        InstructionClass group = InstructionClass.ALL.stream()
                .filter(each -> each.option().equals(option))
                .findFirst()
                .orElseThrow(() -> new PluginException("no class of instructions is called " + option + "; there are "
                        + String.join(
                                " ",
                                InstructionClass.ALL.stream()
                                        .map(InstructionClass::option)
                                        .toList())));
        kinds.put(group, none ? What.NONE : What.INDIVIDUAL);
    }

    private What kind(InstructionClass group) {
        return Objects.requireNonNull(kinds.get(group)); // all classes have one from the start
    }

    private @Nullable ScoreboardU64 counter(PluginContext context, Instruction insn) {
        int word = ByteBuffer.wrap(insn.bytes()).order(ByteOrder.LITTLE_ENDIAN).getInt();
        InstructionClass group = InstructionClass.of(word);
        return switch (kind(group)) {
            case CLASS -> classes.get(group);
            case INDIVIDUAL ->
                singles.computeIfAbsent(
                                word,
                                key -> new Single(insn.disassembly(), symbol(insn), group, context.newScoreboard()))
                        .count();
            case NONE -> null;
        };
    }

    /// Where an encoding was met first.
    private static String symbol(Instruction insn) {
        String name = insn.symbol();
        return name == null
                ? "0x" + Long.toHexString(insn.address())
                : name + "+0x" + Long.toHexString(insn.symbolOffset());
    }

    private String report(boolean verbose, int limit) {
        StringBuilder text = new StringBuilder("Instruction Classes:\n");
        for (InstructionClass group : InstructionClass.ALL) {
            long count = Objects.requireNonNull(classes.get(group)).sum();
            switch (kind(group)) {
                case CLASS -> {
                    if (count != 0 || verbose) {
                        text.append("Class: %-24s\t(%d hits)%n".formatted(group.title(), count));
                    }
                }
                case INDIVIDUAL -> text.append("Class: %-24s\tcounted individually%n".formatted(group.title()));
                case NONE -> text.append("Class: %-24s\tnot counted%n".formatted(group.title()));
            }
        }
        if (!singles.isEmpty()) {
            text.append("Individual Instructions:\n");
            singles.entrySet().stream()
                    .sorted(Comparator.comparingLong((Map.Entry<Integer, Single> entry) ->
                                    -entry.getValue().count().sum())
                            .thenComparing(Map.Entry::getKey, Integer::compareUnsigned))
                    .limit(limit)
                    .forEach(entry -> text.append("Instr: %-24s\t(%d hits)\t(op=0x%08x/%s)\t%s%n"
                            .formatted(
                                    entry.getValue().assembly(),
                                    entry.getValue().count().sum(),
                                    entry.getKey(),
                                    entry.getValue().group().title(),
                                    entry.getValue().symbol())));
        }
        return text.toString();
    }
}
