// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Two disjuncts into one.
 *
 * Values that differ become a new symbol X, remembered as the pair of what it is
 * on either side:
 *
 *	pinned: 0 and ret, so X
 *
 * (anti-unification: Plotkin 1970, on linear expressions).  What is held, and
 * what the path has established, is then said with X (merge-region.c,
 * merge-constraint.c).
 */
#include "alternative.h"
#include "bits.h"
#include "flow.h"
#include "merge.h"
#include "scatter.h"

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

static bool may_be_page(struct merging *m, const struct disjunct *d, const struct linear *a)
{
	return !linear_is_constant(a) && !is_no_page(m->engine, d, a);
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
	/* Which page it is will not be known under the new symbol. */
	scatter_page(m->engine, m->a, a, NULL);
	scatter_page(m->engine, m->b, b, NULL);
	state = disjunct_change(m->a, m->engine->arena,
				region_pointee(m->engine->terms, linear_as_symbol(x)));
	state->is_page = true;
	state->kinds |= in_a.kinds | in_b.kinds;
	state->is_foreign |= in_a.is_foreign || in_b.is_foreign ||
			     (!in_a.kinds && may_be_page(m, m->a, a)) ||
			     (!in_b.kinds && may_be_page(m, m->b, b));
	for (k = 0; k < CONTRACT_KIND_LIMIT; k++) {
		if (!state->provenance[k])
			state->provenance[k] = in_a.provenance[k] ? in_a.provenance[k] :
								    in_b.provenance[k];
		/* As where what is held is merged: which it is goes with what is lost here. */
		if (plan_takes_several_kinds(m->engine->plan) &&
		    !events_share_origin(in_a.provenance[k], in_b.provenance[k]))
			state->is_foreign = true;
	}
}

static bool mentions(const struct linear *a, symbol_id id)
{
	return a && linear_coefficient(a, id) != 0;
}

/* In D the value V alone leads to memory of this function's own that holds nothing. */
static bool is_private(struct merging *m, const struct disjunct *d, unsigned v,
		       const struct linear *pointer)
{
	symbol_id id = linear_as_symbol(pointer);
	const struct region_state *state = id ?
		disjunct_region(d, region_pointee(m->engine->terms, id)) : NULL;
	unsigned i;

	if (!state || !state->is_allocated || state->is_blurred || state->kinds)
		return false;
	/* Those before V are merged already in A, but not in B. */
	for (i = 1; i < d->value_count; i++)
		if (i != v && mentions(d->values[i], id))
			return false;
	for (i = 0; i < d->memory_count; i++)
		if (mentions(d->memory[i].value, id))
			return false;
	return true;
}

/* X is memory that one call or another has allocated. */
static void merge_allocation(struct merging *m, unsigned v, const struct linear *x,
			     const struct linear *a, const struct linear *b)
{
	struct region_state *state;

	if (m->is_loop || x == a || !is_private(m, m->a, v, a) || !is_private(m, m->b, v, b))
		return;
	state = disjunct_change(m->a, m->engine->arena,
				region_pointee(m->engine->terms, linear_as_symbol(x)));
	state->is_allocated = true;
}

/* The array that A and B, two values of KEY's variable, both point into; 0: not known. */
static symbol_id common_array(struct merging *m, const struct symbol *key,
			      const struct linear *a, const struct linear *b)
{
	symbol_id array;
	const struct symbol *s;

	if (key->type.type_class != IR_TYPE_POINTER || key->type.pointee == IR_POINTEE_PAGE)
		return 0;
	array = symbol_array(m->engine->terms, linear_is_constant(a) ? b : a);
	if (!array || (!linear_is_constant(b) && symbol_array(m->engine->terms, b) != array))
		return 0;
	s = symbol_get(m->engine->terms, array);
	/* Its own name for two arrays is no array that it could point into. */
	return s->kind == SYMBOL_MERGED && s->extra == key->extra &&
	       s->context == key->context && s->instruction == key->instruction ? 0 : array;
}

/*
 * A page that was found somewhere, or NULL where there is none: if it is one it is that page, and
 * what is told of the place where it was found is told of it.  0: it is not so.
 */
static symbol_id only_page(const struct merging *m, const struct linear *a, const struct linear *b)
{
	const struct linear *page = linear_is_constant(a) ? b : a, *none = page == a ? b : a;
	symbol_id id = linear_is_constant(none) && !none->constant ? linear_as_symbol(page) : 0;
	const struct symbol *s = id && !m->is_loop ? symbol_get(m->engine->terms, id) : NULL;

	return s && s->kind == SYMBOL_LOADED && s->type.pointee == IR_POINTEE_PAGE ? id : 0;
}

