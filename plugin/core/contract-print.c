// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Contracts as text, in the one canonical form: what the parser makes of it
 * prints as the same text again.
 */
#include <inttypes.h>
#include <limits.h>

#include "contract-clause.h"
#include "contract-set.h"

struct printer {
	FILE *out;
	const struct contract_set *set;
	const struct contract *contract;
};

static void print_expression(const struct printer *printer,
			     const struct contract_expression *expression, unsigned level);

static void print_root(const struct printer *printer, const struct contract_place *place)
{
	switch (place->root) {
	case CONTRACT_PARAMETER:
		fputs(printer->contract->parameters[place->parameter], printer->out);
		break;
	case CONTRACT_RETURN:
		fputs("return", printer->out);
		break;
	case CONTRACT_GLOBAL:
		fprintf(printer->out, "global %s", place->name);
		break;
	}
}

/* Do the first COUNT steps print as text that ends in steps with a `[*]' among them? */
static bool has_open_elements(const struct contract_place *place, unsigned count)
{
	while (count && place->steps[count - 1].kind == CONTRACT_FIELD) {
		count--;
		if (count && place->steps[count - 1].kind == CONTRACT_DEREFERENCE)
			count--;
		if (count && place->steps[count - 1].kind == CONTRACT_DEREFERENCE)
			return false;
	}
	return count && place->steps[count - 1].kind == CONTRACT_ELEMENTS;
}

static void print_steps(const struct printer *printer, const struct contract_place *place,
			unsigned count);

static void print_in_parentheses(const struct printer *printer,
				 const struct contract_place *place, unsigned count)
{
	fputc('(', printer->out);
	print_steps(printer, place, count);
	fputc(')', printer->out);
}

/* See contract-expression.c on what binds to what. */
static void print_field(const struct printer *printer, const struct contract_place *place,
			unsigned count)
{
	const struct contract_step *field = &place->steps[count - 1];
	unsigned record = count - 1;
	bool is_arrow = record && place->steps[record - 1].kind == CONTRACT_DEREFERENCE;

	if (is_arrow)
		record--;
	if (record && place->steps[record - 1].kind == CONTRACT_DEREFERENCE)
		print_in_parentheses(printer, place, record);
	else
		print_steps(printer, place, record);
	fprintf(printer->out, "%s%s", is_arrow ? "->" : ".", field->field);
}

/* The root and the first COUNT steps. */
static void print_steps(const struct printer *printer, const struct contract_place *place,
			unsigned count)
{
	if (!count) {
		print_root(printer, place);
		return;
	}
	switch (place->steps[count - 1].kind) {
	case CONTRACT_FIELD:
		print_field(printer, place, count);
		break;
	case CONTRACT_ELEMENTS:
		print_steps(printer, place, count - 1);
		fputs("[*]", printer->out);
		break;
	case CONTRACT_DEREFERENCE:
		fputc('*', printer->out);
		if (has_open_elements(place, count - 1))
			print_in_parentheses(printer, place, count - 1);
		else
			print_steps(printer, place, count - 1);
		break;
	}
}

static void print_place(const struct printer *printer, const struct contract_place *place)
{
	print_steps(printer, place, place->step_count);
}

static void print_binary(const struct printer *printer,
			 const struct contract_expression *expression,
			 const char *text, unsigned own_level, unsigned level)
{
	bool needs_parentheses = own_level < level;

	if (needs_parentheses)
		fputc('(', printer->out);
	print_expression(printer, expression->left, own_level);
	fprintf(printer->out, " %s ", text);
	print_expression(printer, expression->right, own_level + 1);
	if (needs_parentheses)
		fputc(')', printer->out);
}

/* LEVEL: the loosest operator that can stand here without parentheses. */
static void print_expression(const struct printer *printer,
			     const struct contract_expression *expression, unsigned level)
{
	switch (expression->op) {
	case CONTRACT_NUMBER:
		fprintf(printer->out, "%" PRId64, expression->number);
		break;
	case CONTRACT_NAME:
		fputs(expression->name, printer->out);
		break;
	case CONTRACT_PLACE:
		print_place(printer, &expression->place);
		break;
	case CONTRACT_PAGE_SIZE:
		fputs("PAGE_SIZE", printer->out);
		break;
	case CONTRACT_SHIFT_LEFT:
		print_binary(printer, expression, "<<", 0, level);
		break;
	case CONTRACT_ADD:
		print_binary(printer, expression, "+", 1, level);
		break;
	case CONTRACT_SUBTRACT:
		print_binary(printer, expression, "-", 1, level);
		break;
	case CONTRACT_MULTIPLY:
		print_binary(printer, expression, "*", 2, level);
		break;
	case CONTRACT_PAGES:
		fputs("pages(", printer->out);
		print_expression(printer, expression->left, 0);
		fputc(')', printer->out);
		break;
	case CONTRACT_ERRNO:
		fputs("-errno", printer->out);
		break;
	case CONTRACT_SOME:
		fputs("some", printer->out);
		break;
	}
}

