package jqemu.syscall.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import jqemu.loader.host.HostConstants;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.syscall.abi.Errno;
import jqemu.syscall.fs.GuestPaths;

/// What execve(2) finds in a file.
///
/// @param error why it cannot be executed, negative, or 0
/// @param kind what it is, when it can be
/// @param hostPath the path that the host knows it by
/// @param header its first bytes
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record ProgramFile(long error, Kind kind, byte[] hostPath, byte[] header) {
    private static final int AT_FDCWD = -100;
    private static final int X_OK = 1;
    private static final int HEADER = 256;
    private static final int STAT_SIZE = 144;
    private static final int ST_MODE = 24;
    private static final int S_IFMT = 0xf000;
    private static final int S_IFREG = 0x8000;
    private static final int ELF_HEADER = 64;
    private static final int MACHINE_AARCH64 = 183;

    /// What becomes of it.
    enum Kind {
        /// A program for AArch64.
        GUEST,
        /// Left to the host's kernel, which may refuse it.
        HOST,
        /// `#!` and an interpreter.
        SCRIPT
    }

    private static ProgramFile failed(long error) {
        return new ProgramFile(error, Kind.HOST, new byte[0], new byte[0]);
    }

    /// Looks at the file that a path of the guest leads to.
    static ProgramFile read(GuestThread thread, GuestPaths paths, byte[] path) {
        NativeBuffer scratch = thread.scratch();
        long address = paths.resolve(thread, path, true);
        long error = thread.syscall(HostSyscall.FACCESSAT, AT_FDCWD, address, X_OK, 0, 0, 0);
        if (error < 0) {
            return failed(error);
        }
        byte[] hostPath = string(thread, address);
        int flags = HostConstants.O_RDONLY | HostConstants.O_CLOEXEC | HostConstants.O_NONBLOCK;
        long file = thread.syscall(HostSyscall.OPENAT, AT_FDCWD, address, flags, 0, 0, 0);
        if (file == -Errno.EACCES) {
            return new ProgramFile(0, Kind.HOST, hostPath, new byte[0]);
        }
        if (file < 0) {
            return failed(file);
        }
        long stat = scratch.allocate(STAT_SIZE);
        thread.syscall(HostSyscall.FSTAT, file, stat, 0, 0, 0, 0);
        long bytes = scratch.allocate(HEADER);
        long count = thread.syscall(HostSyscall.PREAD64, file, bytes, HEADER, 0, 0, 0);
        thread.syscall(HostSyscall.CLOSE, file, 0, 0, 0, 0, 0);
        if ((scratch.getInt(stat + ST_MODE) & S_IFMT) != S_IFREG) {
            return failed(-Errno.EACCES);
        }
        byte[] header = scratch.get(bytes, (int) Math.max(0, count));
        return new ProgramFile(0, kind(header), hostPath, header);
    }

    /// The path in the scratch buffer.
    private static byte[] string(GuestThread thread, long address) {
        int length = 0;
        while (thread.scratch().getByte(address + length) != 0) {
            length++;
        }
        return thread.scratch().get(address, length);
    }

    private static Kind kind(byte[] header) {
        if (header.length >= 2 && header[0] == '#' && header[1] == '!') {
            return Kind.SCRIPT;
        }
        boolean guest = header.length >= ELF_HEADER
                && header[0] == 0x7f
                && header[1] == 'E'
                && header[2] == 'L'
                && header[3] == 'F'
                && header[4] == 2
                && header[5] == 1
                && (header[18] & 0xff) == MACHINE_AARCH64
                && header[19] == 0;
        return guest ? Kind.GUEST : Kind.HOST;
    }

    /// The arguments for a script's interpreter: itself, what stands behind it in the first line, the script, and
    /// the script's arguments (execve(2), "Interpreter scripts").
    List<byte[]> scriptArguments(byte[] script, List<byte[]> arguments) {
        String text = new String(header, ISO_8859_1);
        int end = text.indexOf('\n');
        String line = (end < 0 ? text : text.substring(0, end)).substring(2).strip();
        int space = 0;
        while (space < line.length() && line.charAt(space) != ' ' && line.charAt(space) != '\t') {
            space++;
        }
        List<byte[]> all = new ArrayList<>();
        all.add(line.substring(0, space).getBytes(ISO_8859_1));
        String argument = line.substring(space).strip();
        if (!argument.isEmpty()) {
            all.add(argument.getBytes(ISO_8859_1));
        }
        all.add(script);
        if (arguments.size() > 1) {
            all.addAll(arguments.subList(1, arguments.size()));
        }
        return all;
    }
}
