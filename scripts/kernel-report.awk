# SPDX-License-Identifier: GPL-2.0-or-later
#
# kernel-report.awk OUTCOMES LOG: what check-kernel found, as a table, and the
# findings themselves.
#
# OUTCOMES has `compiled', `unconfigured' or `failed' and a unit in each line, LOG
# what make and the compilers said.  Variables: title, seconds; source, a prefix
# to cut off; report, the file for the findings; known, a file of findings that
# somebody has judged already, one a line with tabs between
#
#	verdict  id  file  function  message, its line numbers turned into N  ...
#
# Only those with the verdict `true' are expected; anything else is news.  A finding
# in a header counts once, however many units include it.

function key_of(text) {
	while (match(text, /(line |:)[0-9]+(:[0-9]+)?/)) {
		mark = substr(text, RSTART, 1) == ":" ? ":" : "line "
		text = substr(text, 1, RSTART - 1) mark "N" substr(text, RSTART + RLENGTH)
	}
	return text
}

BEGIN {
	FS = "\t"
	while (known != "" && (getline line < known) > 0) {
		split(line, column, "\t")
		if (column[1] == "true")
			is_known[column[2] "\t" column[3] "\t" column[4] "\t" column[5]] = 1
	}
	printf "" > report
}

FILENAME == ARGV[1] {
	split($0, word, " ")
	units++
	outcome[word[1]]++
	is_wanted[word[2]] = 1
	if (word[1] == "failed")
		failed[++failed_count] = word[2]
	next
}

{
	while ((place = index($0, source)))
		$0 = substr($0, 1, place - 1) substr($0, place + length(source))
}

# make -O keeps together what belongs to a unit.  Preparing the build compiles some
# more that nobody asked for.
/^  CC / {
	count = split($0, word, " ")
	in_wanted = word[count] in is_wanted
}

/^cc1: note: pincheck: no page references in this unit/ {
	gate += in_wanted
	next
}

# cc1: note: pincheck: era pin, 7 functions, 1 given up, ...
in_wanted && /^cc1: note: pincheck: era / {
	analysed++
	count = split($0, word, /[ ,]+/)
	for (i = 2; i <= count; i++) {
		if (word[i] == "functions")
			functions += word[i - 1]
		if (word[i] == "given")
			given_up += word[i - 1]
	}
	next
}

/internal compiler error/ {
	crashes++
}

/: In function '/ {
	head = $0
	in_function = $0
	sub(/.*: In function '/, "", in_function)
	sub(/':.*/, "", in_function)
}

/: (warning|error): .*\[pincheck:[a-z-]+\]( \[-Werror\])?$/ {
	in_story = !is_said[$0]++
	if (!in_story)
		next
	id = $0
	sub(/.*\[pincheck:/, "", id)
	sub(/\].*/, "", id)
	file = $0
	sub(/:.*/, "", file)
	text = $0
	sub(/^[^ ]* (warning|error): /, "", text)
	sub(/ \[pincheck:[a-z-]+\].*$/, "", text)
	findings++
	if (!by_id[id]++)
		id_order[++id_count] = id
	if (!((id "\t" file "\t" in_function "\t" key_of(text)) in is_known)) {
		news++
		$0 = $0 (known == "" ? "" : "  <-- not judged true in " known)
	}
	story = story (story == "" ? "" : "\n") head "\n" $0 "\n"
	next
}

in_story && /: note: / {
	story = story $0 "\n"
	next
}

{
	in_story = 0
}

function row(what, number, more) {
	printf "  %-20s %6d%s\n", what, number, more == "" ? "" : "  (" more ")"
}

END {
	if (story != "")
		printf "\n%s", story
	printf "%s", story > report
	for (i = 1; i <= id_count; i++)
		ids = ids (i == 1 ? "" : ", ") id_order[i] " " by_id[id_order[i]]
	for (i = 1; i <= failed_count; i++)
		failures = failures (i == 1 ? "" : " ") failed[i]
	printf "\n%s: %d units\n", title, units
	row("compiled", outcome["compiled"])
	row("not configured", outcome["unconfigured"])
	row("failed", failed_count, failures)
	row("left at the gate", gate)
	row("analysed", analysed)
	row("functions analysed", functions)
	row("functions given up", given_up)
	row("internal errors", crashes)
	row("findings", findings, ids)
	row("seconds", seconds)
	printf "details: %s and .log\n", report
	if (failed_count || crashes || (known != "" && news))
		exit 1
}
