package jqemu.syscall.launcher;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From arguments and environment to [Options], by the rules of QEMU's command line: variables first, then the
/// command line over them; options end at the first argument without a dash, or at a lone `--`.
public final class OptionParser {
    private static final int HOST_PAGE_SIZE = 4096;

    private final Options options = new Options();
    private final byte[][] callerEnvironment;
    private @Nullable Environment changedEnvironment;

    private OptionParser(byte[][] environment) {
        callerEnvironment = environment;
    }

    /// Parses the command line (without the name of this program itself).
    ///
    /// @throws EarlyExit when it is wrong, or asks for help, the version or a list
    public static Options parse(byte[][] arguments, byte[][] environment) throws EarlyExit {
        OptionParser parser = new OptionParser(environment);
        if (mentionsUs(environment)) {
            parser.applyVariables();
        }
        parser.setProgram(arguments, parser.applyArguments(arguments));
        return parser.options;
    }

    /// Whether a variable may be one of ours; the usual environment has none, which saves looking each of them up.
    private static boolean mentionsUs(byte[][] environment) {
        for (byte[] entry : environment) {
            if (entry.length > 1 && (entry[0] == 'Q' || entry[0] == 'J') && (entry[1] == 'E' || entry[1] == 'Q')) {
                return true;
            }
        }
        return false;
    }

    private void applyVariables() throws EarlyExit {
        for (int i = 0; i < Option.count(); i++) {
            Option option = Option.at(i);
            if (option.variable != null) {
                byte[] value = Environment.find(callerEnvironment, option.variable);
                if (value != null) {
                    apply(option, value);
                }
            }
        }
    }

    /// Returns the index of the program.
    private int applyArguments(byte[][] arguments) throws EarlyExit {
        int next = 0;
        while (next < arguments.length) {
            byte[] argument = arguments[next];
            if (argument.length == 0 || argument[0] != '-') {
                break;
            }
            next++;
            int start = argument.length > 1 && argument[1] == '-' ? 2 : 1;
            if (start == 2 && argument.length == 2) {
                break;
            }
            Option option = Option.find(argument, start);
            if (option == null) {
                throw EarlyExit.mistake("unknown option '" + Launch.text(argument) + "'");
            }
            byte[] value = {};
            if (option.argument != null) {
                if (next == arguments.length) {
                    throw EarlyExit.mistake("missing argument for option '" + Launch.text(argument) + "'");
                }
                value = arguments[next++];
            }
            apply(option, value);
        }
        return next;
    }

    private void setProgram(byte[][] arguments, int index) throws EarlyExit {
        if (index == arguments.length) {
            throw EarlyExit.mistake("no user program specified (-h prints the options)");
        }
        options.program = arguments[index];
        options.arguments = Arrays.copyOfRange(arguments, index, arguments.length);
        if (options.argv0 != null) {
            options.arguments[0] = options.argv0;
        }
        options.environment = changedEnvironment == null ? callerEnvironment : changedEnvironment.toArray();
    }

    private void apply(Option option, byte[] value) throws EarlyExit {
        switch (option) {
            case H, HELP -> throw EarlyExit.answer(Usage.help(), 0);
            case VERSION -> throw EarlyExit.answer(Usage.version(), 0);
            case LD_PREFIX -> options.ldPrefix = value;
            case STACK_SIZE -> options.stackSize = size(option, value, "KM");
            case CPU -> options.cpu = cpu(value);
            case SET_ENV -> check(environment().set(value), option, value);
            case UNSET_ENV -> check(environment().unset(value), option, value);
            case ARGV0 -> options.argv0 = value;
            case UNAME -> options.uname = value;
            case GUEST_BASE -> options.guestBase = number(option, value);
            case RESERVED_VA -> options.reservedVa = size(option, value, "KMG");
            case RTSIG_MAP -> options.rtSignalMap = rtSignalMap(option, value);
            case LOG -> options.logItems |= LogItem.parse(value);
            case DFILTER -> options.logRanges = logRanges(option, value);
            case LOG_FILE -> options.logFile = value;
            case PAGE_SIZE -> checkPageSize(option, value);
            case ONE_INSN_PER_TB -> options.oneInsnPerTb = true;
            case TB_SIZE -> options.tbSize = number(option, value);
            case STRACE -> options.logItems |= LogItem.STRACE.bit();
            case SEED -> {
                options.seed = number(option, value);
                options.seeded = true;
            }
            case PLUGIN -> options.plugins.add(value);
            case PERFMAP -> options.perfMap = true;
            case GDB, TRACE, JITDUMP ->
                throw EarlyExit.mistake("option '-" + option.spelling + "' is not supported yet");
            case HOST -> options.host = host(option, value);
            case TIER -> options.tier = tier(option, value);
        }
    }

