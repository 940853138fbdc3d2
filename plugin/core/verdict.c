// SPDX-License-Identifier: GPL-2.0-or-later
/* From what is wrong to a finding that explains itself. */
#include <string.h>

#include "cell.h"
#include "departure.h"
#include "failure.h"
#include "story.h"
#include "summary.h"

const struct event *engine_event(struct engine *engine, const struct frame *frame,
				 const struct event *previous, enum event_kind kind,
				 ir_location location, const char *text)
{
	struct event *event = ARENA_NEW(engine->unit->arena, struct event);

	event->previous = previous;
	event->kind = kind;
	event->serial = ++engine->serial;
	event->location = location;
	event->function = frame->function->index;
	event->depth = frame->depth;
	event->inside = frame->function;
	event->text = text;
	return event;
}

/* Numbers without a name would tell the user nothing, and differ from build to build. */
static bool is_telling(const char *text)
{
	return !strchr(text, '$') && !strstr(text, "0x");
}

/* The region as the user may call it. */
static const char *region_name(struct engine *engine, const struct region_state *state)
{
	const char *name = state->text ? state->text : region_text(engine->terms, state->region);

	return is_telling(name) ? name : state->is_page ? "page" : "array";
}

/* `struct page *page', of which one is asked for: there is no array to speak of. */
static bool is_one_pointer(const struct engine *engine, const struct region *region)
{
	return region->kind == REGION_VARIABLE &&
	       engine->unit->variables[region->variable].pointers == 1;
}

const char *interval_text(struct engine *engine, const struct region_state *state,
			  const struct linear *low, const struct linear *high)
{
	struct arena *arena = engine->unit->arena;
	const char *name = region_name(engine, state);
	const struct linear *count = linear_subtract(engine->terms, high, low);
	bool is_one = count && linear_is_constant(count) && count->constant == 1;
	const char *from, *to;

	if (linear_is_constant(low) && !low->constant &&
	    (is_one || is_one_pointer(engine, state->region)))
		return arena_strdup(arena, name);
	from = linear_text(engine->terms, low);
	to = linear_text(engine->terms, high);
	if (!is_telling(from) || linear_is_ambiguous(engine->terms, low) ||
	    (!is_one && (!is_telling(to) || linear_is_ambiguous(engine->terms, high))))
		return arena_printf(arena, "%s[..]", name);
	if (is_one)
		return arena_printf(arena, "%s[%s]", name, from);
	return arena_printf(arena, "%s[%s .. %s)", name, from, to);
}

const char *with_article(const struct engine *engine, const char *what)
{
	return arena_printf(engine->unit->arena, "%s %s",
			    strchr("aeio", *what) ? "an" : "a", what);
}

static const struct contract_kind_info *kind_info(const struct engine *engine, unsigned kind)
{
	return contract_set_kind(engine->contracts, (contract_kind)kind);
}

static unsigned lowest_kind(uint8_t kinds)
{
	unsigned kind = 0;

	while (!(kinds >> kind & 1))
		kind++;
	return kind;
}

/* The kind's own release fits where a one-page release of another kind stands. */
static const char *replacement_for(const struct engine *engine, const struct frame *frame,
				   const struct release *how, unsigned kind)
{
	const struct contract *contract =
		frame->function->instructions[how->call].u.callee->contract;

	return contract_is_single_page(contract) ?
		contract_kind_release_name(engine->unit->arena, kind_info(engine, kind)) : NULL;
}

