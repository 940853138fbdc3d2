// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From the exits to one contract: what differs between them gets a condition.
 *
 * The numbers that may tell exits apart are the result and the parameters; of
 * each is asked which signs it can have at an exit.  An effect that the exits in
 * Y have, and those in N have not, is conditioned by the first subjects whose
 * signs over Y and over some of N have nothing in common, until N is used up.
 *
 * An exit at which the range of an effect is empty is on neither side: a test for
 * it would only say again what the range says.
 */
#include <string.h>

#include "summary-draft.h"

#define ERRNO_LIMIT	4095
#define TEST_LIMIT	4

struct concluding {
	struct engine *engine;
	struct arena *arena;			/* the unit's */
	struct summary_draft *draft;
	struct contract *contract;
	const struct contract_place *source;	/* what is returned, if it is known */
	unsigned count;
	struct contract_effect effects[SUMMARY_EFFECT_LIMIT + 4];
	struct summary_effect said[SUMMARY_EFFECT_LIMIT + 4];	/* the same, as found */
};

/* An effect and the exits that have it. */
struct split {
	const struct summary_effect *effect;
	unsigned yes_count, no_count;
	const struct summary_exit **yes, **no;
};

static bool is_result(const struct contract_expression *e)
{
	return e && e->op == CONTRACT_PLACE && e->place.root == CONTRACT_RETURN &&
		!e->place.step_count;
}

/* The term of E at EXIT; NULL if it is about more than result and parameters. */
static const struct linear *term_of(const struct concluding *c, const struct summary_exit *exit,
				    const struct contract_expression *e)
{
	struct term_table *terms = c->engine->terms;
	const struct linear *left, *right;
	struct subject subject;

	switch (e->op) {
	case CONTRACT_NUMBER:
		return linear_constant(terms, e->number);
	case CONTRACT_PLACE:
		if (is_result(e))
			return exit->result;
		if (e->place.root != CONTRACT_PARAMETER || e->place.step_count ||
		    !subject_get(c->engine, e->place.parameter + 1u, &subject))
			return NULL;
		return subject.entry;
	case CONTRACT_ADD:
	case CONTRACT_SUBTRACT:
	case CONTRACT_MULTIPLY:
		break;
	default:
		return NULL;
	}
	left = term_of(c, exit, e->left);
	right = term_of(c, exit, e->right);
	if (!left || !right)
		return NULL;
	if (e->op == CONTRACT_MULTIPLY)
		return linear_is_constant(right) ?
			linear_scale(terms, left, right->constant) : NULL;
	return e->op == CONTRACT_ADD ? linear_add(terms, left, right) :
				       linear_subtract(terms, left, right);
}

/* Are the ends X and Y the same number at EXIT, where TERM is that of X? */
static bool is_same_end(const struct concluding *c, const struct summary_exit *exit,
			const struct contract_expression *x, const struct linear *term,
			const struct contract_expression *y)
{
	return contract_expression_equal(x, y) ||
		constraint_set_is_equal(c->engine->solver, &exit->constraints, term,
					term_of(c, exit, y));
}

/* Does X, an effect of EXIT, say there what Y says? */
static bool is_same_effect(const struct concluding *c, const struct summary_exit *exit,
			   const struct summary_effect *x, const struct summary_effect *y)
{
	const struct contract_effect *a = &x->effect, *b = &y->effect;

	if (a->verb != b->verb || a->kind != b->kind ||
	    (a->flags & ~CONTRACT_ZEROED) != (b->flags & ~CONTRACT_ZEROED) ||
	    !contract_place_equal(&a->place, &b->place) ||
	    (a->verb == CONTRACT_STORES && !contract_place_equal(&a->value, &b->value)))
		return false;
	if (!(a->flags & CONTRACT_HAS_RANGE))
		return contract_expression_equal(a->low, b->low);
	return is_same_end(c, exit, a->low, x->low, b->low) &&
	       is_same_end(c, exit, a->high, x->high, b->high);
}

