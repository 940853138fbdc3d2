#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The same mutants through what a user would use today.

Each tool reads the original unit and the mutant.  A mutant counts as found by any report that the
original lacks, whatever it says: more than the other tools need to show is asked of pincheck, whose
report has to be of the right id at the right place.  A tool that cannot read a unit is not blamed for
its mutants.  Time is the tool's on the original, as a ratio to the plain compilation.
"""

import os
import re
import shutil
import subprocess
import tempfile

import campaign
import mutate
import options
from kernel import BenchError, run
from report import Results, share, table
from sites import GUP_USER

TOOL_SECONDS = 300
_REPORT = re.compile(r"^(?P<file>[^:\s]+):(?P<line>\d+):(?:\d+:)? (?:warning|error|style|information)"
                     r": (?P<text>.*)$", re.M)
_UNREADABLE = re.compile(r"\b(?:fatal error|too many errors|syntaxError|unknownMacro|preprocessorErrorDirective|parse error)\b")
SEMANTIC_PATCH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers", "pages.cocci")


def preprocessor_words(command):
    """Those words of a compiler's command that every reader of C understands."""
    words, take = [], 0
    for word in command:
        if take:
            words.append(word)
            take -= 1
        elif word in ("-include", "-isystem", "-iquote", "-I", "-D", "-U"):
            words.append(word)
            take = 1
        elif re.match(r"-[IDU].|-nostdinc$|-std=|-m64$|-fshort-wchar$", word):
            words.append(word)
    return words


class Tool:
    """One analyzer: how it is called on a unit, and whether it is here."""

    def __init__(self, name, program, argv):
        self.name = name
        self.program = program
        self._argv = argv

    def is_here(self):
        return shutil.which(self.program) is not None

    def reports(self, unit, text):
        """The set of (line, message) on TEXT, or None if it cannot be read; and the seconds."""
        with tempfile.TemporaryDirectory(prefix="pincheck-") as directory:
            copy = os.path.join(directory, os.path.basename(unit.path))
            with open(copy, "w", encoding="latin-1", newline="") as file:
                file.write(text)
            status, output, error, seconds = run(self._argv(unit, copy), cwd=unit.tree.build,
                                                 seconds=TOOL_SECONDS)
        said = output + error
        own = {(int(m.group("line")), m.group("text")) for m in _REPORT.finditer(said)
               if os.path.basename(m.group("file")) == os.path.basename(unit.path)}
        if status == 124 or _UNREADABLE.search(said):
            return None, seconds
        return own, seconds


def _quoted(unit):
    return ["-iquote", os.path.dirname(unit.path)]


def _sparse(program):
    def argv(unit, copy):
        return ([program, "-D__x86_64__", "-Dlinux", "-D__linux__", "-Dunix", "-D__unix__", "-m64",
                 "-Wno-return-void", "-Wno-unknown-attribute"] + _quoted(unit)
                + preprocessor_words(unit.command) + [copy])
    return argv


def _analyzer(unit, copy):
    return unit.argv(copy, ["-S", "-fanalyzer", "-Wno-error"])


def _clang(unit, copy):
    return (["clang", "--analyze", "-Xclang", "-analyzer-output=text", "-w",
             "-Wno-unknown-warning-option", "-o", os.devnull]
            + _quoted(unit) + preprocessor_words(unit.command) + [copy])


def _spatch(_unit, copy):
    return ["spatch", "--very-quiet", "--no-includes", "-D", "report", "--sp-file", SEMANTIC_PATCH,
            copy]


def _cppcheck(_unit, copy):
    # Its preprocessor does not get through the kernel's headers.
    return ["cppcheck", "--quiet", "--enable=warning",
            "--template={file}:{line}:{column}: {severity}: {message} [{id}]", copy]


def tools():
    return [
        Tool("gcc -fanalyzer", "gcc", _analyzer),
        Tool("sparse", "sparse", _sparse("sparse")),
        Tool("smatch", "smatch", _sparse("smatch")),
        Tool("spatch", "spatch", _spatch),
        Tool("clang --analyze", "clang", _clang),
        Tool("cppcheck", "cppcheck", _cppcheck),
    ]


class Score:
    def __init__(self, name):
        self.name = name
        self.read = self.unread = 0	# units
        self.on_original = 0
        self.seconds = self.plain_seconds = 0.0
        self.mutants, self.found = {}, {}

    def row(self):
        cells = [self.name, f"{self.read}/{self.read + self.unread}"]
        for operator in ("swap-release", "drop-release"):
            cells.append(f"{self.found.get(operator, 0)}/{self.mutants.get(operator, 0)}")
        found, mutants = sum(self.found.values()), sum(self.mutants.values())
        ratio = self.seconds / self.plain_seconds if self.plain_seconds else 0
        return cells + [share(found, mutants), self.on_original, f"{ratio:.2f}"]


