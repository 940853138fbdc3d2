#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A directory of bugs as patches: which are found?

DIR/index.tsv names for each patch the file, the function, the line of the buggy form at which a good
analyzer reports it, and the class of the bug.  `inject`: the patch makes the bug; `fix`: it takes away one
that the tree has.  Verdicts:

    found      a finding of the class, that the clean form lacks, has the line in its story, or for
               a leak is in the function
    other id   at the right line, but the finding is not one of the class
    elsewhere  a finding that the clean form lacks, in another place
    missed     nothing
    noisy      the clean form is reported too, in the function of the bug
"""

import collections
import csv
import os
import re
import shutil
import subprocess
import tempfile

import options
from ctext import functions, Lines, mask
from kernel import BenchError, Unit
from report import Results, share, table

# class -> the findings that answer it
CLASS_FINDINGS = {
    "a": {"put-pinned"}, "b": {"unpin-ordinary"}, "c": {"leak"}, "d": {"over-release", "leak"},
    "e": {"double-release", "use-after-release"}, "f": {"mixed-container", "wrong-guard"},
    "g": {"not-dirtied"}, "h": {"missing-longterm"},
}
# Findings that are off by default are turned on for the bugs that ask for them, and for no others.
CLASS_ARGUMENTS = {"g": ["not-dirtied"], "h": ["missing-longterm"]}
VERDICTS = ("found", "other id", "elsewhere", "missed", "noisy", "not compiled")


class Bug:
    """A row of the index."""

    def __init__(self, row, directory):
        self.ident = row["id"]
        self.tree = row["tree"]
        self.fixes = row["direction"] == "fix"
        self.klass = row["class"]
        self.file = row["file"]
        self.function = row["function"]
        self.detectable = row.get("detectable", "")
        expected = row["expected-diagnostic-line"].rpartition(":")[2]
        numbers = [expected] + re.findall(r"\d+", row.get("alt-lines", "") or "")
        self.lines = {int(number) for number in numbers if number.isdigit()}
        self.patch = _patch_file(directory, row["patch"])


def _patch_file(directory, name):
    for path in (os.path.join(directory, name), os.path.join(directory, os.path.basename(name))):
        if os.path.exists(path):
            return path
    raise BenchError(f"no patch {name} in {directory}")


def read_index(directory):
    path = os.path.join(directory, "index.tsv")
    if not os.path.exists(path):
        raise BenchError(f"no {path}")
    with open(path, newline="") as file:
        return [Bug(row, directory) for row in csv.DictReader(file, delimiter="\t",
                                                              quoting=csv.QUOTE_NONE)]


def patched_text(tree, bug, scratch):
    """The text of the bug's file with the patch applied; other files it touches are left in SCRATCH."""
    with open(bug.patch, errors="replace") as file:
        names = re.findall(r"^\+\+\+ b/(\S+)", file.read(), re.M)
    for name in names:
        target = os.path.join(scratch, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copyfile(os.path.join(tree.source, name), target)
    done = subprocess.run(["patch", "-p1", "-s", "-f", "-d", scratch, "-i", os.path.abspath(bug.patch)],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BenchError(f"{bug.patch} does not apply: {done.stdout.strip()}")
    with open(os.path.join(scratch, bug.file), encoding="latin-1", newline="") as file:
        return file.read()


def line_span(text, name):
    """The lines of the function NAME in TEXT."""
    lines = Lines(text)
    for function in functions(mask(text)):
        if function.name == name:
            return range(lines.of(function.start), lines.of(function.end) + 1)
    return range(0)


def verdict(bug, text, buggy, clean):
    """The verdict on BUG, and the finding that tells: BUGGY and CLEAN are the findings of each form."""
    known = collections.Counter(finding.key() for finding in clean)
    new = []
    for finding in buggy:
        if known[finding.key()] > 0:
            known[finding.key()] -= 1
        else:
            new.append(finding)
    span = line_span(text, bug.function)
    near = [finding for finding in new if _is_at(bug, span, finding)]
    right = [finding for finding in near if finding.id in CLASS_FINDINGS[bug.klass]]
    if right:
        return "found", right[0]
    if near:
        return "other id", near[0]
    if new:
        return "elsewhere", new[0]
    noise = [f for f in clean if f.function == bug.function and f.id in CLASS_FINDINGS[bug.klass]]
    return ("noisy", noise[0]) if noise else ("missed", None)


def _is_at(bug, span, finding):
    in_file = [line for file, line in finding.places() if file == bug.file]
    if bug.lines & set(in_file):
        return True
    return finding.id == "leak" and any(line in span for line in in_file)


class Run:
    def __init__(self, arguments):
        self.arguments = arguments
        self.trees = {}

    def tree(self, version):
        """The tree that the index calls VERSION."""
        if version not in self.trees:
            pairs = dict(word.partition("=")[::2] for word in self.arguments.tree)
            if version in pairs:
                source, _, self.arguments.build = pairs[version].partition(":")
            else:
                source, self.arguments.build = version, ""
            self.trees[version] = options.kernel_tree(self.arguments, source)
        return self.trees[version]

    def one(self, bug):
        tree = self.trees[bug.tree]
        result = {"bug": bug.ident, "tree": bug.tree, "class": bug.klass, "file": bug.file,
                  "function": bug.function, "lines": sorted(bug.lines),
                  "detectable": bug.detectable}
        try:
            unit = Unit(tree, bug.file)
        except BenchError as error:
            return dict(result, verdict="not compiled", finding=str(error))
        plugin = options.plugin_for(self.arguments, unit.command[0],
                                    CLASS_ARGUMENTS.get(bug.klass, []))
        with tempfile.TemporaryDirectory(prefix="pincheck-") as scratch:
            patched = patched_text(tree, bug, scratch)
            include = os.path.dirname(os.path.join(scratch, bug.file))
            after = unit.compile(patched, plugin, include=include)
        before = unit.compile(unit.text(), plugin)
        for outcome in (before, after):
            if outcome.status != 0:
                return dict(result, verdict="not compiled", finding=outcome.error())
        if bug.fixes:
            answer, finding = verdict(bug, unit.text(), before.findings, after.findings)
        else:
            answer, finding = verdict(bug, patched, after.findings, before.findings)
        return dict(result, verdict=answer, finding=str(finding) if finding else None,
                    id=finding.id if finding else None)


def by_class(rows):
    lines = []
    for klass in sorted(CLASS_FINDINGS) + ["all"]:
        chosen = [row for row in rows if klass in ("all", row["class"])]
        if chosen:
            counts = collections.Counter(row["verdict"] for row in chosen)
            lines.append([klass, len(chosen)] + [counts[v] for v in VERDICTS]
                         + [share(counts["found"], len(chosen))])
    return table(("class", "bugs") + VERDICTS + ("share",), lines)


def main():
    parser = options.parser(__doc__.partition("\n")[0])
    parser.add_argument("directory", help="patches and their index.tsv")
    parser.add_argument("--tree", action="append", default=[], metavar="VERSION=SOURCE[:BUILD]",
                        help="where a tree of the index is; default: what `make check-kernel' prepared")
    arguments = parser.parse_args()
    if not arguments.directory:
        raise BenchError("which directory? make bench-bugs DIR=...")
    run = Run(arguments)
    bugs = read_index(arguments.directory)
    for version in sorted({bug.tree for bug in bugs}):
        names = sorted({bug.file for bug in bugs if bug.tree == version})
        run.tree(version).prepare(names, arguments.jobs)
    rows = list(options.spread(run.one, bugs, arguments.jobs, "bugs"))
    results = Results(os.path.join(options.out_directory(arguments), "bugs.jsonl"), fresh=True)
    for row in rows:
        results.add(row)
    results.close()
    print(table(("bug", "class", "function", "verdict", "finding"),
                [(row["bug"], row["class"], row["function"], row["verdict"],
                  row["finding"] or "-") for row in rows]))
    print()
    print(by_class(rows))
    return 0


if __name__ == "__main__":
    options.main(main)
