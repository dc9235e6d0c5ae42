"""The tables and the chart of scripts/bench, made from a report: the dictionary that is kept as JSON."""

import json
import math
import statistics
from html import escape


def dump(report):
    """JSON with one line a run: readable differences."""
    text = json.dumps(report, indent=1, default=str)
    return text + "\n"


def median(runs, what):
    """The median of a figure over the runs, None where one failed or none was made."""
    if not runs or any(run["failed"] for run in runs):
        return None
    return statistics.median(run[what] for run in runs)


def steady(report, program, column):
    """CPU seconds for the difference in work between the two sizes: start-up and compilation mostly cancel out."""
    small = median(report["results"]["2s"][program][column], "cpu")
    large = median(report["results"]["10s"][program][column], "cpu")
    return large - small if small is not None and large is not None and large > small else None


def geometric_mean(values):
    known = [v for v in values if v is not None and v > 0]
    return math.exp(sum(map(math.log, known)) / len(known)) if known else None


def ratio(a, b):
    return a / b if a is not None and b else None


def text(value, digits=2):
    return "-" if value is None else f"{value:.{digits}f}"


def cell(runs, what, digits):
    failed = next((run["failed"] for run in runs if run["failed"]), None)
    return failed or text(median(runs, what), digits)


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" + "---:|" * (len(header) - 1)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def reference(report):
    """The column that ours is compared with: the first QEMU."""
    return next((c["name"] for c in report["columns"] if c["name"].startswith("qemu") and not c["base"]), None)


def compared(report):
    """Pairs of columns whose ratio is shown: every emulator with the first QEMU, ours with native, plugins with none."""
    first, names = reference(report), [c["name"] for c in report["columns"]]
    pairs = []
    for column in report["columns"]:
        name = column["name"]
        if column["base"]:
            pairs.append((name, column["base"]))
        elif first and name not in ("native", first):
            pairs.append((name, first))
    if "native" in names and "jqemu" in names:
        pairs.append(("jqemu", "native"))
    return pairs


def ratio_table(report, figure_of, shown):
    """A table with a figure for each column and the ratios; the last line is their geometric mean."""
    names = [c["name"] for c in report["columns"]]
    pairs = compared(report)
    rows, ratios = [], [[] for _ in pairs]
    for program in report["work"]:
        row = [program] + [shown(program, name) for name in names]
        for i, (a, b) in enumerate(pairs):
            value = ratio(figure_of(program, a), figure_of(program, b))
            ratios[i].append(value)
            row.append(text(value))
        rows.append(row)
    rows.append(["**geometric mean**"] + [""] * len(names) + [f"**{text(geometric_mean(r))}**" for r in ratios])
    rows.append(["worst"] + [""] * len(names) + [text(max((v for v in r if v is not None), default=None)) for r in ratios])
    return table(["program"] + names + [f"{a} / {b}" for a, b in pairs], rows)


def plain_table(report, results, what, digits):
    names = [c["name"] for c in report["columns"]]
    rows = [[program] + [cell(results[program][name], what, digits) for name in names] for program in report["work"]]
    return table(["program"] + names, rows)


def markdown(report, chart_file):
    lines = ["# Whole programs side by side", ""]
    lines += [f"- {key}: {value}" for key, value in report["machine"].items() if value]
    lines += [f"- rounds: {report['n']} (medians are shown), load average {report['load before']:.1f} before and"
              f" {report['load after']:.1f} after", ""]
    lines += ["Made by `scripts/bench`; the programs are in `test-binaries/bench`. CPU time is user + system time of the"
              " whole process, JVM and compiler threads included.", ""]
    if chart_file:
        lines += [f"![CPU time relative to QEMU]({chart_file})", ""]
    for size, results in report["results"].items():
        lines += [f"## {size.replace('s', '-second')} runs: CPU seconds", ""]
        lines += ratio_table(report, lambda p, c, r=results: median(r[p][c], "cpu"),
                             lambda p, c, r=results: cell(r[p][c], "cpu", 2))
        lines += ["", f"## {size.replace('s', '-second')} runs: wall seconds", ""]
        lines += ratio_table(report, lambda p, c, r=results: median(r[p][c], "wall"),
                             lambda p, c, r=results: cell(r[p][c], "wall", 2))
        lines += ["", f"## {size.replace('s', '-second')} runs: peak memory, MiB", ""]
        lines += plain_table(report, results, "rss", 0) + [""]
    if len(report["results"]) == 2:
        lines += ["## Steady state: CPU seconds of the 10-second run less those of the 2-second run", ""]
        lines += ratio_table(report, lambda p, c: steady(report, p, c), lambda p, c: text(steady(report, p, c))) + [""]
    return "\n".join(lines)


