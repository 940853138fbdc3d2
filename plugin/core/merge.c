// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Two disjuncts into one.
 *
 * Values that differ become a new symbol X, remembered as the pair of what it is
 * on either side.  A bound that differs follows a pair, if one moved with it:
 *
 *	pinned: 0 and ret, so X;	held: pages[0 .. 0) and pages[0 .. ret)
 *	the bound moved as X did:	held: pages[0 .. X)
 *
 * (anti-unification: Plotkin 1970, on linear expressions).  Constraints of either
 * side survive if the other side entails them, with X put in its place; at a loop
 * head only those of the side that was there before are asked for from the third
 * round on, so that the set can only shrink (widening: Cousot and Halbwachs, POPL
 * 1978).
 */
#include <string.h>

#include "engine.h"
#include "flow.h"

#define PAIR_LIMIT	64
#define WIDENING_ROUND	3
#define REGION_LIMIT	40

struct pair {
	symbol_id symbol;		/* X */
	const struct linear *x, *a, *b;
};

struct merging {
	struct engine *engine;
	const struct frame *frame;
	ir_block_id at;
	bool is_loop;
	unsigned round;
	struct disjunct *a, *b;
	bool changed;
	unsigned pair_count;
	struct pair pairs[PAIR_LIMIT];
};

static const struct linear *add_pair(struct merging *m, const struct symbol *key,
				     const struct linear *a, const struct linear *b)
{
	symbol_id symbol = symbol_intern(m->engine->terms, key);
	const struct linear *x = linear_symbol(m->engine->terms, symbol);
	struct pair *p;

	if (x != a)
		m->changed = true;
	engine_lose_pointer(m->engine, m->a, a);
	engine_lose_pointer(m->engine, m->b, b);
	if (m->pair_count == PAIR_LIMIT)
		return x;
	p = &m->pairs[m->pair_count++];
	p->symbol = symbol;
	p->x = x;
	p->a = a;
	p->b = b;
	return x;
}

/* Which page it is will not be known under the new symbol. */
static void lose_identity(struct merging *m, struct disjunct *d, const struct linear *page)
{
	struct reference reference;

	if (!linear_is_constant(page) && reference_of_page(m->engine, d, page, &reference) &&
	    disjunct_region(d, reference.region) &&
	    !disjunct_region(d, reference.region)->is_scattered)
		disjunct_change(d, m->engine->arena, reference.region)->is_scattered = true;
}

/* The new symbol for a page keeps what is known of either page. */
static void merge_kinds(struct merging *m, const struct linear *x, const struct linear *a,
			const struct linear *b)
{
	struct kind_knowledge in_a, in_b;
	struct region_state *state;
	unsigned k;

	page_kinds(m->engine, m->a, a, &in_a);
	page_kinds(m->engine, m->b, b, &in_b);
	if (!in_a.kinds && !in_b.kinds)
		return;
	lose_identity(m, m->a, a);
	lose_identity(m, m->b, b);
	state = disjunct_change(m->a, m->engine->arena,
				region_pointee(m->engine->terms, linear_as_symbol(x)));
	state->is_page = true;
	state->kinds |= in_a.kinds | in_b.kinds;
	state->is_foreign |= in_a.is_foreign || in_b.is_foreign ||
			     (!in_a.kinds && !linear_is_constant(a)) ||
			     (!in_b.kinds && !linear_is_constant(b));
	for (k = 0; k < CONTRACT_KIND_LIMIT; k++)
		if (!state->provenance[k])
			state->provenance[k] = in_a.provenance[k] ? in_a.provenance[k] :
								    in_b.provenance[k];
}

