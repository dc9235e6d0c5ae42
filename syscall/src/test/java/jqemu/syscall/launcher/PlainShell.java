package jqemu.syscall.launcher;

import java.util.ArrayList;
import java.util.List;

/// A shell whose signals have their default actions, also where the build runs in the background or under `nohup` and
/// has some of them ignored: a test may not depend on how it was started.
public final class PlainShell {
    private PlainShell() {}

    /// The command that runs `line`; `arguments` are its `$0`, `$1` and so on.
    public static List<String> command(String line, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("/usr/bin/env", "--default-signal=HUP,INT,QUIT,TERM,PIPE", "/bin/sh", "-c", line));
        command.addAll(List.of(arguments));
        return command;
    }
}
