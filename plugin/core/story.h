/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Story: the events that lead to a finding, in the order in which they happen.
 *
 * Gathered from the chains that the disjunct keeps (how the page got its kind,
 * which branches were taken), each event once, the branches only from the first
 * event that is about the page on.
 */
#ifndef PINCHECK_STORY_H
#define PINCHECK_STORY_H

#include "engine.h"

#define STORY_LIMIT	24

struct story {
	struct engine *engine;
	unsigned count;
	const struct event *events[STORY_LIMIT];
	struct finding_event last;
	const struct event *departure;	/* of a leak: where its path leaves the others */
	bool is_of_path;	/* see struct finding */
};

void story_begin(struct story *story, struct engine *engine);
/* EVENT and what led to it, branches left out. */
void story_add_chain(struct story *story, const struct event *event);
/* The branches of TRAIL, from the story's first event on. */
void story_add_branches(struct story *story, const struct event *trail);
/* Where it ends. */
void story_end(struct story *story, const struct frame *frame, ir_location location,
	       const char *text);

/*
 * Make it a finding, unless the same was said already: the same id at the same
 * LOCATION, or about the same ORIGIN (location of the acquire; 0: none), be it
 * that this is another departure.
 */
void story_report(struct story *story, enum finding_id id, const struct frame *frame,
		  ir_location location, ir_location origin, const char *message,
		  const char *replaced, const char *replacement);

#endif /* PINCHECK_STORY_H */
