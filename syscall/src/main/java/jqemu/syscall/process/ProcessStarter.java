package jqemu.syscall.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import jqemu.loader.elf.ElfFormatException;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.JnrHost;
import jqemu.loader.host.ThreadSlot;
import jqemu.loader.image.CpuFacts;
import jqemu.loader.image.Credentials;
import jqemu.loader.image.LoadedProgram;
import jqemu.loader.image.ProgramLoader;
import jqemu.loader.image.ProgramSpec;
import jqemu.loader.image.StartRandom;
import jqemu.loader.memory.GuestMemory;
import jqemu.syscall.launcher.CpuModels;
import jqemu.syscall.launcher.EarlyExit;
import jqemu.syscall.launcher.Launch;
import jqemu.syscall.launcher.LogItem;
import jqemu.syscall.launcher.Options;
import jqemu.syscall.signal.Signals;
import jqemu.tcg.a64.CodegenOptions;
import jqemu.tcg.cpu.CpuModel;
import jqemu.tcg.cpu.CpuState;
import jqemu.tcg.cpu.Feature;
import jqemu.tcg.cpu.PointerKeys;
import jqemu.tcg.exec.BlockCache;
import jqemu.tcg.exec.ExecutionLog;
import jqemu.tcg.exec.Translator;
import jqemu.tcg.instrument.Instrumentation;
import jqemu.tcg.instrument.PluginFailure;
import jqemu.tcg.jvm.RegionCompiler;
import org.jspecify.annotations.Nullable;

/// Makes a guest process from the command line and runs its main thread.
public final class ProcessStarter {
    private static final int RLIMIT_STACK = 3;

    private final Launch launch;
    private final Options options;
    private final Host host;
    private final LogSink log;
    private final Instrumentation instrumentation;

    private ProcessStarter(Launch launch, Options options) {
        this.launch = launch;
        this.options = options;
        this.host = open(options.host());
        this.log = new LogSink(host, options.logFile());
        this.instrumentation = new Instrumentation(new LogChannel(log, options.logs(LogItem.PLUGIN)));
    }

    /// Runs the guest program that `options` names. Ends this process; returns only by an exception.
    ///
    /// @throws EarlyExit when the program cannot be started
    public static void run(Launch launch, Options options) throws EarlyExit {
        ProcessStarter starter = new ProcessStarter(launch, options);
        try {
            starter.run();
        } finally {
            starter.log.flush();
        }
    }

    private static Host open(Options.HostChoice choice) {
        return choice == Options.HostChoice.JNR ? JnrHost.open() : Host.open();
    }

    private void run() throws EarlyExit {
        ForkRestorer restorer = forkRestorer();
        long slot = host.registerThread();
        GuestMemory memory = GuestMemory.reserve(host, known(options.reservedVa()), known(options.guestBase()));
        CpuModel cpu = CpuModels.parse(options.cpu());
        if (cpu.has(Feature.BTI)) {
            memory.space().supportGuardedPages();
        }
        if (restorer != null) {
            instrumentation.setForkChild();
        }
        if (!options.plugins().isEmpty()) {
            PluginStart.install(instrumentation, options);
        }
        if (restorer != null) {
            restorer.restoreScoreboards(instrumentation);
        }
        LoadedProgram program = load(memory, cpu, restorer);
        BlockCache blocks = new BlockCache();
        memory.space().addCodeListener(blocks);
        int limit = options.oneInsnPerTb() ? 1 : CodegenOptions.MAX_INSTRUCTIONS;
        CodegenOptions codegen = new CodegenOptions(memory.isChecked(), instrumentation.isActive(), limit);
        ExecutionLog blockLog = BlockLog.isWanted(options) ? BlockLog.of(options, log, program) : null;
        boolean compiles = options.tier() != Options.TierChoice.INTERPRET
                && !memory.isChecked()
                && (blockLog == null || !blockLog.seesExecution());
        RegionCompiler compiler = compiles
                ? new RegionCompiler(
                        host, blocks, memory.space(), options.tier() == Options.TierChoice.COMPILE, blockLog)
                : null;
        Translator translator = new Translator(memory, cpu, codegen, blocks, instrumentation, blockLog, compiler);
        Resources resources = restorer == null ? null : restorer.resourcesAndMemory(program.brk(), memory);
        LinuxProcess process = new LinuxProcess(
                host, memory, options, launch, blocks, translator, instrumentation, program, log, resources);
        instrumentation.setProgram(new ProgramView(process));
        if (options.logs(LogItem.PAGE)) {
            log.write(MemoryMap.text(memory, program));
        }
        prepareSignals(process);
        if (restorer != null) {
            restorer.restoreSignals(process);
        }
        runMain(process, slot, cpu, restorer);
    }

