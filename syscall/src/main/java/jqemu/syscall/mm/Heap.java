package jqemu.syscall.mm;

/// Where the guest's heap begins and how far brk(2) has moved its end; guarded by itself.
public final class Heap {
    private final long start;
    private long end;

    /// An empty heap.
    ///
    /// @param start where it begins, a multiple of the page size
    public Heap(long start) {
        this(start, start);
    }

    /// A heap that has grown to `end`.
    public Heap(long start, long end) {
        this.start = start;
        this.end = end;
    }

    /// Where it begins.
    public long start() {
        return start;
    }

    /// The current end: the value of `brk`.
    public synchronized long end() {
        return end;
    }

    synchronized void setEnd(long newEnd) {
        end = newEnd;
    }

    /// The same heap for a child process.
    public Heap copy() {
        return new Heap(start, end());
    }
}
