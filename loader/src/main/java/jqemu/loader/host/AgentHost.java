package jqemu.loader.host;

import java.util.EnumSet;
import java.util.Set;

/// The host as a child process sees it whose guest code is executed by a thread of ours: an [Agent] makes the system
/// calls, in the same memory.
///
/// Signals wait in the kernel until the child has become a program of its own, so what is asked for them is only
/// remembered by the callers. [#exit] and [#dieBySignal] return.
public final class AgentHost implements Host {
    private static final int SIG_SETMASK = 2;
    private static final int SIGNAL_SET_SIZE = 8;
    private static final int SIGACTION_SIZE = 32;

    private final Host host;
    private final Agent agent;
    private final Set<HostCapability> capabilities;

    /// @param host ours
    public AgentHost(Host host, Agent agent) {
        this.host = host;
        this.agent = agent;
        EnumSet<HostCapability> able = EnumSet.copyOf(host.capabilities());
        able.remove(HostCapability.INTERRUPTIBLE_SYSCALL);
        able.remove(HostCapability.PRECISE_SIGNALS);
        able.remove(HostCapability.AGENT);
        this.capabilities = able;
    }

    /// {@return the agent}
    public Agent agent() {
        return agent;
    }

    @Override
    public Set<HostCapability> capabilities() {
        return capabilities;
    }

    @Override
    public long syscall(int number, long a0, long a1, long a2, long a3, long a4, long a5) {
        return agent.syscall(number, a0, a1, a2, a3, a4, a5);
    }

    @Override
    public long interruptibleSyscall(long slot, int number, long a0, long a1, long a2, long a3, long a4, long a5) {
        return agent.syscall(number, a0, a1, a2, a3, a4, a5);
    }

    @Override
    public void runCalls(CallList calls, CallList undo) {
        agent.run(calls, undo);
    }

    @Override
    public long registerThread() {
        throw new UnsupportedOperationException("a child that has no thread of its own");
    }

    @Override
    public void unregisterThread(long slot) {
        throw new UnsupportedOperationException("a child that has no thread of its own");
    }

    @Override
    public int copyIn(long address, byte[] target, int offset, int length) {
        return host.copyIn(address, target, offset, length);
    }

    @Override
    public int copyOut(long address, byte[] source, int offset, int length) {
        return host.copyOut(address, source, offset, length);
    }

    @Override
    public int copyInString(long address, byte[] target, int offset, int limit) {
        return host.copyInString(address, target, offset, limit);
    }

    @Override
    public long loadOr(long address, int size, long otherwise) {
        return host.loadOr(address, size, otherwise);
    }

    @Override
    public int store(long address, int size, long value) {
        return host.store(address, size, value);
    }

    @Override
    public int compareAndExchange16(long address, long[] operands) {
        return host.compareAndExchange16(address, operands);
    }

    @Override
    public long installFaultHandler(long base, long size) {
        return host.installFaultHandler(base, size);
    }

    @Override
    public void setFaultMode(FaultMode mode) {
        host.setFaultMode(mode);
    }

    @Override
    public long setSignalAction(int signal, SignalAction action, long flags) {
        return 0;
    }

    @Override
    public long setSignalMask(long mask) {
        return 0;
    }

    @Override
    public long premaskThreads() {
        return 0;
    }

    @Override
    public void exit(int status) {
        agent.syscall(HostSyscall.EXIT_GROUP, status, 0, 0, 0, 0, 0);
    }

    @Override
    public void dieBySignal(int signal) {
        NativeBuffer buffer = new NativeBuffer();
        long action = buffer.allocate(SIGACTION_SIZE);
        buffer.clear(action, SIGACTION_SIZE);
        long mask = buffer.allocate(SIGNAL_SET_SIZE);
        buffer.putLong(mask, ~(1L << (signal - 1)));
        CallList calls = new CallList()
                .add(HostSyscall.RT_SIGACTION, signal, action, 0, SIGNAL_SET_SIZE)
                .add(HostSyscall.TGKILL, agent.pid(), agent.pid(), signal)
                .add(HostSyscall.RT_SIGPROCMASK, SIG_SETMASK, mask, 0, SIGNAL_SET_SIZE)
                .add(HostSyscall.EXIT_GROUP, 128 + signal);
        agent.run(calls, new CallList());
        calls.free();
        buffer.free();
    }
}