static const struct summary_effect *find_effect(const struct concluding *c,
						const struct summary_exit *exit,
						const struct summary_effect *effect)
{
	unsigned i;

	for (i = 0; i < exit->effect_count; i++)
		if (is_same_effect(c, exit, &exit->effects[i], effect))
			return &exit->effects[i];
	return NULL;
}

/* Would EFFECT do nothing at EXIT anyway? */
static bool is_empty_at(const struct concluding *c, const struct summary_exit *exit,
			const struct summary_effect *effect)
{
	const struct linear *low, *high;

	if (!(effect->effect.flags & CONTRACT_HAS_RANGE))
		return false;
	low = term_of(c, exit, effect->effect.low);
	high = term_of(c, exit, effect->effect.high);
	return low && high &&
		constraint_set_is_at_least(c->engine->solver, &exit->constraints, low, high);
}

/* What `return' is, is the pointer itself: NULL and errors are suffixes. */
static bool is_about_result(const struct contract_effect *e)
{
	return e->place.root == CONTRACT_RETURN && !e->place.step_count &&
		(e->verb == CONTRACT_ACQUIRES || e->verb == CONTRACT_GIVES ||
		 e->verb == CONTRACT_ALLOCATES) && !(e->flags & CONTRACT_HAS_RANGE);
}

static void set_suffixes(const struct concluding *c, struct contract_effect *effect,
			 const struct split *split)
{
	unsigned signs = 0, i;

	for (i = 0; i < split->no_count; i++)
		signs |= exit_result_signs(c->engine, split->no[i]);
	/* Nobody checked it: fresh memory may be NULL, a page that is held is not. */
	for (i = 0; i < split->yes_count && effect->verb != CONTRACT_ACQUIRES; i++)
		signs |= exit_result_signs(c->engine, split->yes[i]) & SIGN_NULL;
	if (signs & SIGN_NULL)
		effect->flags |= CONTRACT_OR_NULL;
	if (signs & SIGN_ERROR)
		effect->flags |= CONTRACT_OR_ERROR;
}

/* Exclude what SUBJECT can of the exits left in SPLIT->no.  False: nothing. */
static bool exclude(const struct concluding *c, struct split *split,
		    const struct subject *subject, struct contract_test *test)
{
	unsigned yes = 0, no = 0, kept = 0, i;

	for (i = 0; i < split->yes_count; i++)
		yes |= subject_signs(c->engine, subject, split->yes[i]);
	for (i = 0; i < split->no_count; i++) {
		unsigned signs = subject_signs(c->engine, subject, split->no[i]);

		if (signs & yes)
			split->no[kept++] = split->no[i];
		else
			no |= signs;
	}
	if (kept == split->no_count || !subject_test(c->engine, subject, yes, no, test))
		return false;
	split->no_count = kept;
	return true;
}

static bool add_tests(struct concluding *c, struct contract_effect *effect,
		      struct split *split)
{
	struct contract_test *tests = ARENA_ARRAY(c->arena, struct contract_test, TEST_LIMIT);
	unsigned kept = 0, i, n;
	struct subject subject;

	if (is_about_result(effect)) {
		set_suffixes(c, effect, split);
		for (i = 0; i < split->no_count; i++)
			if (exit_result_signs(c->engine, split->no[i]) & SIGN_VALID)
				split->no[kept++] = split->no[i];
		split->no_count = kept;
	}
	for (n = 0; split->no_count && effect->test_count < TEST_LIMIT &&
	     subject_get(c->engine, n, &subject); n++)
		if (exclude(c, split, &subject, &tests[effect->test_count]))
			effect->test_count++;
	effect->tests = tests;
	return !split->no_count;
}

/* ------------------------------------------------------------------- effects */

/* Two that are the same here, and this one is the special case: `[0 .. 1)', n is 1. */
static bool is_covered(const struct concluding *c, const struct summary_exit *from,
		       const struct summary_effect *effect)
{
	const struct summary_exit *exit;
	unsigned i;

	if (!(effect->effect.flags & CONTRACT_HAS_RANGE) ||
	    effect->effect.high->op != CONTRACT_NUMBER)
		return false;
	for (exit = c->draft->first; exit; exit = exit->next)
		for (i = 0; i < exit->effect_count; i++) {
			const struct contract_effect *e = &exit->effects[i].effect;

			if (e->flags & CONTRACT_HAS_RANGE && e->high->op != CONTRACT_NUMBER &&
			    is_same_effect(c, from, effect, &exit->effects[i]))
				return true;
		}
	return false;
}

