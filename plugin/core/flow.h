/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Flow: what the shape of a function alone says, computed once for each.
 *
 * Which values are live where (a merge need not care about the others), and
 * which blocks belong to the loop of a head.
 */
#ifndef PINCHECK_FLOW_H
#define PINCHECK_FLOW_H

#include "ir.h"

struct flow;
struct linear;

/* FUNCTION is in order (ir_function_order()).  Lives in ARENA. */
struct flow *flow_new(struct arena *arena, const struct ir_function *function);

/* Is VALUE needed at or after the start of BLOCK?  Phis of BLOCK itself are. */
bool flow_is_live(const struct flow *flow, ir_block_id block, ir_value value);

/* The next value after VALUE (IR_NO_VALUE: the first) that is live there; IR_NO_VALUE: none. */
ir_value flow_next_live(const struct flow *flow, ir_block_id block, ir_value value);
/*
 * On the way FROM -> TO: forget the TERMS, one for each value, of those that are not live at
 * the start of TO.  What was dead at that of FROM was forgotten there.
 */
void flow_drop_dead(const struct flow *flow, ir_block_id from, ir_block_id to,
		    const struct linear **terms);

/* Is BLOCK in the natural loop of HEAD (which is in it too)? */
bool flow_is_in_loop(const struct flow *flow, ir_block_id head, ir_block_id block);

/*
 * Set the bits of the values that the loop of HEAD uses in USED (room for all values
 * of the function).  Is there a call or a store in it?
 */
bool flow_loop_uses(const struct flow *flow, ir_block_id head, uint64_t *used);

/* The head of the innermost loop around BLOCK; false: there is none. */
bool flow_innermost_loop(const struct flow *flow, ir_block_id block, ir_block_id *head);

/* The branch by which alone the loop of HEAD is left; IR_NO_VALUE: there are others. */
ir_value flow_only_exit(const struct flow *flow, ir_block_id head);

/* Is BLOCK gone through in every round of the loop of HEAD that does not leave it? */
bool flow_is_in_every_round(const struct flow *flow, ir_block_id head, ir_block_id block);

/* The phi of HEAD that VALUE is, or is by a fixed number more than; or IR_NO_VALUE. */
ir_value flow_counter(const struct flow *flow, ir_block_id head, ir_value value);

/*
 * Does the loop of HEAD do no more about PHI, of HEAD, than to add fixed numbers to it, on some
 * of its paths?
 */
bool flow_only_counts(const struct flow *flow, ir_block_id head, ir_value phi);

/* The numbers that the function compares others with by ==, != or switch, in their order. */
unsigned flow_compared(const struct flow *flow, const ir_integer **numbers);

/* Is FROM -> TO a retreating edge? */
bool flow_is_back_edge(const struct flow *flow, ir_block_id from, ir_block_id to);

#endif /* PINCHECK_FLOW_H */
