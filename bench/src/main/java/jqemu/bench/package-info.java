/// JMH benchmarks, one class per stage of the pipeline: decode, translate, optimize, execute, instrument.
///
/// Times are per guest instruction wherever that makes sense, so that the stages can be added up. `docs/performance.md`
/// has the numbers.
@NullMarked
package jqemu.bench;

import org.jspecify.annotations.NullMarked;
