package jqemu.syscall.process;

import jqemu.loader.host.AgentHost;
import jqemu.loader.host.FaultMode;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostCapability;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.image.LoadedProgram;
import jqemu.loader.memory.GuestMemory;
import jqemu.syscall.core.CoreFile;
import jqemu.syscall.dispatch.SyscallDispatcher;
import jqemu.syscall.launcher.Launch;
import jqemu.syscall.launcher.LogItem;
import jqemu.syscall.launcher.Options;
import jqemu.syscall.signal.SignalActions;
import jqemu.syscall.signal.SignalInfo;
import jqemu.syscall.signal.SignalTrampoline;
import jqemu.syscall.signal.Signals;
import jqemu.syscall.strace.Strace;
import jqemu.tcg.cpu.CpuModel;
import jqemu.tcg.exec.BlockCache;
import jqemu.tcg.exec.Translator;
import jqemu.tcg.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/// The guest process: one program, its memory, translations, descriptors and signal actions, shared by all its threads.
public final class LinuxProcess {
    private final Host host;
    private final GuestMemory memory;
    private final Options options;
    private final Launch launch;
    private final BlockCache blocks;
    private final Translator translator;
    private final Instrumentation instrumentation;
    private final LoadedProgram program;
    private final LogSink log;
    private final SignalActions signalActions;
    private final SignalTrampoline trampoline;
    private final ThreadTable threads = new ThreadTable();
    private final ExclusiveGate gate = new ExclusiveGate();
    private final int pid;
    private int mainTid;
    private final Resources resources;
    private final SyscallDispatcher dispatcher;
    private final @Nullable Strace strace;

    /// What is special while this is a child that is executed on its parent's thread.
    private final @Nullable DeferredChild deferred;

    /// There is or was more than one thread, so that the gate has to be respected.
    private boolean multithreaded;

    private boolean faultsPrecise;

    LinuxProcess(
            Host host,
            GuestMemory memory,
            Options options,
            Launch launch,
            BlockCache blocks,
            Translator translator,
            Instrumentation instrumentation,
            LoadedProgram program,
            LogSink log,
            @Nullable Resources restored) {
        this.host = host;
        this.memory = memory;
        this.options = options;
        this.launch = launch;
        this.blocks = blocks;
        this.translator = translator;
        this.instrumentation = instrumentation;
        this.program = program;
        this.log = log;
        this.signalActions = new SignalActions(host, this::makeFaultsPrecise);
        this.trampoline = new SignalTrampoline(memory);
        this.pid = (int) host.syscall(HostSyscall.GETPID);
        this.strace = options.logs(LogItem.STRACE) ? new Strace(this) : null;
        this.resources = restored == null ? Resources.inherited(host, launch.closed(), program.brk()) : restored;
        this.deferred = null;
        this.dispatcher = SyscallFamilies.dispatcher(this, resources);
    }

    /// A child of `parent` in the same memory.
    private LinuxProcess(LinuxProcess parent, AgentHost host, DeferredChild deferred) {
        this.host = host;
        this.memory = parent.memory;
        this.options = parent.options;
        this.launch = parent.launch;
        this.blocks = parent.blocks;
        this.translator = parent.translator;
        this.instrumentation = parent.instrumentation;
        this.program = parent.program;
        this.log = parent.log;
        this.signalActions = parent.signalActions.copy(host);
        this.trampoline = parent.trampoline;
        this.pid = host.agent().pid();
        this.mainTid = pid;
        this.faultsPrecise = parent.faultsPrecise;
        this.strace = parent.strace == null ? null : new Strace(this);
        this.resources = parent.resources.copy(host);
        this.deferred = deferred;
        this.dispatcher = SyscallFamilies.dispatcher(this, resources);
    }

    /// A child that is executed on the calling thread, in this process's memory, while its system calls are made by
    /// a process of its own.
    LinuxProcess child(AgentHost childsHost, DeferredChild deferredChild) {
        return new LinuxProcess(this, childsHost, deferredChild);
    }

    /// Whether this is a child that is executed on its parent's thread.
    boolean isOnParentsThread() {
        return deferred != null;
    }

    /// Whether such a child is another program now, or has ended.
    boolean hasLeft() {
        return host instanceof AgentHost agentHost && agentHost.agent().hasEnded();
    }

    /// What is special about such a child, else null.
    @Nullable
    DeferredChild deferred() {
        return deferred;
    }

