package jqemu.syscall.core;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.image.StackImage;
import jqemu.loader.memory.GuestMemory;
import jqemu.loader.memory.Mapping;
import jqemu.syscall.process.GuestThread;
import jqemu.syscall.process.LinuxProcess;
import jqemu.syscall.signal.SignalInfo;
import jqemu.syscall.signal.UserRegisters;
import jqemu.tcg.cpu.Slot;

/// The notes of a core file: the process, its signal, its mappings, and each thread's registers, the thread that got
/// the signal first. Layouts are those of Linux's `linux/elfcore.h` and `linux/elf.h` for AArch64.
final class CoreNotes {
    private static final int NT_PRSTATUS = 1;
    private static final int NT_FPREGSET = 2;
    private static final int NT_PRPSINFO = 3;
    private static final int NT_AUXV = 6;
    private static final int NT_FILE = 0x4649_4c45;
    private static final int NT_SIGINFO = 0x5349_4749;
    private static final int NT_ARM_TLS = 0x401;

    private static final int PRSTATUS_SIZE = 392;
    private static final int PR_CURSIG = 12;
    private static final int PR_SIGHOLD = 24;
    private static final int PR_PID = 32;
    private static final int PR_REG = 112;
    private static final int PR_FPVALID = PR_REG + UserRegisters.GENERAL_SIZE;

    private static final int FPSIMD_SIZE = UserRegisters.VECTOR_SIZE + 16;

    private static final int PRPSINFO_SIZE = 136;
    private static final int PR_UID = 16;
    private static final int PR_IDS = 24;
    private static final int PR_FNAME = 40;
    private static final int FNAME_SIZE = 16;
    private static final int PR_PSARGS = 56;
    private static final int PSARGS_SIZE = 80;

    private final LinuxProcess process;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    CoreNotes(LinuxProcess process) {
        this.process = process;
    }

    /// The contents of the note segment.
    byte[] all(GuestThread dying, List<GuestThread> threads, SignalInfo info, List<Mapping> mappings) {
        status(dying, info.signal());
        note("CORE", NT_PRPSINFO, processInfo());
        note("CORE", NT_SIGINFO, info.bytes());
        note("CORE", NT_AUXV, process.program().stack().auxv());
        note("CORE", NT_FILE, files(mappings));
        registers(dying);
        for (GuestThread thread : threads) {
            if (thread != dying) {
                status(thread, 0);
                registers(thread);
            }
        }
        return out.toByteArray();
    }

    private static ByteBuffer over(byte[] structure) {
        return ByteBuffer.wrap(structure).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// A note, elf(5): name and contents are padded to multiples of 4.
    private void note(String owner, int type, byte[] contents) {
        byte[] name = (owner + "\0").getBytes(StandardCharsets.ISO_8859_1);
        byte[] head = new byte[12 + pad(name.length)];
        over(head).putInt(name.length).putInt(contents.length).putInt(type).put(name);
        out.writeBytes(head);
        out.writeBytes(contents);
        out.writeBytes(new byte[pad(contents.length) - contents.length]);
    }

    private static int pad(int size) {
        return (size + 3) & -4;
    }

    private void status(GuestThread thread, int signal) {
        byte[] structure = new byte[PRSTATUS_SIZE];
        ByteBuffer status = over(structure);
        status.putInt(0, signal).putShort(PR_CURSIG, (short) signal);
        status.putLong(PR_SIGHOLD, thread.signals().mask());
        status.putInt(PR_PID, thread.tid()).putInt(PR_PID + 4, id(HostSyscall.GETPPID));
        status.putInt(PR_PID + 8, id(HostSyscall.GETPGID)).putInt(PR_PID + 12, id(HostSyscall.GETSID));
        UserRegisters.putGeneral(status, PR_REG, thread.env());
        status.putInt(PR_FPVALID, 1);
        note("CORE", NT_PRSTATUS, structure);
    }

    private void registers(GuestThread thread) {
        byte[] structure = new byte[FPSIMD_SIZE];
        ByteBuffer vectors = over(structure);
        UserRegisters.putVectors(vectors, 0, thread.env());
        vectors.putInt(UserRegisters.VECTOR_SIZE, (int) thread.env().get(Slot.FPSR));
        vectors.putInt(UserRegisters.VECTOR_SIZE + 4, (int) thread.env().get(Slot.FPCR));
        note("CORE", NT_FPREGSET, structure);
        byte[] tls = new byte[Long.BYTES];
        over(tls).putLong(thread.env().get(Slot.TPIDR));
        note("LINUX", NT_ARM_TLS, tls);
    }

    private int id(int syscall) {
        return (int) process.host().syscall(syscall, 0);
    }

    private byte[] processInfo() {
        byte[] structure = new byte[PRPSINFO_SIZE];
        ByteBuffer info = over(structure);
        info.put(1, (byte) 'R');
        info.putInt(PR_UID, id(HostSyscall.GETUID)).putInt(PR_UID + 4, id(HostSyscall.GETGID));
        info.putInt(PR_IDS, process.pid()).putInt(PR_IDS + 4, id(HostSyscall.GETPPID));
        info.putInt(PR_IDS + 8, id(HostSyscall.GETPGID)).putInt(PR_IDS + 12, id(HostSyscall.GETSID));
        String path = process.program().file().realPath();
        byte[] name = path.substring(path.lastIndexOf('/') + 1).getBytes(StandardCharsets.ISO_8859_1);
        info.put(PR_FNAME, name, 0, Math.min(name.length, FNAME_SIZE - 1));
        StackImage stack = process.program().stack();
        int size = (int) Math.min(stack.argumentsEnd() - stack.argumentsStart(), PSARGS_SIZE - 1);
        byte[] arguments = process.memory().read(stack.argumentsStart(), size);
        for (int i = 0; i < size; i++) {
            info.put(PR_PSARGS + i, arguments[i] == 0 ? (byte) ' ' : arguments[i]);
        }
        return structure;
    }

    /// Which files are mapped where: counts, then addresses and offsets in pages, then names.
    private static byte[] files(List<Mapping> mappings) {
        List<Mapping> files = mappings.stream().filter(CoreNotes::isFile).toList();
        byte[] numbers = new byte[(2 + 3 * files.size()) * Long.BYTES];
        ByteBuffer target = over(numbers);
        target.putLong(files.size()).putLong(GuestMemory.PAGE_SIZE);
        StringBuilder names = new StringBuilder();
        for (Mapping mapping : files) {
            target.putLong(mapping.start()).putLong(mapping.end()).putLong(mapping.offset() / GuestMemory.PAGE_SIZE);
            names.append(mapping.name()).append('\0');
        }
        ByteArrayOutputStream note = new ByteArrayOutputStream();
        note.writeBytes(numbers);
        note.writeBytes(names.toString().getBytes(StandardCharsets.ISO_8859_1));
        return note.toByteArray();
    }

    private static boolean isFile(Mapping mapping) {
        String name = mapping.name();
        return name != null && name.startsWith("/");
    }
}
