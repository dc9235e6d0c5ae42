package jqemu.syscall.launcher;

import java.util.ArrayList;
import java.util.List;

/// Which of our options a program gets that the guest executes: all that say what machine it runs on and what is
/// logged.
///
/// The guest's environment is already changed by `-E` and `-U`, `-0` was for its own program, and plugins watch the
/// program that they were asked for: `QEMU_PLUGIN` in the environment reaches the others.
public final class InheritedOptions {
    private InheritedOptions() {}

    /// The arguments, as they were given.
    public static List<byte[]> of(Launch launch, Options options) {
        byte[][] arguments = launch.arguments();
        int program = arguments.length - options.arguments().length;
        List<byte[]> inherited = new ArrayList<>();
        for (int i = 0; i < program; ) {
            int start = arguments[i].length > 1 && arguments[i][1] == '-' ? 2 : 1;
            Option option = Option.find(arguments[i], start);
            if (option == null) {
                return inherited; // a lone --
            }
            int words = option.argument == null ? 1 : 2;
            if (isInherited(option)) {
                inherited.addAll(List.of(arguments).subList(i, i + words));
            }
            i += words;
        }
        return inherited;
    }

    private static boolean isInherited(Option option) {
        return switch (option) {
            case ARGV0, SET_ENV, UNSET_ENV, PLUGIN, SEED -> false;
            default -> true;
        };
    }
}
