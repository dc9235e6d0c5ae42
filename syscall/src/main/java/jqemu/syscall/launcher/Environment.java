package jqemu.syscall.launcher;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The guest's environment while the options `-E` and `-U` change it: `name=value` strings in order.
///
/// Entries that no option names stay as they are, also doubled ones and those without `=`.
final class Environment {
    private final List<byte[]> entries;

    Environment(byte[][] initial) {
        entries = new ArrayList<>(Arrays.asList(initial));
    }

    /// The value of the first entry with this name, as `getenv(3)` finds it.
    static byte @Nullable [] find(byte[][] environment, String name) {
        for (byte[] entry : environment) {
            if (isNamed(entry, name)) {
                return Arrays.copyOfRange(entry, name.length() + 1, entry.length);
            }
        }
        return null;
    }

    private static boolean isNamed(byte[] entry, String asciiName) {
        int length = asciiName.length();
        if (entry.length <= length || entry[length] != '=') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (entry[i] != asciiName.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// `-E`: sets each of the comma-separated `name=value` pairs.
    ///
    /// @return false when one has no `=`
    boolean set(byte[] list) {
        for (byte[] assignment : splitAtComma(list)) {
            int equals = nameLength(assignment);
            if (equals == assignment.length) {
                return false;
            }
            remove(assignment, equals);
            entries.add(assignment);
        }
        return true;
    }

    /// `-U`: removes each of the comma-separated names.
    ///
    /// @return false when one holds a `=`
    boolean unset(byte[] list) {
        for (byte[] name : splitAtComma(list)) {
            if (nameLength(name) != name.length) {
                return false;
            }
            remove(name, name.length);
        }
        return true;
    }

    byte[][] toArray() {
        return entries.toArray(new byte[0][]);
    }

    private void remove(byte[] name, int length) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            byte[] entry = entries.get(i);
            if (nameLength(entry) == length && Arrays.equals(entry, 0, length, name, 0, length)) {
                entries.remove(i);
            }
        }
    }

    private static int nameLength(byte[] entry) {
        int length = 0;
        while (length < entry.length && entry[length] != '=') {
            length++;
        }
        return length;
    }

    static List<byte[]> splitAtComma(byte[] list) {
        List<byte[]> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= list.length; i++) {
            if (i == list.length || list[i] == ',') {
                parts.add(Arrays.copyOfRange(list, start, i));
                start = i + 1;
            }
        }
        return parts;
    }
}
