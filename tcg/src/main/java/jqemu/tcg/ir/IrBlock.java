package jqemu.tcg.ir;

import java.util.Arrays;

/// The IR of one translation block, stored as parallel arrays.
///
/// Operation `n` defines value `n`: a value is the index of the op that computes it, so an operand is a plain `int`
/// and no definition table is needed. Control enters at the top and leaves by side exits or at the end; there are no
/// merges. A block is reused for every translation of its thread; after warm-up, building one allocates nothing.
/// [#compact] makes the exact-size copy that a translation block keeps.
///
/// Invariants (the verifier checks them): an operand's index is smaller than its user's; the last op is an exit;
/// operands beyond an op's [Opcode#inputs] are 0.
public final class IrBlock {
    /// The most ops a block may hold: operand indexes take 16 bits.
    public static final int MAX_OPS = 1 << Character.SIZE;

    /// Places that every op has for operands.
    public static final int OPERANDS = 4;

    private static final int INITIAL_CAPACITY = 512;
    private static final int SMALL_CONSTANT = 15;

    private Opcode[] opcode;
    private Type[] type;
    private char[] operands;
    private int[] aux;
    private long[] imm;
    private Object[] constants;
    private int constantCount;
    private int size;

    /// An empty block.
    public IrBlock() {
        this(INITIAL_CAPACITY);
    }

    private IrBlock(int capacity) {
        opcode = new Opcode[capacity];
        type = new Type[capacity];
        operands = new char[OPERANDS * capacity];
        aux = new int[capacity];
        imm = new long[capacity];
        constants = new Object[0];
    }

    /// Empties the block for the next translation.
    public void clear() {
        size = 0;
        constantCount = 0;
    }

    /// The number of ops.
    public int size() {
        return size;
    }

    /// Appends an op and returns its index, which is the value it defines. Unused operands are 0.
    public int append(Opcode op, Type resultType, int a, int b, int c, int d, int auxiliary, long immediate) {
        if (size == opcode.length) {
            grow();
        }
        opcode[size] = op;
        type[size] = resultType;
        setOperands(size, a, b, c, d);
        aux[size] = auxiliary;
        imm[size] = immediate;
        return size++;
    }

    private void setOperands(int n, int a, int b, int c, int d) {
        int at = OPERANDS * n;
        operands[at] = (char) a;
        operands[at + 1] = (char) b;
        operands[at + 2] = (char) c;
        operands[at + 3] = (char) d;
    }

    private void grow() {
        int capacity = size * 2;
        if (capacity > MAX_OPS) {
            throw new IllegalStateException("a translation block of more than " + MAX_OPS + " operations");
        }
        opcode = Arrays.copyOf(opcode, capacity);
        type = Arrays.copyOf(type, capacity);
        operands = Arrays.copyOf(operands, OPERANDS * capacity);
        aux = Arrays.copyOf(aux, capacity);
        imm = Arrays.copyOf(imm, capacity);
    }

    /// The opcode of op `n`.
    public Opcode opcode(int n) {
        return opcode[n];
    }

    /// The type of op `n`.
    public Type type(int n) {
        return type[n];
    }

    /// The first operand of op `n`.
    public int a(int n) {
        return operands[OPERANDS * n];
    }

    /// The second operand of op `n`.
    public int b(int n) {
        return operands[OPERANDS * n + 1];
    }

    /// The third operand of op `n`.
    public int c(int n) {
        return operands[OPERANDS * n + 2];
    }

    /// The fourth operand of op `n`.
    public int d(int n) {
        return operands[OPERANDS * n + 3];
    }

    /// Operand `index` (0 to 3) of op `n`.
    public int operand(int n, int index) {
        return operands[OPERANDS * n + index];
    }

    /// The small immediate of op `n`.
    public int aux(int n) {
        return aux[n];
    }

    /// The wide immediate of op `n`.
    public long imm(int n) {
        return imm[n];
    }

    // ---- the arrays themselves, for the interpreter: code that runs cold pays for every call of an accessor

    /// The live opcodes, by op.
    public Opcode[] opcodes() {
        return opcode;
    }

    /// The live operands: those of op `n` stand from `OPERANDS * n` on.
    public char[] operands() {
        return operands;
    }

    /// The live wide immediates, by op.
    public long[] imms() {
        return imm;
    }

    /// The condition of op `n`, for ops whose `aux` is one.
    public Condition condition(int n) {
        return Condition.of(aux[n]);
    }

    /// Packs a bit field for an `aux`.
    public static int field(int position, int length) {
        return position << 8 | length;
    }

    /// The position of a packed bit field.
    public static int fieldPosition(int field) {
        return field >>> 8;
    }

    /// The length of a packed bit field.
    public static int fieldLength(int field) {
        return field & 0xff;
    }

    /// Replaces op `n` by another one that defines the same value.
    public void replace(int n, Opcode op, Type resultType, int a, int b, int c, int d, int auxiliary, long immediate) {
        opcode[n] = op;
        type[n] = resultType;
        setOperands(n, a, b, c, d);
        aux[n] = auxiliary;
        imm[n] = immediate;
    }

