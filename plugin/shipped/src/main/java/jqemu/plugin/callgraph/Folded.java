package jqemu.plugin.callgraph;

/// Folded stacks: a line for each chain of callers, with the instructions of the last one.
final class Folded {
    private Folded() {}

    static String text(Node all) {
        StringBuilder text = new StringBuilder();
        all.callees().forEach(callee -> append(text, "", callee));
        return text.toString();
    }

    private static void append(StringBuilder text, String callers, Node node) {
        String path = callers + node.name();
        if (node.exclusive() > 0) {
            text.append(path).append(' ').append(node.exclusive()).append('\n');
        }
        node.callees().forEach(callee -> append(text, path + ";", callee));
    }
}
