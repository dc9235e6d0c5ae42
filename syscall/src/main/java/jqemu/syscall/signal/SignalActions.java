package jqemu.syscall.signal;

import jqemu.loader.host.Host;
import jqemu.loader.host.SignalAction;

/// What the guest process does with each signal: the table of sigaction(2), shared by its threads.
///
/// The host is told only what it must do: keep the signal for us where the guest has a handler, else act by itself.
/// With [#catchFatal] the signals that would end the process come to us as well, so that plugins hear of the end;
/// with [#catchFatalFromOthers] those among them that are no faults.
public final class SignalActions {
    /// The signals besides SIGSEGV and SIGBUS that HotSpot handles, also with `-Xrs`.
    private static final int[] HOTSPOTS = {
        Signals.SIGILL, Signals.SIGFPE, Signals.SIGUSR2, Signals.SIGPIPE, Signals.SIGXFSZ
    };

    private final Host host;
    private final Runnable preciseFaults;
    private final long[] handlers = new long[Signals.COUNT + 1];
    private final long[] flags = new long[Signals.COUNT + 1];
    private final long[] restorers = new long[Signals.COUNT + 1];
    private final long[] masks = new long[Signals.COUNT + 1];
    private boolean catchFatal;
    private boolean catchFatalFromOthers;
    private boolean premasked;

    /// All actions are the default.
    ///
    /// @param preciseFaults makes translated code stop at an access that fails, which handlers need
    public SignalActions(Host host, Runnable preciseFaults) {
        this.host = host;
        this.preciseFaults = preciseFaults;
    }

    /// The same actions for a child process.
    public synchronized SignalActions copy(Host childsHost) {
        SignalActions copy = new SignalActions(childsHost, preciseFaults);
        System.arraycopy(handlers, 0, copy.handlers, 0, handlers.length);
        System.arraycopy(flags, 0, copy.flags, 0, flags.length);
        System.arraycopy(restorers, 0, copy.restorers, 0, restorers.length);
        System.arraycopy(masks, 0, copy.masks, 0, masks.length);
        return copy;
    }

    /// Whether `signal` is ignored.
    public synchronized boolean isIgnored(int signal) {
        return handlers[signal] == Signals.SIG_IGN;
    }

    /// One action, as sigaction(2) describes it.
    ///
    /// @param handler a guest address, [Signals#SIG_DFL] or [Signals#SIG_IGN]
    /// @param flags `SA_*`
    /// @param restorer the guest address to return to from the handler, with [Signals#SA_RESTORER]
    /// @param mask the signals that are blocked while the handler runs
    public record Action(long handler, long flags, long restorer, long mask) {
        /// Whether this flag is set.
        public boolean has(long flag) {
            return (flags & flag) != 0;
        }

        /// Whether there is a guest function to call.
        public boolean isHandler() {
            return handler != Signals.SIG_DFL && handler != Signals.SIG_IGN;
        }
    }

    /// The action for `signal`.
    public synchronized Action get(int signal) {
        return new Action(handlers[signal], flags[signal], restorers[signal], masks[signal]);
    }

    /// Sets the action for `signal` and tells the host.
    ///
    /// @return 0 or a negative errno
    public synchronized long set(int signal, Action action) {
        handlers[signal] = action.handler();
        flags[signal] = action.flags();
        restorers[signal] = action.restorer();
        masks[signal] = Signals.blockable(action.mask());
        return tellHost(signal, action);
    }

    /// Notes that the caller of the program ignored `signal`; the host does already.
    public synchronized void inheritIgnored(int signal) {
        handlers[signal] = Signals.SIG_IGN;
    }

    /// Makes the host take the guest's action for the signals that HotSpot handles or ignores: a write to a pipe
    /// that nobody reads ends the guest. To be called after [#inheritIgnored].
    public synchronized void takeOverHotspots() {
        for (int signal : HOTSPOTS) {
            tellHost(signal, get(signal));
        }
    }

    /// From now on signals whose default action ends the process are delivered to us.
    public synchronized void catchFatal() {
        catchFatal = true;
        preciseFaults.run();
        tellHostOfDefaults();
    }

    /// From now on signals whose default action ends the process are delivered to us, but for those that a fault
    /// causes: so translated code stays as fast as it is without.
    public synchronized void catchFatalFromOthers() {
        catchFatalFromOthers = true;
        tellHostOfDefaults();
    }

    private void tellHostOfDefaults() {
        for (int signal = 1; signal <= Signals.COUNT; signal++) {
            if (handlers[signal] == Signals.SIG_DFL && isCatchable(signal)) {
                tellHost(signal, get(signal));
            }
        }
    }

    /// Makes the JVM's own threads block all signals, so that the kernel leaves one that is sent to the process to
    /// guest threads, and lets it wait while those block it.
    public synchronized void keepFromOtherThreads() {
        if (!premasked) {
            premasked = true;
            host.premaskThreads();
        }
    }

    private long tellHost(int signal, Action action) {
        if (isSynchronous(signal) && action.isHandler()) {
            preciseFaults.run();
        }
        SignalAction onHost = onHost(signal, action);
        if (onHost == SignalAction.CATCH) {
            keepFromOtherThreads();
        }
        return host.setSignalAction(signal, onHost, action.flags());
    }

    private SignalAction onHost(int signal, Action action) {
        if (action.isHandler()) {
            return SignalAction.CATCH;
        }
        if (action.handler() == Signals.SIG_IGN) {
            return SignalAction.IGNORE;
        }
        boolean wanted = catchFatal || (catchFatalFromOthers && !isSynchronous(signal));
        return wanted && isCatchable(signal) && Signals.isFatalByDefault(signal)
                ? SignalAction.CATCH
                : SignalAction.DEFAULT;
    }

    private static boolean isCatchable(int signal) {
        return signal != Signals.SIGKILL && signal != Signals.SIGSTOP;
    }

    private static boolean isSynchronous(int signal) {
        return switch (signal) {
            case Signals.SIGSEGV, Signals.SIGBUS, Signals.SIGILL, Signals.SIGTRAP, Signals.SIGFPE -> true;
            default -> false;
        };
    }
}
