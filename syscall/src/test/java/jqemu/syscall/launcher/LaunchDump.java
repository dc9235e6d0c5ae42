package jqemu.syscall.launcher;

import java.io.IOException;
import java.io.PrintStream;

/// Runs in place of [Main] in [LauncherIT]: prints what [Launch] read.
final class LaunchDump {
    private LaunchDump() {}

    public static void main(String[] args) throws IOException {
        Launch launch = Launch.read(args.length);
        PrintStream out = System.out;
        out.println("closed=" + launch.closed() + " blocked=" + launch.blockedSignals() + " ignored="
                + launch.ignoredSignals());
        for (byte[] argument : launch.arguments()) {
            print("argument ", argument);
        }
        for (byte[] entry : launch.environment()) {
            print("variable ", entry);
        }
        out.flush();
    }

    private static void print(String title, byte[] bytes) {
        System.out.print(title);
        System.out.write(bytes, 0, bytes.length);
        System.out.println();
    }
}
