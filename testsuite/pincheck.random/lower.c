// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From statements to page IR, in the shape that the plugin gives it: GCC's SSA,
 * comparisons beside their branches, one block that returns.
 *
 * SSA the simple way: where paths meet, every variable gets a phi; see phi.c for
 * what becomes of those that nobody needs.
 */
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "lower.h"

/* The value that the function returns, as one more variable. */
#define VAR_RESULT	VAR_COUNT
#define NAME_COUNT	(VAR_COUNT + 1)

/* A block that several paths lead to. */
struct join {
	bool is_placed;
	ir_block_id block;		/* made when something leads there */
	ir_value phis[NAME_COUNT];
	unsigned count, room;		/* of predecessors */
	ir_value (*incoming)[NAME_COUNT];
};

struct lowering {
	const struct program *program;
	const struct function *function;
	const struct contract_set *contracts;
	struct ir_unit *unit;
	uint32_t local;			/* number of the local array, when there is one */
	struct ir_builder *builder;
	ir_block_id block;
	bool is_reachable;
	ir_value values[NAME_COUNT];
	ir_location location;
	unsigned join_count, join_room;
	struct join **joins;
	struct join *labels[LABEL_LIMIT], *after_loop, *exit;
};

const char *const variable_names[VAR_COUNT] = {
	[VAR_OBJ] = "obj", [VAR_PAGES] = "pages", [VAR_PAGE] = "page", [VAR_N] = "n",
	[VAR_FLAG] = "flag", [VAR_SPARE] = "spare", [VAR_RET] = "ret", [VAR_DONE] = "done",
	[VAR_I] = "i", [VAR_ERR] = "err",
};

static struct ir_type result_type(const struct lowering *l)
{
	return l->function->returns_page ? type_page : type_long;
}

static struct ir_type name_type(const struct lowering *l, unsigned name)
{
	return name == VAR_RESULT ? result_type(l) : l->function->types[name];
}

static ir_value add(struct lowering *l, enum ir_op op, struct ir_type type,
		    unsigned operand_count, struct ir_instruction **instruction)
{
	struct ir_instruction *added;
	ir_value value = ir_builder_add(l->builder, l->block, op, type, operand_count, &added);

	added->location = l->location;
	if (instruction)
		*instruction = added;
	return value;
}

static ir_value add_constant(struct lowering *l, struct ir_type type, ir_integer constant)
{
	struct ir_instruction *added;
	ir_value value = add(l, IR_CONSTANT, type, 0, &added);

	added->u.constant = constant;
	return value;
}

static ir_value add_unary(struct lowering *l, enum ir_op op, struct ir_type type, ir_value a)
{
	struct ir_instruction *added;
	ir_value value = add(l, op, type, 1, &added);

	added->operands[0] = a;
	return value;
}

static ir_value add_binary(struct lowering *l, enum ir_op op, struct ir_type type,
			   ir_value a, ir_value b)
{
	struct ir_instruction *added;
	ir_value value = add(l, op, type, 2, &added);

	added->operands[0] = a;
	added->operands[1] = b;
	return value;
}

/* ------------------------------------------------------------------ control */

static struct join *join_new(struct lowering *l)
{
	if (l->join_count == l->join_room) {
		l->join_room = l->join_room ? l->join_room * 2 : 8;
		l->joins = XRESIZEVEC(struct join *, l->joins, l->join_room);
	}
	l->joins[l->join_count] = XCNEW(struct join);
	return l->joins[l->join_count++];
}

static void begin_block(struct lowering *l, struct join *join)
{
	unsigned name;

	join->block = ir_builder_add_block(l->builder);
	for (name = 1; name < NAME_COUNT; name++)
		join->phis[name] = ir_builder_add(l->builder, join->block, IR_PHI,
						  name_type(l, name), 0, NULL);
}

static void jump(struct lowering *l, struct join *to)
{
	struct ir_instruction *added;

	if (!l->is_reachable)
		return;
	if (!to->count)
		begin_block(l, to);
	add(l, IR_JUMP, type_void, 0, &added);
	added->u.targets[0] = to->block;
	ir_builder_add_edge(l->builder, l->block, to->block);
	if (to->count == to->room) {
		to->room = to->room ? to->room * 2 : 4;
		to->incoming = xrealloc(to->incoming, to->room * sizeof(to->incoming[0]));
	}
	memcpy(to->incoming[to->count++], l->values, sizeof(l->values));
	l->is_reachable = false;
}

