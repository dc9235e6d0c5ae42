package jqemu.plugin.api;

/// A physical address of an emulated machine; a guest process has none, so [MemoryInfo#hardwareAddress] is `null`.
///
/// ```java
/// insn.onMemory(MemoryAccess.READ, (vcpu, vaddr, info) -> {
///     HardwareAddress hardware = info.hardwareAddress(vaddr);
///     boolean io = hardware != null && hardware.isIo();
///     context.print(io ? "io\n" : "memory\n");
/// });
/// ```
public interface HardwareAddress {
    /// Tells whether a device is behind the address. Mirrors `qemu_plugin_hwaddr_is_io`.
    ///
    /// @return whether it is not memory
    boolean isIo();

    /// The physical address. Mirrors `qemu_plugin_hwaddr_phys_addr`.
    ///
    /// @return an address, unique in its address space only
    long physicalAddress();

    /// The name of the device behind the address. Mirrors `qemu_plugin_hwaddr_device_name`.
    ///
    /// @return a name
    String deviceName();
}
