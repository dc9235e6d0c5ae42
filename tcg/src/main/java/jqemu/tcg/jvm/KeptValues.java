package jqemu.tcg.jvm;

import java.util.Arrays;
import jqemu.tcg.ir.IrBlock;

/// Which values of a block are kept in locals, and in which. A local is used again when nobody needs its value any
/// more: the fewer there are, the less HotSpot's compilers copy at each branch.
final class KeptValues {
    private final CodeWriter code;
    private final int first;
    private ValueUses uses = new ValueUses(new IrBlock());

    /// For each value: its local, or -1.
    private int[] local = {};

    private boolean[] isDouble = {};

    /// For each local for temporaries: the last op that needs what it holds.
    private int[] busyUntil = new int[16];

    private int temporaries;
    private int position;

    /// @param first the first local that is free
    KeptValues(CodeWriter code, int first) {
        this.code = code;
        this.first = first;
    }

    /// Begins with a block of `size` ops.
    void start(ValueUses usesOfBlock, int size) {
        uses = usesOfBlock;
        local = new int[size];
        Arrays.fill(local, -1);
        isDouble = new boolean[size];
        temporaries = 0;
    }

    /// Whether value `n` is in a local.
    boolean contains(int n) {
        return local[n] >= 0;
    }

    /// Whether value `n` is in a local of type double.
    boolean isDouble(int n) {
        return isDouble[n];
    }

    /// The local of value `n`.
    int local(int n) {
        return local[n];
    }

    /// Says that op `n` is emitted next.
    void at(int n) {
        position = n;
    }

    /// Keeps the value on the stack, that of op `n`, in a local.
    void keep(int n) {
        keepUntil(uses.lastUse(n), n);
    }

    /// As [#keep], at least until [#release].
    void keepUntilReleased(int n) {
        keepUntil(Integer.MAX_VALUE, n);
    }

    private void keepUntil(int last, int n) {
        local[n] = temporary(last);
        code.lstore(local[n]);
    }

    /// Ends [#keepUntilReleased]: from now on value `n` is needed for its users alone.
    void release(int n) {
        busyUntil[(local[n] - first) / 2] = uses.lastUse(n);
    }

    /// Keeps the double on the stack, the value of op `n`, in a local.
    void keepDouble(int n) {
        local[n] = temporary(uses.lastUse(n));
        isDouble[n] = true;
        code.dstore(local[n]);
    }

    /// A local that nothing before the current op needs from here on, busy until op `last`.
    private int temporary(int last) {
        int free = 0;
        while (free < temporaries && busyUntil[free] >= position) {
            free++;
        }
        if (free == temporaries) {
            temporaries++;
            if (temporaries > busyUntil.length) {
                busyUntil = Arrays.copyOf(busyUntil, temporaries * 2);
            }
        }
        busyUntil[free] = last;
        return first + 2 * free;
    }
}
