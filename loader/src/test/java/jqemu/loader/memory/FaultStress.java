package jqemu.loader.memory;

import java.util.concurrent.atomic.AtomicReference;
import jqemu.loader.host.Host;
import jqemu.loader.host.NativeHost;
import org.jspecify.annotations.Nullable;

/// A program for child JVMs: precise guest faults while other threads make HotSpot use the same signals for its own
/// purposes (implicit null checks, stack overflows) and the collector moves everything.
final class FaultStress {
    private static volatile boolean stop;

    /// Keeps what is computed alive.
    @SuppressWarnings("UnusedVariable")
    private static volatile Object sink = "";

    private static final class Node {
        int value;

        @SuppressWarnings("NullAway.Init") // null is what the test is about
        Node next;
    }

    private FaultStress() {}

    private static int follow(Node node) {
        return node.next.next.value;
    }

    /// Recurs until the stack overflows.
    @SuppressWarnings("InfiniteRecursion")
    private static int dive(int depth) {
        return dive(depth + 1) + 1;
    }

    private static long nullPointers() {
        Node whole = new Node();
        whole.next = new Node();
        whole.next.next = whole;
        Node broken = new Node();
        long caught = 0;
        for (int i = 0; !stop; i++) {
            try {
                sink = follow((i & 7) == 0 ? broken : whole);
            } catch (NullPointerException expected) {
                caught++;
            }
        }
        return caught;
    }

    private static long stackOverflows() {
        long caught = 0;
        while (!stop) {
            try {
                dive(0);
            } catch (StackOverflowError expected) {
                caught++;
            }
        }
        return caught;
    }

    private static long garbage() {
        long rounds = 0;
        while (!stop) {
            byte[][] blocks = new byte[64][];
            for (int i = 0; i < blocks.length; i++) {
                blocks[i] = new byte[20000];
            }
            sink = blocks;
            rounds++;
        }
        return rounds;
    }

    public static void main(String[] args) throws InterruptedException {
        Host host = NativeHost.open();
        GuestMemory memory = FaultPrecision.prepare(host);
        int tests = Integer.parseInt(args[0]);
        long[] counts = new long[3];
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread[] noise = {
            new Thread(() -> counts[0] = nullPointers()),
            new Thread(() -> counts[1] = stackOverflows()),
            new Thread(() -> counts[2] = garbage())
        };
        for (Thread thread : noise) {
            thread.setUncaughtExceptionHandler((t, error) -> failure.compareAndSet(null, error));
            thread.start();
        }
        long slot = host.registerThread();
        int faults = FaultPrecision.run(memory, slot, tests, Long.parseLong(args[1]));
        stop = true;
        for (Thread thread : noise) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
        System.out.println("precise " + tests + " tests, " + faults + " faults; " + counts[0] + " null pointers, "
                + counts[1] + " stack overflows, " + counts[2] + " rounds of garbage");
    }
}
