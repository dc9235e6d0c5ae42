package jqemu.syscall.launcher;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ranges of guest addresses, as `-dfilter` gives them.
public final class AddressRanges {
    private final long[] first;
    private final long[] last;

    private AddressRanges(long[] first, long[] last) {
        this.first = first;
        this.last = last;
    }

    /// Whether one of the ranges holds the address.
    public boolean contains(long address) {
        for (int i = 0; i < first.length; i++) {
            if (Long.compareUnsigned(first[i], address) <= 0 && Long.compareUnsigned(address, last[i]) <= 0) {
                return true;
            }
        }
        return false;
    }

    /// Parses `a..b` (both ends inside), `a+length` and `a-length` (the bytes up to and with `a`), comma-separated.
    ///
    /// @return null when a range is malformed or empty
    static @Nullable AddressRanges parse(byte[] list) {
        List<byte[]> parts = Environment.splitAtComma(list);
        AddressRanges ranges = new AddressRanges(new long[parts.size()], new long[parts.size()]);
        for (int i = 0; i < parts.size(); i++) {
            if (!ranges.parse(i, parts.get(i))) {
                return null;
            }
        }
        return ranges;
    }

    private boolean parse(int index, byte[] range) {
        NumberText from = new NumberText(range, 0);
        int operator = from.end();
        boolean isSpan = operator + 1 < range.length && range[operator] == '.' && range[operator + 1] == '.';
        if (!from.isValid()
                || operator >= range.length
                || (!isSpan && range[operator] != '+' && range[operator] != '-')) {
            return false;
        }
        NumberText to = NumberText.whole(Arrays.copyOfRange(range, operator + (isSpan ? 2 : 1), range.length));
        if (!to.isValid() || (!isSpan && to.value() == 0)) {
            return false;
        }
        boolean isBackward = range[operator] == '-';
        first[index] = isBackward ? from.value() - to.value() + 1 : from.value();
        last[index] = isSpan ? to.value() : isBackward ? from.value() : from.value() + to.value() - 1;
        return Long.compareUnsigned(first[index], last[index]) <= 0;
    }
}
