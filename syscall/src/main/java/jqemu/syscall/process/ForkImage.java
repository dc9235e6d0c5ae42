package jqemu.syscall.process;

import static jqemu.loader.host.HostConstants.PROT_EXEC;
import static jqemu.loader.host.HostConstants.PROT_NONE;
import static jqemu.loader.host.HostConstants.PROT_READ;
import static jqemu.loader.host.HostConstants.PROT_WRITE;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.loader.memory.GuestMemory;
import jqemu.loader.memory.Mapping;
import jqemu.syscall.fs.FdTable;
import jqemu.syscall.signal.AltStack;
import jqemu.syscall.signal.SignalActions;
import jqemu.syscall.signal.Signals;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Slot;

/// Writes a forked child into an anonymous file, from which a JVM of its own goes on with it: [ForkRestorer].
///
/// ```
/// 0  where the description begins, its size     4096  touched pages, run by run     then the description
/// ```
final class ForkImage {
    /// Where the pages begin.
    static final int PAGES = 4096;

    private static final int MFD_CLOEXEC = 1;
    private static final byte[] NAME = {'f', 'o', 'r', 'k', 'e', 'd'};
    private static final int PROTECTIONS = PROT_READ | PROT_WRITE | PROT_EXEC;

    private final Host host;
    private final GuestMemory memory;
    private final long file;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private long end = PAGES;

    private ForkImage(Host host, GuestMemory memory, long file) {
        this.host = host;
        this.memory = memory;
        this.file = file;
    }

    /// Writes `thread`, the only one of the child.
    ///
    /// @return the file's descriptor in the child's process, or a negative errno
    static long write(GuestThread thread) {
        Host host = thread.process().host();
        NativeBuffer buffer = new NativeBuffer();
        long file = host.syscall(HostSyscall.MEMFD_CREATE, buffer.string(NAME), MFD_CLOEXEC);
        buffer.free();
        if (file < 0) {
            return file;
        }
        try {
            ForkImage image = new ForkImage(host, thread.memory(), file);
            image.writeThread(thread);
            image.writeProcess(thread.process());
            image.writeMappings(thread.memory().space().mappings());
            image.writeDescription();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory, so it cannot happen
        }
        return file;
    }

    private void writeThread(GuestThread thread) throws IOException {
        CpuState env = thread.env();
        for (int slot = 0; slot < Slot.COUNT; slot++) {
            out.writeLong(env.get(slot));
        }
        for (long word : env.pointerKeys().words()) {
            out.writeLong(word);
        }
        out.writeLong(thread.clearChildTid());
        out.writeLong(thread.signals().mask());
        AltStack stack = thread.signals().altStack();
        out.writeLong(stack.address());
        out.writeInt(stack.flags());
        out.writeLong(stack.size());
        out.writeUTF(ProcessHandlers.threadName(thread));
    }

    private void writeProcess(LinuxProcess process) throws IOException {
        for (int signal = 1; signal <= Signals.COUNT; signal++) {
            SignalActions.Action action = process.signalActions().get(signal);
            out.writeLong(action.handler());
            out.writeLong(action.flags());
            out.writeLong(action.restorer());
            out.writeLong(action.mask());
        }
        out.writeLong(process.trampoline().addressIfMapped());
        Resources resources = process.resources();
        out.writeLong(resources.heap().end());
        out.writeLong(memory.space().mmapTop());
        for (int resource = 0; resource < Limits.COUNT; resource++) {
            out.writeLong(resources.limits().soft(resource));
            out.writeLong(resources.limits().hard(resource));
        }
        out.writeInt(process.program().file().fd());
        out.writeLong(process.program().layout().stackHigh()
                - process.program().layout().stackLow());
        ForkedScoreboards.write(out, process.instrumentation().lastingScoreboards());
        writeDescriptors(resources.fds());
    }

    private void writeDescriptors(FdTable fds) throws IOException {
        for (int fd = fds.next(0); fd >= 0; fd = fds.next(fd + 1)) {
            out.writeInt(fd);
            out.writeInt(fds.host(fd));
            out.writeBoolean(fds.closeOnExec(fd) == 1);
        }
        out.writeInt(-1);
    }

    private void writeMappings(List<Mapping> mappings) throws IOException {
        out.writeInt(mappings.size());
        try (PageScan scan = new PageScan(host, memory)) {
            for (Mapping mapping : mappings) {
                out.writeLong(mapping.start());
                out.writeLong(mapping.end());
                out.writeInt(mapping.protection());
                out.writeBoolean(mapping.shared());
                String name = mapping.name();
                out.writeBoolean(name != null);
                out.writeUTF(name == null ? "" : name);
                out.writeLong(mapping.offset());
                out.writeInt(mapping.backing());
                if (!mapping.shared()) {
                    writePages(mapping, scan);
                }
                out.writeLong(-1);
            }
        }
    }

    private void writePages(Mapping mapping, PageScan scan) {
        String name = mapping.name();
        boolean ofFile = name != null && !name.startsWith("[");
        long start = memory.hostAddress(mapping.start());
        long size = mapping.end() - mapping.start();
        boolean hidden = (mapping.protection() & PROTECTIONS) == PROT_NONE;
        if (hidden) {
            host.syscall(HostSyscall.MPROTECT, start, size, PROT_READ);
        }
        if (ofFile) {
            writeRun(mapping.start(), mapping.end());
        } else {
            scan.visit(mapping.start(), mapping.end(), this::writeRun);
        }
        if (hidden) {
            host.syscall(HostSyscall.MPROTECT, start, size, PROT_NONE);
        }
    }

    /// Writes pages up to the first that cannot be read: behind the end of a mapped file.
    private void writeRun(long start, long stop) {
        long at = start;
        long offset = end;
        while (at < stop) {
            long count = host.syscall(HostSyscall.PWRITE64, file, memory.hostAddress(at), stop - at, offset);
            if (count <= 0) {
                break;
            }
            at += count;
            offset += count;
        }
        try {
            out.writeLong(start);
            out.writeLong(at);
            out.writeLong(end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        end = offset;
    }

    private void writeDescription() throws IOException {
        out.flush();
        put(bytes.toByteArray(), end);
        int size = bytes.size();
        bytes.reset();
        out.writeLong(end);
        out.writeLong(size);
        put(bytes.toByteArray(), 0);
    }

    private void put(byte[] content, long offset) throws IOException {
        NativeBuffer buffer = new NativeBuffer();
        long address = buffer.copyOf(content, 0, content.length);
        long count = host.syscall(HostSyscall.PWRITE64, file, address, content.length, offset);
        buffer.free();
        if (count != content.length) {
            throw new IOException("no room for a forked process");
        }
    }
}
