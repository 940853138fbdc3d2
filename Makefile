# SPDX-License-Identifier: GPL-2.0-or-later
#
#	make			the plugin for every GCC here, and the command `pincheck'
#	make demo		show what it finds in a small driver
#	make check		the whole suite; RUNTESTFLAGS="dg.exp=leak-*.c" for less
#	make check-kernel KERNEL=6.12
#				compile what uses page references in a real kernel
#	make check-identity KERNEL=6.12
#				does that give the same objects without the plugin?
#	make check-layers	may every file include and call what it does?
#	make install		PREFIX=/usr/local, DESTDIR=
#	make deps		what the distribution has to provide
#	make clean
#
# V=1 shows the commands.  What is built is in build/:
#
#	<major>/pincheck.so	the plugin for GCC <major>
#	pincheck		the command
#	core-pic/ core-san/	the core: as it is shipped, and for the unit tests
#	unit/NAME		testsuite/pincheck.unit/NAME.c under ASan and UBSan
#	unit/engine-random	testsuite/pincheck.random the same way; -fast without them
#	check/ kernel/		what `make check' and `make check-kernel' leave

PREFIX	?= /usr/local
HOSTCC	?= gcc
HOSTCXX	?= g++
CFLAGS	?= -O3 -g

MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.SUFFIXES:

build	:= build
Q	:= $(if $(V),,@)
say	= @printf '  %-7s %s\n'

all:

# ------------------------------------------------------------- dependencies
#
# What is missing is installed before anything else; make then starts anew and
# finds the compilers that came with it.

goals	:= $(or $(MAKECMDGOALS),all)
quiet_goals := clean
ifneq ($(filter-out $(quiet_goals),$(goals)),)
sets	:= build \
	$(if $(filter deps check check-%,$(goals)),check) \
	$(if $(filter deps check-kernel,$(goals)),kernel)
ifneq ($(if $(MAKE_RESTARTS),,$(shell scripts/deps --missing $(sets))),)
# Not .PHONY: make does not start anew for a makefile that is.
$(build)/installed.mk: always
	@mkdir -p $(@D)
	@scripts/deps $(sets)
	@touch $@
include $(build)/installed.mk
endif
# Words of the form 12:gcc-12:/usr/lib/gcc/x86_64-linux-gnu/12/plugin
compilers := $(shell scripts/compilers | tr ' ' ':')
endif

field	= $(word $(2),$(subst :, ,$(1)))
majors	:= $(foreach compiler,$(compilers),$(call field,$(compiler),1))
CCS	:= $(foreach compiler,$(compilers),$(call field,$(compiler),2))

deps always: ;@:

# --------------------------------------------------------------------- core

