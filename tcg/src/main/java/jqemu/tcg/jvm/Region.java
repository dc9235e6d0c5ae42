package jqemu.tcg.jvm;

import java.lang.invoke.MethodHandle;
import jqemu.tcg.exec.Vcpu;
import jqemu.tcg.interp.BlockExit;
import org.jspecify.annotations.Nullable;

/// Compiled guest code: several translation blocks in one method of a generated class.
///
/// Entered at one guest address with all registers in env, and left with all registers in env.
///
/// **Calls.** A guest call is a Java call, and all guest state is in env across it. Whoever calls a region looks at how
/// it was left: by a return to the address behind its own call it goes on; by [BlockExit#LOOKUP] it goes on
/// at the new pc in its place ([Vcpu#continueAt]); everything else it hands on to its own caller, down to the
/// vCPU's loop. So no frame waits for something that may never come, whatever the guest does with its stacks.
public abstract class Region {
    /// Stands for code that is not compiled.
    public static final Region NONE = new Region() {
        @Override
        public int run(Vcpu vcpu, long[] slots, long threadSlot, long depth) {
            return BlockExit.UNWIND;
        }
    };

    private @Nullable MethodHandle handle;
    private volatile @Nullable CallLink link;

    /// For the generated subclass.
    protected Region() {}

    /// Executes guest code until it leaves the region.
    ///
    /// @param slots `vcpu.env().slots()`
    /// @param threadSlot `vcpu.env().threadSlot()`
    /// @param depth how many guest calls are nested in Java ones
    /// @return a constant of [BlockExit]; the pc in env is where to go on
    public abstract int run(Vcpu vcpu, long[] slots, long threadSlot, long depth);

    void setHandle(MethodHandle code) {
        handle = code;
    }

    /// The code as a static method, with the parameters of [#run].
    MethodHandle handle() {
        if (handle == null) {
            throw new IllegalStateException("a region that was not installed");
        }
        return handle;
    }

    /// Notes the link that leads callers here.
    void setLink(CallLink newLink) {
        link = newLink;
    }

    /// Makes sure that nobody calls this code any more.
    public void unlink() {
        CallLink current = link;
        if (current != null) {
            current.unlink();
        }
    }
}
