package jqemu.tcg.jvm;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The constant pool of a class file under construction; equal constants share an entry.
///
/// Mirrors "The `constant_pool`" of the JVM specification, chapter 4.4.
final class ConstantPool {
    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int LONG = 5;
    private static final int CLASS = 7;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int INVOKE_DYNAMIC = 18;

    /// The kind of a method handle, `REF_invokeStatic`.
    private static final int INVOKE_STATIC = 6;

    /// Its methods are written out because what the compiler puts in place of them has the JVM make 18 classes at
    /// the first region of each run: the AOT cache does not hold those.
    private record Entry(int tag, long first, String second) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Entry entry
                    && tag == entry.tag
                    && first == entry.first
                    && second.equals(entry.second);
        }

        @Override
        public int hashCode() {
            return (Long.hashCode(first) * 31 + second.hashCode()) * 31 + tag;
        }
    }

    private final Map<Entry, Integer> entries = new HashMap<>();
    private final ByteWriter bytes = new ByteWriter();
    private int next = 1;

    int utf8(String text) {
        Entry key = new Entry(UTF8, 0, text);
        Integer known = entries.get(key);
        if (known != null) {
            return known;
        }
        bytes.u1(UTF8);
        bytes.u2(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes.u1(text.charAt(i)); // names here are ASCII
        }
        return add(key, 1);
    }

    int classRef(String internalName) {
        return pair(CLASS, utf8(internalName), -1);
    }

    int longValue(long value) {
        Entry key = new Entry(LONG, value, "");
        Integer known = entries.get(key);
        if (known != null) {
            return known;
        }
        bytes.u1(LONG);
        bytes.u4((int) (value >>> 32));
        bytes.u4((int) value);
        return add(key, 2);
    }

    int intValue(int value) {
        Entry key = new Entry(INTEGER, value, "");
        Integer known = entries.get(key);
        if (known != null) {
            return known;
        }
        bytes.u1(INTEGER);
        bytes.u4(value);
        return add(key, 1);
    }

    int field(String owner, String name, String descriptor) {
        return pair(FIELD, classRef(owner), nameAndType(name, descriptor));
    }

    int method(String owner, String name, String descriptor) {
        return pair(METHOD, classRef(owner), nameAndType(name, descriptor));
    }

    private int nameAndType(String name, String descriptor) {
        return pair(NAME_AND_TYPE, utf8(name), utf8(descriptor));
    }

    /// The call site made by the bootstrap method number `bootstrap` of the class.
    int invokeDynamic(int bootstrap, String name, String descriptor) {
        Entry key = new Entry(INVOKE_DYNAMIC, (long) bootstrap << 32 | nameAndType(name, descriptor), "");
        Integer known = entries.get(key);
        if (known != null) {
            return known;
        }
        bytes.u1(INVOKE_DYNAMIC);
        bytes.u2(bootstrap);
        bytes.u2((int) key.first);
        return add(key, 1);
    }

    /// A handle of a static method.
    int staticHandle(String owner, String name, String descriptor) {
        int method = method(owner, name, descriptor);
        Entry key = new Entry(METHOD_HANDLE, method, "");
        Integer known = entries.get(key);
        if (known != null) {
            return known;
        }
        bytes.u1(METHOD_HANDLE);
        bytes.u1(INVOKE_STATIC);
        bytes.u2(method);
        return add(key, 1);
    }

    /// An entry of one or two indexes; `second` is -1 for one.
    private int pair(int tag, int first, int second) {
        Entry key = new Entry(tag, (long) first << 32 | second & 0xffff_ffffL, "");
        Integer known = entries.get(key);
        if (known != null) {
            return known;
        }
        bytes.u1(tag);
        bytes.u2(first);
        if (second >= 0) {
            bytes.u2(second);
        }
        return add(key, 1);
    }

    private int add(Entry key, int width) {
        int index = next;
        next += width;
        entries.put(key, index);
        return index;
    }

    void writeTo(ByteWriter target) {
        target.u2(next);
        target.append(bytes);
    }
}