core_sources	:= $(wildcard plugin/core/*.c)
core_cflags	:= -std=c11 -D_DEFAULT_SOURCE -Wall -Wextra -Werror -Iplugin/core
core_libs	:= -lisl -lgmp -liberty
depend		= -MMD -MP -MF $(@:.o=.d)

pic_core	:= $(core_sources:plugin/core/%.c=$(build)/core-pic/%.o) \
		   $(build)/core-pic/embedded-contracts.o
san_core	:= $(core_sources:plugin/core/%.c=$(build)/core-san/%.o) \
		   $(build)/core-san/embedded-contracts.o
sanitize	:= -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer

$(build)/core-pic/%.o: plugin/core/%.c
	@mkdir -p $(@D)
	$(say) CC $<
	$(Q)$(HOSTCC) $(core_cflags) $(CFLAGS) -fPIC -fvisibility=hidden $(depend) -c -o $@ $<

$(build)/core-san/%.o: plugin/core/%.c
	@mkdir -p $(@D)
	$(say) 'CC SAN' $<
	$(Q)$(HOSTCC) $(core_cflags) -O1 -g $(sanitize) $(depend) -c -o $@ $<

$(build)/core-pic/embedded-contracts.o: $(build)/embedded-contracts.c
	@mkdir -p $(@D)
	$(say) CC $<
	$(Q)$(HOSTCC) $(core_cflags) $(CFLAGS) -fPIC -fvisibility=hidden $(depend) -c -o $@ $<

$(build)/core-san/embedded-contracts.o: $(build)/embedded-contracts.c
	@mkdir -p $(@D)
	$(say) 'CC SAN' $<
	$(Q)$(HOSTCC) $(core_cflags) -O1 $(depend) -c -o $@ $<

# Archives, so that every program takes the parts it uses.
$(build)/core-pic.a: $(pic_core)
$(build)/core-san.a: $(san_core)
$(build)/core-pic.a $(build)/core-san.a:
	$(say) AR $@
	$(Q)$(RM) $@
	$(Q)ar rcs $@ $^

# ------------------------------------- the kernel's contracts, made into tables

# Kinds first: what follows refers to them.
annotations	:= $(wildcard kernel-annotations/kinds.contracts) \
		   $(filter-out %/kinds.contracts,$(sort $(wildcard kernel-annotations/*.contracts)))
embed_core	:= arena $(filter-out contract-embedded,\
		   $(patsubst plugin/core/%.c,%,$(wildcard plugin/core/contract*.c)))
embed_objects	:= $(build)/cli/embed.o $(embed_core:%=$(build)/core-pic/%.o)

$(build)/embed: $(embed_objects)
	$(say) LD $@
	$(Q)$(HOSTCC) -o $@ $^ -liberty

$(build)/embedded-contracts.c: $(build)/embed $(annotations)
	$(say) EMBED kernel-annotations/
	$(Q)$(build)/embed $(annotations) > $@

# ------------------------------------------------------- the command `pincheck'

cli_objects	:= $(patsubst plugin/cli/%.c,$(build)/cli/%.o,\
		   $(filter-out plugin/cli/embed.c,$(wildcard plugin/cli/*.c)))

$(build)/cli/%.o: plugin/cli/%.c
	@mkdir -p $(@D)
	$(say) CC $<
	$(Q)$(HOSTCC) $(core_cflags) $(CFLAGS) $(depend) -c -o $@ $<

$(build)/pincheck: $(cli_objects) $(build)/core-pic.a
	$(say) LD $@
	$(Q)$(HOSTCC) -o $@ $^ $(core_libs)

# ------------------------------------------------------- the plugin for each GCC
#
# C++ because GCC's headers are; -isystem keeps GCC's own warnings out.

gcc_sources	:= $(wildcard plugin/gcc/*.c)
plugin_cxxflags	:= -x c++ -std=gnu++14 -fPIC -fno-rtti -fno-exceptions -fvisibility=hidden \
		   -Wall -Wextra -Werror -Iplugin/core
plugins		:= $(majors:%=$(build)/%/pincheck.so)

# cc1 has a libstdc++ of its own inside.  To load another one would cost it four
# million instructions, in every unit, for the few functions that are used here.
static_cxx	:= $(if $(findstring /,$(shell $(HOSTCXX) -print-file-name=libstdc++.a 2>/dev/null)),\
		   -static-libstdc++ -static-libgcc)

define plugin_rules
$(build)/$(1)/%.o: plugin/gcc/%.c
	@mkdir -p $$(@D)
	$$(say) "CXX $(1)" $$<
	$$(Q)$$(HOSTCXX) $$(plugin_cxxflags) $$(CFLAGS) -isystem $(3)/include $$(depend) -c -o $$@ $$<

$(build)/$(1)/pincheck.so: $(gcc_sources:plugin/gcc/%.c=$(build)/$(1)/%.o) $(build)/core-pic.a
	$$(say) "LD $(1)" $$@
	$$(Q)$$(HOSTCXX) -shared -Wl,--exclude-libs,ALL -Wl,-Bsymbolic $(static_cxx) -o $$@ $$^ $$(core_libs)
endef
$(foreach compiler,$(compilers),$(eval $(call plugin_rules,$(call \
	field,$(compiler),1),$(call field,$(compiler),2),$(call field,$(compiler),3))))

all: $(plugins) $(build)/pincheck ;@:

# ------------------------------------------------------------------ the suite

unit_tests	:= $(patsubst testsuite/pincheck.unit/%.c,$(build)/unit/%,\
		   $(wildcard testsuite/pincheck.unit/*.c))

$(build)/unit/%: testsuite/pincheck.unit/%.c testsuite/pincheck.unit/unit.h $(build)/core-san.a
	@mkdir -p $(@D)
	$(say) 'LD SAN' $@
	$(Q)$(HOSTCC) $(core_cflags) -O1 -g $(sanitize) -MMD -MP -MF $@.d -MT $@ \
		-o $@ $< $(build)/core-san.a $(core_libs)

random_sources	:= $(wildcard testsuite/pincheck.random/*.c)
random_headers	:= $(wildcard testsuite/pincheck.random/*.h)
random_tests	:= $(build)/unit/engine-random $(build)/unit/engine-random-fast

$(build)/unit/engine-random: $(random_sources) $(random_headers) $(build)/core-san.a
	@mkdir -p $(@D)
	$(say) 'LD SAN' $@
	$(Q)$(HOSTCC) $(core_cflags) -O1 -g $(sanitize) -o $@ $(random_sources) \
		$(build)/core-san.a $(core_libs)

$(build)/unit/engine-random-fast: $(random_sources) $(random_headers) $(build)/core-pic.a
	@mkdir -p $(@D)
	$(say) LD $@
	$(Q)$(HOSTCC) $(core_cflags) $(CFLAGS) -o $@ $(random_sources) \
		$(build)/core-pic.a $(core_libs)

check: all $(unit_tests) $(random_tests)
	$(Q)testsuite/run $(build) $(CCS)

check-layers: $(build)/core-pic.a
	$(say) LAYERS plugin/core
	$(Q)scripts/check-layers $(build)/core-pic.a

check-kernel: all
	$(Q)scripts/check-kernel

demo: all
	$(Q)testsuite/demo/run $(build)

# ------------------------------------------------------------------ installing

libdir	:= $(DESTDIR)$(PREFIX)/lib/pincheck
default_major = $(shell $(HOSTCC) -dumpversion | cut -d. -f1)

# lib/pincheck/pincheck.so is the plugin for plain `gcc'.
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(libdir) $(libdir)/include
	install $(build)/pincheck $(DESTDIR)$(PREFIX)/bin/pincheck
	$(foreach major,$(majors),install -D -m 644 $(build)/$(major)/pincheck.so \
		$(libdir)/$(major)/pincheck.so &&) true
	ln -sf $(default_major)/pincheck.so $(libdir)/pincheck.so
	install -m 644 $(wildcard kernel-annotations/pincheck.h) $(libdir)/include

clean:
	$(RM) -r $(build)

# The measuring instruments.
-include bench/bench.mk

-include $(wildcard $(build)/*/*.d)

.PHONY: all always deps check check-layers check-kernel demo install clean
