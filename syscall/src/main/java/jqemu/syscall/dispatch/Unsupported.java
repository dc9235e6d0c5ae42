package jqemu.syscall.dispatch;

import jqemu.syscall.abi.Errno;
import jqemu.syscall.launcher.LogItem;
import jqemu.syscall.process.GuestThread;

/// What becomes of a system call that has no handler.
final class Unsupported {
    /// What a system call with a bad address returns.
    static final long EFAULT = -Errno.EFAULT;

    private Unsupported() {}

    /// Logs the call where `-d unimp` asks for it.
    ///
    /// @return `-ENOSYS`
    static long report(GuestThread thread, int number) {
        if (thread.process().options().logs(LogItem.UNIMP)) {
            thread.process()
                    .log("Unsupported syscall: "
                            .concat(Integer.toString(number))
                            .concat("\n"));
        }
        return -Errno.ENOSYS;
    }
}
