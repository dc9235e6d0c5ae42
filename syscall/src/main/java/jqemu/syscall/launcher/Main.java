package jqemu.syscall.launcher;

import java.io.IOException;
import jqemu.syscall.process.ProcessStarter;

/// `jqemu-user`'s `main`: reads how we were started, parses the options and runs the guest.
public final class Main {
    private Main() {}

    /// Runs the guest program that the command line names, and ends this process with its exit status.
    ///
    /// @param args only their number counts: the JVM has mangled what is no UTF-8, so [Launch] reads the bytes
    public static void main(String[] args) throws IOException {
        int status = 0;
        try {
            Install.locate();
            Launch launch = Launch.read(args.length);
            Options options = OptionParser.parse(launch.arguments(), launch.environment());
            ProcessStarter.run(launch, options);
        } catch (EarlyExit exit) {
            status = exit.report();
        }
        // halt, not exit: there are no shutdown hooks, and exit starts threads to look for them
        Runtime.getRuntime().halt(status);
    }
}