    /// Whether the host lets us become another program, and have children.
    boolean canExecute() {
        return deferred != null || host.has(HostCapability.AGENT);
    }

    /// Descriptors, limits, heap.
    Resources resources() {
        return resources;
    }

    /// The way to the host's kernel.
    public Host host() {
        return host;
    }

    /// The guest's memory.
    public GuestMemory memory() {
        return memory;
    }

    /// What the user asked for.
    public Options options() {
        return options;
    }

    /// How we were started.
    public Launch launch() {
        return launch;
    }

    /// All translations.
    public BlockCache blocks() {
        return blocks;
    }

    /// What makes translations.
    public Translator translator() {
        return translator;
    }

    /// The plugins.
    public Instrumentation instrumentation() {
        return instrumentation;
    }

    /// The program that the process executes.
    public LoadedProgram program() {
        return program;
    }

    /// What the process does with each signal.
    public SignalActions signalActions() {
        return signalActions;
    }

    /// The code that signal handlers return to.
    SignalTrampoline trampoline() {
        return trampoline;
    }

    /// The process id, which is also the main thread's id.
    public int pid() {
        return pid;
    }

    /// The host's id of the thread that the guest knows as `tid`: the main thread's is the process id only for the
    /// guest.
    public int hostTid(int tid) {
        return tid == pid ? mainTid : tid;
    }

    void setMainTid(int hostTid) {
        mainTid = hostTid;
    }

    /// Writes lines to where `-d` and `-strace` write.
    public void log(String text) {
        log.write(text);
    }

    /// Writes what was collected for the log, before the end.
    void flushLog() {
        log.flush();
    }

    void logTaken(GuestThread thread, int signal, SignalInfo info) {
        if (strace != null) {
            strace.take(thread, signal, info);
        }
    }

    void logException(GuestThread thread, SignalInfo info) {
        if (options.logs(LogItem.INT)) {
            log("signal " + info.signal() + " at pc 0x"
                    + Long.toHexString(thread.env().pc()) + ", address 0x" + Long.toHexString(info.address()) + "\n");
        }
    }

    long dispatch(GuestThread thread, int number, long a0, long a1, long a2, long a3, long a4, long a5) {
        if (deferred != null) {
            deferred.beforeCall(thread, number, a0, a1, a2, a3);
        }
        if (log.isBehind()) {
            log.flush();
        }
        if (strace == null) {
            return dispatcher.dispatch(thread, number, a0, a1, a2, a3, a4, a5);
        }
        long[] arguments = {a0, a1, a2, a3, a4, a5};
        strace.enter(thread, number, arguments);
        long result = dispatcher.dispatch(thread, number, a0, a1, a2, a3, a4, a5);
        strace.leave(thread, number, arguments, result);
        return result;
    }

    // ---- threads

    /// Stops all other threads outside guest code, runs `work`, and lets them go on.
    void whileOthersStop(Runnable work) {
        if (multithreaded) {
            gate.begin(threads.all());
        }
        work.run();
        if (multithreaded) {
            gate.end();
        }
    }

    ThreadTable threads() {
        return threads;
    }

    /// The guest's CPU.
    public CpuModel cpu() {
        return translator.cpu();
    }

    /// How many threads the guest has.
    public int threadCount() {
        return threads.count();
    }

    /// The live thread with this id, or `null`.
    public @Nullable GuestThread thread(int tid) {
        return threads.byTid(tid);
    }

    /// The thread whose id is the process's, or `null` when it has ended.
    public @Nullable GuestThread firstThread() {
        return thread(pid());
    }

    /// Whether the guest has one thread, the caller's.
    public boolean isSingleThreaded() {
        return threads.count() == 1;
    }

    /// Called once, by the only thread, before it makes a second one.
    void becomeMultithreaded() {
        if (!multithreaded) {
            multithreaded = true;
            memory.space().share();
            if (instrumentation.isActive()) {
                // QEMU translates everything anew at this point, so plugins see it
                blocks.flush();
                instrumentation.flushed();
            }
        }
    }

    /// From now on an access that fails stops translated code exactly there; code that cannot do that is dropped.
    void makeFaultsPrecise() {
        if (faultsPrecise) {
            return;
        }
        faultsPrecise = true;
        host.setFaultMode(FaultMode.POST_CHECK);
        if (multithreaded) {
            gate.begin(threads.all());
        }
        translator.dropImpreciseRegions(blocks);
        if (multithreaded) {
            gate.end();
        }
    }

