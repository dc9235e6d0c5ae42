package jqemu.tcg.instrument;

import java.util.Set;
import jqemu.plugin.api.Discontinuity;
import jqemu.plugin.api.DiscontinuityCallback;
import jqemu.plugin.api.SystemCallCallback;
import jqemu.plugin.api.SystemCallFilter;
import jqemu.plugin.api.SystemCallReturnCallback;
import jqemu.plugin.api.TranslateCallback;
import jqemu.plugin.api.VcpuCallback;
import org.jspecify.annotations.Nullable;

/// What a plugin has registered for events, one callback each. A reset puts an empty one in its place.
final class Callbacks {
    volatile @Nullable TranslateCallback translate;
    volatile @Nullable VcpuCallback vcpuInit;
    volatile @Nullable VcpuCallback vcpuExit;
    volatile @Nullable VcpuCallback vcpuIdle;
    volatile @Nullable VcpuCallback vcpuResume;
    volatile @Nullable SystemCallCallback systemCall;
    volatile @Nullable SystemCallReturnCallback systemCallReturn;
    volatile @Nullable SystemCallFilter filter;
    volatile @Nullable Discontinuities discontinuities;
    volatile @Nullable Runnable flush;
    volatile @Nullable Runnable exit;

    /// A callback for some kinds of discontinuities.
    record Discontinuities(Set<Discontinuity> types, DiscontinuityCallback callback) {}

    boolean watchesSystemCalls() {
        Discontinuities wanted = discontinuities;
        return systemCall != null
                || systemCallReturn != null
                || filter != null
                || (wanted != null && wanted.types.contains(Discontinuity.HOST_CALL));
    }
}
