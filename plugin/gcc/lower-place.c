// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Places: a reference tree taken apart into a root and steps.
 *
 * GCC folds what it can into the constant offset of a MEM_REF.  The offset is
 * turned back into fields and indices with the help of the type of what is there:
 *
 *	MEM[(struct page **)pages_3 + 8B]		*%pages[1 x8]
 *	MEM[(struct foo *)p_1 + 16B].next		*%p.{foo}list.{list_head}next
 *
 * Where that cannot be done the step is `unknown', somewhere inside the object.
 */
#include "lower.h"

/* Types that are one inside the other; only a broken tree is deeper. */
#define NESTING_LIMIT	32

/* A place while it is put together. */
struct place_draft {
	enum ir_root root = IR_ROOT_VARIABLE;
	uint32_t variable = 0;
	ir_value pointer = IR_NO_VALUE;
	tree type = NULL_TREE;		/* of what it names so far */
	const char *unnamed = NULL;	/* name for a record without one */
	bool in_union = false;		/* of the unnamed members just passed */
	HOST_WIDE_INT passed = 0;	/* bytes to the last of them; negative: not known */
	auto_vec<ir_step, 8> steps;
};

static struct ir_step *add_step(struct place_draft *draft, enum ir_step_kind kind)
{
	struct ir_step step = {};

	step.kind = kind;
	draft->steps.safe_push(step);
	return &draft->steps.last();
}

static void add_unknown(struct place_draft *draft, tree type)
{
	if (draft->steps.is_empty() || draft->steps.last().kind != IR_STEP_UNKNOWN)
		add_step(draft, IR_STEP_UNKNOWN);
	draft->type = type;
	draft->unnamed = NULL;
	draft->in_union = false;
	draft->passed = 0;
}

static void add_index(struct place_draft *draft, ir_value index, HOST_WIDE_INT constant,
		      HOST_WIDE_INT size)
{
	struct ir_step *step = add_step(draft, IR_STEP_INDEX);

	step->index = index;
	step->constant = constant;
	step->size = size;
}

/* Has RECORD members that share their memory? */
static bool is_shared_memory(tree record)
{
	unsigned members = 0;

	if (TREE_CODE(record) != UNION_TYPE)
		return false;
	for (tree field = TYPE_FIELDS(record); field; field = DECL_CHAIN(field))
		members += TREE_CODE(field) == FIELD_DECL;
	return members > 1;
}

/*
 * Unnamed members are passed over; what is inside them is named as if it stood
 * in the record around them, which is how the source writes it.
 */
static void add_field(struct lowering *low, struct place_draft *draft, tree field)
{
	tree record = DECL_CONTEXT(field);
	const char *tag = lower_record_tag(record);
	bool in_union = draft->in_union || is_shared_memory(record);
	tree bytes = byte_position(field);
	HOST_WIDE_INT position = draft->passed >= 0 && tree_fits_shwi_p(bytes) ?
		draft->passed + tree_to_shwi(bytes) : -1;
	struct ir_step *step;

	if (!tag)
		tag = draft->unnamed ? draft->unnamed : "unnamed";
	draft->type = TREE_TYPE(field);
	draft->in_union = in_union;
	tag = lower_intern(low->unit, tag);
	lower_note_record(low->unit, field, tag);
	if (!DECL_NAME(field)) {
		draft->unnamed = tag;
		draft->passed = position;
		return;
	}
	step = add_step(draft, IR_STEP_FIELD);
	step->record = tag;
	step->field = lower_intern(low->unit, IDENTIFIER_POINTER(DECL_NAME(field)));
	step->in_union = in_union;
	step->position = position + 1;
	draft->unnamed = step->field;
	draft->in_union = false;
	draft->passed = 0;
}

/* The field of RECORD that holds byte OFFSET; *START is where it begins. */
static tree field_at(tree record, HOST_WIDE_INT offset, HOST_WIDE_INT *start)
{
	for (tree field = TYPE_FIELDS(record); field; field = DECL_CHAIN(field)) {
		HOST_WIDE_INT size;
		tree position;

		if (TREE_CODE(field) != FIELD_DECL)
			continue;
		position = byte_position(field);
		if (!tree_fits_shwi_p(position))
			continue;
		*start = tree_to_shwi(position);
		size = lower_type_size(TREE_TYPE(field));
		if (offset >= *start && offset < *start + size)
			return field;
	}
	return NULL_TREE;
}

/* Is an object of type TYPE, as a whole, what an access of type ACCESS means? */
static bool is_accessed_whole(tree type, tree access)
{
	if (!AGGREGATE_TYPE_P(type))
		return true;
	if (TYPE_MAIN_VARIANT(type) == TYPE_MAIN_VARIANT(access))
		return true;
	/* memcpy()s and the like: nothing smaller is meant. */
	return AGGREGATE_TYPE_P(access) &&
	       lower_type_size(access) >= lower_type_size(type);
}

/* One step nearer to OFFSET, which is inside of the draft's type. */
static bool descend(struct lowering *low, struct place_draft *draft, HOST_WIDE_INT *offset)
{
	tree type = draft->type;

	if (TREE_CODE(type) == ARRAY_TYPE) {
		HOST_WIDE_INT size = lower_type_size(TREE_TYPE(type));

		if (size <= 0)
			return false;
		add_index(draft, IR_NO_VALUE, *offset / size, size);
		*offset %= size;
		draft->type = TREE_TYPE(type);
		return true;
	}
	if (RECORD_OR_UNION_TYPE_P(type)) {
		HOST_WIDE_INT start;
		tree field = field_at(type, *offset, &start);

		if (!field)
			return false;
		add_field(low, draft, field);
		*offset -= start;
		return true;
	}
	return false;
}

/* OFFSET bytes on; what is accessed there has type ACCESS. */
static void add_offset(struct lowering *low, struct place_draft *draft,
		       HOST_WIDE_INT offset, tree access)
{
	HOST_WIDE_INT size = lower_type_size(draft->type);

	if (offset && (offset < 0 || offset >= size)) {
		HOST_WIDE_INT unit = size > 0 && offset % size == 0 ? size : 1;

		add_index(draft, IR_NO_VALUE, offset / unit, unit);
		if (unit == 1)
			draft->type = access;
		offset = 0;
	}
	for (unsigned depth = 0; depth < NESTING_LIMIT; depth++) {
		if (!offset && is_accessed_whole(draft->type, access))
			return;
		if (!descend(low, draft, &offset))
			break;
	}
	if (offset)
		add_unknown(draft, access);
}

/* How many pointers are in a variable of TYPE, which has nothing else? */
static unsigned pointers_in(tree type)
{
	HOST_WIDE_INT size = lower_type_size(type);

	if (POINTER_TYPE_P(type))
		return 1;
	if (TREE_CODE(type) != ARRAY_TYPE || !POINTER_TYPE_P(TREE_TYPE(type)) || size <= 0)
		return 0;
	return (unsigned)(size / lower_type_size(TREE_TYPE(type)));
}

static uint32_t variable_index(struct lowering *low, tree decl)
{
	bool existed;
	uint32_t *index = &low->unit->variables.get_or_insert(decl, &existed);
	struct ir_variable variable = {};
	tree element = TREE_TYPE(decl);

	if (existed)
		return *index;
	while (TREE_CODE(element) == ARRAY_TYPE)
		element = TREE_TYPE(element);
	variable.name = lower_intern(low->unit, DECL_NAME(decl) ?
				     IDENTIFIER_POINTER(DECL_NAME(decl)) : "(temporary)");
	variable.is_global = TREE_STATIC(decl) || DECL_EXTERNAL(decl);
	if (RECORD_OR_UNION_TYPE_P(element) && lower_record_tag(element))
		variable.record = lower_intern(low->unit, lower_record_tag(element));
	variable.pointers = pointers_in(TREE_TYPE(decl));
	*index = ir_unit_add_variable(low->unit->ir, &variable);
	return *index;
}

static void start_at_variable(struct lowering *low, struct place_draft *draft, tree decl)
{
	draft->root = IR_ROOT_VARIABLE;
	draft->variable = variable_index(low, decl);
	draft->type = TREE_TYPE(decl);
	if (DECL_NAME(decl))
		draft->unnamed = IDENTIFIER_POINTER(DECL_NAME(decl));
}

static void start_at_pointer(struct lowering *low, struct place_draft *draft, tree pointer)
{
	tree type = TREE_TYPE(pointer);

	draft->root = IR_ROOT_POINTER;
	draft->pointer = lower_operand(low, pointer);
	draft->type = POINTER_TYPE_P(type) ? TREE_TYPE(type) : void_type_node;
}

static bool add_reference(struct lowering *low, struct place_draft *draft, tree reference);

/* MEM_REF: *(pointer + constant). */
static bool add_dereference(struct lowering *low, struct place_draft *draft, tree reference)
{
	tree pointer = TREE_OPERAND(reference, 0), access = TREE_TYPE(reference);
	tree offset = TREE_OPERAND(reference, 1);

	if (TREE_CODE(pointer) == ADDR_EXPR) {
		if (!add_reference(low, draft, TREE_OPERAND(pointer, 0)))
			return false;
	} else {
		start_at_pointer(low, draft, pointer);
		/* The pointer's own type means nothing once it was cast. */
		if (lower_type_size(draft->type) <= 1 || integer_zerop(offset))
			draft->type = access;
	}
	if (TREE_CODE(offset) == INTEGER_CST && tree_fits_shwi_p(offset))
		add_offset(low, draft, tree_to_shwi(offset), access);
	else
		add_unknown(draft, access);
	draft->type = access;
	return true;
}

/* The elements of the array that REFERENCE is one of; 0: not known, or more than it says. */
static uint64_t elements_of(tree reference)
{
	tree last = array_ref_up_bound(reference);

	if (!last || !tree_fits_uhwi_p(last) || gcc_is_open_array(reference))
		return 0;
	return tree_to_uhwi(last) + 1;
}

static bool add_element(struct lowering *low, struct place_draft *draft, tree reference)
{
	HOST_WIDE_INT size = lower_type_size(TREE_TYPE(reference));
	tree index = TREE_OPERAND(reference, 1);
	tree first = array_ref_low_bound(reference);

	if (!add_reference(low, draft, TREE_OPERAND(reference, 0)))
		return false;
	if (size <= 0 || !integer_zerop(first)) {
		add_unknown(draft, TREE_TYPE(reference));
		return true;
	}
	draft->type = TREE_TYPE(reference);
	if (tree_fits_shwi_p(index))
		add_index(draft, IR_NO_VALUE, tree_to_shwi(index), size);
	else
		add_index(draft, lower_operand(low, index), 0, size);
	draft->steps.last().count = elements_of(reference);
	return true;
}

static bool add_reference(struct lowering *low, struct place_draft *draft, tree reference)
{
	switch (TREE_CODE(reference)) {
	case VAR_DECL:
	case PARM_DECL:
	case RESULT_DECL:
		start_at_variable(low, draft, reference);
		return true;
	case MEM_REF:
		return add_dereference(low, draft, reference);
	case COMPONENT_REF:
		if (!add_reference(low, draft, TREE_OPERAND(reference, 0)))
			return false;
		/* It is passed as if it were its member. */
		if (TYPE_TRANSPARENT_AGGR(TREE_TYPE(TREE_OPERAND(reference, 0))))
			draft->type = TREE_TYPE(reference);
		else
			add_field(low, draft, TREE_OPERAND(reference, 1));
		return true;
	case ARRAY_REF:
		return add_element(low, draft, reference);
	case VIEW_CONVERT_EXPR:
		if (!add_reference(low, draft, TREE_OPERAND(reference, 0)))
			return false;
		draft->type = TREE_TYPE(reference);
		return true;
	case ARRAY_RANGE_REF:
	case BIT_FIELD_REF:
	case REALPART_EXPR:
	case IMAGPART_EXPR:
		if (!add_reference(low, draft, TREE_OPERAND(reference, 0)))
			return false;
		add_unknown(draft, TREE_TYPE(reference));
		return true;
	case TARGET_MEM_REF:
		start_at_pointer(low, draft, TMR_BASE(reference));
		add_unknown(draft, TREE_TYPE(reference));
		return true;
	default:
		return false;
	}
}

static struct ir_place *finish(struct lowering *low, const struct place_draft *draft)
{
	struct arena *arena = low->unit->ir->arena;
	struct ir_place *place = ARENA_NEW(arena, struct ir_place);

	place->root = draft->root;
	place->variable = draft->variable;
	place->pointer = draft->pointer;
	place->step_count = draft->steps.length();
	if (place->step_count) {
		place->steps = ARENA_ARRAY(arena, struct ir_step, place->step_count);
		memcpy(place->steps, draft->steps.address(),
		       place->step_count * sizeof(*place->steps));
	}
	return place;
}

struct ir_place *lower_place(struct lowering *low, tree reference)
{
	struct place_draft draft;

	return add_reference(low, &draft, reference) ? finish(low, &draft) : NULL;
}

struct ir_place *lower_target(struct lowering *low, tree pointer)
{
	struct place_draft draft;

	if (TREE_CODE(pointer) == ADDR_EXPR)
		return lower_place(low, TREE_OPERAND(pointer, 0));
	start_at_pointer(low, &draft, pointer);
	return finish(low, &draft);
}

static gassign *definition_of(tree name)
{
	return TREE_CODE(name) == SSA_NAME ? dyn_cast<gassign *>(SSA_NAME_DEF_STMT(name)) : NULL;
}

/* NAME is defined as CODE of something and a constant. */
static bool is_with_constant(tree name, enum tree_code code, tree *left, HOST_WIDE_INT *right)
{
	gassign *definition = definition_of(name);

	if (!definition || gimple_assign_rhs_code(definition) != code)
		return false;
	if (TREE_CODE(gimple_assign_rhs2(definition)) != INTEGER_CST)
		return false;
	*left = gimple_assign_rhs1(definition);
	/* Offsets are unsigned in GIMPLE and negative in meaning. */
	*right = wi::to_wide(gimple_assign_rhs2(definition)).to_shwi();
	return true;
}

/* OFFSET == *index * *scale. */
static bool is_scaled(tree offset, tree *index, HOST_WIDE_INT *scale)
{
	HOST_WIDE_INT shift;

	if (is_with_constant(offset, MULT_EXPR, index, scale))
		return true;
	if (!is_with_constant(offset, LSHIFT_EXPR, index, &shift) || shift < 0 || shift > 30)
		return false;
	*scale = (HOST_WIDE_INT)1 << shift;
	return true;
}

/* OFFSET as a number of elements of ELEMENT bytes. */
static void add_variable_index(struct lowering *low, struct place_draft *draft, tree offset,
			       HOST_WIDE_INT element)
{
	HOST_WIDE_INT constant = 0, scale;
	tree sum = offset, index;
	struct ir_instruction *instruction;
	struct ir_type type = lower_type(TREE_TYPE(offset));
	ir_value divided, dividend, divisor;

	is_with_constant(offset, PLUS_EXPR, &sum, &constant);
	if (element > 1 && is_scaled(sum, &index, &scale) && scale == element &&
	    constant % element == 0) {
		add_index(draft, lower_operand(low, index), constant / element, element);
		return;
	}
	if (element <= 1) {
		add_index(draft, lower_operand(low, offset), 0, 1);
		return;
	}
	dividend = lower_operand(low, offset);
	divisor = lower_operand(low, build_int_cst(TREE_TYPE(offset), element));
	divided = lower_emit(low, IR_DIVIDE, type, 2, &instruction);
	instruction->operands[0] = dividend;
	instruction->operands[1] = divisor;
	add_index(draft, divided, 0, element);
}

struct ir_place *lower_sum(struct lowering *low, tree pointer, tree offset, tree result)
{
	struct place_draft draft;
	HOST_WIDE_INT element, constant;

	if (TREE_CODE(pointer) == ADDR_EXPR && TREE_CODE(offset) == INTEGER_CST &&
	    POINTER_TYPE_P(result) && add_reference(low, &draft, TREE_OPERAND(pointer, 0))) {
		add_offset(low, &draft, wi::to_wide(offset).to_shwi(), TREE_TYPE(result));
		return finish(low, &draft);
	}
	start_at_pointer(low, &draft, pointer);
	/*
	 * The source's arithmetic was in the type of the pointer, unless that was
	 * cast on the way: GIMPLE keeps no cast between pointers.
	 */
	element = lower_type_size(draft.type);
	if (POINTER_TYPE_P(result) && lower_type_size(TREE_TYPE(result)) != element)
		element = lower_type_size(TREE_TYPE(result));
	if (TREE_CODE(offset) != INTEGER_CST) {
		add_variable_index(low, &draft, offset, element);
		return finish(low, &draft);
	}
	constant = wi::to_wide(offset).to_shwi();
	if (element <= 0 || constant % element)
		element = 1;
	add_index(&draft, IR_NO_VALUE, constant / element, element);
	return finish(low, &draft);
}
