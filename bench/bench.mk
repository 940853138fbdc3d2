# SPDX-License-Identifier: GPL-2.0-or-later
#
# The measuring instruments, each one command with a table at the end and a
# result file in build/bench/:
#
#	make bench-mutants KERNEL=6.12		one mistake at a time: is it reported?
#	make bench-alarms KERNEL=6.12		every finding on the unmodified tree
#	make bench-bugs DIR=...			a directory of bugs as patches
#	make bench-cost KERNEL=6.12		instructions and memory of cc1
#	make bench-peers KERNEL=6.12		what other tools find
#	make check-identity KERNEL=6.12		are objects the same with the plugin and without?
#
# KERNEL	a version that `make check-kernel' can fetch, or a source directory
# CONFIG, CC	as for `make check-kernel'
# BUILD		the build directory (O=) of a source directory
# UNITS		these units only: names, or @FILE with one name a line
# JOBS		how many at a time; default: all cores
# SAMPLE	(mutants, identity) that many, evenly spread
# FLAGS		(identity) more options for the compiler
# OPERATORS	(mutants) these only
# TREES		(bugs) VERSION=SOURCE:BUILD ..., for trees that are elsewhere
# FRESH=1	(mutants) do not go on from an earlier run
# PLUGIN	this plugin, not build/<major>/pincheck.so

# make's own default for CC is cc.
bench_cc = $(if $(filter default,$(origin CC)),,$(CC))
bench	= python3 -B bench/$(1).py --kernel "$(or $(KERNEL),6.12)" --build "$(BUILD)" \
	  $(if $(CONFIG),--config "$(CONFIG)") --compiler "$(or $(bench_cc),gcc)" \
	  --top $(build) --plugin "$(PLUGIN)" --units "$(UNITS)" $(if $(JOBS),--jobs $(JOBS))

bench-mutants: all
	$(Q)$(call bench,campaign) $(if $(SAMPLE),--sample $(SAMPLE)) \
		$(if $(OPERATORS),--operators "$(OPERATORS)") $(if $(FRESH),--fresh)

bench-alarms: all
	$(Q)$(call bench,alarms)

bench-bugs: all
	$(Q)$(call bench,bugs) $(TREES:%=--tree %) "$(DIR)"

bench-cost: all
	$(Q)$(call bench,cost)

bench-peers: all
	$(Q)$(call bench,peers)

check-identity: all
	$(Q)$(call bench,identity) $(if $(SAMPLE),--sample $(SAMPLE)) --flags="$(FLAGS)"

.PHONY: check-identity bench-mutants bench-alarms bench-bugs bench-cost bench-peers
