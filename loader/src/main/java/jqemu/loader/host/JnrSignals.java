package jqemu.loader.host;

import static jqemu.loader.host.HostConstants.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.internal.misc.Signal;
import jdk.internal.misc.Unsafe;

/// Signals for [JnrHost], from the JVM (`sun.misc.Signal` without its warnings): it tells a number on a thread of its
/// own, and refuses the signals that the JVM needs. Which guest thread gets one is decided here: the first whose mask
/// lets it in.
final class JnrSignals {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final String[] NAMES = {
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS"
    };

    private static final int LAST = 64;

    private final List<Long> slots = new ArrayList<>();
    private final Map<Integer, Long> masks = new HashMap<>();

    /// Threads that were given a signal and have not set their mask since: as on a host with handlers of its own,
    /// all signals wait until then, because the signal's handler may block more of them.
    private final Set<Integer> busy = new HashSet<>();

    private long waiting;

    synchronized void add(long slot) {
        slots.add(slot);
        deliver();
    }

    synchronized void remove(long slot) {
        slots.remove(slot);
        masks.remove(ThreadSlot.tid(slot));
        busy.remove(ThreadSlot.tid(slot));
    }

    synchronized long setMask(int tid, long mask) {
        Long old = masks.put(tid, mask);
        busy.remove(tid);
        deliver();
        return old == null ? 0 : old;
    }

    /// A signal that the JVM keeps to itself, or does not know, cannot be had from outside; the guest's own faults
    /// do not come this way.
    ///
    /// @return 0, or -EINVAL for a number that is no signal
    long setAction(int signal, SignalAction action) {
        if (signal < 1 || signal > LAST) {
            return -EINVAL;
        }
        if (signal >= NAMES.length) {
            return 0; // a real-time signal, of which the JVM knows none
        }
        Signal.Handler handler = switch (action) {
            case DEFAULT -> Signal.Handler.SIG_DFL;
            case IGNORE -> Signal.Handler.SIG_IGN;
            case CATCH -> caught -> receive(caught.getNumber());
        };
        try {
            Signal.handle(new Signal(NAMES[signal]), handler);
        } catch (IllegalArgumentException keptByTheJvm) {
            // goes on as it is
        }
        return 0;
    }

    /// A signal came, on a thread of the JVM's.
    synchronized void receive(int signal) {
        waiting |= 1L << (signal - 1);
        deliver();
    }

    /// Puts waiting signals into free slots.
    private void deliver() {
        for (long slot : slots) {
            int tid = ThreadSlot.tid(slot);
            long open = waiting & ~masks.getOrDefault(tid, 0L);
            if (open != 0 && !busy.contains(tid)) {
                busy.add(tid);
                int signal = Long.numberOfTrailingZeros(open) + 1;
                waiting &= ~(1L << (signal - 1));
                UNSAFE.setMemory(slot + ThreadSlot.SIGINFO, 128, (byte) 0);
                UNSAFE.putInt(slot + ThreadSlot.SIGINFO, signal);
                UNSAFE.putInt(slot + ThreadSlot.SIGNAL, signal);
                UNSAFE.putLong(slot + ThreadSlot.SAVED_MASK, masks.getOrDefault(tid, 0L));
                UNSAFE.putLong(slot + ThreadSlot.SIGNAL_COUNT, UNSAFE.getLong(slot + ThreadSlot.SIGNAL_COUNT) + 1);
                // in this order: the thread sets POLL back and then looks at PENDING, which it must not miss
                UNSAFE.putIntVolatile(null, slot + ThreadSlot.PENDING, 1);
                ThreadSlot.setPoll(slot, -1);
            }
        }
    }
}
