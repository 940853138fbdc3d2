#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every finding on the unmodified tree, against what a reader has judged.

triage/<version>.tsv has one line for each finding ever seen, with tabs between:

    verdict   true: a fault of the kernel; false: a false alarm
    id, file, function
    message   as printed, line numbers turned into N
    story     true: which path, what happens; false: why, and the test that keeps it from coming back

A finding that is not listed, or that is listed as false, fails the run.
"""

import collections
import os

import options
from kernel import PAGE_API
from report import Results, table


def read_triage(path):
    """finding key -> (verdict, story)."""
    judged = {}
    if not os.path.exists(path):
        return judged
    with open(path) as file:
        for number, row in enumerate(file, 1):
            cells = row.rstrip("\n").split("\t")
            if not row.strip() or cells[0] == "verdict":
                continue
            if len(cells) != 6 or cells[0] not in ("true", "false"):
                raise options.BenchError(f"{path}:{number}: not verdict, id, file, function, "
                                         "message, story")
            judged[tuple(cells[1:5])] = (cells[0], cells[5])
    return judged


def classify(findings, judged):
    """FINDINGS by what JUDGED says of them: {"true": [...], "false": [...], "new": [...]}."""
    lists = {"true": [], "false": [], "new": []}
    for finding in findings:
        lists[judged.get(finding.key(), ("new", ""))[0]].append(finding)
    return lists


def main():
    parser = options.parser(__doc__.partition("\n")[0])
    parser.add_argument("--triage", default=os.path.join(os.path.dirname(__file__), "triage"))
    arguments = parser.parse_args()
    tree = options.kernel_tree(arguments)
    names = options.unit_names(arguments)
    judged = read_triage(os.path.join(arguments.triage, f"{tree.version}.tsv"))
    units, without = options.units_of(tree, names or tree.users(PAGE_API), arguments.jobs)
    if not units:
        raise options.BenchError("no unit to compile")
    plugin = options.plugin_for(arguments, units[0].command[0])

    results = Results(os.path.join(options.out_directory(arguments),
                                   f"alarms-{tree.version}.jsonl"), fresh=True)
    findings, failed, crashed = {}, [], False
    outcomes = options.spread(lambda unit: unit.compile(unit.text(), plugin), units,
                              arguments.jobs, "units")
    for unit, outcome in zip(units, outcomes):
        if outcome.status != 0:
            failed.append((unit.name, outcome.error()))
            crashed = crashed or outcome.is_fault()
        for finding in outcome.findings:
            # An inline function of a header is reported in every unit that has it.
            findings.setdefault((finding.place_key(), finding.key()), finding)
    lists = classify(findings.values(), judged)
    for verdict, chosen in lists.items():
        for finding in chosen:
            results.add({"verdict": verdict, "id": finding.id, "file": finding.file,
                         "line": finding.line, "function": finding.function,
                         "message": finding.key_text()})
    results.close()
    seen = {finding.key() for finding in findings.values()}
    gone = [] if names else sorted(key for key in judged if key not in seen)
    print_report(tree, len(units), without, failed, lists, gone)
    return 1 if lists["new"] or lists["false"] or crashed else 0


def print_report(tree, count, without, failed, lists, gone):
    for title, chosen in (("not judged yet", lists["new"]), ("judged false", lists["false"])):
        if chosen:
            print(f"{title}:")
            for finding in chosen:
                print(f"  {finding}")
                print("  -> " + "\t".join(finding.key()))
    if gone:
        print("judged, but not seen any more:")
        for key in gone:
            print("  " + "\t".join(key))
    for name, error in failed:
        print(f"failed: {name}: {error}")
    if without:
        print("without a command from kbuild: " + " ".join(without))
    by_id = collections.defaultdict(collections.Counter)
    for verdict, chosen in lists.items():
        for finding in chosen:
            by_id[finding.id][verdict] += 1
            by_id["all"][verdict] += 1
    rows = [(ident, sum(counts.values()), counts["true"], counts["false"], counts["new"])
            for ident, counts in sorted(by_id.items(), key=lambda item: (item[0] == "all", item[0]))]
    print(f"kernel {tree.version}, {count} units, {len(failed)} failed")
    print(table(("id", "findings", "true", "false", "not judged"), rows or [("all", 0, 0, 0, 0)]))


if __name__ == "__main__":
    options.main(main)