static void merge_values(struct merging *m)
{
	const struct ir_function *f = m->frame->function;
	unsigned v;

	for (v = 1; v < m->a->value_count; v++) {
		const struct linear *a = m->a->values[v], *b = m->b->values[v];
		struct symbol key = {
			.kind = SYMBOL_MERGED, .operation = m->is_loop,
			.context = m->frame->context, .instruction = v, .extra = m->at, .type = f->instructions[v].type,
			.text = f->instructions[v].text,
			.location = f->instructions[v].location,
		};

		if (a == b)
			continue;
		if (!a || !b) {
			m->changed |= a != NULL;
			m->a->values[v] = NULL;
			continue;
		}
		m->a->values[v] = add_pair(m, &key, a, b);
		merge_kinds(m, m->a->values[v], a, b);
	}
}

static void set_version(struct merging *m, const struct region *region)
{
	uint32_t version = ENGINE_MERGED_VERSION | m->at | m->frame->context << 20;
	struct region_state *state;

	if (disjunct_region(m->a, region) &&
	    disjunct_region(m->a, region)->version == version)
		return;
	state = disjunct_change(m->a, m->engine->arena, region);
	if (!state->holding_count && !state->kinds) {
		state->version = version;
		state->is_zeroed = false;
	}
}

static void merge_memory(struct merging *m)
{
	struct disjunct *a = m->a;
	unsigned i;

	for (i = a->memory_count; i-- > 0;) {
		struct memory_entry *e = &a->memory[i];
		const struct memory_entry *other = disjunct_memory(m->b, e->region, e->offset);
		struct symbol key = {
			.kind = SYMBOL_MERGED, .operation = m->is_loop,
			.context = m->frame->context, .extra = m->at, .region = e->region, .offset = e->offset,
			.type = { IR_TYPE_INTEGER, 64, true, IR_POINTEE_OTHER },
		};
		const struct linear *before;
		const struct symbol *s;

		if (!other) {
			const struct region *region = e->region;

			m->changed = true;
			engine_lose_pointer(m->engine, a, e->value);
			disjunct_drop_memory(a, i);
			set_version(m, region);
			continue;
		}
		if (other->value == e->value)
			continue;
		if (e->value->count) {
			s = symbol_get(m->engine->terms, e->value->terms[0].symbol);
			key.type = s->type;
		}
		before = e->value;
		e->value = add_pair(m, &key, before, other->value);
		merge_kinds(m, e->value, before, other->value);
	}
	for (i = 0; i < m->b->memory_count; i++)
		if (!disjunct_memory(a, m->b->memory[i].region, m->b->memory[i].offset)) {
			engine_lose_pointer(m->engine, m->b, m->b->memory[i].value);
			set_version(m, m->b->memory[i].region);
		}
}

/* x and y with g[X := a] = a, g[X := b] = b for some pair; NULL if none fits. */
static const struct linear *generalize(struct merging *m, const struct linear *a,
				       const struct linear *b)
{
	struct term_table *terms = m->engine->terms;
	const struct linear *moved;
	unsigned i;

	if (a == b)
		return a;
	moved = linear_subtract(terms, b, a);
	if (!moved)
		return NULL;
	for (i = 0; i < m->pair_count; i++) {
		const struct pair *p = &m->pairs[i];
		const struct linear *step = linear_subtract(terms, p->b, p->a);

		if (!step)
			continue;
		if (step == moved)
			return linear_add(terms, linear_subtract(terms, a, p->a), p->x);
		if (linear_scale(terms, step, -1) == moved)
			return linear_subtract(terms, linear_add(terms, a, p->a), p->x);
		/* in other units: bytes and pages */
		if (step->count && moved->count) {
			ir_integer s = step->terms[0].coefficient;
			ir_integer t = moved->terms[0].coefficient;
			const struct linear *x;

			if (t % s == 0 && linear_scale(terms, step, t / s) == moved) {
				x = linear_subtract(terms, p->x, p->a);
				return linear_add(terms, a, linear_scale(terms, x, t / s));
			}
		}
	}
	return NULL;
}

static void blur(struct merging *m, struct region_state *state)
{
	if (!state->is_blurred)
		m->changed = true;
	state->is_blurred = true;
	state->holding_count = state->released_count = 0;
}

