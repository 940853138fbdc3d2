// SPDX-License-Identifier: GPL-2.0-or-later
/* Which contract is found: names, numbers of parameters, eras, layers. */
#include <string.h>

#include "contract-set.h"
#include "unit.h"

static void add(struct contract_set *set, const char *text)
{
	struct contract_error error;

	check(contract_set_parse(set, "test", text, strlen(text), &error) == 0);
}

static bool has_flags(const struct contract_set *set, const char *function,
		      unsigned count, unsigned era, unsigned flags)
{
	const struct contract *contract = contract_find(set, function, count, era);

	return contract && contract->flags == flags;
}

static void parameters_are_counted(void)
{
	struct arena *arena = arena_new();
	struct contract_set *set = contract_set_new(arena);

	check(!contract_has_name(set, "f"));
	check(!contract_find(set, "f", 1, 0));
	add(set, "function f(a) neutral\n"
		 "function f(a, b) noreturn\n"
		 "function f(a, b, ...) unknown\n"
		 "function g(...) neutral\n"
		 "function h() neutral");
	check(contract_has_name(set, "f"));
	check(!contract_has_name(set, "ff"));
	check(!contract_has_name(set, ""));
	check(!contract_find(set, "f", 0, 0));
	check(has_flags(set, "f", 1, 0, CONTRACT_NEUTRAL));
	check(has_flags(set, "f", 2, 0, CONTRACT_NORETURN));
	check(has_flags(set, "f", 3, 0, CONTRACT_UNKNOWN));
	check(has_flags(set, "g", 0, 0, CONTRACT_NEUTRAL));
	check(has_flags(set, "g", 9, 0, CONTRACT_NEUTRAL));
	check(has_flags(set, "h", 0, 0, CONTRACT_NEUTRAL));
	check(!contract_find(set, "h", 1, 0));
	arena_free(arena);
}

static void eras_are_told_apart(void)
{
	struct arena *arena = arena_new();
	struct contract_set *set = contract_set_new(arena);

	add(set, "era pin when declared pin_user_pages\n"
		 "era put_user_page when declared put_user_page and not declared pin_user_pages\n"
		 "function f(a) in era pin neutral\n"
		 "function f(a) in era put_user_page noreturn\n"
		 "function g(a) in era put_user_page neutral");
	check(contract_set_era_count(set) == 2);
	check(strcmp(contract_set_era(set, 1)->name, "put_user_page") == 0);
	check(!contract_set_era(set, 2));
	check(has_flags(set, "f", 1, 0, CONTRACT_NEUTRAL));
	check(has_flags(set, "f", 1, 1, CONTRACT_NORETURN));
	check(!contract_find(set, "g", 1, 0));
	check(contract_has_name(set, "g"));
	arena_free(arena);
}

/* HOST: the names that are declared, each with a blank after it. */
static bool is_declared(void *host, const char *function)
{
	const char *at = strstr(host, function);

	return at && at[strlen(function)] == ' ';
}

static void the_first_era_that_holds(void)
{
	struct arena *arena = arena_new();
	struct contract_set *set = contract_set_new(arena);
	char both[] = "put_user_page pin_user_pages ", old[] = "put_user_page ", none[] = "";

	check(contract_set_choose_era(set, is_declared, none) == 0);
	add(set, "era never when declared no_such_function\n"
		 "era pin when declared pin_user_pages\n"
		 "era put_user_page when declared put_user_page and not declared pin_user_pages");
	check(contract_set_choose_era(set, is_declared, both) == 1);
	check(contract_set_choose_era(set, is_declared, old) == 2);
	check(contract_set_choose_era(set, is_declared, none) == 0);
	arena_free(arena);
}

/* The later file counts, where it says something. */
static void later_files_replace(void)
{
	struct arena *arena = arena_new();
	struct contract_set *set = contract_set_new(arena);

	add(set, "kind pinned \"first\" release \"f()\"\n"
		 "era a when declared a\n"
		 "era b when declared b\n"
		 "function f(p) neutral\n"
		 "function f(p, q) neutral\n"
		 "function g(p) neutral");
	add(set, "kind pinned \"second\" release \"g()\"\n"
		 "function f(p) in era b noreturn");
	check(contract_set_kind_count(set) == 1);
	check(strcmp(contract_set_kind(set, 0)->description, "second") == 0);
	check(!contract_set_kind(set, 1));
	check(has_flags(set, "f", 1, 0, CONTRACT_NEUTRAL));
	check(has_flags(set, "f", 1, 1, CONTRACT_NORETURN));
	check(has_flags(set, "f", 2, 1, CONTRACT_NEUTRAL));
	add(set, "function f(p) unknown");
	check(has_flags(set, "f", 1, 0, CONTRACT_UNKNOWN));
	check(has_flags(set, "f", 1, 1, CONTRACT_UNKNOWN));
	check(has_flags(set, "g", 1, 0, CONTRACT_NEUTRAL));
	arena_free(arena);
}

