/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of cells inside: what cell*.c share; see cell.h. */
#ifndef PINCHECK_CELL_TABLE_H
#define PINCHECK_CELL_TABLE_H

#include "cell.h"
#include "cell-name.h"

#define CELL_COUNTS	4

/* Pages [0 .. text + constant), where `text' is of the record the cell is in. */
struct cell_count {
	const char *text;
	ir_integer constant;
};

struct cell {
	struct cell *next;		/* in the order in which they were met */
	const char *name;
	uint8_t kinds;
	bool is_foreign;
	/* A page of it may have more references than the one that it is there for. */
	bool is_shared;
	const struct event *provenance[CONTRACT_KIND_LIMIT];
	struct cell_source *sources;
	/* All of these are how many pages there are, wherever it was filled. */
	bool is_counted;
	unsigned count_count;
	struct cell_count counts[CELL_COUNTS];
};

/* Pages of another cell are copied into this one. */
struct cell_source {
	struct cell_source *next;
	struct cell *from;
};

struct cell_release {
	struct cell_release *next;
	struct cell *cells[CELL_NAMES];	/* the longest name first */
	unsigned cell_count;
	contract_kind kind;
	ir_location location;
	uint32_t function;
	const char *releaser, *what;
	const struct contract *contract;
};

enum cell_claim_kind {
	CLAIM_DOUBLE_RELEASE,	/* a fault if each page of the cell has one reference */
	CLAIM_EXCESS,		/* a fault if there are fewer pages than `count' */
};

/* A fault of one function, if the others are as it needs: cell_table_solve() decides. */
struct cell_claim {
	struct cell_claim *next;
	enum cell_claim_kind is;
	struct cell_count count;
	struct cell *cells[CELL_NAMES];
	unsigned cell_count;
	contract_kind kind;
	uint32_t root;			/* unit->functions index: what was followed */
	uint32_t function;		/* ... and where the location is */
	ir_location location, released_at;
	const char *releaser, *what;
	const struct event *trail, *before;
};

struct cell_table {
	struct ir_unit *unit;
	const struct contract_set *contracts;
	struct cell *first, **last;
	struct cell_release *first_release, **last_release;
	struct cell_claim *first_claim, **last_claim;
};

/* The cell NAME, which is interned. */
struct cell *cell_get(struct cell_table *table, const char *name);
/* The cells that REGION is, the longest name first; how many. */
unsigned cell_get_all(struct engine *engine, const struct disjunct *d,
		      const struct region *region, struct cell *cells[CELL_NAMES]);
/*
 * A claim about the release HOW of pages of REGION; NULL if that is no cell, or the
 * same was claimed before.
 */
struct cell_claim *cell_claim_new(struct engine *engine, const struct frame *frame,
				  const struct disjunct *d, const struct region *region,
				  const struct release *how, enum cell_claim_kind is);
void cell_add_kinds(struct cell *cell, const struct kind_knowledge *knowledge);

#endif /* PINCHECK_CELL_TABLE_H */
