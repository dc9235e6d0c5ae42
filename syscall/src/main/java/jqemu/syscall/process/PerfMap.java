package jqemu.syscall.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import jqemu.loader.elf.SymbolTable;

/// `/tmp/perf-PID.map`, by which Linux's perf names code that is in no file: HotSpot's own map, in which regions of
/// guest code have the guest symbol that they begin in. Regions that were dropped before the end are not in it.
final class PerfMap {
    /// A line for the method of a region, whose class is named after its guest address.
    private static final Pattern REGION =
            Pattern.compile("(0x[0-9a-f]+ 0x[0-9a-f]+) .*\\bRegion\\$Code([0-9a-f]+)\\b.*\\bcode\\b.*");

    private PerfMap() {}

    /// Writes the map of what is compiled now; says so on stderr where it cannot.
    static void write(int pid, SymbolTable symbols) {
        Path file = Path.of("/tmp/perf-" + pid + ".map");
        try {
            Files.deleteIfExists(file);
            String[] arguments = {file.toString()};
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "compilerPerfmap",
                            new Object[] {arguments},
                            new String[] {String[].class.getName()});
            List<String> lines = Files.readAllLines(file);
            Files.write(
                    file, lines.stream().map(line -> withSymbol(line, symbols)).toList());
        } catch (IOException | JMException e) {
            System.err.println("jqemu-user: no " + file + ": " + e);
            System.err.flush();
        }
    }

    private static String withSymbol(String line, SymbolTable symbols) {
        Matcher region = REGION.matcher(line);
        if (!region.matches()) {
            return line;
        }
        long pc = Long.parseUnsignedLong(region.group(2), 16);
        SymbolTable.Location location = symbols.locate(pc);
        String name = location == null ? "guest-0x" + region.group(2) : location.name() + offset(location);
        return region.group(1) + " " + name;
    }

    private static String offset(SymbolTable.Location location) {
        return location.offset() == 0 ? "" : "+0x" + Long.toHexString(location.offset());
    }
}
