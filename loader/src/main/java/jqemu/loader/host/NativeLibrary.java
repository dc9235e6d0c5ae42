package jqemu.loader.host;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/// Finds and loads the JNI library: the file that the property `jqemu.native` names, else a plain file of the
/// installation (beside our jar, or in the folder of classes), else a private copy of the resource in a temporary
/// folder.
final class NativeLibrary {
    private static final String FILE = "libjqemu.so";

    private NativeLibrary() {}

    /// {@return whether there is a library for this kind of machine}
    static boolean isAvailable() {
        return System.getProperty("jqemu.native") != null || resource() != null;
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return "amd64".equals(name) ? "x86_64" : name;
    }

    private static @Nullable URL resource() {
        if (!"Linux".equals(System.getProperty("os.name"))) {
            return null;
        }
        String folder = "/jqemu/native/linux-".concat(architecture()).concat("/");
        return NativeLibrary.class.getResource(folder.concat(FILE));
    }

    @SuppressWarnings("restricted")
    static void load() {
        String path = System.getProperty("jqemu.native");
        if (path != null) {
            System.load(path);
            return;
        }
        URL url = resource();
        if (url == null) {
            throw new UnsatisfiedLinkError("no host library for ".concat(architecture()));
        }
        File file = plainFile(url.toString());
        if (file.isFile()) {
            System.load(file.getPath());
        } else {
            loadCopy(url);
        }
    }

    /// `file:/classes/jqemu/native/...` is the file itself, `jar:file:/lib/loader.jar!/jqemu/...` has it beside the
    /// jar.
    private static File plainFile(String url) {
        int inside = url.indexOf("!/");
        if (!url.startsWith("jar:file:") || inside < 0) {
            return url.startsWith("file:") ? new File(URI.create(url)) : new File("");
        }
        return new File(new File(URI.create(url.substring(4, inside))).getParentFile(), FILE);
    }

    private static void loadCopy(URL url) {
        byte[] library;
        try (InputStream in = url.openStream()) {
            library = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the host library", e);
        }
        // the second one for machines whose temporary folder does not allow programs
        if (!isLoaded(library, System.getProperty("java.io.tmpdir")) && !isLoaded(library, "/dev/shm")) {
            throw new UnsatisfiedLinkError("no temporary folder for the host library: set java.io.tmpdir");
        }
    }

    /// The file is gone again when this returns: the mapping keeps it alive. Only we can have created it, which
    /// `createNewFile` sees to; its name need not be secret, and a random one costs start-up.
    @SuppressWarnings("restricted")
    private static boolean isLoaded(byte[] library, String folder) {
        File copy = new File(
                folder, "jqemu-".concat(Long.toHexString(System.nanoTime())).concat(".so"));
        try {
            if (!copy.createNewFile()) {
                return false;
            }
        } catch (IOException unwritable) {
            return false;
        }
        try (FileOutputStream out = new FileOutputStream(copy)) {
            out.write(library);
            System.load(copy.getPath());
            return true;
        } catch (IOException | UnsatisfiedLinkError unusable) {
            return false;
        } finally {
            if (!copy.delete()) {
                copy.deleteOnExit();
            }
        }
    }
}
