package jqemu.loader.host;

import static jqemu.loader.host.HostConstants.*;

import jdk.internal.misc.Unsafe;
import jqemu.loader.memory.GuestMemory;

/// A program for child JVMs: signals that are sent to us, one scenario a run.
final class SignalProgram {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final Host HOST = NativeHost.open();
    private static final long PID = HOST.syscall(HostSyscall.GETPID);

    private static volatile long slot;
    private static int readEnd;
    private static int writeEnd;

    private SignalProgram() {}

    /// Runs as a guest thread that takes all signals, after the JVM's threads were told to take none.
    private static Thread guest(Runnable body) throws InterruptedException {
        HOST.premaskThreads();
        Thread thread = new Thread(() -> {
            long mine = HOST.registerThread();
            HOST.setSignalMask(0);
            slot = mine;
            body.run();
        });
        slot = 0;
        thread.start();
        while (slot == 0) {
            Thread.onSpinWait();
        }
        return thread;
    }

    private static void openPipe() {
        long ends = UNSAFE.allocateMemory(8);
        HOST.syscall(HostSyscall.PIPE2, ends, 0);
        readEnd = UNSAFE.getInt(ends);
        writeEnd = UNSAFE.getInt(ends + 4);
    }

    private static long blockingRead() {
        long buffer = UNSAFE.allocateMemory(8);
        return HOST.interruptibleSyscall(slot, HostSyscall.READ, readEnd, buffer, 1, 0, 0, 0);
    }

    private static String received(long result) {
        byte[] info = new byte[128];
        ThreadSlot.readSiginfo(slot, info);
        return "result " + result + " pending " + ThreadSlot.isPending(slot) + " signal " + ThreadSlot.signal(slot)
                + " code " + info[8] + " poll " + ThreadSlot.poll(slot) + "\n";
    }

    private static void interrupt(int signal, long flags, boolean process) throws InterruptedException {
        HOST.setSignalAction(signal, SignalAction.CATCH, flags);
        StringBuilder text = new StringBuilder();
        Thread thread = guest(() -> {
            ThreadSlot.setPoll(slot, 1000);
            text.append(received(blockingRead()));
            long mask = ThreadSlot.savedMask(slot);
            ThreadSlot.finishSignal(slot);
            HOST.setSignalMask(mask);
        });
        Thread.sleep(50);
        if (process) {
            HOST.syscall(HostSyscall.KILL, PID, signal);
        } else {
            HOST.syscall(HostSyscall.TGKILL, PID, ThreadSlot.tid(slot), signal);
        }
        thread.join();
        System.out.print(text);
    }

    /// A signal that is there before the call must keep it from blocking.
    private static void early() throws InterruptedException {
        HOST.setSignalAction(SIGUSR1, SignalAction.CATCH, 0);
        StringBuilder text = new StringBuilder();
        guest(() -> {
                    HOST.syscall(HostSyscall.TGKILL, PID, ThreadSlot.tid(slot), SIGUSR1);
                    text.append(received(blockingRead()));
                })
                .join();
        System.out.print(text);
    }

    /// Sends signals at random moments around a blocking call; one that gets lost hangs the test.
    private static void race(int rounds, long flags) throws InterruptedException {
        HOST.setSignalAction(SIGUSR1, SignalAction.CATCH, flags);
        int[] served = new int[1];
        int[] window = new int[1];
        Thread thread = guest(() -> {
            while (served[0] < rounds) {
                long result = blockingRead();
                if (ThreadSlot.isPending(slot)) {
                    served[0]++;
                    window[0] += result == Host.ERESTARTSYS ? 1 : 0;
                    long mask = ThreadSlot.savedMask(slot);
                    ThreadSlot.finishSignal(slot);
                    HOST.setSignalMask(mask);
                }
            }
        });
        long pause = 0;
        for (int i = 0; i < rounds; i++) {
            long before = UNSAFE.getLongVolatile(null, slot + ThreadSlot.SIGNAL_COUNT);
            HOST.syscall(HostSyscall.TGKILL, PID, ThreadSlot.tid(slot), SIGUSR1);
            while (UNSAFE.getLongVolatile(null, slot + ThreadSlot.SIGNAL_COUNT) == before) {
                Thread.onSpinWait();
            }
            while (UNSAFE.getIntVolatile(null, slot + ThreadSlot.PENDING) != 0) {
                Thread.onSpinWait();
            }
            pause = (pause * 1103515245 + 12345) & 0xfff;
            for (long spin = 0; spin < pause; spin++) {
                Thread.onSpinWait();
            }
        }
        thread.join();
        System.out.print("served " + served[0] + "\n");
        System.err.print(window[0] + " restarted\n");
    }

    private static void fault(SignalAction action, boolean implicit) throws InterruptedException {
        GuestMemory.reserve(HOST);
        HOST.setSignalAction(implicit ? SIGFPE : SIGSEGV, action, 0);
        StringBuilder text = new StringBuilder();
        guest(() -> {
                    HOST.syscall(HostSyscall.TGKILL, PID, ThreadSlot.tid(slot), implicit ? SIGFPE : SIGSEGV);
                    for (int i = 0; i < 20_000; i++) {
                        try {
                            divide(i, i & 1);
                        } catch (ArithmeticException expected) {
                            UNSAFE.putLong(slot + ThreadSlot.SCRATCH, i);
                        }
                    }
                    text.append(received(0));
                })
                .join();
        System.out.print(text);
    }

    private static int divide(int a, int b) {
        return a / b;
    }

    public static void main(String[] args) throws InterruptedException {
        openPipe();
        switch (args[0]) {
            case "thread" -> interrupt(SIGUSR1, 0, false);
            case "restart" -> interrupt(SIGUSR1, SA_RESTART, false);
            case "process" -> interrupt(SIGUSR1, 0, true);
            case "realtime" -> interrupt(64, 0, true);
            case "early" -> early();
            case "race" -> race(Integer.parseInt(args[1]), 0);
            case "raceRestart" -> race(Integer.parseInt(args[1]), SA_RESTART);
            case "segvCaught" -> fault(SignalAction.CATCH, false);
            case "segvIgnored" -> fault(SignalAction.IGNORE, false);
            case "segvDefault" -> fault(SignalAction.DEFAULT, false);
            case "fpeCaught" -> fault(SignalAction.CATCH, true);
            case "die" -> HOST.dieBySignal(Integer.parseInt(args[1]));
            case "exit" -> HOST.exit(42);
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.flush();
        HOST.syscall(HostSyscall.WRITE, writeEnd, 0, 0);
    }
}
