// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Releasing.
 *
 * A region's holdings are disjoint intervals.  To release [a .. b) is to cut it
 * out of them, which needs the order of the ends; where the path does not settle
 * it, the region is blurred, and nothing is said about its holdings any more.
 * What sticks out of the holdings is for excess.c to judge.
 */
#include <string.h>

#include "alias.h"
#include "cell.h"
#include "declared.h"
#include "engine.h"
#include "excess.h"
#include "guard-pair.h"
#include "interval.h"
#include "origin.h"
#include "scatter.h"
#include "summary.h"

/* The holdings of a region while a release is cut out of them. */
struct cutting {
	struct engine *engine;
	const struct disjunct *d;
	const struct linear *low, *high;	/* of the request: what is still to be found */
	unsigned count;
	struct holding kept[HOLDING_LIMIT + 1];
};

/* Keep [LOW .. HIGH) of H unless it is empty.  False: no room. */
static bool keep_part(struct cutting *c, const struct holding *h,
		      const struct linear *low, const struct linear *high)
{
	if (at_least(c->engine, c->d, low, high))
		return true;
	if (c->count == HOLDING_LIMIT)
		return false;
	c->kept[c->count] = *h;
	c->kept[c->count].is_rest = c->kept[c->count].is_left = false;
	c->kept[c->count].low = low;
	c->kept[c->count++].high = high;
	return true;
}

/* Cut the request out of H, which it overlaps.  False: the order is not known. */
static bool cut_holding(struct cutting *c, const struct holding *h)
{
	bool starts_inside = at_least(c->engine, c->d, c->low, h->low);
	bool ends_inside = at_least(c->engine, c->d, h->high, c->high);
	const struct linear *low = c->low, *high = c->high;

	if (!starts_inside && !at_least(c->engine, c->d, h->low, c->low))
		return false;
	if (!ends_inside && !at_least(c->engine, c->d, c->high, h->high))
		return false;
	if (starts_inside && ends_inside) {
		c->low = c->high;
		return keep_part(c, h, h->low, low) && keep_part(c, h, high, h->high);
	}
	if (starts_inside) {
		c->low = h->high;
		return keep_part(c, h, h->low, low);
	}
	if (ends_inside) {
		c->high = h->low;
		return keep_part(c, h, high, h->high);
	}
	return false;	/* something may stick out at both ends */
}

/*
 * Cut [low .. high) out of STATE's holdings.  What of it was not held is left in
 * *LOW, *HIGH.  False: the order of the ends is not known.
 */
static bool cut(struct engine *engine, const struct disjunct *d,
		struct region_state *state, const struct linear **low,
		const struct linear **high, contract_kind kind)
{
	struct cutting c = { .engine = engine, .d = d, .low = *low, .high = *high };
	unsigned i;

	for (i = 0; i < state->holding_count; i++) {
		const struct holding *h = &state->holdings[i];

		if ((kind != CONTRACT_KIND_NONE && h->kind != kind) ||
		    is_empty(engine, d, c.low, c.high) ||
		    at_least(engine, d, c.low, h->high) || at_least(engine, d, h->low, c.high)) {
			if (c.count == HOLDING_LIMIT)
				return false;
			c.kept[c.count++] = *h;
		} else if (!cut_holding(&c, h)) {
			return false;
		}
	}
	state->holding_count = c.count;
	memcpy(state->holdings, c.kept, c.count * sizeof(c.kept[0]));
	*low = c.low;
	*high = c.high;
	return true;
}

void engine_note_released(struct engine *engine, const struct frame *frame,
			  struct disjunct *d, const struct reference *reference,
			  const struct release *how)
{
	struct region_state *state = disjunct_change(d, engine->arena, reference->region);
	struct released *r;

	if (state->released_count == RELEASED_LIMIT) {
		memmove(state->released, state->released + 1,
			(RELEASED_LIMIT - 1) * sizeof(state->released[0]));
		state->released_count--;
	}
	r = &state->released[state->released_count++];
	r->kind = how->kind;
	r->is_transfer = how->is_transfer;
	r->is_gone = false;
	r->low = reference->low;
	r->high = reference->high;
	r->event = engine_event(engine, frame, d->trail, EVENT_RELEASE, how->location,
				how->is_transfer ? "handed on here" : "released here");
	if (state->kinds && !how->is_transfer)
		state->given_back = r->event;
}

