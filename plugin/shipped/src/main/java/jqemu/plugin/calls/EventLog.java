package jqemu.plugin.calls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What one thread did, in order: functions and system calls that it entered and left. Times never go back.
public final class EventLog {
    private static final int FIRST_ROOM = 1024;

    private final int thread;
    private final int limit;
    private final LongSupplier clock;
    private final List<Object> subjects = new ArrayList<>();
    private final Map<Object, Integer> numbers = new HashMap<>();
    private long[] times = new long[FIRST_ROOM];
    private int[] events = new int[FIRST_ROOM];
    private int count;

    /// What was entered and is not left yet, and of that, what is in the log.
    private int depth;

    private int loggedDepth;
    private long dropped;
    private @Nullable String openCall;

    EventLog(int thread, int limit, LongSupplier clock) {
        this.thread = thread;
        this.limit = limit;
        this.clock = clock;
    }

    /// Is called for each event.
    public interface Visitor {
        /// Sees an event.
        ///
        /// @param time    in units of the clock
        /// @param subject a [Function], or the name of a system call
        /// @param leaves  whether it was left; else entered
        void event(long time, Object subject, boolean leaves);
    }

    /// The vCPU whose log this is.
    ///
    /// @return its index
    public int thread() {
        return thread;
    }

    /// How many functions and system calls are missing, because the log was full.
    ///
    /// @return the number
    public long dropped() {
        return dropped;
    }

    /// Visits all events. Everything that was entered is left.
    ///
    /// @param visitor is called for each
    public void visit(Visitor visitor) {
        for (int i = 0; i < count; i++) {
            visitor.event(times[i], subjects.get(events[i] >> 1), (events[i] & 1) != 0);
        }
    }

    void enter(Object subject) {
        // what is within something that was dropped is dropped too, so that entering and leaving always pair
        if (depth == loggedDepth && count < limit) {
            loggedDepth++;
            add(subject, 0);
        } else {
            dropped++;
        }
        depth++;
    }

    void leave(Object subject) {
        if (depth == loggedDepth) {
            loggedDepth--;
            add(subject, 1);
        }
        depth--;
    }

    void enterSystemCall(String name) {
        // one that did not return: the child of a vfork goes on in its parent's log, and ends there
        leaveSystemCall();
        openCall = name;
        enter(name);
    }

    /// Leaves a system call, when the thread is in one: a new thread begins behind one, an ended one is never left.
    void leaveSystemCall() {
        if (openCall != null) {
            leave(openCall);
            openCall = null;
        }
    }

    private void add(Object subject, int leaves) {
        if (count == times.length) {
            times = Arrays.copyOf(times, 2 * count);
            events = Arrays.copyOf(events, 2 * count);
        }
        int number = numbers.computeIfAbsent(subject, key -> {
            subjects.add(key);
            return subjects.size() - 1;
        });
        times[count] = clock.getAsLong();
        events[count] = number << 1 | leaves;
        count++;
    }
}