static bool add_effect(struct concluding *c, const struct summary_exit *from,
		       const struct summary_effect *effect)
{
	struct contract_effect *e;
	struct summary_exit *exit;
	struct split split = { .effect = effect };
	unsigned exits = 0, i;

	for (i = 0; i < c->count; i++)
		if (is_same_effect(c, from, effect, &c->said[i]))
			return true;
	if (is_covered(c, from, effect))
		return true;
	if (c->count == SUMMARY_EFFECT_LIMIT)
		return false;
	for (exit = c->draft->first; exit; exit = exit->next)
		exits++;
	split.yes = ARENA_ARRAY(c->engine->arena, const struct summary_exit *, exits);
	split.no = ARENA_ARRAY(c->engine->arena, const struct summary_exit *, exits);
	c->said[c->count] = *effect;
	e = &c->effects[c->count++];
	*e = effect->effect;
	for (exit = c->draft->first; exit; exit = exit->next) {
		const struct summary_effect *same = find_effect(c, exit, effect);

		if (same) {
			split.yes[split.yes_count++] = exit;
			if (!(same->effect.flags & CONTRACT_ZEROED))
				e->flags &= (uint16_t)~CONTRACT_ZEROED;
		} else if (!is_empty_at(c, exit, effect)) {
			split.no[split.no_count++] = exit;
		}
	}
	return add_tests(c, e, &split);
}

/* The order in which they are read, and in which they are applied. */
static const enum contract_verb verb_order[] = {
	CONTRACT_RELEASES, CONTRACT_TRANSFERS, CONTRACT_ADDS, CONTRACT_ALLOCATES,
	CONTRACT_SETS, CONTRACT_ACQUIRES, CONTRACT_GIVES, CONTRACT_STORES, CONTRACT_FREES,
};

static bool add_effects(struct concluding *c)
{
	const struct summary_exit *exit;
	unsigned o, i;

	for (o = 0; o < sizeof(verb_order) / sizeof(verb_order[0]); o++)
		for (exit = c->draft->first; exit; exit = exit->next)
			for (i = 0; i < exit->effect_count; i++)
				if (exit->effects[i].effect.verb == verb_order[o] &&
				    !add_effect(c, exit, &exit->effects[i]))
					return false;
	return true;
}

/* -------------------------------------------------------------------- result */

/* The same pointer at each exit that returns one. */
static void add_source(struct concluding *c)
{
	const struct contract_place *source = NULL;
	const struct summary_exit *exit;
	struct contract_effect *e;
	unsigned signs = 0;

	for (exit = c->draft->first; exit; exit = exit->next) {
		if (exit->has_source) {
			if (source && !contract_place_equal(source, &exit->source))
				return;
			source = &exit->source;
		} else if (exit->result) {
			signs |= exit_result_signs(c->engine, exit);
		}
	}
	if (!source || signs & SIGN_VALID)
		return;
	c->source = source;
	e = &c->effects[c->count++];
	memset(e, 0, sizeof(*e));
	e->kind = CONTRACT_KIND_NONE;
	e->verb = source->step_count ? CONTRACT_RETURNS_PLACE : CONTRACT_RETURNS_SAME;
	if (source->step_count)
		e->place = *source;
	else
		e->value = *source;
	if (signs & SIGN_NULL)
		e->flags |= CONTRACT_OR_NULL;
	if (signs & SIGN_ERROR)
		e->flags |= CONTRACT_OR_ERROR;
}

/* Is the result at most BOUND wherever it is positive? */
static bool is_bounded(const struct concluding *c, const struct linear *bound)
{
	const struct summary_exit *exit;

	for (exit = c->draft->first; exit; exit = exit->next)
		if (!exit->result ||
		    (exit_result_signs(c->engine, exit) & SIGN_POSITIVE &&
		     !constraint_set_is_at_least(c->engine->solver, &exit->constraints, bound,
						 exit->result)))
			return false;
	return true;
}

