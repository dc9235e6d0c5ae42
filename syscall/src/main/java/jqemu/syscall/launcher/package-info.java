/// Where a run begins: from the command line to the options that the rest of the program works with.
///
/// In: what `execve` gave us, as bytes ([Launch]: arguments, environment, closed descriptors, signal state, partly
/// handed over by `scripts/jqemu-user`). Out: [Options]. [OptionParser] leads from one to the other, by the table in
/// [Option]. Read [Main] first. All of it is on the way to the first guest instruction: plain loops over bytes.
package jqemu.syscall.launcher;
