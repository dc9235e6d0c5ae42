package jqemu.plugin.syscall;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;

/// Counts system calls and those that failed, or prints each. QEMU's test plugin `syscall`.
///
/// Argument: `print=on` prints a line at each call and at its return instead of the table at the end.
public final class SystemCalls implements Plugin {
    private static final long FIRST_ERROR = -4095;

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
        arguments.rejectUnknown();
        if (print) {
            context.onSystemCall((vcpu, call) -> context.print("syscall #" + call.number() + "\n"));
            context.onSystemCallReturn(
                    (vcpu, number, result) -> context.print("syscall #" + number + " returned -> " + result + "\n"));
            return;
        }
        context.onSystemCall((vcpu, call) -> count(call.number()).calls.increment());
        context.onSystemCallReturn((vcpu, number, result) -> {
            if (result < 0 && result >= FIRST_ERROR) {
                count(number).errors.increment();
            }
        });
        context.onExit(() -> context.print(table()));
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