void verdict_mismatch(struct engine *engine, const struct frame *frame,
		      const struct disjunct *d, const struct reference *reference,
		      const struct kind_knowledge *knowledge, const struct release *how)
{
	struct arena *arena = engine->unit->arena;
	unsigned held = lowest_kind(knowledge->kinds);
	const struct contract_kind_info *is = kind_info(engine, held);
	const struct contract_kind_info *as = kind_info(engine, how->kind);
	const char *what = how->text;
	const struct event *origin = knowledge->provenance[held];
	unsigned before = engine->findings->count;
	struct story story;

	(void)d;
	if (!what)
		what = reference->page ? linear_text(engine->terms, reference->page) :
					 region_text(engine->terms, reference->region);
	if (!is_telling(what))
		what = reference->page ? "page" : "array";
	story_begin(&story, engine);
	story_add_chain(&story, origin);
	story_end(&story, frame, how->location,
		  arena_printf(arena, "given back here as %s; use '%s'",
			       with_article(engine, as->description), is->release));
	/* The first kind declared is the one that the id is named after. */
	story_report(&story, held == 0 ? FINDING_PUT_PINNED : FINDING_UNPIN_ORDINARY,
		     frame, how->location, 0,
		     arena_printf(arena, "'%s' gives back '%s' as %s, but it is %s",
				  how->function, what, with_article(engine, as->description),
				  with_article(engine, is->description)),
		     how->function, replacement_for(engine, frame, how, held));
	if (engine->findings->count > before && origin)
		engine->findings->items[before]->taken = origin->location;
}

/* Does the path go by what another call would have returned? */
static bool is_by_coincidence(const struct event *trail)
{
	for (; trail; trail = trail->previous)
		if (trail->kind == EVENT_BRANCH && trail->is_borrowed)
			return true;
	return false;
}

void verdict_over_release(struct engine *engine, const struct frame *frame,
			  const struct disjunct *d, const struct region_state *state,
			  const struct linear *low, const struct linear *high,
			  const struct release *how)
{
	struct arena *arena = engine->unit->arena;
	struct story story;
	unsigned k;

	if (is_by_coincidence(d->trail))
		return;
	story_begin(&story, engine);
	for (k = 0; k < CONTRACT_KIND_LIMIT; k++)
		if (state->provenance[k])
			story_add_chain(&story, state->provenance[k]);
	story_add_branches(&story, d->trail);
	story_end(&story, frame, how->location,
		  arena_printf(arena, "'%s' was not taken on this path",
			       interval_text(engine, state, low, high)));
	story_report(&story, FINDING_OVER_RELEASE, frame, how->location, 0,
		     arena_printf(arena, "'%s' gives back more than is held: '%s' was never taken",
				  how->function, interval_text(engine, state, low, high)),
		     NULL, NULL);
}

void verdict_error_as_count(struct engine *engine, const struct frame *frame,
			    const struct disjunct *d, const struct reference *reference,
			    const struct release *how)
{
	struct arena *arena = engine->unit->arena;
	const char *name = how->text && !reference->page ? how->text :
		region_text(engine->terms, reference->region);
	struct story story;

	story_begin(&story, engine);
	story_add_branches(&story, d->trail);
	story_end(&story, frame, how->location, "the count is an error on this path");
	if (strchr(name, '$'))
		name = "the array";
	else
		name = arena_printf(arena, "'%s'", name);
	story_report(&story, FINDING_OVER_RELEASE, frame, how->location, 0,
		     arena_printf(arena, "'%s' takes an error for the number of pages in %s",
				  how->function, name),
		     NULL, NULL);
}

void verdict_rest_as_count(struct engine *engine, const struct frame *frame,
			   const struct disjunct *d, const struct region_state *state,
			   const struct holding *holding, const struct release *how)
{
	struct arena *arena = engine->unit->arena;
	const char *held = interval_text(engine, state, holding->low, holding->high);
	struct story story;

	story_begin(&story, engine);
	story_add_chain(&story, holding->acquired);
	story_add_branches(&story, d->trail);
	story_end(&story, frame, how->location,
		  arena_printf(arena, "'%s' is held here, and the more, the fewer are given back",
			       held));
	story_report(&story, FINDING_OVER_RELEASE, frame, how->location, 0,
		     arena_printf(arena, "'%s' takes the number of pages that were not taken for that of '%s'",
				  how->function, held),
		     NULL, NULL);
}

void verdict_missing(struct engine *engine, const struct frame *frame,
		     const struct disjunct *d, const struct region_state *state,
		     ir_location location, const char *function, const char *text)
{
	const struct event *failed = state->missing ? state->missing : state->failed;
	struct arena *arena = engine->unit->arena;
	struct story story;

	if (is_by_coincidence(d->trail))
		return;
	if (!text || !is_telling(text))
		text = region_name(engine, state);
	story_begin(&story, engine);
	story.is_of_path = true;
	story_add_chain(&story, failed);
	story_add_branches(&story, d->trail);
	story_end(&story, frame, location, arena_printf(arena, "'%s' names no page here", text));
	story_report(&story, FINDING_OVER_RELEASE, frame, location, failed->location,
		     function ?
		     arena_printf(arena, "'%s' gets '%s', a page that was never taken: the acquire has failed",
				  function, text) :
		     arena_printf(arena, "'%s' is used, a page that was never taken: the acquire has failed",
				  text),
		     NULL, NULL);
}

