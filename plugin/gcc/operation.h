/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Operation: a function that is called through a field of a record.
 *
 *	static const struct address_space_operations my_aops = {
 *		.write_end = my_write_end,
 *	};
 *
 * What it may do to references is a contract between the record and all who fill it in,
 * so contracts name the record and the field.  It binds to the functions whose address is
 * put there, by an initialiser or an assignment, and to the calls through the field.
 */
#ifndef PINCHECK_OPERATION_H
#define PINCHECK_OPERATION_H

#include "lower.h"

/* FUNCTION's address is the value of FIELD, a member of RECORD, in an initialiser. */
typedef void (*operation_visitor)(void *argument, const char *record, const char *field,
				  tree function);

/* Each function that the initialiser of VARIABLE refers to. */
void operation_visit(tree variable, operation_visitor visit, void *argument);

/* The contract of the field that NODE's address is put into; NULL: there is none. */
const struct contract *operation_contract(struct lower_unit *unit, cgraph_node *node);

/* The contract of CALL, which is through a pointer; NULL: there is none. */
const struct contract *operation_called(struct lower_unit *unit, const gcall *call);

#endif /* PINCHECK_OPERATION_H */
