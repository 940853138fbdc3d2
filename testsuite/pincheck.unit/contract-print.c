// SPDX-License-Identifier: GPL-2.0-or-later
/* Every contract prints as text that means the same. */
#include <stdlib.h>
#include <string.h>

#include "contract.h"
#include "unit.h"

#define STEPS	6

static const char *print_all(struct arena *arena, const struct contract_set *set)
{
	char *text, *copy;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	contract_set_print(out, set);
	fclose(out);
	copy = arena_strndup(arena, text, length);
	free(text);
	return copy;
}

static const char *print_one(struct arena *arena, const struct contract_set *set,
			     const struct contract *contract)
{
	char *text, *copy;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	contract_print(out, set, contract);
	fclose(out);
	copy = arena_strndup(arena, text, length);
	free(text);
	return copy;
}

static int parse(struct contract_set *set, const char *text)
{
	struct contract_error error;

	return contract_set_parse(set, "test", text, strlen(text), &error);
}

/* `uses' with the steps that the ternary digits of NUMBER stand for. */
static bool place_comes_back(unsigned number, unsigned count)
{
	static const char *const parameters[] = { "p" };
	struct arena *arena = arena_new();
	struct contract_set *set = contract_set_new(arena);
	struct contract_step steps[STEPS];
	struct contract_effect effect = {
		.verb = CONTRACT_USES,
		.kind = CONTRACT_KIND_NONE,
		.place = { .root = CONTRACT_PARAMETER, .step_count = count, .steps = steps },
	};
	struct contract contract = {
		"f", 0, UINT16_MAX, 1, false, parameters, 1, &effect,
	};
	const struct contract_place *place;
	bool same;
	unsigned i;

	for (i = 0; i < count; i++, number /= 3)
		steps[i] = (struct contract_step){
			number % 3, number % 3 == CONTRACT_FIELD ? "f" : NULL };
	same = parse(set, print_one(arena, set, &contract)) == 0;
	if (same) {
		place = &contract_find(set, "f", 1, 0)->effects[0].place;
		same = place->step_count == count;
		for (i = 0; same && i < count; i++)
			same = place->steps[i].kind == steps[i].kind;
	}
	arena_free(arena);
	return same;
}

static void every_place_comes_back(void)
{
	unsigned count, number, limit = 1, differing = 0;

	for (count = 0; count <= STEPS; count++, limit *= 3) {
		for (number = 0; number < limit; number++)
			differing += !place_comes_back(number, count);
	}
	check(differing == 0);
}

/* What a later file hides is not printed, so that nothing is there twice. */
static void hidden_contracts_are_not_printed(void)
{
	struct arena *arena = arena_new();
	struct contract_set *set = contract_set_new(arena);
	struct contract_set *again = contract_set_new(arena);
	const char *text;

	check(parse(set, "era a when declared a\nera b when declared b\n"
			 "function f(p) neutral\nfunction g(p) neutral") == 0);
	check(parse(set, "function g(p) unknown\nfunction f(p) in era a unknown") == 0);
	text = print_all(arena, set);
	check(strcmp(text, "era a when declared a\nera b when declared b\n\n"
		     "function f(p) in era b\n\tneutral\n\n"
		     "function g(p)\n\tunknown\n\n"
		     "function f(p) in era a\n\tunknown\n") == 0);
	check(parse(again, text) == 0);
	check(strcmp(print_all(arena, again), text) == 0);
	arena_free(arena);
}

static void attributes_print_as_functions(void)
{
	struct arena *arena = arena_new();
	struct contract_set *set = contract_set_new(arena);
	struct contract_error error;
	const struct contract *contract;
	const char *text = "function f($1, $2)\n\tuses $1[0 .. $2)\n";

	contract = contract_parse_clauses(set, "f", 2, "uses $1[0..$2)", &error);
	check(contract && strcmp(print_one(arena, set, contract), text) == 0);
	check(parse(set, text) == 0);
	check(strcmp(print_all(arena, set), text) == 0);
	arena_free(arena);
}

static void an_empty_set_prints_nothing(void)
{
	struct arena *arena = arena_new();

	check(print_all(arena, contract_set_new(arena))[0] == '\0');
	arena_free(arena);
}

/* The embedded tables say what their text says. */
static void embedded_contracts_come_back(void)
{
	struct arena *arena = arena_new();
	struct contract_set *embedded = contract_set_embedded(arena);
	struct contract_set *again = contract_set_new(arena);
	const char *text = print_all(arena, embedded);

	check(text[0]);
	check(parse(again, text) == 0);
	check(strcmp(print_all(arena, again), text) == 0);
	check(contract_has_name(embedded, "pin_user_pages"));
	check(contract_has_name(embedded, "put_page"));
	check(contract_set_is_container(embedded, "scatterlist"));
	check(!contract_set_is_container(embedded, "scatter"));
	check(!contract_has_name(embedded, "no_such_function"));
	arena_free(arena);
}

int main(void)
{
	every_place_comes_back();
	hidden_contracts_are_not_printed();
	attributes_print_as_functions();
	an_empty_set_prints_nothing();
	embedded_contracts_come_back();
	return 0;
}
