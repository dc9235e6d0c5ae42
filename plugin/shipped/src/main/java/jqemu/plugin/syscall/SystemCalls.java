package jqemu.plugin.syscall;

import java.util.Comparator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.SystemCall;

/// Counts system calls and those that failed, or prints each. QEMU's test plugin `syscall`.
///
/// Arguments: `print=on` prints a line at each call and at its return instead of the table at the end; `log_writes=on`
/// prints what `write` writes, in hexadecimal. As in QEMU, to try filters with, system call 4096 with 0x66ccff is not
/// made but gives 0xffcc66.
public final class SystemCalls implements Plugin {
    private static final long FIRST_ERROR = -4095;
    private static final long WRITE = 64;
    private static final long LONGEST = 1 << 24;
    private static final int COLUMNS = 16;
    private static final int DELETE = 0x7f;
    private static final long MAGIC_NUMBER = 4096;
    private static final long MAGIC_ARGUMENT = 0x66ccff;
    private static final long MAGIC_RESULT = 0xffcc66;

    private static final class Count {
        private final LongAdder calls = new LongAdder();
        private final LongAdder errors = new LongAdder();
    }

    private final Map<Long, Count> counts = new ConcurrentHashMap<>();

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        boolean print = arguments.flag("print", false);
        boolean logWrites = arguments.flag("log_writes", false);
        arguments.rejectUnknown();
        context.filterSystemCalls((vcpu, call) -> {
            boolean magic = call.number() == MAGIC_NUMBER && call.a0() == MAGIC_ARGUMENT;
            if (magic && print) {
                context.print("magic syscall filtered, set magic return\n");
            }
            return magic ? OptionalLong.of(MAGIC_RESULT) : OptionalLong.empty();
        });
        context.onSystemCall((vcpu, call) -> {
            if (print) {
                context.print("syscall #" + call.number() + "\n");
            } else {
                count(call.number()).calls.increment();
            }
            if (logWrites && call.number() == WRITE) {
                context.print(written(context, call));
            }
        });
        if (print) {
            context.onSystemCallReturn(
                    (vcpu, number, result) -> context.print("syscall #" + number + " returned -> " + result + "\n"));
            return;
        }
        context.onSystemCallReturn((vcpu, number, result) -> {
            if (result < 0 && result >= FIRST_ERROR) {
                count(number).errors.increment();
            }
        });
        context.onExit(() -> context.print(table()));
    }

    private static String written(PluginContext context, SystemCall call) {
        if (call.a2() > LONGEST || call.a2() < 0) {
            return "a write of " + Long.toUnsignedString(call.a2()) + " bytes is too long to show\n";
        }
        byte[] bytes = context.readMemory(call.a1(), (int) call.a2());
        if (bytes == null) {
            return call.a2() == 0 ? "" : "cannot read memory at 0x" + Long.toHexString(call.a1()) + "\n";
        }
        StringBuilder text = new StringBuilder();
        for (int start = 0; start < bytes.length; start += COLUMNS) {
            StringBuilder characters = new StringBuilder();
            for (int i = start; i < start + COLUMNS; i++) {
                if (i < bytes.length) {
                    text.append("%02x ".formatted(bytes[i]));
                    characters.append(bytes[i] > ' ' && bytes[i] < DELETE ? (char) bytes[i] : '.');
                } else {
                    text.append("   ");
                }
            }
            text.append(" | ").append(characters).append('\n');
        }
        return text.toString();
    }

    private Count count(long number) {
        return counts.computeIfAbsent(number, key -> new Count());
    }

    private String table() {
        StringBuilder text = new StringBuilder("syscall no.  calls  errors\n");
        counts.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<Long, Count> entry) ->
                                -entry.getValue().calls.sum())
                        .thenComparingLong(Map.Entry::getKey))
                .forEach(entry -> text.append("%-13d%-6d %d%n"
                        .formatted(
                                entry.getKey(),
                                entry.getValue().calls.sum(),
                                entry.getValue().errors.sum())));
        return text.toString();
    }
}
