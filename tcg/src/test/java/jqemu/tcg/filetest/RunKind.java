package jqemu.tcg.filetest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.interp.Interpreter;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.IrParser;
import jqemu.tcg.opt.Passes;

/// `test run`: instruction words or IR, executed once for each line `; run: x1=5 -> x0=0x6`, unoptimized and
/// optimized.
///
/// Left of the arrow stand the registers before, all others being 0; right of it those that changed.
final class RunKind implements Kind {
    private static final String RUN = "; run:";
    private static final String ARROW = " ->";

    @Override
    public String name() {
        return "run";
    }

    @Override
    public List<String> run(FileTest test) {
        List<Integer> words = GuestCode.words(test.input());
        List<String> result = new ArrayList<>();
        long threadSlot = GuestCode.memory().host().registerThread();
        try {
            for (String line : test.lines()) {
                result.add(line.startsWith(RUN) ? execute(test, words, line, threadSlot) : line);
            }
        } finally {
            GuestCode.memory().host().unregisterThread(threadSlot);
        }
        return result;
    }

    private static String execute(FileTest test, List<Integer> words, String line, long threadSlot) {
        int arrow = line.indexOf(ARROW);
        String before = (arrow < 0 ? line : line.substring(0, arrow)).stripTrailing();
        IrBlock block = words.isEmpty() ? IrParser.parseLines(test.input()).block() : GuestCode.translate(words);
        String plain = execute(block, words, before, threadSlot);
        new Passes().run(block);
        assertEquals(plain, execute(block, words, before, threadSlot), test.path() + ": optimized");
        return before + ARROW + plain;
    }

    private static String execute(IrBlock block, List<Integer> words, String registers, long threadSlot) {
        GuestCode.place(words);
        CpuState env = new CpuState(0, GuestCode.memory(), threadSlot);
        for (String assignment : registers.substring(RUN.length()).strip().split(" +", -1)) {
            int equals = assignment.indexOf('=');
            if (equals > 0) {
                env.set(Slot.parse(assignment.substring(0, equals)), parse(assignment.substring(equals + 1)));
            }
        }
        long[] before = env.slots().clone();
        new Interpreter(env).run(block);
        StringBuilder changed = new StringBuilder();
        for (int slot = 0; slot < Slot.COUNT; slot++) {
            if (env.get(slot) != before[slot]) {
                changed.append(' ').append(Slot.name(slot)).append("=0x").append(Long.toHexString(env.get(slot)));
            }
        }
        return changed.toString();
    }

    private static long parse(String number) {
        return number.startsWith("0x") ? Long.parseUnsignedLong(number.substring(2), 16) : Long.parseLong(number);
    }
}
