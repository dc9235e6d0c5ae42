package jqemu.tcg.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import jqemu.tcg.a64.Pattern;
import jqemu.tcg.ir.Bits;

/// The instructions around one whose effect needs others: branches need somewhere to go, literals a place, a
/// store-exclusive a load, a system register a reader.
final class CaseTemplates {
    /// Words behind a branch, each of which leaves its mark in this register.
    private static final int MARKED = 28;

    private static final int MARKS = 5;

    private static final int MAX_COPIED = 96;
    /// How much is copied between places that do not overlap.
    private static final int MAX_COPIED_APART = 32;

    /// op1, CRn, CRm, op2 of registers whose value is part of a case: NZCV, FPCR, FPSR, TPIDR_EL0.
    private static final int[][] READABLE = {{3, 4, 2, 0}, {3, 4, 4, 0}, {3, 4, 4, 1}, {3, 13, 0, 2}};

    /// The same of registers that are read after they are written: also DIT and SSBS.
    private static final int[][] WRITABLE = {
        {3, 4, 2, 0}, {3, 4, 4, 0}, {3, 4, 4, 1}, {3, 13, 0, 2}, {3, 4, 2, 5}, {3, 4, 2, 6}
    };

    /// The same of IC IVAU, DC CVAC, CVAU, CVAP, CIVAC. The block of DC ZVA has another size in QEMU.
    private static final int[][] OPERATIONS = {{3, 7, 5, 1}, {3, 7, 10, 1}, {3, 7, 11, 1}, {3, 7, 12, 1}, {3, 7, 14, 1}
    };

    /// `mrs x0, dit` and `mrs x0, ssbs`.
    private static final int READ_DIT = 0xd53b_42a0;

    private static final int READ_SSBS = 0xd53b_42c0;

    /// The bits of FPCR and FPSR that are announced; QEMU's CPU has more.
    private static final long FPCR_BITS = 0x07c8_0000L;

    private static final long FPSR_BITS = 0x0800_009fL;

    private final SplittableRandom random;

    CaseTemplates(SplittableRandom random) {
        this.random = random;
    }

    /// The words of a case for `insn`, an instruction of `pattern` that may be adapted.
    List<Integer> code(Pattern pattern, int insn) {
        String name = pattern.name();
        if (name.endsWith("Literal")) {
            return List.of(A64.withField(pattern, insn, "imm", random.nextInt(2, Arena.MAX_WORDS - 3)));
        }
        if (pattern.group().equals("MemoryCopySet")) {
            // all three stages: what is between them is the implementation's choice
            return List.of(
                    A64.withField(pattern, insn, "stage", 0),
                    A64.withField(pattern, insn, "stage", 1),
                    A64.withField(pattern, insn, "stage", 2));
        }
        if (pattern.group().equals("Branches")) {
            return branch(pattern, insn);
        }
        return switch (name) {
            case "stxr", "stxp" -> storeExclusive(pattern, insn);
            case "mrs" -> List.of(systemRegister(pattern, insn, READABLE));
            case "msrRegister" -> {
                int write = systemRegister(pattern, insn, WRITABLE);
                yield List.of(write, (int) Bits.deposit(write | 1 << 21, 0, 5, random.nextInt(31)));
            }
            case "msrDit" -> List.of(insn, READ_DIT | random.nextInt(31));
            case "msrSsbs" -> List.of(insn, READ_SSBS | random.nextInt(31));
            case "sys" -> {
                int operation = numbered(pattern, insn, OPERATIONS[random.nextInt(OPERATIONS.length)]);
                yield List.of(A64.withField(pattern, operation, "rt", random.nextInt(31)));
            }
            default -> List.of(insn);
        };
    }

    private List<Integer> branch(Pattern pattern, int insn) {
        List<Integer> words = new ArrayList<>();
        int target = A64.field(pattern, insn, "rn");
        if (A64.field(pattern, insn, "imm") >= 0
                && (insn & 0xff00_0000) != 0xd400_0000
                && pattern.mask() >>> 16 != 0xffff) {
            words.add(A64.withField(pattern, insn, "imm", random.nextInt(1, MARKS + 1)));
        } else if (target >= 0 && target < 31) {
            words.add(A64.adr(target, 4 * random.nextInt(2, MARKS + 1)));
            words.add(insn);
        } else {
            return List.of(insn);
        }
        for (int i = 0; i < MARKS; i++) {
            words.add(A64.addImmediate(MARKED, 1 << i));
        }
        return words;
    }

    /// A load-exclusive before; mostly of the same size, and into registers other than the pointer.
    private List<Integer> storeExclusive(Pattern pattern, int insn) {
        int rn = A64.field(pattern, insn, "rn");
        int load = (int) Bits.deposit(insn | 1L << 22, 16, 5, 31);
        load = A64.withField(pattern, load, "rt", otherThan(rn));
        load = A64.withField(pattern, load, "rt2", otherThan(rn));
        if (random.nextInt(8) == 0) {
            return List.of(insn);
        }
        return List.of(load, insn);
    }

    private int otherThan(int register) {
        return (register + random.nextInt(1, 31)) % 31;
    }

    private int systemRegister(Pattern pattern, int insn, int[][] registers) {
        int result = A64.withField(pattern, insn, "o0", 1);
        return numbered(pattern, result, registers[random.nextInt(registers.length)]);
    }

    /// `each` with the inputs that its instruction needs: a size to copy, an address, a value with announced bits
    /// only.
    VectorCase withInputs(Pattern pattern, VectorCase each) {
        int insn = each.words().getFirst();
        int rt = A64.field(pattern, insn, "rt");
        return switch (pattern.name()) {
            case "copyForward" -> each.with(A64.field(pattern, insn, "rn"), random.nextInt(MAX_COPIED_APART));
            case "copyMemory", "setMemory" -> each.with(A64.field(pattern, insn, "rn"), random.nextInt(MAX_COPIED));
            case "sys" -> each.with(rt, MachineState.WINDOW + random.nextInt(64));
            case "msrRegister" -> {
                long value = rt == 31 ? 0 : each.start().get(rt);
                yield switch (insn & ~31) {
                    case 0xd51b_4400 -> rt == 31 ? each : each.with(rt, value & FPCR_BITS);
                    case 0xd51b_4420 -> rt == 31 ? each : each.with(rt, value & FPSR_BITS);
                    default -> each;
                };
            }
            default -> each;
        };
    }

    private static int numbered(Pattern pattern, int insn, int[] numbers) {
        int result = A64.withField(pattern, insn, "op1", numbers[0]);
        result = A64.withField(pattern, result, "crn", numbers[1]);
        result = A64.withField(pattern, result, "crm", numbers[2]);
        return A64.withField(pattern, result, "op2", numbers[3]);
    }
}
