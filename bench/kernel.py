# SPDX-License-Identifier: GPL-2.0-or-later
"""A prepared kernel tree, and its units compiled outside of kbuild.

kbuild writes the exact command line of each target to `.<target>.cmd`.  Tree reads it back, so that a
copy of a unit, changed and kept outside of the tree, is compiled as kbuild would compile the original:

    tree = Tree("linux-source-6.12", "build-6.12")
    tree.prepare(["drivers/misc/xilinx_sdfec.c"], jobs=2)
    unit = Unit(tree, "drivers/misc/xilinx_sdfec.c")
    outcome = unit.compile(unit.text().replace("pinned)", "nr_pages)"), Plugin("pincheck.so"))

The tree itself is never written to, apart from the `.i` files that kbuild leaves in its build directory.
"""

import hashlib
import os
import re
import shlex
import signal
import subprocess
import tempfile
import time

from findings import parse_findings

COMPILE_SECONDS = 60

# What makes a unit a user of the page API: the list that bench-alarms goes through.
PAGE_API = re.compile(
    r"\b(?:(?:un)?pin_user_\w+|unpin_folios?|memfd_pin_folios|get_user_pages?(?:_\w+)?"
    r"|__get_user_pages_fast|put_user_pages?(?:_\w+)?|get_dump_page|iov_iter_(?:get|extract)_pages\w*"
    r"|extract_iter_to_sg|bio_iov_iter_get_pages|bio_release_pages|release_pages|put_page"
    r"|folio_put(?:_refs)?|folios_put)\s*\(")

# Options that name an output, or belong to a plugin of the build itself.
_OUTPUT_OPTION = re.compile(r"-Wp,-M|-fplugin")


class BenchError(Exception):
    """What the user has to put right: one line, no traceback."""


class Plugin:
    """The plugin as compiler options, and what tells one build of it from another."""

    def __init__(self, path, arguments=()):
        if path and not os.path.exists(path):
            raise BenchError(f"no plugin {path}: run make first")
        self.path = os.path.abspath(path) if path else None
        self.arguments = list(arguments)

    def options(self):
        if not self.path:
            return []
        name = os.path.basename(self.path).removesuffix(".so")
        return [f"-fplugin={self.path}"] + [f"-fplugin-arg-{name}-{a}" for a in self.arguments]

    def fingerprint(self):
        digest = hashlib.sha256(" ".join(self.arguments).encode())
        if self.path:
            with open(self.path, "rb") as file:
                digest.update(file.read())
        return digest.hexdigest()[:16]


class Outcome:
    """One run of the compiler."""

    def __init__(self, status, stderr, seconds, findings, program):
        self.status = status
        self.stderr = stderr
        self.seconds = seconds
        self.findings = findings
        self.program = program		# equal if the compiler sees the same program, in SSA form

    def is_interrupted(self):
        """Whether it was stopped from outside: that says nothing about the unit."""
        return self.status < 0

    def is_fault(self):
        """Whether the compiler itself failed: it crashed, or did not come to an end."""
        return self.status == 124 or "internal compiler error" in self.stderr

    def error(self):
        """The first error message, or None."""
        if self.status == 0:
            return None
        found = re.search(r"error: (.*)|(internal compiler error.*)", self.stderr)
        return found.group(0) if found else f"exit status {self.status}"


def run(argv, cwd=None, seconds=COMPILE_SECONDS):
    """Run ARGV in the C locale: status, standard output, standard error, elapsed seconds."""
    start = time.monotonic()
    # A group of its own: cc1 outlives the driver that is killed for taking too long.
    with subprocess.Popen(argv, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, env=dict(os.environ, LC_ALL="C"),
                          errors="replace", text=True, start_new_session=True) as child:
        try:
            output, error = child.communicate(timeout=seconds)
            status = child.returncode
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            status, output, error = 124, "", f"error: stopped after {seconds} seconds"
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            raise
    return status, output, error, time.monotonic() - start


