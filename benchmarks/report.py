"""Turns the measures of `benchmarks/run` into one Markdown table a workload."""

import datetime
import os
import sys
from collections import defaultdict

TITLES = {"mailkeep": "Mailkeep", "borg16": "borg, 16 KiB chunks"}
# Row, its measure, title, unit, budgets by workload: a ratio to restic ("x") or an absolute limit.
ROWS = [
    ("first", 0, "first backup, wall", "s", {"store": "0.30 x", "mixed": "0.30 x", "lists": "0.8 x"}),
    ("first", 1, "first backup, CPU", "s", {"store": "0.35 x", "mixed": "0.35 x"}),
    ("size", 0, "repository size", "MB", {"store": "1180", "lists": "65"}),
    ("unchanged", 0, "nothing changed, wall", "s", {"store": "0.15 x", "mixed": "0.15 x"}),
    ("touched", 0, "changed, wall", "s", {"store": "0.25 x", "fat": "0.2 x"}),
    ("touched-bytes", 0, "changed, added", "KB", {"store": "0.6 x", "fat": "64"}),
    ("restore", 0, "full restore, wall", "s", {"store": "0.7 x", "mixed": "0.7 x"}),
    ("mailbox", 0, "one mailbox restored", "s", {"store": "0.6"}),
    ("verify", 0, "read and verify all", "s", {"store": "0.7 x", "mixed": "0.7 x"}),
    ("find", 0, "find a name in all snapshots", "s", {"store": "0.4"}),
    ("list", 0, "list snapshots", "s", {"store": "0.35"}),
    ("first", 2, "peak memory, first backup", "MB", {name: "320" for name in ("store", "scale", "mixed")}),
    ("unchanged", 2, "peak memory, nothing changed", "MB", {"store": "320", "scale": "320"}),
    ("restore", 2, "peak memory, full restore", "MB", {}),
]
DIVISOR = {"MB": 1e6, "KB": 1e3, "s": 1}


def read(path):
    measures = defaultdict(dict)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            workload, tool, row, status, *values = line.rstrip("\n").split("\t")
            measures[workload][tool, row] = (status, values)
    return measures


def figure(cell, index, unit):
    """The measured number in its unit, or None."""
    if not cell or cell[0] != "ok" or len(cell[1]) <= index or not cell[1][index]:
        return None
    value = float(cell[1][index])
    return value * 1024 / 1e6 if index == 2 else value / DIVISOR[unit]


def shown(value, unit):
    if value is None:
        return ""
    return f"{value:.2f}" if unit == "s" and value < 10 else f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def cell_text(measures, tool, row, index, unit):
    cell = measures.get((tool, row))
    value = figure(cell, index, unit)
    if value is None:
        return cell[0] if cell and cell[0] != "ok" else "–"
    right = measures.get((tool, f"{row}-right"))
    return shown(value, unit) + (" **wrong**" if right and right[0] == "failed" else "")


def verdict(budget, ours, restic, full):
    if not budget or ours is None:
        return budget or "", ""
    if budget.endswith("x"):
        if not restic:
            return f"<= {budget} restic", ""
        return f"<= {budget} restic", "met" if ours <= float(budget[:-2]) * restic else "**missed**"
    if not full:
        return f"<= {budget}", ""
    return f"<= {budget}", "met" if ours <= float(budget) else "**missed**"


def table(name, measures, full):
    tools = list(dict.fromkeys(t for t, row in measures if row == "version"))
    files, folders, size = measures["-", "shape"][1]
    print(f"\n## {name}: {int(files):,} files, {int(folders):,} folders, {int(size) / 1e9:.2f} GB\n")
    if ("-", "changes") in measures:
        print(f"Changes: {measures['-', 'changes'][1][0]}.", end=" ")
    print(f"`tar | cat` {measures['-', 'tar-to-cat'][1][0]} s", end="")
    print(f", `cp -a` {measures['-', 'cp-a'][1][0]} s.\n" if ("-", "cp-a") in measures else ".\n")
    print("| | " + " | ".join(TITLES.get(t, t) for t in tools) + " | ratio to restic | budget | |")
    print("|---" * (len(tools) + 4) + "|")
    print("| version | " + " | ".join(measures[t, "version"][1][0] for t in tools) + " | | | |")
    for row, index, title, unit, budgets in ROWS:
        if row == "mailbox" and name == "fat":
            continue
        cells = [cell_text(measures, tool, row, index, unit) for tool in tools]
        ours = figure(measures.get(("mailkeep", row)), index, unit)
        restic = figure(measures.get(("restic", row)), index, unit)
        ratio = f"{ours / restic:.2f}" if ours is not None and restic else ""
        budget, result = verdict(budgets.get(name, ""), ours, restic, full)
        print(f"| {title}, {unit} | " + " | ".join(cells) + f" | {ratio} | {budget} | {result} |")


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        model = next((l.split(":", 1)[1].strip() for l in lines if l.startswith("model name")), "unknown")
    with open("/proc/meminfo", encoding="utf-8") as lines:
        memory = int(lines.readline().split()[1]) / 1e6
    system = os.uname()
    return f"{os.cpu_count()} cores, {model}, {memory:.0f} GB; {system.sysname} {system.release}"


def main():
    measures, full = read(sys.argv[1]), float(sys.argv[2]) == 1
    print(f"# Side by side, {datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC\n")
    print(f"{machine()}; load {os.getloadavg()[2]:.1f} over the last quarter of an hour. Warm page cache.")
    if not full:
        print(f"\nOnly {sys.argv[2]} of each store: this shows that everything runs, not who is faster.")
    print("\n*wrong*: what came back is not the source. *failed*, *not run*: see the log beside this file.")
    for name in measures:
        table(name, measures[name], full)


main()
