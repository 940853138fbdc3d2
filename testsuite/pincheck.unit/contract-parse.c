// SPDX-License-Identifier: GPL-2.0-or-later
/* From text to struct contract.  What text is wrong is in pincheck.contracts/. */
#include <string.h>

#include "contract.h"
#include "unit.h"

#define KINDS \
	"kind pinned \"user-pinned page\" release \"unpin_user_page()\"\n" \
	"kind ordinary \"page reference\" release \"put_page()\"\n"

static struct arena *arena;
static struct contract_set *set;
static struct contract_error error;

static int parse(const char *text)
{
	return contract_set_parse(set, "test.contracts", text, strlen(text), &error);
}

static const struct contract_effect *only_effect(const char *function, unsigned count)
{
	const struct contract *contract = contract_find(set, function, count, 0);
	static const struct contract_effect none = { .verb = 0xff };

	return contract && contract->effect_count == 1 ? contract->effects : &none;
}

static void acquires_a_range(void)
{
	const struct contract *contract;
	const struct contract_effect *effect;

	check(parse(KINDS "function pin_user_pages_fast(start, nr_pages, gup_flags, pages)\n"
		    "returns -errno .. nr_pages\n"
		    "acquires pinned pages[0 .. return) when return > 0") == 0);
	contract = contract_find(set, "pin_user_pages_fast", 4, 0);
	check(contract && contract->effect_count == 2 && !contract->flags);
	check(strcmp(contract->parameters[3], "pages") == 0);

	effect = &contract->effects[0];
	check(effect->verb == CONTRACT_RETURNS_RANGE);
	check(effect->low->op == CONTRACT_ERRNO);
	check(effect->high->op == CONTRACT_PLACE && effect->high->place.parameter == 1);

	effect = &contract->effects[1];
	check(effect->verb == CONTRACT_ACQUIRES && effect->kind == 0);
	check(effect->flags == CONTRACT_HAS_RANGE);
	check(effect->place.root == CONTRACT_PARAMETER && effect->place.parameter == 3);
	check(effect->place.step_count == 0);
	check(effect->low->op == CONTRACT_NUMBER && effect->low->number == 0);
	check(effect->high->op == CONTRACT_PLACE &&
	      effect->high->place.root == CONTRACT_RETURN);
	check(effect->test_count == 1 && effect->tests[0].kind == CONTRACT_COMPARE &&
	      effect->tests[0].relation == CONTRACT_GREATER && !effect->tests[0].negated);
	check(contract_has_obligation(contract));
}

static void stores_value_in_place(void)
{
	static const uint8_t steps[] = {
		CONTRACT_DEREFERENCE, CONTRACT_FIELD, CONTRACT_ELEMENTS, CONTRACT_FIELD,
	};
	const struct contract_effect *effect;
	bool same = true;
	unsigned i;

	check(parse("function add(bio, page) stores page in bio->bi_io_vec[*].bv_page") == 0);
	effect = only_effect("add", 2);
	check(effect->verb == CONTRACT_STORES && effect->kind == CONTRACT_KIND_NONE);
	check(effect->value.parameter == 1 && effect->place.parameter == 0);
	check(effect->place.step_count == 4);
	for (i = 0; i < 4; i++)
		same &= effect->place.steps[i].kind == steps[i];
	check(same);
	check(strcmp(effect->place.steps[1].field, "bi_io_vec") == 0);
	check(strcmp(effect->place.steps[3].field, "bv_page") == 0);
	check(!contract_has_obligation(contract_find(set, "add", 2, 0)));
}

static void counts_and_suffixes(void)
{
	check(parse("function a(page, n) releases ordinary page run n\n"
		    "function b(page, n) adds ordinary page times n\n"
		    "function c(n) allocates return zeroed or null or error\n"
		    "function d(pages, n) releases any pages[0 .. n) skipping null unless null\n"
		    "function e(fmt, ...) noreturn neutral\n") == 0);
	check(only_effect("a", 2)->flags == CONTRACT_RUN);
	check(only_effect("a", 2)->kind == 1);
	check(only_effect("b", 2)->flags == CONTRACT_TIMES);
	check(only_effect("b", 2)->high->place.parameter == 1);
	check(only_effect("c", 1)->flags ==
	      (CONTRACT_ZEROED | CONTRACT_OR_NULL | CONTRACT_OR_ERROR));
	check(only_effect("d", 2)->flags ==
	      (CONTRACT_HAS_RANGE | CONTRACT_SKIPS_NULL | CONTRACT_IGNORES_NULL));
	check(only_effect("d", 2)->kind == CONTRACT_KIND_NONE);
	check(contract_find(set, "e", 5, 0)->flags == (CONTRACT_NORETURN | CONTRACT_NEUTRAL));
}