/*
 * A and B both point into an array of pages, whose start is known: the pair is then of
 * their indices, so that `pages += ret' does not make an array of its own.  NULL: not so.
 */
static const struct linear *add_index_pair(struct merging *m, const struct symbol *key,
					   const struct linear *a, const struct linear *b)
{
	struct term_table *terms = m->engine->terms;
	const struct linear *start, *index_a, *index_b;
	struct symbol index = *key;

	if (!key->base || key->type.pointee != IR_POINTEE_PAGES ||
	    linear_coefficient(a, key->base) != 1 || linear_coefficient(b, key->base) != 1)
		return NULL;
	start = linear_symbol(terms, key->base);
	index_a = linear_divide_exact(terms, linear_subtract(terms, a, start), POINTER_SIZE);
	index_b = linear_divide_exact(terms, linear_subtract(terms, b, start), POINTER_SIZE);
	if (!index_a || !index_b)
		return NULL;
	index.base = 0;
	index.text = NULL;
	index.type = (struct ir_type){ IR_TYPE_INTEGER, 64, true, IR_POINTEE_OTHER };
	return linear_add(terms, start,
			  linear_scale(terms, add_pair(m, &index, index_a, index_b),
				       POINTER_SIZE));
}

/* What A and B, of which KEY is to be the name, are known by. */
static void set_base(struct merging *m, struct symbol *key, const struct linear *a,
		     const struct linear *b)
{
	key->base = only_page(m, a, b);
	if (key->base)
		key->type = symbol_get(m->engine->terms, key->base)->type;
	else
		key->base = common_array(m, key, a, b);
}

/* May C be about the same on both sides?  Names that this merge gives are not. */
static bool is_lasting(struct merging *m, const struct constraint *c)
{
	const struct symbol *s;

	if (c->linear->count != 1)
		return false;
	s = symbol_get(m->engine->terms, c->linear->terms[0].symbol);
	return s->kind == SYMBOL_LOADED || s->kind == SYMBOL_PARAMETER;
}

/*
 * A and B are true and false, as the outcome of `a && b' is: where one side has decided the
 * opposite of the other, that decision is what the value tells of.
 */
static const struct linear *as_decision(struct merging *m, const struct linear *a,
					const struct linear *b)
{
	const struct constraint_set *set = &m->a->constraints;
	unsigned i;

	if (m->is_loop || !linear_is_constant(a) || !linear_is_constant(b) ||
	    a->constant + b->constant != 1 || (a->constant && b->constant))
		return NULL;
	for (i = 0; i < set->count; i++) {
		const struct constraint *c = &set->items[i];
		const struct linear *truth;

		if (!is_lasting(m, c) ||
		    constraint_set_test(m->engine->solver, &m->b->constraints, c->linear,
					c->relation) != TRUTH_NO)
			continue;
		truth = constraint_truth(m->engine, c);
		return !truth || a->constant ? truth :
			linear_subtract(m->engine->terms, linear_constant(m->engine->terms, 1),
					truth);
	}
	return NULL;
}

/*
 * A and B are one number but for flags that were or-ed to it: the others are what they were,
 * and the pair is of whether they were.
 */
static const struct linear *add_flag_pair(struct merging *m, const struct symbol *key,
					  const struct linear *a, const struct linear *b)
{
	struct term_table *terms = m->engine->terms;
	struct symbol whether = *key;
	ir_integer flags = 0;
	const struct linear *before = bits_without(m->engine, a, &flags);

	if (m->is_loop || key->type.type_class != IR_TYPE_INTEGER || linear_is_constant(before) ||
	    bits_without(m->engine, b, &flags) != before)
		return NULL;
	whether.base = 0;
	whether.text = NULL;
	whether.type = (struct ir_type){ IR_TYPE_INTEGER, 1, false, IR_POINTEE_OTHER };
	return bits_perhaps(m->engine, before, flags,
			    add_pair(m, &whether, linear_constant(terms, a != before),
				     linear_constant(terms, a == before)), key->type);
}

static const struct linear *merge_value(struct merging *m, const struct symbol *key,
					const struct linear *a, const struct linear *b)
{
	const struct linear *x = add_index_pair(m, key, a, b);

	if (x)
		return x;
	x = as_decision(m, a, b);
	if (x) {
		m->changed = true;
		return x;
	}
	x = add_flag_pair(m, key, a, b);
	return x ? x : add_pair(m, key, a, b);
}

