/// Whole guest programs under the packaged emulator: in, `test-binaries` and the fetched real guests; out, what they
/// print and how they end, compared with what was recorded under QEMU. Start with [jqemu.syscall.guests.GuestCasesIT].
package jqemu.syscall.guests;
