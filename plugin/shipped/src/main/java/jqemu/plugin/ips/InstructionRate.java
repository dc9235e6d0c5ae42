package jqemu.plugin.ips;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jqemu.plugin.api.Condition;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.PluginException;
import jqemu.plugin.api.Scoreboard;
import jqemu.plugin.api.ScoreboardU64;
import jqemu.plugin.api.TimeControl;
import org.jspecify.annotations.Nullable;

/// Slows each vCPU down to a number of instructions per second. QEMU's `ips`.
///
/// Argument: `ips=N`, with `k`, `m` or `g` for thousands, millions, thousands of millions (1g). A vCPU that is ahead
/// sleeps, ten times per second at most. In user mode the guest's time is the host's (QEMU's plugin ends the run
/// there);
/// this one limits the rate and leaves time alone.
public final class InstructionRate implements Plugin {
    private static final int QUANTA_PER_SECOND = 10;
    private static final int KILO = 1000;
    private static final double NANOSECONDS = TimeUnit.SECONDS.toNanos(1);

    private @Nullable TimeControl time;
    private long movedTo;

    /// The instructions that a vCPU has executed since it last looked at the clock, and all before; when that was.
    private record Cells(ScoreboardU64 quantum, ScoreboardU64 total, ScoreboardU64 started) {}

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        long rate = rate(arguments.string("ips", "1g"));
        arguments.rejectUnknown();
        long quantum = rate / QUANTA_PER_SECOND;
        if (quantum == 0) {
            throw new PluginException("minimum of " + QUANTA_PER_SECOND + " instructions per second needed");
        }
        time = context.requestTimeControl();
        Scoreboard board = context.newScoreboard(3);
        Cells cells = new Cells(board.cell(0), board.cell(1), board.cell(2));
        context.onVcpuInit(vcpu -> {
            // a vCPU that ended may have left its values in these cells
            cells.quantum.set(vcpu, 0);
            cells.total.set(vcpu, 0);
            cells.started.set(vcpu, System.nanoTime());
        });
        context.onTranslate(block -> {
            block.inlineAdd(cells.quantum, block.size());
            block.onExecuteIf(Condition.GE, cells.quantum, quantum, vcpu -> wait(cells, vcpu, rate));
        });
        context.onVcpuExit(vcpu -> wait(cells, vcpu, rate));
    }

    private static long rate(String text) {
        String digits = text.replaceFirst("[a-zA-Z]*$", "");
        long factor = switch (text.substring(digits.length()).toLowerCase(Locale.ROOT)) {
            case "" -> 1;
            case "k" -> KILO;
            case "m" -> (long) KILO * KILO;
            case "g" -> (long) KILO * KILO * KILO;
            default -> throw new PluginException("bad suffix: " + text.substring(digits.length()));
        };
        try {
            return Math.multiplyExact(Long.parseLong(digits), factor);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new PluginException("number argument parsing failed: ips=" + text, e);
        }
    }

    private void wait(Cells cells, int vcpu, long rate) {
        long executed = cells.quantum.get(vcpu);
        long due = cells.started.get(vcpu) + (long) (executed / (double) rate * NANOSECONDS);
        // parkNanos may return early
        for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
        cells.total.add(vcpu, executed);
        cells.quantum.set(vcpu, 0);
        cells.started.set(vcpu, System.nanoTime());
        moveTime((long) (cells.total.get(vcpu) / (double) rate * NANOSECONDS));
    }

    /// Time only goes forward; another vCPU may be further.
    private synchronized void moveTime(long nanoseconds) {
        if (time != null && nanoseconds > movedTo) {
            movedTo = nanoseconds;
            time.update(nanoseconds);
        }
    }
}
