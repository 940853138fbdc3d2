/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One call under one contract: for apply*.c.
 *
 *	function pin_user_pages_fast(start, nr_pages, gup_flags, pages)
 *		returns -errno .. nr_pages
 *		acquires pinned pages[0 .. return)
 *
 * The contract's words become terms (apply-term.c); each effect is done in a
 * disjunct by its verb (apply-verb.c); an acquire that can fail, or take less
 * than was requested, makes cases (apply-acquire.c).
 */
#ifndef PINCHECK_APPLY_H
#define PINCHECK_APPLY_H

#include "engine.h"

/* One call under one contract. */
struct application {
	struct engine *engine;
	const struct frame *frame;
	const struct contract *contract;
	const struct ir_instruction *call;
	ir_value value;
	const struct linear **arguments;
	unsigned argument_count;
	const struct linear *result;	/* NULL: void */
	bool is_doubtful;		/* the effect at hand is under an untested predicate */
};

static inline const struct linear *apply_constant(struct application *a, ir_integer value)
{
	return linear_constant(a->engine->terms, value);
}

/* What a write by this call has for a version. */
static inline uint32_t apply_writer(const struct application *a)
{
	return a->value | a->frame->context << WRITER_BITS;
}

/* --------------------------------------------------------- operand-bit.c */

/*
 * Is a bit of MASK set in VALUE, of FRAME's function?  YES: by a constant, on some path; NO:
 * on none.
 */
enum truth operand_bit(const struct frame *frame, ir_value value, ir_integer mask);

/* ------------------------------------------------------------ apply-term.c */

/*
 * The memory that PLACE is in, and at which offset; NULL if it cannot be told.
 * Steps are walked up to the last dereference; a field after it is a member of
 * what the pointer points to.
 */
const struct region *place_region(struct application *a, struct disjunct *d,
				  const struct contract_place *place,
				  const struct linear **offset);
/*
 * For a PLACE in every element of an array: a region that has the name of the cell,
 * and is good for nothing else.  NULL: it is none, or cannot be told.
 */
const struct region *place_elements(struct application *a, struct disjunct *d,
				    const struct contract_place *place);
/* The value at PLACE; NULL if it cannot be told. */
const struct linear *place_value(struct application *a, struct disjunct *d,
				 const struct contract_place *place, bool is_pointer);
/* The value of E; NULL if E is, or it cannot be told. */
const struct linear *expression(struct application *a, struct disjunct *d,
				const struct contract_expression *e);
/* All tests of EFFECT as one truth value; NULL: cannot be told. */
const struct linear *conjunction_term(struct application *a, struct disjunct *d,
				      const struct contract_effect *effect);
/*
 * Split D (taken over): into YES goes where all tests hold, into NO the rest.
 * False: a test cannot be told; D is then still the caller's.
 */
bool split_on_tests(struct application *a, struct disjunct *d, unsigned count,
		    const struct contract_test *tests,
		    struct disjunct_list *yes, struct disjunct_list *no);

/* ------------------------------------------------------------ apply-mark.c */

/* Note which pages are to be dirtied by what the call does, and which are. */
void apply_marks(struct application *a, struct disjunct *d);

/* ------------------------------------------------------------ apply-verb.c */

/* The pages that EFFECT is about.  False: cannot be told. */
bool effect_reference(struct application *a, struct disjunct *d,
		      const struct contract_effect *effect, struct reference *reference);
/* D gets the references of EFFECT, EXTENT of what was requested. */
void do_acquire(struct application *a, struct disjunct *d,
		const struct contract_effect *effect, enum holding_extent extent);
/* Do EFFECT to D, whatever its conditions and cases are. */
void do_effect(struct application *a, struct disjunct *d,
	       const struct contract_effect *effect);

/* ---------------------------------------------------------- apply-store.c */

/* What EFFECT's call finds at one place is at another, too, from now on. */
void do_store(struct application *a, struct disjunct *d, const struct contract_effect *effect);

/* ----------------------------------------------------------------- fill.c */

/* The container that EFFECT's place leads to, if it is the function's own, gets pages. */
void fill_container(struct application *a, struct disjunct *d,
		    const struct contract_effect *effect);
/* The call is passed containers with pages: those that it may look into are not told of. */
void fill_note_call(struct application *a, struct disjunct *d);

/* --------------------------------------------------------- apply-acquire.c */

/*
 * EFFECT, an acquire or a gift, is of the pages that the call returns, or of as
 * many as it returns: add a disjunct for each outcome to OUT.  False: it is of
 * neither kind; D is then still the caller's.
 */
bool acquire_by_result(struct application *a, struct disjunct *d,
		       const struct contract_effect *effect, struct disjunct_list *out);
/* EFFECT, an acquire of pages that are counted otherwise, has given nothing. */
void acquire_failed(struct application *a, struct disjunct *d,
		    const struct contract_effect *effect);
/* `returns low .. high', if the contract has it. */
const struct contract_effect *returned_range(const struct contract *contract);
/* Add LINEAR RELATION 0 to D.  False: it cannot be. */
bool assume_relation(struct application *a, struct disjunct *d, const struct linear *linear,
		     enum constraint_relation relation);
/* Add low <= x to D.  False: it cannot be. */
bool assume_order(struct application *a, struct disjunct *d, const struct linear *low,
		  const struct linear *x);

#endif /* PINCHECK_APPLY_H */
