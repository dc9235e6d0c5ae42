package jqemu.loader.image;

import static jqemu.loader.host.HostConstants.MAP_ANONYMOUS;
import static jqemu.loader.host.HostConstants.MAP_FIXED;
import static jqemu.loader.host.HostConstants.MAP_NORESERVE;
import static jqemu.loader.host.HostConstants.MAP_PRIVATE;
import static jqemu.loader.host.HostConstants.PROT_BTI;
import static jqemu.loader.host.HostConstants.PROT_EXEC;
import static jqemu.loader.host.HostConstants.PROT_NONE;
import static jqemu.loader.host.HostConstants.PROT_READ;
import static jqemu.loader.host.HostConstants.PROT_WRITE;

import java.io.IOException;
import jqemu.loader.elf.ElfDiagnostics;
import jqemu.loader.elf.ElfFormatException;
import jqemu.loader.elf.ElfHeaders;
import jqemu.loader.elf.ProgramSymbols;
import jqemu.loader.elf.Segment;
import jqemu.loader.memory.AddressSpace;
import jqemu.loader.memory.GuestFault;
import jqemu.loader.memory.GuestMemory;
import jqemu.loader.memory.Mapping;

/// Loads a program: file in, [LoadedProgram] out. Read [#load] first.
///
/// Segments are mapped as Linux does it (`elf_load` in `fs/binfmt_elf.c`): the pages with bytes of the
/// file are a private mapping of the file, what follows them in the last page is zeroed, and the
/// rest of the segment is anonymous memory. So a large program costs what it touches.
public final class ProgramLoader {
    private static final int ANONYMOUS = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;

    private final GuestMemory memory;
    private final ElfHeaders headers;
    private final ImageLayout layout;
    private final HostFile file;
    private final String name;

    private ProgramLoader(GuestMemory memory, ElfHeaders headers, ImageLayout layout, HostFile file) {
        this.memory = memory;
        this.headers = headers;
        this.layout = layout;
        this.file = file;
        this.name = file.realPath();
    }

    /// Loads a program into guest memory in which nothing is mapped yet.
    ///
    /// @param memory the guest's memory
    /// @param spec the program and what it is started with
    /// @param diagnostics is told, later, which symbols were left out
    /// @throws ElfFormatException if the program cannot be started; memory may then be partly mapped
    public static LoadedProgram load(GuestMemory memory, ProgramSpec spec, ElfDiagnostics diagnostics)
            throws ElfFormatException {
        HostFile file = HostFile.open(memory.host(), spec.path());
        boolean loaded = false;
        try {
            ElfHeaders headers = ElfHeaders.read(file, memory.size());
            ImageLayout layout = new ImageLayout(headers, memory.size(), spec.stackSize());
            StackImage stack = new StackImage(layout, headers, spec);
            ProgramLoader loader = new ProgramLoader(memory, headers, layout, file);
            loader.mapSegments();
            loader.mapStack(stack);
            loaded = true;
            ProgramSymbols symbols = new ProgramSymbols(file, layout.bias(), diagnostics);
            return new LoadedProgram(headers, layout, stack, file, symbols);
        } catch (IOException e) {
            throw ElfFormatException.notLoadable(String.valueOf(e.getMessage()));
        } catch (GuestFault fault) {
            // The pages were mapped a moment ago: the file became shorter.
            throw ElfFormatException.notLoadable(Errno.text(5));
        } finally {
            if (!loaded) {
                file.close();
            }
        }
    }

    /// Says what [#load] would, without loading anything: for a forked process, whose memory is there already.
    ///
    /// @param path where the program's file is now
    /// @throws ElfFormatException if the file is no longer that of the program
    public static LoadedProgram describe(GuestMemory memory, ProgramSpec spec, byte[] path, ElfDiagnostics diagnostics)
            throws ElfFormatException {
        HostFile file = HostFile.open(memory.host(), path);
        try {
            ElfHeaders headers = ElfHeaders.read(file, memory.size());
            ImageLayout layout = new ImageLayout(headers, memory.size(), spec.stackSize());
            StackImage stack = new StackImage(layout, headers, spec);
            return new LoadedProgram(
                    headers, layout, stack, file, new ProgramSymbols(file, layout.bias(), diagnostics));
        } catch (IOException e) {
            file.close();
            throw ElfFormatException.notLoadable(String.valueOf(e.getMessage()));
        }
    }

