/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two names of one place: an element by number, and by an index that is not known; see alias.c. */
#ifndef PINCHECK_ALIAS_H
#define PINCHECK_ALIAS_H

#include "engine.h"

/* Was anything stored at another place that may be OFFSET of REGION? */
bool alias_is_stored(struct engine *engine, const struct disjunct *d,
		     const struct region *region, const struct linear *offset);
/* OFFSET of REGION is loaded: it may have been stored to, or pages are held there, by another name. */
void alias_note_load(struct engine *engine, struct disjunct *d, const struct region *region,
		     const struct linear *offset);
/* Pages in REGION are given back: they may be held in it by another name. */
void alias_note_release(struct engine *engine, struct disjunct *d, const struct region *region);

#endif /* PINCHECK_ALIAS_H */
