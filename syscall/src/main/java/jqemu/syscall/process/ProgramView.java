package jqemu.syscall.process;

import java.nio.charset.StandardCharsets;
import jqemu.loader.elf.SymbolTable;
import jqemu.loader.image.ImageLayout;
import jqemu.loader.memory.GuestMemory;
import jqemu.syscall.launcher.LogItem;
import jqemu.tcg.instrument.ProgramFacts;
import org.jspecify.annotations.Nullable;

/// What plugins see of the guest program.
final class ProgramView implements ProgramFacts {
    private final LinuxProcess process;

    ProgramView(LinuxProcess process) {
        this.process = process;
    }

    private ImageLayout layout() {
        return process.program().layout();
    }

    @Override
    public String pathToBinary() {
        return new String(process.options().program(), StandardCharsets.UTF_8);
    }

    @Override
    public long startCode() {
        return layout().startCode();
    }

    @Override
    public long endCode() {
        return layout().endCode();
    }

    @Override
    public long entryCode() {
        return layout().entry();
    }

    @Override
    public @Nullable String symbol(long address) {
        SymbolTable.Location symbol = process.program().symbols().table().locate(address);
        return symbol == null ? null : symbol.name();
    }

    @Override
    public long symbolOffset(long address) {
        SymbolTable.Location symbol = process.program().symbols().table().locate(address);
        return symbol == null ? -1 : symbol.offset();
    }

    @Override
    public GuestMemory memory() {
        return process.memory();
    }

    @Override
    public void requestSafePoint() {
        for (GuestThread thread : process.threads().all()) {
            thread.vcpu().requestInterrupt();
        }
    }

    @Override
    public void print(String text) {
        if (process.options().logs(LogItem.PLUGIN)) {
            process.log(text);
        }
    }
}
