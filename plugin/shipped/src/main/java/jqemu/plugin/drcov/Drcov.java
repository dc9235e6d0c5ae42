package jqemu.plugin.drcov;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.files.OutputFile;

/// Writes the blocks that were executed in DynamoRIO's coverage format, which Lighthouse and others open. QEMU's
/// `drcov`.
///
/// Argument: `filename=FILE` (`file.drcov.trace`), in which `%p` stands for the process id.
public final class Drcov implements Plugin {
    private static final int INSTRUCTION_SIZE = 4;
    private static final int ENTRY_SIZE = 8;

    /// A block that may be executed.
    private static final class Covered {
        private final long start;
        private final int size;
        private boolean executed;

        Covered(long start, int size) {
            this.start = start;
            this.size = size;
        }
    }

    private final List<Covered> blocks = new CopyOnWriteArrayList<>();

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        String file = arguments.string("filename", "file.drcov.trace");
        arguments.rejectUnknown();
        context.onTranslate(block -> {
            Covered covered = new Covered(block.address(), block.size() * INSTRUCTION_SIZE);
            blocks.add(covered);
            block.onExecute(vcpu -> covered.executed = true);
        });
        context.onExit(() -> write(context, file));
    }

    private void write(PluginContext context, String name) {
        List<Covered> executed = blocks.stream().filter(block -> block.executed).toList();
        long start = context.startCode();
        String header = "DRCOV VERSION: 2\nDRCOV FLAVOR: drcov-64\nModule Table: version 2, count 1\n"
                + "Columns: id, base, end, entry, path\n"
                + "0, 0x%x, 0x%x, 0x%x, %s%n"
                        .formatted(start, context.endCode(), context.entryCode(), context.pathToBinary())
                + "BB Table: " + executed.size() + " bbs\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header.getBytes(StandardCharsets.UTF_8));
        ByteBuffer entry = ByteBuffer.allocate(ENTRY_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (Covered block : executed) {
            entry.clear();
            entry.putInt((int) (block.start - start))
                    .putShort((short) block.size)
                    .putShort((short) 0);
            out.writeBytes(entry.array());
        }
        OutputFile.write(name, out.toByteArray());
    }
}