/* Go on at JOIN, if anything leads there. */
static void enter(struct lowering *l, struct join *join)
{
	join->is_placed = true;
	l->block = join->block;
	l->is_reachable = join->count > 0;
	memcpy(l->values, join->phis, sizeof(l->values));
}

static void branch(struct lowering *l, ir_value condition, ir_block_id *if_true,
		   ir_block_id *if_false)
{
	struct ir_instruction *added;

	*if_true = ir_builder_add_block(l->builder);
	*if_false = ir_builder_add_block(l->builder);
	add(l, IR_BRANCH, type_void, 1, &added);
	added->operands[0] = condition;
	added->u.targets[0] = *if_true;
	added->u.targets[1] = *if_false;
	ir_builder_add_edge(l->builder, l->block, *if_true);
	ir_builder_add_edge(l->builder, l->block, *if_false);
}

/* -------------------------------------------------------------- expressions */

static ir_value converted(struct lowering *l, ir_value value, struct ir_type type)
{
	struct ir_type from = ir_builder_at(l->builder, value)->type;

	if (from.bits == type.bits && from.is_signed == type.is_signed)
		return value;
	return add_unary(l, IR_CONVERT, type, value);
}

static struct ir_type expression_type(const struct lowering *l, const struct expression *e)
{
	struct ir_type type = type_int;

	if (e->plus)
		type = common_type(type, l->function->types[e->plus]);
	if (e->also)
		type = common_type(type, l->function->types[e->also]);
	if (e->minus)
		type = common_type(type, l->function->types[e->minus]);
	return type;
}

static ir_value lower_expression(struct lowering *l, const struct expression *e)
{
	struct ir_type type = expression_type(l, e);
	ir_value value = IR_NO_VALUE;

	if (e->plus)
		value = converted(l, l->values[e->plus], type);
	if (e->also)
		value = add_binary(l, IR_ADD, type, value,
				   converted(l, l->values[e->also], type));
	if (e->minus) {
		if (!value)
			value = add_constant(l, type, 0);
		value = add_binary(l, IR_SUBTRACT, type, value,
				   converted(l, l->values[e->minus], type));
	}
	if (!value)
		return add_constant(l, type, e->constant);
	if (e->constant) {
		/* A constant of an unsigned type is not negative. */
		ir_integer constant = type.is_signed ? (ir_integer)e->constant
						     : (ir_integer)(uint64_t)e->constant;

		value = add_binary(l, IR_ADD, type, value, add_constant(l, type, constant));
	}
	return value;
}

static ir_value lower_condition(struct lowering *l, const struct condition *c)
{
	ir_value a, b;

	switch (c->kind) {
	case CONDITION_UNKNOWN:
		return add(l, IR_UNKNOWN, type_bool, 0, NULL);
	case CONDITION_NULL:
		return add_binary(l, c->op, type_bool, l->values[c->pointer],
				  add_constant(l, l->function->types[c->pointer], 0));
	default:
		break;
	}
	struct ir_type type = common_type(expression_type(l, &c->a), expression_type(l, &c->b));

	a = converted(l, lower_expression(l, &c->a), type);
	b = converted(l, lower_expression(l, &c->b), type);
	return add_binary(l, c->op, type_bool, a, b);
}

/* ------------------------------------------------------------------- memory */

static struct ir_place *place_new(struct lowering *l, unsigned step_count)
{
	struct ir_place *place = ARENA_NEW(l->unit->arena, struct ir_place);

	place->step_count = step_count;
	place->steps = ARENA_ARRAY(l->unit->arena, struct ir_step, step_count);
	return place;
}

/* pages[e] */
static struct ir_place *element_place(struct lowering *l, const struct expression *e)
{
	struct ir_place *place = place_new(l, 1);
	struct ir_step *step = &place->steps[0];

	step->kind = IR_STEP_INDEX;
	step->size = 8;
	step->constant = e->constant;
	if (e->plus || e->minus) {
		step->index = lower_expression(l, e);
		step->constant = 0;
	}
	if (l->function->array == ARRAY_LOCAL) {
		place->root = IR_ROOT_VARIABLE;
		place->variable = l->local;
	} else {
		place->root = IR_ROOT_POINTER;
		place->pointer = l->values[VAR_PAGES];
	}
	return place;
}

