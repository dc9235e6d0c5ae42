package jqemu.tcg.jvm;

import jqemu.loader.host.HostConstants;
import jqemu.loader.host.ThreadSlot;
import jqemu.tcg.ir.Bits;
import jqemu.tcg.ir.Type;

/// Accesses to guest memory: calls of `Unsafe` that HotSpot replaces by one machine instruction, in C1 too.
///
/// Called directly, without the wrappers in `HostMemory`: each method that is inlined costs more than the access.
///
/// Accesses to memory that others see must be opaque at least, which C2 fences in. C1 knows no opaque accesses: it
/// inlines a wrapper of a volatile one, with its counts, and makes each store a locked instruction. An x86 keeps the
/// order of loads and that of stores anyway, so there loads are volatile, and stores plain ones behind a fence that is
/// no instruction.
final class MemoryEmitter {
    private static final String UNSAFE = "jdk/internal/misc/Unsafe";
    private static final String UNSAFE_TYPE = "Ljdk/internal/misc/Unsafe;";
    private static final String HOST_MEMORY = "jqemu/loader/memory/HostMemory";

    /// By binary logarithm of the size: how `Unsafe` and descriptors call the type.
    private static final String[] NAMES = {"Byte", "Short", "Int", "Long"};

    private static final String[] DESCRIPTORS = {"B", "S", "I", "J"};

    private final CodeWriter code;
    private final boolean fenced;
    private final String loadSuffix;
    private final String storeSuffix;

    MemoryEmitter(CodeWriter code, boolean opaque) {
        this.code = code;
        this.fenced = opaque && HostConstants.X86;
        this.loadSuffix = fenced ? "Volatile" : opaque ? "Opaque" : "";
        this.storeSuffix = opaque && !fenced ? "Opaque" : "";
    }

    /// Pushes what comes before the host address.
    void beginAccess() {
        beginAccess(code);
    }

    private static void beginAccess(CodeWriter code) {
        pushUnsafe(code);
        code.op(Bytecode.ACONST_NULL, 1);
    }

    private static void pushUnsafe(CodeWriter code) {
        code.getStatic(HOST_MEMORY, "UNSAFE", UNSAFE_TYPE);
    }

    /// Pushes the word of the slot at `threadSlot` that interrupts are posted in, see [ThreadSlot#poll]. Volatile,
    /// which C1 knows, unlike opaque, and which on x86 is as cheap.
    static void poll(CodeWriter code, int threadSlot) {
        beginAccess(code);
        code.lload(threadSlot);
        code.pushLong(ThreadSlot.POLL);
        code.op(Bytecode.LADD, -2);
        code.invokeVirtual(UNSAFE, "getLongVolatile", "(Ljava/lang/Object;J)J");
    }

    /// Replaces the address of a thread's slot on the stack, above what [#beginAccess] pushed, by whether an access
    /// faulted: [ThreadSlot#isFault] without a barrier. The caller makes sure that this is not read before its
    /// access, and may have computed the address from what was loaded.
    void loadFault() {
        code.pushLong(ThreadSlot.FAULT);
        code.op(Bytecode.LADD, -2);
        code.invokeVirtual(UNSAFE, "getInt", "(Ljava/lang/Object;J)I");
    }

    /// Replaces the host address on the stack by what is there, of `1 << sizeShift` bytes, as a value of `type`.
    void load(int sizeShift, boolean signed, Type type) {
        String name = "get".concat(NAMES[sizeShift]).concat(loadSuffix);
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
        if (fenced) {
            pushUnsafe(code);
            code.invokeVirtual(UNSAFE, "storeFence", "()V");
        }
        String name = "put".concat(NAMES[sizeShift]).concat(storeSuffix);
        code.invokeVirtual(
                UNSAFE,
                name,
                "(Ljava/lang/Object;J".concat(DESCRIPTORS[sizeShift]).concat(")V"));
    }
}
