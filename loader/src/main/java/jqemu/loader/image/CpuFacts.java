package jqemu.loader.image;

/// What the auxiliary vector tells the guest about its CPU.
///
/// @param hwcap `AT_HWCAP`, a bit per feature as `asm/hwcap.h` names them
/// @param hwcap2 `AT_HWCAP2`
/// @param hwcap3 `AT_HWCAP3`
public record CpuFacts(long hwcap, long hwcap2, long hwcap3) {}
