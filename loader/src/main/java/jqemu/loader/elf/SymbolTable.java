package jqemu.loader.elf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The functions of a program, to be found by address or by name.
///
/// Lookup follows QEMU's `lookup_symbolxx`: a symbol matches from its value up to its value plus
/// its size, a symbol of size 0 matches nothing, and among several names of one address the
/// binary search decides, so that plugin output can be compared line by line. Names stay in the
/// string table's bytes until somebody asks for them.
public final class SymbolTable {
    /// The table of a program without symbols.
    public static final SymbolTable EMPTY = new Builder(0).build();

    private final long[] values;
    private final long[] sizes;
    private final int[] nameOffsets;
    private final byte[] strings;
    private final @Nullable String[] names;

    private SymbolTable(List<Function> functions, byte[] strings) {
        int count = functions.size();
        values = new long[count];
        sizes = new long[count];
        nameOffsets = new int[count];
        names = new @Nullable String[count];
        this.strings = strings;
        for (int i = 0; i < count; i++) {
            Function function = functions.get(i);
            values[i] = function.value();
            sizes[i] = function.size();
            nameOffsets[i] = function.nameOffset();
        }
    }

    /// Where in a function an address lies.
    ///
    /// @param name the function's name
    /// @param offset bytes from the function's first instruction
    public record Location(String name, long offset) {}

    /// {@return the number of functions}
    public int size() {
        return values.length;
    }

    /// Finds the function that holds an address.
    ///
    /// @param vaddr a guest address, with the load bias
    /// @return the function's index, or -1
    public int find(long vaddr) {
        int low = 0;
        int high = values.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(vaddr, values[middle]) < 0) {
                high = middle;
            } else if (Long.compareUnsigned(vaddr - values[middle], sizes[middle]) >= 0) {
                low = middle + 1;
            } else {
                return middle;
            }
        }
        return -1;
    }

    /// Finds the first function, by address, that has a name. Looks at all of them.
    ///
    /// @return the function's index, or -1
    public int findByName(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < values.length; i++) {
            int end = nameOffsets[i] + wanted.length;
            if (end < strings.length
                    && strings[end] == 0
                    && Arrays.equals(strings, nameOffsets[i], end, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    /// {@return the function that holds an address and the offset in it, or null}
    ///
    /// @param vaddr a guest address, with the load bias
    public @Nullable Location locate(long vaddr) {
        int index = find(vaddr);
        return index < 0 ? null : new Location(name(index), vaddr - values[index]);
    }

    /// {@return the name of a function, always the same object}
    ///
    /// @param index from 0 to [#size] - 1, in the order of addresses
    public String name(int index) {
        String name = names[index];
        if (name == null) {
            int start = nameOffsets[index];
            int end = start;
            while (strings[end] != 0) {
                end++;
            }
            name = new String(strings, start, end - start, StandardCharsets.UTF_8);
            // A race makes two equal strings, and one of them stays.
            names[index] = name;
        }
        return name;
    }

    /// {@return the guest address of a function, with the load bias}
    ///
    /// @param index from 0 to [#size] - 1
    public long value(int index) {
        return values[index];
    }

    /// {@return the size of a function in bytes, as its symbol states it}
    ///
    /// @param index from 0 to [#size] - 1
    public long sizeOf(int index) {
        return sizes[index];
    }

    private record Function(long value, long size, int nameOffset) {}

    /// Collects functions and sorts them once.
    static final class Builder {
        private final long bias;
        private final List<Function> functions = new ArrayList<>();
        private byte[] strings = {};

        /// @param bias is added to every value
        Builder(long bias) {
            this.bias = bias;
        }

        /// Adds a string table, and a NUL so that each of its strings has an end.
        ///
        /// @return what to add to this table's offsets in [#add]
        int addStrings(byte[] table) {
            int base = strings.length;
            strings = Arrays.copyOf(strings, base + table.length + 1);
            System.arraycopy(table, 0, strings, base, table.length);
            return base;
        }

        /// Adds a function.
        ///
        /// @param nameOffset in all string tables taken together
        void add(long value, long size, int nameOffset) {
            functions.add(new Function(value + bias, size, nameOffset));
        }

        boolean isEmpty() {
            return functions.isEmpty();
        }

        SymbolTable build() {
            // Stable, as the search among equal values depends on the order.
            functions.sort((a, b) -> Long.compareUnsigned(a.value(), b.value()));
            return new SymbolTable(functions, strings);
        }
    }
}