    /// Replaces op `n` by the constant `value`.
    public void replaceByConstant(int n, long value) {
        replace(n, Opcode.MOVI, type[n], 0, 0, 0, 0, 0, value);
    }

    /// Sets operand `index` (0 to 3) of op `n` to `value`.
    public void setOperand(int n, int index, int value) {
        operands[OPERANDS * n + index] = (char) value;
    }

    /// Sets the small immediate of op `n`.
    public void setAux(int n, int auxiliary) {
        aux[n] = auxiliary;
    }

    /// Whether value `n` can stand where a value of `wanted` is asked for: it has that type, or it is so small a
    /// number that it is the same in both integer types ([Opcode#isSmall], and constants below 16).
    public boolean valueIs(int n, Type wanted) {
        if (type[n] == wanted) {
            return true;
        }
        if (opcode[n] == Opcode.MOVI) {
            return isInteger(wanted) && isInteger(type[n]) && imm[n] >= 0 && imm[n] <= SMALL_CONSTANT;
        }
        return opcode[n].isSmall() && isInteger(wanted);
    }

    private static boolean isInteger(Type type) {
        return type == Type.I32 || type == Type.I64;
    }

    /// Inserts the constant `value` before op `n`, which becomes op `n + 1`; `n` is above 0. Costs a walk over the
    /// ops behind it: for rewrites that are rare in a block.
    public void insertConstant(int n, Type constantType, long value) {
        if (size == opcode.length) {
            grow();
        }
        int moved = size - n;
        System.arraycopy(opcode, n, opcode, n + 1, moved);
        System.arraycopy(type, n, type, n + 1, moved);
        System.arraycopy(operands, OPERANDS * n, operands, OPERANDS * (n + 1), OPERANDS * moved);
        System.arraycopy(aux, n, aux, n + 1, moved);
        System.arraycopy(imm, n, imm, n + 1, moved);
        size++;
        for (int user = n + 1; user < size; user++) {
            for (int i = 0; i < opcode[user].inputs(); i++) {
                int operand = operand(user, i);
                setOperand(user, i, operand >= n ? operand + 1 : operand);
            }
        }
        replace(n, Opcode.MOVI, constantType, 0, 0, 0, 0, 0, constantType.truncate(value));
    }

    /// Drops the ops from `newSize` on.
    public void truncate(int newSize) {
        size = newSize;
    }

    /// Adds an object that ops refer to by index, and returns its index.
    public int addConstant(Object object) {
        if (constantCount == constants.length) {
            constants = Arrays.copyOf(constants, Math.max(8, constantCount * 2));
        }
        constants[constantCount] = object;
        return constantCount++;
    }

    /// The number of objects that ops may refer to.
    public int constantCount() {
        return constantCount;
    }

    /// The object at `index`.
    public Object constant(int index) {
        return constants[index];
    }

    /// Removes every op `n` for which `keep[n]` is false and renumbers the operands of the others. No kept op may
    /// use a removed one. `renumbered` is scratch space of at least [#size] ints.
    public void removeUnkept(boolean[] keep, int[] renumbered) {
        int to = 0;
        for (int n = 0; n < size; n++) {
            renumbered[n] = to;
            if (keep[n]) {
                int inputs = opcode[n].inputs();
                for (int i = 0; i < inputs; i++) {
                    setOperand(to, i, renumbered[operand(n, i)]);
                }
                for (int i = inputs; i < OPERANDS; i++) {
                    setOperand(to, i, 0);
                }
                opcode[to] = opcode[n];
                type[to] = type[n];
                aux[to] = aux[n];
                imm[to] = imm[n];
                to++;
            }
        }
        size = to;
    }

    /// Makes this block a copy of `other`.
    public void copyFrom(IrBlock other) {
        while (opcode.length < other.size) {
            size = opcode.length;
            grow();
        }
        System.arraycopy(other.opcode, 0, opcode, 0, other.size);
        System.arraycopy(other.type, 0, type, 0, other.size);
        System.arraycopy(other.operands, 0, operands, 0, OPERANDS * other.size);
        System.arraycopy(other.aux, 0, aux, 0, other.size);
        System.arraycopy(other.imm, 0, imm, 0, other.size);
        constants = Arrays.copyOf(other.constants, other.constants.length);
        constantCount = other.constantCount;
        size = other.size;
    }

    /// An exact-size copy, for a translation block to keep.
    public IrBlock compact() {
        IrBlock copy = new IrBlock(0);
        copy.opcode = Arrays.copyOf(opcode, size);
        copy.type = Arrays.copyOf(type, size);
        copy.operands = Arrays.copyOf(operands, OPERANDS * size);
        copy.aux = Arrays.copyOf(aux, size);
        copy.imm = Arrays.copyOf(imm, size);
        copy.constants = Arrays.copyOf(constants, constantCount);
        copy.constantCount = constantCount;
        copy.size = size;
        return copy;
    }
}
