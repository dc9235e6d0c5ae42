package jqemu.syscall.process;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import jqemu.plugin.api.Scoreboard;

/// What plugins' scoreboards hold, on the way from a process to the child that it forked.
final class ForkedScoreboards {
    private ForkedScoreboards() {}

    static void write(DataOutput out, List<Scoreboard> scoreboards) throws IOException {
        out.writeInt(scoreboards.size());
        for (Scoreboard scoreboard : scoreboards) {
            long[] cells = scoreboard.cells();
            out.writeInt(scoreboard.cellCount());
            out.writeInt(scoreboard.capacity());
            out.writeInt(cells.length);
            for (long cell : cells) {
                out.writeLong(cell);
            }
        }
    }

    /// Fills scoreboards that the child's plugins made; where a plugin made others than in the parent, they stay
    /// empty.
    static void read(DataInput in, List<Scoreboard> scoreboards) throws IOException {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            int cellCount = in.readInt();
            int capacity = in.readInt();
            long[] cells = new long[in.readInt()];
            for (int cell = 0; cell < cells.length; cell++) {
                cells[cell] = in.readLong();
            }
            if (i < scoreboards.size() && scoreboards.get(i).cellCount() == cellCount) {
                scoreboards.get(i).ensureCapacity(capacity);
                System.arraycopy(cells, 0, scoreboards.get(i).cells(), 0, cells.length);
            }
        }
    }
}
