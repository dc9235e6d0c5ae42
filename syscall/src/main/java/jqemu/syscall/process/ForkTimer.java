package jqemu.syscall.process;

import jqemu.tcg.exec.Vcpu;
import org.jspecify.annotations.Nullable;

/// Interrupts a thread that executes a child for its parent, once it has done so for a while. One child at a time.
final class ForkTimer {
    private static @Nullable Thread thread;
    private static @Nullable Vcpu vcpu;
    private static long deadline;
    private static boolean over;

    private ForkTimer() {}

    /// Interrupts `child` after some milliseconds, unless [#stop] comes first.
    static synchronized void start(Vcpu child, long millis) {
        vcpu = child;
        over = false;
        deadline = System.nanoTime() + millis * 1_000_000;
        if (thread == null) {
            thread = new Thread(null, ForkTimer::watch, "jqemu-fork");
            thread.setDaemon(true);
            thread.start();
        }
        ForkTimer.class.notifyAll();
    }

    static synchronized void stop() {
        vcpu = null;
    }

    /// Whether the time is over.
    static synchronized boolean isOver() {
        return over;
    }

    private static synchronized void watch() {
        try {
            while (true) {
                long left = deadline - System.nanoTime();
                if (vcpu == null) {
                    ForkTimer.class.wait();
                } else if (left > 0) {
                    ForkTimer.class.wait(left / 1_000_000 + 1);
                } else {
                    over = true;
                    vcpu.requestInterrupt();
                    vcpu = null;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        }
    }
}
