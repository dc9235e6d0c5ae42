package jqemu.plugin.calls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The names of system calls, from the list that the emulator's own dispatcher is made of.
final class SystemCallNames {
    private static final Map<Long, String> NAMES = read();

    private SystemCallNames() {}

    static String name(long number) {
        String name = NAMES.get(number);
        return name == null ? "syscall " + number : name;
    }

    private static Map<Long, String> read() {
        Map<Long, String> names = new HashMap<>();
        try (InputStream list = SystemCallNames.class.getResourceAsStream("aarch64.syscalls")) {
            String text = new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.isEmpty() && Character.isDigit(line.charAt(0)))
                    .forEach(line -> {
                        String[] words = line.split("\\s+", 3);
                        names.put(Long.valueOf(words[0]), words[1]);
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
