package jqemu.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import jqemu.loader.elf.ElfFormatException;
import jqemu.loader.host.Host;
import jqemu.loader.image.CpuFacts;
import jqemu.loader.image.Credentials;
import jqemu.loader.image.LoadedProgram;
import jqemu.loader.image.ProgramLoader;
import jqemu.loader.image.ProgramSpec;
import jqemu.loader.image.StartRandom;
import jqemu.loader.memory.GuestMemory;
import jqemu.tcg.a64.CodegenOptions;
import jqemu.tcg.a64.Frontend;
import jqemu.tcg.cpu.CpuModel;
import jqemu.tcg.ir.IrBlock;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Compiled code to translate: the first [#INSTRUCTIONS] instructions of a real program from its entry on, cut into
/// blocks that follow each other.
///
/// The program is a static glibc one; the system property `jqemu.bench.program` names another.
@State(Scope.Benchmark)
public class RealCode {
    /// How many instructions.
    static final int INSTRUCTIONS = 16_384;

    private static final String DEFAULT_PROGRAM = "test-binaries/bin/hello-glibc";

    /// The program's memory.
    final GuestMemory memory = GuestMemory.reserve(Host.open());

    /// The instruction words.
    final int[] words = new int[INSTRUCTIONS];

    /// The addresses of the blocks; only the first [#blockCount] count.
    final long[] blocks = new long[INSTRUCTIONS];

    /// The IR of each block as the front end makes it.
    final IrBlock[] translated = new IrBlock[INSTRUCTIONS];

    /// How many blocks there are.
    int blockCount;

    /// Loads the program and cuts it into blocks.
    @Setup(Level.Trial)
    public void load() throws IOException, ElfFormatException {
        byte[] path = System.getProperty("jqemu.bench.program", DEFAULT_PROGRAM).getBytes(StandardCharsets.UTF_8);
        ProgramSpec spec = new ProgramSpec(
                path,
                new byte[][] {path},
                new byte[0][],
                ProgramSpec.DEFAULT_STACK_SIZE,
                new CpuFacts(0, 0, 0),
                new Credentials(1, 1, 1, 1),
                StartRandom.seeded(1));
        LoadedProgram program = ProgramLoader.load(memory, spec, message -> {});
        for (int i = 0; i < INSTRUCTIONS; i++) {
            words[i] = memory.readInt(program.entry() + 4L * i);
        }
        IrBlock ir = new IrBlock();
        Frontend frontend = frontend(ir);
        long end = program.entry() + 4L * INSTRUCTIONS;
        for (long pc = program.entry(); pc < end; ) {
            ir.clear();
            int count = frontend.translateBlock(pc);
            blocks[blockCount] = pc;
            translated[blockCount++] = ir.compact();
            pc += 4L * count;
        }
    }

    /// A front end for the program's code that builds into `ir`.
    Frontend frontend(IrBlock ir) {
        return new Frontend(memory, CpuModel.max(), CodegenOptions.PLAIN, ir);
    }
}
