# SPDX-License-Identifier: GPL-2.0-or-later
"""What all instruments take on the command line, and how they spread work over the cores."""

import argparse
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from kernel import BenchError, Plugin, Tree, Unit, run


def parser(description):
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--kernel", default="6.12",
                      help="a kernel source, or a version that `make check-kernel' can fetch")
    made.add_argument("--build", default="", help="its build directory (O=)")
    made.add_argument("--top", default="build", help="where the plugins are: TOP/<major>/pincheck.so")
    made.add_argument("--plugin", default="", help="this plugin instead")
    made.add_argument("--config", default="allmodconfig", help="of a kernel that is not prepared")
    made.add_argument("--compiler", default="gcc", help="CC= for kbuild")
    made.add_argument("--jobs", type=int, default=os.cpu_count())
    made.add_argument("--units", default="", help="these units only: names or @FILE")
    made.add_argument("--out", default="", help="directory for the result files")
    return made


def kernel_tree(arguments, kernel=None):
    """The tree that KERNEL (or --kernel) names; what is not prepared yet is, as check-kernel does it."""
    kernel = kernel or arguments.kernel
    below = os.path.join(arguments.top, "kernel")
    source = kernel if os.path.isdir(kernel) else os.path.join(below, f"linux-source-{kernel}")
    name = "-".join([os.path.basename(os.path.realpath(source)),
                     os.path.basename(arguments.config), os.path.basename(arguments.compiler)])
    build = arguments.build or os.path.join(below, name)
    if not os.path.isdir(source) or not os.path.exists(os.path.join(build, "include/generated")):
        prepare_kernel(kernel, arguments)
    return Tree(source, build, arguments.compiler)


def prepare_kernel(kernel, arguments):
    """Fetch, configure and prepare KERNEL by having check-kernel compile one unit of it."""
    script = os.path.join(os.path.dirname(__file__), "..", "scripts", "check-kernel")
    wanted = dict(KERNEL=kernel, CONFIG=arguments.config, CC=arguments.compiler,
                  BUILD=arguments.build, UNITS="lib/scatterlist.o", KNOWN="")
    print(f"preparing kernel {kernel}", file=sys.stderr)
    done = subprocess.run([script], env=dict(os.environ, **wanted), stdout=subprocess.DEVNULL,
                          check=False)
    if done.returncode == 2:
        raise BenchError(f"kernel {kernel} is not there and cannot be prepared")


def plugin_for(arguments, compiler, extra=(), stop=True):
    """The plugin built for COMPILER, told to end the compilation behind its pass if it can and STOP."""
    path = arguments.plugin
    if not path:
        version = subprocess.run([compiler, "-dumpversion"], capture_output=True, text=True,
                                 check=True)
        path = os.path.join(arguments.top, version.stdout.partition(".")[0].strip(), "pincheck.so")
    plain, stopping = Plugin(path, extra), Plugin(path, list(extra) + ["stop"])
    if not stop:
        return plain
    status, _, _, _ = run([compiler, "-x", "c", "-S", "-o", os.devnull, os.devnull]
                          + stopping.options())
    return stopping if status == 0 else plain


def out_directory(arguments):
    path = arguments.out or os.path.join(arguments.top, "bench")
    os.makedirs(path, exist_ok=True)
    return path


def unit_names(arguments):
    """The units asked for, as .c files, or []."""
    words = arguments.units.split()
    names = []
    for word in words:
        if word.startswith("@"):
            with open(word[1:]) as file:
                rows = (row.partition("#")[0].split() for row in file)
                names += [row[0] for row in rows if row]
        else:
            names.append(word)
    return [name.removesuffix(".o").removesuffix(".c") + ".c" for name in names]


def units_of(tree, names, jobs):
    """The Unit of each of NAMES that kbuild has a command for, and the names of the others."""
    tree.prepare(names, jobs)
    units, without = [], []
    for name in names:
        try:
            units.append(Unit(tree, name))
        except BenchError:
            without.append(name)
    return units, without


def spread(function, items, jobs, label):
    """Yield FUNCTION(item) of all ITEMS in their order, on JOBS cores, with progress on a terminal."""
    items = list(items)
    pool = ThreadPoolExecutor(jobs)
    try:
        for number, result in enumerate(pool.map(function, items), 1):
            if sys.stderr.isatty():
                print(f"\r{label}: {number}/{len(items)}", end="", file=sys.stderr, flush=True)
            elif number % 200 == 0:
                print(f"{label}: {number}/{len(items)}", file=sys.stderr, flush=True)
            yield result
    finally:
        pool.shutdown(cancel_futures=True)	# when interrupted, only what has begun
    if sys.stderr.isatty() and items:
        print(file=sys.stderr)


def main(function):
    """Run FUNCTION and turn what it raises into an exit status."""
    try:
        sys.exit(function())
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("\nbench: interrupted; the same command goes on from here", file=sys.stderr)
        sys.exit(130)
