// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Asked: which numbers has the program looked at, and when?
 *
 *	if (n < 1)		n - 1 >= 0 is known from here on
 *		return;
 *	for (i = 0; i < m; i++)	asks of m in its first round, and not of n: that is no
 *				limit to i
 *
 * The time is the count of steps.  Notes are kept by symbol and never taken back; they go with
 * the engine.
 */
#include <string.h>

#include <libiberty/libiberty.h>

#include "engine.h"

static void make_room(struct asked *asked, uint32_t symbols)
{
	if (symbols <= asked->room)
		return;
	asked->when = XRESIZEVEC(uint32_t, asked->when, 2 * symbols);
	memset(asked->when + asked->room, 0, (2 * symbols - asked->room) * sizeof(uint32_t));
	asked->room = 2 * symbols;
}

static void note(struct engine *engine, const struct linear *a)
{
	const struct symbol *s;
	unsigned i;

	for (i = 0; a && i < a->count; i++) {
		uint32_t *when = &engine->asked.when[a->terms[i].symbol];

		if (*when == engine->steps)
			continue;
		*when = engine->steps;
		s = symbol_get(engine->terms, a->terms[i].symbol);
		note(engine, s->left);
		note(engine, s->right);
	}
}

void engine_note_asked(struct engine *engine, const struct linear *a)
{
	make_room(&engine->asked, symbol_count(engine->terms));
	note(engine, a);
}

bool engine_has_asked(const struct engine *engine, const struct linear *a, unsigned since)
{
	unsigned i;

	for (i = 0; i < a->count; i++)
		if (a->terms[i].symbol >= engine->asked.room ||
		    engine->asked.when[a->terms[i].symbol] <= since)
			return false;
	return true;
}
