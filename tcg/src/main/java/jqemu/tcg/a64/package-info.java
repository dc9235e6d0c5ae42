/// The A64 front end: an instruction word comes in, its translator method is called with the fields.
///
/// The tables `tcg/src/main/decode/*.decode` declare each instruction once. The build generates from them an
/// interface per encoding group, [Decoder] (calls the translators, which build IR with `jqemu.tcg.ir`),
/// [PatternDecoder] and [Patterns] (the tables as data, for tests and coverage) and [Disassembler].
package jqemu.tcg.a64;