void engine_release_held(struct engine *engine, const struct frame *frame, struct disjunct *d,
			 const struct reference *reference, const struct release *how)
{
	struct region_state *state = disjunct_change(d, engine->arena, reference->region);
	const struct linear *low = reference->low, *high = reference->high;

	if (!state->is_blurred && (!low || !high || how->is_run))
		blur(state);
	if (state->is_blurred) {
		if (!excess_of_handed(engine, frame, d, state, low, high, how))
			engine_release_inherited(engine, frame, d, reference, how);
		return;
	}
	if (is_empty(engine, d, low, high))
		return;
	if (!cut(engine, d, state, &low, &high, how->kind)) {
		bool is_told = excess_of_loop(engine, frame, d, state, low, high, how) ||
			       excess_of_rest(engine, frame, d, state, low, high, how);

		blur(state);
		if (!is_told)
			engine_release_inherited(engine, frame, d, reference, how);
		return;
	}
	if (!state->kinds && !state->is_known && !state->asked_low) {
		engine_release_inherited(engine, frame, d, reference, how);
		return;
	}
	if (!excess_judge(engine, frame, d, state, reference->low, low, high, how))
		engine_note_released(engine, frame, d, reference, how);
}

/* One reference of several on a page was given back: which of them is left, nobody can tell. */
static void share_rest(struct region_state *state, contract_kind kind)
{
	unsigned i;

	for (i = 0; i < state->holding_count; i++)
		if (state->holdings[i].kind == kind)
			state->holdings[i].is_added = true;
}

/* An extra reference that was taken on the very page goes first. */
static bool release_added(struct engine *engine, struct disjunct *d,
			  const struct reference *reference, const struct release *how)
{
	symbol_id id = reference->page ? linear_as_symbol(reference->page) : 0;
	const struct region_state *old;
	struct region_state *state;
	unsigned i;

	old = id ? disjunct_region(d, region_pointee(engine->terms, id)) : NULL;
	for (i = 0; old && i < old->holding_count; i++) {
		if (!old->holdings[i].is_added || old->holdings[i].kind != how->kind)
			continue;
		state = disjunct_change(d, engine->arena, old->region);
		drop_holding(state, i);
		share_rest(state, how->kind);
		if (!state->holding_count && state->extra >> how->kind & 1) {
			state->kinds &= (uint8_t)~(1u << how->kind);
			state->extra &= (uint8_t)~(1u << how->kind);
		}
		return true;
	}
	return false;
}

/*
 * Has somebody unknown got at an extra reference on the very page?  Then that may still be
 * there, and what is released: of a kind of its own certainly that, of the same kind as the
 * others perhaps one of those.
 */
static bool release_handed(struct engine *engine, struct disjunct *d,
			   const struct reference *reference, const struct release *how)
{
	symbol_id id = reference->page ? linear_as_symbol(reference->page) : 0;
	const struct region_state *page = id ?
		disjunct_region(d, region_pointee(engine->terms, id)) : NULL;
	const struct region_state *others = disjunct_region(d, reference->region);
	struct region_state *state;

	if (how->kind == CONTRACT_KIND_NONE || !page || page == others || !page->is_page ||
	    !page->is_blurred || !(page->kinds >> how->kind & 1))
		return false;
	if (!(page->extra >> how->kind & 1) && others && others->holding_count) {
		state = disjunct_change(d, engine->arena, reference->region);
		state->is_blurred = true;
		state->holding_count = state->released_count = 0;
	}
	return true;
}

static const struct region_state *state_of(const struct engine *engine,
					   const struct disjunct *d,
					   const struct reference *reference)
{
	symbol_id id = reference->page ? linear_as_symbol(reference->page) : 0;
	const struct region_state *state;

	state = id ? disjunct_region(d, region_pointee(engine->terms, id)) : NULL;
	return state && region_state_holds_page(state) ? state :
							 disjunct_region(d, reference->region);
}

/* Is there certainly an element that is in both [LOW .. HIGH) and H? */
static bool meets(struct engine *engine, const struct disjunct *d, const struct holding *h,
		  const struct linear *low, const struct linear *high)
{
	if (!low || !high || !greater(engine, d, high, low) || !greater(engine, d, h->high, h->low))
		return false;
	return (at_least(engine, d, low, h->low) && greater(engine, d, h->high, low)) ||
	       (at_least(engine, d, h->low, low) && greater(engine, d, high, h->low));
}

/*
 * A holding of another kind that the release certainly takes from.  An extra reference
 * does not tell what else there is on the page: it may be there in exchange for a pin.
 */
static const struct holding *held_otherwise(struct engine *engine, const struct disjunct *d,
					    const struct reference *reference,
					    const struct release *how)
{
	const struct region_state *state = state_of(engine, d, reference);
	unsigned i;

	if (!state || state->is_blurred)
		return NULL;
	for (i = 0; i < state->holding_count; i++) {
		const struct holding *h = &state->holdings[i];

		if (h->kind == how->kind || h->is_added || h->is_scattered)
			continue;
		if (state->is_page ||
		    meets(engine, d, h, reference->low, reference->high))
			return h;
	}
	return NULL;
}

