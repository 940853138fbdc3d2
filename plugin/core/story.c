// SPDX-License-Identifier: GPL-2.0-or-later
/* Stories; see story.h. */
#include <string.h>

#include "departure.h"
#include "story.h"

void story_begin(struct story *story, struct engine *engine)
{
	memset(story, 0, sizeof(*story));
	story->engine = engine;
}

/* In order of the serial numbers; the latest give way when there are too many. */
static void insert(struct story *story, const struct event *event)
{
	unsigned at = story->count, i;

	while (at && story->events[at - 1]->serial > event->serial)
		at--;
	for (i = 0; i < story->count; i++)
		if (story->events[i] == event ||
		    (story->events[i]->location == event->location &&
		     story->events[i]->kind == event->kind))
			return;
	if (story->count == STORY_LIMIT)
		return;
	for (i = story->count; i > at; i--)
		story->events[i] = story->events[i - 1];
	story->events[at] = event;
	story->count++;
}

void story_add_chain(struct story *story, const struct event *event)
{
	for (; event; event = event->previous)
		if (event->kind != EVENT_BRANCH && event->kind != EVENT_CALL &&
		    event->kind != EVENT_RELEASE)
			insert(story, event);
}

void story_add_branches(struct story *story, const struct event *trail)
{
	unsigned first = story->count ? story->events[0]->serial : 0;

	for (; trail && trail->serial > first; trail = trail->previous)
		if (trail->kind == EVENT_BRANCH || trail->kind == EVENT_CALL)
			insert(story, trail);
}

void story_end(struct story *story, const struct frame *frame, ir_location location,
	       const char *text)
{
	story->last.location = location;
	story->last.function = frame->function->index;
	story->last.depth = frame->depth;
	story->last.text = text;
}

static const char *relation_text(enum ir_op op, bool truth)
{
	switch (op) {
	case IR_EQUAL:
		return truth ? "==" : "!=";
	case IR_NOT_EQUAL:
		return truth ? "!=" : "==";
	case IR_LESS:
		return truth ? "<" : ">=";
	case IR_LESS_EQUAL:
		return truth ? "<=" : ">";
	case IR_GREATER:
		return truth ? ">" : "<=";
	default:
		return truth ? ">=" : "<";
	}
}

static const char *operand_text(struct engine *engine, const struct ir_function *f,
				ir_value value)
{
	const struct ir_instruction *i = &f->instructions[value];

	if (!value)
		return NULL;
	if (i->op == IR_CONSTANT) {
		if (i->type.type_class == IR_TYPE_POINTER && !i->u.constant)
			return "NULL";
		return arena_printf(engine->unit->arena, "%lld", (long long)i->u.constant);
	}
	if (i->op == IR_CONVERT && !i->text)
		return operand_text(engine, f, i->operands[0]);
	return i->text;
}

static const char *branch_text(struct engine *engine, const struct event *event)
{
	const struct ir_function *f = event->inside;
	const struct ir_instruction *i = &f->instructions[event->condition];
	const char *left, *right;

	if (i->op >= IR_EQUAL && i->op <= IR_GREATER_EQUAL) {
		left = operand_text(engine, f, i->operands[0]);
		right = operand_text(engine, f, i->operands[1]);
		if (left && right)
			return arena_printf(engine->unit->arena, "when '%s %s %s'", left,
					    relation_text(i->op, event->truth), right);
	}
	left = operand_text(engine, f, event->condition);
	if (left)
		return arena_printf(engine->unit->arena, "when '%s' is %s", left,
				    event->truth ? "true" : "false");
	return event->truth ? "when this is true" : "when this is false";
}

static bool was_said(const struct story *story, enum finding_id id, ir_location location,
		     ir_location origin)
{
	const struct engine *engine = story->engine;
	unsigned i;

	for (i = 0; i < engine->findings->count; i++) {
		const struct finding *f = engine->findings->items[i];

		if (f->id != id)
			continue;
		if (f->location == location)
			return true;
		if (origin && f->origin == origin &&
		    !(story->departure &&
		      departure_is_another(engine->unit, story->departure, f)))
			return true;
	}
	return false;
}

static struct finding *new_finding(struct engine *engine)
{
	struct finding_list *list = engine->findings;
	struct arena *arena = engine->unit->arena;

	if (list->count % 8 == 0) {
		struct finding **wider = ARENA_ARRAY(arena, struct finding *, list->count + 9);

		if (list->count)
			memcpy(wider, list->items, list->count * sizeof(*wider));
		list->items = wider;
	}
	list->items[list->count] = ARENA_NEW(arena, struct finding);
	return list->items[list->count++];
}

void story_report(struct story *story, enum finding_id id, const struct frame *frame,
		  ir_location location, ir_location origin, const char *message,
		  const char *replaced, const char *replacement)
{
	struct engine *engine = story->engine;
	struct finding *finding;
	unsigned i;

	/* What a wrapper in a header does wrong, its user does wrong. */
	while (frame->caller && frame->function->is_inline_in_header) {
		location = frame->caller->function->instructions[frame->call].location;
		frame = frame->caller;
		replaced = replacement = NULL;
	}
	if (!engine->options->enabled[id] || was_said(story, id, location, origin))
		return;
	finding = new_finding(engine);
	finding->id = id;
	finding->location = location;
	finding->origin = origin;
	finding->is_of_path = story->is_of_path && !engine->is_forced;
	finding->function = frame->function->index;
	if (story->departure && story->departure->inside == frame->function)
		finding->leads_to = departure_leads_to(story->departure);
	finding->message = message;
	finding->replaced = replaced;
	finding->replacement = replacement;
	finding->key = arena_printf(engine->unit->arena, "%s %s: %s", finding_id_text(id),
				    frame->function->name, message);
	finding->events = ARENA_ARRAY(engine->unit->arena, struct finding_event,
				      story->count + 1);
	for (i = 0; i < story->count; i++) {
		const struct event *event = story->events[i];
		struct finding_event *e = &finding->events[finding->event_count++];

		e->location = event->location;
		e->function = event->function;
		e->depth = event->depth;
		e->text = event->text ? event->text : branch_text(engine, event);
	}
	if (story->last.text)
		finding->events[finding->event_count++] = story->last;
}
