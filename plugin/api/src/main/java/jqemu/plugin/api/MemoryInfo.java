package jqemu.plugin.api;

import org.jspecify.annotations.Nullable;

/// What is known about a memory access when its instruction is translated; made once per access in the code.
///
/// It may be kept. Get it from the emulator: a later version may have more components.
///
/// ```java
/// insn.onMemory(MemoryAccess.READ_WRITE, (vcpu, vaddr, info) ->
///         context.print((info.isStore() ? "store " : "load ") + info.size() + " bytes\n"));
/// ```
///
/// Mirrors `qemu_plugin_meminfo_t` and the `qemu_plugin_mem_` queries.
///
/// @param sizeShift      the logarithm of the size in bytes: 0 for one byte to 4 for 16 bytes
/// @param isSignExtended whether the instruction extends the value with its sign
/// @param isBigEndian    whether the most significant byte comes first
/// @param isStore        whether it writes, not reads
public record MemoryInfo(int sizeShift, boolean isSignExtended, boolean isBigEndian, boolean isStore) {
    /// Checks the size.
    ///
    /// @throws IllegalArgumentException when `sizeShift` is not in 0 to 4
    public MemoryInfo {
        if (sizeShift < 0 || sizeShift > 4) {
            throw new IllegalArgumentException("size shift " + sizeShift + " is not in 0 to 4");
        }
    }

    /// The size of the access.
    ///
    /// @return 1, 2, 4, 8 or 16 bytes
    public int size() {
        return 1 << sizeShift;
    }

    /// The physical address behind the access: `null`, because a guest process has none.
    /// Mirrors `qemu_plugin_get_hwaddr`.
    ///
    /// @param vaddr the address that the callback got
    /// @return `null` in user mode
    public @Nullable HardwareAddress hardwareAddress(long vaddr) {
        return null;
    }
}
