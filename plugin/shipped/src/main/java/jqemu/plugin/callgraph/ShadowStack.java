package jqemu.plugin.callgraph;

import java.util.ArrayList;
import java.util.List;

/// The calls that one vCPU is in, followed by its branches: a call pushes, a return pops down to the frame that it
/// returns to. One that matches no frame (longjmp, a switch of stacks) leaves the stack as it is.
final class ShadowStack {
    /// What the last block ended with.
    enum End {
        CALL,
        RETURN,
        OTHER
    }

    private record Frame(Node caller, long returnAddress) {}

    private final Node root = new Node("all");
    private final List<Frame> frames = new ArrayList<>();
    private Node current = root;
    private End end = End.CALL;
    private long returnAddress;

    Node root() {
        return root;
    }

    /// A block begins.
    void enter(long pc, String function, int instructions) {
        switch (end) {
            case CALL -> {
                frames.add(new Frame(current, returnAddress));
                current = current.callee(function);
                current.called();
            }
            case RETURN -> leaveTo(pc);
            case OTHER -> jumpTo(function);
        }
        end = End.OTHER;
        current.executed(instructions);
    }

    private void leaveTo(long pc) {
        for (int i = frames.size() - 1; i > 0; i--) {
            if (frames.get(i).returnAddress == pc) {
                current = frames.get(i).caller;
                frames.subList(i, frames.size()).clear();
                return;
            }
        }
    }

    /// A jump to another function is a tail call: the new one stands in place of the old one.
    private void jumpTo(String function) {
        if (!current.name().equals(function) && !frames.isEmpty()) {
            current = frames.getLast().caller.callee(function);
            current.called();
        }
    }

    /// A call or a return is about to be executed.
    void leave(End how, long next) {
        end = how;
        returnAddress = next;
    }
}
