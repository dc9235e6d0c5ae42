package jqemu.plugin.callgraph;

/// A flame graph as one SVG file that needs nothing else: callers below, callees above, as wide as their instructions.
final class FlameGraph {
    private static final double WIDTH = 1200;
    private static final int ROW = 17;
    private static final double LEAST_WIDTH = 0.3;
    private static final double CHARACTER = 6.5;

    private final StringBuilder shapes = new StringBuilder();
    private final double scale;
    private final long total;
    private final int height;

    private FlameGraph(Node all) {
        this.total = Math.max(1, all.inclusive());
        this.scale = WIDTH / total;
        this.height = (depth(all) + 1) * ROW;
    }

    static String svg(Node all) {
        FlameGraph graph = new FlameGraph(all);
        graph.draw(all, 0, 0);
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%d\" font-family=\"monospace\" "
                        .formatted(WIDTH, graph.height)
                + "font-size=\"11\">\n" + graph.shapes + "</svg>\n";
    }

    private static int depth(Node node) {
        int deepest = 0;
        for (Node callee : node.callees()) {
            deepest = Math.max(deepest, depth(callee));
        }
        return deepest + 1;
    }

    private void draw(Node node, double x, int level) {
        long inclusive = node.inclusive();
        double width = inclusive * scale;
        if (width < LEAST_WIDTH) {
            return;
        }
        int y = height - (level + 1) * ROW;
        String name = escape(node.name());
        shapes.append(
                "<g><title>%s: %d instructions, %.2f%%</title>".formatted(name, inclusive, 100.0 * inclusive / total));
        shapes.append(
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"hsl(%d,80%%,65%%)\" stroke=\"white\"/>"
                        .formatted(
                                x, y, width, ROW - 1, Math.floorMod(node.name().hashCode(), 50)));
        int room = (int) (width / CHARACTER);
        if (room > 2) {
            String label =
                    node.name().length() <= room ? node.name() : node.name().substring(0, room - 1) + "\u2026";
            shapes.append("<text x=\"%.1f\" y=\"%d\">%s</text>".formatted(x + 2, y + ROW - 5, escape(label)));
        }
        shapes.append("</g>\n");
        double at = x;
        for (Node callee : node.callees()) {
            draw(callee, at, level + 1);
            at += callee.inclusive() * scale;
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
