package jqemu.loader.host;

import jdk.internal.misc.Unsafe;

/// System calls that are made one behind the other without Java in between: what has to be done right before a process
/// becomes another program. The C structure `jq_call` in `host.h` has the same layout.
public final class CallList {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final int ARGUMENTS = 6;
    private static final int RESULT = 8 * (1 + ARGUMENTS);
    private static final int SIZE = RESULT + 8;
    private static final long REQUIRED = 1L << 32;

    private long address;
    private int capacity;
    private int count;

    /// An empty list.
    public CallList() {}

    /// Adds a call; those behind it are made also when it fails. Arguments that are not given are 0.
    public CallList add(int number, long... arguments) {
        put(number, arguments);
        return this;
    }

    /// Adds a call; when it fails, those behind it are not made.
    public CallList require(int number, long... arguments) {
        put(number | REQUIRED, arguments);
        return this;
    }

    private void put(long number, long[] arguments) {
        if (count == capacity) {
            capacity = Math.max(8, 2 * capacity);
            address = UNSAFE.reallocateMemory(address, (long) capacity * SIZE);
        }
        long call = address + (long) count++ * SIZE;
        UNSAFE.setMemory(call, SIZE, (byte) 0);
        UNSAFE.putLong(call, number);
        for (int i = 0; i < arguments.length; i++) {
            UNSAFE.putLong(call + 8L * (1 + i), arguments[i]);
        }
    }

    /// {@return how many calls there are}
    public int count() {
        return count;
    }

    /// {@return the result of call `index`; 0 before it was made}
    public long result(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException(index);
        }
        return UNSAFE.getLong(address + (long) index * SIZE + RESULT);
    }

    /// {@return the negative result of the required call that failed, or 0}
    public long error() {
        for (int i = 0; i < count; i++) {
            boolean required = (UNSAFE.getLong(address + (long) i * SIZE) & REQUIRED) != 0;
            if (required && result(i) < 0) {
                return result(i);
            }
        }
        return 0;
    }

    /// Forgets all calls.
    public void clear() {
        count = 0;
    }

    /// Gives the memory back.
    public void free() {
        UNSAFE.freeMemory(address);
        address = 0;
        capacity = 0;
        count = 0;
    }

    long address() {
        return address;
    }
}
