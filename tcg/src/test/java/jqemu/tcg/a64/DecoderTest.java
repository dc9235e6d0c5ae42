package jqemu.tcg.a64;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import jqemu.tcg.cpu.CpuModel;
import jqemu.tcg.cpu.Feature;
import org.junit.jupiter.api.Test;

/// The generated decoder calls the method that the tables name, with the fields of the word.
class DecoderTest {
    private static final int MAX_METHOD_BYTES = 6_000;

    private static final CpuModel EVERYTHING = everything();

    private final List<String> calls = new ArrayList<>();

    @Test
    void callsTheMethodOfThePatternWithItsFields() throws ReflectiveOperationException {
        Decoder decoder = recordingDecoder();
        var random = new SplittableRandom(7);
        for (Pattern pattern : Patterns.all()) {
            for (int i = 0; i < 200; i++) {
                int insn = pattern.value() | (~pattern.mask() & random.nextInt());
                int number = PatternDecoder.pattern(insn);
                calls.clear();
                assertEquals(number >= 0, decoder.decode(insn));
                if (number >= 0) {
                    assertEquals(List.of(expectedCall(Patterns.all().get(number), insn)), calls);
                }
            }
        }
    }

    @Test
    void findsEachPatternAndOnlyWhereItsFixedBitsMatch() {
        var random = new SplittableRandom(8);
        var found = new boolean[Patterns.all().size()];
        for (int round = 0; round < 300; round++) {
            for (Pattern pattern : Patterns.all()) {
                int insn = pattern.value() | (~pattern.mask() & random.nextInt());
                int number = PatternDecoder.pattern(insn);
                if (number >= 0) {
                    Pattern match = Patterns.all().get(number);
                    assertEquals(match.value(), insn & match.mask(), match::name);
                    found[number] = true;
                }
            }
        }
        for (Pattern pattern : Patterns.all()) {
            assertTrue(found[pattern.number()], pattern::name);
        }
    }

    @Test
    void leavesUnallocatedWordsAlone() throws ReflectiveOperationException {
        Decoder decoder = recordingDecoder();
        // reserved; logical immediate with N in the 32-bit form; LDP with opc 3; ADD with shift ROR
        for (int insn : new int[] {0x0001_0000, 0x1240_0000, 0xe940_0000, 0x0bc0_0000, 0xffff_ffff}) {
            assertFalse(decoder.decode(insn));
            assertEquals(-1, PatternDecoder.pattern(insn));
            assertTrue(Disassembler.disassemble(insn, 0).endsWith("; undefined"));
        }
        assertEquals(List.of(), calls);
    }

    @Test
    void generatedMethodsAreSmallEnoughForTheCompiler() throws IOException {
        for (Class<?> type : List.of(Decoder.class, PatternDecoder.class, Disassembler.class, SimdScalarText.class)) {
            var resource = type.getResource(type.getSimpleName() + ".class");
            byte[] bytes;
            try (var in = java.util.Objects.requireNonNull(resource).openStream()) {
                bytes = in.readAllBytes();
            }
            for (var method : ClassFile.of().parse(bytes).methods()) {
                int size = method.code()
                        .map(code -> ((CodeAttribute) code).codeLength())
                        .orElse(0);
                String name = type.getSimpleName() + "." + method.methodName().stringValue();
                assertTrue(size <= MAX_METHOD_BYTES, () -> name + " has " + size + " bytes");
            }
        }
    }

    @Test
    void everyTableFileHasItsGroup() throws IOException {
        try (var files = Files.list(Path.of("src/main/decode"))) {
            long groups = Patterns.all().stream().map(Pattern::group).distinct().count();
            assertEquals(files.count(), groups);
        }
    }

    private static CpuModel everything() {
        CpuModel cpu = CpuModel.max();
        for (Feature feature : Feature.values()) {
            cpu = cpu.with(feature);
        }
        return cpu;
    }

    private Decoder recordingDecoder() throws ReflectiveOperationException {
        var constructor = Decoder.class.getConstructors()[0];
        Object[] translators = Arrays.stream(constructor.getParameterTypes())
                .skip(1)
                .map(group -> Proxy.newProxyInstance(
                        group.getClassLoader(), new Class<?>[] {group}, (proxy, method, args) -> {
                            calls.add(method.getName() + Arrays.toString(args == null ? new Object[0] : args));
                            return true;
                        }))
                .toArray();
        var arguments = new ArrayList<Object>(List.of(EVERYTHING));
        arguments.addAll(List.of(translators));
        return (Decoder) constructor.newInstance(arguments.toArray());
    }

    private static String expectedCall(Pattern pattern, int insn) {
        return pattern.name()
                + pattern.fields().stream().map(field -> value(field, insn)).toList();
    }

    private static int value(Pattern.Field field, int insn) {
        int value = 0;
        int width = 0;
        for (int run : field.runs()) {
            int runWidth = run & 0xff;
            value = value << runWidth | ((insn >>> (run >> 8)) & ((1 << runWidth) - 1));
            width += runWidth;
        }
        return field.signed() ? value << (32 - width) >> (32 - width) : value;
    }
}
