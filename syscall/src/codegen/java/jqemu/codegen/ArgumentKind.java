package jqemu.codegen;

import java.util.Locale;

/// How an argument of a system call is passed to its handler, and how `-strace` prints it.
///
/// The names in the table are these in lower case. `Strace` has a method for each constant that prints.
enum ArgumentKind {
    /// A file descriptor.
    FD("int"),
    /// A file descriptor of a folder, or AT_FDCWD.
    AT("int"),
    /// A 32-bit number in decimal.
    INT("int"),
    /// An unsigned 32-bit number in decimal.
    UINT("int"),
    /// A 32-bit number in hexadecimal.
    HEX("int"),
    /// A 64-bit number, printed as 32 bits in decimal, as QEMU does.
    SIZE("long"),
    /// A 64-bit number in decimal.
    LONG("long"),
    /// A 64-bit number in hexadecimal.
    HEX64("long"),
    /// A 64-bit number in hexadecimal with all its digits.
    HEX16("long"),
    /// An address as `%p` prints it.
    PTR("long"),
    /// An address with all its digits, or NULL.
    ADDR("long"),
    /// The address of a file name.
    PATH("long"),
    /// The address of another string.
    STRING("long"),
    /// The address of an array of strings.
    ARGV("long"),
    /// A file mode, with three digits at least.
    MODE("int"),
    /// A number in octal.
    OCTAL("int"),
    // flags and other named numbers
    OPEN_FLAGS("int"),
    AT_FLAGS("int"),
    UNLINK_FLAGS("int"),
    ACCESS_MODE("int"),
    FALLOCATE_FLAGS("int"),
    STATX_FLAGS("int"),
    STATX_MASK("int"),
    UMOUNT_FLAGS("int"),
    MOUNT_FLAGS("long"),
    MSG_FLAGS("int"),
    MLOCKALL_FLAGS("int"),
    ADVICE("int"),
    CLONE_FLAGS("long"),
    MAP_FLAGS("int"),
    PROT("int"),
    WHENCE("int"),
    FCNTL("int"),
    IOCTL("int"),
    CLOCK("int"),
    RLIMIT("int"),
    SIGNAL("int"),
    SIGMASK_HOW("int"),
    FUTEX("int"),
    TIMER_KIND("int"),
    SEM_COMMAND("int"),
    SHM_FLAGS("int"),
    SOCKET_DOMAIN("int"),
    SOCKET_TYPE("int"),
    SOCKET_PROTOCOL("int"),
    // addresses of structures: printed with their contents, or, where OUT, after the call
    TIMESPEC("long"),
    TIMEVAL("long"),
    TIMEZONE("long"),
    ITIMERVAL("long"),
    TIMES("long"),
    SIGSET("long"),
    SIGINFO("long"),
    SOCKADDR("long"),
    BYTES("long"),
    IN_RLIMIT("long"),
    OPEN_HOW("long"),
    OUT_TIMESPEC("long"),
    OUT_TIMEVAL("long"),
    OUT_TIMEZONE("long"),
    OUT_ITIMERVAL("long"),
    OLD_ITIMERVAL("long"),
    OUT_SIGSET("long"),
    OUT_RLIMIT("long"),
    // kinds of results
    /// There is no result: the call does not return.
    NONE("long");

    private final String javaType;

    ArgumentKind(String javaType) {
        this.javaType = javaType;
    }

    /// The type of the handler's parameter.
    String javaType() {
        return javaType;
    }

    /// The name in the table.
    String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }
}
