/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finding: a fault, as data.  How it looks on a terminal is the host's affair.
 *
 *	driver.c:46:17: warning: 'put_page' gives back 'pages[i]' as an ordinary page
 *		reference, but it is a user-pinned page [pincheck:put-pinned]
 *	driver.c:40:18: note: (1) user-pinned page taken here by 'pin_user_pages_fast'
 *	driver.c:46:17: note: (2) given back here as an ordinary page reference; use
 *		'unpin_user_page()'
 *
 * Ownership: findings and their texts live in the unit's arena.
 */
#ifndef PINCHECK_FINDING_H
#define PINCHECK_FINDING_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "ir.h"

#ifdef __cplusplus
extern "C" {
#endif

enum finding_id {
#define FINDING(name, text, is_default, what) FINDING_##name,
#include "finding.def"
#undef FINDING
	FINDING_COUNT
};

struct finding_event {
	ir_location location;
	uint32_t function;	/* unit->functions index */
	unsigned depth;		/* of the call stack, 0 outermost */
	const char *text;
};

struct finding {
	enum finding_id id;
	ir_location location;
	ir_location origin;	/* where the references were taken; 0: not known */
	ir_location taken;	/* the same where that tells no findings apart: of a mismatch */
	uint32_t function;	/* unit->functions index: where `location' is */
	ir_block_id leads_to;	/* of a leak: where its path goes from there; 0: not known */
	const char *message;	/* without the id */
	/* Follows from one path as it was followed: true even if others are given up. */
	bool is_of_path;
	unsigned event_count;
	struct finding_event *events;
	/* Fix-it: the name at `location' should be `replacement'; NULL if none. */
	const char *replaced, *replacement;
	/* Stable across edits: id, file (the host's), function, normalised text. */
	const char *key;
};

struct finding_list {
	unsigned count;
	struct finding **items;
};

/* "put-pinned" */
const char *finding_id_text(enum finding_id id);
/* One line on what it says, for --help and SARIF rules. */
const char *finding_id_description(enum finding_id id);
bool finding_id_is_default(enum finding_id id);
/* -1 if TEXT is no id. */
int finding_id_parse(const char *text);

#ifdef __cplusplus
}
#endif

#endif /* PINCHECK_FINDING_H */
