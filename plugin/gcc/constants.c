// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The scopes are closed when the pass runs, but the block of the translation unit
 * still holds its enumerators.  It is long, so it is read only for a name that the
 * unit mentions at all, and the analysis remembers the answers.
 *
 * In a unit that was preprocessed before (ccache, distcc) macros are gone and
 * their names unknown; contracts have to bear that.
 */
#include "constants.h"

#include "macro-value.h"

static bool find_in_block(tree block, tree identifier, int64_t *value)
{
	for (tree decl = BLOCK_VARS(block); decl; decl = DECL_CHAIN(decl)) {
		if (TREE_CODE(decl) != CONST_DECL || DECL_NAME(decl) != identifier ||
		    !tree_fits_shwi_p(DECL_INITIAL(decl)))
			continue;
		*value = tree_to_shwi(DECL_INITIAL(decl));
		return true;
	}
	return false;
}

static bool find_enumerator(const char *name, int64_t *value)
{
	tree identifier = maybe_get_identifier(name), unit;
	unsigned i;

	if (!identifier)
		return false;
	FOR_EACH_VEC_SAFE_ELT(all_translation_units, i, unit) {
		tree block = DECL_INITIAL(unit);

		if (block && TREE_CODE(block) == BLOCK && find_in_block(block, identifier, value))
			return true;
	}
	return false;
}

bool constants_find(void *, const char *name, int64_t *value)
{
	/* A name that was never read cannot be a macro either. */
	return maybe_get_identifier(name) && macro_value(name, find_enumerator, value);
}

unsigned constants_page_size(void)
{
	int64_t shift;

	if (constants_find(NULL, "PAGE_SHIFT", &shift) && shift >= 10 && shift <= 24)
		return 1u << shift;
	return 4096;
}
