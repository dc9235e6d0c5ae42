package jqemu.tcg.ir;

/// Prints a block as text, one op per line: what `-d op` shows, filetests hold and [IrParser] reads back.
///
/// ```
///  ---- 0x400080 91000820  ; add x0, x1, #2
/// v1 = ld_env_i64 x1
/// v2 = movi_i64 $2
/// v3 = add_i64 v1, v2
/// st_env_i64 v3, x0
/// ```
///
/// Driven by the metadata of [Opcode] alone. Any block can be printed, also one that the verifier rejects.
public final class IrPrinter {
    private static final int LINE_ESTIMATE = 24;

    /// Supplies the disassembly of an instruction, for the comment on its mark line.
    public interface Disassembly {
        /// The assembly text of the word `insn` at `pc`; empty for no comment.
        String text(long pc, int insn);
    }

    private IrPrinter() {}

    /// The text of `block`, without disassembly.
    public static String print(IrBlock block) {
        return print(block, (pc, insn) -> "");
    }

    /// The text of `block`, with the disassembly of every instruction.
    public static String print(IrBlock block, Disassembly disassembly) {
        StringBuilder out = new StringBuilder(block.size() * LINE_ESTIMATE);
        for (int n = 0; n < block.size(); n++) {
            if (block.opcode(n).effect() == Effect.MARK) {
                printMark(out, block, n, disassembly);
            } else {
                printOp(out, block, n);
            }
            out.append('\n');
        }
        return out.toString();
    }

    /// The text of op `n` of `block`.
    public static String print(IrBlock block, int n) {
        StringBuilder out = new StringBuilder();
        printOp(out, block, n);
        return out.toString();
    }

    private static void printMark(StringBuilder out, IrBlock block, int n, Disassembly disassembly) {
        out.append(' ').append(IrSyntax.MARK).append(" 0x").append(Long.toHexString(block.imm(n)));
        out.append(' ').append(IrSyntax.insnText(block.aux(n)));
        String comment = disassembly.text(block.imm(n), block.aux(n));
        if (!comment.isEmpty()) {
            out.append("  ; ").append(comment);
        }
    }

    private static void printOp(StringBuilder out, IrBlock block, int n) {
        Opcode op = block.opcode(n);
        if (op.hasResult()) {
            out.append('v').append(n).append(" = ");
        }
        out.append(op.text());
        if (op.isTyped()) {
            out.append('_').append(block.type(n).text());
        }
        String separator = " ";
        String aux = IrSyntax.auxText(op.aux(), block.aux(n));
        if (IrSyntax.comesFirst(op.aux())) {
            separator = append(out, separator, aux);
        }
        int operands = operandCount(block, n);
        for (int i = 0; i < operands; i++) {
            separator = append(out, separator, "v" + block.operand(n, i));
        }
        if (!IrSyntax.comesFirst(op.aux())) {
            separator = append(out, separator, aux);
        }
        append(out, separator, IrSyntax.immText(op.imm(), block.imm(n)));
    }

    /// The number of operands that are shown: missing ones at the end are not.
    private static int operandCount(IrBlock block, int n) {
        int count = block.opcode(n).inputs();
        if (block.opcode(n).hasOptionalOperands()) {
            while (count > 0 && block.operand(n, count - 1) == 0) {
                count--;
            }
        }
        return count;
    }

    private static String append(StringBuilder out, String separator, String text) {
        if (text.isEmpty()) {
            return separator;
        }
        out.append(separator).append(text);
        return ", ";
    }
}
