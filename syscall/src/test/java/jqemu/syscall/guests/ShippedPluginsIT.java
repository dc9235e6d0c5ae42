package jqemu.syscall.guests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The shipped plugins that have no test of their own say of `bin/calls` what its source says, in every tier: 4427
/// instructions and 944 memory accesses, as QEMU's plugins count them too.
final class ShippedPluginsIT {
    private static final long INSTRUCTIONS = 4427;
    private static final long BLOCKS = 1459;
    private static final long ACCESSES = 944;

    @TempDir
    private Path temporary;

    private String run(String tier, String plugin, String guest) throws Exception {
        var outcome = PackagedProgram.with("-tier", tier, "-d", "plugin", "-plugin", plugin)
                .run(temporary, guest);
        assertEquals(0, outcome.status(), outcome.errors());
        return outcome.errors();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void emptyChangesNothing(String tier) throws Exception {
        assertEquals("", run(tier, "empty", "bin/calls"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void inlineAgreesWithCallbacks(String tier) throws Exception {
        assertEquals(
                "tb: " + BLOCKS + "\ninsn: " + INSTRUCTIONS + "\nmem: " + ACCESSES + "\nall counts agree\n",
                run(tier, "inline", "bin/calls"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void hotBlocksAreListed(String tier) throws Exception {
        String expected = """
                collected 31 entries in the hash table
                pc, tcount, icount, ecount
                0x0000000000400210, 1, 2, 465, fib
                0x0000000000400248, 1, 1, 233, fib+0x38
                0x0000000000400218, 1, 5, 232, fib+0x8
                """;
        assertEquals(expected, run(tier, "hotblocks,limit=3", "bin/calls"));
        assertEquals(expected, run(tier, "hotblocks,limit=3,inline=on", "bin/calls"));
        long sum = run(tier, "hotblocks,limit=0", "bin/calls")
                .lines()
                .skip(2)
                .map(line -> line.split(", ", -1))
                .mapToLong(columns -> Long.parseLong(columns[2]) * Long.parseLong(columns[3]))
                .sum();
        assertEquals(INSTRUCTIONS, sum);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void hotPagesAreListed(String tier) throws Exception {
        String text = run(tier, "hotpages,sortby=writes", "bin/calls");
        List<String> lines = text.lines().toList();
        assertEquals("Addr, RCPUs, Reads, WCPUs, Writes", lines.getFirst());
        long sum = lines.stream()
                .skip(1)
                .map(line -> line.split(", ", -1))
                .mapToLong(columns -> Long.parseLong(columns[2]) + Long.parseLong(columns[4]))
                .sum();
        assertEquals(ACCESSES, sum);
        assertTrue(text.contains("0x0000000000400000, 0x0001, 16, 0x0000, 0\n"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void executionIsLogged(String tier) throws Exception {
        String all = run(tier, "execlog", "bin/hello");
        assertTrue(all.startsWith("""
                0, 0x400078, 0xd2800020, "mov x0, #0x1"
                0, 0x40007c, 0x100000e1, "adr x1, 0x400098"
                """), all);
        assertEquals(8, all.lines().count());
        assertEquals(
                "0, 0x400080, 0xd28001c2, \"mov x2, #0xe\", x2 -> 0x000000000000000e\n",
                run(tier, "execlog,afilter=0x400080,reg=x2", "bin/hello"));
        assertEquals(
                "0, 0x400080, 0xd28001c2, \"mov x2, #0xe\", x2 -> 0x000000000000000e\n",
                run(tier, "execlog,afilter=0x400080,reg=*,rdisas=on", "bin/hello"));
        long loads = run(tier, "execlog,ifilter=ldp", "bin/calls")
                .lines()
                .filter(line -> line.contains(", load, 0x") && line.contains("fib+0x"))
                .count();
        assertEquals(232, loads);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void systemCallsAreCounted(String tier) throws Exception {
        assertEquals("""
                syscall no.  calls  errors
                64           1      0
                94           1      0
                """, run(tier, "syscall", "bin/hello"));
        assertEquals("""
                syscall #64
                syscall #64 returned -> 14
                syscall #94
                """, run(tier, "syscall,print=on", "bin/hello"));
        assertEquals("""
                syscall #64
                48 65 6c 6c 6f 2c 20 77 6f 72 6c 64 21 0a        | Hello,.world!.
                syscall #64 returned -> 14
                syscall #94
                """, run(tier, "syscall,print=on,log_writes=on", "bin/hello"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void coverageIsWritten(String tier) throws Exception {
        Path file = temporary.resolve("drcov");
        run(tier, "drcov,filename=" + file, "bin/calls");
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, ISO_8859_1);
        String header = """
                DRCOV VERSION: 2
                DRCOV FLAVOR: drcov-64
                Module Table: version 2, count 1
                Columns: id, base, end, entry, path
                0, 0x400000, 0x400368, 0x400078, bin/calls
                BB Table: 31 bbs
                """;
        assertTrue(text.startsWith(header), text);
        assertEquals(header.length() + 31 * 8, bytes.length);
        ByteBuffer first = ByteBuffer.wrap(Arrays.copyOfRange(bytes, header.length(), header.length() + 8))
                .order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0x78, first.getInt());
        assertEquals(8, first.getShort());
        assertEquals(0, first.getShort());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void basicBlockVectorsAreWritten(String tier) throws Exception {
        run(tier, "bbv,interval=1000,outfile=" + temporary.resolve("v"), "bin/calls");
        List<String> lines = Files.readAllLines(temporary.resolve("v.0.bb"));
        assertEquals(4, lines.size());
        assertTrue(lines.getFirst().startsWith("T:1:2 "), lines.getFirst());
        for (String line : lines) {
            long sum = Arrays.stream(line.substring(1).strip().split(" ", -1))
                    .mapToLong(pair -> Long.parseLong(pair.substring(pair.lastIndexOf(':') + 1)))
                    .sum();
            assertTrue(sum >= 1000 && sum < 1016, line);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void callsMakeAGraph(String tier) throws Exception {
        Path folded = temporary.resolve("folded");
        Path svg = temporary.resolve("svg");
        String table = run(tier, "callgraph,folded=" + folded + ",svg=" + svg, "bin/calls");
        assertTrue(table.contains("        4179         4179        465  fib\n"), table);
        assertTrue(table.contains("           4            2          1  outer\n"), table);
        long sum = Files.readAllLines(folded).stream()
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
        assertEquals(INSTRUCTIONS, sum);
        assertTrue(Files.readString(folded).contains("_start;outer;inner 2\n"));
        assertTrue(Files.readString(svg).contains("<title>all: 4427 instructions, 100.00%</title>"));
    }
}
