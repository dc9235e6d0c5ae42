package jqemu.tcg.ir;

import jqemu.tcg.cpu.Slot;

/// How the two immediates of an op are written: the part of the textual IR that [IrPrinter] and [IrParser] share.
///
/// The switches are exhaustive over [Aux] and [Imm], so that a new kind of immediate cannot be
/// forgotten; a new opcode needs nothing here.
final class IrSyntax {
    /// What a mark line, the text of `insn_start`, begins with.
    static final String MARK = "----";

    private static final int LAST_DECIMAL = 0xffff;

    private IrSyntax() {}

    /// Whether the immediate names what the op calls or counts: then it stands before the operands.
    static boolean comesFirst(Aux kind) {
        return kind == Aux.HELPER || kind == Aux.OBJECT;
    }

    static String auxText(Aux kind, int aux) {
        return switch (kind) {
            case NONE -> "";
            case NUMBER -> constantText(aux);
            case CONDITION ->
                inRange(aux, Condition.values().length) ? Condition.of(aux).text() : unknown(aux);
            case FIELD -> IrBlock.fieldPosition(aux) + ":" + IrBlock.fieldLength(aux);
            case MEMOP -> MemOp.text(aux);
            case FENCE -> inRange(aux, Fence.values().length) ? Fence.of(aux).text() : unknown(aux);
            case HINT ->
                inRange(aux, ExitHint.values().length) ? ExitHint.of(aux).text() : unknown(aux);
            case EXCEPTION ->
                inRange(aux, GuestException.values().length)
                        ? GuestException.of(aux).text()
                        : unknown(aux);
            case HELPER -> inRange(aux, Helper.values().length) ? Helper.of(aux).text() : unknown(aux);
            case OBJECT -> "#" + aux;
            case INSN -> insnText(aux);
            case ELEMENT -> inRange(aux, 28) ? "e" + (8 << aux) : unknown(aux);
        };
    }

    static int parseAux(Aux kind, String text) {
        if (text.startsWith("?")) {
            return Integer.parseInt(text.substring(1));
        }
        return switch (kind) {
            case NONE -> throw new IllegalArgumentException("unexpected: " + text);
            case NUMBER -> (int) parseConstant(text);
            case CONDITION -> find(Condition.values(), text);
            case FIELD -> parseField(text);
            case MEMOP -> MemOp.parse(text);
            case FENCE -> find(Fence.values(), text);
            case HINT -> find(ExitHint.values(), text);
            case EXCEPTION -> find(GuestException.values(), text);
            case HELPER -> find(Helper.values(), text);
            case OBJECT -> Integer.parseInt(afterPrefix(text, '#'));
            case INSN -> Integer.parseUnsignedInt(text, 16);
            case ELEMENT -> Integer.numberOfTrailingZeros(Integer.parseInt(afterPrefix(text, 'e')) / 8);
        };
    }

    static String immText(Imm kind, long imm) {
        return switch (kind) {
            case NONE -> "";
            case CONSTANT -> constantText(imm);
            case SLOT -> imm == (int) imm && Slot.exists((int) imm) ? Slot.name((int) imm) : unknown(imm);
            case PC -> "$0x" + Long.toHexString(imm);
            case TYPE -> inRange(imm, Type.values().length) ? Type.of((int) imm).text() : unknown(imm);
        };
    }

    static long parseImm(Imm kind, String text) {
        if (text.startsWith("?")) {
            return Long.parseLong(text.substring(1));
        }
        return switch (kind) {
            case NONE -> throw new IllegalArgumentException("unexpected: " + text);
            case CONSTANT, PC -> parseConstant(text);
            case SLOT -> Slot.parse(text);
            case TYPE -> parseType(text).ordinal();
        };
    }

    static Type parseType(String text) {
        for (Type type : Type.values()) {
            if (type.text().equals(text)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no such type: " + text);
    }

    /// A number as `$5` or `$0x12345`: small ones decimal.
    private static String constantText(long value) {
        return value >= -LAST_DECIMAL && value <= LAST_DECIMAL ? "$" + value : "$0x" + Long.toHexString(value);
    }

    private static long parseConstant(String text) {
        String number = afterPrefix(text, '$');
        return number.startsWith("0x") ? Long.parseUnsignedLong(number.substring(2), 16) : Long.parseLong(number);
    }

    /// An instruction word, eight hexadecimal digits.
    static String insnText(int insn) {
        String digits = Integer.toHexString(insn);
        return "0".repeat(8 - digits.length()) + digits;
    }

    private static int parseField(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a field (position:length): " + text);
        }
        return IrBlock.field(Integer.parseInt(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    }

    private static String afterPrefix(String text, char prefix) {
        if (text.isEmpty() || text.charAt(0) != prefix) {
            throw new IllegalArgumentException("expected " + prefix + ": " + text);
        }
        return text.substring(1);
    }

    private static boolean inRange(long value, int count) {
        return value >= 0 && value < count;
    }

    /// A number that names nothing, as a broken block may hold it: the printer shows any block.
    private static String unknown(long value) {
        return "?" + value;
    }

    private static <E extends Enum<E>> int find(E[] values, String text) {
        for (E value : values) {
            if (nameOf(value).equals(text)) {
                return value.ordinal();
            }
        }
        throw new IllegalArgumentException("unexpected: " + text);
    }

    private static String nameOf(Enum<?> value) {
        return switch (value) {
            case Condition condition -> condition.text();
            case Fence fence -> fence.text();
            case ExitHint hint -> hint.text();
            case GuestException exception -> exception.text();
            case Helper helper -> helper.text();
            default -> throw new IllegalArgumentException("not part of the textual IR: " + value);
        };
    }
}