    /// What this JVM is to go on with when it was started for a forked child, else null.
    private @Nullable ForkRestorer forkRestorer() throws EarlyExit {
        String image = System.getProperty("jqemu.fork");
        return image == null ? null : ForkRestorer.open(host, Integer.parseInt(image));
    }

    private static long known(long size) {
        return size == Options.UNSET ? 0 : size;
    }

    private LoadedProgram load(GuestMemory memory, CpuModel cpu, @Nullable ForkRestorer restorer) throws EarlyExit {
        try {
            ProgramSpec spec = new ProgramSpec(
                    options.program(),
                    options.arguments(),
                    options.environment(),
                    restorer == null
                            ? ProgramSpec.stackSize(known(options.stackSize()), softStackLimit())
                            : restorer.stackSize(),
                    new CpuFacts(cpu.hwcap(), cpu.hwcap2(), cpu.hwcap3()),
                    credentials(),
                    options.isSeeded() ? StartRandom.seeded(options.seed()) : StartRandom.fresh());
            LogChannel channel = new LogChannel(log, options.logItems() != 0);
            return restorer == null
                    ? ProgramLoader.load(memory, spec, channel)
                    : ProgramLoader.describe(memory, spec, restorer.programPath(), channel);
        } catch (ElfFormatException e) {
            throw EarlyExit.failure(e.line(new String(options.program(), StandardCharsets.UTF_8)), e.exitStatus());
        } catch (IOException e) {
            throw EarlyExit.mistake("no random bytes: ".concat(String.valueOf(e.getMessage())));
        }
    }

    private Credentials credentials() {
        return new Credentials(
                (int) host.syscall(HostSyscall.GETUID),
                (int) host.syscall(HostSyscall.GETEUID),
                (int) host.syscall(HostSyscall.GETGID),
                (int) host.syscall(HostSyscall.GETEGID));
    }

    private long softStackLimit() {
        return Rlimits.soft(host, RLIMIT_STACK);
    }

    /// Passes on what the caller set, and decides who hears of fatal signals.
    private void prepareSignals(LinuxProcess process) {
        for (int signal = 1; signal <= Signals.COUNT / 2; signal++) {
            if ((launch.ignoredSignals() >> (signal - 1) & 1) != 0) {
                process.signalActions().inheritIgnored(signal);
            }
        }
        process.signalActions().takeOverHotspots();
        if (instrumentation.isActive() || process.wantsCore()) {
            process.signalActions().catchFatal();
        } else if (options.logItems() != 0) {
            process.makeFaultsPrecise();
        }
        if (options.perfMap()) {
            process.signalActions().catchFatalFromOthers();
        }
    }

    private void runMain(LinuxProcess process, long slot, CpuModel cpu, @Nullable ForkRestorer restorer) {
        CpuState env = new CpuState(0, process.memory(), slot);
        env.setPc(process.program().entry());
        env.setSp(process.program().stackPointer());
        if (cpu.has(Feature.PAUTH)) {
            env.setPointerKeys(
                    PointerKeys.of(cpu, options.isSeeded() ? options.seed() : new SecureRandom().nextLong()));
        }
        if (restorer != null) {
            restorer.restoreRegisters(env);
        }
        long mask = restorer == null ? Integer.toUnsignedLong(launch.blockedSignals()) : restorer.signalMask();
        process.setMainTid(ThreadSlot.tid(slot));
        GuestThread thread = new GuestThread(process, env, process.pid(), mask);
        process.threads().add(thread);
        if (restorer == null) {
            String path = new String(options.program(), StandardCharsets.ISO_8859_1); // a link gives its own name
            ProcessHandlers.nameThread(thread, path.substring(path.lastIndexOf('/') + 1)); // as execve(2) does
        } else {
            restorer.restoreThread(thread);
        }
        try {
            process.vcpuStarted(thread);
            thread.run();
        } catch (PluginFailure failure) {
            FatalError.report(process, failure);
        } catch (RuntimeException | Error e) {
            FatalError.report(process, e);
        }
        ThreadHandlers.end(process, thread);
        waitForOthers();
    }

    /// The main thread has ended, others go on: the process ends with the last of them.
    private static void waitForOthers() {
        while (true) {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                // nobody interrupts us: go on waiting
            }
        }
    }
}
