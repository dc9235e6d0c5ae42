package jqemu.syscall.fs;

/// What ioctl(2) requests do with their argument. The numbers (`asm-generic/ioctls.h`) and structures of those that are
/// known here are the same on AArch64 and on x86-64. An unknown request is refused: its argument might be or hold an
/// address, which would be one in our own memory.
final class Ioctls {
    static final int FIONCLEX = 0x5450;
    static final int FIOCLEX = 0x5451;
    static final int TIOCGPTPEER = 0x5441;
    static final int FICLONE = 0x40049409;

    private static final int TCSBRK = 0x5409;
    private static final int TCXONC = 0x540a;
    private static final int TCFLSH = 0x540b;
    private static final int TIOCEXCL = 0x540c;
    private static final int TIOCNXCL = 0x540d;
    private static final int TIOCSCTTY = 0x540e;
    private static final int TIOCCONS = 0x541d;
    private static final int TIOCLINUX = 0x541c;
    private static final int TIOCNOTTY = 0x5422;
    private static final int TCSBRKP = 0x5425;
    private static final int TIOCSBRK = 0x5427;
    private static final int TIOCCBRK = 0x5428;
    private static final int TIOCVHANGUP = 0x5437;
    private static final int TIOCSIG = 0x40045436;
    private static final int TIOCMIWAIT = 0x545c;
    private static final int SIOCGIFCONF = 0x8912;

    private static final int OLD_TERMINAL = 0x54;
    private static final int SOCKET = 0x89;
    private static final int BLOCK_DEVICE = 0x12;
    private static final int FILE_CLONE = 0x94;

    private static final int BLKROSET = 0x125d;
    private static final int BLKROGET = 0x125e;
    private static final int BLKGETSIZE = 0x1260;
    private static final int BLKFLSBUF = 0x1261;
    private static final int BLKRASET = 0x1262;
    private static final int BLKRAGET = 0x1263;
    private static final int BLKFRASET = 0x1264;
    private static final int BLKFRAGET = 0x1265;
    private static final int BLKSECTGET = 0x1267;
    private static final int BLKSSZGET = 0x1268;
    private static final int BLKDISCARD = 0x1277;
    private static final int BLKZEROOUT = 0x127f;

    /// Bytes that the structures of old requests have at most.
    private static final int OLD_SIZE = 64;

    private Ioctls() {}

    /// What an argument is.
    enum Argument {
        /// A number, or nothing.
        NUMBER,
        /// The address of a structure without addresses in it.
        ADDRESS,
        /// Not known.
        UNKNOWN
    }

    /// {@return what the request's argument is}
    static Argument argument(int request) {
        return switch (request) {
            case TCSBRK, TCXONC, TCFLSH, TIOCEXCL, TIOCNXCL, TIOCSCTTY, TIOCCONS, TIOCNOTTY, TCSBRKP -> Argument.NUMBER;
            case TIOCSBRK, TIOCCBRK, TIOCVHANGUP, TIOCMIWAIT, TIOCSIG -> Argument.NUMBER;
            case BLKFLSBUF, BLKRASET, BLKFRASET -> Argument.NUMBER;
            case BLKROSET, BLKROGET, BLKGETSIZE, BLKRAGET, BLKFRAGET, BLKSECTGET, BLKSSZGET -> Argument.ADDRESS;
            case SIOCGIFCONF, TIOCLINUX -> Argument.UNKNOWN;
            default -> byType(request);
        };
    }

    private static Argument byType(int request) {
        int type = request >>> 8 & 0xff;
        int number = request & 0xff;
        if (request >>> 16 == 0) {
            boolean known = type == OLD_TERMINAL
                    || (type == SOCKET && (number <= 0x07 || (number >= 0x10 && number <= 0x39) || number == 0x42))
                    || (request >= BLKDISCARD && request <= BLKZEROOUT);
            return known ? Argument.ADDRESS : Argument.UNKNOWN;
        }
        return switch (type) {
            case 'T', 'f', 'v', 'X', 'R', 'r', BLOCK_DEVICE, FILE_CLONE -> Argument.ADDRESS;
            default -> Argument.UNKNOWN;
        };
    }

    /// {@return how many bytes the request's structure has at most}
    static int size(int request) {
        int encoded = request >>> 16 & 0x3fff;
        return encoded == 0 ? OLD_SIZE : encoded;
    }
}
