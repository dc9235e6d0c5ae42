package jqemu.tcg.instrument;

import jqemu.plugin.api.RegisterAccess;

/// What the plugin callback that a vCPU runs may do with its registers; plain numbers, since callbacks that ask for
/// registers set them each time. Each includes those below it.
public final class Access {
    /// Nothing; no callback runs.
    public static final int NONE = 0;
    /// Read registers.
    public static final int READ = 1;
    /// Write registers.
    public static final int WRITE = 2;
    /// Go on at another pc.
    public static final int JUMP = 3;

    private Access() {}

    static int of(RegisterAccess registers) {
        return switch (registers) {
            case NONE -> NONE;
            case READ -> READ;
            case READ_WRITE -> JUMP;
        };
    }
}
