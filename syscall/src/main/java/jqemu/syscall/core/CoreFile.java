package jqemu.syscall.core;

import static jqemu.loader.host.HostConstants.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.loader.memory.GuestMemory;
import jqemu.loader.memory.Mapping;
import jqemu.syscall.process.GuestThread;
import jqemu.syscall.process.LinuxProcess;
import jqemu.syscall.signal.SignalInfo;

/// Writes a core file, core(5), in the current folder under the name that QEMU gives it:
/// `qemu_PROGRAM_DATE-TIME_PID.core`.
///
/// As in the kernel's, program text is left out, a debugger has it from the program; pages of zeros are holes.
public final class CoreFile {
    private static final int AT_FDCWD = -100;
    private static final int OWNER_ONLY = 0600;

    // ELF, as elf(5) describes it
    private static final int EHDR_SIZE = 64;
    private static final int PHDR_SIZE = 56;
    private static final short ET_CORE = 4;
    private static final short EM_AARCH64 = 183;
    private static final int PT_LOAD = 1;
    private static final int PT_NOTE = 4;
    private static final int PF_R = 4;
    private static final int PF_W = 2;
    private static final int PF_X = 1;

    private static final int CHUNK = 16 * GuestMemory.PAGE_SIZE;
    private static final byte[] ZEROS = new byte[CHUNK];

    private final LinuxProcess process;
    private final long limit;
    private final NativeBuffer buffer = new NativeBuffer();
    private long fd;

    private CoreFile(LinuxProcess process, long limit) {
        this.process = process;
        this.limit = limit;
    }

    /// Writes the core file of a process that ends by a signal. No other thread of it executes guest code.
    ///
    /// @param dying the thread that got the signal
    /// @param threads all threads
    /// @param limit the most bytes that the file may have; negative for any number
    /// @return whether there is a core file now
    public static boolean write(GuestThread dying, List<GuestThread> threads, SignalInfo info, long limit) {
        CoreFile file = new CoreFile(dying.process(), limit);
        boolean written = file.open();
        if (written) {
            file.writeAll(dying, threads, info);
            file.process.host().syscall(HostSyscall.CLOSE, file.fd, 0, 0, 0);
        }
        file.buffer.free();
        return written;
    }

    private boolean open() {
        String program = new String(process.options().program(), StandardCharsets.ISO_8859_1);
        String time = LocalDateTime.now(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
        String name =
                "qemu_" + program.substring(program.lastIndexOf('/') + 1) + "_" + time + "_" + process.pid() + ".core";
        long path = buffer.string(name.getBytes(StandardCharsets.ISO_8859_1));
        fd = process.host().syscall(HostSyscall.OPENAT, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, OWNER_ONLY);
        return fd >= 0;
    }

    private void writeAll(GuestThread dying, List<GuestThread> threads, SignalInfo info) {
        List<Mapping> mappings = process.memory().space().mappings();
        byte[] notes = new CoreNotes(process).all(dying, threads, info, mappings);
        int notesAt = EHDR_SIZE + PHDR_SIZE * (mappings.size() + 1);
        long dataAt = pageUp(notesAt + notes.length);
        ByteBuffer head = ByteBuffer.allocate(notesAt + notes.length).order(ByteOrder.LITTLE_ENDIAN);
        putHeader(head, mappings.size() + 1);
        putProgramHeader(head, PT_NOTE, 0, notesAt, 0, notes.length, 0, 0);
        List<Long> offsets = new ArrayList<>();
        long at = dataAt;
        for (Mapping mapping : mappings) {
            long size = mapping.end() - mapping.start();
            long written = isWritten(mapping) ? size : 0;
            putProgramHeader(
                    head,
                    PT_LOAD,
                    flags(mapping.protection()),
                    at,
                    mapping.start(),
                    written,
                    size,
                    GuestMemory.PAGE_SIZE);
            offsets.add(at);
            at += written;
        }
        head.put(notes);
        put(head.array(), head.capacity(), 0);
        for (int i = 0; i < mappings.size(); i++) {
            if (isWritten(mappings.get(i))) {
                writeMemory(mappings.get(i), offsets.get(i));
            }
        }
        if (limit < 0 || at <= limit) {
            process.host().syscall(HostSyscall.FTRUNCATE, fd, at, 0, 0); // the file may end with a hole
        }
    }

    private static long pageUp(long value) {
        return (value + GuestMemory.PAGE_SIZE - 1) & -GuestMemory.PAGE_SIZE;
    }

    /// Whether a mapping's contents belong in the file: not what cannot be read, nor what a file has.
    private static boolean isWritten(Mapping mapping) {
        int protection = mapping.protection();
        String name = mapping.name();
        boolean isFile = name != null && name.startsWith("/");
        boolean isText = (protection & PROT_EXEC) != 0 && (protection & PROT_WRITE) == 0;
        return (protection & PROT_READ) != 0 && !(isFile && (isText || mapping.shared()));
    }

    private static int flags(int protection) {
        return ((protection & PROT_READ) != 0 ? PF_R : 0)
                | ((protection & PROT_WRITE) != 0 ? PF_W : 0)
                | ((protection & PROT_EXEC) != 0 ? PF_X : 0);
    }

    private static void putHeader(ByteBuffer head, int programHeaders) {
        head.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
        head.putShort(ET_CORE).putShort(EM_AARCH64).putInt(1).putLong(0);
        head.putLong(EHDR_SIZE).putLong(0).putInt(0);
        head.putShort((short) EHDR_SIZE).putShort((short) PHDR_SIZE).putShort((short) programHeaders);
        head.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    }

    private static void putProgramHeader(
            ByteBuffer head, int type, int flags, long offset, long address, long fileSize, long size, int alignment) {
        head.putInt(type).putInt(flags).putLong(offset).putLong(address).putLong(0);
        head.putLong(fileSize).putLong(size).putLong(alignment);
    }

    private void writeMemory(Mapping mapping, long offset) {
        byte[] bytes = new byte[CHUNK];
        for (long at = mapping.start(); at < mapping.end(); at += CHUNK) {
            int size = (int) Math.min(CHUNK, mapping.end() - at);
            long target = offset + (at - mapping.start());
            if (!read(at, bytes, 0, size)) {
                for (int page = 0; page < size; page += GuestMemory.PAGE_SIZE) {
                    read(at + page, bytes, page, GuestMemory.PAGE_SIZE); // what cannot be read stays zero
                }
            }
            if (!Arrays.equals(bytes, 0, size, ZEROS, 0, size)) {
                put(bytes, size, target);
            }
        }
    }

    /// Reads guest memory that may lie behind the end of a file.
    private boolean read(long address, byte[] target, int offset, int size) {
        Arrays.fill(target, offset, offset + size, (byte) 0);
        return process.host().copyIn(process.memory().hostAddress(address), target, offset, size) >= 0;
    }

    private void put(byte[] bytes, int size, long offset) {
        long allowed = limit < 0 ? size : Math.min(size, limit - offset);
        if (allowed > 0) {
            buffer.reset();
            long source = buffer.allocate(size);
            buffer.put(source, bytes, 0, size);
            process.host().syscall(HostSyscall.PWRITE64, fd, source, allowed, offset);
        }
    }
}
