package jqemu.plugin.trace;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.PluginException;
import jqemu.plugin.calls.CallFollower;
import jqemu.plugin.calls.EventLog;
import jqemu.plugin.calls.Function;
import jqemu.plugin.files.OutputFile;
import org.jspecify.annotations.Nullable;

/// Writes when each thread entered and left which functions and system calls, as a trace that Perfetto
/// (ui.perfetto.dev) and Chrome (`chrome://tracing`) show.
///
/// Arguments: `filename=FILE` (`trace.json`), in which `%p` stands for the process id; `clock=time`, or `insns`: one
/// microsecond of the trace is one instruction, the same in each run; `syscalls=off` leaves system calls out; `limit=N`
/// events for each thread (1000000).
public final class Trace implements Plugin {
    private static final int LIMIT = 1_000_000;
    private static final int NANOSECONDS = 1000;

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        String file = arguments.string("filename", "trace.json");
        boolean byTime = isTime(arguments.string("clock", "time"));
        boolean syscalls = arguments.flag("syscalls", true);
        int limit = arguments.integer("limit", LIMIT);
        arguments.rejectUnknown();
        CallFollower follower = new CallFollower(context, limit, byTime, syscalls);
        context.onExit(() -> {
            List<EventLog> logs = follower.finish();
            write(OutputFile.path(file), context.pathToBinary(), logs, byTime);
            long dropped = logs.stream().mapToLong(EventLog::dropped).sum();
            if (dropped > 0) {
                context.print("trace: " + dropped + " calls are missing; see argument limit\n");
            }
        });
    }

    private static boolean isTime(String clock) {
        if (!clock.equals("time") && !clock.equals("insns")) {
            throw new PluginException("clock is time or insns, not " + clock);
        }
        return clock.equals("time");
    }

    private static void write(Path path, @Nullable String program, List<EventLog> logs, boolean byTime) {
        try (BufferedWriter out = Files.newBufferedWriter(path)) {
            out.write("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n");
            out.write("{\"ph\":\"M\",\"pid\":1,\"name\":\"process_name\",\"args\":{\"name\":" + quoted(program) + "}}");
            int thread = 0;
            for (EventLog log : logs) {
                // an index is used again after its thread has ended
                int id = thread++;
                out.write(",\n{\"ph\":\"M\",\"pid\":1,\"tid\":" + id
                        + ",\"name\":\"thread_name\",\"args\":{\"name\":\"vCPU " + log.thread() + "\"}}");
                log.visit((time, subject, leaves) -> {
                    try {
                        out.write(event(id, time, subject, leaves, byTime));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
            out.write("\n]}\n");
        } catch (IOException e) {
            throw OutputFile.cannotWrite(path, e);
        } catch (UncheckedIOException e) {
            throw OutputFile.cannotWrite(path, Objects.requireNonNull(e.getCause()));
        }
    }

    private static String event(int thread, long time, Object subject, boolean leaves, boolean byTime) {
        String microseconds = byTime
                ? time / NANOSECONDS + "."
                        + Long.toString(NANOSECONDS + time % NANOSECONDS).substring(1)
                : Long.toString(time);
        String start =
                ",\n{\"ph\":\"" + (leaves ? "E" : "B") + "\",\"pid\":1,\"tid\":" + thread + ",\"ts\":" + microseconds;
        if (leaves) {
            return start + "}";
        }
        return switch (subject) {
            case Function function ->
                start + ",\"cat\":\"function\",\"name\":" + quoted(function.name()) + ",\"args\":{\"address\":\"0x"
                        + Long.toHexString(function.start()) + "\"}}";
            default -> start + ",\"cat\":\"syscall\",\"name\":" + quoted(subject.toString()) + "}";
        };
    }

    private static String quoted(@Nullable String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char each : (text == null ? "" : text).toCharArray()) {
            if (each < ' ' || each == '"' || each == '\\') {
                quoted.append("\\u%04x".formatted((int) each));
            } else {
                quoted.append(each);
            }
        }
        return quoted.append('"').toString();
    }
}
