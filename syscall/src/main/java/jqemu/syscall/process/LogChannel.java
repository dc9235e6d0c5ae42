package jqemu.syscall.process;

import java.util.function.Consumer;
import jqemu.loader.elf.ElfDiagnostics;

/// What goes to the log when the user has asked for it, and nowhere otherwise.
///
/// A class where lambdas would do: the first lambda of a start costs it more than 10 ms.
final class LogChannel implements Consumer<String>, ElfDiagnostics {
    private final LogSink log;
    private final boolean open;

    LogChannel(LogSink log, boolean open) {
        this.log = log;
        this.open = open;
    }

    /// What a plugin prints.
    @Override
    public void accept(String text) {
        if (open) {
            log.collect(text);
        }
    }

    @Override
    public void report(String line) {
        if (open) {
            log.write(line.concat("\n"));
        }
    }
}
