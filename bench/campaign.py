#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The mutation campaign: one mistake at a time, is it reported?

Each mutant is compiled like the original; it counts as reported only by a finding that the original does
not have, of the right id, at the right line or function.  Results go to mutants-<version>.jsonl; a second
run with the same plugin goes on where the first one stopped.

A mutant is set aside, not scored, when it does not compile, when the compiler sees the same program,
or when triage/mutants-<version>.tsv says that it is no fault.
"""

import collections
import hashlib
import os
import sys

import mutate
import options
from report import Results, share, table
from sites import GUP_USER, Source

PATTERNS = ("same-function", "same-file", "other-file")


class Subject:
    """A unit under test: its source, its mutants, and the findings it has by itself."""

    def __init__(self, unit, source, mutants):
        self.unit = unit
        self.source = source
        self.mutants = mutants
        self.baseline = None		# the Outcome of the original


def scan(unit, operators):
    """The Subject of UNIT, or why there is none."""
    live, declared = unit.live_text()
    if live is None:
        return f"{unit.name}: not compiled in this configuration"
    source = Source(unit.name, unit.text(), live)
    if not source.is_user():
        return None
    return Subject(unit, source, mutate.mutants(source, declared, operators))


def matches(mutant, subject, finding):
    """Whether FINDING is the answer that MUTANT asks for."""
    if finding.id not in mutant.expected:
        return False
    if mutant.where == "unit":
        return True
    places = finding.places()
    if mutant.where == "line":
        return (finding.file == subject.unit.name
                and mutant.line <= finding.line <= mutant.end_line)
    functions = {mutant.site.function.name}
    if mutant.where == "acquirer":
        functions |= {site.function.name for site in subject.source.sites
                      if not site.is_release and site.kind == mutant.site.kind}
    return any(file == subject.unit.name and subject.source.function_at(line) in functions
               for file, line in places)


def judge(mutant, subject, outcome):
    """The status of MUTANT, its reason, and the finding that tells."""
    if outcome.is_fault():
        return "aside", f"the compiler fails: {outcome.error()}", None
    if outcome.status != 0:
        return "aside", f"does not compile: {outcome.error()}", None
    own = {finding.place_key() for finding in subject.baseline.findings}
    new = [finding for finding in outcome.findings if finding.place_key() not in own]
    for finding in new:
        if matches(mutant, subject, finding):
            return "reported", "", finding
    if new:
        return "elsewhere", "another id or place", new[0]
    if outcome.program and outcome.program == subject.baseline.program:
        return "aside", "the compiler sees the same program", None
    return "survived", "", None


def fingerprint(mutant, subject, plugin):
    """Two runs with the same one have the same result."""
    digest = hashlib.sha256(plugin.encode())
    digest.update(mutant.apply(subject.source.text).encode("latin-1"))
    digest.update(repr((sorted(mutant.expected), mutant.where, mutant.aside)).encode())
    return digest.hexdigest()[:16]


class Campaign:
    def __init__(self, arguments):
        self.arguments = arguments
        self.tree = options.kernel_tree(arguments)
        names = options.unit_names(arguments) or self.tree.users(GUP_USER)
        self.units, without = options.units_of(self.tree, names, arguments.jobs)
        self.skipped = [f"{name}: kbuild has no command for it" for name in without]
        if not self.units:
            raise options.BenchError("no unit to mutate")
        compiler = self.units[0].command[0]
        self.plugin = options.plugin_for(arguments, compiler)
        self.plugin_print = self.plugin.fingerprint()
        out = options.out_directory(arguments)
        self.stem = os.path.join(out, f"mutants-{self.tree.version}")
        self.results = Results(self.stem + ".jsonl", arguments.fresh)
        self.equivalent = read_equivalent(arguments.triage, self.tree.version)

    def subjects(self):
        operators = self.arguments.operators.split() or list(mutate.OPERATORS)
        found = []
        for subject in options.spread(lambda unit: scan(unit, operators), self.units,
                                      self.arguments.jobs, "scan"):
            if isinstance(subject, str):
                self.skipped.append(subject)
            elif subject:
                found.append(subject)
        return found

    def compile_original(self, subject):
        outcome = subject.unit.compile(subject.source.text, self.plugin)
        if outcome.status != 0:
            return f"{subject.unit.name}: {outcome.error()}"
        subject.baseline = outcome
        return None

    def run_one(self, task):
        subject, mutant = task
        key = fingerprint(mutant, subject, self.plugin_print)
        seconds = 0.0
        if mutant.aside or mutant.ident in self.equivalent:
            status, finding = "aside", None
            reason = mutant.aside or f"judged: {self.equivalent[mutant.ident]}"
        else:
            outcome = subject.unit.compile(mutant.apply(subject.source.text), self.plugin)
            if outcome.is_interrupted():
                return
            seconds = outcome.seconds
            status, reason, finding = judge(mutant, subject, outcome)
        self.results.add({
            "mutant": mutant.ident, "fingerprint": key, "operator": mutant.operator,
            "pattern": mutant.site.pattern, "file": subject.unit.name, "line": mutant.line,
            "function": mutant.site.function.name, "what": mutant.what, "status": status,
            "reason": reason, "finding": str(finding) if finding else None,
            "seconds": round(seconds, 2)})

    def run(self):
        subjects = self.subjects()
        failed = [text for text in options.spread(self.compile_original, subjects,
                                                  self.arguments.jobs, "originals") if text]
        self.skipped += failed
        subjects = [subject for subject in subjects if subject.baseline is not None]
        tasks = sample([(subject, mutant) for subject in subjects for mutant in subject.mutants],
                       self.arguments.sample)
        wanted = {fingerprint(mutant, subject, self.plugin_print): (subject, mutant)
                  for subject, mutant in tasks}
        done = {row["fingerprint"]: row for row in self.results.rows}
        todo = [task for key, task in wanted.items() if key not in done]
        if len(todo) < len(wanted):
            print(f"{len(wanted) - len(todo)} of {len(wanted)} mutants are done already",
                  file=sys.stderr)
        for _ in options.spread(self.run_one, todo, self.arguments.jobs, "mutants"):
            pass
        self.results.close()
        rows = {row["fingerprint"]: row for row in self.results.rows}
        if not all(key in rows for key in wanted):
            raise KeyboardInterrupt
        self.print_summary(subjects, [rows[key] for key in wanted])

    def print_summary(self, subjects, rows):
        noisy = [(s.unit.name, len(s.baseline.findings)) for s in subjects
                 if s.baseline.findings]
        text = [f"kernel {self.tree.version}, {len(subjects)} units, {len(rows)} mutants, "
                f"plugin {self.plugin_print}", "", summary(rows)]
        if noisy:
            text += ["", "findings on the original: "
                     + ", ".join(f"{name} ({count})" for name, count in noisy)]
        if self.skipped:
            text += ["", "left out:"] + ["  " + line for line in self.skipped]
        with open(self.stem + ".survivors.tsv", "w") as file:
            file.write(survivors(rows))
        text += ["", f"survivors: {self.stem}.survivors.tsv, all results: {self.stem}.jsonl"]
        with open(self.stem + ".txt", "w") as file:
            file.write("\n".join(text) + "\n")
        print("\n".join(text))


def read_equivalent(directory, version):
    """Mutants that a reader judged to be no fault: identity -> why."""
    path = os.path.join(directory, f"mutants-{version}.tsv")
    judged = {}
    if os.path.exists(path):
        with open(path) as file:
            for row in file:
                cells = row.rstrip("\n").split("\t")
                if len(cells) >= 2 and cells[0] != "mutant":
                    judged[cells[0]] = cells[1]
    return judged


def sample(items, count):
    """COUNT of ITEMS, evenly spread and always the same; all of them for 0."""
    if not count or count >= len(items):
        return items
    return [items[number * len(items) // count] for number in range(count)]


def summary(rows):
    """The tables: per operator, and per pattern."""
    header = ("operator", "made", "aside", "mutants", "reported", "share", "elsewhere")
    blocks = [table(header, _shares(rows, "operator", mutate.OPERATORS))]
    header = ("operator", "pattern", "mutants", "reported", "share")
    cross = []
    for operator in mutate.OPERATORS:
        of_operator = [row for row in rows if row["operator"] == operator]
        for line in _shares(of_operator, "pattern", PATTERNS)[:-1]:
            if line[3] != 0:
                cross.append((operator, line[0], line[3], line[4], line[5]))
    blocks.append(table(header, cross))
    reasons = collections.Counter(row["reason"].partition(":")[0] for row in rows
                                  if row["status"] == "aside")
    if reasons:
        blocks.append(table(("set aside because", "mutants"), sorted(reasons.items())))
    return "\n\n".join(blocks)


def _shares(rows, column, order):
    lines = []
    for name in list(order) + ["all"]:
        chosen = [row for row in rows if name in ("all", row[column])]
        states = collections.Counter(row["status"] for row in chosen)
        scored = len(chosen) - states["aside"]
        lines.append((name, len(chosen), states["aside"], scored, states["reported"],
                      share(states["reported"], scored), states["elsewhere"]))
    return lines


def survivors(rows):
    lines = ["mutant\tfile\tline\tpattern\twhat\tstatus\tfinding\n"]
    for row in rows:
        if row["status"] in ("survived", "elsewhere"):
            lines.append("\t".join([row["mutant"], row["file"], str(row["line"]), row["pattern"],
                                    row["what"], row["status"], row["finding"] or "-"]) + "\n")
    return "".join(lines)


def main():
    parser = options.parser(__doc__.partition("\n")[0])
    parser.add_argument("--sample", type=int, default=0, help="that many mutants, evenly spread")
    parser.add_argument("--operators", default="", help="these operators only")
    parser.add_argument("--fresh", action="store_true", help="forget what an earlier run found")
    parser.add_argument("--triage", default=os.path.join(os.path.dirname(__file__), "triage"))
    arguments = parser.parse_args()
    Campaign(arguments).run()
    return 0


if __name__ == "__main__":
    options.main(main)
