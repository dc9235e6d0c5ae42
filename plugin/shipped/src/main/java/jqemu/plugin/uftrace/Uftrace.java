package jqemu.plugin.uftrace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.PluginException;
import jqemu.plugin.calls.CallFollower;
import jqemu.plugin.calls.EventLog;
import jqemu.plugin.files.OutputFile;

/// Writes the calls of functions as a folder that the tool uftrace reads: `uftrace replay`, `graph`, `report`, `dump
/// --chrome`. After QEMU's `uftrace`.
///
/// Arguments: `dir=FOLDER` (`uftrace.data`), in which `%p` stands for the process id; `clock=time`, or `insns`: an
/// instruction is a nanosecond, the same in each run; `limit=N` events for each thread (1000000).
public final class Uftrace implements Plugin {
    private static final int LIMIT = 1_000_000;

    @Override
    public int apiVersion() {
        return PluginApi.VERSION;
    }

    @Override
    public void install(PluginContext context, PluginArguments arguments) {
        String folder = arguments.string("dir", "uftrace.data");
        String clock = arguments.string("clock", "time");
        int limit = arguments.integer("limit", LIMIT);
        arguments.rejectUnknown();
        if (!clock.equals("time") && !clock.equals("insns")) {
            throw new PluginException("clock is time or insns, not " + clock);
        }
        CallFollower follower = new CallFollower(context, limit, clock.equals("time"), false);
        context.onExit(() -> {
            List<EventLog> logs = follower.finish();
            String program = context.pathToBinary();
            Path path = OutputFile.path(folder);
            try {
                Files.createDirectories(path);
                new TraceFolder(path, program == null ? "" : program).write(logs);
            } catch (IOException e) {
                throw OutputFile.cannotWrite(path, e);
            }
        });
    }
}
