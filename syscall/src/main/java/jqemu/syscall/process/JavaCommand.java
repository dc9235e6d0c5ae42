package jqemu.syscall.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import jqemu.syscall.launcher.Launch;

/// The command that starts this program once more, as this process was started: the same JVM, flags and jar. How the
/// new process gets what a JVM would mangle is what [Launch] reads.
final class JavaCommand {
    private static final String JAR = "-jar";
    /// Properties that say how this process was started; another one's differ.
    private static final List<String> OWN = List.of(
            "-Djqemu.environ=",
            "-Djqemu.closed=",
            "-Djqemu.blocked=",
            "-Djqemu.ignored=",
            "-Djqemu.fork=",
            "-Djqemu.descendant=");
    /// Less than the 128 KiB that the kernel takes, when it is in Base64.
    private static final int PIECE = 65536;

    private final List<byte[]> arguments = new ArrayList<>();
    private final List<byte[]> environment = new ArrayList<>();
    private byte[] jar = {};

    /// @param guestEnvironment what the guest program in the new process gets
    JavaCommand(byte[][] guestEnvironment) {
        addPrefix();
        addEnvironment(guestEnvironment);
    }

    /// The JVM's file.
    static byte[] file() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/exe")).toString().getBytes(ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot find the JVM", e);
        }
    }

    private void addPrefix() {
        List<byte[]> words = commandLine();
        for (int i = 0; i + 1 < words.size(); i++) {
            String text = new String(words.get(i), ISO_8859_1);
            if (text.equals(JAR)) {
                jar = words.get(i + 1);
                return;
            }
            if (OWN.stream().noneMatch(text::startsWith)) {
                arguments.add(words.get(i));
            }
        }
        throw new IllegalStateException("not started with -jar");
    }

    private static List<byte[]> commandLine() {
        byte[] all;
        try (FileInputStream in = new FileInputStream("/proc/self/cmdline")) {
            all = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read how we were started", e);
        }
        return Arrays.asList(Launch.splitAtNul(all));
    }

    private void addEnvironment(byte[][] strings) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (byte[] string : strings) {
            block.writeBytes(string);
            block.write(0);
        }
        byte[] bytes = block.toByteArray();
        int pieces = Math.max(1, (bytes.length + PIECE - 1) / PIECE);
        for (int piece = 0; piece < pieces; piece++) {
            byte[] part = Arrays.copyOfRange(bytes, piece * PIECE, Math.min(bytes.length, (piece + 1) * PIECE));
            environment.add(
                    ("JQEMU_ENVIRON_" + (piece + 1) + "=" + Base64.getEncoder().encodeToString(part))
                            .getBytes(ISO_8859_1));
        }
        environment.add("LC_ALL=C.UTF-8".getBytes(ISO_8859_1));
        property("environ", Integer.toString(pieces));
        property("descendant", "true");
    }

    /// Sets one of the properties that [Launch] reads.
    void property(String name, String value) {
        arguments.add(("-Djqemu." + name + "=" + value).getBytes(ISO_8859_1));
    }

    /// The whole command, with our own arguments behind it.
    byte[][] arguments(List<byte[]> own) {
        List<byte[]> all = new ArrayList<>(arguments);
        all.add(JAR.getBytes(ISO_8859_1));
        all.add(jar);
        all.addAll(own);
        return all.toArray(new byte[0][]);
    }

    /// The JVM's environment.
    byte[][] environment() {
        return environment.toArray(new byte[0][]);
    }
}
