package jqemu.tcg.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import jqemu.tcg.a64.Disassembler;
import jqemu.tcg.a64.Pattern;
import jqemu.tcg.a64.PatternDecoder;
import jqemu.tcg.a64.Patterns;
import jqemu.tcg.cpu.Slot;

/// A program of random instructions with forward branches, which ends at its last word: one that runs to its end or to
/// a signal, in any tier alike.
///
/// @param seed gives the words and the state
/// @param words the instructions
record RandomProgram(long seed, List<Integer> words) {
    /// Points to the middle of the window.
    private static final int POINTER = 26;

    private static final int MIN_WORDS = 8;
    private static final int MAX_WORDS = 60;
    private static final int FEW = 8;
    private static final int NOP = 0xd503_201f;
    private static final Set<String> REGISTER_FIELDS = Set.of("rd", "rn", "rm", "ra", "rs", "rt", "rt2");
    private static final Set<String> CONDITIONAL = Set.of("bCond", "cbz", "cbnz", "tbz", "tbnz", "b", "bl");
    /// What depends on time or on keys, or only invalidates code.
    private static final Set<String> LEFT_OUT = Set.of("sys", "mrs", "msrRegister");

    /// `MSR` and `MRS` of FPCR and FPSR, with x0: of what [#LEFT_OUT] names, these depend on the program alone.
    private static final int[] FLOATING_POINT_STATE = {0xd51b_4400, 0xd51b_4420, 0xd53b_4400, 0xd53b_4420};

    private static final Map<String, List<Pattern>> GROUPS = Patterns.all().stream()
            .filter(pattern -> !CaseGenerator.isSkipped(pattern) && !LEFT_OUT.contains(pattern.name()))
            .filter(pattern -> !pattern.group().equals("Branches") || CONDITIONAL.contains(pattern.name()))
            .collect(Collectors.groupingBy(Pattern::group));
    private static final List<String> NAMES = GROUPS.keySet().stream().sorted().toList();

    static RandomProgram of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = random.nextInt(MIN_WORDS, MAX_WORDS + 1);
        List<Integer> words = new ArrayList<>();
        while (words.size() < size) {
            if (random.nextInt(24) == 0) {
                int access = FLOATING_POINT_STATE[random.nextInt(FLOATING_POINT_STATE.length)];
                words.add(access | random.nextInt(FEW));
                continue;
            }
            List<Pattern> group = group(NAMES.get(random.nextInt(NAMES.size())));
            Pattern pattern = group.get(random.nextInt(group.size()));
            int left = size - words.size();
            int insn = word(random, random.nextInt(6) == 0 ? branch(random) : pattern, left);
            if (insn != 0) {
                words.add(insn);
            }
        }
        return new RandomProgram(seed, List.copyOf(words));
    }

    private static List<Pattern> group(String name) {
        return Objects.requireNonNull(GROUPS.get(name), name);
    }

    private static Pattern branch(SplittableRandom random) {
        List<Pattern> branches = group("Branches");
        return branches.get(random.nextInt(branches.size()));
    }

    /// An instruction of `pattern` that branches at most `left` words on; 0 for one that is not wanted.
    private static int word(SplittableRandom random, Pattern pattern, int left) {
        int insn = random.nextInt() & ~pattern.mask() | pattern.value();
        boolean memory = pattern.group().startsWith("LoadsStores")
                || pattern.group().equals("Atomics")
                || pattern.group().equals("SimdStructures");
        for (Pattern.Field field : pattern.fields()) {
            if (REGISTER_FIELDS.contains(field.name()) && random.nextInt(8) != 0) {
                insn = A64.withField(pattern, insn, field.name(), random.nextInt(FEW));
            }
        }
        if (memory && random.nextInt(30) != 0) {
            insn = A64.withField(pattern, insn, "rn", POINTER);
            insn = A64.withField(pattern, insn, "imm", random.nextInt(-4, 8) & imm(pattern));
        }
        if (pattern.group().equals("Branches") || pattern.name().endsWith("Literal")) {
            insn = A64.withField(pattern, insn, "imm", random.nextInt(1, left + 1));
        }
        boolean pointerLost = !memory && A64.field(pattern, insn, "rd") == POINTER
                || A64.field(pattern, insn, "rt") == POINTER
                || A64.field(pattern, insn, "rt2") == POINTER;
        return pointerLost || PatternDecoder.pattern(insn) != pattern.number() ? 0 : insn;
    }

    /// Unsigned offsets stay small and positive.
    private static int imm(Pattern pattern) {
        return pattern.name().contains("Unsigned") ? 7 : -1;
    }

    /// The state before.
    MachineState start() {
        MachineState state = new MachineState(seed);
        state.set(POINTER, MachineState.WINDOW + 128);
        state.set(Slot.SP, MachineState.WINDOW + 128);
        for (int register = 1; register < FEW; register += 3) {
            state.set(register, state.get(register) & 31);
        }
        return state;
    }

    /// The program with a NOP in place of word `index`.
    RandomProgram without(int index) {
        List<Integer> fewer = new ArrayList<>(words);
        fewer.set(index, NOP);
        return new RandomProgram(seed, fewer);
    }

    /// Whether word `index` is a NOP.
    boolean isNop(int index) {
        return words.get(index) == NOP;
    }

    /// Addresses, words and assembly.
    String listing() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            long pc = Arena.CODE + 4L * i;
            text.append("%x: %08x  %s%n".formatted(pc, words.get(i), Disassembler.disassemble(words.get(i), pc)));
        }
        return text.toString();
    }
}
