// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "contract-parser.h"

#define NAME_LENGTH_LIMIT	64

static unsigned minimum(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Levenshtein; one row of the matrix at a time. */
static unsigned edit_distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	unsigned row[NAME_LENGTH_LIMIT + 1];
	size_t i, j;

	for (j = 0; j <= b_length; j++)
		row[j] = (unsigned)j;
	for (i = 1; i <= a_length; i++) {
		unsigned diagonal = row[0];

		row[0] = (unsigned)i;
		for (j = 1; j <= b_length; j++) {
			unsigned replaced = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			row[j] = minimum(replaced, minimum(row[j - 1], row[j]) + 1);
		}
	}
	return row[b_length];
}

const char *closest_name(const char *name, size_t length,
			 const char *const *names, unsigned count, size_t stride)
{
	const char *closest = NULL, *at = (const char *)names;
	/* a third of the letters may be wrong, and not all */
	unsigned best = (unsigned)(length + 2) / 3 + 1;
	unsigned i;

	if (length > NAME_LENGTH_LIMIT)
		return NULL;
	for (i = 0; i < count; i++, at += stride) {
		const char *candidate = *(const char *const *)at;
		size_t candidate_length = strlen(candidate);
		unsigned distance;

		if (candidate_length > NAME_LENGTH_LIMIT)
			continue;
		distance = edit_distance(name, length, candidate, candidate_length);
		if (distance < best && distance < length) {
			best = distance;
			closest = candidate;
		}
	}
	return closest;
}
