import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// Unpacks the files of a Debian package: `java -cp JARS UnpackDeb.java FILE.deb FOLDER`.
///
/// A `.deb` is an `ar` archive whose member `data.tar.COMPRESSION` holds the files. Ownership and times are not
/// restored, of the permissions only "executable" is. The program is no part of the product: `scripts/lib/fetch-debs`
/// runs it straight from source, with the class path of the module `loader`.
final class UnpackDeb {
    private final Path root;

    private UnpackDeb(Path root) {
        this.root = root;
    }

    /// Unpacks `args[0]` into the folder `args[1]`, which is created. Exits with status 1 and one line on failure.
    public static void main(String[] args) {
        if (args.length != 2) {
            System.err.println("usage: UnpackDeb FILE.deb FOLDER");
            System.exit(1);
        }
        try {
            Path root = Path.of(args[1]).toAbsolutePath().normalize();
            new UnpackDeb(root).unpack(Path.of(args[0]));
        } catch (IOException e) {
            System.err.println("UnpackDeb: " + args[0] + ": " + e.getMessage());
            System.exit(1);
        }
    }

    private void unpack(Path deb) throws IOException {
        try (var ar = new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(deb)))) {
            for (ArArchiveEntry member = ar.getNextEntry(); member != null; member = ar.getNextEntry()) {
                if (member.getName().startsWith("data.tar")) {
                    unpackTar(new TarArchiveInputStream(decompress(member.getName(), ar)));
                    return;
                }
            }
        }
        throw new IOException("no data.tar in it");
    }

    private static InputStream decompress(String name, InputStream in) throws IOException {
        return switch (name) {
            case "data.tar" -> in;
            case "data.tar.xz" -> new XZCompressorInputStream(in);
            case "data.tar.gz" -> new GzipCompressorInputStream(in);
            default -> throw new IOException(name + ": compression not supported");
        };
    }

    private void unpackTar(TarArchiveInputStream tar) throws IOException {
        Files.createDirectories(root);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path target = inside(entry.getName());
            if (entry.isDirectory()) {
                Files.createDirectories(target);
                continue;
            }
            Files.createDirectories(parentOf(target));
            Files.deleteIfExists(target);
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(target, linkTarget(target, entry.getLinkName()));
            } else if (entry.isLink()) {
                Files.copy(inside(entry.getLinkName()), target, LinkOption.NOFOLLOW_LINKS);
            } else if (entry.isFile()) {
                Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
                if ((entry.getMode() & 0111) != 0 && !target.toFile().setExecutable(true, false)) {
                    throw new IOException(entry.getName() + ": cannot make it executable");
                }
            }
        }
    }

    /// An absolute link means the root of the package, not that of the host.
    private Path linkTarget(Path link, String to) throws IOException {
        return to.startsWith("/") ? parentOf(link).relativize(inside(to)) : Path.of(to);
    }

    private static Path parentOf(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IOException(path + ": has no parent folder");
        }
        return parent;
    }

    /// The path of a member under the root; a name that leads out of it is refused.
    private Path inside(String name) throws IOException {
        Path target = root.resolve("./" + name).normalize();
        if (!target.startsWith(root)) {
            throw new IOException(name + ": leads out of the folder");
        }
        return target;
    }
}