/* What D loads from REGION now, at OFFSET, if VALUE is that: two loads, two names. */
static const struct symbol *as_present_load(struct merging *m, const struct disjunct *d,
					    const struct linear *value)
{
	symbol_id id = linear_as_symbol(value);
	const struct symbol *s = id ? symbol_get(m->engine->terms, id) : NULL;
	const struct region_state *state;

	if (!s || s->kind != SYMBOL_LOADED || s->type.pointee != IR_POINTEE_PAGE)
		return NULL;
	state = disjunct_region(d, s->region);
	return state && state->kinds && state->version == s->extra &&
	       !disjunct_memory(d, s->region, s->offset) ? s : NULL;
}

/*
 * The page of a variable, or of one element, that was filled by one call on one side and
 * by another on the other: it is what is there now on both, and goes by the name of A.
 */
static bool is_same_element(struct merging *m, const struct linear *a, const struct linear *b)
{
	const struct symbol *in_a = as_present_load(m, m->a, a);
	const struct symbol *in_b = in_a ? as_present_load(m, m->b, b) : NULL;

	return in_b && in_b->region == in_a->region && in_b->offset == in_a->offset;
}

static void merge_values(struct merging *m)
{
	const struct ir_function *f = m->frame->function;
	ir_value v = IR_NO_VALUE;

	/* Others were dropped on the way here. */
	while ((v = flow_next_live(m->frame->flow, m->at, v)) != IR_NO_VALUE) {
		const struct linear *a = m->a->values[v], *b = m->b->values[v];
		struct symbol key;

		if (a == b)
			continue;
		if (!a || !b) {
			m->changed |= a != NULL;
			m->a->values[v] = NULL;
			continue;
		}
		if (is_same_element(m, a, b))
			continue;
		key = (struct symbol){
			.kind = SYMBOL_MERGED, .operation = m->is_loop,
			.context = m->frame->context, .instruction = v, .extra = m->at,
			.type = f->instructions[v].type,
			.text = f->instructions[v].text,
			.location = f->instructions[v].location,
		};
		set_base(m, &key, a, b);
		m->a->values[v] = merge_value(m, &key, a, b);
		merge_kinds(m, m->a->values[v], a, b);
		merge_allocation(m, v, m->a->values[v], a, b);
	}
}

/* VALUE is stored in REGION on one side, and something else, or nothing, on the other. */
static void set_version(struct merging *m, const struct region *region,
			const struct linear *value)
{
	const struct region_state *old = disjunct_region(m->a, region);
	bool is_mixed = engine_may_be_page(m->engine, m->a, value);
	uint32_t version = merged_version(m);
	struct region_state *state;

	if (old && old->version == version && (old->is_mixed || !is_mixed))
		return;
	if (!old && m->fresh_count < FRESH_LIMIT)
		m->fresh[m->fresh_count++] = region;
	state = disjunct_change(m->a, m->engine->arena, region);
	state->failed = NULL;
	state->is_filled = true;
	m->changed |= state->kinds && is_mixed && !state->is_mixed;
	state->is_mixed |= is_mixed;
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
		const struct linear *before;
		const struct symbol *s;
		struct symbol key;

		if (!other) {
			const struct region *region = e->region;
			const struct linear *value = e->value;

			m->changed = true;
			engine_lose_pointer(m->engine, a, value);
			disjunct_drop_memory(a, i);
			set_version(m, region, value);
			continue;
		}
		if (other->value == e->value)
			continue;
		key = (struct symbol){
			.kind = SYMBOL_MERGED, .operation = m->is_loop,
			.context = m->frame->context, .extra = m->at,
			.region = e->region, .offset = e->offset,
			.type = { IR_TYPE_INTEGER, 64, true, IR_POINTEE_OTHER },
		};
		if (e->value->count) {
			s = symbol_get(m->engine->terms, e->value->terms[0].symbol);
			key.type = s->type;
		}
		set_base(m, &key, e->value, other->value);
		before = e->value;
		e->value = merge_value(m, &key, before, other->value);
		merge_kinds(m, e->value, before, other->value);
	}
	for (i = 0; i < m->b->memory_count; i++)
		if (!disjunct_memory(a, m->b->memory[i].region, m->b->memory[i].offset)) {
			engine_lose_pointer(m->engine, m->b, m->b->memory[i].value);
			set_version(m, m->b->memory[i].region, m->b->memory[i].value);
		}
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
