package jqemu.tcg.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.a64.Pattern;
import jqemu.tcg.a64.PatternDecoder;
import jqemu.tcg.cpu.Slot;
import org.jspecify.annotations.Nullable;

/// Makes random cases for a line of the decode tables.
///
/// Memory operands are found by trial: where an access of the interpreter fails, the case gets an input that moves a
/// pointer register so that this access falls into the window.
final class CaseGenerator {
    private static final int TRIES = 60;
    private static final int POINTERS = 4;
    private static final long MIDDLE = MachineState.WINDOW + 64;
    private static final List<String> POINTER_FIELDS = List.of("rn", "rt");
    /// Of the memory copy and set instructions, where rn is the size.
    private static final List<String> COPY_FIELDS = List.of("rd", "rs");
    private static final int APART = 96;
    private static final String COPIES = "MemoryCopySet";
    private static final List<String> REGISTER_FIELDS = List.of("rd", "rn", "rm", "ra", "rs", "rt", "rt2");

    private final Arena arena;
    private final SplittableRandom random;
    private final CaseTemplates templates;

    CaseGenerator(Arena arena, SplittableRandom random) {
        this.arena = arena;
        this.random = random;
        this.templates = new CaseTemplates(random);
    }

    /// Whether no case can be made for `pattern`, as its line of the table says.
    static boolean isSkipped(Pattern pattern) {
        return pattern.test().startsWith("skip:");
    }

    /// `count` cases for `pattern` with the seeds from `firstSeed` on, then up to `undefined` whose instruction is
    /// undefined.
    List<VectorCase> cases(Pattern pattern, int count, int undefined, long firstSeed) {
        List<VectorCase> defined = new ArrayList<>();
        List<VectorCase> illegal = new ArrayList<>();
        int tries = TRIES * (count + 1);
        for (int i = 0; i < tries && defined.size() < count; i++) {
            long seed = firstSeed + defined.size() + illegal.size();
            VectorCase each = candidate(pattern, seed);
            if (each == null) {
                continue;
            }
            each = withPointers(pattern, each);
            Stop stop = run(each);
            if (stop.signal() == Stop.SIGILL) {
                if (illegal.size() < undefined) {
                    illegal.add(each);
                }
            } else if (!stop.isFault() && stop.signal() != Stop.SYSTEM_CALL) {
                defined.add(each);
            }
        }
        defined.addAll(illegal);
        return defined;
    }

    private @Nullable VectorCase candidate(Pattern pattern, long seed) {
        int insn = random.nextInt() & ~pattern.mask() | pattern.value();
        if (random.nextInt(6) == 0) {
            insn = withEqualRegisters(pattern, insn);
        }
        insn = withHint(pattern, insn);
        List<Integer> words = templates.code(pattern, insn);
        boolean first = true;
        for (int word : words) {
            first &= PatternDecoder.pattern(word) != pattern.number();
        }
        if (first) {
            return null;
        }
        return templates.withInputs(pattern, new VectorCase(pattern.name(), words, seed));
    }

    /// Obeys a hint `test FIELD == NUMBER` of the table.
    private static int withHint(Pattern pattern, int insn) {
        String[] hint = pattern.test().split(" == ", -1);
        return hint.length == 2 ? A64.withField(pattern, insn, hint[0], Integer.parseInt(hint[1])) : insn;
    }

    private int withEqualRegisters(Pattern pattern, int insn) {
        String from = REGISTER_FIELDS.get(random.nextInt(REGISTER_FIELDS.size()));
        String to = REGISTER_FIELDS.get(random.nextInt(REGISTER_FIELDS.size()));
        int register = A64.field(pattern, insn, from);
        return register < 0 ? insn : A64.withField(pattern, insn, to, register);
    }

    private Stop run(VectorCase each) {
        Tier.Program program = arena.prepare(InterpreterTier.PLAIN, List.of(each), 0);
        return arena.run(program, each.start(), 0);
    }

    // ---- pointers

    private VectorCase withPointers(Pattern pattern, VectorCase unaimed) {
        VectorCase each = unaimed;
        for (int i = 0; i < POINTERS; i++) {
            Stop stop = run(each);
            if (!stop.isFault()) {
                return each;
            }
            long target = MIDDLE + (stop.signal() == Stop.SIGBUS || random.nextInt(4) == 0 ? 0 : random.nextInt(64));
            VectorCase aimed = aim(pattern, each, stop, target);
            if (aimed == null) {
                return each;
            }
            each = aimed;
        }
        return each;
    }

    /// `each` with a register moved so that the access that failed at `stop` goes to `target`; `null` for none.
    private @Nullable VectorCase aim(Pattern pattern, VectorCase each, Stop stop, long target) {
        MachineState start = each.start();
        long index = (stop.pc() - Arena.entry(0)) / 4;
        if (index < 0 || index >= each.words().size()) {
            return null; // a wild branch
        }
        int insn = each.words().get((int) index);
        boolean copies = pattern.group().equals(COPIES);
        for (String field : copies ? COPY_FIELDS : POINTER_FIELDS) {
            int register = A64.field(pattern, insn, field);
            if (register >= 0) {
                // what a forward copy of overlapping memory does is not defined
                long apart = field.equals("rs") && pattern.name().equals("copyForward") ? APART : 0;
                long pointer = start.get(register) + target + apart - stop.address();
                // guests keep no tag in sp: the optimizer relies on it
                VectorCase moved =
                        each.with(register, register == Slot.SP ? pointer & GuestMemory.ADDRESS_MASK : pointer);
                Stop next = run(moved);
                boolean progress = next.address() != stop.address() && (copies || isNear(next.address(), target));
                if (!next.isFault() || progress) {
                    return moved;
                }
            }
        }
        return null;
    }

    private static boolean isNear(long address, long target) {
        return Math.abs(address - target) < 4096;
    }
}