static void heads_share_clauses(void)
{
	check(parse("function f(page), f(tsk, page), g(a, b, page) releases ordinary page") == 0);
	check(only_effect("f", 1)->place.parameter == 0);
	check(only_effect("f", 2)->place.parameter == 1);
	check(only_effect("g", 3)->place.parameter == 2);
}

static void an_error_says_where(void)
{
	check(parse("# a comment\n\nfunction put_page(page)\n\treleases ordinary pag\n") == -1);
	check(strcmp(error.file, "test.contracts") == 0);
	check(error.line == 4 && error.column == 20);
	check(strcmp(error.message, "'pag' is not a parameter of 'put_page'; "
		     "did you mean 'page'?") == 0);
}

/* Kinds, eras and functions before the mistake must not have come in. */
static void an_error_changes_nothing(void)
{
	unsigned kinds = contract_set_kind_count(set), eras = contract_set_era_count(set);

	check(parse("kind third \"x\" release \"y()\"\n"
		    "kind pinned \"another\" release \"other()\"\n"
		    "era now when declared f\n"
		    "function new_one(page) neutral\n"
		    "function put_page(page) releases") == -1);
	check(contract_set_kind_count(set) == kinds);
	check(contract_set_era_count(set) == eras);
	check(strcmp(contract_set_kind(set, 0)->description, "user-pinned page") == 0);
	check(!contract_has_name(set, "new_one"));
}

static void a_file_that_is_not_there(void)
{
	check(contract_set_read(set, "no/such.contracts", &error) == -1);
	check(error.line == 0 && strcmp(error.file, "no/such.contracts") == 0);
	check(strcmp(error.message, "No such file or directory") == 0);
}

static const struct contract *parse_attribute(unsigned count, const char *text)
{
	return contract_parse_clauses(set, "put_all", count, text, &error);
}

static void attributes_number_their_parameters(void)
{
	const struct contract *contract =
		parse_attribute(2, "releases pinned $1[0 .. $2) returns 0 .. $2");

	check(contract && strcmp(contract->function, "put_all") == 0);
	check(contract->parameter_count == 2 && contract->effect_count == 2);
	check(contract->era_mask == UINT16_MAX);
	check(contract->effects[0].place.parameter == 0);
	check(contract->effects[0].high->place.parameter == 1);
	check(!contract_has_name(set, "put_all"));

	check(!parse_attribute(2, "releases pinned $3"));
	check(strcmp(error.message, "there is no '$3': 'put_all' has 2 parameters") == 0);
	check(error.line == 1 && error.column == 17);
	check(!parse_attribute(1, "releases pinned pages"));
	check(strcmp(error.message, "'pages' is not known here: in an attribute the "
		     "parameters are $1, $2, ...") == 0);
	check(!parse_attribute(1, ""));
	check(strcmp(error.message, "expected a clause, found the end of the attribute") == 0);
	check(!parse_attribute(1, "neutral function f($1) neutral"));
	check(strcmp(error.message, "expected a clause or the end of the attribute, "
		     "found 'function'") == 0);
	check(!parse_attribute(1, "releases pined $1"));
	check(strcmp(error.message, "unknown kind 'pined'; did you mean 'pinned'?") == 0);
	check(!parse_attribute(33, "neutral"));
}

int main(void)
{
	arena = arena_new();
	set = contract_set_new(arena);
	acquires_a_range();
	stores_value_in_place();
	counts_and_suffixes();
	heads_share_clauses();
	an_error_says_where();
	an_error_changes_nothing();
	a_file_that_is_not_there();
	attributes_number_their_parameters();
	arena_free(arena);
	return 0;
}
