package jqemu.plugin.coverage;

import java.util.Map;
import java.util.TreeMap;

/// How often the lines and functions of one source file were executed.
///
/// @param path      the file
/// @param lines     line numbers and counts, 0 for code that was not executed
/// @param functions functions that begin in this file, by name
record SourceCounts(String path, TreeMap<Integer, Long> lines, TreeMap<String, FunctionCount> functions) {
    SourceCounts(String path) {
        this(path, new TreeMap<>(), new TreeMap<>());
    }

    /// A function.
    ///
    /// @param line  where it begins
    /// @param count how often it was entered
    record FunctionCount(int line, long count) {}

    /// A line has the count of its most executed part.
    void add(int line, long count) {
        lines.merge(line, count, Math::max);
    }

    long executedLines() {
        return lines.values().stream().filter(count -> count > 0).count();
    }

    long executedFunctions() {
        return functions.values().stream()
                .filter(function -> function.count > 0)
                .count();
    }

    /// This file's part of an lcov tracefile (geninfo(1), section FILES).
    String lcov() {
        StringBuilder text = new StringBuilder("TN:\nSF:").append(path).append('\n');
        for (Map.Entry<String, FunctionCount> function : functions.entrySet()) {
            text.append("FN:%d,%s%n".formatted(function.getValue().line, function.getKey()));
        }
        for (Map.Entry<String, FunctionCount> function : functions.entrySet()) {
            text.append("FNDA:%d,%s%n".formatted(function.getValue().count, function.getKey()));
        }
        text.append("FNF:%d%nFNH:%d%n".formatted(functions.size(), executedFunctions()));
        lines.forEach((line, count) -> text.append("DA:%d,%d%n".formatted(line, count)));
        return text.append("LF:%d%nLH:%d%nend_of_record%n".formatted(lines.size(), executedLines()))
                .toString();
    }
}