def chosen_mutants(arguments, tree):
    """The sample: mutants that compile, half of them swaps and half drops, with their subjects."""
    names = options.unit_names(arguments) or tree.users(GUP_USER)
    units, _ = options.units_of(tree, names, arguments.jobs)
    operators = {name: mutate.OPERATORS[name] for name in ("swap-release", "drop-release")}
    scanned = options.spread(lambda unit: campaign.scan(unit, operators), units, arguments.jobs,
                             "scan")
    subjects = [subject for subject in scanned if isinstance(subject, campaign.Subject)]
    picked = []
    for operator in operators:
        of_operator = [(subject, mutant) for subject in subjects for mutant in subject.mutants
                       if mutant.operator == operator and not mutant.aside]
        picked += campaign.sample(of_operator, arguments.mutants // 2)
    return picked


def compare(tool, picked, plain, results):
    """The Score of TOOL on the PICKED mutants."""
    score, originals = Score(tool.name), {}
    for subject, mutant in picked:
        unit, text = subject.unit, subject.source.text
        if unit.name not in originals:
            originals[unit.name], seconds = tool.reports(unit, text)
            if originals[unit.name] is None:
                score.unread += 1
            else:
                score.read += 1
                score.on_original += len(originals[unit.name])
                score.seconds += seconds
                score.plain_seconds += plain[unit.name]
        status = "unreadable"
        if originals[unit.name] is not None:
            reports, _ = tool.reports(unit, mutant.apply(text))
            found = bool(reports) and bool(reports - originals[unit.name])
            status = "found" if found else "missed"
            score.mutants[mutant.operator] = score.mutants.get(mutant.operator, 0) + 1
            score.found[mutant.operator] = score.found.get(mutant.operator, 0) + found
        results.add({"tool": tool.name, "mutant": mutant.ident, "status": status})
    return score


def own_score(picked, plugin, plain, results):
    """pincheck's Score, by the rules of the campaign."""
    score = Score("pincheck")
    for subject, mutant in picked:
        if subject.baseline is None:
            outcome = subject.unit.compile(subject.source.text, plugin)
            subject.baseline = outcome
            score.read += 1
            score.on_original += len(outcome.findings)
            score.seconds += outcome.seconds
            score.plain_seconds += plain[subject.unit.name]
        outcome = subject.unit.compile(mutant.apply(subject.source.text), plugin)
        status, _, _ = campaign.judge(mutant, subject, outcome)
        score.mutants[mutant.operator] = score.mutants.get(mutant.operator, 0) + 1
        score.found[mutant.operator] = (score.found.get(mutant.operator, 0)
                                        + (status == "reported"))
        results.add({"tool": "pincheck", "mutant": mutant.ident,
                     "status": "found" if status == "reported" else "missed"})
    return score


def version_of(program):
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip().split("\n")[0]


def main():
    parser = options.parser(__doc__.partition("\n")[0])
    parser.add_argument("--mutants", type=int, default=30, help="how many")
    parser.add_argument("--tools", default="", help="these only, by program")
    arguments = parser.parse_args()
    tree = options.kernel_tree(arguments)
    picked = chosen_mutants(arguments, tree)
    if not picked:
        raise BenchError("no mutant to compare on")
    plugin = options.plugin_for(arguments, picked[0][0].unit.command[0], stop=False)
    results = Results(os.path.join(options.out_directory(arguments),
                                   f"peers-{tree.version}.jsonl"), fresh=True)
    plain = {}
    for subject, _ in picked:
        if subject.unit.name not in plain:
            argv = subject.unit.argv(subject.unit.path, ["-S", "-w"])
            plain[subject.unit.name] = run(argv, cwd=tree.build)[3]
    wanted = arguments.tools.split()
    here = [tool for tool in tools()
            if tool.is_here() and (not wanted or tool.program in wanted)]
    absent = [tool.name for tool in tools() if not tool.is_here()]
    scores = [own_score(picked, plugin, plain, results)]
    # One tool at a time has a core to itself: its time is part of the result.
    scores += options.spread(lambda tool: compare(tool, picked, plain, results), here,
                             arguments.jobs, "tools")
    results.close()
    print(f"kernel {tree.version}, {len(picked)} mutants in {len(plain)} units")
    print(table(("tool", "units read", "swaps found", "drops found", "share", "on originals", "time"),
                [score.row() for score in scores]))
    print()
    for tool in here:
        print(f"{tool.name}: {version_of(tool.program)}")
    if absent:
        print("not installed: " + ", ".join(absent))
    return 0


if __name__ == "__main__":
    options.main(main)
