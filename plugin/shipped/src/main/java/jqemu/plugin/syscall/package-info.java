/// The plugin `syscall`: system calls, counted or printed.
package jqemu.plugin.syscall;
