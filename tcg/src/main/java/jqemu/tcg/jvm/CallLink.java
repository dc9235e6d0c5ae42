package jqemu.tcg.jvm;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MutableCallSite;

/// Where all guest calls to one address lead: to its region, or to [RegionCalls#unlinked] while there is none.
///
/// One link serves all callers. A new target makes HotSpot drop its machine code of all callers, so a link changes its
/// target a bounded number of times; after that, calls are looked up.
final class CallLink extends MutableCallSite {
    private static final int MAX_CHANGES = 8;

    private int changes;

    CallLink(MethodHandle unlinked) {
        super(unlinked);
    }

    /// Leads to `region` from now on, unless the target has changed too often.
    synchronized void link(Region region) {
        if (changes < MAX_CHANGES) {
            changes++;
            region.setLink(this);
            setTarget(region.handle());
        }
    }

    synchronized void unlink() {
        setTarget(RegionCalls.UNLINKED);
    }
}
