package jqemu.loader.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The fault handler steps over host instructions, so it has to know how long they are.
class InstructionLengthTest {
    private static void assumeX86() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "the host is no x86-64");
    }

    @ParameterizedTest
    @CsvSource({
        "488b07, 3, false", // mov rax,[rdi]
        "4889442408, 5, true", // mov [rsp+8],rax
        "66c7050000000034 12, 9, true", // mov word [rip+0],0x1234
        "48c7800000000001000000, 11, true", // mov qword [rax+0],1
        "48b80102030405060708, 10, false", // movabs rax,imm64
        "48a10102030405060708, 10, false", // mov rax,[moffs64]
        "f0480fb10f, 5, true", // lock cmpxchg [rdi],rcx
        "f04c0fc118, 5, true", // lock xadd [rax],r11
        "0fbe0417, 4, false", // movsx eax,byte [rdi+rdx]
        "f6042501000000ff, 8, false", // test byte [1],0xff
        "c5fe6f0417, 5, false", // vmovdqu ymm0,[rdi+rdx]
        "c4e27d8e00, 5, true", // vpmaskmovd [rax],ymm0,ymm0
        "62f17c48114001, 7, true", // vmovups [rax+64],zmm0
        "d500, 0, false" // REX2: not known
    })
    void examples(String hex, int length, boolean writes) {
        assumeX86();
        byte[] code = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertEquals(length + (writes ? 256 : 0), NativeHost.decode(code), hex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lib/libjava.so", "lib/libzip.so", "lib/libnet.so", "/lib/x86_64-linux-gnu/libc.so.6"})
    void agreesWithObjdump(String library) throws IOException {
        assumeX86();
        Path file = Path.of(System.getProperty("java.home")).resolve(library);
        assumeTrue(Files.exists(file), file + " is not there");
        Process objdump;
        try {
            objdump = new ProcessBuilder("objdump", "-d", "-w", "-j", ".text", file.toString()).start();
        } catch (IOException absent) {
            assumeTrue(false, "no objdump");
            return;
        }
        int compared = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(objdump.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split("\t", 3);
                if (fields.length == 3 && !fields[2].contains("(bad)")) {
                    byte[] code = HexFormat.of().parseHex(fields[1].replace(" ", ""));
                    assertEquals(code.length, NativeHost.decode(code) & 255, line);
                    compared++;
                }
            }
        }
        assertTrue(compared > 1000, compared + " instructions of " + library);
    }

    @Test
    void endsOnGarbage() {
        assumeX86();
        java.util.SplittableRandom random = new java.util.SplittableRandom(1);
        byte[] code = new byte[16];
        for (int i = 0; i < 200_000; i++) {
            random.nextBytes(code);
            int length = NativeHost.decode(code) & 255;
            assertTrue(length <= 32, () -> HexFormat.of().formatHex(code));
        }
    }
}
