package jqemu.tcg.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the text that [IrPrinter] writes; for tests and tools, never on the way to a running guest.
///
/// Printing what was parsed gives the same text. Written by hand, a block may name its values as it likes, as long as
/// a name is `v` and a number: names are resolved to the op that defined them last. A name that no op defined is taken
/// as the number of an op, so that tests can write blocks that the verifier has to reject. From `;` on a line is
/// comment.
public final class IrParser {
    private final IrBlock block = new IrBlock();
    private final Map<String, Integer> values = new HashMap<>();
    private final List<Integer> lines = new ArrayList<>();

    private IrParser() {}

    /// A parsed block and where its ops stood.
    ///
    /// @param block the block
    /// @param lines the line, from 0, of each op
    public record Parsed(IrBlock block, List<Integer> lines) {}

    /// The block that `text` describes; throws [IllegalArgumentException] with the line's number when it is
    /// malformed.
    public static IrBlock parse(String text) {
        return parseLines(text.lines().toList()).block();
    }

    /// The block that `source` describes, line by line.
    public static Parsed parseLines(List<String> source) {
        IrParser parser = new IrParser();
        for (int i = 0; i < source.size(); i++) {
            int size = parser.block.size();
            try {
                parser.parseLine(source.get(i));
            } catch (IllegalArgumentException malformed) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + malformed.getMessage(), malformed);
            }
            if (parser.block.size() > size) {
                parser.lines.add(i);
            }
        }
        return new Parsed(parser.block, List.copyOf(parser.lines));
    }

    private void parseLine(String source) {
        int comment = source.indexOf(';');
        String line = (comment < 0 ? source : source.substring(0, comment)).strip();
        if (line.startsWith(IrSyntax.MARK)) {
            parseMark(line.substring(IrSyntax.MARK.length()).strip());
        } else if (!line.isEmpty()) {
            parseDefinition(line);
        }
    }

    private void parseMark(String text) {
        String[] parts = text.split(" +", -1);
        if (parts.length != 2 || !parts[0].startsWith("0x")) {
            throw new IllegalArgumentException("a mark is: " + IrSyntax.MARK + " 0xPC INSN");
        }
        long pc = Long.parseUnsignedLong(parts[0].substring(2), 16);
        int insn = IrSyntax.parseAux(Aux.INSN, parts[1]);
        block.append(Opcode.INSN_START, Type.I64, 0, 0, 0, 0, insn, pc);
    }

    private void parseDefinition(String line) {
        int equals = line.indexOf('=');
        String name = equals < 0 ? "" : line.substring(0, equals).strip();
        int n = parseOp(line.substring(equals + 1).strip());
        if (name.isEmpty() == block.opcode(n).hasResult()) {
            throw new IllegalArgumentException(
                    block.opcode(n).text() + (name.isEmpty() ? " has a" : " has no") + " value");
        }
        if (!name.isEmpty()) {
            values.put(name, n);
        }
    }

    private int parseOp(String text) {
        int space = text.indexOf(' ');
        String mnemonic = space < 0 ? text : text.substring(0, space);
        int underscore = mnemonic.lastIndexOf('_');
        Opcode op = find(mnemonic, false);
        Type type = Type.I64;
        if (op == null && underscore > 0) {
            op = find(mnemonic.substring(0, underscore), true);
            type = IrSyntax.parseType(mnemonic.substring(underscore + 1));
        }
        if (op == null) {
            throw new IllegalArgumentException("no such operation: " + mnemonic);
        }
        return appendOp(op, type, space < 0 ? "" : text.substring(space + 1));
    }

    private static @Nullable Opcode find(String text, boolean typed) {
        for (Opcode op : Opcode.values()) {
            if (op.isTyped() == typed && op.text().equals(text)) {
                return op;
            }
        }
        return null;
    }

    private int appendOp(Opcode op, Type type, String text) {
        Operands operands = new Operands(text);
        int aux = IrSyntax.comesFirst(op.aux()) ? parseAux(op, operands.next()) : 0;
        int[] inputs = new int[4];
        for (int i = 0; i < op.inputs() && (operands.isValue() || !op.hasOptionalOperands()); i++) {
            inputs[i] = value(operands.next());
        }
        if (op.aux() != Aux.NONE && !IrSyntax.comesFirst(op.aux())) {
            aux = parseAux(op, operands.next());
        }
        long imm = op.imm() == Imm.NONE ? 0 : IrSyntax.parseImm(op.imm(), operands.next());
        operands.expectEnd();
        return block.append(op, type, inputs[0], inputs[1], inputs[2], inputs[3], aux, imm);
    }

    private int parseAux(Opcode op, String text) {
        int aux = IrSyntax.parseAux(op.aux(), text);
        // the text does not hold the objects: their names stand in for them
        while (op.aux() == Aux.OBJECT && block.constantCount() <= aux) {
            block.addConstant("#" + block.constantCount());
        }
        return aux;
    }

    private int value(String name) {
        Integer defined = values.get(name);
        if (defined != null) {
            return defined;
        }
        if (!name.startsWith("v")) {
            throw new IllegalArgumentException("not a value: " + name);
        }
        return Integer.parseInt(name.substring(1));
    }

    /// The operands of a line, taken one after the other.
    private static final class Operands {
        private final String[] texts;
        private int next;

        Operands(String text) {
            texts = text.isBlank() ? new String[0] : text.split(",", -1);
        }

        boolean isValue() {
            return next < texts.length && texts[next].strip().startsWith("v");
        }

        String next() {
            if (next == texts.length) {
                throw new IllegalArgumentException("an operand is missing");
            }
            return texts[next++].strip();
        }

        void expectEnd() {
            if (next < texts.length) {
                throw new IllegalArgumentException("unexpected: " + texts[next].strip());
            }
        }
    }
}
