package jqemu.syscall.fs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import jqemu.loader.host.ThreadSlot;
import jqemu.loader.memory.Mapping;
import jqemu.syscall.process.GuestThread;
import jqemu.syscall.process.LinuxProcess;
import jqemu.syscall.signal.SignalActions;
import jqemu.syscall.signal.Signals;
import jqemu.tcg.cpu.CpuModel;
import jqemu.tcg.ir.Bits;
import org.jspecify.annotations.Nullable;

/// Files of `/proc/self` that say how the process is, proc_pid_stat(5) and proc_pid_status(5), and `/proc/cpuinfo`: the
/// host's text with the guest's facts in the places where the JVM's stood.
final class ProcFiles {
    private static final int AT_FDCWD = -100;
    private static final int CHUNK = 4096;
    private static final int PAGE_SIZE = 4096;
    private static final int KIB = 1024;

    // fields of /proc/self/stat behind the name, counted from the state, which is 0
    private static final int STATE = 0;
    private static final int THREADS = 17;
    private static final int VIRTUAL_SIZE = 20;
    private static final int START_CODE = 23;
    private static final int END_CODE = 24;
    private static final int START_STACK = 25;
    private static final int ARGUMENTS_START = 45;
    private static final int ARGUMENTS_END = 46;
    private static final int ENVIRONMENT_START = 47;
    private static final int ENVIRONMENT_END = 48;

    /// How Linux calls the bits of AT_HWCAP and AT_HWCAP2, from bit 0 on.
    private static final String HWCAP =
            "fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm "
                    + "jscvt fcma lrcpc dcpop sha3 sm3 sm4 asimddp sha512 sve asimdfhm dit uscat ilrcpc flagm ssbs sb paca pacg";

    private static final String HWCAP2 =
            "dcpodp sve2 sveaes svepmull svebitperm svesha3 svesm4 flagm2 frint svei8mm svef32mm svef64mm svebf16 i8mm "
                    + "bf16 dgh rng bti mte ecv afp rpres mte3 sme smei16i64 smef64f64 smei8i32 smef16f32 smeb16f32 "
                    + "smef32f32 smefa64 wfxt ebf16 sveebf16 cssc rprfm sve2p1 sme2 sme2p1 smei16i32 smebi32i32 "
                    + "smeb16b16 smef16f16 mops";

    private final LinuxProcess process;

    ProcFiles(LinuxProcess process) {
        this.process = process;
    }

    /// The name of a thread.
    String comm(GuestThread thread, GuestThread of) {
        String name = hostFile(thread, folder(of) + "comm");
        return name.isEmpty() ? hostFile(thread, "/proc/self/comm") : name; // a child without a JVM of its own
    }

    private static String folder(GuestThread of) {
        return "/proc/self/task/" + ThreadSlot.tid(of.env().threadSlot()) + "/";
    }

    /// The process's numbers; of a thread that is not the first, the thread's own where it has some.
    String stat(GuestThread thread, GuestThread of) {
        boolean isFirst = of.tid() == process.pid();
        String host = hostFile(thread, isFirst ? "/proc/self/stat" : folder(of) + "stat");
        String[] fields = host.substring(host.lastIndexOf(')') + 2).strip().split(" ");
        fields[STATE] = "R";
        fields[THREADS] = Integer.toString(process.threadCount());
        fields[VIRTUAL_SIZE] = Long.toString(mappedBytes());
        fields[START_CODE] = Long.toString(process.program().layout().startCode());
        fields[END_CODE] = Long.toString(process.program().layout().endCode());
        fields[START_STACK] = Long.toString(process.program().stackPointer());
        fields[ARGUMENTS_START] = Long.toString(process.program().stack().argumentsStart());
        fields[ARGUMENTS_END] = Long.toString(process.program().stack().argumentsEnd());
        fields[ENVIRONMENT_START] = Long.toString(process.program().stack().argumentsEnd());
        fields[ENVIRONMENT_END] = Long.toString(process.program().stack().environmentEnd());
        String pid = host.substring(0, host.indexOf('('));
        return pid + "(" + comm(thread, of).strip() + ") " + String.join(" ", fields) + "\n";
    }

