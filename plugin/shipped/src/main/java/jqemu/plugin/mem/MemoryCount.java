package jqemu.plugin.mem;

import java.util.HexFormat;
import jqemu.plugin.api.HardwareAddress;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.MemoryAccess;
import jqemu.plugin.api.MemoryInfo;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.PluginException;
import jqemu.plugin.api.Scoreboard;
import jqemu.plugin.api.ScoreboardU64;
import org.jspecify.annotations.Nullable;

/// Counts memory accesses, prints them, or checks what is read against what was written.
///
/// Arguments and output are those of QEMU's test plugin `mem`; without any of the last four it does nothing:
/// - `track=r`, `track=w`, `track=rw` (the default): loads, stores or both;
/// - `haddr=on`: let the callback count accesses to devices apart (a guest process has none);
/// - `inline=on`: count by inline operations;
/// - `callback=on`: count by a callback; not together with `inline`;
/// - `print-accesses=on`: print one line of comma-separated values for each access;
/// - `region-summary=on`: print a table of 16 KiB regions, see [Regions].
///
/// Unlike QEMU's, it counts an access once, not twice, where `inline` and `region-summary` stand together.
public final class MemoryCount implements Plugin {
    private static final HexFormat HEX = HexFormat.of();

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    /// What the arguments ask for.
    private record Options(
            boolean hardwareAddress,
            MemoryAccess track,
            boolean inline,
            boolean callback,
            boolean printAccesses,
            boolean regionSummary) {
        static Options of(PluginArguments arguments) {
            Options options = new Options(
                    arguments.flag("haddr", false),
                    track(arguments.string("track", "rw")),
                    arguments.flag("inline", false),
                    arguments.flag("callback", false),
                    arguments.flag("print-accesses", false),
                    arguments.flag("region-summary", false));
            arguments.rejectUnknown();
            if (options.inline && options.callback) {
                throw new PluginException("can't enable inline and callback counting at the same time");
            }
            return options;
        }

        private static MemoryAccess track(String value) {
            return switch (value) {
                case "r" -> MemoryAccess.READ;
                case "w" -> MemoryAccess.WRITE;
                case "rw" -> MemoryAccess.READ_WRITE;
                default -> throw new PluginException("invalid value for argument track: track=" + value);
            };
        }
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        Options options = Options.of(arguments);
        Scoreboard counts = context.newScoreboard(2);
        ScoreboardU64 memory = counts.cell(0);
        ScoreboardU64 io = counts.cell(1);
        Regions regions = new Regions(context::print);
        if (options.printAccesses) {
            context.print("insn_vaddr,insn_symbol,mem_vaddr,mem_hwaddr,access_size,access_type,mem_value\n");
        }
        context.onTranslate(block -> {
            for (int i = 0; i < block.size(); i++) {
                Instruction insn = block.instruction(i);
                count(insn, options, memory, io);
                if (options.regionSummary) {
                    insn.onMemoryValue(
                            options.track, (vcpu, vaddr, info, low, high) -> regions.access(vaddr, info, low));
                }
                if (options.printAccesses) {
                    print(context, insn, options);
                }
            }
        });
        context.onExit(() -> {
            context.print(totals(options, memory, io));
            if (options.regionSummary) {
                context.print(regions.report());
            }
        });
    }

    private static void count(Instruction insn, Options options, ScoreboardU64 memory, ScoreboardU64 io) {
        if (options.inline) {
            insn.inlineMemoryAdd(options.track, memory, 1);
        } else if (options.callback && options.hardwareAddress) {
            insn.onMemory(options.track, (vcpu, vaddr, info) -> {
                ScoreboardU64 kind = isIo(info.hardwareAddress(vaddr)) ? io : memory;
                kind.add(vcpu, 1);
            });
        } else if (options.callback) {
            insn.onMemory(options.track, (vcpu, vaddr, info) -> memory.add(vcpu, 1));
        }
    }

    private static boolean isIo(@Nullable HardwareAddress address) {
        return address != null && address.isIo();
    }

    private static void print(PluginContext context, Instruction insn, Options options) {
        String symbol = insn.symbol();
        String start = "0x" + Long.toHexString(insn.address()) + "," + (symbol == null ? "" : symbol) + ",0x";
        insn.onMemoryValue(
                options.track,
                (vcpu, vaddr, info, low, high) -> context.print(start + line(vaddr, info, low, high) + "\n"));
    }

    private static String line(long vaddr, MemoryInfo info, long low, long high) {
        HardwareAddress hardware = info.hardwareAddress(vaddr);
        long physical = hardware == null ? 0 : hardware.physicalAddress();
        String value = info.size() == 16
                ? HEX.toHexDigits(high) + HEX.toHexDigits(low)
                : HEX.toHexDigits(low, 2 * info.size());
        return Long.toHexString(vaddr) + ",0x" + Long.toHexString(physical) + "," + 8 * info.size() + ","
                + (info.isStore() ? "store" : "load") + ",0x" + value;
    }

    private static String totals(Options options, ScoreboardU64 memory, ScoreboardU64 io) {
        String text = "";
        if (options.inline || options.callback) {
            text += "mem accesses: " + Long.toUnsignedString(memory.sum()) + "\n";
        }
        if (options.hardwareAddress) {
            text += "io accesses: " + Long.toUnsignedString(io.sum()) + "\n";
        }
        return text;
    }
}
