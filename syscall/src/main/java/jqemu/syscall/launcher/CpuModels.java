package jqemu.syscall.launcher;

import java.util.List;
import jqemu.tcg.cpu.CpuModel;
import jqemu.tcg.cpu.Feature;
import org.jspecify.annotations.Nullable;

/// The CPU models that `-cpu` takes, QEMU's names: `MODEL[,PROPERTY=on|off...]`.
///
/// The model `max` has properties for pointer authentication: `pauth` has it or not, `pauth-impdef` has it by our own
/// fast algorithm, `pauth-qarma5` by the architected one.
public final class CpuModels {
    /// In alphabetical order; `max` is the default.
    public static final List<String> NAMES = List.of("cortex-a53", "cortex-a72", "cortex-a76", "max", "neoverse-n1");

    private CpuModels() {}

    static String list() {
        return "Available CPUs:\n  " + String.join("\n  ", NAMES);
    }

    /// The CPU that `text`, the argument of `-cpu`, describes.
    ///
    /// @throws EarlyExit when there is no such model or property
    public static CpuModel parse(String text) throws EarlyExit {
        int comma = text.indexOf(',');
        String name = comma < 0 ? text : text.substring(0, comma);
        @Nullable CpuModel cpu = CpuModel.named(name);
        if (cpu == null) {
            throw EarlyExit.mistake("unable to find CPU model '" + name + "'");
        }
        while (comma >= 0) {
            int next = text.indexOf(',', comma + 1);
            cpu = with(cpu, next < 0 ? text.substring(comma + 1) : text.substring(comma + 1, next));
            comma = next;
        }
        return cpu;
    }

    private static CpuModel with(CpuModel cpu, String property) throws EarlyExit {
        int equals = property.indexOf('=');
        String name = equals < 0 ? property : property.substring(0, equals);
        if (!cpu.name().equals("max")) {
            throw unknown(cpu, property, name);
        }
        boolean on = equals < 0 || isOn(cpu, property, property.substring(equals + 1));
        return switch (name) {
            case "pauth", "pauth-impdef" -> withPointerAuthentication(cpu, on, Feature.PAUTH_IMPDEF);
            case "pauth-qarma5" -> withPointerAuthentication(cpu, on, Feature.PAUTH_QARMA5);
            default -> throw unknown(cpu, property, name);
        };
    }

    private static CpuModel withPointerAuthentication(CpuModel cpu, boolean on, Feature algorithm) {
        CpuModel plain =
                cpu.without(Feature.PAUTH).without(Feature.PAUTH_IMPDEF).without(Feature.PAUTH_QARMA5);
        return on ? plain.with(Feature.PAUTH).with(algorithm) : plain;
    }

    private static EarlyExit unknown(CpuModel cpu, String property, String name) {
        return EarlyExit.mistake("can't apply global " + cpu.name() + "-arm-cpu." + property + ": Property '"
                + cpu.name() + "-arm-cpu." + name + "' not found");
    }

    private static boolean isOn(CpuModel cpu, String property, String value) throws EarlyExit {
        return switch (value) {
            case "on", "yes", "true", "y" -> true;
            case "off", "no", "false", "n" -> false;
            default ->
                throw EarlyExit.mistake("can't apply global " + cpu.name() + "-arm-cpu." + property
                        + ": Invalid parameter type for '" + value + "', expected: 'on' or 'off'");
        };
    }
}
