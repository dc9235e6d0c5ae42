package jqemu.plugin.bbv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jqemu.plugin.api.Block;
import jqemu.plugin.api.Condition;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.PluginException;
import jqemu.plugin.api.ScoreboardU64;
import jqemu.plugin.files.OutputFile;

/// Writes basic block vectors for SimPoint: for each interval of executed instructions, how many of them were in each
/// block. QEMU's `bbv`.
///
/// Arguments: `outfile=NAME` (needed; the vectors of vCPU n go to `NAME.n.bb`), `interval=N` instructions (100000000).
public final class BasicBlockVectors implements Plugin {
    private static final long INTERVAL = 100_000_000;

    private record Key(long pc, int instructions) {}

    /// A block with its number, from 1, and its instructions in this interval.
    private record Counted(int id, int instructions, ScoreboardU64 executions) {}

    private final Map<Key, Counted> blocks = new HashMap<>();
    private final List<Counted> inOrder = new ArrayList<>();
    private final Map<Integer, Writer> files = new HashMap<>();

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        String name = arguments.string("outfile", "");
        long interval = arguments.number("interval", INTERVAL);
        arguments.rejectUnknown();
        if (name.isEmpty()) {
            throw new PluginException("outfile unspecified");
        }
        ScoreboardU64 executed = context.newScoreboard();
        context.onTranslate(block -> {
            Counted counted = counted(context, block);
            // the interval ends before the block that would go beyond it
            block.onExecuteIf(Condition.GE, executed, interval, vcpu -> {
                write(name, vcpu);
                executed.set(vcpu, 0);
            });
            block.inlineAdd(executed, block.size());
            block.inlineAdd(counted.executions, 1);
        });
        context.onExit(this::close);
    }

    private synchronized Counted counted(PluginContext context, Block block) {
        return blocks.computeIfAbsent(new Key(block.address(), block.size()), key -> {
            Counted counted = new Counted(inOrder.size() + 1, block.size(), context.newScoreboard());
            inOrder.add(counted);
            return counted;
        });
    }

    private synchronized void write(String name, int vcpu) {
        StringBuilder line = new StringBuilder("T");
        for (Counted block : inOrder) {
            long count = block.executions.get(vcpu);
            if (count != 0) {
                line.append(':')
                        .append(block.id)
                        .append(':')
                        .append(count * block.instructions)
                        .append(' ');
                block.executions.set(vcpu, 0);
            }
        }
        try {
            file(name, vcpu).append(line).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Writer file(String name, int vcpu) throws IOException {
        Writer file = files.get(vcpu);
        if (file == null) {
            file = Files.newBufferedWriter(OutputFile.path(name + "." + vcpu + ".bb"), StandardCharsets.US_ASCII);
            files.put(vcpu, file);
        }
        return file;
    }

    private synchronized void close() {
        for (Writer file : files.values()) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
