/// The Linux personality: CPU loop, system calls, signals, threads, and the program's `main`.
@org.jspecify.annotations.NullMarked
module jqemu.syscall {
    requires static org.jspecify;
    requires java.management;
    requires jqemu.tcg;

    exports jqemu.syscall.launcher;
}
