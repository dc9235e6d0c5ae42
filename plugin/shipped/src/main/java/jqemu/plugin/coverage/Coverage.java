package jqemu.plugin.coverage;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jqemu.plugin.api.Block;
import jqemu.plugin.api.Instruction;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.PluginException;
import jqemu.plugin.api.Scoreboard;
import jqemu.plugin.api.ScoreboardU64;
import jqemu.plugin.files.OutputFile;
import org.jspecify.annotations.Nullable;

/// Counts how often each source line of the guest program was executed, by the program's line table (`-g`).
///
/// Arguments: `filename=FILE` (`coverage.info`) gets an lcov tracefile, for genhtml, editors and coverage services;
/// `html=FILE` a page with a summary and the sources. `%p` in them stands for the process id.
public final class Coverage implements Plugin {
    private static final int BOARD = 1 << 16;
    private static final double PERCENT = 100;

    private @Nullable Program program;

    /// The program's lines, and a counter for each address at which one begins.
    private static final class Program {
        private final String name;
        private final LineTable table;
        private final Map<Long, String> functions;
        private final Map<Long, ScoreboardU64> counters = new HashMap<>();

        /// What the loader added to the addresses of the file.
        private final long bias;

        Program(PluginContext context, String name) throws IOException {
            this.name = name;
            ElfFile elf = ElfFile.read(Path.of(name));
            table = new LineTable(elf);
            functions = elf.functions();
            bias = context.startCode() - elf.startCode();
            if (table.all().isEmpty()) {
                throw new PluginException(name + " has no line table; compile it with -g");
            }
            List<Long> addresses = new ArrayList<>(table.all().keySet());
            for (int i = 0; i < addresses.size(); i += BOARD) {
                int size = Math.min(BOARD, addresses.size() - i);
                Scoreboard board = context.newScoreboard(size);
                for (int cell = 0; cell < size; cell++) {
                    counters.put(addresses.get(i + cell), board.cell(cell));
                }
            }
        }

        long count(long address) {
            ScoreboardU64 counter = counters.get(address);
            return counter == null ? 0 : counter.sum();
        }
    }

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        String file = arguments.string("filename", "coverage.info");
        String html = arguments.string("html", "");
        arguments.rejectUnknown();
        context.onTranslate(block -> watch(program(context), block));
        context.onExit(() -> report(context, program(context), file, html));
    }

    private synchronized Program program(PluginContext context) {
        if (program == null) {
            String path = context.pathToBinary();
            try {
                program = new Program(context, path == null ? "" : path);
            } catch (IOException e) {
                throw new PluginException("cannot read " + path, e);
            } catch (BufferUnderflowException
                    | IndexOutOfBoundsException
                    | IllegalArgumentException
                    | ArithmeticException e) {
                throw new PluginException("the line table of " + path + " is damaged", e);
            }
        }
        return program;
    }

    private static void watch(Program program, Block block) {
        for (int i = 0; i < block.size(); i++) {
            Instruction insn = block.instruction(i);
            ScoreboardU64 counter = program.counters.get(insn.address() - program.bias);
            if (counter != null) {
                insn.inlineAdd(counter, 1);
            }
        }
    }

    private static void report(PluginContext context, Program program, String file, String html) {
        Map<String, SourceCounts> files = new TreeMap<>();
        program.table.all().forEach((address, lines) -> {
            long count = program.count(address);
            for (LineTable.Line line : lines) {
                files.computeIfAbsent(line.file(), SourceCounts::new).add(line.number(), count);
            }
        });
        program.functions.forEach((address, name) -> {
            List<LineTable.Line> lines = program.table.at(address);
            if (!lines.isEmpty()) {
                LineTable.Line line = lines.getFirst();
                SourceCounts source = files.computeIfAbsent(line.file(), SourceCounts::new);
                source.functions().put(name, new SourceCounts.FunctionCount(line.number(), program.count(address)));
            }
        });
        StringBuilder lcov = new StringBuilder();
        files.values().forEach(each -> lcov.append(each.lcov()));
        OutputFile.write(file, lcov.toString());
        if (!html.isEmpty()) {
            OutputFile.write(html, HtmlReport.page(program.name, files.values()));
        }
        context.print(summary(files));
    }

    private static String summary(Map<String, SourceCounts> files) {
        StringBuilder text = new StringBuilder();
        files.values()
                .forEach(file -> text.append("%s: %d of %d lines (%.1f%%), %d of %d functions%n"
                        .formatted(
                                file.path(),
                                file.executedLines(),
                                file.lines().size(),
                                PERCENT
                                        * file.executedLines()
                                        / Math.max(1, file.lines().size()),
                                file.executedFunctions(),
                                file.functions().size())));
        return text.toString();
    }
}