class Tree:
    """A kernel source and its build directory (which may be the same)."""

    def __init__(self, source, build=None, compiler="gcc"):
        self.source = os.path.realpath(source)
        self.build = os.path.realpath(build or source)
        if not os.path.exists(os.path.join(self.source, "Makefile")):
            raise BenchError(f"{source} is not a kernel source")
        self.version = self._version()
        self.architecture = self._architecture()
        self.compiler = compiler

    def _version(self):
        with open(os.path.join(self.source, "Makefile"), errors="replace") as file:
            head = file.read(2000)
        number = [re.search(rf"^{name} = (\d+)", head, re.M) for name in ("VERSION", "PATCHLEVEL")]
        if not all(number):
            raise BenchError(f"{self.source}/Makefile has no VERSION and PATCHLEVEL")
        return ".".join(found.group(1) for found in number)

    def _architecture(self):
        """The directory below arch/ that the build directory is configured for."""
        try:
            with open(os.path.join(self.build, ".config"), errors="replace") as file:
                found = re.search(r"^# Linux/(\w+) ", file.read(500), re.M)
        except OSError as error:
            raise BenchError(f"{self.build} is not configured: {error.strerror}") from error
        return {"x86_64": "x86", "i386": "x86"}.get(found.group(1), found.group(1)) if found else "x86"

    def command_file(self, unit):
        """The .cmd file of the unit's object or, failing that, of its preprocessed text."""
        directory, name = os.path.split(unit.removesuffix(".c"))
        for suffix in (".o", ".i"):
            path = os.path.join(self.build, directory, f".{name}{suffix}.cmd")
            if os.path.exists(path):
                return path
        return None

    def prepare(self, units, jobs):
        """Have kbuild write the command line of each of UNITS: by preprocessing it, the cheapest way."""
        missing = [unit for unit in units if not self.command_file(unit)]
        if not missing:
            return
        argv = ["make", "-k", f"-j{jobs}", "-C", self.source]
        if self.build != self.source:
            argv.append(f"O={self.build}")
        argv.append(f"CC={self.compiler}")
        argv += [unit.removesuffix(".c") + ".i" for unit in missing]
        run(argv, seconds=3600)

    def users(self, pattern=PAGE_API):
        """The .c files of this architecture that mention PATTERN, sorted."""
        units = []
        for directory, subdirectories, files in os.walk(self.source):
            below = os.path.relpath(directory, self.source)
            subdirectories[:] = sorted(d for d in subdirectories
                                       if self._is_kernel_code(os.path.normpath(f"{below}/{d}")))
            for name in files:
                if not name.endswith(".c") or name.endswith(".mod.c"):
                    continue
                path = os.path.normpath(os.path.join(below, name))
                with open(os.path.join(directory, name), errors="replace") as file:
                    if pattern.search(file.read()):
                        units.append(path)
        return sorted(units)

    def _is_kernel_code(self, directory):
        parts = directory.split(os.sep)
        if parts[0] in ("tools", "samples", "scripts", "Documentation", "rust", "usr", "debian"):
            return False
        if parts[-1].startswith("."):
            return False
        return parts[0] != "arch" or len(parts) == 1 or parts[1] == self.architecture

    def relative(self, path):
        """PATH as the kernel names it."""
        for root in (self.source, self.build):
            if path.startswith(root + os.sep):
                return path[len(root) + 1:]
        return path.removeprefix("./")


def read_command(path):
    """The compiler's words in kbuild's .cmd file, without input and output."""
    with open(path, errors="replace") as file:
        line = file.readline()
    text = line.partition(":=")[2].strip().replace("$$", "$").replace("$(pound)", "#")
    words = []
    for word in shlex.split(text):
        if word.rstrip(";") == "" or word == "&&":
            break			# objtool and others follow
        words.append(word)
    kept, skip = [], False
    for word in words:
        if skip:
            skip = False
        elif word == "-o":
            skip = True
        elif word not in ("-c", "-E") and not _OUTPUT_OPTION.match(word):
            kept.append(word)
    if not kept or not kept[-1].endswith(".c"):
        raise BenchError(f"{path}: no compiler command")
    return kept[:-1]


class Unit:
    """One translation unit of a tree."""

    def __init__(self, tree, name, scratch=None):
        self.tree = tree
        self.name = re.sub(r"\.[oi]$", ".c", name)
        self.path = os.path.join(tree.source, self.name)
        self.scratch = scratch or tempfile.gettempdir()
        command_file = tree.command_file(self.name)
        if not command_file:
            raise BenchError(f"{self.name}: kbuild does not compile it")
        self.command = read_command(command_file)

    def text(self):
        # latin-1 maps every byte to one character: offsets are those of the file.
        with open(self.path, encoding="latin-1", newline="") as file:
            return file.read()

    def argv(self, source, options, include=None):
        """The command line that compiles SOURCE in the place of this unit."""
        places = [include] if include else []
        places.append(os.path.dirname(self.path))
        quoted = [word for place in places for word in ("-iquote", place)]
        # Some units are compiled with -Werror, and a finding is no failure here.
        return (self.command[:1] + quoted + self.command[1:]
                + ["-Wno-error", "-fdiagnostics-plain-output"] + options + ["-o", "/dev/null", source])

    def live_text(self):
        """
        The source with every line blanked that this configuration's #if leaves out, and the names that
        the headers declare or define as functions.  (None, {}) if the preprocessor fails.
        """
        argv = self.argv(self.path, ["-E", "-fdirectives-only"])
        argv[argv.index("/dev/null")] = "-"
        status, output, _, _ = run(argv, cwd=self.tree.build)
        if status != 0:
            return None, set()
        live, headers = set(), []
        ours, line = False, 0
        for row in output.split("\n"):
            marker = re.match(r'# (\d+) "([^"]*)"', row)
            if marker:
                line = int(marker.group(1))
                ours = marker.group(2) == self.path
            else:
                if ours:
                    live.add(line)
                else:
                    headers.append(row)
                line += 1
        rows = self.text().split("\n")
        text = "\n".join(row if number in live else " " * len(row)
                         for number, row in enumerate(rows, 1))
        return text, set(re.findall(r"\b([a-z_]\w*)\s*\(", "\n".join(headers)))

    def compile(self, text, plugin, options=("-S",), include=None):
        """
        Compile TEXT as this unit's source.  Findings name the original file and its lines, as long as
        TEXT has the lines of the original.
        """
        with tempfile.TemporaryDirectory(prefix="pincheck-", dir=self.scratch) as directory:
            copy = os.path.join(directory, os.path.basename(self.path))
            ssa = os.path.join(directory, "ssa")
            with open(copy, "w", encoding="latin-1", newline="") as file:
                file.write(f'#line 1 "{self.path}"\n')
                file.write(text)
            # -nouid: the same program has the same dump, however it was written.
            argv = self.argv(copy, list(options) + [f"-fdump-tree-ssa-nouid={ssa}"]
                             + plugin.options(), include)
            status, _, stderr, seconds = run(argv, cwd=self.tree.build)
            program = _digest(ssa)
        return Outcome(status, stderr, seconds, parse_findings(stderr, self.tree.relative), program)


def _digest(path):
    """A hash of the file PATH, or None."""
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()
