package jqemu.syscall.process;

import static jqemu.loader.host.HostConstants.MAP_ANONYMOUS;
import static jqemu.loader.host.HostConstants.MAP_FIXED;
import static jqemu.loader.host.HostConstants.MAP_NORESERVE;
import static jqemu.loader.host.HostConstants.MAP_PRIVATE;
import static jqemu.loader.host.HostConstants.MAP_SHARED;
import static jqemu.loader.host.HostConstants.PROT_READ;
import static jqemu.loader.host.HostConstants.PROT_WRITE;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.loader.memory.GuestMemory;
import jqemu.loader.memory.Mapping;
import jqemu.loader.memory.SharedSegments;
import jqemu.syscall.fs.FdTable;
import jqemu.syscall.fs.HostPaths;
import jqemu.syscall.launcher.EarlyExit;
import jqemu.syscall.mm.Heap;
import jqemu.syscall.signal.AltStack;
import jqemu.syscall.signal.SignalActions;
import jqemu.syscall.signal.Signals;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.instrument.Instrumentation;

/// Reads what [ForkImage] wrote, in the JVM that goes on with the child. The methods are called in the order of the
/// file.
final class ForkRestorer {
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;

    private final Host host;
    private final int file;
    private final DataInputStream in;
    private final long[] slots = new long[Slot.COUNT];
    private final long[] pointerKeys = new long[10];
    private final Set<Integer> backings = new HashSet<>();
    private final long clearChildTid;
    private final long signalMask;
    private final AltStack altStack;
    private final String threadName;
    private final SignalActions.Action[] actions = new SignalActions.Action[Signals.COUNT + 1];
    private final long trampoline;
    private final long heapEnd;
    private final long mmapTop;
    private final long[] limits = new long[2 * Limits.COUNT];
    private final int programFd;
    private final long stackSize;

    /// Reads the description in the file with this descriptor.
    static ForkRestorer open(Host host, int file) throws EarlyExit {
        try {
            return new ForkRestorer(host, file);
        } catch (IOException e) {
            throw EarlyExit.mistake(String.valueOf(e.getMessage()));
        }
    }

    private ForkRestorer(Host host, int file) throws IOException {
        this.host = host;
        this.file = file;
        DataInputStream header = new DataInputStream(new ByteArrayInputStream(read(0, 16)));
        long start = header.readLong();
        this.in = new DataInputStream(new ByteArrayInputStream(read(start, (int) header.readLong())));
        readLongs(slots);
        readLongs(pointerKeys);
        clearChildTid = in.readLong();
        signalMask = in.readLong();
        altStack = new AltStack(in.readLong(), in.readInt(), in.readLong());
        threadName = in.readUTF();
        for (int signal = 1; signal <= Signals.COUNT; signal++) {
            actions[signal] = new SignalActions.Action(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        }
        trampoline = in.readLong();
        heapEnd = in.readLong();
        mmapTop = in.readLong();
        readLongs(limits);
        programFd = in.readInt();
        stackSize = in.readLong();
    }

    private void readLongs(long[] target) throws IOException {
        for (int i = 0; i < target.length; i++) {
            target[i] = in.readLong();
        }
    }

    private byte[] read(long offset, int size) throws IOException {
        NativeBuffer buffer = new NativeBuffer();
        long address = buffer.allocate(size);
        long count = host.syscall(HostSyscall.PREAD64, file, address, size, offset);
        byte[] bytes = count == size ? buffer.get(address, size) : new byte[0];
        buffer.free();
        if (count != size) {
            throw new IOException("the image of a forked process is incomplete");
        }
        return bytes;
    }

    /// Gives plugins' scoreboards what they held in the parent. Called once, when the plugins are installed, before
    /// the descriptors are restored.
    void restoreScoreboards(Instrumentation instrumentation) throws EarlyExit {
        try {
            ForkedScoreboards.read(in, instrumentation.lastingScoreboards());
        } catch (IOException e) {
            throw EarlyExit.mistake(String.valueOf(e.getMessage()));
        }
    }

    /// The size of the stack that the program was started with.
    long stackSize() {
        return stackSize;
    }

    /// The signals that the thread blocks.
    long signalMask() {
        return signalMask;
    }

    /// Descriptors, limits and heap; and fills memory, in which nothing is mapped yet.
    Resources resourcesAndMemory(long heapStart, GuestMemory memory) throws EarlyExit {
        try {
            Resources resources = resources(heapStart);
            restoreMemory(memory);
            host.syscall(HostSyscall.CLOSE, programFd);
            return resources;
        } catch (IOException e) {
            throw EarlyExit.mistake(String.valueOf(e.getMessage()));
        }
    }

    private Resources resources(long heapStart) throws IOException {
        FdTable fds = new FdTable(host);
        for (int fd = in.readInt(); fd >= 0; fd = in.readInt()) {
            int hostFd = in.readInt();
            fds.restore(fd, hostFd, in.readBoolean());
            closeOnExec(hostFd);
        }
        Limits own = new Limits(host, fds);
        for (int resource = 0; resource < Limits.COUNT; resource++) {
            if (Limits.isEmulated(resource)) {
                own.restore(resource, limits[2 * resource], limits[2 * resource + 1]);
            }
        }
        return new Resources(fds, own, new Heap(heapStart, heapEnd));
    }

    private void closeOnExec(int hostFd) {
        host.syscall(HostSyscall.FCNTL, hostFd, F_SETFD, FD_CLOEXEC);
    }

    /// The file is closed afterwards.
    private void restoreMemory(GuestMemory memory) throws IOException {
        memory.space().setMmapTop(mmapTop);
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            restoreMapping(memory);
        }
        for (int backing : backings) {
            host.syscall(HostSyscall.CLOSE, backing);
        }
        host.syscall(HostSyscall.CLOSE, file);
    }