static const char *const page[] = { "page" };

static const struct contract_kind_info table_kinds[] = { { "pinned", "page", "unpin()" } };

static const struct contract table_contracts[] = {
	{ "f", CONTRACT_NEUTRAL, UINT16_MAX, 1, false, page, 0, NULL },
	{ "f", CONTRACT_UNKNOWN, UINT16_MAX, 0, true, NULL, 0, NULL },
	{ "g", CONTRACT_NEUTRAL, UINT16_MAX, 1, false, page, 0, NULL },
};

/* Files on top of tables such as embed.c writes. */
static void files_hide_what_is_embedded(void)
{
	struct contract_table_slot slots[16] = { 0 };
	const struct contract_tables tables = {
		.kind_count = 1, .kinds = table_kinds,
		.contract_count = 3, .contracts = table_contracts,
		.slot_mask = 15, .slots = slots,
	};
	uint32_t f = contract_name_hash("f"), g = contract_name_hash("g");
	struct arena *arena = arena_new();
	struct contract_set *set = contract_set_on_tables(arena, &tables);

	slots[f & 15] = (struct contract_table_slot){ 1, (uint16_t)(f >> 16) };
	slots[g & 15] = (struct contract_table_slot){ 3, (uint16_t)(g >> 16) };
	check((f & 15) != (g & 15));
	check(has_flags(set, "f", 1, 0, CONTRACT_NEUTRAL));
	check(has_flags(set, "f", 2, 0, CONTRACT_UNKNOWN));
	check(!contract_has_name(set, "h"));

	add(set, "function f(page) releases pinned page\nfunction h() neutral");
	check(contract_has_name(set, "h") && contract_has_name(set, "g"));
	check(contract_find(set, "f", 1, 0)->effect_count == 1);
	check(has_flags(set, "f", 2, 0, CONTRACT_UNKNOWN));
	check(contract_set_visible_eras(set, &table_contracts[0]) == 0);
	check(contract_set_visible_eras(set, &table_contracts[1]) == UINT16_MAX);
	arena_free(arena);
}

static void containers_of_tables_and_files(void)
{
	static const char *const table[] = { "bio", "bio_vec" };
	const struct contract_table_slot slots[4] = { 0 };
	const struct contract_tables tables = {
		.container_count = 2, .containers = table, .slot_mask = 3, .slots = slots,
	};
	struct arena *arena = arena_new();
	struct contract_set *set = contract_set_on_tables(arena, &tables);
	const char *wrong = "container pagevec, pagevec";
	struct contract_error error;

	check(contract_set_is_container(set, "bio") && contract_set_is_container(set, "bio_vec"));
	check(!contract_set_is_container(set, "bio_") && !contract_set_is_container(set, "page"));
	check(contract_set_parse(set, "test", wrong, strlen(wrong), &error) < 0);
	check(!contract_set_is_container(set, "pagevec"));
	add(set, "container page, bio");
	add(set, "container bio container folio, page");
	check(contract_set_is_container(set, "page") && contract_set_is_container(set, "folio"));
	check(set->container_count == 3);
	check(!contract_set_is_container(contract_set_new(arena), "page"));
	arena_free(arena);
}

static void many_names(void)
{
	struct arena *arena = arena_new();
	struct contract_set *set = contract_set_new(arena);
	struct contract_error error;
	bool found = true, absent = true;
	unsigned i;

	for (i = 0; i < 2000; i++) {
		const char *text = arena_printf(arena, "function f%u(a) neutral", i);

		found &= contract_set_parse(set, "test", text, strlen(text), &error) == 0;
	}
	for (i = 0; i < 2000; i++) {
		found &= contract_has_name(set, arena_printf(arena, "f%u", i));
		absent &= !contract_has_name(set, arena_printf(arena, "g%u", i));
	}
	check(found);
	check(absent);
	arena_free(arena);
}

int main(void)
{
	parameters_are_counted();
	eras_are_told_apart();
	the_first_era_that_holds();
	later_files_replace();
	files_hide_what_is_embedded();
	containers_of_tables_and_files();
	many_names();
	return 0;
}
