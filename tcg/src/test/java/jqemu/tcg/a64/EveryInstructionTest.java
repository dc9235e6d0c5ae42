package jqemu.tcg.a64;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jqemu.tcg.cpu.CpuModel;
import jqemu.tcg.ir.IrBlock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every instruction of real static programs translates, but those that a program only executes after it saw that the
/// CPU announces their feature.
///
/// All words of the executable sections are tried. Some are no code: data between functions, padding.
final class EveryInstructionTest {
    /// What need not translate: bits of an instruction word from 31 down, `.` for any.
    enum Exempt {
        RESERVED("...0000.........................", "no instruction: padding (UDF) and literals between functions"),
        SVE("...0010.........................", "after HWCAP_SVE"),
        TAG_ACCESS("11011001..1.....................", "after HWCAP2_MTE: STG, LDG and their kin"),
        TAG_INSERT("10011010110.....00010...........", "after HWCAP2_MTE: IRG, GMI"),
        TAG_FILL("110101010000101101110100011.....", "after HWCAP2_MTE: DC GVA"),
        TAG_ZERO("110101010000101101110100100.....", "after HWCAP2_MTE: DC GZVA");

        private final int value;
        private final int mask;
        private final String reason;

        Exempt(String bits, String reason) {
            this.value = Integer.parseUnsignedInt(bits.replace('.', '0'), 2);
            this.mask = Integer.parseUnsignedInt(bits.replace('0', '1').replace('.', '0'), 2);
            this.reason = reason;
        }

        boolean covers(int insn) {
            return (insn & mask) == value;
        }

        int random(SplittableRandom random) {
            return value | random.nextInt() & ~mask;
        }

        @Override
        public String toString() {
            return name() + " (" + reason + ")";
        }
    }

    private static final Path ROOT = Path.of(System.getProperty("jqemu.root"));
    private static final int SECTION_HEADER_SIZE = 64;
    private static final long SHF_EXECINSTR = 4;

    static Stream<String> programs() {
        Stream<String> fetched = Stream.of(
                        "busybox", "bash", "zsh", "mksh-aarch64-linux-musl", "mksh-klibc", "mksh-diet")
                .map(name -> "guests/bin/" + name);
        Stream<String> ours = Stream.of("hello", "ctest")
                .flatMap(name ->
                        Stream.of("glibc", "glibc-pie", "musl", "musl-pie").map(libc -> name + "-" + libc))
                .map(name -> "test-binaries/bin/" + name);
        return Stream.concat(fetched, ours);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void everyInstructionTranslates(String program) throws IOException {
        Path file = ROOT.resolve(program);
        assumeTrue(Files.isRegularFile(file), () -> "absent: " + file);
        Map<String, Integer> missing = new TreeMap<>();
        for (int insn : code(file)) {
            if (!translates(insn) && !isExempt(insn)) {
                missing.merge("%08x %s".formatted(insn, Disassembler.disassemble(insn, 0)), 1, Integer::sum);
            }
        }
        assertEquals(Map.of(), missing);
    }

    /// An exemption that covers what translates would hide a loss.
    @ParameterizedTest
    @EnumSource(Exempt.class)
    void nothingExemptTranslates(Exempt exempt) {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 2000; i++) {
            int insn = exempt.random(random);
            assertFalse(translates(insn), () -> Disassembler.disassemble(insn, 0));
        }
    }

    private final IrBlock block = new IrBlock();
    private final TranslationContext context = new TranslationContext(block, CodegenOptions.PLAIN);
    private final Decoder decoder = Decoders.forContext(context, CpuModel.max());

    private boolean translates(int insn) {
        block.clear();
        context.startInstruction(0x40_0000, insn);
        return decoder.decode(insn);
    }

    private static boolean isExempt(int insn) {
        return Stream.of(Exempt.values()).anyMatch(exempt -> exempt.covers(insn));
    }

    /// The words of all executable sections.
    private static int[] code(Path file) throws IOException {
        ByteBuffer elf = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        IntStream.Builder words = IntStream.builder();
        int headers = (int) elf.getLong(0x28);
        for (int section = 0; section < elf.getShort(0x3c); section++) {
            int header = headers + section * SECTION_HEADER_SIZE;
            if ((elf.getLong(header + 8) & SHF_EXECINSTR) != 0) {
                int start = (int) elf.getLong(header + 24);
                int end = start + (int) elf.getLong(header + 32);
                for (int offset = start; offset + 4 <= end; offset += 4) {
                    words.add(elf.getInt(offset));
                }
            }
        }
        return words.build().toArray();
    }
}
