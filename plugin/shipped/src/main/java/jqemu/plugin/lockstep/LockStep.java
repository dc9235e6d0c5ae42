package jqemu.plugin.lockstep;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import jqemu.plugin.api.Block;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.PluginException;
import org.jspecify.annotations.Nullable;

/// Runs two emulators block by block and says where they part. QEMU's `lockstep`; one of the two may be QEMU with its
/// own plugin.
///
/// Arguments: `sockpath=PATH`, the same for both, a Unix socket that the first makes and the second connects to;
/// `verbose=on` reports each difference. A program with more than one thread differs by itself.
public final class LockStep implements Plugin {
    /// A program counter and the number of instructions before it.
    private static final int MESSAGE = 16;

    private static final int HISTORY = 5;

    /// A block that was executed, and all instructions up to its end.
    private record Step(long pc, int size, String symbol, long instructions) {}

    private final ByteBuffer ours = ByteBuffer.allocate(MESSAGE).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer theirs = ByteBuffer.allocate(MESSAGE).order(ByteOrder.LITTLE_ENDIAN);
    private final Deque<Step> history = new ArrayDeque<>();
    private @Nullable SocketChannel peer;
    private long blocks;
    private long instructions;
    private long differences;
    private long blocksAtLast;
    private long distanceOfLast;
    private boolean verbose;

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        String path = arguments.string("sockpath", "");
        verbose = arguments.flag("verbose", false);
        arguments.rejectUnknown();
        if (path.isEmpty()) {
            throw new PluginException("Need a socket path to talk to other instance.");
        }
        try {
            peer = connect(context, Path.of(path));
        } catch (IOException e) {
            throw new PluginException("cannot set up the socket " + path + ": " + e.getMessage(), e);
        }
        context.onTranslate(block -> {
            Step step = new Step(block.address(), block.size(), symbol(block), 0);
            block.onExecute(vcpu -> execute(context, step));
        });
        context.onExit(() -> {
            context.print("No divergence :-)\nExecuted " + blocks + "/" + blocks + " blocks\nExecuted ~" + instructions
                    + " instructions\n");
            close();
        });
    }

    private static String symbol(Block block) {
        String name = block.instruction(0).symbol();
        return name == null
                ? ""
                : " (" + name + "+0x" + Long.toHexString(block.instruction(0).symbolOffset()) + ")";
    }

    /// The first of the two waits for the second, and removes the socket's name then.
    private static SocketChannel connect(PluginContext context, Path path) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        if (Files.exists(path)) {
            SocketChannel channel = SocketChannel.open(address);
            context.print("connect_socket::ready\n");
            return channel;
        }
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            SocketChannel channel = server.accept();
            Files.deleteIfExists(path);
            context.print("setup_socket::ready\n");
            return channel;
        }
    }

    private synchronized void execute(PluginContext context, Step step) {
        if (peer == null) {
            return;
        }
        try {
            ours.clear().putLong(step.pc).putLong(instructions).flip();
            while (ours.hasRemaining()) {
                peer.write(ours);
            }
            theirs.clear();
            while (theirs.hasRemaining()) {
                if (peer.read(theirs) < 0) {
                    giveUp(context, "read less than expected\n");
                    return;
                }
            }
        } catch (IOException e) {
            giveUp(context, "problem with the socket: " + e.getMessage() + "\n");
            return;
        }
        long there = theirs.flip().getLong();
        if (there != step.pc && differs(context, step, there, theirs.getLong())) {
            return;
        }
        blocks++;
        instructions += step.size;
        history.addFirst(new Step(step.pc, step.size, step.symbol, instructions));
        if (history.size() > HISTORY) {
            history.removeLast();
        }
    }

    /// Reports a difference. Two that follow each other at once are taken for the end of what the runs have in
    /// common; then it is true.
    private boolean differs(PluginContext context, Step step, long there, long theirInstructions) {
        long distance = differences == 0 ? 0 : blocks - blocksAtLast;
        boolean lost = distance == 1 && distanceOfLast == 1;
        differences++;
        blocksAtLast = blocks;
        distanceOfLast = distance;
        if (verbose || distance == 1 || lost) {
            context.print("@ 0x%016x%s vs 0x%016x (%d/%d since last)%n"
                    .formatted(step.pc, step.symbol, there, differences, distance));
        }
        if (!lost) {
            return false;
        }
        StringBuilder text = new StringBuilder("\u0394 insn_count @ 0x%016x (%d) vs 0x%016x (%d)%n"
                .formatted(step.pc, instructions, there, theirInstructions));
        for (Step each : history) {
            text.append("  previously @ 0x%016x%s/%d (%d insns)%n"
                    .formatted(each.pc, each.symbol, each.size, each.instructions));
        }
        giveUp(context, text + "too much divergence... giving up.\n");
        return true;
    }

    private void giveUp(PluginContext context, String why) {
        context.print(why);
        close();
        context.uninstall(() -> {});
    }

    private synchronized void close() {
        try {
            if (peer != null) {
                peer.close();
            }
        } catch (IOException e) {
            // the other side sees the end in any case
            throw new PluginException("cannot close the socket", e);
        } finally {
            peer = null;
        }
    }
}
