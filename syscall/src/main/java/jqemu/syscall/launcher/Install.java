package jqemu.syscall.launcher;

import java.io.File;

/// The folder with `jqemu-user.jar`, `plugins` and `native`.
///
/// The other modules know it by system properties: `jqemu.home` (this folder, absolute) and `jqemu.native` (the
/// host library's file). The launcher script sets the first; after `java -jar` it is where the jar lies.
final class Install {
    private Install() {}

    /// Sets the properties that are not set yet. Classes run from elsewhere (tests, an IDE) have no install.
    static void locate() {
        String home = System.getProperty("jqemu.home");
        if (home == null) {
            String jar = System.getProperty("java.class.path", "");
            if (!jar.endsWith("jqemu-user.jar") || jar.indexOf(File.pathSeparatorChar) >= 0) {
                return;
            }
            home = new File(jar).getAbsoluteFile().getParent();
            System.setProperty("jqemu.home", home);
        }
        if (System.getProperty("jqemu.native") == null) {
            String machine = System.getProperty("os.arch", "");
            String architecture = machine.equals("amd64") ? "x86_64" : machine;
            File library =
                    new File(home.concat("/native/linux-").concat(architecture).concat("/libjqemu.so"));
            if (library.exists()) {
                System.setProperty("jqemu.native", library.getPath());
            }
        }
    }
}
