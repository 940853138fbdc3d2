// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The words of a contract as terms: places, expressions and conditions, seen from
 * the call at hand.
 *
 *	pages[0 .. return)		the region that the argument points to
 *	pages(bytes)			floor((bytes + 4095) / 4096)
 *	when mask(flags, FOLL_PIN)	1 - (flags & FOLL_PIN == 0)
 */
#include "apply.h"
#include "bits.h"

static const struct ir_type page_pointer = { IR_TYPE_POINTER, 64, false, IR_POINTEE_PAGE };
static const struct ir_type number = { IR_TYPE_INTEGER, 64, true, IR_POINTEE_OTHER };

static const struct linear *place_root(struct application *a,
				       const struct contract_place *place)
{
	if (place->root == CONTRACT_RETURN)
		return a->result;
	if (place->root == CONTRACT_PARAMETER && place->parameter < a->argument_count)
		return a->arguments[place->parameter];
	return NULL;
}

static struct ir_type loaded_type(const struct application *a, bool is_last, bool is_pointer)
{
	struct ir_type type = is_last && !is_pointer ? number : page_pointer;

	(void)a;
	type.is_signed = false;		/* counts and offsets */
	if (!is_last)
		type.pointee = IR_POINTEE_OTHER;
	return type;
}

/* The array at REGION, OFFSET.  One that was not there is made by the call. */
static const struct linear *load_array(struct application *a, struct disjunct *d,
				       const struct region *region, const struct linear *offset)
{
	struct ir_type type = loaded_type(a, false, true);
	const struct linear *array = engine_load(a->engine, d, region, offset, type, NULL, 0);

	region = array && linear_is_constant(array) ?
		region_piece(a->engine->terms, region, offset) : NULL;
	if (!region)
		return array;
	engine_havoc(a->engine, d, region, apply_writer(a));
	disjunct_change(d, a->engine->arena, region)->version = apply_writer(a);
	return engine_load(a->engine, d, region, linear_constant(a->engine->terms, 0), type,
			   NULL, 0);
}

/* What PLACE is in; for a place in every element, HAS_ELEMENTS, that in the first one. */
static const struct region *walk(struct application *a, struct disjunct *d,
				 const struct contract_place *place, bool has_elements,
				 const struct linear **offset)
{
	struct term_table *terms = a->engine->terms;
	const struct linear *value = place_root(a, place);
	const struct region *region = NULL;
	unsigned i;

	for (i = 0; i < place->step_count; i++) {
		const struct contract_step *step = &place->steps[i];

		if (step->kind == CONTRACT_DEREFERENCE ||
		    (step->kind == CONTRACT_ELEMENTS && has_elements)) {
			if (region && step->kind == CONTRACT_ELEMENTS)
				value = load_array(a, d, region, *offset);
			else if (region)
				value = engine_load(a->engine, d, region, *offset,
						    loaded_type(a, false, true), NULL, 0);
			region = value ? region_of_pointer(terms, value, offset) : NULL;
		} else if (step->kind == CONTRACT_FIELD && region) {
			struct ir_step field = {
				.kind = IR_STEP_FIELD,
				.record = intern(a->engine->unit->strings, ""),
				.field = intern(a->engine->unit->strings, step->field),
			};

			region = region_member(terms, region, *offset, &field);
			*offset = linear_constant(terms, 0);
		} else {
			return NULL;
		}
		if (!region)
			return NULL;
	}
	return region;
}

const struct region *place_region(struct application *a, struct disjunct *d,
				  const struct contract_place *place,
				  const struct linear **offset)
{
	return walk(a, d, place, false, offset);
}

const struct region *place_elements(struct application *a, struct disjunct *d,
				    const struct contract_place *place)
{
	const struct linear *offset;
	unsigned i;

	for (i = 0; i < place->step_count; i++)
		if (place->steps[i].kind == CONTRACT_ELEMENTS)
			return walk(a, d, place, true, &offset);
	return NULL;
}

