package jqemu.loader.image;

import jqemu.loader.elf.ElfFormatException;
import jqemu.loader.elf.ElfHeaders;

/// The stack as the program finds it: argument count, pointers, auxiliary vector and strings.
///
/// ```
/// sp -> argc | argv pointers, 0 | envp pointers, 0 | auxv, AT_NULL | padding
///       random bytes | "aarch64" | argv strings | envp strings | path | 8 zero bytes <- top
/// ```
///
/// The strings of `argv` and `envp` lie without gaps, as on Linux: programs overwrite them to change
/// their title, and `/proc/self/cmdline` is the range of the first. Sources: the Arm ABI for
/// AArch64 on process start, getauxval(3).
public final class StackImage {
    private static final int AT_NULL = 0;
    private static final int AT_PHDR = 3;
    private static final int AT_PHENT = 4;
    private static final int AT_PHNUM = 5;
    private static final int AT_PAGESZ = 6;
    private static final int AT_BASE = 7;
    private static final int AT_FLAGS = 8;
    private static final int AT_ENTRY = 9;
    private static final int AT_UID = 11;
    private static final int AT_EUID = 12;
    private static final int AT_GID = 13;
    private static final int AT_EGID = 14;
    private static final int AT_PLATFORM = 15;
    private static final int AT_HWCAP = 16;
    private static final int AT_CLKTCK = 17;
    private static final int AT_SECURE = 23;
    private static final int AT_RANDOM = 25;
    private static final int AT_HWCAP2 = 26;
    private static final int AT_HWCAP3 = 29;
    private static final int AT_EXECFN = 31;

    private static final int AUXV_ENTRIES = 20;
    private static final int WORD = 8;
    private static final int STACK_ALIGNMENT = 16;

    /// `sysconf(_SC_CLK_TCK)`: Linux's `USER_HZ`, the same on all machines of today.
    private static final int CLOCK_TICKS = 100;

    private static final byte[] PLATFORM = {'a', 'a', 'r', 'c', 'h', '6', '4'};

    private final byte[] content;
    private final long stackPointer;
    private final long argumentsStart;
    private final long argumentsEnd;
    private final long environmentEnd;
    private final int auxvAt;

    /// Makes the stack for one program.
    ///
    /// @param layout where the stack goes
    /// @param headers the program's
    /// @param spec what the program is started with
    /// @throws ElfFormatException if arguments and environment take more than three quarters of the stack
    public StackImage(ImageLayout layout, ElfHeaders headers, ProgramSpec spec) throws ElfFormatException {
        byte[][] arguments = spec.arguments();
        byte[][] environment = spec.environment();
        long argumentBytes = bytesOf(arguments);
        long environmentBytes = bytesOf(environment);
        long words = 1 + arguments.length + 1L + environment.length + 1L + 2 * AUXV_ENTRIES;
        long bytesAbove = WORD + spec.path().length + 1 + environmentBytes + argumentBytes;
        long bytesBelow = PLATFORM.length + 1L + StartRandom.SIZE;
        long total = words * WORD + bytesAbove + bytesBelow + 2 * STACK_ALIGNMENT;
        if (total > (layout.stackHigh() - layout.stackLow()) / 4 * 3 || total > Integer.MAX_VALUE / 2) {
            throw ElfFormatException.notLoadable("Argument list too long");
        }
        argumentsStart = layout.stackHigh() - bytesAbove;
        argumentsEnd = argumentsStart + argumentBytes;
        environmentEnd = argumentsEnd + environmentBytes;
        long platform = argumentsStart - PLATFORM.length - 1;
        long random = (platform - StartRandom.SIZE) & -STACK_ALIGNMENT;
        stackPointer = (random - words * WORD) & -STACK_ALIGNMENT;
        content = new byte[(int) (layout.stackHigh() - stackPointer)];

        putBytes(random, spec.random());
        putBytes(platform, PLATFORM);
        putBytes(environmentEnd, spec.path());
        putLong(content, 0, arguments.length);
        int at = putStrings(WORD, argumentsStart, arguments);
        auxvAt = putStrings(at, argumentsEnd, environment);
        putAuxv(layout, headers, spec, platform, random);
    }

