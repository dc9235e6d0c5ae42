package jqemu.syscall.strace;

import java.util.Locale;
import jqemu.syscall.dispatch.SyscallFormats;
import jqemu.syscall.dispatch.SyscallFormats.Kind;
import jqemu.syscall.process.GuestThread;
import jqemu.syscall.process.LinuxProcess;
import jqemu.syscall.signal.SignalInfo;
import org.jspecify.annotations.Nullable;

/// Prints system calls in QEMU's format: `PID name(arguments)` before the call and ` = result` after it.
public final class Strace {
    private static final int MOST_ERRNO = 4095;

    private final LinuxProcess process;
    private final @Nullable Format[] formats;

    /// What the table says of one call.
    @SuppressWarnings("ArrayRecordComponent") // read only, never compared
    private record Format(String name, String style, Kind result, Kind[] arguments) {}

    /// A printer to the log of a process.
    public Strace(LinuxProcess process) {
        this.process = process;
        this.formats = parse(SyscallFormats.TABLE.split("\n", 0));
    }

    private static @Nullable Format[] parse(String[] lines) {
        String last = lines[lines.length - 1];
        @Nullable Format[] formats = new Format[Integer.parseInt(last.substring(0, last.indexOf(' '))) + 1];
        for (String line : lines) {
            String[] words = line.split(" ", 0);
            Kind[] arguments = new Kind[words.length - 4];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = kind(words[i + 4]);
            }
            formats[Integer.parseInt(words[0])] = new Format(words[1], words[2], kind(words[3]), arguments);
        }
        return formats;
    }

    private static Kind kind(String name) {
        return Kind.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private @Nullable Format format(int number) {
        Format format = number >= 0 && number < formats.length ? formats[number] : null;
        return format == null || format.style.equals("unknown") ? null : format;
    }

    /// Prints a call that is about to be made.
    ///
    /// @param arguments its six arguments
    public void enter(GuestThread thread, int number, long[] arguments) {
        ArgumentPrinter out = new ArgumentPrinter(thread.memory());
        out.text().append(thread.tid()).append(' ');
        Format format = format(number);
        if (format == null) {
            out.text().append("Unknown syscall ").append(number).append('\n');
        } else if (format.style.equals("raw")) {
            out.text().append(format.name).append('(');
            for (int i = 0; i < arguments.length; i++) {
                out.text().append(i == 0 ? "" : ",").append(arguments[i]);
            }
            out.text().append(')');
        } else {
            out.text().append(format.name).append('(');
            out.arguments(format.name, format.arguments, arguments);
            out.text().append(')');
            if (format.result == Kind.NONE) {
                out.text().append('\n');
            }
        }
        process.log(out.text().toString());
    }

    /// Prints that a signal is about to be delivered, or to end the process.
    public void take(GuestThread thread, int signal, SignalInfo info) {
        ArgumentPrinter out = new ArgumentPrinter(thread.memory());
        out.text().append("--- ").append(ArgumentPrinter.signalName(signal)).append(' ');
        out.signalInfo(info);
        process.log(out.text().append(" ---\n").toString());
    }

    /// Prints the result of a call that [#enter] printed.
    public void leave(GuestThread thread, int number, long[] arguments, long result) {
        Format format = format(number);
        if (format == null || format.result == Kind.NONE) {
            return;
        }
        ArgumentPrinter out = new ArgumentPrinter(thread.memory());
        out.text().append(" = ");
        if (result < 0 && result >= -MOST_ERRNO) {
            String meaning = ErrorText.of((int) -result);
            out.text().append("-1 errno=").append(-result);
            if (!meaning.isEmpty()) {
                out.text().append(" (").append(meaning).append(')');
            }
        } else if (format.result == Kind.ADDR) {
            out.fullHex(result);
        } else {
            out.text().append(result);
        }
        if (result >= 0 && !format.style.equals("raw")) {
            out.results(format.arguments, arguments);
        }
        process.log(out.text().append('\n').toString());
    }
}