void verdict_double_release(struct engine *engine, const struct frame *frame,
			    const struct event *trail, const struct region_state *state,
			    const struct released *before, const struct release *how)
{
	struct arena *arena = engine->unit->arena;
	const char *what = how->text && is_telling(how->text) ? how->text :
			   region_name(engine, state);
	struct story story;

	if (before->is_transfer || how->is_transfer)
		return;		/* a transfer may be partial; not certain enough */
	story_begin(&story, engine);
	story_add_branches(&story, trail);
	if (before->event)
		story.events[story.count < STORY_LIMIT ? story.count++ : STORY_LIMIT - 1] =
			before->event;
	story_end(&story, frame, how->location, "given back again here");
	story_report(&story, FINDING_DOUBLE_RELEASE, frame, how->location, 0,
		     arena_printf(arena, "'%s' gives back '%s' a second time",
				  how->function, what),
		     NULL, NULL);
}

static const char *use_text(struct engine *engine, const struct region_state *state,
			    const char *user, const char *text)
{
	struct arena *arena = engine->unit->arena;
	const char *page = region_text(engine->terms, state->region);

	if (user)
		return arena_printf(arena, "'%s' uses '%s' after it was given back", user,
				    text ? text : page);
	if (text)
		return arena_printf(arena, "'%s' is in a page that was given back", text);
	return arena_printf(arena, "the contents of '%s' are used after it was given back", page);
}

void verdict_use_after_release(struct engine *engine, const struct frame *frame,
			       const struct region_state *state, const struct released *before,
			       ir_location location, const char *user, const char *text)
{
	struct story story;

	story_begin(&story, engine);
	if (before->event)
		story.events[story.count++] = before->event;
	story_end(&story, frame, location, "used here");
	story_report(&story, FINDING_USE_AFTER_RELEASE, frame, location, 0,
		     use_text(engine, state, user, text), NULL, NULL);
}

void verdict_bad_use(struct engine *engine, const struct frame *frame,
		     const struct reference *reference, const struct kind_knowledge *knowledge,
		     contract_kind required, ir_location location, const char *function,
		     const char *text)
{
	struct arena *arena = engine->unit->arena;
	unsigned held = lowest_kind(knowledge->kinds);
	const char *wanted = with_article(engine, kind_info(engine, required)->description);
	struct story story;

	if (!text || strchr(text, '('))	/* often a macro's innards */
		text = reference->page ? linear_text(engine->terms, reference->page) :
					 region_text(engine->terms, reference->region);
	story_begin(&story, engine);
	story_add_chain(&story, knowledge->provenance[held]);
	story_end(&story, frame, location, arena_printf(arena, "passed here for %s", wanted));
	story_report(&story, FINDING_BAD_CONTRACT_USE, frame, location, 0,
		     arena_printf(arena, "'%s' wants %s, but '%s' is %s", function, wanted, text,
				  with_article(engine, kind_info(engine, held)->description)),
		     NULL, NULL);
}

static const char *leak_end_text(struct engine *engine, const struct frame *frame,
				 enum leak_reason reason)
{
	switch (reason) {
	case LEAK_RETURN:
		return arena_printf(engine->unit->arena, "still held when '%s' returns",
				    frame->function->name);
	case LEAK_UNCOUNTED:
		return arena_printf(engine->unit->arena, "still held when '%s' returns, and how "
				    "many there are is lost", frame->function->name);
	case LEAK_FREED:
		return "still held when the memory that names them is freed";
	case LEAK_ROUND:
		return "still held when the next round begins";
	default:
		return "still held when others are put in their place";
	}
}

static bool is_of_a_round(const struct symbol *s)
{
	return s->kind == SYMBOL_PREVIOUS || (s->kind == SYMBOL_MERGED && s->operation);
}