const struct linear *place_value(struct application *a, struct disjunct *d,
				 const struct contract_place *place, bool is_pointer)
{
	const struct linear *offset;
	const struct region *region;

	if (!place->step_count)
		return place_root(a, place);
	region = place_region(a, d, place, &offset);
	if (!region)
		return NULL;
	return engine_load(a->engine, d, region, offset, loaded_type(a, true, is_pointer),
			   NULL, 0);
}

const struct linear *expression(struct application *a, struct disjunct *d,
				const struct contract_expression *e)
{
	struct term_table *terms = a->engine->terms;
	ir_integer page_size = a->engine->unit->page_size;
	const struct linear *left, *right;
	int64_t value;

	if (!e)
		return NULL;
	switch (e->op) {
	case CONTRACT_NUMBER:
		return apply_constant(a, e->number);
	case CONTRACT_NAME:
		if (a->engine->host &&
		    a->engine->host->constant(a->engine->host->host, e->name, &value))
			return apply_constant(a, value);
		return NULL;
	case CONTRACT_PLACE:
		return place_value(a, d, &e->place, false);
	case CONTRACT_PAGE_SIZE:
		return apply_constant(a, page_size);
	case CONTRACT_PAGES:
		left = expression(a, d, e->left);
		return left ? engine_floor_divide(a->engine,
				linear_add_constant(terms, left, page_size - 1),
				page_size, number) : NULL;
	case CONTRACT_ADD:
	case CONTRACT_SUBTRACT:
	case CONTRACT_MULTIPLY:
	case CONTRACT_SHIFT_LEFT:
		break;
	default:
		return NULL;
	}
	left = expression(a, d, e->left);
	right = expression(a, d, e->right);
	if (!left || !right)
		return NULL;
	if (e->op == CONTRACT_ADD)
		return linear_add(terms, left, right);
	if (e->op == CONTRACT_SUBTRACT)
		return linear_subtract(terms, left, right);
	if (!linear_is_constant(right))
		return NULL;
	if (e->op == CONTRACT_MULTIPLY)
		return linear_scale(terms, left, right->constant);
	return right->constant >= 0 && right->constant < 40 ?
		linear_scale(terms, left, (ir_integer)1 << right->constant) : NULL;
}

/* --------------------------------------------------------------- conditions */

static const struct linear *comparison_term(struct application *a, struct disjunct *d,
					    const struct contract_test *test)
{
	struct term_table *terms = a->engine->terms;
	const struct linear *left = expression(a, d, test->left);
	const struct linear *right = expression(a, d, test->right);
	const struct linear *difference = linear_subtract(terms, left, right);
	const struct linear *zero = apply_constant(a, 0);

	if (!difference)
		return NULL;
	switch (test->relation) {
	case CONTRACT_EQUAL:
		return engine_comparison(a->engine, IR_EQUAL, difference);
	case CONTRACT_NOT_EQUAL:
		return linear_subtract(terms, apply_constant(a, 1),
				       engine_comparison(a->engine, IR_EQUAL, difference));
	case CONTRACT_LESS:
		difference = linear_add_constant(terms,
			linear_subtract(terms, zero, difference), -1);
		break;
	case CONTRACT_LESS_EQUAL:
		difference = linear_subtract(terms, zero, difference);
		break;
	case CONTRACT_GREATER:
		difference = linear_add_constant(terms, difference, -1);
		break;
	default:
		break;
	}
	return difference ? engine_comparison(a->engine, IR_GREATER_EQUAL, difference) : NULL;
}

/* Bit test as the lowering of `(word >> bit) & 1' and `word & mask' would give it. */
static const struct linear *bits_term(struct application *a, struct disjunct *d,
				      const struct contract_test *test)
{
	const struct linear *word = expression(a, d, test->left);
	const struct linear *bits = expression(a, d, test->right);
	const struct linear *masked;
	ir_integer mask;
	symbol_id id;

	if (!word || !bits || !linear_is_constant(bits))
		return NULL;
	mask = test->kind == CONTRACT_FLAG ? (ir_integer)1 << bits->constant : bits->constant;
	/* Smaller ones are made wider before C asks for bits. */
	id = linear_as_symbol(word);
	masked = bits_and(a->engine, word, mask,
			  id && symbol_get(a->engine->terms, id)->type.bits == 32 ?
			  symbol_get(a->engine->terms, id)->type : number);
	return linear_subtract(a->engine->terms, apply_constant(a, 1),
			       engine_comparison(a->engine, IR_EQUAL, masked));
}

