/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Using a page, and what is in it, after it was given back; see use.c.
 *
 *	addr = kmap_local_page(page);		an address inside the page
 */
#ifndef PINCHECK_USE_H
#define PINCHECK_USE_H

#include "engine.h"

/* An address inside a page is an operation on the page; no other one is called so. */
#define OPERATION_INSIDE	IR_CALL

static inline bool symbol_is_inside(const struct symbol *symbol)
{
	return symbol->kind == SYMBOL_OPERATION && symbol->operation == OPERATION_INSIDE;
}

/* USER, a function, uses the page of REFERENCE: was it given back before? */
void engine_use_reference(struct engine *engine, const struct frame *frame,
			  const struct disjunct *d, const struct reference *reference,
			  ir_location location, const char *user, const char *text);
/* An address of the contents of PAGE, by which nobody gives it back. */
const struct linear *engine_address_inside(struct engine *engine, const struct linear *page,
					   struct ir_type type);
/* The page that ADDRESS is of the contents of, or points to; NULL: none. */
const struct linear *engine_page_of_contents(const struct engine *engine,
					      const struct linear *address);
/* ACCESS goes through a pointer: if it is to the contents of a page, was that given back? */
void engine_use_contents(struct engine *engine, const struct frame *frame, struct disjunct *d,
			 const struct ir_instruction *access);

#endif /* PINCHECK_USE_H */