/* pages + e */
static ir_value lower_array(struct lowering *l, const struct expression *e)
{
	struct ir_instruction *added;
	struct ir_place *place;
	ir_value value;

	if (!e->plus && !e->minus && !e->constant) {
		if (l->function->array != ARRAY_LOCAL)
			return l->values[VAR_PAGES];
		place = place_new(l, 0);
		place->root = IR_ROOT_VARIABLE;
		place->variable = l->local;
	} else {
		place = element_place(l, e);
	}
	value = add(l, IR_ADDRESS, type_pages, 0, &added);
	added->u.place = place;
	return value;
}

static struct ir_place *field_place(struct lowering *l, const char *field)
{
	struct ir_place *place = place_new(l, 1);

	place->root = IR_ROOT_POINTER;
	place->pointer = l->values[VAR_OBJ];
	place->steps[0].kind = IR_STEP_FIELD;
	place->steps[0].record = intern(l->unit->strings, "obj");
	place->steps[0].field = intern(l->unit->strings, field);
	place->steps[0].size = 8;
	return place;
}

/* -------------------------------------------------------------------- calls */

static ir_value call(struct lowering *l, const char *name, uint32_t function,
		     struct ir_type type, unsigned count, const ir_value *arguments)
{
	struct ir_instruction *added;
	ir_value value = add(l, IR_CALL, type, count, &added);

	if (count)
		memcpy(added->operands, arguments, count * sizeof(*arguments));
	added->u.callee = ARENA_NEW(l->unit->arena, struct ir_callee);
	added->u.callee->name = intern(l->unit->strings, name);
	added->u.callee->function = function;
	added->u.callee->contract = function ? NULL :
				    contract_find(l->contracts, name, count, 0);
	return value;
}

static void assign(struct lowering *l, enum variable variable, ir_value value)
{
	struct ir_instruction *instruction;

	if (!variable)
		return;
	value = converted(l, value, l->function->types[variable]);
	instruction = ir_builder_at(l->builder, value);
	if (!instruction->text)
		instruction->text = intern(l->unit->strings, variable_names[variable]);
	l->values[variable] = value;
}

static void lower_call(struct lowering *l, const struct statement *s)
{
	const struct callee_info *callee = &callees[s->callee];
	ir_value arguments[2];
	unsigned count = 0;
	ir_value value;

	switch (callee->action) {
	case ACTION_ACQUIRE_ARRAY:
		arguments[count++] = converted(l, lower_expression(l, &s->b),
					       callee->count_type);
		arguments[count++] = lower_array(l, &s->a);
		break;
	case ACTION_RELEASE_ARRAY:
		arguments[count++] = lower_array(l, &s->a);
		arguments[count++] = converted(l, lower_expression(l, &s->b),
					       callee->count_type);
		break;
	case ACTION_ALLOCATE:
		arguments[count++] = converted(l, lower_expression(l, &s->b),
					       callee->count_type);
		break;
	case ACTION_ACQUIRE_PAGE:
		break;
	default:
		arguments[count++] = s->source == VAR_PAGES ? lower_array(l, &s->a)
							    : l->values[s->source];
		break;
	}
	value = call(l, callee->name, 0, callee->result_type, count, arguments);
	if (callee->result_type.type_class != IR_TYPE_VOID)
		assign(l, s->variable, value);
}

static void lower_follow(struct lowering *l, const struct statement *s)
{
	const struct ir_type *types = l->program->functions[1].types;
	ir_value arguments[PARAMETER_COUNT];

	arguments[0] = l->values[VAR_OBJ];
	arguments[1] = lower_array(l, &s->a);
	arguments[2] = s->source ? l->values[s->source] : add_constant(l, type_page, 0);
	arguments[3] = converted(l, lower_expression(l, &s->b), types[VAR_N]);
	arguments[4] = l->values[VAR_FLAG];
	assign(l, s->variable, call(l, l->program->functions[1].name, 2, type_long,
				    PARAMETER_COUNT, arguments));
}

/* --------------------------------------------------------------- statements */

static void lower_list(struct lowering *l, const struct statement *s);