    /// Whether a fault of guest code is kept for us although nobody handles it, or ends this process at once: not
    /// while a child's code is executed here.
    void keepFaults(boolean forChild) {
        if (multithreaded) {
            makeFaultsPrecise(); // others must not go on after theirs
        } else if (!faultsPrecise) {
            host.setFaultMode(forChild ? FaultMode.POST_CHECK : FaultMode.DIE);
        }
    }

    /// Makes room in plugins' scoreboards and tells them of a new vCPU, on its thread, before its first
    /// instruction.
    void vcpuStarted(GuestThread thread) {
        int index = thread.env().index();
        if (!instrumentation.isActive()) {
            return;
        }
        if (index >= instrumentation.vcpuCount()) {
            gate.begin(threads.all());
            instrumentation.reserveVcpus(index + 1);
            gate.end();
        }
        enterGuest(thread);
        instrumentation.vcpuStarted(thread.env());
        leaveGuest(thread);
    }

    /// Tells plugins that a vCPU ends while others remain, on its thread, which is in a system call.
    void vcpuEnded(GuestThread thread) {
        if (instrumentation.isActive()) {
            enterGuest(thread);
            instrumentation.vcpuEnded(thread.env());
            leaveGuest(thread);
        }
    }

    /// Resets and removes plugins that asked for it. The caller executes no guest code.
    void servePlugins() {
        if (multithreaded) {
            gate.begin(threads.all());
        }
        try {
            instrumentation.depart(blocks::flush);
        } finally {
            if (multithreaded) {
                gate.end();
            }
        }
    }

    void enterGuest(GuestThread thread) {
        if (deferred != null) {
            deferred.enterGuest();
        } else if (multithreaded) {
            gate.enter(thread);
        }
    }

    void leaveGuest(GuestThread thread) {
        if (deferred != null) {
            deferred.leaveGuest();
        } else if (multithreaded) {
            gate.leave(thread);
        }
    }

    // ---- the end

    /// Ends the process with `status`, all threads. The caller executes no guest code.
    public void exit(int status) {
        if (deferred != null) {
            host.exit(status);
            throw new ProcessLeft();
        }
        finishLogs();
        if (Boolean.getBoolean("jqemu.training")) {
            // the JVM writes its AOT cache only when it ends itself
            Runtime.getRuntime().halt(status);
        }
        host.exit(status);
    }

    /// Ends the process by a signal that `thread` got, as its default action does. The caller executes no guest
    /// code.
    void endBySignal(GuestThread thread, SignalInfo info) {
        if (deferred != null) {
            host.dieBySignal(info.signal());
            throw new ProcessLeft();
        }
        if (Signals.dumpsCore(info.signal())) {
            dumpCore(thread, info);
        }
        finishLogs();
        host.dieBySignal(info.signal());
    }

    /// Whether a signal that ends the process leaves a core file.
    boolean wantsCore() {
        return Rlimits.soft(host, Rlimits.CORE) != 0;
    }

    /// Writes the guest's core file, as RLIMIT_CORE allows, in place of the JVM's.
    private void dumpCore(GuestThread thread, SignalInfo info) {
        long limit = Rlimits.soft(host, Rlimits.CORE);
        if (limit == 0) {
            return;
        }
        if (multithreaded) {
            gate.begin(threads.all());
        }
        Rlimits.setSoft(host, Rlimits.CORE, 0);
        if (CoreFile.write(thread, threads.all(), info, limit)) {
            System.err.println("jqemu-user: uncaught target signal " + info.signal() + " ("
                    + Signals.description(info.signal()) + ") - core dumped");
            System.err.flush();
        }
        if (multithreaded) {
            gate.end();
        }
    }

    private void finishLogs() {
        logStatistics();
        finishPlugins();
        log.flush();
        if (options.perfMap()) {
            PerfMap.write(host, pid, program.symbols().table());
        }
    }

    private void logStatistics() {
        if (!options.logs(LogItem.STATS)) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (GuestThread thread : threads.all()) {
            text.append(thread.vcpu().statistics());
        }
        log.write(text.append(translator.statistics()).toString());
    }

    private void finishPlugins() {
        if (instrumentation.isActive()) {
            if (multithreaded) {
                gate.begin(threads.all());
            }
            instrumentation.depart(blocks::flush);
            instrumentation.processExits();
        }
    }
}