static const struct contract_expression *upper_end(const struct concluding *c)
{
	struct subject subject;
	unsigned n;

	for (n = 0; n < 2; n++)
		if (is_bounded(c, linear_constant(c->engine->terms, n)))
			return contract_expression_number(c->arena, n);
	for (n = 1; subject_get(c->engine, n, &subject); n++)
		if (subject.type.type_class == IR_TYPE_INTEGER && is_bounded(c, subject.entry))
			return contract_expression_place(c->arena, &subject.place);
	return NULL;
}

static const struct contract_expression *lower_end(const struct concluding *c)
{
	struct contract_expression *error = ARENA_NEW(c->arena, struct contract_expression);
	bool may_fail = false;
	const struct summary_exit *exit;

	for (exit = c->draft->first; exit; exit = exit->next) {
		const struct linear *low;

		if (!exit->result)
			return NULL;
		low = linear_add_constant(c->engine->terms, exit->result, ERRNO_LIMIT);
		if (constraint_set_test(c->engine->solver, &exit->constraints, low,
					CONSTRAINT_AT_LEAST_ZERO) != TRUTH_YES)
			return NULL;
		may_fail |= (exit_result_signs(c->engine, exit) & SIGN_NEGATIVE) != 0;
	}
	error->op = CONTRACT_ERRNO;
	return may_fail ? error : contract_expression_number(c->arena, 0);
}

static void add_range(struct concluding *c)
{
	const struct ir_type *type = &c->engine->root->return_type;
	const struct contract_expression *low, *high;
	struct contract_effect *e;

	if (type->type_class != IR_TYPE_INTEGER || type->bits == 1 || !c->draft->first)
		return;
	low = lower_end(c);
	high = low ? upper_end(c) : NULL;
	if (!high)
		return;
	e = &c->effects[c->count++];
	memset(e, 0, sizeof(*e));
	e->verb = CONTRACT_RETURNS_RANGE;
	e->kind = CONTRACT_KIND_NONE;
	e->low = low;
	e->high = high;
}

static const struct contract *finish(struct concluding *c)
{
	struct contract_effect *effects = ARENA_ARRAY(c->arena, struct contract_effect,
						      c->count + 1);

	memcpy(effects, c->effects, c->count * sizeof(*effects));
	c->contract->effects = effects;
	c->contract->effect_count = c->count;
	return c->contract;
}

static void begin(struct concluding *c)
{
	const struct ir_function *root = c->engine->root;
	const char **names = ARENA_ARRAY(c->arena, const char *, root->parameter_count + 1);
	unsigned i;

	c->contract = ARENA_NEW(c->arena, struct contract);
	c->contract->function = root->name;
	c->contract->era_mask = UINT16_MAX;
	c->contract->parameter_count = (uint8_t)root->parameter_count;
	for (i = 0; i < root->parameter_count; i++)
		names[i] = root->parameters[i] && root->parameters[i][0] ?
			root->parameters[i] : arena_printf(c->arena, "parameter%u", i + 1);
	c->contract->parameters = names;
}

const struct contract *summary_conclude(struct engine *engine)
{
	struct concluding c = {
		.engine = engine, .arena = engine->unit->arena, .draft = engine->summary,
	};
	unsigned results;

	begin(&c);
	if (engine->given_up || engine->is_forced || engine->root->parameter_count > UINT8_MAX ||
	    c.draft->is_incomplete) {
		c.contract->flags = CONTRACT_UNKNOWN;
		return c.contract;
	}
	if (!c.draft->first) {
		c.contract->flags = CONTRACT_NORETURN;
		return c.contract;
	}
	add_source(&c);
	add_range(&c);
	results = c.count;
	if (!add_effects(&c) || (!c.source && engine_returns_parameter(engine->root))) {
		c.count = 0;
		c.contract->flags = CONTRACT_UNKNOWN;
	} else if (c.count == results && !(results && c.effects[0].verb !=
					   CONTRACT_RETURNS_RANGE)) {
		c.count = 0;
		c.contract->flags = CONTRACT_NEUTRAL;
	}
	return finish(&c);
}
