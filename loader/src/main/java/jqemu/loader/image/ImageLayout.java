package jqemu.loader.image;

import jqemu.loader.elf.ElfFormatException;
import jqemu.loader.elf.ElfHeaders;
import jqemu.loader.elf.Segment;

/// Decides where a program's segments, its heap and its stack go in the guest's address space.
///
/// ```
/// 0 ... [segments][heap ->    ...    <- mmap] [guard page][stack] [64 KiB free] limit
/// ```
///
/// A position-independent program is put where Linux puts it, at two thirds of the address space
/// (`ELF_ET_DYN_BASE`), always at the same address: runs can be compared.
public final class ImageLayout {
    /// What stays free above the stack, in bytes.
    private static final long ROOM_ABOVE_STACK = 0x10000;

    private final ElfHeaders headers;
    private final long bias;
    private final long stackLow;
    private final long stackHigh;
    private long startCode;
    private long endCode;
    private long startData;
    private long endData;

    /// Decides for one program.
    ///
    /// @param headers the program's, read with the same limit
    /// @param limit the size of the guest's address space in bytes
    /// @param stackSize bytes of stack, a multiple of the page size
    /// @throws ElfFormatException if the program and its stack do not fit
    public ImageLayout(ElfHeaders headers, long limit, long stackSize) throws ElfFormatException {
        this.headers = headers;
        stackHigh = limit - ROOM_ABOVE_STACK;
        stackLow = stackHigh - stackSize;
        if (stackLow < ElfHeaders.PAGE_SIZE) {
            throw ElfFormatException.invalid("no room for a stack of " + stackSize + " bytes");
        }
        bias = headers.isPositionIndependent() ? chooseBias(limit) : 0;
        if (pageUp(headers.highest() + bias) > guardLow()) {
            throw ElfFormatException.invalid("no room for the program and a stack of " + stackSize + " bytes");
        }
        findCodeAndData();
    }

    private long chooseBias(long limit) throws ElfFormatException {
        long alignment = headers.alignment();
        if (alignment > limit) {
            throw ElfFormatException.invalid("no room for segments aligned to 0x" + Long.toHexString(alignment));
        }
        long wanted = (limit / 3 * 2) & -alignment;
        if (pageUp(headers.highest()) <= guardLow() - wanted) {
            return wanted;
        }
        // A program that fills more than a third of the space begins as low as it may.
        return headers.lowest() == 0 ? Math.max(alignment, ROOM_ABOVE_STACK) : 0;
    }

    /// Finds the ranges as QEMU states them to plugins: start and end of code are the lowest start
    /// and the highest end in the file of all executable segments.
    private void findCodeAndData() {
        boolean found = false;
        for (int i = 0; i < headers.segmentCount(); i++) {
            Segment segment = headers.segment(i);
            long start = segment.vaddr() + bias;
            long fileEnd = segment.fileEnd() + bias;
            if (segment.isExecutable()) {
                startCode = found ? Math.min(startCode, start) : start;
                endCode = Math.max(endCode, fileEnd);
                found = true;
            }
            startData = Math.max(startData, start);
            endData = Math.max(endData, fileEnd);
        }
    }

    /// {@return what is added to every address in the file}
    public long bias() {
        return bias;
    }

    /// {@return the address of the first instruction}
    public long entry() {
        return headers.entry() + bias;
    }

    /// {@return where the program headers are in memory, for `AT_PHDR`, or 0 if no segment holds them}
    public long programHeaders() {
        long offset = headers.tableOffset();
        for (int i = 0; i < headers.segmentCount(); i++) {
            Segment segment = headers.segment(i);
            if (offset >= segment.offset() && offset < segment.offset() + segment.fileSize()) {
                return offset - segment.offset() + segment.vaddr() + bias;
            }
        }
        return 0;
    }

    /// {@return the first address of executable segments, or 0 if there are none}
    public long startCode() {
        return startCode;
    }

    /// {@return the end of what executable segments have in the file}
    public long endCode() {
        return endCode;
    }

    /// {@return the start of the last segment, where Linux says that data begin}
    public long startData() {
        return startData;
    }

    /// {@return the end of what segments have in the file}
    public long endData() {
        return endData;
    }

    /// {@return the first address of the program, a multiple of the page size}
    public long imageStart() {
        return pageDown(headers.lowest() + bias);
    }

    /// {@return the end of the program, where the heap begins (`brk`), a multiple of the page size}
    public long imageEnd() {
        return pageUp(headers.highest() + bias);
    }

    /// {@return the first address of the guard page, which must stay unmapped}
    public long guardLow() {
        return stackLow - ElfHeaders.PAGE_SIZE;
    }

    /// {@return the lowest address of the stack}
    public long stackLow() {
        return stackLow;
    }

    /// {@return the first address above the stack}
    public long stackHigh() {
        return stackHigh;
    }

    static long pageDown(long address) {
        return address & -ElfHeaders.PAGE_SIZE;
    }

    static long pageUp(long address) {
        return pageDown(address + ElfHeaders.PAGE_SIZE - 1);
    }
}
