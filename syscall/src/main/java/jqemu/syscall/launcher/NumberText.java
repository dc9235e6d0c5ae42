package jqemu.syscall.launcher;

/// A number at the start of an argument, as `strtoull(3)` with base 0 reads it: decimal, `0x` hexadecimal, or octal
/// after a leading 0.
final class NumberText {
    private final byte[] text;
    private int end;
    private long value;
    private boolean valid;

    NumberText(byte[] text, int start) {
        this.text = text;
        int base = 10;
        end = start;
        if (at(end) == '0') {
            boolean hex = (at(end + 1) | 0x20) == 'x' && digit(at(end + 2)) < 16;
            base = hex ? 16 : 8;
            end += hex ? 2 : 0;
        }
        int first = end;
        boolean overflow = false;
        while (digit(at(end)) < base) {
            int digit = digit(at(end));
            overflow |= Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, base)) > 0;
            value = value * base + digit;
            end++;
        }
        valid = end > first && !overflow;
    }

    /// The whole of `text` as a number.
    static NumberText whole(byte[] text) {
        NumberText number = new NumberText(text, 0);
        number.valid &= number.end == text.length;
        return number;
    }

    /// The whole of `text` as a size: a number and one of the suffixes, each 1024 times the one before.
    static NumberText size(byte[] text, String suffixes) {
        NumberText number = new NumberText(text, 0);
        int factor = suffixes.indexOf(Character.toUpperCase((char) number.at(number.end)));
        if (factor >= 0) {
            int shift = 10 * (factor + 1);
            number.valid &= number.value << shift >>> shift == number.value;
            number.value <<= shift;
            number.end++;
        }
        number.valid &= number.end == text.length && number.value >= 0;
        return number;
    }

    private int at(int index) {
        return index < text.length ? text[index] & 0xff : 0;
    }

    private static int digit(int character) {
        int value = Character.digit(character, 16);
        return value < 0 ? Integer.MAX_VALUE : value;
    }

    /// Whether there is a number (and nothing else, for [#whole] and [#size]) that fits 64 bits.
    boolean isValid() {
        return valid;
    }

    /// The number, unsigned.
    long value() {
        return value;
    }

    /// The index after it.
    int end() {
        return end;
    }
}
