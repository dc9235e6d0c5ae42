package jqemu.syscall.strace;

import java.nio.charset.StandardCharsets;
import jqemu.loader.memory.GuestFault;
import jqemu.loader.memory.GuestMemory;
import jqemu.syscall.abi.OpenFlags;
import jqemu.syscall.dispatch.SyscallFormats.Kind;
import jqemu.syscall.signal.SignalInfo;

/// Prints arguments of one system call as QEMU prints them, by their kinds.
final class ArgumentPrinter {
    private static final int AT_FDCWD = -100;
    private static final int MOST_STRING = 1 << 16;
    private static final int MOST_STRINGS = 1 << 16;
    private static final long CSIGNAL = 0xff;
    private static final long IPC_64 = 0x100;
    private static final int FUTEX_PRIVATE_FLAG = 128;
    private static final int FUTEX_CLOCK_REALTIME = 256;

    private final GuestMemory memory;
    private final StringBuilder text = new StringBuilder();

    ArgumentPrinter(GuestMemory memory) {
        this.memory = memory;
    }

    /// What was printed; more can be appended.
    StringBuilder text() {
        return text;
    }

    // ---------------------------------------------------------------- lists of arguments

    /// Prints all arguments of a call.
    void arguments(String name, Kind[] kinds, long[] values) {
        if (name.equals("clone")) {
            cloneArguments(values);
            return;
        }
        int count = switch (name) {
            case "ppoll" -> 4; // the mask's size is not printed
            case "rt_sigaction" -> 3;
            case "execve" -> 2;
            default -> kinds.length;
        };
        if (name.startsWith("openat") && kinds.length == 4 && !hasMode((int) values[2])) {
            count = kinds[2] == Kind.OPEN_FLAGS ? 3 : count;
        }
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",");
            switch (kinds[i]) {
                case FCNTL -> {
                    fcntl((int) values[1], values[2]);
                    return;
                }
                case IOCTL -> {
                    ioctl((int) values[1], values[2]);
                    return;
                }
                case SOCKET_PROTOCOL ->
                    text.append(SocketText.protocol((int) values[0], (int) values[1], (int) values[2]));
                case SOCKADDR, BYTES -> sized(kinds[i], values[i], (int) values[i + 1]);
                // QEMU prints futex's second address again where the sixth argument should be
                default -> argument(kinds[i], name.equals("futex") && i == 5 ? values[4] : values[i]);
            }
        }
        if (name.equals("faccessat")) {
            // QEMU prints a fourth argument, which the call does not have; libc's wrapper passes 0
            text.append(",");
            argument(Kind.AT_FLAGS, values[3]);
        }
    }

    private static boolean hasMode(int openFlags) {
        return (openFlags & OpenFlags.O_CREAT) != 0;
    }

    private void cloneArguments(long[] values) {
        flags(FlagNames.CLONE, values[0] & ~CSIGNAL, values[0] & CSIGNAL);
        fullHex(",child_stack=", values[1]);
        fullHex(",parent_tidptr=", values[2]);
        fullHex(",tls=", values[3]);
        fullHex(",child_tidptr=", values[4]);
    }

    private void fullHex(String label, long value) {
        text.append(label);
        fullHex(value);
    }

    private void fcntl(int command, long argument) {
        String name = FlagNames.of(FlagNames.FCNTL, command);
        text.append(name.isEmpty() ? Integer.toString(command) : name);
        switch (name) {
            case "F_GETFD", "F_GETFL", "F_GETOWN", "F_GETSIG", "F_GETLEASE", "F_GETPIPE_SZ", "F_GET_SEALS" -> {}
            case "F_SETFL" -> {
                text.append(',');
                openFlags((int) argument);
            }
            case "F_SETOWN", "F_SETSIG" ->
                text.append(',').append((int) argument).append(',');
            case "F_DUPFD", "F_DUPFD_CLOEXEC", "F_SETFD", "F_SETLEASE", "F_NOTIFY", "F_SETPIPE_SZ" ->
                text.append(',').append((int) argument);
            default -> {
                text.append(',');
                pointer(argument);
            }
        }
    }

    private void ioctl(int request, long argument) {
        String entry = FlagNames.of(FlagNames.IOCTL, request);
        if (entry.isEmpty()) {
            shortHex(Integer.toUnsignedLong(request));
            text.append(',');
            shortHex(argument);
        } else if (entry.endsWith("!")) {
            text.append(entry, 0, entry.length() - 1);
        } else if (entry.endsWith("#")) {
            text.append(entry, 0, entry.length() - 1).append(',').append((int) argument);
        } else {
            text.append(entry).append(',');
            pointer(argument);
        }
    }

    // ---------------------------------------------------------------- one argument

    private void argument(Kind kind, long value) {
        switch (kind) {
            case FD, INT, SIZE -> text.append((int) value);
            case AT -> text.append(value == AT_FDCWD ? "AT_FDCWD" : Integer.toString((int) value));
            case HEX -> shortHex(value & 0xffffffffL);
            case UINT -> text.append(value & 0xffffffffL);
            case LONG -> text.append(value);
            case HEX64 -> shortHex(value);
            case HEX16 -> fullHex(value);
            case PTR -> text.append(value == 0 ? "(nil)" : "0x".concat(Long.toHexString(value)));
            case PATH, STRING -> string(value);
            case ARGV -> strings(value);
            case MODE -> mode((int) value);
            case OCTAL -> text.append((int) value == 0 ? "0" : "0".concat(Integer.toOctalString((int) value)));
            case OPEN_FLAGS -> openFlags((int) value);
            case AT_FLAGS -> flags(FlagNames.AT, value & 0xffffffffL, 0);
            case UNLINK_FLAGS -> flags(FlagNames.UNLINK, value & 0xffffffffL, 0);
            case ACCESS_MODE -> flags(FlagNames.ACCESS, value & 0xffffffffL, 0);
            case FALLOCATE_FLAGS -> flags(FlagNames.FALLOCATE, value & 0xffffffffL, 0);
            case STATX_FLAGS -> flags(FlagNames.STATX_FLAGS, value & 0xffffffffL, 0);
            case STATX_MASK -> flags(FlagNames.STATX_MASK, value & 0xffffffffL, 0);
            case UMOUNT_FLAGS -> flags(FlagNames.UMOUNT, value & 0xffffffffL, 0);
            case MOUNT_FLAGS -> flags(FlagNames.MOUNT, value & 0xffffffffL, 0);
            case MSG_FLAGS -> flags(FlagNames.MSG, value & 0xffffffffL, 0);
            case MLOCKALL_FLAGS -> flags(FlagNames.MLOCKALL, value & 0xffffffffL, 0);
            case CLONE_FLAGS -> flags(FlagNames.CLONE, value, 0);
            case MAP_FLAGS -> flags(FlagNames.MAP, value & 0xffffffffL, 0);
            case PROT -> flags(FlagNames.PROT, value & 0xffffffffL, 0);
            case FUTEX -> futex((int) value);
            case WHENCE -> named(FlagNames.WHENCE, value);
            case CLOCK -> named(FlagNames.CLOCK, value);
            case TIMER_KIND -> named(FlagNames.TIMER, value);
            case ADVICE -> named(FlagNames.ADVICE, value);
            case RLIMIT -> decimal(FlagNames.RLIMIT, value);
            case SIGNAL -> text.append(signalName((int) value));
            case SIGMASK_HOW -> {
                String name = FlagNames.of(FlagNames.SIGMASK_HOW, (int) value);
                text.append(name.isEmpty() ? "UNKNOWN" : name);
            }
            case SEM_COMMAND -> decimal(FlagNames.IPC_COMMAND, value & ~IPC_64);
            case SHM_FLAGS -> flags(FlagNames.SHM, value & 0xffffffffL, 0);
            case SOCKET_DOMAIN -> decimal(FlagNames.SOCKET_DOMAIN, value);
            case SOCKET_TYPE -> text.append(SocketText.type((int) value));
            case TIMESPEC, TIMEVAL, TIMEZONE, ITIMERVAL, SIGSET, SIGINFO, IN_RLIMIT, OPEN_HOW -> structure(kind, value);
            case ADDR, TIMES, OUT_TIMESPEC, OUT_TIMEVAL, OUT_TIMEZONE, OUT_ITIMERVAL -> pointer(value);
            case OLD_ITIMERVAL, OUT_SIGSET, OUT_RLIMIT -> pointer(value);
            case FCNTL, IOCTL, SOCKET_PROTOCOL, SOCKADDR, BYTES, NONE ->
                throw new IllegalStateException("printed elsewhere: " + kind);
        }
    }

    /// An address with all its digits, or NULL.
    private void pointer(long value) {
        if (value == 0) {
            text.append("NULL");
        } else {
            fullHex(value);
        }
    }

    /// All 16 digits.
    void fullHex(long value) {
        String digits = Long.toHexString(value);
        text.append("0x").repeat('0', 16 - digits.length()).append(digits);
    }

    /// As `%#x` prints it: 0 has no prefix.
    private void shortHex(long value) {
        text.append(value == 0 ? "0" : "0x".concat(Long.toHexString(value)));
    }

    private void mode(int mode) {
        String digits = Integer.toOctalString(mode);
        text.append('0').repeat('0', Math.max(0, 2 - digits.length())).append(mode == 0 ? "0" : digits);
    }

    private void string(long vaddr) {
        try {
            String value = new String(memory.readString(vaddr, MOST_STRING), StandardCharsets.ISO_8859_1);
            text.append('"').append(value).append('"');
        } catch (GuestFault fault) {
            pointer(vaddr);
        }
    }

    private void strings(long vaddr) {
        text.append('{');
        try {
            for (int i = 0; i < MOST_STRINGS; i++) {
                long element = memory.readLong(vaddr + 8L * i);
                if (element == 0) {
                    break;
                }
                string(element);
                text.append(',');
            }
            text.append("NULL}");
        } catch (GuestFault fault) {
            // QEMU stops there, too
        }
    }

    private void named(String table, long value) {
        String name = FlagNames.of(table, (int) value);
        if (name.isEmpty()) {
            shortHex(value & 0xffffffffL);
        } else {
            text.append(name);
        }
    }

    private void decimal(String table, long value) {
        String name = FlagNames.of(table, (int) value);
        text.append(name.isEmpty() ? Integer.toString((int) value) : name);
    }

    /// The name of a signal; of 0 as well, as a C library prints a null pointer.
    static String signalName(int signal) {
        String name = FlagNames.of(FlagNames.SIGNAL, signal);
        return signal == 0 ? "(null)" : name.isEmpty() ? Integer.toString(signal) : name;
    }

    // ---------------------------------------------------------------- flags

    /// Names of the bits that are set, in the table's order, and what is left of them in hexadecimal.
    ///
    /// @param more bits without a name
    private void flags(String table, long value, long more) {
        long rest = value;
        String separator = "";
        for (int at = 0; at < table.length(); ) {
            int equals = table.indexOf('=', at);
            int space = table.indexOf(' ', equals);
            int end = space < 0 ? table.length() : space;
            int colon = table.indexOf(':', equals);
            boolean masked = colon >= 0 && colon < end;
            long bits = Long.parseLong(table, equals + 1, masked ? colon : end, 16);
            long mask = masked ? Long.parseLong(table, colon + 1, end, 16) : bits;
            if ((rest & mask) == bits) {
                text.append(separator).append(table, at, equals);
                separator = "|";
                rest &= ~bits;
            }
            at = end + 1;
        }
        rest |= more;
        if (rest != 0 || separator.isEmpty()) {
            text.append(separator);
            shortHex(rest);
        }
    }

    private void openFlags(int flags) {
        int access = flags & 3;
        text.append(access == 0 ? "O_RDONLY" : access == 1 ? "O_WRONLY" : access == 2 ? "O_RDWR" : "0x3");
        long rest = Integer.toUnsignedLong(flags & ~3);
        if (rest != 0) {
            text.append('|');
            flags(FlagNames.OPEN, rest, 0);
        }
    }

    private void futex(int operation) {
        String name = FlagNames.of(FlagNames.FUTEX, operation & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME));
        if (name.isEmpty()) {
            shortHex(Integer.toUnsignedLong(operation));
            return;
        }
        text.append((operation & FUTEX_PRIVATE_FLAG) != 0 ? "FUTEX_PRIVATE_FLAG|" : "");
        text.append((operation & FUTEX_CLOCK_REALTIME) != 0 ? "FUTEX_CLOCK_REALTIME|" : "");
        text.append(name);
    }

    // ---------------------------------------------------------------- structures

    private void structure(Kind kind, long vaddr) {
        int length = text.length();
        if (kind == Kind.ITIMERVAL && vaddr != 0) {
            text.append("{it_interval=");
            structure(Kind.TIMEVAL, vaddr);
            text.append(",it_value=");
            structure(Kind.TIMEVAL, vaddr + 16);
            text.append(",}");
            return;
        }
        try {
            if (vaddr == 0) {
                text.append("NULL");
            } else {
                contents(kind, vaddr);
            }
        } catch (GuestFault fault) {
            text.setLength(length);
            pointer(vaddr);
        }
    }

    private void contents(Kind kind, long vaddr) {
        switch (kind) {
            case TIMESPEC, OUT_TIMESPEC -> pair("{tv_sec = ", ",tv_nsec = ", vaddr);
            case TIMEVAL, OUT_TIMEVAL -> pair("{tv_sec = ", ",tv_usec = ", vaddr);
            case IN_RLIMIT, OUT_RLIMIT -> pair("{rlim_cur=", ",rlim_max=", vaddr);
            case TIMEZONE, OUT_TIMEZONE ->
                text.append('{')
                        .append(memory.readInt(vaddr))
                        .append(',')
                        .append(memory.readInt(vaddr + 4))
                        .append('}');
            case SIGINFO -> signalInfo(SignalInfo.read(memory, vaddr));
            case SIGSET, OUT_SIGSET -> signalSet(memory.readLong(vaddr));
            case OPEN_HOW -> {
                text.append('{');
                openFlags((int) memory.readLong(vaddr));
                text.append(',');
                mode((int) memory.readLong(vaddr + 8));
                text.append(',');
                shortHex(memory.readLong(vaddr + 16));
                text.append('}');
            }
            default -> structure(Kind.ITIMERVAL, vaddr);
        }
    }

    /// What the next argument says how long it is.
    private void sized(Kind kind, long vaddr, int size) {
        if (vaddr == 0 || size < 0) {
            pointer(vaddr);
            return;
        }
        try {
            text.append(
                    kind == Kind.BYTES
                            ? SocketText.bytes(memory, vaddr, size)
                            : SocketText.address(memory, vaddr, size));
        } catch (GuestFault fault) {
            pointer(vaddr);
        }
    }

    /// What of the union is used depends on the code, then on the signal; as QEMU decides it.
    void signalInfo(SignalInfo info) {
        text.append("{si_signo=").append(signalName(info.signal())).append(", si_code=");
        decimal(FlagNames.SIGNAL_CODE, info.code());
        if (info.isSentByProcess()) {
            text.append(", si_pid=").append(info.pid()).append(", si_uid=").append(info.uid());
        } else if (info.isOfChild()) {
            text.append(", si_pid=").append(info.pid()).append(", si_uid=").append(info.uid());
            text.append(", si_status=").append(info.status());
            text.append(", si_utime=")
                    .append(info.userTime())
                    .append(", si_stime=")
                    .append(info.systemTime());
        } else if (info.isOfDescriptor()) {
            text.append(", si_band=").append(info.band()).append(", si_fd=").append(info.fd());
        } else if (info.isOfFault()) {
            text.append(", si_addr=");
            pointer(info.address());
        } else {
            text.append(", si_pid=").append(info.pid()).append(", si_uid=").append(info.uid());
            text.append(", si_sigval=").append(info.value());
        }
        text.append('}');
    }

    private void pair(String first, String second, long vaddr) {
        long low = memory.readLong(vaddr);
        long high = memory.readLong(vaddr + 8);
        text.append(first).append(low).append(second).append(high).append('}');
    }

    private void signalSet(long set) {
        text.append('[');
        String separator = "";
        for (int signal = 1; signal <= 64; signal++) {
            if ((set >>> signal - 1 & 1) != 0) {
                text.append(separator).append(signalName(signal));
                separator = " ";
            }
        }
        text.append(']');
    }

    // ---------------------------------------------------------------- results

    /// Prints what the call has left in structures, behind its result.
    void results(Kind[] kinds, long[] values) {
        for (int i = 0; i < kinds.length; i++) {
            switch (kinds[i]) {
                case OUT_TIMEVAL -> {
                    text.append(" (");
                    structure(kinds[i], values[i]);
                    text.append(',');
                    structure(kinds[i + 1], values[i + 1]);
                    text.append(')');
                }
                case OUT_TIMESPEC, OUT_RLIMIT, OUT_ITIMERVAL -> result(" (", kinds[i], values[i]);
                case OUT_SIGSET -> result(" (oldset=", kinds[i], values[i]);
                case OLD_ITIMERVAL -> {
                    text.append(" (old_value = ");
                    structure(kinds[i], values[i]);
                    text.append(')');
                }
                default -> {}
            }
        }
    }

    private void result(String label, Kind kind, long vaddr) {
        if (vaddr != 0) {
            text.append(label);
            structure(kind, vaddr);
            text.append(')');
        }
    }
}