/* 1 where TEST holds, 0 where not; NULL: cannot be told. */
static const struct linear *test_term(struct application *a, struct disjunct *d,
				      const struct contract_test *test)
{
	struct term_table *terms = a->engine->terms;
	const struct linear *left, *term = NULL;
	struct symbol key = {
		.kind = SYMBOL_OPERATION, .operation = IR_UNKNOWN,
		.type = { IR_TYPE_INTEGER, 1, false, IR_POINTEE_OTHER },
	};
	const char *p;

	switch (test->kind) {
	case CONTRACT_COMPARE:
		term = comparison_term(a, d, test);
		break;
	case CONTRACT_FLAG:
	case CONTRACT_MASK:
		term = bits_term(a, d, test);
		break;
	case CONTRACT_IS_NULL:
		left = expression(a, d, test->left);
		term = left ? engine_comparison(a->engine, IR_EQUAL, left) : NULL;
		break;
	case CONTRACT_IS_ERROR:
		left = expression(a, d, test->left);
		left = linear_add_constant(terms, left, -error_floor());
		term = left ? engine_comparison(a->engine, IR_GREATER_EQUAL, left) : NULL;
		break;
	case CONTRACT_PREDICATE:
		left = expression(a, d, test->left);
		if (!left)
			break;
		key.left = left;
		for (p = test->name; *p; p++)
			key.extra = key.extra * 31 + (unsigned char)*p;
		term = linear_symbol(terms, symbol_intern(terms, &key));
		break;
	}
	if (term && test->negated)
		term = linear_subtract(terms, apply_constant(a, 1), term);
	return term;
}

static bool names_missing_constant(struct application *a, const struct contract_expression *e)
{
	int64_t value;

	if (!e)
		return false;
	if (e->op == CONTRACT_NAME)
		return a->engine->host &&
			!a->engine->host->constant(a->engine->host->host, e->name, &value);
	return names_missing_constant(a, e->left) || names_missing_constant(a, e->right);
}

const struct linear *conjunction_term(struct application *a, struct disjunct *d,
				      const struct contract_effect *effect)
{
	static const struct ir_type truth = { IR_TYPE_INTEGER, 1, false, IR_POINTEE_OTHER };
	const struct linear *all = NULL, *term;
	unsigned i;

	for (i = 0; i < effect->test_count; i++) {
		term = test_term(a, d, &effect->tests[i]);
		if (!term)
			return NULL;
		all = all ? engine_operation(a->engine, IR_AND, 65, all, term, truth) : term;
	}
	return all;
}

bool split_on_tests(struct application *a, struct disjunct *d, unsigned count,
		    const struct contract_test *tests, struct disjunct_list *yes,
		    struct disjunct_list *no)
{
	struct disjunct_list now = { 0 }, next = { 0 };
	unsigned i, j;

	for (i = 0; i < count; i++) {
		if (names_missing_constant(a, tests[i].left) ||
		    names_missing_constant(a, tests[i].right)) {
			/* Another kernel's clause. */
			disjunct_list_add(no, d);
			return true;
		}
	}
	for (i = 0; i < count; i++)
		if (!test_term(a, d, &tests[i]))
			return false;
	disjunct_list_add(&now, d);
	for (i = 0; i < count; i++) {
		next = (struct disjunct_list){ 0 };
		for (j = 0; j < now.count; j++) {
			const struct linear *term = test_term(a, now.items[j], &tests[i]);
			struct disjunct *other = disjunct_clone(now.items[j]);

			engine_assume_cases(a->engine, now.items[j], term, true, &next);
			engine_assume_cases(a->engine, other, term, false, no);
		}
		disjunct_list_release(&now);
		now = next;
	}
	for (j = 0; j < now.count; j++)
		disjunct_list_add(yes, now.items[j]);
	disjunct_list_release(&now);
	return true;
}
