package jqemu.loader.elf;

/// The guest program cannot be started: the user's mistake, told in one line.
///
/// QEMU has two kinds of refusal, which differ in wording and exit status, and scripts look at
/// both; [#line] makes the line and [#exitStatus] gives the status.
public final class ElfFormatException extends Exception {
    private static final long serialVersionUID = 1;

    /// The exit status for files that cannot be opened or are no ELF files at all.
    public static final int NOT_LOADABLE = 1;

    /// The exit status for ELF files that are broken or meant for another machine.
    public static final int INVALID_IMAGE = 255;

    private static final String WRONG_ARCHITECTURE = "Invalid ELF image for this architecture";

    private final int exitStatus;

    private ElfFormatException(String message, int exitStatus) {
        super(message);
        this.exitStatus = exitStatus;
    }

    /// {@return the refusal of a file that the system would not execute either}
    ///
    /// @param reason the text of the errno, as `strerror` gives it: `No such file or directory`
    public static ElfFormatException notLoadable(String reason) {
        return new ElfFormatException(reason, NOT_LOADABLE);
    }

    /// {@return the refusal of an ELF file that is broken or asks for what we do not have}
    ///
    /// @param reason what is wrong, as a clause without a full stop
    public static ElfFormatException invalid(String reason) {
        return new ElfFormatException(reason, INVALID_IMAGE);
    }

    /// {@return the refusal of an ELF file for another machine}
    ///
    /// @param detail what shows it, such as `big-endian`
    static ElfFormatException wrongArchitecture(String detail) {
        return new ElfFormatException(WRONG_ARCHITECTURE + " (" + detail + ")", INVALID_IMAGE);
    }

    /// {@return the status that the process exits with}
    public int exitStatus() {
        return exitStatus;
    }

    /// {@return the line for standard error, without a line end}
    ///
    /// A path need not be valid UTF-8. A caller that decodes it as ISO-8859-1 and encodes the line
    /// the same way prints the bytes that the user typed.
    ///
    /// @param path the program as the user named it
    public String line(String path) {
        return exitStatus == NOT_LOADABLE
                ? "Error while loading " + path + ": " + getMessage()
                : "jqemu-user: " + path + ": " + getMessage();
    }
}