static void print_two(const struct printer *printer, const struct contract_test *test,
		      const char *before, const char *between, const char *after)
{
	fputs(before, printer->out);
	print_expression(printer, test->left, 0);
	fputs(between, printer->out);
	print_expression(printer, test->right, 0);
	fputs(after, printer->out);
}

static void print_test(const struct printer *printer, const struct contract_test *test)
{
	static const char *const relations[] = {
		[CONTRACT_EQUAL] = " == ", [CONTRACT_NOT_EQUAL] = " != ",
		[CONTRACT_LESS] = " < ", [CONTRACT_LESS_EQUAL] = " <= ",
		[CONTRACT_GREATER] = " > ", [CONTRACT_GREATER_EQUAL] = " >= ",
	};

	if (test->negated)
		fputs("not ", printer->out);
	switch (test->kind) {
	case CONTRACT_COMPARE:
		print_two(printer, test, "", relations[test->relation], "");
		break;
	case CONTRACT_FLAG:
		print_two(printer, test, "flag(", ", ", ")");
		break;
	case CONTRACT_MASK:
		print_two(printer, test, "mask(", ", ", ")");
		break;
	case CONTRACT_IS_ERROR:
		print_expression(printer, test->left, 0);
		fputs(" is error", printer->out);
		break;
	case CONTRACT_IS_NULL:
		print_expression(printer, test->left, 0);
		fputs(" is null", printer->out);
		break;
	case CONTRACT_PREDICATE:
		fprintf(printer->out, "%s(", test->name);
		print_expression(printer, test->left, 0);
		fputc(')', printer->out);
		break;
	}
}

static void print_range(const struct printer *printer, const struct contract_effect *effect)
{
	if (effect->flags & CONTRACT_HAS_RANGE) {
		fputc('[', printer->out);
		print_expression(printer, effect->low, 0);
		fputs(" .. ", printer->out);
		print_expression(printer, effect->high, 0);
		fputc(')', printer->out);
	}
	if (effect->flags & (CONTRACT_TIMES | CONTRACT_RUN)) {
		fputs(effect->flags & CONTRACT_TIMES ? " times " : " run ", printer->out);
		print_expression(printer, effect->high, 0);
	}
}

/* What stands between the word and the suffixes. */
static void print_subject(const struct printer *printer, const struct contract_effect *effect)
{
	switch (effect->verb) {
	case CONTRACT_STORES:
		print_place(printer, &effect->value);
		print_range(printer, effect);
		fputs(" in ", printer->out);
		print_place(printer, &effect->place);
		break;
	case CONTRACT_RETURNS_SAME:
		fputs("same ", printer->out);
		print_place(printer, &effect->value);
		break;
	case CONTRACT_RETURNS_ANOTHER:
		fputs("another ", printer->out);
		print_place(printer, &effect->value);
		break;
	case CONTRACT_RETURNS_INSIDE:
		fputs("inside ", printer->out);
		print_place(printer, &effect->value);
		break;
	case CONTRACT_RETURNS_RANGE:
		print_expression(printer, effect->low, 0);
		fputs(" .. ", printer->out);
		print_expression(printer, effect->high, 0);
		break;
	case CONTRACT_RETURNS_TRUE:
		fputs("true", printer->out);
		break;
	case CONTRACT_SETS:
		print_place(printer, &effect->place);
		fputs(" to ", printer->out);
		print_expression(printer, effect->low, 0);
		break;
	case CONTRACT_LIMITS:
		print_expression(printer, effect->high, 0);
		fputs(" to ", printer->out);
		print_expression(printer, effect->low, 0);
		break;
	default:
		print_place(printer, &effect->place);
		print_range(printer, effect);
	}
}

static void print_effect(const struct printer *printer, const struct contract_effect *effect)
{
	const struct clause *clause = &contract_clauses[effect->verb];
	size_t i;

	fprintf(printer->out, "\t%s ", clause->word);
	if (clause->parts & CLAUSE_KIND) {
		const struct contract_kind_info *kind =
			contract_set_kind(printer->set, effect->kind);

		fprintf(printer->out, "%s ", kind ? kind->name : "any");
	}
	print_subject(printer, effect);
	for (i = 0; i < SUFFIX_COUNT; i++) {
		const struct suffix *suffix = &contract_suffixes[i];

		if (effect->flags & suffix->flag)
			fprintf(printer->out, " %s%s%s", suffix->first,
				suffix->second[0] ? " " : "", suffix->second);
	}
	for (i = 0; i < effect->test_count; i++) {
		fputs(i ? " and " : " when ", printer->out);
		print_test(printer, &effect->tests[i]);
	}
	fputc('\n', printer->out);
}

