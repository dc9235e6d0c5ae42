package jqemu.tcg.jvm;

import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.Type;

/// Plain accesses to guest memory: calls of `Unsafe` that HotSpot replaces by one machine instruction, in C1 too.
///
/// Called directly, without the wrappers in `HostMemory`: each method that C2 inlines costs it more than the access.
/// Opaque accesses are fenced in by C2 and become slow volatile ones in C1, so they are for memory that others see.
final class MemoryEmitter {
    private static final String UNSAFE = "jdk/internal/misc/Unsafe";
    private static final String UNSAFE_TYPE = "Ljdk/internal/misc/Unsafe;";
    private static final String HOST_MEMORY = "jqemu/loader/memory/HostMemory";

    /// By binary logarithm of the size: how `Unsafe` and descriptors call the type.
    private static final String[] NAMES = {"Byte", "Short", "Int", "Long"};

    private static final String[] DESCRIPTORS = {"B", "S", "I", "J"};

    private final CodeWriter code;
    private final String suffix;

    MemoryEmitter(CodeWriter code, boolean opaque) {
        this.code = code;
        this.suffix = opaque ? "Opaque" : "";
    }

    /// Pushes what comes before the host address.
    void beginAccess() {
        code.getStatic(HOST_MEMORY, "UNSAFE", UNSAFE_TYPE);
        code.op(Bytecode.ACONST_NULL, 1);
    }

    /// Replaces the host address on the stack by what is there, of `1 << sizeShift` bytes, as a value of `type`.
    void load(int sizeShift, boolean signed, Type type) {
        String name = "get".concat(NAMES[sizeShift]).concat(suffix);
        code.invokeVirtual(UNSAFE, name, "(Ljava/lang/Object;J)".concat(DESCRIPTORS[sizeShift]));
        int bits = Byte.SIZE << sizeShift;
        if (bits == Long.SIZE) {
            return;
        }
        code.op(Bytecode.I2L, 1);
        int width = signed ? type.bits() : bits;
        if (width < Long.SIZE) {
            code.pushLong(Bits.mask(width));
            code.op(Bytecode.LAND, -2);
        }
    }

    /// Whether what is stored is a `long` on the stack, not an `int`.
    static boolean storesLong(int sizeShift) {
        return Byte.SIZE << sizeShift == Long.SIZE;
    }

    /// Stores the value on the stack, cut down to `1 << sizeShift` bytes, at the host address below it.
    void store(int sizeShift) {
        switch (Byte.SIZE << sizeShift) {
            case Byte.SIZE -> code.op(Bytecode.I2B, 0);
            case Short.SIZE -> code.op(Bytecode.I2S, 0);
            default -> {
                // as it is
            }
        }
        String name = "put".concat(NAMES[sizeShift]).concat(suffix);
        code.invokeVirtual(
                UNSAFE,
                name,
                "(Ljava/lang/Object;J".concat(DESCRIPTORS[sizeShift]).concat(")V"));
    }
}
