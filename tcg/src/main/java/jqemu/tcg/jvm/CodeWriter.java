package jqemu.tcg.jvm;

import java.util.Arrays;

/// Writes the bytecode of one method: instructions, labels, and the stack map that the verifier wants.
///
/// Special-purpose, and cheap for it: all branches happen with an empty operand stack, and the locals that live across
/// branches are set at the start of the method and never change their type. So every stack map frame is the same, and
/// only the first is written out. Locals above [#frameLocals] are temporaries within straight code.
final class CodeWriter {
    private static final int FULL_FRAME = 255;
    private static final int SAME_FRAME_EXTENDED = 251;
    private static final int SAME_FRAME_LIMIT = 64;
    private static final int SAME_LOCALS_ONE_ITEM_EXTENDED = 247;
    private static final int ITEM_INTEGER = 1;
    private static final int ITEM_DOUBLE = 3;
    private static final int ITEM_LONG = 4;
    private static final int ITEM_OBJECT = 7;

    private final ConstantPool pool;
    private final ByteWriter code = new ByteWriter();
    private final ByteWriter frameLocals = new ByteWriter();
    private int frameLocalCount;

    private int[] labels = new int[64];
    private int labelCount;
    private int[] fixupPosition = new int[64];
    private int[] fixupOrigin = new int[64];
    private int[] fixupLabel = new int[64];
    private boolean[] fixupWide = new boolean[64];
    private int fixups;

    private int depth;
    private int maxDepth;
    private int maxLocals;

    /// The exception handler: the code that it covers, and where it is; or -1.
    private int handlerStart = -1;

    private int handlerEnd = -1;
    private int handler = -1;

    CodeWriter(ConstantPool pool) {
        this.pool = pool;
    }

    ConstantPool pool() {
        return pool;
    }

    int size() {
        return code.size();
    }

    // ---- the frame that all branch targets share, declared in the order of the locals

    void declareObject(String internalName) {
        frameLocals.u1(ITEM_OBJECT);
        frameLocals.u2(pool.classRef(internalName));
        frameLocalCount++;
    }

    void declareLong() {
        frameLocals.u1(ITEM_LONG);
        frameLocalCount++;
    }

    void declareDouble() {
        frameLocals.u1(ITEM_DOUBLE);
        frameLocalCount++;
    }

    void declareInt() {
        frameLocals.u1(ITEM_INTEGER);
        frameLocalCount++;
    }

    // ---- labels

    int newLabel() {
        if (labelCount == labels.length) {
            labels = Arrays.copyOf(labels, labelCount * 2);
        }
        labels[labelCount] = -1;
        return labelCount++;
    }

    /// Puts `label` here.
    void bind(int label) {
        if (depth != 0) {
            throw new IllegalStateException("a label with " + depth + " words on the stack");
        }
        labels[label] = code.size();
    }

    boolean isBound(int label) {
        return labels[label] >= 0;
    }

    /// A branch instruction that pops `popped` words.
    void branch(int opcode, int popped, int label) {
        op(opcode, -popped);
        addFixup(code.size() - 1, label, false);
        code.u2(0);
    }

    /// Remembers to write the distance from the instruction at `origin` to `label` here.
    private void addFixup(int origin, int label, boolean wide) {
        if (fixups == fixupPosition.length) {
            fixupPosition = Arrays.copyOf(fixupPosition, fixups * 2);
            fixupOrigin = Arrays.copyOf(fixupOrigin, fixups * 2);
            fixupLabel = Arrays.copyOf(fixupLabel, fixups * 2);
            fixupWide = Arrays.copyOf(fixupWide, fixups * 2);
        }
        fixupPosition[fixups] = code.size();
        fixupOrigin[fixups] = origin;
        fixupWide[fixups] = wide;
        fixupLabel[fixups++] = label;
    }

    /// `lookupswitch` on the int on the stack; the keys are in ascending order.
    void lookupSwitch(int[] keys, int[] targets, int otherwise) {
        int origin = code.size();
        op(Bytecode.LOOKUPSWITCH, -1);
        while (code.size() % 4 != 0) {
            code.u1(0);
        }
        addFixup(origin, otherwise, true);
        code.u4(0);
        code.u4(keys.length);
        for (int i = 0; i < keys.length; i++) {
            code.u4(keys[i]);
            addFixup(origin, targets[i], true);
            code.u4(0);
        }
    }