static void merge_holdings(struct merging *m, struct region_state *state,
			   const struct region_state *b)
{
	unsigned i;

	for (i = 0; i < state->holding_count; i++) {
		struct holding *h = &state->holdings[i];
		const struct linear *low = generalize(m, h->low, b->holdings[i].low);
		const struct linear *high = generalize(m, h->high, b->holdings[i].high);

		if (!low || !high || (m->round > WIDENING_ROUND + 3 &&
				      (low != h->low || high != h->high))) {
			blur(m, state);
			return;
		}
		m->changed |= low != h->low || high != h->high;
		h->low = low;
		h->high = high;
		if (h->extent != b->holdings[i].extent)
			h->extent = EXTENT_GROWN;
		if (h->kind != b->holdings[i].kind || h->is_added != b->holdings[i].is_added) {
			blur(m, state);
			return;
		}
		h->is_doubtful &= b->holdings[i].is_doubtful;
	}
}

static void merge_released(struct merging *m, struct region_state *state,
			   const struct region_state *b)
{
	unsigned i, kept = 0;

	if (state->released_count != b->released_count) {
		m->changed |= state->released_count != 0;
		state->released_count = 0;
		return;
	}
	for (i = 0; i < state->released_count; i++) {
		struct released r = state->released[i];
		const struct linear *low = generalize(m, r.low, b->released[i].low);
		const struct linear *high = generalize(m, r.high, b->released[i].high);

		if (!low || !high || r.kind != b->released[i].kind)
			continue;
		m->changed |= low != r.low || high != r.high;
		r.low = low;
		r.high = high;
		state->released[kept++] = r;
	}
	m->changed |= kept != state->released_count;
	state->released_count = kept;
}

static void merge_state(struct merging *m, const struct region_state *old,
			const struct region_state *b)
{
	struct region_state *state;
	unsigned k;

	if (old == b)
		return;
	state = disjunct_change(m->a, m->engine->arena, old->region);
	if (old->version != b->version && !(old->kinds || b->kinds))
		state->version = ENGINE_MERGED_VERSION | m->at | m->frame->context << 20;
	state->is_known &= b->is_known;
	state->is_allocated |= b->is_allocated;
	state->is_zeroed &= b->is_zeroed;
	state->is_scattered |= b->is_scattered;
	state->is_page |= b->is_page;
	/* Filled by somebody unknown on one side: other kinds may be there. */
	state->is_foreign |= b->is_foreign ||
		(b->kinds && !old->kinds && old->version && !old->is_known) ||
		(old->kinds && !b->kinds && b->version && !b->is_known);
	state->kinds |= b->kinds;
	for (k = 0; k < CONTRACT_KIND_LIMIT; k++)
		if (!state->provenance[k])
			state->provenance[k] = b->provenance[k];
	m->changed |= state->kinds != old->kinds || state->is_known != old->is_known ||
		      state->is_foreign != old->is_foreign ||
		      state->is_zeroed != old->is_zeroed ||
		      state->is_scattered != old->is_scattered ||
		      state->version != old->version;
	if (b->is_blurred)
		blur(m, state);
	else if (!state->is_blurred && state->holding_count == b->holding_count)
		merge_holdings(m, state, b);
	else if (!state->is_blurred)
		blur(m, state);
	if (state->is_blurred && state->is_page)
		state->is_foreign = true;
	if (!state->is_blurred)
		merge_released(m, state, b);
}

