package jqemu.tcg.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import jqemu.tcg.cpu.Slot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Printer, parser and verifier against every opcode, driven by the same metadata as they are.
class IrTextTest {
    private static final long PC = 0x400100;

    private final SplittableRandom random = new SplittableRandom(1);
    private final IrBlock block = new IrBlock();

    @ParameterizedTest
    @EnumSource(Opcode.class)
    void everyOpSurvivesPrintingAndParsing(Opcode op) {
        for (int round = 0; round < 20; round++) {
            block.clear();
            block.append(Opcode.INSN_START, Type.I64, 0, 0, 0, 0, random.nextInt(), PC);
            appendRandom(op);
            if (!op.endsBlock()) {
                block.append(Opcode.GOTO_TB, Type.I64, 0, 0, 0, 0, ExitHint.JUMP.ordinal(), PC);
            }
            assertEquals(List.of(), IrVerifier.problems(block), IrPrinter.print(block));

            IrBlock parsed = IrParser.parse(IrPrinter.print(block));

            assertSame(block, parsed);
        }
    }

    private void appendRandom(Opcode op) {
        Type type = op.isTyped() && op.aux() != Aux.NUMBER ? typeFor(op) : Type.I64;
        int aux = randomAux(op, type);
        long imm = randomImm(op, type);
        int[] inputs = new int[4];
        for (int i = 0; i < op.inputs(); i++) {
            Type needed = op.operandType(type, i, imm);
            Type operandType = needed == null ? Type.I64 : needed;
            inputs[i] = block.append(Opcode.MOVI, operandType, 0, 0, 0, 0, 0, operandType.truncate(random.nextLong()));
        }
        block.append(op, type, inputs[0], inputs[1], inputs[2], inputs[3], aux, imm);
    }

    private Type typeFor(Opcode op) {
        return op.effect() == Effect.FP ? Type.F32 : Type.ofSf(random.nextInt(2));
    }

    private int randomAux(Opcode op, Type type) {
        return switch (op.aux()) {
            case NONE -> 0;
            case NUMBER -> 4;
            case CONDITION -> random.nextInt(Condition.values().length);
            case FIELD -> {
                int position = random.nextInt(type.bits());
                yield IrBlock.field(position, 1 + random.nextInt(type.bits() - position));
            }
            case MEMOP -> random.nextInt(3) | random.nextInt(2) * MemOp.SIGNED | random.nextInt(2) * MemOp.SEQUENTIAL;
            case FENCE -> random.nextInt(Fence.values().length);
            case HINT -> random.nextInt(ExitHint.values().length);
            case EXCEPTION -> random.nextInt(GuestException.values().length);
            case HELPER -> random.nextInt(Helper.values().length);
            case OBJECT -> block.addConstant(new Object());
            case INSN -> random.nextInt();
            case ELEMENT -> random.nextInt(4);
        };
    }

    private long randomImm(Opcode op, Type type) {
        return switch (op.imm()) {
            case NONE -> 0;
            case CONSTANT -> type.truncate(random.nextLong() >> random.nextInt(64));
            case SLOT -> random.nextInt(Slot.NZCV);
            case PC -> random.nextLong();
            case TYPE -> random.nextInt(2);
        };
    }

    private static void assertSame(IrBlock expected, IrBlock actual) {
        assertEquals(expected.size(), actual.size());
        for (int n = 0; n < expected.size(); n++) {
            String text = IrPrinter.print(expected, n);
            assertEquals(expected.opcode(n), actual.opcode(n), text);
            assertEquals(expected.type(n), actual.type(n), text);
            assertEquals(expected.aux(n), actual.aux(n), text);
            assertEquals(expected.imm(n), actual.imm(n), text);
            for (int i = 0; i < 4; i++) {
                assertEquals(expected.operand(n, i), actual.operand(n, i), text);
            }
        }
    }

    @Test
    void marksShowTheDisassembly() {
        block.append(Opcode.INSN_START, Type.I64, 0, 0, 0, 0, 0xd503201f, PC);

        assertEquals(" ---- 0x400100 d503201f  ; nop\n", IrPrinter.print(block, (pc, insn) -> "nop"));
    }

    @Test
    void namesAreResolvedToTheLastDefinition() {
        IrBlock parsed = IrParser.parse("v7 = movi_i64 $1\nv7 = add_i64 v7, v7\nst_env_i64 v7, x0");

        assertEquals(0, parsed.b(1));
        assertEquals(1, parsed.a(2));
    }

    @Test
    void malformedTextNamesItsLine() {
        for (String text : List.of("nonsense", "v1 = add_i64 v0", "add_i64 v0, v0", "v1 = ld_env_i64 x77", "svc")) {
            var thrown = assertThrows(IllegalArgumentException.class, () -> IrParser.parse("\n" + text), text);
            String message = String.valueOf(thrown.getMessage());
            assertTrue(message.startsWith("line 2: "), message);
        }
    }
}
