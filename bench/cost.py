#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What the plugin costs: instructions of cc1 under callgrind and its peak memory, with and without.

Instruction counts are deterministic, so one run of each is enough.  `load only` is what an empty unit
costs: mapping the plugin and its contracts.  The phases are the inclusive counts of the functions that
plugin/gcc/plugin.c calls in turn, as shares of all instructions of cc1.
"""

import os
import re
import shlex
import subprocess
import tempfile

import options
from kernel import BenchError, Unit
from report import Results, table

VALGRIND_SECONDS = 3600
# phase -> functions of the plugin, none of which calls another of the same phase
PHASES = {
    "load": ("plugin_init",),
    "gate": ("binding_choose_era", "select_concerns_unit"),
    "lower": ("select_functions", "lower_functions", "static_callees_collect"),
    "analyse": ("analysis_run",),
    "report": ("report_findings",),
}
LIST = os.path.join(os.path.dirname(__file__), "units-cost.txt")


def read_list(path):
    """(unit, class) of each line."""
    with open(path) as file:
        rows = (row.partition("#")[0].split() for row in file)
        return [(row[0], row[1] if len(row) > 1 else "other") for row in rows if row]


def cc1_command(argv, directory):
    """The cc1 that the driver's command line ARGV starts."""
    done = subprocess.run(argv + ["-###"], cwd=directory, capture_output=True, text=True,
                          check=False, env=dict(os.environ, LC_ALL="C"))
    for row in done.stderr.split("\n"):
        if re.match(r'\s*"?/\S*/cc1"? ', row):
            return shlex.split(row)
    raise BenchError(f"no cc1 in what {argv[0]} -### says")


def instructions(cc1, directory, profile):
    """Instructions of the command CC1; the profile goes to the file PROFILE."""
    done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}"] + cc1,
                          cwd=directory, capture_output=True, errors="replace", text=True,
                          timeout=VALGRIND_SECONDS, check=False)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if not found:
        raise BenchError("callgrind: " + done.stderr.strip().split("\n")[-1])
    return int(found.group(1))


def peak_memory(cc1, directory):
    """Peak resident size of the command CC1, in KiB."""
    child = subprocess.Popen(cc1, cwd=directory, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(child.pid, 0)
    child.returncode = 0
    return usage.ru_maxrss


def phases(profile):
    """Inclusive instructions of each phase in a callgrind profile."""
    done = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", profile],
                          capture_output=True, errors="replace", text=True, check=False)
    counts = dict.fromkeys(PHASES, 0)
    of_function = {name: phase for phase, names in PHASES.items() for name in names}
    for row in done.stdout.split("\n"):
        match = re.match(r"\s*([\d,]+) (?:\([^)]*\)\s*)?\S*?:(\w+)(?:\(.*\))? \[.*pincheck\.so\]", row)
        if match and match.group(2) in of_function:
            counts[of_function[match.group(2)]] += int(match.group(1).replace(",", ""))
    return counts


class Measure:
    """One unit, with and without the plugin."""

    def __init__(self, name, klass):
        self.name = name
        self.klass = klass
        self.plain = self.loaded = 0
        self.plain_memory = self.loaded_memory = 0
        self.phases = {}

    def row(self):
        return {"unit": self.name, "class": self.klass, "instructions": self.plain,
                "instructions_with": self.loaded, "kib": self.plain_memory,
                "kib_with": self.loaded_memory, "phases": self.phases}


def measure(name, klass, argv, plugin, directory):
    """Measure the compilation ARGV in DIRECTORY."""
    result = Measure(name, klass)
    plain = cc1_command(argv, directory)
    loaded = cc1_command(argv[:-1] + plugin.options() + argv[-1:], directory)
    with tempfile.TemporaryDirectory(prefix="pincheck-") as scratch:
        profile = os.path.join(scratch, "callgrind.out")
        result.plain = instructions(plain, directory, profile)
        result.loaded = instructions(loaded, directory, profile)
        result.phases = phases(profile)
    result.plain_memory = peak_memory(plain, directory)
    result.loaded_memory = peak_memory(loaded, directory)
    return result


def empty_unit(compiler, plugin):
    argv = [compiler, "-O2", "-S", "-o", os.devnull, "-x", "c", os.devnull]
    return measure("(empty)", "load only", argv, plugin, ".")


def print_report(version, measures):
    rows = []
    for one in measures:
        rows.append((one.name, one.klass, f"{one.plain / 1e6:.1f}", f"{one.loaded / 1e6:.1f}",
                     f"{one.loaded / one.plain:.4f}", f"{one.plain_memory / 1024:.1f}",
                     f"{one.loaded_memory / 1024:.1f}",
                     f"{one.loaded_memory / one.plain_memory:.3f}"))
    print(f"kernel {version}: millions of instructions of cc1, peak memory in MiB")
    print(table(("unit", "class", "plain", "plugin", "ratio", "MiB", "plugin", "ratio"), rows))
    print()
    rows = []
    for one in measures:
        known = sum(one.phases.values())
        other = one.loaded - one.plain - known
        shares = [100 * one.phases[phase] / one.loaded for phase in PHASES]
        rows.append([one.name] + [f"{share:.2f}%" for share in shares]
                    + [f"{100 * other / one.loaded:.2f}%"])
    print("shares of all instructions; other: mapping the plugin, callbacks, what GCC does for it")
    print(table(["unit"] + list(PHASES) + ["other"], rows))


def main():
    parser = options.parser(__doc__.partition("\n")[0])
    arguments = parser.parse_args()
    tree = options.kernel_tree(arguments)
    names = options.unit_names(arguments)
    listed = [(name, "asked for") for name in names] or read_list(LIST)
    tree.prepare([name for name, _ in listed], arguments.jobs)
    units = [(Unit(tree, name), klass) for name, klass in listed]
    compiler = units[0][0].command[0]
    plugin = options.plugin_for(arguments, compiler, stop=False)

    def one(task):
        unit, klass = task
        return measure(unit.name, klass, unit.argv(unit.path, ["-S"]), plugin, tree.build)

    measures = [empty_unit(compiler, plugin)]
    measures += options.spread(one, units, arguments.jobs, "units")
    results = Results(os.path.join(options.out_directory(arguments), f"cost-{tree.version}.jsonl"),
                      fresh=True)
    for result in measures:
        results.add(result.row())
    results.close()
    print_report(tree.version, measures)
    return 0


if __name__ == "__main__":
    options.main(main)
