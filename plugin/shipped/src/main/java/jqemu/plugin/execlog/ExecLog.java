package jqemu.plugin.execlog;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.MemoryAccess;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.Register;
import jqemu.plugin.api.RegisterAccess;
import org.jspecify.annotations.Nullable;

/// Prints each instruction as it is executed, with its memory accesses and the registers that it changed. QEMU's
/// `execlog`.
///
/// Arguments, each as often as needed: `ifilter=TEXT` only instructions whose assembly begins so, `afilter=ADDRESS`
/// only the one at this address, `reg=GLOB` also changes of these registers; `rdisas=on` looks only at those of them
/// that the assembly names, which is faster with many. A line is `vcpu, address, encoding, "assembly"[, load|store,
/// address][, register -> value]`, and more than QEMU the symbol before the assembly.
public final class ExecLog implements Plugin {
    /// The line of an instruction that a vCPU executes, until it is known what it did.
    private static final class Line {
        private final StringBuilder text = new StringBuilder();
        private final long[] low;
        private final long[] high;

        /// The registers that the instruction may have changed: places in the list of all that are watched.
        private int[] watched = {};

        Line(int registers) {
            low = new long[registers];
            high = new long[registers];
        }
    }

    private static final HexFormat HEX = HexFormat.of();

    /// By vCPU; replaced by a longer one when a vCPU has none yet.
    private volatile Line[] lines = {};

    private final List<Register> registers = new ArrayList<>();

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        List<String> prefixes = arguments.strings("ifilter");
        List<Long> addresses =
                arguments.strings("afilter").stream().map(ExecLog::address).toList();
        List<String> globs = arguments.strings("reg");
        boolean byAssembly = arguments.flag("rdisas", false);
        arguments.rejectUnknown();
        for (Register register : context.registers()) {
            if (globs.stream().anyMatch(glob -> matches(glob, register.name()))) {
                registers.add(register);
            }
        }
        RegisterAccess access = registers.isEmpty() ? RegisterAccess.NONE : RegisterAccess.READ;
        context.onTranslate(block -> {
            boolean listedBefore = false;
            for (int i = 0; i < block.size(); i++) {
                Instruction insn = block.instruction(i);
                String assembly = insn.disassembly();
                boolean listed = (prefixes.isEmpty() && addresses.isEmpty())
                        || prefixes.stream().anyMatch(assembly::startsWith)
                        || addresses.contains(insn.address());
                if (listed) {
                    String start = start(insn, assembly);
                    int[] watched = watched(byAssembly ? assembly : null);
                    insn.onExecute(access, vcpu -> begin(context, vcpu, start, watched));
                    insn.onMemory(
                            MemoryAccess.READ_WRITE,
                            (vcpu, vaddr, info) -> line(vcpu)
                                    .text
                                    .append(info.isStore() ? ", store, 0x" : ", load, 0x")
                                    .append(HEX.toHexDigits(vaddr, addressDigits(vaddr))));
                } else if (listedBefore || i == 0) {
                    insn.onExecute(access, vcpu -> finish(context, vcpu));
                }
                listedBefore = listed;
            }
        });
        context.onExit(() -> context.forEachVcpu(vcpu -> finish(context, vcpu)));
    }

    private static long address(String text) {
        return Long.parseUnsignedLong(text.startsWith("0x") ? text.substring(2) : text, 16);
    }

    private static boolean matches(String glob, String name) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(name));
    }

    private static String start(Instruction insn, String assembly) {
        byte[] bytes = insn.bytes();
        int word = bytes[0] & 0xff | (bytes[1] & 0xff) << 8 | (bytes[2] & 0xff) << 16 | bytes[3] << 24;
        String symbol = insn.symbol();
        String where = symbol == null ? "" : symbol + "+0x" + Long.toHexString(insn.symbolOffset()) + ", ";
        return ", 0x" + Long.toHexString(insn.address()) + ", 0x" + Integer.toHexString(word) + ", " + where + "\""
                + assembly + "\"";
    }

    /// As many as the address has, and no fewer than eight.
    private static int addressDigits(long vaddr) {
        return Math.max(8, (Long.SIZE - Long.numberOfLeadingZeros(vaddr) + 3) / 4);
    }

    private Line line(int vcpu) {
        Line[] all = lines;
        return vcpu < all.length ? all[vcpu] : newLine(vcpu);
    }

    private synchronized Line newLine(int vcpu) {
        int known = lines.length;
        if (vcpu >= known) {
            Line[] more = Arrays.copyOf(lines, vcpu + 1);
            Arrays.setAll(more, i -> i < known ? more[i] : new Line(registers.size()));
            lines = more;
        }
        return lines[vcpu];
    }

    /// Places of the registers that an assembly text names, by any of their names; of all registers without one.
    private int[] watched(@Nullable String assembly) {
        return IntStream.range(0, registers.size())
                .filter(i ->
                        assembly == null || names(assembly, registers.get(i).name()))
                .toArray();
    }

    private static boolean names(String assembly, String register) {
        char kind = register.charAt(0);
        String number = register.substring(1);
        boolean isNumbered = !number.isEmpty() && number.chars().allMatch(Character::isDigit);
        String pattern = !isNumbered
                ? register
                : (kind == 'x' ? "[xw]" : kind == 'v' || kind == 'z' ? "[vzqdshb]" : Character.toString(kind)) + number;
        return Pattern.compile("\\b" + pattern + "\\b").matcher(assembly).find();
    }

    private void begin(PluginContext context, int vcpu, String start, int[] watched) {
        finish(context, vcpu);
        Line line = line(vcpu);
        line.text.append(vcpu).append(start);
        line.watched = watched;
    }

    /// Prints the line of the instruction before.
    private void finish(PluginContext context, int vcpu) {
        Line line = line(vcpu);
        if (line.text.length() == 0) {
            return;
        }
        for (int i : line.watched) {
            Register register = registers.get(i);
            boolean isWide = register.size() > Long.BYTES;
            long low = register.read(vcpu);
            long high = isWide ? register.readHigh(vcpu) : 0;
            if (low != line.low[i] || high != line.high[i]) {
                line.low[i] = low;
                line.high[i] = high;
                line.text.append(", ").append(register.name()).append(" -> 0x");
                line.text.append(isWide ? HEX.toHexDigits(high) : "");
                line.text.append(HEX.toHexDigits(low, 2 * Math.min(register.size(), Long.BYTES)));
            }
        }
        context.print(line.text.append('\n').toString());
        line.text.setLength(0);
    }
}