bool verdict_starts_in_a_loop(const struct engine *engine, const struct linear *low)
{
	unsigned i;

	for (i = 0; i < low->count; i++)
		if (is_of_a_round(symbol_get(engine->terms, low->terms[i].symbol)))
			return true;
	return false;
}

/*
 * LOW < HIGH follows; does the opposite, too?  Then the path cannot be taken, which no
 * single question had shown before.
 */
static bool is_contradiction(struct engine *engine, const struct disjunct *d,
			     const struct linear *low, const struct linear *high)
{
	return constraint_set_is_at_least(engine->solver, &d->constraints, low, high);
}

/*
 * An error has ended the loop that was to deal with the pages of HOLDING, too.  There are
 * such unless the path rules it out: it may be the first that an error is met at.
 */
static bool is_left_by_error(struct engine *engine, const struct disjunct *d,
			     const struct holding *holding)
{
	struct constraint_set set;
	const struct linear *more;

	if (!holding->is_left || !linear_is_constant(holding->low) ||
	    d->constraints.count >= CONSTRAINT_LIMIT / 2)
		return false;
	set = d->constraints;
	more = linear_add_constant(engine->terms,
				   linear_subtract(engine->terms, holding->high, holding->low), -1);
	return more && constraint_set_add(engine->solver, &set, more, CONSTRAINT_AT_LEAST_ZERO);
}

/* What D keeps the pointer in that leads to STATE, an array without a name; NULL: nothing. */
static const char *name_in_memory(struct engine *engine, const struct disjunct *d,
				  const struct region_state *state)
{
	const struct region *base = region_base(state->region);
	const char *name;
	unsigned i;

	for (i = 0; base->kind == REGION_POINTEE && i < d->memory_count; i++) {
		if (linear_as_symbol(d->memory[i].value) != base->symbol)
			continue;
		name = region_text(engine->terms, d->memory[i].region);
		if (is_telling(name))
			return name;
	}
	return NULL;
}

void verdict_leak(struct engine *engine, const struct frame *frame,
		  const struct disjunct *d, const struct region_state *state,
		  const struct holding *holding, enum leak_reason reason,
		  ir_location location, const struct event *instead)
{
	struct arena *arena = engine->unit->arena;
	const struct contract_kind_info *kind = kind_info(engine, holding->kind);
	ir_location origin = holding->acquired ? holding->acquired->location : 0;
	const struct event *departure = reason != LEAK_OVERWRITTEN ? departure_of(frame, d, holding) : NULL;
	struct frame there = *frame;
	struct region_state named = *state;
	struct story story;

	if (verdict_starts_in_a_loop(engine, holding->low) ||
	    holding->is_added || holding->is_doubtful || state->is_blurred ||
	    (!constraint_set_is_greater(engine->solver, &d->constraints, holding->high,
					holding->low) &&
	     !is_left_by_error(engine, d, holding)) ||
	    is_contradiction(engine, d, holding->low, holding->high))
		return;
	if (!location)
		location = frame->function->end_location;
	if (departure) {
		there.function = departure->inside;
		there.caller = NULL;
	}
	story_begin(&story, engine);
	story_add_chain(&story, holding->acquired);
	story_add_branches(&story, d->trail);
	if (instead)
		story_add_chain(&story, engine_event(engine, frame, NULL, EVENT_STORE,
						     instead->location,
						     "given back here where it fails otherwise"));
	if (!named.text && !named.is_page && !is_telling(region_text(engine->terms, named.region)))
		named.text = name_in_memory(engine, d, state);
	story.departure = departure;
	story_end(&story, frame, location, leak_end_text(engine, frame, reason));
	story_report(&story, FINDING_LEAK, &there, departure ? departure->location : location,
		     origin,
		     holding->is_filled ?
		     arena_printf(arena, "the pages in '%s' are never given back on this path",
				  interval_text(engine, &named, holding->low, holding->high)) :
		     arena_printf(arena, "%s '%s' is never given back on this path; '%s' is missing",
				  kind->description,
				  interval_text(engine, &named, holding->low,
						holding->high),
				  kind->release),
		     NULL, NULL);
}