static void lower_if(struct lowering *l, const struct statement *s)
{
	ir_value condition = lower_condition(l, &s->condition);
	struct join *after = join_new(l);
	ir_value values[NAME_COUNT];
	ir_block_id if_true, if_false;

	branch(l, condition, &if_true, &if_false);
	memcpy(values, l->values, sizeof(values));
	l->block = if_true;
	lower_list(l, s->body);
	jump(l, after);
	l->block = if_false;
	l->is_reachable = true;
	memcpy(l->values, values, sizeof(values));
	l->location = s->location;
	lower_list(l, s->otherwise);
	jump(l, after);
	enter(l, after);
}

static void lower_while(struct lowering *l, const struct statement *s)
{
	struct join *head = join_new(l), *after = join_new(l), *outer = l->after_loop;
	ir_block_id if_true, if_false;
	ir_value values[NAME_COUNT];

	jump(l, head);
	enter(l, head);
	branch(l, lower_condition(l, &s->condition), &if_true, &if_false);
	memcpy(values, l->values, sizeof(values));
	l->after_loop = after;
	l->block = if_true;
	lower_list(l, s->body);
	jump(l, head);
	l->after_loop = outer;
	l->block = if_false;
	l->is_reachable = true;
	memcpy(l->values, values, sizeof(values));
	jump(l, after);
	enter(l, after);
}

static struct join *label(struct lowering *l, unsigned number)
{
	if (!l->labels[number])
		l->labels[number] = join_new(l);
	return l->labels[number];
}

static void lower_return(struct lowering *l, const struct statement *s)
{
	if (!l->function->returns_page)
		l->values[VAR_RESULT] = converted(l, lower_expression(l, &s->a), type_long);
	else
		l->values[VAR_RESULT] = s->source ? l->values[s->source]
						  : add_constant(l, type_page, 0);
	jump(l, l->exit);
}

static void lower_memory(struct lowering *l, const struct statement *s)
{
	static const struct expression nothing;
	struct ir_instruction *added;
	struct ir_place *place;
	ir_value value;

	switch (s->kind) {
	case STATEMENT_LOAD:
		place = element_place(l, &s->a);
		value = add(l, IR_LOAD, type_page, 0, &added);
		added->u.place = place;
		assign(l, s->variable, value);
		return;
	case STATEMENT_STORE:
		place = element_place(l, &s->a);
		value = s->source ? l->values[s->source] : add_constant(l, type_page, 0);
		break;
	default:
		place = field_place(l, s->source == VAR_PAGES ? "pages" : "page");
		value = s->source == VAR_PAGES ? lower_array(l, &nothing)
					       : l->values[s->source];
		break;
	}
	add(l, IR_STORE, type_void, 1, &added);
	added->operands[0] = value;
	added->u.place = place;
}

static void lower_statement(struct lowering *l, const struct statement *s)
{
	l->location = s->location;
	switch (s->kind) {
	case STATEMENT_SET:
		assign(l, s->variable, lower_expression(l, &s->a));
		break;
	case STATEMENT_MOVE:
		assign(l, s->variable, s->source ? l->values[s->source]
			: add_constant(l, l->function->types[s->variable], 0));
		break;
	case STATEMENT_CALL:
		lower_call(l, s);
		break;
	case STATEMENT_FOLLOW:
		lower_follow(l, s);
		break;
	case STATEMENT_LOAD:
	case STATEMENT_STORE:
	case STATEMENT_KEEP:
		lower_memory(l, s);
		break;
	case STATEMENT_IF:
		if (s->is_flat)
			lower_list(l, s->body);
		else
			lower_if(l, s);
		break;
	case STATEMENT_WHILE:
		lower_while(l, s);
		break;
	case STATEMENT_BREAK:
		jump(l, l->after_loop ? l->after_loop : l->exit);
		break;
	case STATEMENT_GOTO:
		jump(l, label(l, s->label));
		break;
	case STATEMENT_LABEL:
		jump(l, label(l, s->label));
		enter(l, label(l, s->label));
		break;
	case STATEMENT_RETURN:
		lower_return(l, s);
		break;
	}
}

static void lower_list(struct lowering *l, const struct statement *s)
{
	for (; s; s = s->next) {
		if (s->is_removed || (!l->is_reachable && s->kind != STATEMENT_LABEL))
			continue;
		lower_statement(l, s);
	}
}

/* ---------------------------------------------------------------------- SSA */

