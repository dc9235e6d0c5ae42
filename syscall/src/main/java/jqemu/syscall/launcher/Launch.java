package jqemu.syscall.launcher;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// How this process was started, byte for byte.
///
/// `String[] args` and `System.getenv` lose bytes that are no text in the locale's encoding, so both are read from
/// `/proc/self`. Started by `scripts/jqemu-user`, the JVM's environment is a scrubbed one and the caller's travels in
/// `JQEMU_ENVIRON_1` and so on, in Base64; what the JVM or the shell would overwrite comes as system properties
/// (`jqemu.closed`, `jqemu.blocked`, `jqemu.ignored`). Started by `java -jar`, the JVM's own environment is the
/// guest's.
///
/// @param arguments the options, the program and its arguments
/// @param environment the caller's environment, `name=value` each, in its order
/// @param closed bit `n` is set when the caller had closed descriptor `n` (0 to 2 only); something else is open there
/// @param blockedSignals bit `n - 1` is set when the caller blocks signal `n` (standard signals only)
/// @param ignoredSignals bit `n - 1` is set when the caller ignores signal `n` (standard signals only)
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record Launch(byte[][] arguments, byte[][] environment, int closed, int blockedSignals, int ignoredSignals) {

    /// Reads it for this process, which has `argumentCount` arguments.
    public static Launch read(int argumentCount) throws IOException {
        byte[][] commandLine = splitAtNul(file("/proc/self/cmdline"));
        byte[][] arguments = Arrays.copyOfRange(commandLine, commandLine.length - argumentCount, commandLine.length);
        return new Launch(
                arguments,
                environment(splitAtNul(file("/proc/self/environ"))),
                closedDescriptors(System.getProperty("jqemu.closed", "")),
                Integer.getInteger("jqemu.blocked", 0),
                Integer.getInteger("jqemu.ignored", 0));
    }

    private static byte[] file(String name) throws IOException {
        try (FileInputStream in = new FileInputStream(name)) {
            return in.readAllBytes();
        }
    }

    private static byte[][] environment(byte[][] own) {
        int pieces = Integer.getInteger("jqemu.environ", 0);
        if (pieces == 0) {
            return own;
        }
        byte[] all = new byte[0];
        for (int piece = 1; piece <= pieces; piece++) {
            byte[] decoded =
                    Base64.getMimeDecoder().decode(valueOf(own, "JQEMU_ENVIRON_".concat(Integer.toString(piece))));
            int length = all.length;
            all = Arrays.copyOf(all, length + decoded.length);
            System.arraycopy(decoded, 0, all, length, decoded.length);
        }
        return splitAtNul(all);
    }

    private static byte[] valueOf(byte[][] environment, String name) {
        byte[] value = Environment.find(environment, name);
        if (value == null) {
            throw new IllegalStateException("not handed over by scripts/jqemu-user: ".concat(name));
        }
        return value;
    }

    private static int closedDescriptors(String digits) {
        int closed = 0;
        for (int i = 0; i < digits.length(); i++) {
            closed |= 1 << (digits.charAt(i) - '0');
        }
        return closed;
    }

    /// The strings of a block in which each ends with a NUL.
    public static byte[][] splitAtNul(byte[] block) {
        int count = 0;
        for (byte b : block) {
            if (b == 0) {
                count++;
            }
        }
        byte[][] strings = new byte[count][];
        int start = 0;
        for (int i = 0; i < count; i++) {
            int end = start;
            while (block[end] != 0) {
                end++;
            }
            strings[i] = Arrays.copyOfRange(block, start, end);
            start = end + 1;
        }
        return strings;
    }

    /// The bytes as text for a message; what is no UTF-8 becomes the replacement character.
    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
