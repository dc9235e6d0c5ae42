package jqemu.syscall.process;

import jqemu.tcg.instrument.PluginFailure;

/// The end of a run by a mistake that is not the guest's: one line on standard error, exit status 1.
final class FatalError {
    private static final int STATUS = 1;

    private FatalError() {}

    /// Ends the process because a plugin failed.
    static void report(LinuxProcess process, PluginFailure failure) {
        end(process, String.valueOf(failure.getMessage()));
    }

    /// Ends the process because we failed; the text says where to look.
    static void report(LinuxProcess process, Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        end(process, "internal error: " + failure + (trace.length == 0 ? "" : " at " + trace[0]));
    }

    /// One at a time, and the first ends the process: several threads may fail at once.
    private static synchronized void end(LinuxProcess process, String message) {
        process.flushLog();
        System.err.println("jqemu-user: " + message.replace('\n', ' '));
        System.err.flush();
        process.host().exit(STATUS);
    }
}