    private static long bytesOf(byte[][] strings) {
        long bytes = 0;
        for (int i = 0; i < strings.length; i++) {
            bytes += strings[i].length + 1L;
        }
        return bytes;
    }

    private void putBytes(long vaddr, byte[] bytes) {
        System.arraycopy(bytes, 0, content, (int) (vaddr - stackPointer), bytes.length);
    }

    /// Writes strings from an address on, and pointers to them and a null pointer from an index on.
    ///
    /// @return the index after the null pointer
    private int putStrings(int pointersAt, long stringsAt, byte[][] strings) {
        long vaddr = stringsAt;
        int at = pointersAt;
        for (int i = 0; i < strings.length; i++) {
            putLong(content, at, vaddr);
            putBytes(vaddr, strings[i]);
            vaddr += strings[i].length + 1;
            at += WORD;
        }
        return at + WORD;
    }

    private void putAuxv(ImageLayout layout, ElfHeaders headers, ProgramSpec spec, long platform, long random) {
        int at = auxvAt;
        at = putEntry(at, AT_PHDR, layout.programHeaders());
        at = putEntry(at, AT_PHENT, ElfHeaders.PROGRAM_HEADER_SIZE);
        at = putEntry(at, AT_PHNUM, headers.tableCount());
        at = putEntry(at, AT_PAGESZ, ElfHeaders.PAGE_SIZE);
        at = putEntry(at, AT_BASE, 0);
        at = putEntry(at, AT_FLAGS, 0);
        at = putEntry(at, AT_ENTRY, layout.entry());
        Credentials credentials = spec.credentials();
        at = putEntry(at, AT_UID, Integer.toUnsignedLong(credentials.uid()));
        at = putEntry(at, AT_EUID, Integer.toUnsignedLong(credentials.euid()));
        at = putEntry(at, AT_GID, Integer.toUnsignedLong(credentials.gid()));
        at = putEntry(at, AT_EGID, Integer.toUnsignedLong(credentials.egid()));
        at = putEntry(at, AT_HWCAP, spec.cpu().hwcap());
        at = putEntry(at, AT_CLKTCK, CLOCK_TICKS);
        at = putEntry(at, AT_RANDOM, random);
        at = putEntry(at, AT_SECURE, credentials.isPrivileged() ? 1 : 0);
        at = putEntry(at, AT_EXECFN, environmentEnd);
        at = putEntry(at, AT_HWCAP2, spec.cpu().hwcap2());
        at = putEntry(at, AT_HWCAP3, spec.cpu().hwcap3());
        at = putEntry(at, AT_PLATFORM, platform);
        at = putEntry(at, AT_NULL, 0);
        assert at == auxvAt + AUXV_ENTRIES * 2 * WORD;
    }

    private int putEntry(int at, int type, long value) {
        putLong(content, at, type);
        putLong(content, at + WORD, value);
        return at + 2 * WORD;
    }

    static void putLong(byte[] bytes, int at, long value) {
        for (int i = 0; i < WORD; i++) {
            bytes[at + i] = (byte) (value >>> (8 * i));
        }
    }

    /// {@return the bytes from the stack pointer to the top of the stack; not a copy}
    byte[] content() {
        return content;
    }

    /// {@return the first stack pointer, aligned to 16 bytes}
    public long stackPointer() {
        return stackPointer;
    }

    /// {@return the address of the first argument string}
    public long argumentsStart() {
        return argumentsStart;
    }

    /// {@return the end of the argument strings, where those of the environment begin}
    public long argumentsEnd() {
        return argumentsEnd;
    }

    /// {@return the end of the environment strings}
    public long environmentEnd() {
        return environmentEnd;
    }

    /// {@return a copy of the auxiliary vector with its `AT_NULL` entry, as `/proc/self/auxv` shows it}
    public byte[] auxv() {
        byte[] auxv = new byte[AUXV_ENTRIES * 2 * WORD];
        System.arraycopy(content, auxvAt, auxv, 0, auxv.length);
        return auxv;
    }
}