    void goTo(int label) {
        branch(Bytecode.GOTO, 0, label);
    }

    // ---- instructions

    /// An instruction without operands that changes the stack by `change` words.
    void op(int opcode, int change) {
        code.u1(opcode);
        depth += change;
        maxDepth = Math.max(maxDepth, depth);
    }

    void local(int opcode, int index, int change) {
        if (index > 255) {
            code.u1(Bytecode.WIDE);
            op(opcode, change);
            code.u2(index);
        } else {
            op(opcode, change);
            code.u1(index);
        }
        maxLocals = Math.max(maxLocals, index + 2);
    }

    void lload(int index) {
        local(Bytecode.LLOAD, index, 2);
    }

    void lstore(int index) {
        local(Bytecode.LSTORE, index, -2);
    }

    void dload(int index) {
        local(Bytecode.DLOAD, index, 2);
    }

    void dstore(int index) {
        local(Bytecode.DSTORE, index, -2);
    }

    void iload(int index) {
        local(Bytecode.ILOAD, index, 1);
    }

    void istore(int index) {
        local(Bytecode.ISTORE, index, -1);
    }

    void aload(int index) {
        local(Bytecode.ALOAD, index, 1);
    }

    void astore(int index) {
        local(Bytecode.ASTORE, index, -1);
    }

    void pushInt(int value) {
        if (value >= -1 && value <= 5) {
            op(Bytecode.ICONST_0 + value, 1);
        } else if (value == (byte) value) {
            op(Bytecode.BIPUSH, 1);
            code.u1(value);
        } else if (value == (short) value) {
            op(Bytecode.SIPUSH, 1);
            code.u2(value);
        } else {
            op(Bytecode.LDC_W, 1);
            code.u2(pool.intValue(value));
        }
    }

    void pushLong(long value) {
        if (value == 0 || value == 1) {
            op(Bytecode.LCONST_0 + (int) value, 2);
        } else if (value == (short) value) {
            pushInt((int) value);
            op(Bytecode.I2L, 1);
        } else {
            op(Bytecode.LDC2_W, 2);
            code.u2(pool.longValue(value));
        }
    }

    /// Turns the raw bits on the stack into the double that they are; none of the two conversions changes a NaN.
    void toDouble() {
        invokeStatic("java/lang/Double", "longBitsToDouble", "(J)D");
    }

    /// Turns the double on the stack into its raw bits.
    void toBits() {
        invokeStatic("java/lang/Double", "doubleToRawLongBits", "(D)J");
    }

    /// `getstatic` of a reference.
    void getStatic(String owner, String name, String descriptor) {
        op(Bytecode.GETSTATIC, 1);
        code.u2(pool.field(owner, name, descriptor));
    }

    /// `getfield` of a reference or a long, from the object on the stack.
    void getField(String owner, String name, String descriptor) {
        op(Bytecode.GETFIELD, descriptor.equals("J") ? 1 : 0);
        code.u2(pool.field(owner, name, descriptor));
    }

    /// `putstatic` of a reference.
    void putStatic(String owner, String name, String descriptor) {
        op(Bytecode.PUTSTATIC, -1);
        code.u2(pool.field(owner, name, descriptor));
    }

    void checkCast(String internalName) {
        op(Bytecode.CHECKCAST, 0);
        code.u2(pool.classRef(internalName));
    }

    /// A call that pops `popped` words, the receiver included, and pushes `pushed`.
    void invoke(int opcode, String owner, String name, String descriptor, int popped, int pushed) {
        op(opcode, pushed - popped);
        code.u2(pool.method(owner, name, descriptor));
    }

    void invokeStatic(String owner, String name, String descriptor) {
        invoke(Bytecode.INVOKESTATIC, owner, name, descriptor, argumentWords(descriptor), resultWords(descriptor));
    }

    void invokeVirtual(String owner, String name, String descriptor) {
        int popped = argumentWords(descriptor) + 1;
        invoke(Bytecode.INVOKEVIRTUAL, owner, name, descriptor, popped, resultWords(descriptor));
    }

