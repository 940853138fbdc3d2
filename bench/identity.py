#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Is the object the same, byte for byte, with the plugin and without?

Each unit is compiled twice with kbuild's command line, to the same name, because coverage and debug
information contain it.  The seed is fixed: without one GCC takes the time, for the stamps of
-ftest-coverage and the names of -flto's sections; the seed 0 is none.  Objects that differ are kept.
"""

import os
import tempfile

import campaign
import cost
import options
from kernel import BenchError, Unit, run
from report import Results, table

COMPILE_SECONDS = 600
DIFFERS, SAME, FAILED = "differs", "same", "failed"


def compile_object(argv, directory, path):
    """The object at PATH that ARGV makes, as bytes, or None."""
    status, _, _, _ = run(argv, cwd=directory, seconds=COMPILE_SECONDS)
    if status != 0 or not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        content = file.read()
    os.unlink(path)
    return content


def keep(directory, name, objects):
    for suffix, content in zip(("plain", "plugin"), objects):
        path = os.path.join(directory, f"{name.removesuffix('.c')}.{suffix}.o")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)


def compare(unit, plugin, flags, directory):
    """SAME, DIFFERS or FAILED; objects that differ go to DIRECTORY."""
    with tempfile.TemporaryDirectory(prefix="pincheck-") as scratch:
        path = os.path.join(scratch, os.path.basename(unit.name).removesuffix(".c") + ".o")
        objects = []
        for more in ([], plugin.options()):
            argv = unit.argv(unit.path, ["-c", "-frandom-seed=identity"] + flags + more)
            argv[argv.index("/dev/null")] = path
            objects.append(compile_object(argv, unit.tree.build, path))
    if None in objects:
        # What does not compile without the plugin does not have to with it.
        return FAILED if objects != [None, None] else "not compiled"
    if objects[0] == objects[1]:
        return SAME
    keep(directory, unit.name, objects)
    return DIFFERS


def main():
    parser = options.parser(__doc__.partition("\n")[0])
    parser.add_argument("--sample", type=int, default=60,
                        help="of the units that use the page API, evenly spread")
    parser.add_argument("--flags", default="", help="more options for the compiler")
    arguments = parser.parse_args()
    tree = options.kernel_tree(arguments)
    names = options.unit_names(arguments)
    if not names:
        names = campaign.sample(tree.users(), arguments.sample)
        names += [name for name, klass in cost.read_list(cost.LIST)
                  if klass == "gate" and name not in names]
    units, without = options.units_of(tree, names, arguments.jobs)
    if not units:
        raise BenchError("no unit to compile")
    plugin = options.plugin_for(arguments, units[0].command[0], stop=False)
    out = options.out_directory(arguments)
    results = Results(os.path.join(out, f"identity-{tree.version}.jsonl"), fresh=True)
    counts = {}
    outcomes = options.spread(
        lambda unit: compare(unit, plugin, arguments.flags.split(), os.path.join(out, "identity")),
        units, arguments.jobs, "units")
    for unit, outcome in zip(units, outcomes):
        results.add({"unit": unit.name, "outcome": outcome})
        counts[outcome] = counts.get(outcome, 0) + 1
        if outcome != SAME:
            print(f"{outcome}: {unit.name}")
    results.close()
    if without:
        print("without a command from kbuild: " + " ".join(without))
    print(f"kernel {tree.version}, objects with the plugin and without" +
          (f", {arguments.flags}" if arguments.flags else ""))
    print(table(("outcome", "units"), sorted(counts.items())))
    return 1 if not counts.get(SAME) or counts.get(DIFFERS) or counts.get(FAILED) else 0


if __name__ == "__main__":
    options.main(main)