    private void mapSegments() throws ElfFormatException {
        if (layout.imageStart() < AddressSpace.LOWEST) {
            throw ElfFormatException.invalid("segments begin below 0x" + Long.toHexString(AddressSpace.LOWEST));
        }
        for (int i = 0; i < headers.segmentCount(); i++) {
            mapSegment(i);
        }
    }

    private void mapSegment(int index) throws ElfFormatException {
        Segment segment = headers.segment(index);
        int protection = protectionOf(segment) | (headers.isGuarded() && segment.isExecutable() ? PROT_BTI : 0);
        long start = segment.vaddr() + layout.bias();
        long fileEnd = start + segment.fileSize();
        long end = ImageLayout.pageUp(start + segment.memSize());
        long firstPage = ImageLayout.pageDown(start);
        long zeroFrom = fileEnd;
        if (segment.fileSize() != 0) {
            mapFromFile(segment, firstPage, ImageLayout.pageUp(fileEnd), protection);
        } else if (!isShared(index, firstPage)) {
            zeroFrom = firstPage;
        }
        // Here `zeroFrom` lies within a page that is mapped, or on the edge of one that is not.
        long anonymousFrom = ImageLayout.pageUp(zeroFrom);
        long zeroTo = Math.min(anonymousFrom, start + segment.memSize());
        if (zeroTo > zeroFrom) {
            zero(zeroFrom, segment.isWritable() ? anonymousFrom : zeroTo);
        }
        if (end > anonymousFrom) {
            check(memory.space().map(anonymousFrom, end - anonymousFrom, protection, ANONYMOUS, -1, 0, null));
        }
    }

    private void mapFromFile(Segment segment, long from, long to, int protection) throws ElfFormatException {
        long offset = segment.offset() - (segment.vaddr() + layout.bias() - from);
        check(memory.space().map(from, to - from, protection, MAP_PRIVATE | MAP_FIXED, file.fd(), offset, name));
    }

    /// {@return whether an earlier segment has bytes in the page, which a segment without bytes in the
    /// file must then leave there}
    private boolean isShared(int index, long page) {
        for (int i = 0; i < index; i++) {
            Segment earlier = headers.segment(i);
            if (ImageLayout.pageDown(earlier.vaddr() + layout.bias()) <= page
                    && page < ImageLayout.pageUp(earlier.end() + layout.bias())) {
                return true;
            }
        }
        return false;
    }

    /// Zeroes a part of one page that is mapped, whatever its protection.
    private void zero(long from, long to) throws ElfFormatException {
        AddressSpace space = memory.space();
        long page = ImageLayout.pageDown(from);
        Mapping mapping = space.find(page);
        int protection = mapping == null ? PROT_NONE : mapping.protection();
        byte[] zeros = new byte[(int) (to - from)];
        if ((protection & PROT_WRITE) != 0) {
            memory.write(from, zeros);
        } else {
            check(space.protect(page, GuestMemory.PAGE_SIZE, PROT_READ | PROT_WRITE));
            memory.write(from, zeros);
            check(space.protect(page, GuestMemory.PAGE_SIZE, protection));
        }
    }

    private void mapStack(StackImage stack) throws ElfFormatException {
        long low = layout.stackLow();
        int protection = PROT_READ | PROT_WRITE | (headers.hasExecutableStack() ? PROT_EXEC : 0);
        AddressSpace space = memory.space();
        check(space.map(layout.guardLow(), GuestMemory.PAGE_SIZE, PROT_NONE, ANONYMOUS | MAP_NORESERVE, -1, 0, null));
        check(space.map(low, layout.stackHigh() - low, protection, ANONYMOUS | MAP_NORESERVE, -1, 0, "[stack]"));
        space.setMmapTop(layout.guardLow());
        memory.write(stack.stackPointer(), stack.content());
    }

    private static int protectionOf(Segment segment) {
        int flags = segment.flags();
        return ((flags & Segment.READ) != 0 ? PROT_READ : 0)
                | ((flags & Segment.WRITE) != 0 ? PROT_WRITE : 0)
                | ((flags & Segment.EXECUTE) != 0 ? PROT_EXEC : 0);
    }

    private static void check(long result) throws ElfFormatException {
        if (result < 0) {
            throw ElfFormatException.invalid("cannot map the program: " + Errno.text((int) -result));
        }
    }
}
