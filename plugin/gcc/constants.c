// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The scopes are closed when the pass runs, but the block of the translation unit
 * still holds its enumerators.  It is long, so it is read only for a name that the
 * unit mentions at all, and the analysis remembers the answers.
 */
#include "constants.h"

#include "gcc-compat.h"

static bool find_enumerator(tree identifier, int64_t *value)
{
	unsigned i;
	tree unit;

	FOR_EACH_VEC_SAFE_ELT(all_translation_units, i, unit) {
		tree block = DECL_INITIAL(unit);

		if (!block || TREE_CODE(block) != BLOCK)
			continue;
		for (tree decl = BLOCK_VARS(block); decl; decl = DECL_CHAIN(decl)) {
			if (TREE_CODE(decl) != CONST_DECL || DECL_NAME(decl) != identifier ||
			    !tree_fits_shwi_p(DECL_INITIAL(decl)))
				continue;
			*value = tree_to_shwi(DECL_INITIAL(decl));
			return true;
		}
	}
	return false;
}

/* `0x10', `1UL', `(1 << 3)' */
static bool parse_number(const char *text, int64_t *value)
{
	char *end;
	bool in_parentheses;
	unsigned long shift;

	while (*text == ' ')
		text++;
	in_parentheses = *text == '(';
	text += in_parentheses;
	errno = 0;
	*value = strtoll(text, &end, 0);
	if (end == text || errno)
		return false;
	end += strspn(end, "uUlL");
	if (!strncmp(end, " << ", 4)) {
		text = end + 4;
		shift = strtoul(text, &end, 0);
		if (end == text || shift > 62)
			return false;
		*value = (int64_t)((uint64_t)*value << shift);
		end += strspn(end, "uUlL");
	}
	return !strcmp(end, in_parentheses ? ")" : "");
}

static bool find_macro(const char *name, int64_t *value)
{
	cpp_hashnode *node;
	const char *definition;

	if (!&parse_in || !parse_in || !cpp_lookup)
		return false;
	node = cpp_lookup(parse_in, (const unsigned char *)name, strlen(name));
	if (!node || !cpp_user_macro_p(node) || cpp_fun_like_macro_p(node))
		return false;
	definition = (const char *)cpp_macro_definition(parse_in, node);
	/* "NAME value" */
	return definition && !strncmp(definition, name, strlen(name)) &&
	       parse_number(definition + strlen(name), value);
}

bool constants_find(void *, const char *name, int64_t *value)
{
	tree identifier = maybe_get_identifier(name);

	return identifier && (find_enumerator(identifier, value) || find_macro(name, value));
}
