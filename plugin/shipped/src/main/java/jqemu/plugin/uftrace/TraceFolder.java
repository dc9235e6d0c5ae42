package jqemu.plugin.uftrace;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import jqemu.plugin.calls.EventLog;
import jqemu.plugin.calls.Function;

/// The files that uftrace reads (version 4 of its format): `info`, `task.txt`, a map and the symbols of the program,
/// and for each thread a file of records of 16 bytes.
final class TraceFolder {
    private static final String SESSION = "0123456789abcdef";

    /// A process needs an id; the threads follow it.
    private static final int PROCESS = 1;

    private static final int HEADER_SIZE = 40;
    private static final int VERSION = 4;
    private static final int LITTLE_ENDIAN = 1;
    private static final int CLASS_64 = 2;
    private static final int MAX_STACK = 1024;

    /// Features: there are sessions, the depth of the stack is in the header.
    private static final long FEATURES = 1 << 1 | 1 << 6;

    /// What stands in `info`: the program, the command line, the tasks.
    private static final long CONTENT = 1 << 0 | 1 << 3 | 1 << 7;

    private static final int RECORD_SIZE = 16;
    private static final int NANOSECONDS = 1_000_000_000;

    /// A record: type in 2 bits (entry 0, exit 1), a bit for arguments, the number 5 in 3 bits, depth in 10,
    /// address.
    private static final long MAGIC = 5 << 3;

    private static final int DEPTH_SHIFT = 6;
    private static final int DEPTH_MASK = 1023;
    private static final int ADDRESS_SHIFT = 16;

    private static final long PAGE = 4096;

    private final Path folder;
    private final String program;
    private final TreeMap<Long, String> symbols = new TreeMap<>();

    TraceFolder(Path folder, String program) {
        this.folder = folder;
        this.program = program;
    }

    void write(List<EventLog> logs) throws IOException {
        StringBuilder tasks = new StringBuilder(
                "SESS timestamp=%s pid=%d sid=%s exename=\"%s\"%n".formatted(seconds(0), PROCESS, SESSION, absolute()));
        StringBuilder ids = new StringBuilder();
        for (int i = 0; i < logs.size(); i++) {
            int id = PROCESS + i;
            records(logs.get(i), folder.resolve(id + ".dat"));
            tasks.append("TASK timestamp=%s tid=%d pid=%d%n".formatted(seconds(0), id, PROCESS));
            ids.append(i == 0 ? "" : ",").append(id);
        }
        Files.writeString(folder.resolve("task.txt"), tasks);
        Files.write(folder.resolve("info"), info(logs.size(), ids.toString()));
        writeSymbols();
    }

    private Path absolute() {
        return Path.of(program).toAbsolutePath();
    }

    private byte[] info(int threads, String ids) {
        String text = "exename:" + absolute() + "\ncmdline:" + program + "\ntaskinfo:lines=2\ntaskinfo:nr_tid="
                + threads + "\ntaskinfo:tids=" + ids + "\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEADER_SIZE + bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("Ftrace!\0".getBytes(StandardCharsets.US_ASCII))
                .putInt(VERSION)
                .putShort((short) HEADER_SIZE)
                .put((byte) LITTLE_ENDIAN)
                .put((byte) CLASS_64)
                .putLong(FEATURES)
                .putLong(CONTENT)
                .putShort((short) MAX_STACK)
                .putShort((short) 0)
                .putInt(0)
                .put(bytes)
                .array();
    }

    private static String seconds(long nanoseconds) {
        return "%d.%09d".formatted(nanoseconds / NANOSECONDS, nanoseconds % NANOSECONDS);
    }

    private void records(EventLog log, Path file) throws IOException {
        ByteBuffer entry = ByteBuffer.allocate(RECORD_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        int[] depth = new int[1];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            log.visit((time, subject, leaves) -> {
                if (subject instanceof Function function) {
                    int level = leaves ? --depth[0] : depth[0]++;
                    symbols.put(function.start(), function.name());
                    entry.clear()
                            .putLong(time)
                            .putLong((leaves ? 1 : 0)
                                    | MAGIC
                                    | (long) (level & DEPTH_MASK) << DEPTH_SHIFT
                                    | function.start() << ADDRESS_SHIFT);
                    write(out, entry.array());
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void write(OutputStream out, byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Symbols count from the start of the program's first mapping; a function ends where the next one begins.
    private void writeSymbols() throws IOException {
        long base = symbols.isEmpty() ? 0 : symbols.firstKey() & -PAGE;
        long end = symbols.isEmpty() ? PAGE : (symbols.lastKey() + 2 * PAGE) & -PAGE;
        String name = absolute().toString();
        Files.writeString(
                folder.resolve("sid-" + SESSION + ".map"),
                "%012x-%012x r-xp 00000000 00:00 0 %s%n".formatted(base, end, name)
                        + "7ffffffde000-7ffffffff000 rw-p 00000000 00:00 0 [stack]\n");
        StringBuilder text =
                new StringBuilder("# symbols: %d%n# path name: %s%n# build-id:%n".formatted(symbols.size(), name));
        symbols.forEach((start, symbol) -> text.append("%016x T %s%n".formatted(start - base, symbol)));
        if (!symbols.isEmpty()) {
            text.append("%016x ? __func_end%n".formatted(end - base));
        }
        Files.writeString(folder.resolve(absolute().getFileName() + ".sym"), text);
    }
}
