package jqemu.syscall.process;

import java.util.HexFormat;
import jqemu.loader.elf.SymbolTable;
import jqemu.loader.image.LoadedProgram;
import jqemu.syscall.launcher.AddressRanges;
import jqemu.syscall.launcher.LogItem;
import jqemu.syscall.launcher.Options;
import jqemu.tcg.a64.Disassembler;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Slot;
import jqemu.tcg.exec.ExecutionLog;
import jqemu.tcg.exec.TranslationBlock;
import jqemu.tcg.ir.IrBlock;
import jqemu.tcg.ir.IrPrinter;
import jqemu.tcg.ir.Nzcv;
import jqemu.tcg.ir.Opcode;

/// Writes the items of `-d` that concern blocks, under QEMU's headings: `in_asm`, `op_plugin`, `op`, `op_opt`, `exec`,
/// `cpu`.
///
/// The text of the IR is that of filetests, so a log pastes into a test.
final class BlockLog implements ExecutionLog {
    private static final HexFormat HEX = HexFormat.of();
    private static final int REGISTERS_PER_LINE = 4;

    private final Options options;
    private final LogSink sink;
    private final LoadedProgram program;

    private BlockLog(Options options, LogSink sink, LoadedProgram program) {
        this.options = options;
        this.sink = sink;
        this.program = program;
    }

    /// Whether `options` asks for any of the items.
    static boolean isWanted(Options options) {
        return options.logs(LogItem.IN_ASM)
                || options.logs(LogItem.OUT_ASM)
                || options.logs(LogItem.OP_PLUGIN)
                || options.logs(LogItem.OP)
                || options.logs(LogItem.OP_OPT)
                || options.logs(LogItem.OP_IND)
                || options.logs(LogItem.EXEC)
                || options.logs(LogItem.CPU);
    }

    /// A log that writes to `sink`.
    static BlockLog of(Options options, LogSink sink, LoadedProgram program) {
        return new BlockLog(options, sink, program);
    }

    @Override
    public void translated(Stage stage, long pc, IrBlock ir) {
        if (!isInRange(pc)) {
            return;
        }
        switch (stage) {
            case DECODED -> {
                if (options.logs(LogItem.IN_ASM)) {
                    sink.write(guestCode(pc, ir));
                }
                if (options.logs(LogItem.OP_PLUGIN)) {
                    sink.write(section("OP before plugin injection:", ir));
                }
            }
            case INSTRUMENTED -> {
                if (options.logs(LogItem.OP)) {
                    sink.write(section("OP:", ir));
                }
            }
            case OPTIMIZED -> {
                if (options.logs(LogItem.OP_IND)) {
                    sink.write(section("OP before indirect lowering:", ir));
                }
                if (options.logs(LogItem.OP_OPT)) {
                    sink.write(section("OP after optimization:", ir));
                }
            }
        }
    }

    private boolean isInRange(long pc) {
        AddressRanges ranges = options.logRanges();
        return ranges == null || ranges.contains(pc);
    }

    private static String section(String heading, IrBlock ir) {
        return heading + "\n" + IrPrinter.print(ir, (pc, insn) -> Disassembler.disassemble(insn, pc)) + "\n";
    }

    private String guestCode(long pc, IrBlock ir) {
        StringBuilder text = new StringBuilder("----------------\nIN: ");
        text.append(symbol(pc)).append('\n');
        for (int n = 0; n < ir.size(); n++) {
            if (ir.opcode(n) == Opcode.INSN_START) {
                long address = ir.imm(n);
                text.append("0x").append(HEX.toHexDigits(address, address >>> 32 == 0 ? 8 : 16));
                text.append(":  ").append(HEX.toHexDigits(ir.aux(n))).append("  ");
                text.append(Disassembler.disassemble(ir.aux(n), address)).append('\n');
            }
        }
        return text.append('\n').toString();
    }

    private String symbol(long pc) {
        SymbolTable.Location location = program.symbols().table().locate(pc);
        return location == null ? "" : location.name();
    }

    @Override
    public void compiled(long pc, String bytecode) {
        if (isInRange(pc)) {
            sink.write("OUT: " + HEX.toHexDigits(pc) + " " + symbol(pc) + "\n" + bytecode + "\n");
        }
    }

    @Override
    public boolean seesExecution() {
        return options.logs(LogItem.EXEC) || options.logs(LogItem.CPU);
    }

    @Override
    public boolean seesRegions() {
        return options.logs(LogItem.OUT_ASM);
    }

    @Override
    public void executes(CpuState env, TranslationBlock block) {
        if (!isInRange(block.pc())) {
            return;
        }
        if (options.logs(LogItem.EXEC)) {
            sink.write("Trace " + env.index() + ": [" + HEX.toHexDigits(block.pc()) + "] " + symbol(block.pc()) + "\n");
        }
        if (options.logs(LogItem.CPU)) {
            sink.write(registers(env));
        }
    }

    private String registers(CpuState env) {
        StringBuilder text = new StringBuilder(" PC=").append(HEX.toHexDigits(env.pc()));
        for (int register = 0; register <= Slot.SP; register++) {
            String name = register == Slot.SP ? "SP" : "X" + (register < 10 ? "0" : "") + register;
            text.append((register + 1) % REGISTERS_PER_LINE == 0 ? "\n" : " ");
            text.append(name).append('=').append(HEX.toHexDigits(env.get(register)));
        }
        String flags = Nzcv.text(env.get(Slot.NZCV)).replaceAll("[a-z]", "-");
        text.append("\nPSTATE=")
                .append(HEX.toHexDigits((int) env.get(Slot.NZCV) << 28))
                .append(' ')
                .append(flags);
        if (options.logs(LogItem.FPU)) {
            text.append("  FPCR=").append(HEX.toHexDigits((int) env.get(Slot.FPCR)));
            text.append(" FPSR=")
                    .append(HEX.toHexDigits((int) env.get(Slot.FPSR)))
                    .append('\n');
            for (int register = 0; register < 32; register++) {
                text.append('Q')
                        .append(register < 10 ? "0" : "")
                        .append(register)
                        .append('=');
                text.append(HEX.toHexDigits(env.get(Slot.vHigh(register)))).append(':');
                text.append(HEX.toHexDigits(env.get(Slot.vLow(register)))).append(register % 2 == 0 ? ' ' : '\n');
            }
        } else {
            text.append('\n');
        }
        return text.toString();
    }
}
