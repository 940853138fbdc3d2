// SPDX-License-Identifier: GPL-2.0-or-later
/* The signs of results and parameters, and the tests that tell them apart. */
#include <string.h>

#include "summary-draft.h"

#define ERRNO_LIMIT	4095

static bool can_be(struct engine *engine, const struct summary_exit *exit,
		   const struct linear *low, const struct linear *high)
{
	struct constraint_set set = exit->constraints;

	return (!low || constraint_set_add(engine->solver, &set, low,
					   CONSTRAINT_AT_LEAST_ZERO)) &&
	       (!high || constraint_set_add(engine->solver, &set, high,
					    CONSTRAINT_AT_LEAST_ZERO));
}

static unsigned signs_of(struct engine *engine, const struct summary_exit *exit,
			 const struct linear *x, bool is_pointer)
{
	struct term_table *terms = engine->terms;
	const struct linear *minus = linear_scale(terms, x, -1);
	ir_integer floor = ((ir_integer)1 << 64) - ERRNO_LIMIT;
	const struct linear *above = linear_add_constant(terms, x, -1);
	unsigned signs = can_be(engine, exit, x, minus) ? SIGN_ZERO : 0;

	if (!is_pointer) {
		if (can_be(engine, exit, above, NULL))
			signs |= SIGN_POSITIVE;
		if (can_be(engine, exit, linear_add_constant(terms, minus, -1), NULL))
			signs |= SIGN_NEGATIVE;
		return signs;
	}
	/* An error number that was made a pointer is as negative as before. */
	if (constraint_set_test(engine->solver, &exit->constraints,
				linear_add_constant(terms, minus, -1),
				CONSTRAINT_AT_LEAST_ZERO) == TRUTH_YES)
		return SIGN_ERROR;
	if (can_be(engine, exit, above, linear_add_constant(terms, minus, floor - 1)))
		signs |= SIGN_VALID;
	if (can_be(engine, exit, linear_add_constant(terms, x, -floor), NULL))
		signs |= SIGN_ERROR;
	return signs;
}

unsigned exit_result_signs(struct engine *engine, const struct summary_exit *exit)
{
	bool is_pointer = engine->root->return_type.type_class == IR_TYPE_POINTER;
	unsigned signs = signs_of(engine, exit, exit->result, is_pointer);

	return is_pointer && exit->is_fresh ? signs & ~SIGN_ERROR : signs;
}

unsigned subject_signs(struct engine *engine, const struct subject *subject,
		       const struct summary_exit *exit)
{
	if (subject->entry)
		return signs_of(engine, exit, subject->entry,
				subject->type.type_class == IR_TYPE_POINTER);
	return exit->result ? exit_result_signs(engine, exit) :
			      SIGN_NEGATIVE | SIGN_ZERO | SIGN_POSITIVE;
}

bool subject_get(struct engine *engine, unsigned n, struct subject *subject)
{
	const struct ir_function *root = engine->root;
	struct symbol key = { .kind = SYMBOL_PARAMETER };

	memset(subject, 0, sizeof(*subject));
	if (!n) {
		subject->place.root = CONTRACT_RETURN;
		subject->type = root->return_type;
		return true;
	}
	if (n > root->parameter_count)
		return false;
	subject->place.root = CONTRACT_PARAMETER;
	subject->place.parameter = (uint8_t)(n - 1);
	subject->type = root->parameter_types[n - 1];
	key.instruction = n - 1;
	key.type = subject->type;
	subject->entry = linear_symbol(engine->terms,
				       symbol_intern(engine->terms, &key));
	return true;
}

static struct contract_test zero_test(struct engine *engine,
				      const struct subject *subject,
				      enum contract_relation relation)
{
	return (struct contract_test){
		.kind = CONTRACT_COMPARE, .relation = (uint8_t)relation,
		.left = contract_expression_place(engine->unit->arena, &subject->place),
		.right = contract_expression_number(engine->unit->arena, 0),
	};
}

static bool number_test(struct engine *engine, const struct subject *subject,
			unsigned yes, struct contract_test *test)
{
	/* A truth value is not greater than zero, it is set. */
	bool is_truth = subject->type.bits == 1;
	enum contract_relation relation;

	switch (yes) {
	case SIGN_NEGATIVE:
		relation = CONTRACT_LESS;
		break;
	case SIGN_ZERO:
		relation = CONTRACT_EQUAL;
		break;
	case SIGN_POSITIVE:
		relation = is_truth ? CONTRACT_NOT_EQUAL : CONTRACT_GREATER;
		break;
	case SIGN_NEGATIVE | SIGN_ZERO:
		relation = CONTRACT_LESS_EQUAL;
		break;
	case SIGN_ZERO | SIGN_POSITIVE:
		relation = CONTRACT_GREATER_EQUAL;
		break;
	case SIGN_NEGATIVE | SIGN_POSITIVE:
		relation = CONTRACT_NOT_EQUAL;
		break;
	default:
		return false;
	}
	*test = zero_test(engine, subject, relation);
	return true;
}

/* One test that holds on all of YES and on none of NO; they have nothing in common. */
static bool pointer_test(struct engine *engine, const struct subject *subject,
			 unsigned yes, unsigned no, struct contract_test *test)
{
	memset(test, 0, sizeof(*test));
	test->left = contract_expression_place(engine->unit->arena, &subject->place);
	if (yes == SIGN_NULL || no == SIGN_NULL) {
		test->kind = CONTRACT_IS_NULL;
		test->negated = no == SIGN_NULL;
		return true;
	}
	if (yes == SIGN_ERROR || no == SIGN_ERROR) {
		test->kind = CONTRACT_IS_ERROR;
		test->negated = no == SIGN_ERROR;
		return true;
	}
	return false;
}

bool subject_test(struct engine *engine, const struct subject *subject, unsigned yes,
		  unsigned no, struct contract_test *test)
{
	if (subject->type.type_class == IR_TYPE_POINTER)
		return pointer_test(engine, subject, yes, no, test);
	return subject->type.type_class == IR_TYPE_INTEGER &&
		number_test(engine, subject, yes, test);
}