static void fill_phis(struct lowering *l)
{
	unsigned j, p, name;

	for (j = 0; j < l->join_count; j++)
		for (name = 1; l->joins[j]->count && name < NAME_COUNT; name++) {
			const struct join *join = l->joins[j];
			struct ir_instruction *phi = ir_builder_at(l->builder, join->phis[name]);

			phi->operand_count = join->count;
			phi->operands = ARENA_ARRAY(l->unit->arena, ir_value, join->count);
			for (p = 0; p < join->count; p++)
				phi->operands[p] = join->incoming[p][name];
			if (name < VAR_COUNT)
				phi->text = intern(l->unit->strings, variable_names[name]);
		}
}

/* ---------------------------------------------------------------- functions */

static void begin_function(struct lowering *l)
{
	struct ir_function *f = ir_builder_function(l->builder);
	struct ir_instruction *added;
	unsigned name;

	f->parameter_count = PARAMETER_COUNT;
	f->parameters = ARENA_ARRAY(l->unit->arena, const char *, PARAMETER_COUNT);
	f->parameter_types = ARENA_ARRAY(l->unit->arena, struct ir_type, PARAMETER_COUNT);
	f->return_type = result_type(l);
	f->location = f->end_location = l->program->location_count + f->index;
	f->is_static = f->index > 0;
	l->block = ir_builder_add_block(l->builder);
	l->is_reachable = true;
	for (name = 1; name < NAME_COUNT; name++) {
		if (name > PARAMETER_COUNT) {
			l->values[name] = add_constant(l, name_type(l, name), 0);
			continue;
		}
		f->parameters[name - 1] = intern(l->unit->strings, variable_names[name]);
		f->parameter_types[name - 1] = l->function->types[name];
		l->values[name] = add(l, IR_PARAMETER, l->function->types[name], 0, &added);
		added->u.parameter = name - 1;
		added->text = f->parameters[name - 1];
	}
	l->exit = join_new(l);
}

static void end_function(struct lowering *l)
{
	static const struct statement last = { .kind = STATEMENT_RETURN };
	struct ir_instruction *added;
	unsigned i;

	if (l->is_reachable)
		lower_return(l, &last);
	/* Labels that were lost in shrinking. */
	for (i = 0; i < LABEL_LIMIT; i++)
		if (l->labels[i] && !l->labels[i]->is_placed) {
			enter(l, l->labels[i]);
			lower_return(l, &last);
		}
	enter(l, l->exit);
	if (!l->is_reachable)
		return;
	l->location = 0;
	if (l->function->array == ARRAY_LOCAL) {
		add(l, IR_CLOBBER, type_void, 0, &added);
		added->u.place = place_new(l, 0);
		added->u.place->variable = l->local;
	}
	add_unary(l, IR_RETURN, type_void, l->values[VAR_RESULT]);
}

static void lowering_release(struct lowering *l)
{
	unsigned j;

	for (j = 0; j < l->join_count; j++) {
		free(l->joins[j]->incoming);
		free(l->joins[j]);
	}
	free(l->joins);
}

static void lower_function(struct lowering *l, uint32_t index)
{
	struct ir_function *function;
	const char *message;

	l->function = &l->program->functions[index];
	if (l->function->array == ARRAY_LOCAL) {
		const struct ir_variable local = { .name = "local", .record = "page" };

		l->local = ir_unit_add_variable(l->unit, &local);
	}
	l->builder = ir_builder_new(l->unit, index);
	begin_function(l);
	lower_list(l, l->function->body);
	end_function(l);
	fill_phis(l);
	function = ir_builder_finish(l->builder);
	function_replace_phis(function);
	ir_function_prune(function);
	ir_function_order(l->unit, function);
	message = ir_check(l->unit, function, l->unit->arena);
	if (message) {
		fprintf(stderr, "seed %lu: %s\n", l->program->seed, message);
		program_print(stderr, l->program);
		ir_print_function(stderr, l->unit, function);
		abort();
	}
}

struct ir_unit *program_lower(struct arena *arena, const struct program *program,
			      const struct contract_set *contracts)
{
	struct ir_unit *unit = ir_unit_new(arena);
	uint32_t i;

	unit->page_size = 4096;
	unit->pointer_bits = 64;
	for (i = 0; i < program->function_count; i++)
		ir_unit_reserve_function(unit, program->functions[i].name);
	for (i = 0; i < program->function_count; i++) {
		struct lowering l = {
			.program = program, .contracts = contracts, .unit = unit,
		};

		lower_function(&l, i);
		lowering_release(&l);
	}
	return unit;
}
