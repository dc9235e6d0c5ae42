package jqemu.loader.host;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The host through our own JNI library (source in `loader/src/main/native`): it can do everything, costs nothing at
/// start-up and about 50 ns a call.
public final class NativeHost implements Host {
    private static final NativeHost INSTANCE = load();

    private final Set<HostCapability> capabilities = Collections.unmodifiableSet(EnumSet.allOf(HostCapability.class));

    private NativeHost() {}

    private static NativeHost load() {
        NativeLibrary.load();
        return new NativeHost();
    }

    /// {@return the host}
    ///
    /// @throws UnsatisfiedLinkError when there is no library for this machine
    public static NativeHost open() {
        return INSTANCE;
    }

    @Override
    public Set<HostCapability> capabilities() {
        return capabilities;
    }

    @Override
    public native long syscall(int number, long a0, long a1, long a2, long a3, long a4, long a5);

    @Override
    public native long interruptibleSyscall(
            long slot, int number, long a0, long a1, long a2, long a3, long a4, long a5);

    @Override
    public long registerThread() {
        long slot = ThreadSlot.allocate((int) syscall(HostSyscall.GETTID));
        attach(slot);
        return slot;
    }

    @Override
    public void unregisterThread(long slot) {
        attach(0);
        ThreadSlot.free(slot);
    }

    @Override
    public int copyIn(long address, byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        return copyFromHost(address, target, offset, length);
    }

    @Override
    public int copyOut(long address, byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        return copyToHost(address, source, offset, length);
    }

    @Override
    public int copyInString(long address, byte[] target, int offset, int limit) {
        Objects.checkFromIndexSize(offset, limit, target.length);
        return copyStringFromHost(address, target, offset, limit);
    }

    @Override
    public native long loadOr(long address, int size, long otherwise);

    @Override
    public native int store(long address, int size, long value);

    @Override
    public native int compareAndExchange16(long address, long[] operands);

    @Override
    public native long installFaultHandler(long base, long size);

    @Override
    public void setFaultMode(FaultMode mode) {
        selectFaultMode(mode == FaultMode.DIE ? 0 : 1);
    }

    @Override
    public long setSignalAction(int signal, SignalAction action, long flags) {
        return selectSignalAction(signal, action.code(), flags);
    }

    @Override
    public native long setSignalMask(long mask);

    @Override
    public native long premaskThreads();

    @Override
    public native void dieBySignal(int signal);

    @Override
    public @Nullable Agent startAgent(long flags, long[] error) {
        return Agent.start(flags, error);
    }

    @Override
    public void runCalls(CallList calls, CallList undo) {
        runCalls(calls.address(), calls.count(), undo.address(), undo.count());
    }

    static native long startAgent(long agent, long size, long flags);

    static native boolean askAgent(long agent, long calls, long count, long undo, long undoCount);

    private static native void runCalls(long calls, long count, long undo, long undoCount);

    /// For the test of the instruction decoder.
    ///
    /// @return the length of the host instruction, 0 when it is unknown; plus 256 when it writes memory
    static native int decode(byte[] code);

    private static native void attach(long slot);

    private static native int copyFromHost(long address, byte[] target, int offset, int length);

    private static native int copyToHost(long address, byte[] source, int offset, int length);

    private static native int copyStringFromHost(long address, byte[] target, int offset, int limit);

    private static native void selectFaultMode(int mode);

    private static native long selectSignalAction(int signal, int action, long flags);
}