    String statm(GuestThread thread) {
        String[] fields = hostFile(thread, "/proc/self/statm").strip().split(" ");
        fields[0] = Long.toString(mappedBytes() / PAGE_SIZE);
        return String.join(" ", fields) + "\n";
    }

    String status(GuestThread thread, GuestThread of) {
        boolean isFirst = of.tid() == process.pid();
        String host = hostFile(thread, isFirst ? "/proc/self/status" : folder(of) + "status");
        StringBuilder text = new StringBuilder();
        for (String line : host.lines().toList()) {
            int colon = line.indexOf(':');
            String value = colon < 0 ? null : status(thread, of, line.substring(0, colon));
            text.append(value == null ? line : line.substring(0, colon + 1) + "\t" + value)
                    .append('\n');
        }
        return text.toString();
    }

    /// What the guest is to read behind a name of `/proc/self/status`; `null` for what the host says.
    private @Nullable String status(GuestThread thread, GuestThread of, String name) {
        return switch (name) {
            case "Name" -> comm(thread, of).strip();
            case "State" -> "R (running)";
            case "Threads" -> Integer.toString(process.threadCount());
            case "VmPeak", "VmSize" -> "%8d kB".formatted(mappedBytes() / KIB);
            case "SigBlk" -> mask(of.signals().mask());
            case "SigIgn" -> mask(signals(true));
            case "SigCgt" -> mask(signals(false));
            default -> null;
        };
    }

    private static String mask(long signals) {
        return "%016x".formatted(signals);
    }

    private long signals(boolean ignored) {
        SignalActions actions = process.signalActions();
        long set = 0;
        for (int signal = 1; signal <= Signals.COUNT; signal++) {
            if (ignored ? actions.isIgnored(signal) : actions.get(signal).isHandler()) {
                set |= Signals.bit(signal);
            }
        }
        return set;
    }

    private long mappedBytes() {
        long bytes = 0;
        for (Mapping mapping : process.memory().space().mappings()) {
            bytes += mapping.end() - mapping.start();
        }
        return bytes;
    }

    /// One entry for each processor that the guest may run on, as Linux on AArch64 writes them.
    String cpuinfo() {
        CpuModel cpu = process.cpu();
        List<String> features = new ArrayList<>();
        addNames(features, HWCAP, cpu.hwcap());
        addNames(features, HWCAP2, cpu.hwcap2());
        StringBuilder text = new StringBuilder();
        int processors = Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < processors; i++) {
            text.append("processor\t: ").append(i);
            text.append("\nBogoMIPS\t: 100.00\nFeatures\t: ").append(String.join(" ", features));
            text.append("\nCPU implementer\t: 0x%02x\n".formatted(Bits.extract(cpu.mainId(), 24, 8)));
            text.append("CPU architecture: 8\n");
            text.append("CPU variant\t: 0x%x\n".formatted(Bits.extract(cpu.mainId(), 20, 4)));
            text.append("CPU part\t: 0x%03x\n".formatted(Bits.extract(cpu.mainId(), 4, 12)));
            text.append("CPU revision\t: %d\n\n".formatted(Bits.extract(cpu.mainId(), 0, 4)));
        }
        return text.toString();
    }

    private static void addNames(List<String> features, String names, long bits) {
        StringTokenizer byBit = new StringTokenizer(names);
        for (int bit = 0; byBit.hasMoreTokens(); bit++) {
            String name = byBit.nextToken();
            if (Bits.bit(bits, bit) != 0) {
                features.add(name);
            }
        }
    }

    /// The text of a file of the host; empty when there is none.
    private static String hostFile(GuestThread thread, String path) {
        NativeBuffer scratch = thread.scratch();
        long name = scratch.string(path.getBytes(StandardCharsets.ISO_8859_1));
        long fd = thread.process().host().syscall(HostSyscall.OPENAT, AT_FDCWD, name, 0, 0);
        if (fd < 0) {
            return "";
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        long buffer = scratch.allocate(CHUNK);
        long count = thread.process().host().syscall(HostSyscall.READ, fd, buffer, CHUNK);
        while (count > 0) {
            text.writeBytes(scratch.get(buffer, (int) count));
            count = thread.process().host().syscall(HostSyscall.READ, fd, buffer, CHUNK);
        }
        thread.process().host().syscall(HostSyscall.CLOSE, fd);
        return text.toString(StandardCharsets.ISO_8859_1);
    }
}
