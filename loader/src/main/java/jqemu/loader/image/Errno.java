package jqemu.loader.image;

/// The texts of the errors that opening and mapping a program can give, as strerror(3) has them.
final class Errno {
    static final int ENOEXEC = 8;
    static final int ENAMETOOLONG = 36;

    private Errno() {}

    /// {@return the text of a positive errno}
    static String text(int errno) {
        return switch (errno) {
            case 1 -> "Operation not permitted";
            case 2 -> "No such file or directory";
            case 5 -> "Input/output error";
            case 6 -> "No such device or address";
            case ENOEXEC -> "Exec format error";
            case 11 -> "Resource temporarily unavailable";
            case 12 -> "Cannot allocate memory";
            case 13 -> "Permission denied";
            case 19 -> "No such device";
            case 20 -> "Not a directory";
            case 21 -> "Is a directory";
            case 22 -> "Invalid argument";
            case 23 -> "Too many open files in system";
            case 24 -> "Too many open files";
            case ENAMETOOLONG -> "File name too long";
            case 40 -> "Too many levels of symbolic links";
            default -> "Unknown error " + errno;
        };
    }
}