static void merge_regions(struct merging *m)
{
	unsigned i;

	for (i = 0; i < m->b->region_count; i++) {
		const struct region_state *b = m->b->regions[i];
		const struct region_state *a = disjunct_region(m->a, b->region);

		if (a) {
			merge_state(m, a, b);
			continue;
		}
		/* Only there: it holds nothing; its kinds are as good as any. */
		m->changed |= b->kinds || b->version || b->is_allocated;
		if (!b->released_count && !b->is_zeroed && !b->holding_count &&
		    (b->kinds || !b->version || b->is_allocated)) {
			disjunct_put(m->a, b);
			continue;
		}
		struct region_state *state = disjunct_change(m->a, m->engine->arena, b->region);

		*state = *b;
		state->released_count = 0;
		state->is_zeroed = false;
		if (state->holding_count) {
			blur(m, state);
			state->is_foreign |= state->is_page;
		}
		if (b->version && !b->kinds && !b->is_allocated)
			state->version = ENGINE_MERGED_VERSION | m->at | m->frame->context << 20;
	}
	for (i = 0; i < m->a->region_count; i++) {
		const struct region_state *a = m->a->regions[i];

		if (disjunct_region(m->b, a->region) ||
		    (!a->released_count && !a->is_zeroed && !a->holding_count))
			continue;
		struct region_state *state = disjunct_change(m->a, m->engine->arena, a->region);

		m->changed |= state->released_count || state->is_zeroed;
		state->released_count = 0;
		state->is_zeroed = false;
		if (state->holding_count) {
			blur(m, state);
			state->is_foreign |= state->is_page;
		}
	}
}

/* -------------------------------------------------------------- constraints */

static bool is_previous(const struct symbol *symbol, void *argument)
{
	(void)argument;
	return symbol->kind == SYMBOL_PREVIOUS;
}

static bool has_previous(struct merging *m, const struct linear *a)
{
	unsigned i;

	/* Depth does not matter here: what was aged was aged from the outside in. */
	for (i = 0; i < a->count; i++)
		if (is_previous(symbol_get(m->engine->terms, a->terms[i].symbol), NULL))
			return true;
	return false;
}

static bool has_constraint(const struct constraint_set *set, const struct constraint *c)
{
	unsigned i;

	for (i = 0; i < set->count; i++)
		if (set->items[i].linear == c->linear && set->items[i].relation == c->relation)
			return true;
	return false;
}

/* A with the new symbols replaced by what they are on one side. */
static const struct linear *on_side(struct merging *m, const struct linear *a, bool is_b)
{
	unsigned i;

	for (i = 0; a && i < m->pair_count; i++)
		if (m->pairs[i].x != (is_b ? m->pairs[i].b : m->pairs[i].a))
			a = linear_substitute(m->engine->terms, a, m->pairs[i].symbol,
					      is_b ? m->pairs[i].b : m->pairs[i].a);
	return a;
}

static bool holds(struct merging *m, const struct constraint *c, bool is_b)
{
	const struct constraint_set *set = is_b ? &m->b->constraints : &m->a->constraints;
	const struct linear *linear = on_side(m, c->linear, is_b);

	return linear && constraint_set_test(m->engine->solver, set, linear,
					     c->relation) == TRUTH_YES;
}

static void keep(struct constraint_set *set, const struct constraint *c)
{
	if (set->count < CONSTRAINT_LIMIT && !has_constraint(set, c))
		set->items[set->count++] = *c;
}

/*
 * C holds where the counter X is still the number SIDE; perhaps that is why:
 * n - 1 >= 0 where i = 1 was n - i >= 0.
 */
static void keep_counted(struct merging *m, struct constraint_set *result,
			 const struct constraint *c, const struct pair *p,
			 const struct linear *side)
{
	struct term_table *terms = m->engine->terms;
	struct constraint g = *c;

	if (c->relation != CONSTRAINT_AT_LEAST_ZERO || !side->constant ||
	    c->linear->constant != -side->constant)
		return;
	g.linear = linear_subtract(terms, linear_add(terms, c->linear, side), p->x);
	if (g.linear && holds(m, &g, false) && holds(m, &g, true))
		keep(result, &g);
}

/*
 * C holds on one side.  Say it with the new symbols: where that side's value of a
 * pair is s + rest, s a symbol, put X - rest for s.
 */
