package jqemu.plugin.callgraph;

import java.util.Map;
import java.util.TreeMap;

/// A function, called by a certain chain of callers. Belongs to one vCPU until the end.
final class Node {
    private final String name;
    private final Map<String, Node> callees = new TreeMap<>();
    private long calls;
    private long instructions;

    Node(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /// The node of a function that is called from here.
    Node callee(String function) {
        return callees.computeIfAbsent(function, Node::new);
    }

    Iterable<Node> callees() {
        return callees.values();
    }

    void called() {
        calls++;
    }

    long calls() {
        return calls;
    }

    void executed(int count) {
        instructions += count;
    }

    /// The instructions of the function itself.
    long exclusive() {
        return instructions;
    }

    /// Those of all that it called, too.
    long inclusive() {
        long sum = instructions;
        for (Node callee : callees.values()) {
            sum += callee.inclusive();
        }
        return sum;
    }

    /// Adds another vCPU's tree.
    void merge(Node other) {
        calls += other.calls;
        instructions += other.instructions;
        for (Node callee : other.callees.values()) {
            callee(callee.name).merge(callee);
        }
    }
}
