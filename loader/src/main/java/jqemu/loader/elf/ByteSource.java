package jqemu.loader.elf;

import java.io.IOException;
import java.io.RandomAccessFile;

/// A file, or something like one, that can be read at any position.
///
/// The loader opens guest programs by byte-string paths through the host seam, the tests use byte
/// arrays, and an embedded ELF file (`.gnu_debugdata`) exists in memory only: this is what the
/// three have in common.
public interface ByteSource {
    /// {@return the number of bytes}
    long size() throws IOException;

    /// Reads up to `length` bytes that begin at `offset` into `buffer` from `start` on.
    ///
    /// @return how many bytes were read, 0 at or past the end
    int read(long offset, byte[] buffer, int start, int length) throws IOException;

    /// Reads until `length` bytes are there or the end is reached.
    ///
    /// @return how many bytes were read
    default int readFully(long offset, byte[] buffer, int start, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int count = read(offset + done, buffer, start + done, length - done);
            if (count <= 0) {
                break;
            }
            done += count;
        }
        return done;
    }

    /// {@return a source over an array, which is not copied}
    ///
    /// @param bytes the whole content
    static ByteSource of(byte[] bytes) {
        return new ArraySource(bytes);
    }

    /// {@return a source over an open file, which stays the caller's to close}
    ///
    /// Moves the file's position: use a file that nobody else reads.
    ///
    /// @param file open for reading
    static ByteSource of(RandomAccessFile file) {
        return new FileSource(file);
    }

    /// A source in memory.
    ///
    /// @param bytes the whole content
    @SuppressWarnings("ArrayRecordComponent") // sources are never compared
    record ArraySource(byte[] bytes) implements ByteSource {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(long offset, byte[] buffer, int start, int length) {
            if (offset < 0 || offset >= bytes.length) {
                return 0;
            }
            int count = (int) Math.min(length, bytes.length - offset);
            System.arraycopy(bytes, (int) offset, buffer, start, count);
            return count;
        }
    }

    /// A source over a file of `java.io`.
    ///
    /// @param file open for reading
    record FileSource(RandomAccessFile file) implements ByteSource {
        @Override
        public long size() throws IOException {
            return file.length();
        }

        @Override
        public int read(long offset, byte[] buffer, int start, int length) throws IOException {
            file.seek(offset);
            return Math.max(0, file.read(buffer, start, length));
        }
    }
}
