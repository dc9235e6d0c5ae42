package jqemu.tcg.filetest;

import java.util.List;

/// What a file's command means.
interface Kind {
    /// The word after `test`.
    String name();

    /// Runs `test` and returns the file as it should be: the test passes when it is so already, and blessing writes
    /// it.
    List<String> run(FileTest test);
}