static void print_head(const struct printer *printer, uint16_t eras)
{
	const struct contract *contract = printer->contract;
	const char *separator = "";
	unsigned i;

	fprintf(printer->out, "function %s(", contract->function);
	for (i = 0; i < contract->parameter_count; i++) {
		fprintf(printer->out, "%s%s", separator, contract->parameters[i]);
		separator = ", ";
	}
	if (contract->is_variadic)
		fprintf(printer->out, "%s...", separator);
	fputc(')', printer->out);
	if (eras != UINT16_MAX) {
		separator = " in era ";
		for (i = 0; i < printer->set->era_count; i++) {
			if (!(eras >> i & 1))
				continue;
			fprintf(printer->out, "%s%s", separator, printer->set->eras[i].name);
			separator = ", ";
		}
	}
	fputc('\n', printer->out);
}

static void print_in_eras(FILE *out, const struct contract_set *set,
			  const struct contract *contract, uint16_t eras)
{
	struct printer printer = { .out = out, .set = set, .contract = contract };
	unsigned i;

	print_head(&printer, eras);
	for (i = 0; i < FLAG_WORD_COUNT; i++) {
		if (contract->flags & contract_flag_words[i].flag)
			fprintf(out, "\t%s\n", contract_flag_words[i].word);
	}
	for (i = 0; i < contract->effect_count; i++)
		print_effect(&printer, &contract->effects[i]);
}

void contract_print(FILE *out, const struct contract_set *set,
		    const struct contract *contract)
{
	print_in_eras(out, set, contract, contract->era_mask);
}

static void print_kind(FILE *out, const struct contract_kind_info *kind)
{
	fprintf(out, "kind %s \"%s\" release \"%s\"\n", kind->name, kind->description,
		kind->release);
}

static void print_era(FILE *out, const struct contract_era *era)
{
	unsigned i;

	fprintf(out, "era %s when", era->name);
	for (i = 0; i < era->test_count; i++)
		fprintf(out, "%s%s declared %s", i ? " and" : "",
			era->tests[i].declared ? "" : " not", era->tests[i].function);
	fputc('\n', out);
}

/*
 * Those of the tables, and those of files that these do not have; a line for each,
 * so that two sets can be compared.
 */
static bool print_containers(FILE *out, const struct contract_set *set, bool has_embedded)
{
	const struct contract_tables *tables = has_embedded ? set->embedded : NULL;
	unsigned i, count = 0;

	for (i = 0; tables && i < tables->container_count; i++, count++)
		fprintf(out, "container %s\n", tables->containers[i]);
	for (i = 0; i < set->container_count; i++) {
		if (tables && contract_set_embeds_container(set, set->containers[i]))
			continue;
		fprintf(out, "container %s\n", set->containers[i]);
		count++;
	}
	return count > 0;
}

/* Those of the tables only if HAS_EMBEDDED. */
static bool print_fields(FILE *out, const struct contract_set *set, bool has_embedded)
{
	const struct contract_field *field;
	unsigned i, s;

	for (i = 0; (field = contract_set_field(set, i)); i++) {
		if (i >= set->field_count && !has_embedded)
			break;
		fprintf(out, "field %s", field->record);
		for (s = 0; s < CONTRACT_FIELD_STEPS && field->steps[s]; s++)
			fprintf(out, ".%s", field->steps[s]);
		fprintf(out, " holds %s%s\n", field->is_one ? "one " : "",
			field->kind == CONTRACT_KIND_NONE ? "any" : set->kinds[field->kind].name);
	}
	return i > 0;
}

/* From contract number FIRST on, and the kinds and eras whose bits are set. */
static void print_some(FILE *out, const struct contract_set *set,
		       unsigned kinds, unsigned eras, size_t first)
{
	uint16_t all_eras = (uint16_t)((1u << set->era_count) - 1);
	const struct contract *contract;
	const char *separator = "";
	unsigned i;

	for (i = 0; i < set->kind_count; i++) {
		if (kinds >> i & 1) {
			print_kind(out, &set->kinds[i]);
			separator = "\n";
		}
	}
	for (i = 0; i < set->era_count; i++) {
		if (eras >> i & 1) {
			print_era(out, &set->eras[i]);
			separator = "\n";
		}
	}
	if (print_containers(out, set, !first))
		separator = "\n";
	if (print_fields(out, set, !first))
		separator = "\n";
	for (; (contract = contract_set_at(set, first)); first++) {
		uint16_t visible = contract_set_visible_eras(set, contract);

		if (visible != UINT16_MAX && !(visible & all_eras))
			continue;
		fputs(separator, out);
		print_in_eras(out, set, contract, visible);
		separator = "\n";
	}
}

void contract_set_print(FILE *out, const struct contract_set *set)
{
	print_some(out, set, UINT_MAX, UINT_MAX, 0);
}

void contract_set_print_read(FILE *out, const struct contract_set *set)
{
	print_some(out, set, set->read_kinds, set->read_eras,
		   set->embedded ? set->embedded->contract_count : 0);
}
