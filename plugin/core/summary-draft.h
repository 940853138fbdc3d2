/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Draft: the exits of one root function, before they are made a contract.
 * Shared by the files summary*.c only.
 */
#ifndef PINCHECK_SUMMARY_DRAFT_H
#define PINCHECK_SUMMARY_DRAFT_H

#include "summary.h"

#define SUMMARY_STEP_LIMIT	8
#define SUMMARY_EFFECT_LIMIT	32

/* An effect of one exit; the terms beside it are those of its bounds. */
struct summary_effect {
	struct contract_effect effect;
	const struct linear *low, *high;	/* NULL: no range */
};

struct summary_exit {
	struct constraint_set constraints;
	const struct linear *result;		/* NULL: void */
	bool is_fresh;				/* memory allocated here, or a page held: no error */
	unsigned effect_count;
	struct summary_effect effects[SUMMARY_EFFECT_LIMIT];
	/* The result is the value at this place, if it is a pointer. */
	bool has_source;
	struct contract_place source;
	struct summary_exit *next;
};

struct summary_draft {
	struct summary_exit *first, **end;
	bool is_incomplete;	/* something was done that cannot be said */
	bool is_inexact;	/* something was said in words that only people understand */
};

/* What a note is about; with the suffixes of its contract it is one shadow. */
enum summary_note {
	NOTE_PAGE,		/* gave back the page that the region is */
	NOTE_ELEMENTS,		/* gave back elements */
	NOTE_FREED,		/* freed the region */
	NOTE_COUNT,
};

struct summary_shadow {
	enum summary_note note;
	bool is_transfer, skips_null;
	const struct region *region;		/* whose shadow */
};

/* Is REGION a shadow?  Of what? */
bool summary_shadow_of(const struct term_table *terms, const struct region *region,
		       struct summary_shadow *shadow);

/* --------------------------------------------------------- summary-place.c */

/* How things are called at one exit. */
struct naming {
	struct engine *engine;
	const struct disjunct *d;
	const struct linear *result;
	bool is_inexact;	/* what was said last is less than there is to say */
};

/* The value of a symbol is found at PLACE.  False: nowhere the caller can see. */
bool naming_symbol(struct naming *naming, symbol_id symbol, struct contract_place *place);
/* What is stored in REGION at OFFSET is the value at PLACE. */
bool naming_memory(struct naming *naming, const struct region *region,
		   const struct linear *offset, struct contract_place *place);
/* TERM in the caller's words, as it is before (IS_ENTRY) or after the call. */
const struct contract_expression *naming_term(struct naming *naming, const struct linear *term,
					      bool is_entry);

const struct contract_expression *contract_expression_number(struct arena *arena,
							     int64_t number);
const struct contract_expression *contract_expression_place(struct arena *arena,
							    const struct contract_place *place);
bool contract_place_equal(const struct contract_place *a, const struct contract_place *b);
bool contract_expression_equal(const struct contract_expression *a,
			       const struct contract_expression *b);

/* ---------------------------------------------------------- summary-sign.c */

/* Signs, as a set; of a pointer: error, NULL, and all others. */
enum sign {
	SIGN_NEGATIVE = 1, SIGN_ZERO = 2, SIGN_POSITIVE = 4,
	SIGN_ERROR = SIGN_NEGATIVE, SIGN_NULL = SIGN_ZERO, SIGN_VALID = SIGN_POSITIVE,
};

/* A number that may tell exits apart. */
struct subject {
	struct contract_place place;
	struct ir_type type;
	const struct linear *entry;		/* of a parameter; NULL: the result */
};

/* Subject number N: the result, then the parameters.  False: no more. */
bool subject_get(struct engine *engine, unsigned n, struct subject *subject);
unsigned subject_signs(struct engine *engine, const struct subject *subject,
		       const struct summary_exit *exit);
unsigned exit_result_signs(struct engine *engine, const struct summary_exit *exit);
/* One test of SUBJECT that holds on all of YES and on none of NO, which are apart. */
bool subject_test(struct engine *engine, const struct subject *subject, unsigned yes,
		  unsigned no, struct contract_test *test);

/* ----------------------------------------------------- summary-condition.c */

/* The contract of ENGINE's root from its draft; NULL if it cannot be said. */
const struct contract *summary_conclude(struct engine *engine);

#endif /* PINCHECK_SUMMARY_DRAFT_H */