    private void restoreMapping(GuestMemory memory) throws IOException {
        long start = in.readLong();
        long end = in.readLong();
        int protection = in.readInt();
        boolean shared = in.readBoolean();
        boolean named = in.readBoolean();
        String text = in.readUTF();
        String name = named ? text : null;
        long offset = in.readLong();
        int backing = in.readInt();
        long result;
        Mapping segment = new Mapping(start, end, protection, shared, name, offset, backing);
        if (segment.isSegment()) {
            result = restoreSegment(memory, segment);
        } else if (shared) {
            int flags = MAP_SHARED | MAP_FIXED;
            result = memory.space().map(start, end - start, protection, flags, backing, offset, name);
            backings.add(backing);
        } else {
            int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE;
            result = memory.space().map(start, end - start, PROT_READ | PROT_WRITE, flags, -1, offset, name);
        }
        if (result < 0) {
            throw new IOException("no memory for a forked process");
        }
        for (long run = in.readLong(); run >= 0; run = in.readLong()) {
            fill(memory, run, in.readLong(), in.readLong());
        }
        if (!shared) {
            memory.space().protect(start, end - start, protection);
        }
    }

    /// Attaches the whole segment; what the parent had unmapped of it, the child unmaps too.
    private static long restoreSegment(GuestMemory memory, Mapping part) {
        long start = part.start() - part.offset();
        long length = part.end() - start;
        Mapping there = memory.space().find(part.start());
        if (there == null) {
            String name = Objects.requireNonNull(part.name());
            long result = new SharedSegments(memory.space())
                    .attach(part.segment(), length, start, SharedSegments.SHM_REMAP, name);
            if (result < 0) {
                return result;
            }
        }
        return memory.space().protect(part.start(), part.end() - part.start(), part.protection());
    }

    private void fill(GuestMemory memory, long start, long end, long from) throws IOException {
        long offset = from;
        for (long at = start; at < end; ) {
            long count = host.syscall(HostSyscall.PREAD64, file, memory.hostAddress(at), end - at, offset);
            if (count <= 0) {
                throw new IOException("the image of a forked process is incomplete");
            }
            at += count;
            offset += count;
        }
    }

    /// Signal actions and the trampoline.
    void restoreSignals(LinuxProcess process) {
        process.trampoline().restore(trampoline);
        for (int signal = 1; signal <= Signals.COUNT; signal++) {
            if (signal != Signals.SIGKILL && signal != Signals.SIGSTOP) {
                process.signalActions().set(signal, actions[signal]);
            }
        }
    }

    /// Registers.
    void restoreRegisters(CpuState env) {
        for (int slot = 0; slot < Slot.COUNT; slot++) {
            env.set(slot, slots[slot]);
        }
        env.setPointerKeys(env.pointerKeys().withWords(pointerKeys));
    }

    /// The rest of the thread's state.
    void restoreThread(GuestThread thread) {
        thread.setClearChildTid(clearChildTid);
        thread.signals().setAltStack(altStack);
        ProcessHandlers.nameThread(thread, threadName);
    }

    /// The program's file by a path that leads to the descriptor.
    byte[] programPath() {
        return HostPaths.link(programFd);
    }
}
