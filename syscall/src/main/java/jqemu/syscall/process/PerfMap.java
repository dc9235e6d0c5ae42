package jqemu.syscall.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import jqemu.loader.elf.SymbolTable;
import jqemu.loader.host.Host;
import jqemu.loader.host.SignalAction;
import jqemu.syscall.signal.Signals;

/// `/tmp/perf-PID.map`, by which Linux's perf names code that is in no file: HotSpot's own map, in which regions of
/// guest code have the guest symbol that they begin in. Regions that were dropped before the end are not in it.
final class PerfMap {
    /// A line for one of the two methods of a region, whose class is named after its guest address. `run` counts
    /// too, because C2 inlines `code` in it.
    private static final Pattern REGION =
            Pattern.compile("(0x[0-9a-f]+ 0x[0-9a-f]+) int jqemu\\.tcg\\.jvm\\.Region\\$Code([0-9a-f]+)\\b"
                    + "[^ ]*\\.(?:code|run)\\(.*");

    private static boolean written;

    private final Path file;
    private final SymbolTable symbols;

    private PerfMap(Path file, SymbolTable symbols) {
        this.file = file;
        this.symbols = symbols;
    }

    /// Writes the map of what is compiled now; says so on stderr where it cannot. Once: of several threads that
    /// end the process the later ones wait here, and none takes away what the first has written.
    ///
    /// JMX is slow to start. A thread of its own keeps that out of the profile of the guest's threads.
    static synchronized void write(Host host, int pid, SymbolTable symbols) {
        if (written) {
            return;
        }
        written = true;
        // over the guest's limit of file sizes it is an error and not the end
        host.setSignalAction(Signals.SIGXFSZ, SignalAction.IGNORE, 0);
        PerfMap map = new PerfMap(Path.of("/tmp/perf-" + pid + ".map"), symbols);
        Thread thread = new Thread(null, map::write, "jqemu-perfmap");
        try {
            host.startMasked(thread);
        } catch (OutOfMemoryError e) {
            // RLIMIT_NPROC
            map.write();
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            // nobody does that, and the process ends next
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            Files.deleteIfExists(file);
            HotSpotMap.write(file);
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty()) {
                throw new IOException("HotSpot could not write to it");
            }
            Files.write(file, lines.stream().map(this::withSymbol).toList());
        } catch (NoSuchFileException e) {
            // HotSpot keeps its reasons to itself
            complain("cannot be created");
        } catch (IOException | RuntimeException | LinkageError e) {
            complain(e.toString());
        }
    }

    private void complain(String reason) {
        System.err.println("jqemu-user: -perfmap: " + file + ": " + reason.replace('\n', ' '));
        System.err.flush();
    }

    /// QEMU's names: `symbol`, `symbol+0x10`, `guest-0x400100`.
    private String withSymbol(String line) {
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

    /// The command `Compiler.perfmap` of jcmd, given to ourselves. A class of its own, since a runtime made by
    /// jlink may lack the modules.
    private static final class HotSpotMap {
        private HotSpotMap() {}

        static void write(Path file) throws IOException {
            try {
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "compilerPerfmap",
                                new Object[] {new String[] {file.toString()}},
                                new String[] {String[].class.getName()});
            } catch (JMException e) {
                throw new IOException("this JVM does not write one: " + e, e);
            }
        }
    }
}
