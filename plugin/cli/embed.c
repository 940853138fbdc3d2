// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * embed FILE... > embedded-contracts.c: contract files to static tables.
 *
 * Run at build time.  Every part of a contract becomes a constant of its own,
 * written before what points to it, and equal parts are written once: so many
 * functions begin with the same parameters or do the same thing to `page'.
 * That keeps the tables, and the relocations that the loader has to do, small.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contract-set.h"

/* A constant that has been written: its initialiser, and the name it got. */
struct constant {
	const char *initialiser;
	const char *name;
	struct constant *next;
};

#define CONSTANT_BUCKETS	1024

struct writer {
	struct arena *arena;
	unsigned count;
	struct constant *buckets[CONSTANT_BUCKETS];
};

/* Name of a constant of TYPE; SUFFIX is "[]" for an array. */
static const char *write_constant(struct writer *writer, const char *type,
				  const char *prefix, const char *suffix,
				  const char *initialiser)
{
	const char *text = arena_printf(writer->arena, "%s%s = %s", type, suffix, initialiser);
	struct constant **bucket =
		&writer->buckets[contract_name_hash(text) % CONSTANT_BUCKETS];
	struct constant *constant;

	for (constant = *bucket; constant; constant = constant->next) {
		if (strcmp(constant->initialiser, text) == 0)
			return constant->name;
	}
	constant = ARENA_NEW(writer->arena, struct constant);
	constant->initialiser = text;
	constant->name = arena_printf(writer->arena, "%s_%u", prefix, writer->count++);
	constant->next = *bucket;
	*bucket = constant;
	printf("static const %s %s%s = %s;\n", type, constant->name, suffix, initialiser);
	return constant->name;
}

static const char *append(struct writer *writer, const char *text, const char *more)
{
	return arena_printf(writer->arena, "%s%s", text, more);
}

/* Names and strings of the language have neither quotes nor line ends. */
static const char *quote(struct writer *writer, const char *text)
{
	const char *result = "\"";

	if (!text)
		return "NULL";
	for (; *text; text++)
		result = arena_printf(writer->arena, *text == '\\' ? "%s\\%c" : "%s%c",
				      result, *text);
	return append(writer, result, "\"");
}

static const char *place_text(struct writer *writer, const struct contract_place *place)
{
	const char *steps = "{", *name = "NULL";
	unsigned i;

	for (i = 0; i < place->step_count; i++)
		steps = arena_printf(writer->arena, "%s { %u, %s },", steps,
				     place->steps[i].kind,
				     quote(writer, place->steps[i].field));
	if (place->step_count)
		name = write_constant(writer, "struct contract_step", "steps", "[]",
				      append(writer, steps, " }"));
	return arena_printf(writer->arena, "{ %u, %u, %s, %u, %s }", place->root,
			    place->parameter, quote(writer, place->name),
			    place->step_count, name);
}

/* Address of the constant for EXPRESSION. */
static const char *write_expression(struct writer *writer,
				    const struct contract_expression *expression)
{
	const char *text, *left, *right;

	if (!expression)
		return "NULL";
	left = write_expression(writer, expression->left);
	right = write_expression(writer, expression->right);
	text = arena_printf(writer->arena, "{ %u, %" PRId64 ", %s, %s, %s, %s }",
			    expression->op, expression->number,
			    quote(writer, expression->name),
			    place_text(writer, &expression->place), left, right);
	return append(writer, "&", write_constant(writer, "struct contract_expression",
						  "expression", "", text));
}

static const char *write_tests(struct writer *writer, const struct contract_test *tests,
			       unsigned count)
{
	const char *text = "{";
	unsigned i;

	if (!count)
		return "NULL";
	for (i = 0; i < count; i++) {
		const char *left = write_expression(writer, tests[i].left);
		const char *right = write_expression(writer, tests[i].right);

		text = arena_printf(writer->arena, "%s { %u, %u, %d, %s, %s, %s },", text,
				    tests[i].kind, tests[i].relation, tests[i].negated,
				    quote(writer, tests[i].name), left, right);
	}
	return write_constant(writer, "struct contract_test", "tests", "[]",
			      append(writer, text, " }"));
}

static const char *write_effects(struct writer *writer, const struct contract *contract)
{
	const char *text = "{";
	unsigned i;

	if (!contract->effect_count)
		return "NULL";
	for (i = 0; i < contract->effect_count; i++) {
		const struct contract_effect *effect = &contract->effects[i];
		const char *place = place_text(writer, &effect->place);
		const char *value = place_text(writer, &effect->value);
		const char *low = write_expression(writer, effect->low);
		const char *high = write_expression(writer, effect->high);
		const char *tests = write_tests(writer, effect->tests, effect->test_count);

		text = arena_printf(writer->arena,
				    "%s\n\t{ %u, 0x%x, 0x%x, %s, %s, %s, %s, %u, %s },", text,
				    effect->verb, effect->kind, effect->flags, place, value,
				    low, high, effect->test_count, tests);
	}
	return write_constant(writer, "struct contract_effect", "effects", "[]",
			      append(writer, text, "\n}"));
}

static const char *write_parameters(struct writer *writer, const struct contract *contract)
{
	const char *text = "{";
	unsigned i;

	if (!contract->parameter_count)
		return "NULL";
	for (i = 0; i < contract->parameter_count; i++)
		text = arena_printf(writer->arena, "%s %s,", text,
				    quote(writer, contract->parameters[i]));
	return write_constant(writer, "char *const", "parameters", "[]",
			      append(writer, text, " }"));
}

static const char *contract_text(struct writer *writer, const struct contract *contract)
{
	const char *parameters = write_parameters(writer, contract);
	const char *effects = write_effects(writer, contract);

	return arena_printf(writer->arena, "{ %s, 0x%x, 0x%x, %u, %d, %s, %u, %s }",
			    quote(writer, contract->function), contract->flags,
			    contract->era_mask,
			    contract->parameter_count, contract->is_variadic, parameters,
			    contract->effect_count, effects);
}

static void write_kinds(struct writer *writer, const struct contract_set *set)
{
	unsigned i;

	puts("\nstatic const struct contract_kind_info kinds[] = {");
	for (i = 0; i < set->kind_count; i++)
		printf("\t{ %s, %s, %s },\n", quote(writer, set->kinds[i].name),
		       quote(writer, set->kinds[i].description),
		       quote(writer, set->kinds[i].release));
	puts("\t{ NULL, NULL, NULL }\n};");
}

static void write_eras(struct writer *writer, const struct contract_set *set)
{
	unsigned i, j;

	for (i = 0; i < set->era_count; i++) {
		printf("\nstatic const struct contract_era_test era_tests_%u[] = {\n", i);
		for (j = 0; j < set->eras[i].test_count; j++)
			printf("\t{ %s, %d },\n", quote(writer, set->eras[i].tests[j].function),
			       set->eras[i].tests[j].declared);
		puts("};");
	}
	puts("\nstatic const struct contract_era eras[] = {");
	for (i = 0; i < set->era_count; i++)
		printf("\t{ %s, %u, era_tests_%u },\n", quote(writer, set->eras[i].name),
		       set->eras[i].test_count, i);
	puts("\t{ NULL, 0, NULL }\n};");
}

static void write_containers(struct writer *writer, const struct contract_set *set)
{
	unsigned i;

	puts("\nstatic const char *const containers[] = {");
	for (i = 0; i < set->container_count; i++)
		printf("\t%s,\n", quote(writer, set->containers[i]));
	puts("\tNULL\n};");
}

static void write_fields(struct writer *writer, const struct contract_set *set)
{
	unsigned i, s;

	puts("\nstatic const struct contract_field fields[] = {");
	for (i = 0; i < set->field_count; i++) {
		printf("\t{ %s, { ", quote(writer, set->fields[i].record));
		for (s = 0; s < CONTRACT_FIELD_STEPS; s++)
			printf("%s, ", set->fields[i].steps[s] ?
			       quote(writer, set->fields[i].steps[s]) : "NULL");
		printf("}, %u, %d },\n", set->fields[i].kind, set->fields[i].is_one);
	}
	puts("\t{ NULL, { NULL, NULL, NULL, NULL, NULL, NULL }, 0, 0 }\n};");
}

/*
 * The contracts in the order of the files, but those of one name together where
 * the first of them stands.  Returns their number.
 */
static unsigned group_by_name(struct writer *writer, const struct contract_set *set,
			      const struct contract ***grouped)
{
	const struct contract **list =
		ARENA_ARRAY(writer->arena, const struct contract *, set->entry_count);
	bool *is_done = ARENA_ARRAY(writer->arena, bool, set->entry_count);
	uint32_t i, j;
	unsigned count = 0;

	for (i = 0; i < set->entry_count; i++) {
		const char *name = set->entries[i].contract.function;

		for (j = i; j < set->entry_count && !is_done[i]; j++) {
			const struct contract *contract = &set->entries[j].contract;

			/* interned: equal names are equal pointers */
			if (contract->function != name)
				continue;
			if (j > i)
				is_done[j] = true;
			list[count++] = contract;
		}
	}
	*grouped = list;
	return count;
}

static void write_contracts(struct writer *writer, const struct contract **contracts,
			    unsigned count)
{
	const char **texts = ARENA_ARRAY(writer->arena, const char *, count);
	unsigned i;

	for (i = 0; i < count; i++)
		texts[i] = contract_text(writer, contracts[i]);
	puts("\nstatic const struct contract contracts[] = {");
	for (i = 0; i < count; i++)
		printf("\t%s,\n", texts[i]);
	puts("\t{ NULL, 0, 0, 0, 0, NULL, 0, NULL }\n};");
}

/* Returns the mask of the table. */
static uint32_t write_slots(struct writer *writer, const struct contract **contracts,
			    unsigned count)
{
	struct contract_table_slot *slots;
	uint32_t size = 4, at;
	unsigned i;

	while (size < count * 4)
		size *= 2;
	slots = ARENA_ARRAY(writer->arena, struct contract_table_slot, size);
	for (i = 0; i < count; i++) {
		uint32_t hash = contract_name_hash(contracts[i]->function);

		if (i && contracts[i]->function == contracts[i - 1]->function)
			continue;
		for (at = hash & (size - 1); slots[at].first; at = (at + 1) & (size - 1))
			;
		slots[at].first = (uint16_t)(i + 1);
		slots[at].tag = (uint16_t)(hash >> 16);
	}
	printf("\nstatic const struct contract_table_slot slots[%" PRIu32 "] = {\n", size);
	for (at = 0; at < size; at++) {
		if (slots[at].first)
			printf("\t[%" PRIu32 "] = { %u, 0x%x },\n", at, slots[at].first,
			       slots[at].tag);
	}
	puts("};");
	return size - 1;
}

static int write_tables(struct arena *arena, const struct contract_set *set)
{
	struct writer *writer = ARENA_NEW(arena, struct writer);
	const struct contract **contracts;
	uint32_t slot_mask;
	unsigned count;

	writer->arena = arena;
	count = group_by_name(writer, set, &contracts);
	if (count >= UINT16_MAX) {
		fprintf(stderr, "embed: more than %d contracts\n", UINT16_MAX - 1);
		return EXIT_FAILURE;
	}
	puts("/* SPDX-License-Identifier: GPL-2.0-or-later */\n"
	     "/* Written by plugin/cli/embed.c from kernel-annotations/. */\n"
	     "#include \"contract-tables.h\"\n");
	write_kinds(writer, set);
	write_eras(writer, set);
	write_containers(writer, set);
	write_fields(writer, set);
	write_contracts(writer, contracts, count);
	slot_mask = write_slots(writer, contracts, count);
	printf("\nconst struct contract_tables contract_tables_embedded = {\n"
	       "\t%u, %u, %u, %u, %u, 0x%" PRIx32 ", kinds, eras, containers, fields, contracts, "
	       "slots\n};\n", set->kind_count, set->era_count, set->container_count,
	       set->field_count, count, slot_mask);
	if (fflush(stdout) == EOF || ferror(stdout)) {
		perror("embed");
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}

/* A user's file may overrule the kernel's contracts; these may not each other. */
static int check_hidden(const struct contract_set *set)
{
	int status = EXIT_SUCCESS;
	uint32_t i;

	for (i = 0; i < set->entry_count; i++) {
		const struct contract *contract = &set->entries[i].contract;

		if (contract_set_visible_eras(set, contract) == contract->era_mask)
			continue;
		fprintf(stderr, "embed: '%s' with %u parameters is described by two files\n",
			contract->function, contract->parameter_count);
		status = EXIT_FAILURE;
	}
	return status;
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct contract_set *set = contract_set_new(arena);
	int i, status = EXIT_SUCCESS;

	for (i = 1; i < argc; i++) {
		struct contract_error error;

		if (contract_set_read(set, argv[i], &error) < 0) {
			fprintf(stderr, "%s:%u:%u: error: %s\n", error.file, error.line,
				error.column, error.message);
			status = EXIT_FAILURE;
		}
	}
	if (status == EXIT_SUCCESS)
		status = check_hidden(set);
	if (status == EXIT_SUCCESS)
		status = write_tables(arena, set);
	arena_free(arena);
	return status;
}