    /// A call by the bootstrap method number `bootstrap` of the class.
    void invokeDynamic(int bootstrap, String name, String descriptor) {
        op(Bytecode.INVOKEDYNAMIC, resultWords(descriptor) - argumentWords(descriptor));
        code.u2(pool.invokeDynamic(bootstrap, name, descriptor));
        code.u2(0);
    }

    private static int argumentWords(String descriptor) {
        int words = 0;
        for (int i = 1; descriptor.charAt(i) != ')'; i++) {
            char c = descriptor.charAt(i);
            boolean array = c == '[';
            while (descriptor.charAt(i) == '[') {
                i++;
            }
            if (descriptor.charAt(i) == 'L') {
                i = descriptor.indexOf(';', i);
            }
            words += !array && (c == 'J' || c == 'D') ? 2 : 1;
        }
        return words;
    }

    private static int resultWords(String descriptor) {
        char c = descriptor.charAt(descriptor.indexOf(')') + 1);
        return c == 'V' ? 0 : c == 'J' || c == 'D' ? 2 : 1;
    }

    /// Begins the handler of everything that is thrown from `start` to before `end`, the only one of its method;
    /// what was thrown is on the stack.
    void handler(int start, int end) {
        handlerStart = start;
        handlerEnd = end;
        handler = code.size();
        depth = 1;
        maxDepth = Math.max(maxDepth, depth);
    }

    // ---- the end

    /// Writes the `Code` attribute, the method's argument words being `argumentWords`.
    void writeTo(ByteWriter target, int argumentWords) {
        for (int i = 0; i < fixups; i++) {
            int offset = labels[fixupLabel[i]] - fixupOrigin[i];
            if (fixupWide[i]) {
                code.patch2(fixupPosition[i], offset >> 16);
                code.patch2(fixupPosition[i] + 2, offset);
            } else {
                code.patch2(fixupPosition[i], offset);
            }
        }
        ByteWriter frames = frames();
        boolean hasFrames = frames.size() > 0;
        target.u2(pool.utf8("Code"));
        target.u4(12 + code.size() + (handler < 0 ? 0 : 8) + (hasFrames ? 6 + frames.size() : 0));
        target.u2(maxDepth);
        target.u2(Math.max(maxLocals, argumentWords));
        target.u4(code.size());
        target.append(code);
        writeHandler(target);
        target.u2(hasFrames ? 1 : 0);
        if (hasFrames) {
            target.u2(pool.utf8("StackMapTable"));
            target.u4(frames.size());
            target.append(frames);
        }
    }

    private void writeHandler(ByteWriter target) {
        target.u2(handler < 0 ? 0 : 1);
        if (handler >= 0) {
            target.u2(handlerStart);
            target.u2(handlerEnd);
            target.u2(handler);
            target.u2(0); // catches everything
        }
    }

    private ByteWriter frames() {
        ByteWriter frames = new ByteWriter();
        int[] positions = branchTargets();
        if (positions.length == 0) {
            return frames;
        }
        frames.u2(positions.length);
        int previous = -1;
        for (int position : positions) {
            int delta = position - previous - 1;
            if (previous < 0) {
                frames.u1(FULL_FRAME);
                frames.u2(delta);
                frames.u2(frameLocalCount);
                frames.append(frameLocals);
                frames.u2(0);
            } else if (position == handler) {
                frames.u1(SAME_LOCALS_ONE_ITEM_EXTENDED);
                frames.u2(delta);
                frames.u1(ITEM_OBJECT);
                frames.u2(pool.classRef("java/lang/Throwable"));
            } else if (delta < SAME_FRAME_LIMIT) {
                frames.u1(delta);
            } else {
                frames.u1(SAME_FRAME_EXTENDED);
                frames.u2(delta);
            }
            previous = position;
        }
        return frames;
    }

    /// The positions of all bound labels and of the handler, sorted, each once: code after an unconditional jump
    /// needs a frame too.
    private int[] branchTargets() {
        int[] sorted = new int[labelCount + 1];
        int count = 0;
        for (int i = 0; i < labelCount; i++) {
            if (labels[i] >= 0 && labels[i] < code.size()) {
                sorted[count++] = labels[i];
            }
        }
        if (handler >= 0) {
            sorted[count++] = handler;
        }
        return Arrays.stream(sorted, 0, count).sorted().distinct().toArray();
    }
}