    private Environment environment() {
        Environment environment = changedEnvironment;
        if (environment == null) {
            environment = new Environment(callerEnvironment);
            changedEnvironment = environment;
        }
        return environment;
    }

    private static String cpu(byte[] value) throws EarlyExit {
        String model = Launch.text(value);
        if (model.equals("help")) {
            throw EarlyExit.answer(CpuModels.list(), 1);
        }
        CpuModels.parse(model);
        return model;
    }

    private static int[] rtSignalMap(Option option, byte[] value) throws EarlyExit {
        List<byte[]> parts = Environment.splitAtComma(value);
        int[] map = new int[3 * parts.size()];
        for (int i = 0; i < map.length; i += 3) {
            byte[] triplet = parts.get(i / 3);
            int position = 0;
            for (int field = 0; field < 3; field++) {
                while (position < triplet.length && triplet[position] == ' ') {
                    position++;
                }
                NumberText number = new NumberText(triplet, position);
                check(number.isValid() && Long.compareUnsigned(number.value(), 64) <= 0, option, value);
                map[i + field] = (int) number.value();
                position = number.end();
            }
            check(position == triplet.length, option, value);
        }
        return map;
    }

    private static AddressRanges logRanges(Option option, byte[] value) throws EarlyExit {
        AddressRanges ranges = AddressRanges.parse(value);
        if (ranges == null) {
            throw mistake(option, value);
        }
        return ranges;
    }

    /// The page size of the host is what it is; QEMU kept the option and so do we.
    private static void checkPageSize(Option option, byte[] value) throws EarlyExit {
        long size = number(option, value);
        check(Long.bitCount(size) == 1, option, value);
        if (size != HOST_PAGE_SIZE) {
            System.err.println("jqemu-user: warning: option '-p' is deprecated and has no effect");
        }
    }

    private static Options.HostChoice host(Option option, byte[] value) throws EarlyExit {
        String choice = Launch.text(value);
        if (choice.equals("native")) {
            return Options.HostChoice.NATIVE;
        }
        check(choice.equals("jnr"), option, value);
        return Options.HostChoice.JNR;
    }

    private static Options.TierChoice tier(Option option, byte[] value) throws EarlyExit {
        String choice = Launch.text(value);
        if (choice.equals("auto")) {
            return Options.TierChoice.AUTO;
        }
        if (choice.equals("1")) {
            return Options.TierChoice.INTERPRET;
        }
        check(choice.equals("2"), option, value);
        return Options.TierChoice.COMPILE;
    }

    private static long number(Option option, byte[] value) throws EarlyExit {
        NumberText number = NumberText.whole(value);
        check(number.isValid(), option, value);
        return number.value();
    }

    private static long size(Option option, byte[] value, String suffixes) throws EarlyExit {
        NumberText number = NumberText.size(value, suffixes);
        check(number.isValid(), option, value);
        return number.value();
    }

    private static void check(boolean valid, Option option, byte[] value) throws EarlyExit {
        if (!valid) {
            throw mistake(option, value);
        }
    }

    private static EarlyExit mistake(Option option, byte[] value) {
        return EarlyExit.mistake("invalid argument for option '-" + option.spelling + " " + option.argument + "': '"
                + Launch.text(value) + "'");
    }
}
