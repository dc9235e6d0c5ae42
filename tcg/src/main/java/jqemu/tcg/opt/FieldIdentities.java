package jqemu.tcg.opt;

import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.Opcode;
import jqemu.tcg.ir.Type;

/// The part of [Identities] about bit fields, extensions and casts, and their nesting.
final class FieldIdentities {
    private static final int NONE = Identities.NONE;

    private FieldIdentities() {}

    static int simplify(IrBlock block, int n) {
        return switch (block.opcode(n)) {
            case EXTRACT -> extract(block, n);
            case SEXTRACT -> signExtract(block, n);
            case DEPOSIT -> IrBlock.fieldLength(block.aux(n)) == block.type(n).bits() ? block.b(n) : NONE;
            case EXT_I32 -> extend(block, n, Opcode.SEXTRACT);
            case EXTU_I32 -> extend(block, n, Opcode.EXTRACT);
            case EXTRL -> low(block, n);
            default -> bitcast(block, n);
        };
    }

    private static int extract(IrBlock block, int n) {
        int a = block.a(n);
        int position = IrBlock.fieldPosition(block.aux(n));
        int length = IrBlock.fieldLength(block.aux(n));
        int significant = SignificantBits.of(block, a);
        if (position >= significant) {
            block.replaceByConstant(n, 0);
            return NONE;
        }
        if (position == 0 && length >= significant) {
            return a;
        }
        if (block.opcode(a) == Opcode.EXTRACT) {
            merge(block, n, Math.min(length, IrBlock.fieldLength(block.aux(a)) - position));
        } else if (block.opcode(a) == Opcode.SEXTRACT && isInside(block, n, a)) {
            merge(block, n, length);
        }
        return NONE;
    }

    private static int signExtract(IrBlock block, int n) {
        int a = block.a(n);
        int position = IrBlock.fieldPosition(block.aux(n));
        int length = IrBlock.fieldLength(block.aux(n));
        if (position == 0 && (length == block.type(n).bits() || length > SignificantBits.of(block, a))) {
            return a;
        }
        if (block.opcode(a) == Opcode.SEXTRACT && position == 0 && length >= IrBlock.fieldLength(block.aux(a))) {
            return a;
        }
        if ((block.opcode(a) == Opcode.SEXTRACT || block.opcode(a) == Opcode.EXTRACT) && isInside(block, n, a)) {
            merge(block, n, length);
        }
        return NONE;
    }

    /// Whether the field that op `n` takes lies inside the one that `inner` took, before its extension.
    private static boolean isInside(IrBlock block, int n, int inner) {
        int field = block.aux(n);
        return IrBlock.fieldPosition(field) + IrBlock.fieldLength(field) <= IrBlock.fieldLength(block.aux(inner));
    }

    /// Takes the field of `length` bits directly from what the nested extraction takes it from.
    private static void merge(IrBlock block, int n, int length) {
        int inner = block.a(n);
        int position = IrBlock.fieldPosition(block.aux(inner)) + IrBlock.fieldPosition(block.aux(n));
        block.setOperand(n, 0, block.a(inner));
        block.setAux(n, IrBlock.field(position, length));
    }

    /// An extension of the low half is an extraction; of a few bits, nothing.
    private static int extend(IrBlock block, int n, Opcode extraction) {
        int a = block.a(n);
        if (block.valueIs(a, Type.I64)) {
            return a;
        }
        if (block.opcode(a) != Opcode.EXTRL) {
            return NONE;
        }
        block.replace(n, extraction, Type.I64, block.a(a), 0, 0, 0, IrBlock.field(0, Integer.SIZE), 0);
        return simplify(block, n);
    }

    private static int low(IrBlock block, int n) {
        int a = block.a(n);
        if (block.valueIs(a, Type.I32)) {
            return a;
        }
        return switch (block.opcode(a)) {
            case EXT_I32, EXTU_I32 -> block.a(a);
            case EXTRACT, SEXTRACT -> {
                int field = block.aux(a);
                if (IrBlock.fieldPosition(field) == 0 && IrBlock.fieldLength(field) >= Integer.SIZE) {
                    block.setOperand(n, 0, block.a(a));
                }
                yield NONE;
            }
            default -> NONE;
        };
    }

    private static int bitcast(IrBlock block, int n) {
        int a = block.a(n);
        if (block.valueIs(a, block.type(n))) {
            return a;
        }
        if (block.opcode(a) == Opcode.BITCAST) {
            // the inner cast kept at least as many bits as this one does
            int source = block.a(a);
            if (block.valueIs(source, block.type(n))) {
                return source;
            }
            block.setOperand(n, 0, source);
        }
        return NONE;
    }
}
