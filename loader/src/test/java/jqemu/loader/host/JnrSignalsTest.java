package jqemu.loader.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Signals that a thread of the JVM's hands to a guest's thread.
class JnrSignalsTest {
    private static final int SIGUSR1 = 10;
    private static final int ROUNDS = 200_000;

    /// The thread looks when its poll word says so and no more: one that missed a signal would wait for ever, and each
    /// of its blocking calls would be said to be interrupted.
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noSignalIsMissed() throws Exception {
        long slot = ThreadSlot.allocate(1);
        JnrSignals signals = new JnrSignals();
        signals.setMask(1, 0);
        signals.add(slot);
        Thread guest = new Thread(() -> take(signals, slot));
        guest.setDaemon(true);
        guest.start();
        for (int sent = 0; sent < ROUNDS; sent++) {
            signals.receive(SIGUSR1);
            while (ThreadSlot.isPending(slot)) {
                Thread.onSpinWait();
            }
        }
        guest.join(TimeUnit.SECONDS.toMillis(30));
        assertEquals(Thread.State.TERMINATED, guest.getState());
    }

    private static void take(JnrSignals signals, long slot) {
        for (int taken = 0; taken < ROUNDS; ) {
            if (ThreadSlot.poll(slot) != -1) {
                continue;
            }
            ThreadSlot.setPoll(slot, ThreadSlot.MAX_DEPTH);
            if (ThreadSlot.isPending(slot)) {
                taken++;
                ThreadSlot.finishSignal(slot);
                signals.setMask(1, 0);
            }
        }
    }
}