/* `if (pages[i]) put_page(pages[i])' */
static bool is_tested(struct engine *engine, const struct disjunct *d,
		      const struct reference *reference)
{
	symbol_id id = reference->page ? linear_as_symbol(reference->page) : 0;

	return id && symbol_get(engine->terms, id)->kind == SYMBOL_LOADED &&
	       constraint_set_test(engine->solver, &d->constraints, reference->page,
				   CONSTRAINT_NOT_ZERO) == TRUTH_YES;
}

/*
 * Others than those of KIND may be among what KNOWLEDGE is about, as far as the path tells.
 * Does the text tell that there are none?
 */
static bool is_of_kind_anyway(const struct engine *engine, const struct frame *frame,
			      const struct reference *reference,
			      const struct kind_knowledge *knowledge, const struct release *how)
{
	const struct ir_instruction *call = &frame->function->instructions[how->call];
	unsigned o;

	if (!knowledge->is_foreign || !knowledge->kinds || !reference->page ||
	    call->op != IR_CALL || knowledge->kinds & (1u << how->kind))
		return false;
	for (o = 0; o < call->operand_count; o++)
		if (frame->function->instructions[call->operands[o]].type.pointee ==
		    IR_POINTEE_PAGE)
			return origin_kinds(engine->unit, frame->function, call->operands[o]) ==
				knowledge->kinds;
	return false;
}

/* Nothing is released, or other elements than those of which the kind is known. */
static bool is_beside_the_point(struct engine *engine, const struct disjunct *d,
				const struct reference *reference)
{
	const struct region_state *state = disjunct_region(d, reference->region);

	if (!reference->low || !reference->high)
		return false;
	if (is_empty(engine, d, reference->low, reference->high))
		return true;
	return state && !state->is_page && !state->is_blurred && state->holding_count &&
		is_apart(engine, d, state, reference->low, reference->high);
}

void engine_release(struct engine *engine, const struct frame *frame, struct disjunct *d,
		    const struct reference *reference, const struct release *how)
{
	const struct region_state *state;
	struct kind_knowledge knowledge;
	struct release adjusted = *how;

	adjusted.is_tested = is_tested(engine, d, reference);
	if (release_added(engine, d, reference, how))
		return;
	if (engine_is_outside(engine, d, reference->region))
		engine->effect.is_open = true;
	alias_note_release(engine, d, reference->region);
	/* Nobody knows where from: it may be out of any container. */
	state = disjunct_region(d, reference->region);
	if (!state || !state->holding_count)
		engine_open_container(engine, d, NULL);
	summary_note_release(engine, d, reference, how);
	reference_kinds(engine, d, reference, &knowledge);
	if (!knowledge.kinds && !knowledge.is_foreign) {
		knowledge.kinds = promised_release(engine, frame, d, reference->region);
		knowledge.is_declared = knowledge.kinds != 0;
	}
	if (how->kind != CONTRACT_KIND_NONE) {
		const struct holding *other = held_otherwise(engine, d, reference, how);
		uint8_t bit = (uint8_t)(1u << how->kind);

		if (is_of_kind_anyway(engine, frame, reference, &knowledge, how))
			knowledge.is_foreign = false;
		if (other) {
			knowledge.kinds = (uint8_t)(1u << other->kind);
			knowledge.is_foreign = false;
			knowledge.provenance[other->kind] = other->acquired;
		}
		if (knowledge.kinds && !knowledge.is_foreign && !(knowledge.kinds & bit) &&
		    !(engine->plan->made_kinds & bit) &&
		    !is_beside_the_point(engine, d, reference)) {
			verdict_mismatch(engine, frame, d, reference, &knowledge, how);
			/* Take it as given back; one fault, one finding. */
			adjusted.kind = CONTRACT_KIND_NONE;
		} else if (knowledge.kinds == bit) {
			guard_note_right(engine, how->location, knowledge.provenance[how->kind]);
		}
	}
	if (how->is_transfer)
		cell_note_moved(engine, d, reference->region);
	if (knowledge.kinds && !knowledge.is_declared)
		cell_note_clean(engine, frame, &knowledge, how);
	if (knowledge.kinds && !knowledge.is_declared)
		cell_note_known_release(engine, &knowledge, how->kind);
	else
		cell_note_release(engine, frame, d, reference, how);
	if (release_handed(engine, d, reference, &adjusted) ||
	    excess_of_error(engine, frame, d, reference, &adjusted) ||
	    excess_of_variable(engine, frame, d, reference, &adjusted))
		return;
	engine_release_stored(engine, frame, d, reference, &adjusted);
	state = disjunct_region(d, reference->region);
	if (state && !region_state_is_inherited(state))
		engine_release_held(engine, frame, d, reference, &adjusted);
	else
		engine_release_inherited(engine, frame, d, reference, &adjusted);
}
