package jqemu.plugin.coverage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/// A page that needs nothing else: a table of source files, and each file that can be read with the counts of its
/// lines.
final class HtmlReport {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Coverage of PROGRAM</title><style>
            body { font-family: sans-serif; margin: 2em; }
            table { border-collapse: collapse; }
            th, td { padding: 2px 10px; text-align: right; border-bottom: 1px solid #ddd; }
            th:first-child, td:first-child { text-align: left; }
            pre { line-height: 1.25; }
            .yes { background: #d7f5d7; }
            .no { background: #fbdcdc; }
            .count { color: #777; }
            </style></head><body>
            <h1>Coverage of PROGRAM</h1>
            <table><tr><th>file</th><th>lines</th><th></th><th>functions</th><th></th></tr>
            """;

    private static final double PERCENT = 100;

    private HtmlReport() {}

    static String page(String program, Collection<SourceCounts> files) {
        StringBuilder text = new StringBuilder(HEAD.replace("PROGRAM", escape(program)));
        int number = 0;
        for (SourceCounts file : files) {
            text.append("<tr><td><a href=\"#f%d\">%s</a></td>".formatted(number++, escape(file.path())))
                    .append(share(file.executedLines(), file.lines().size()))
                    .append(share(file.executedFunctions(), file.functions().size()))
                    .append("</tr>\n");
        }
        text.append("</table>\n");
        number = 0;
        for (SourceCounts file : files) {
            text.append("<h2 id=\"f%d\">%s</h2>%n".formatted(number++, escape(file.path())));
            appendSource(text, file);
        }
        return text.append("</body></html>\n").toString();
    }

    private static String share(long part, long all) {
        return "<td>%d / %d</td><td>%s</td>"
                .formatted(part, all, all == 0 ? "" : "%.1f %%".formatted(PERCENT * part / all));
    }

    private static void appendSource(StringBuilder text, SourceCounts file) {
        List<String> source;
        try {
            source = Files.readAllLines(Path.of(file.path()), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            text.append("<p>The source cannot be read here.</p>\n");
            return;
        }
        text.append("<pre>");
        for (int i = 1; i <= source.size(); i++) {
            Long count = file.lines().get(i);
            String line = "<span class=\"count\">%10s %5d</span> %s"
                    .formatted(count == null ? "" : count, i, escape(source.get(i - 1)));
            text.append(count == null ? line : "<span class=\"%s\">%s</span>".formatted(count > 0 ? "yes" : "no", line))
                    .append('\n');
        }
        text.append("</pre>\n");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
