// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Types: as much of GCC's types as the analysis cares for.
 */
#include "lower.h"

/*
 * The records whose pointers are page references.  The one place that names
 * them; that such pointers are something special decides only what dumps and
 * heuristics say of a value, never its kind, which comes from contracts.
 */
static const char *const page_records[] = { "page", "folio", "user_page" };

const char *lower_intern(struct lower_unit *unit, const char *text)
{
	return intern(unit->ir->strings, text);
}

static const char *name_of_type(tree type)
{
	tree name = TYPE_NAME(type);

	if (name && TREE_CODE(name) == TYPE_DECL)
		name = DECL_NAME(name);
	return name ? IDENTIFIER_POINTER(name) : NULL;
}

/* The tag is at the main variant, the name of a typedef at one of its own. */
const char *lower_record_tag(tree type)
{
	const char *name = NULL;

	for (tree variant = TYPE_MAIN_VARIANT(type); variant && !name;
	     variant = TYPE_NEXT_VARIANT(variant))
		name = name_of_type(variant);
	return name;
}

void lower_note_record(struct lower_unit *unit, tree field, const char *name)
{
	if (unit->records.add(TYPE_MAIN_VARIANT(DECL_CONTEXT(field))))
		return;
	/* A field stands where its record is defined; it is there with -flto, too. */
	if (binding_is_in_near_header(field))
		unit->near_names.safe_push(name);
	else if (binding_is_in_header(field))
		unit->shared_names.add(name);
	else
		unit->private_names.safe_push(name);
}

/* Unnamed records go by the name of a member, which another record may have, too. */
void lower_private_records(struct lower_unit *unit)
{
	for (const char *name : unit->near_names)
		if (!unit->shared_names.contains(name))
			ir_unit_add_near_record(unit->ir, name);
	for (const char *name : unit->private_names)
		if (!unit->shared_names.contains(name) &&
		    !ir_unit_is_near_record(unit->ir, name))
			ir_unit_add_private_record(unit->ir, name);
}

static bool is_page_record(tree type)
{
	const char *tag;

	if (TREE_CODE(type) != RECORD_TYPE)
		return false;
	tag = lower_record_tag(type);
	if (!tag)
		return false;
	for (const char *name : page_records)
		if (!strcmp(tag, name))
			return true;
	return false;
}

static enum ir_pointee pointee(tree pointer)
{
	tree type = TREE_TYPE(pointer);

	if (TREE_CODE(type) == FUNCTION_TYPE)
		return IR_POINTEE_FUNCTION;
	if (is_page_record(type))
		return IR_POINTEE_PAGE;
	while (TREE_CODE(type) == ARRAY_TYPE)
		type = TREE_TYPE(type);
	if (!POINTER_TYPE_P(type))
		return IR_POINTEE_OTHER;
	while (POINTER_TYPE_P(type))
		type = TREE_TYPE(type);
	return is_page_record(type) ? IR_POINTEE_PAGES : IR_POINTEE_OTHER;
}

struct ir_type lower_void_type(void)
{
	struct ir_type type = {};

	type.type_class = IR_TYPE_VOID;
	return type;
}

struct ir_type lower_boolean_type(void)
{
	struct ir_type type = {};

	type.type_class = IR_TYPE_INTEGER;
	type.bits = 1;
	return type;
}

struct ir_type lower_type(tree type)
{
	struct ir_type lowered = {};

	/* Passed as its first member is: release_pages() takes such a union. */
	if (RECORD_OR_UNION_TYPE_P(type) && TYPE_TRANSPARENT_AGGR(type) && TYPE_FIELDS(type))
		return lower_type(TREE_TYPE(TYPE_FIELDS(type)));
	if (VOID_TYPE_P(type)) {
		lowered.type_class = IR_TYPE_VOID;
	} else if (POINTER_TYPE_P(type)) {
		lowered.type_class = IR_TYPE_POINTER;
		lowered.bits = TYPE_PRECISION(type);
		lowered.pointee = pointee(type);
	} else if (INTEGRAL_TYPE_P(type) && TYPE_PRECISION(type) <= HOST_BITS_PER_WIDE_INT) {
		lowered.type_class = IR_TYPE_INTEGER;
		lowered.bits = TYPE_PRECISION(type);
		lowered.is_signed = !TYPE_UNSIGNED(type);
	} else {
		lowered.type_class = IR_TYPE_OTHER;
	}
	return lowered;
}

HOST_WIDE_INT lower_type_size(tree type)
{
	tree size;

	/* GCC's arithmetic on void pointers and on functions. */
	if (VOID_TYPE_P(type) || TREE_CODE(type) == FUNCTION_TYPE)
		return 1;
	size = TYPE_SIZE_UNIT(type);
	return size && tree_fits_shwi_p(size) ? tree_to_shwi(size) : 0;
}