static void keep_rewritten(struct merging *m, struct constraint_set *result,
			   const struct constraint *c, bool is_b)
{
	struct term_table *terms = m->engine->terms;
	unsigned i, t;

	for (i = 0; i < m->pair_count; i++) {
		const struct pair *p = &m->pairs[i];
		const struct linear *side = is_b ? p->b : p->a;

		if (side == p->x)
			continue;
		if (m->is_loop && !side->count)
			keep_counted(m, result, c, p, side);
		for (t = 0; t < side->count; t++) {
			symbol_id s = side->terms[t].symbol;
			ir_integer k = side->terms[t].coefficient;
			const struct linear *by;
			struct constraint g = *c;

			if ((k != 1 && k != -1) || !linear_coefficient(c->linear, s))
				continue;
			/* s = (X - rest) / k */
			by = linear_subtract(terms, p->x, side);
			by = linear_add(terms, linear_scale(terms, by, k),
					linear_symbol(terms, s));
			g.linear = by ? linear_substitute(terms, c->linear, s, by) : NULL;
			if (!g.linear || linear_is_constant(g.linear) || has_previous(m, g.linear))
				continue;
			if (holds(m, &g, false) && holds(m, &g, true))
				keep(result, &g);
		}
	}
}

/* X does not go below, or above, where it started. */
static void keep_direction(struct merging *m, struct constraint_set *result,
			   const struct pair *p)
{
	struct term_table *terms = m->engine->terms;
	const struct linear *sides[2] = { p->a, p->b };
	unsigned side, sign;

	for (side = 0; side < 2; side++) {
		if (sides[side] == p->x || has_previous(m, sides[side]))
			continue;
		for (sign = 0; sign < 2; sign++) {
			struct constraint g = {
				.relation = CONSTRAINT_AT_LEAST_ZERO,
				.linear = sign ? linear_subtract(terms, sides[side], p->x) :
						 linear_subtract(terms, p->x, sides[side]),
			};

			if (g.linear && !linear_is_constant(g.linear) &&
			    holds(m, &g, false) && holds(m, &g, true))
				keep(result, &g);
		}
	}
}

/* Two pairs that move together: their difference stays. */
static void keep_relation(struct merging *m, struct constraint_set *result,
			  const struct pair *p, const struct pair *q)
{
	struct term_table *terms = m->engine->terms;
	const struct linear *a = linear_subtract(terms, p->a, q->a);
	const struct linear *b = linear_subtract(terms, p->b, q->b);
	struct constraint g = { .relation = CONSTRAINT_ZERO };

	if (!a || a != b || has_previous(m, a))
		return;
	g.linear = linear_subtract(terms, linear_subtract(terms, p->x, q->x), a);
	if (g.linear && !linear_is_constant(g.linear))
		keep(result, &g);
}

static void merge_constraints(struct merging *m)
{
	bool is_widening = m->is_loop && m->round >= WIDENING_ROUND;
	struct constraint_set result = { 0 };
	unsigned i, j;

	for (i = 0; i < m->a->constraints.count; i++) {
		const struct constraint *c = &m->a->constraints.items[i];

		/* The old meaning of a pair's symbol is gone unless it holds for both. */
		if ((has_constraint(&m->b->constraints, c) && on_side(m, c->linear, true) == c->linear) ||
		    holds(m, c, true))
			keep(&result, c);
		else
			m->changed = true;
		if (!is_widening)
			keep_rewritten(m, &result, c, false);
	}
	for (i = 0; !is_widening && i < m->b->constraints.count; i++) {
		const struct constraint *c = &m->b->constraints.items[i];

		if (!m->is_loop && !has_constraint(&result, c) && holds(m, c, false) &&
		    on_side(m, c->linear, true) == c->linear)
			keep(&result, c);
		keep_rewritten(m, &result, c, true);
	}
	for (i = 0; !is_widening && i < m->pair_count && i < 12; i++) {
		keep_direction(m, &result, &m->pairs[i]);
		for (j = i + 1; j < m->pair_count && j < 12; j++)
			keep_relation(m, &result, &m->pairs[i], &m->pairs[j]);
	}
	m->a->constraints.count = result.count;
	memcpy(m->a->constraints.items, result.items, result.count * sizeof(result.items[0]));
}

