package jqemu.tcg.ir;

import java.util.ArrayList;
import java.util.List;
import jqemu.tcg.cpu.Slot;

/// Checks that a block is well formed, and says everything that is wrong with it.
///
/// The invariants:
/// - the last op leaves the block for certain, and no earlier one does;
/// - an operand is an earlier op that has a result, of the type that its user needs ([Opcode#operandType]); operands
/// that
///   the op does not have are 0, and so are immediates;
/// - an op that may fault or raises an exception stands behind a mark that says which guest instruction it belongs to;
/// - a constant obeys the invariant of its [Type];
/// - a bit field lies inside its value, an access is not wider than what it loads or stores, and `aux` and `imm` name
///   things that exist: a condition, a slot, a helper, an object of the block.
///
/// Driven by the metadata of [Opcode]: a new op is checked without a change here. Runs after every pass while
/// assertions are on.
public final class IrVerifier {
    private static final int MEMOP_BITS = 8;

    private final IrBlock block;
    private final List<Problem> problems = new ArrayList<>();

    private IrVerifier(IrBlock block) {
        this.block = block;
    }

    /// Something wrong with a block.
    ///
    /// @param op the op, or -1 when it is the block as a whole
    /// @param message what is wrong
    public record Problem(int op, String message) {
        @Override
        public String toString() {
            return op < 0 ? message : "op " + op + ": " + message;
        }
    }

    /// All that is wrong with `block`, in the order of its ops; empty when it is well formed.
    public static List<Problem> problems(IrBlock block) {
        IrVerifier verifier = new IrVerifier(block);
        verifier.verify();
        return List.copyOf(verifier.problems);
    }

    /// Throws [IllegalStateException] with all problems and the block's text unless `block` is well formed. `stage`
    /// says who made the block.
    public static void check(IrBlock block, String stage) {
        List<Problem> problems = problems(block);
        if (!problems.isEmpty()) {
            throw new IllegalStateException("bad IR after " + stage + ": " + problems + "\n" + IrPrinter.print(block));
        }
    }

    private void verify() {
        boolean marked = false;
        for (int n = 0; n < block.size(); n++) {
            Opcode op = block.opcode(n);
            marked |= op.effect() == Effect.MARK;
            if (!marked && (op.mayFault() || op == Opcode.RAISE)) {
                report(n, "may fault, but no mark says at which instruction");
            }
            checkPlace(n, op);
            checkOperands(n, op);
            checkAux(n, op);
            checkImm(n, op);
        }
        if (block.size() == 0) {
            report(-1, "the block is empty");
        }
    }

    private void report(int n, String message) {
        problems.add(new Problem(n, message));
    }

    private void require(boolean condition, int n, String message) {
        if (!condition) {
            report(n, message);
        }
    }

    private void checkPlace(int n, Opcode op) {
        boolean last = n == block.size() - 1;
        require(!last || op.endsBlock(), n, "the last op does not leave the block");
        require(last || !op.endsBlock(), n, "ops follow an exit");
        require(op.isTyped() || block.type(n) == Type.I64, n, "an op without values has type i64");
    }

    private void checkOperands(int n, Opcode op) {
        for (int i = 0; i < 4; i++) {
            int value = block.operand(n, i);
            if (i >= op.inputs()) {
                require(value == 0, n, "operand " + i + " is not used, but not 0");
            } else if (value != 0 || !op.hasOptionalOperands()) {
                checkOperand(n, i, value);
            }
        }
    }

    private void checkOperand(int n, int index, int value) {
        if (value >= n) {
            report(n, "v" + value + " is used before its definition");
            return;
        }
        if (!block.opcode(value).hasResult()) {
            report(n, "v" + value + " has no value");
            return;
        }
        if (block.opcode(n).imm() == Imm.TYPE && !isBelow(block.imm(n), Type.values().length)) {
            return;
        }
        Type needed = block.opcode(n).operandType(block.type(n), index, block.imm(n));
        if (needed != null) {
            require(block.valueIs(value, needed), n, "v" + value + " is not of type " + needed.text());
        }
        boolean narrows = block.type(value).bits() >= block.type(n).bits() || block.valueIs(value, Type.I64);
        require(block.opcode(n) != Opcode.BITCAST || narrows, n, "bitcast to a wider type");
    }

    private void checkAux(int n, Opcode op) {
        int aux = block.aux(n);
        switch (op.aux()) {
            case NONE -> require(aux == 0, n, "aux is not used, but not 0");
            case CONDITION -> requireOrdinal(n, aux, Condition.values().length, "condition");
            case FENCE -> requireOrdinal(n, aux, Fence.values().length, "fence");
            case HINT -> requireOrdinal(n, aux, ExitHint.values().length, "exit hint");
            case EXCEPTION -> requireOrdinal(n, aux, GuestException.values().length, "exception");
            case HELPER -> requireOrdinal(n, aux, Helper.values().length, "helper");
            case OBJECT -> requireOrdinal(n, aux, block.constantCount(), "object");
            case ELEMENT -> requireOrdinal(n, aux, MemOp.SIZE_64 + 1, "element size");
            case FIELD -> checkField(n, aux);
            case MEMOP -> checkMemOp(n, op, aux);
            case NUMBER -> checkNumber(n, op, aux);
            case INSN -> {}
        }
    }

    private void checkField(int n, int field) {
        int length = IrBlock.fieldLength(field);
        boolean inside = length > 0
                && IrBlock.fieldPosition(field) + length <= block.type(n).bits();
        require(inside, n, "the field is not inside the value");
    }

    private void checkMemOp(int n, Opcode op, int memop) {
        require(isBelow(memop, 1 << MEMOP_BITS), n, "not a memory operation");
        boolean description = op.effect() == Effect.INSTRUMENT || (!op.hasResult() && op != Opcode.ST);
        int largest = description ? MemOp.bytes(MemOp.SIZE_128) : block.type(n).bits() / 8;
        require(MemOp.bytes(memop) <= largest, n, "the access is wider than its value");
        require(description || !MemOp.has(memop, MemOp.STORE), n, "only the description of an access says store");
    }

    private void checkNumber(int n, Opcode op, int number) {
        int bits = block.type(n).bits();
        switch (op) {
            case EXTRACT2 -> requireOrdinal(n, number, bits, "position");
            case TESTCC -> requireOrdinal(n, number, 16, "condition code");
            case BSWAP ->
                require(
                        (number == 2 || number == 4 || number == 8) && 8 * number <= bits,
                        n,
                        "no such unit: " + number);
            default -> {}
        }
    }

    private void checkImm(int n, Opcode op) {
        long imm = block.imm(n);
        switch (op.imm()) {
            case NONE -> require(imm == 0, n, "imm is not used, but not 0");
            case SLOT -> require(isBelow(imm, Slot.COUNT) && Slot.exists((int) imm), n, "no such slot: " + imm);
            case TYPE -> requireOrdinal(n, imm, Type.values().length, "type");
            case CONSTANT -> {
                boolean reduced = block.type(n).truncate(imm) == imm;
                require(op != Opcode.MOVI || reduced, n, "the constant has bits beyond its type");
            }
            case PC -> {}
        }
    }

    private void requireOrdinal(int n, long value, int count, String what) {
        require(isBelow(value, count), n, "no such " + what + ": " + value);
    }

    private static boolean isBelow(long value, int count) {
        return value >= 0 && value < count;
    }
}
