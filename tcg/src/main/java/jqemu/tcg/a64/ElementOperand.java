package jqemu.tcg.a64;

import jqemu.tcg.ir.Type;

/// The vector element operand of the "by element" instructions, whose register and index are spread over the fields
/// `h`,
/// `l`, `m` and `rm` as the element size says.
final class ElementOperand {
    private ElementOperand() {}

    private static int register(int size, int rm, int m) {
        return size == 1 ? rm : m << 4 | rm;
    }

    private static int index(int size, int h, int l, int m) {
        return switch (size) {
            case 1 -> h << 2 | l << 1 | m;
            case 2 -> h << 1 | l;
            default -> h;
        };
    }

    /// 64 bits of copies of the element, as a value of `type`.
    static int broadcast(VectorShapes shapes, Type type, int size, int rm, int h, int l, int m) {
        return shapes.broadcast(type, register(size, rm, m), index(size, h, l, m), size);
    }

    /// The element, zero-extended.
    static int scalar(VectorShapes shapes, int size, int rm, int h, int l, int m) {
        return shapes.lane(register(size, rm, m), index(size, h, l, m), size);
    }
}
