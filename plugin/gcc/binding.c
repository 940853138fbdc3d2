// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is declared is told from GCC's table of identifiers: the bindings of the
 * file scope are gone when the pass runs, but a name that no header mentions is
 * not in the table, and one that only this file uses for a static function of its
 * own has that function in the call graph.
 */
#include "binding.h"

#include "attributes.h"

/* The lines that DECL is among; NULL: of no file. */
static const line_map_ordinary *map_of(tree decl)
{
	location_t location = DECL_SOURCE_LOCATION(decl);
	const line_map_ordinary *map = NULL;

	if (location > BUILTINS_LOCATION)
		linemap_resolve_location(line_table, location, LRK_MACRO_EXPANSION_POINT, &map);
	return map;
}

bool binding_is_in_header(tree decl)
{
	const line_map_ordinary *map = map_of(decl);

	/* By who includes it, not by name: `#line' may call the main file what it likes. */
	return DECL_SOURCE_LOCATION(decl) != UNKNOWN_LOCATION && !(map && MAIN_FILE_P(map));
}

/* What the main file is called where it was read last. */
static const char *main_file_name(void)
{
	for (unsigned i = LINEMAPS_ORDINARY_USED(line_table); i-- > 0;) {
		const line_map_ordinary *map = LINEMAPS_ORDINARY_MAP_AT(line_table, i);

		if (MAIN_FILE_P(map))
			return ORDINARY_MAP_FILE_NAME(map);
	}
	return main_input_filename;
}

static size_t directory_length(const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash ? (size_t)(slash - name) : 0;
}

bool binding_is_in_near_header(tree decl)
{
	const line_map_ordinary *map = map_of(decl);
	const char *main, *header;
	size_t main_length, length;

	if (!map || MAIN_FILE_P(map))
		return false;
	main = main_file_name();
	header = ORDINARY_MAP_FILE_NAME(map);
	main_length = directory_length(main);
	length = directory_length(header);
	/* One of them may have come with a longer name, from the start of the tree. */
	if (length < main_length || (!main_length && length))
		return false;
	return !strncmp(header + length - main_length, main, main_length) &&
		(length == main_length || header[length - main_length - 1] == '/');
}

int binding_parameter_count(tree decl)
{
	tree type = TREE_TYPE(decl);
	int count = 0;

	if (!prototype_p(type))
		return DECL_ARGUMENTS(decl) ? list_length(DECL_ARGUMENTS(decl)) : -1;
	for (tree arg = TYPE_ARG_TYPES(type); arg && arg != void_list_node;
	     arg = TREE_CHAIN(arg))
		count++;
	return count;
}

static bool is_kernel_api(tree decl)
{
	if (TREE_PUBLIC(decl) || DECL_EXTERNAL(decl))
		return true;
	return binding_is_in_header(decl);
}

static const char *declared_name(tree decl)
{
	return DECL_NAME(decl) ? IDENTIFIER_POINTER(DECL_NAME(decl)) : "";
}

bool binding_is_candidate(const struct binding *binding, tree decl)
{
	if (DECL_ATTRIBUTES(decl) && attribute_is_on(decl))
		return true;
	return contract_has_name(binding->contracts, declared_name(decl));
}

static const struct contract *find(struct binding *binding, tree decl)
{
	int count = binding_parameter_count(decl);

	if (attribute_is_on(decl))
		return attribute_contract(binding->contracts, decl);
	if (count < 0 || !is_kernel_api(decl))
		return NULL;
	return contract_find(binding->contracts, declared_name(decl), count, binding->era);
}

const struct contract *binding_find(struct binding *binding, tree decl)
{
	const struct contract **known;
	bool existed;

	if (!binding_is_candidate(binding, decl))
		return NULL;
	known = &binding->known.get_or_insert(decl, &existed);
	if (!existed)
		*known = find(binding, decl);
	return *known;
}

static bool is_declared(void *, const char *name)
{
	tree identifier = maybe_get_identifier(name);
	cgraph_node *node;

	if (!identifier)
		return false;
	FOR_EACH_FUNCTION(node)
		if (DECL_NAME(node->decl) == identifier)
			return is_kernel_api(node->decl);
	return true;
}

static int era_by_name(const struct contract_set *contracts, const char *name)
{
	for (unsigned i = 0; i < contract_set_era_count(contracts); i++)
		if (!strcmp(contract_set_era(contracts, i)->name, name))
			return i;
	return -1;
}

/* The variant of ERA in which get_user_pages() takes what the user says. */
static unsigned era_with_gup(const struct contract_set *contracts, unsigned era,
			     const char *gup)
{
	char *name = concat(contract_set_era(contracts, era)->name, "_gup_", gup, NULL);
	int variant = era_by_name(contracts, name);

	free(name);
	return variant < 0 ? era : variant;
}

unsigned binding_choose_era(const struct contract_set *contracts, const char *name,
			    const char *gup)
{
	int named = name ? era_by_name(contracts, name) : -1;
	unsigned era = named >= 0 ? (unsigned)named
				  : contract_set_choose_era(contracts, is_declared, NULL);

	if (!gup || era >= contract_set_era_count(contracts))
		return era;
	return era_with_gup(contracts, era, gup);
}
