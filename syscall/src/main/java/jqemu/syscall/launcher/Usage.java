package jqemu.syscall.launcher;

/// The texts of `-h` and `-version`.
final class Usage {
    private static final int OPTION_WIDTH = 38;
    private static final int VARIABLE_WIDTH = 22;

    private Usage() {}

    static String version() {
        String version = Usage.class.getPackage().getImplementationVersion();
        return "jqemu-user version " + (version == null ? "unknown (not run from its jar)" : version);
    }

    static String help() {
        StringBuilder text = new StringBuilder(4096);
        text.append("usage: jqemu-user [options] program [arguments...]\n")
                .append("Runs an AArch64 Linux program on this host.\n\n")
                .append("Options (with one dash or two) and the environment variables that stand for them;\n")
                .append("the command line wins over the environment:\n\n");
        boolean ours = false;
        for (int i = 0; i < Option.count(); i++) {
            Option option = Option.at(i);
            if (option.isOurs() && !ours) {
                ours = true;
                text.append("\nOptions that QEMU does not have:\n\n");
            }
            String left =
                    option.argument == null ? "-" + option.spelling : "-" + option.spelling + " " + option.argument;
            text.append(padded(left, OPTION_WIDTH))
                    .append(padded(option.variable == null ? "" : option.variable, VARIABLE_WIDTH))
                    .append(option.help)
                    .append('\n');
        }
        return text.append("\nA lone -- ends the options. The guest is not sandboxed: it can do what you can.")
                .toString();
    }

    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
