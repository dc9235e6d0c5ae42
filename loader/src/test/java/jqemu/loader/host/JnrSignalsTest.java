package jqemu.loader.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Signals that a thread of the JVM's hands to a guest's thread.
class JnrSignalsTest {
    private static final int SIGUSR1 = 10;
    private static final int SIGUSR2 = 12;
    private static final int ROUNDS = 200_000;

    /// The thread looks when its poll word says so and no more: one that missed a signal would wait for ever, and
    /// each of its blocking calls would be said to be interrupted.
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noSignalIsMissed() throws Exception {
        long slot = ThreadSlot.allocate(1);
        JnrSignals signals = new JnrSignals();
        signals.setMask(1, 0);
        signals.add(slot);
        AtomicInteger taken = new AtomicInteger();
        Thread guest = new Thread(() -> take(signals, slot, taken));
        guest.setDaemon(true);
        guest.start();
        for (int sent = 0; sent < ROUNDS; sent++) {
            signals.receive(SIGUSR1);
            while (taken.get() <= sent) {
                Thread.onSpinWait();
            }
        }
        guest.join(TimeUnit.SECONDS.toMillis(30));
        assertEquals(Thread.State.TERMINATED, guest.getState());
    }

    /// Between the two the thread enters the signal's handler, during which that signal is blocked.
    @Test
    void theNextSignalWaitsUntilTheMaskIsSet() {
        long slot = ThreadSlot.allocate(1);
        JnrSignals signals = new JnrSignals();
        signals.setMask(1, 0);
        signals.add(slot);
        signals.receive(SIGUSR1);
        signals.receive(SIGUSR1);
        assertTrue(ThreadSlot.isPending(slot));
        ThreadSlot.finishSignal(slot);
        signals.receive(SIGUSR2);
        assertFalse(ThreadSlot.isPending(slot));
        signals.setMask(1, 1L << (SIGUSR1 - 1));
        assertTrue(ThreadSlot.isPending(slot));
        assertEquals(SIGUSR2, ThreadSlot.signal(slot));
        ThreadSlot.finishSignal(slot);
        signals.setMask(1, 0);
        assertEquals(SIGUSR1, ThreadSlot.signal(slot));
        assertTrue(ThreadSlot.isPending(slot));
    }

    private static void take(JnrSignals signals, long slot, AtomicInteger taken) {
        while (taken.get() < ROUNDS) {
            if (ThreadSlot.poll(slot) != -1) {
                continue;
            }
            ThreadSlot.setPoll(slot, ThreadSlot.MAX_DEPTH);
            if (ThreadSlot.isPending(slot)) {
                ThreadSlot.finishSignal(slot);
                signals.setMask(1, 0);
                taken.incrementAndGet();
            }
        }
    }
}