bool engine_merge(struct engine *engine, const struct frame *frame, struct disjunct *a,
		  struct disjunct *b, ir_block_id at, bool is_loop, unsigned round)
{
	struct merging m = {
		.engine = engine, .frame = frame, .at = at, .is_loop = is_loop,
		.round = round, .a = a, .b = b,
	};

	merge_values(&m);
	merge_memory(&m);
	merge_regions(&m);
	merge_constraints(&m);
	return m.changed;
}

/* -------------------------------------------------------------------- sweep */

static void mark(uint8_t *used, const struct linear *a)
{
	unsigned i;

	for (i = 0; a && i < a->count; i++)
		used[a->terms[i].symbol] = 1;
}

/* What is loaded or computed again comes by its old name; a result never does. */
static bool can_come_again(const struct symbol *s)
{
	return s->kind != SYMBOL_RESULT && s->kind != SYMBOL_MERGED &&
	       s->kind != SYMBOL_PREVIOUS;
}

static bool is_marked(const struct term_table *terms, const uint8_t *used,
		      const struct linear *a)
{
	unsigned i;

	for (i = 0; i < a->count; i++)
		if (used[a->terms[i].symbol] ||
		    can_come_again(symbol_get(terms, a->terms[i].symbol)))
			return true;
	return false;
}

/* Will anything be asked about the region of STATE? */
static bool can_be_named(const struct term_table *terms, const uint8_t *used,
			 const struct region_state *state)
{
	const struct region *base = region_base(state->region);

	return state->holding_count || base->kind == REGION_VARIABLE || used[base->symbol] ||
		can_come_again(symbol_get(terms, base->symbol));
}

void engine_sweep(struct engine *engine, struct disjunct *d)
{
	struct arena *scratch = arena_new();
	uint8_t *used = ARENA_ARRAY(scratch, uint8_t, symbol_count(engine->terms));
	unsigned i, h, kept = 0;

	for (i = 0; i < d->value_count; i++)
		mark(used, d->values[i]);
	for (i = 0; i < d->memory_count; i++) {
		mark(used, d->memory[i].value);
		mark(used, d->memory[i].offset);
	}
	for (i = 0; i < d->region_count; i++) {
		const struct region_state *state = d->regions[i];

		if (state->holding_count && region_base(state->region)->kind == REGION_POINTEE)
			used[region_base(state->region)->symbol] = 1;
		for (h = 0; h < state->holding_count; h++) {
			mark(used, state->holdings[h].low);
			mark(used, state->holdings[h].high);
		}
		for (h = 0; h < state->released_count; h++) {
			mark(used, state->released[h].low);
			mark(used, state->released[h].high);
		}
	}
	for (i = d->region_count; i-- > 0;)
		if (!can_be_named(engine->terms, used, d->regions[i]))
			disjunct_drop_region(d, i);
	/* Lists and tables without end: then only what is held is followed. */
	for (i = d->region_count; i-- > 0 && d->region_count > REGION_LIMIT;)
		if (!d->regions[i]->holding_count &&
		    region_base(d->regions[i]->region)->kind == REGION_POINTEE)
			disjunct_drop_region(d, i);
	for (i = 0; i < d->constraints.count; i++)
		if (is_marked(engine->terms, used, d->constraints.items[i].linear) ||
		    d->constraints.count < CONSTRAINT_LIMIT / 2)
			d->constraints.items[kept++] = d->constraints.items[i];
	d->constraints.count = kept;
	arena_free(scratch);
}