COLOURS = ("#8a8f98", "#d1742f", "#2f6db5", "#3c9a5f", "#8c5fb0", "#b5485d", "#6b5b3e", "#2aa3a3")


def chart(report):
    """Bars: CPU time of each column relative to the first QEMU, on a logarithmic scale; the longest runs there are."""
    base = reference(report) or report["columns"][0]["name"]
    size = list(report["results"])[-1]
    results = report["results"][size]
    names = [c["name"] for c in report["columns"] if c["name"] != base]
    bars = []
    for program in report["work"]:
        yardstick = median(results[program][base], "cpu")
        bars.append((program, [ratio(median(results[program][n], "cpu"), yardstick) for n in names]))
    bars.append(("geometric mean", [geometric_mean(b[1][i] for b in bars) for i in range(len(names))]))
    return draw(bars, names, f"CPU time relative to {base} ({size} runs, smaller is better)")


def draw(bars, names, title):
    known = [v for _, values in bars for v in values if v]
    low = 10 ** math.floor(math.log10(min(known, default=0.1)))
    high = 10 ** math.ceil(math.log10(max(known + [1.01])))
    left, width, bar, gap, top = 130, 620, 9, 8, 60
    group = bar * len(names) + gap
    height = top + group * len(bars) + 34

    def x(value):
        return left + width * math.log(value / low) / math.log(high / low)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 60}" height="{height}"'
           ' font-family="sans-serif" font-size="11">', '<rect width="100%" height="100%" fill="white"/>',
           f'<text x="{left}" y="18" font-size="14">{escape(title)}</text>']
    for i, name in enumerate(names):
        at = left + i * (width / len(names))
        out.append(f'<rect x="{at:.0f}" y="30" width="10" height="10" fill="{COLOURS[i % len(COLOURS)]}"/>')
        out.append(f'<text x="{at + 14:.0f}" y="39">{escape(name)}</text>')
    tick = low
    while tick <= high * 1.001:
        for value in (tick, tick * 2, tick * 5):
            if value <= high * 1.001:
                colour = "#444" if abs(value - 1) < 1e-9 else "#ddd"
                out.append(f'<line x1="{x(value):.1f}" x2="{x(value):.1f}" y1="{top - 6}" y2="{height - 28}"'
                           f' stroke="{colour}"/>')
                out.append(f'<text x="{x(value):.1f}" y="{height - 14}" text-anchor="middle">{value:g}</text>')
        tick *= 10
    for row, (program, values) in enumerate(bars):
        y = top + row * group
        weight = ' font-weight="bold"' if row == len(bars) - 1 else ""
        out.append(f'<text x="{left - 6}" y="{y + bar * len(names) / 2 + 4:.0f}" text-anchor="end"{weight}>'
                   f'{escape(program)}</text>')
        for i, value in enumerate(values):
            if value is None:
                continue
            at = y + i * bar
            out.append(f'<rect x="{left}" y="{at}" width="{max(1.0, x(value) - left):.1f}" height="{bar - 1}"'
                       f' fill="{COLOURS[i % len(COLOURS)]}"/>')
            out.append(f'<text x="{x(value) + 3:.1f}" y="{at + 8}" font-size="8">{value:.2f}</text>')
    out.append("</svg>")
    return "\n".join(out) + "\n"
