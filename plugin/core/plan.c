// SPDX-License-Identifier: GPL-2.0-or-later
/* The order of the functions; see plan.h. */
#include <string.h>

#include "plan.h"

/* What a function does by the contracts that it calls, itself or through others. */
struct reach {
	uint8_t kinds;		/* bit set of contract_kind that it takes or gives back */
	uint8_t added;		/* of these, what it adds to pages that have some */
	uint8_t taken;		/* ... and what it takes */
	uint8_t returned;	/* ... and what it gives back, itself and whatever the case */
	bool acquires;
	bool dirties;		/* its own calls alone */
	bool takes;		/* acquires if others do */
	unsigned releases;	/* calls that give back, its own alone */
	bool visited;
	bool is_open;		/* its calls are being visited */
};

struct planning {
	const struct ir_unit *unit;
	struct plan *plan;
	struct reach *reach;
	uint32_t *postorder;
	unsigned count;
	bool is_cyclic;
};

static void add_contract(struct reach *reach, const struct contract *contract)
{
	unsigned i;

	for (i = 0; i < contract->effect_count; i++) {
		const struct contract_effect *effect = &contract->effects[i];

		reach->acquires |= effect->verb == CONTRACT_ACQUIRES ||
				   effect->verb == CONTRACT_FILLS;
		reach->takes |= effect->verb == CONTRACT_TAKES;
		switch (effect->verb) {
		case CONTRACT_ACQUIRES:
		case CONTRACT_TAKES:
		case CONTRACT_RELEASES:
		case CONTRACT_ADDS:
		case CONTRACT_GIVES:
			if (effect->kind >= CONTRACT_KIND_LIMIT)
				break;
			reach->kinds |= (uint8_t)(1u << effect->kind);
			if (effect->verb != CONTRACT_RELEASES)
				reach->taken |= (uint8_t)(1u << effect->kind);
			else if (!effect->test_count)
				reach->returned |= (uint8_t)(1u << effect->kind);
			if (effect->verb == CONTRACT_ADDS)
				reach->added |= (uint8_t)(1u << effect->kind);
			break;
		case CONTRACT_DIRTIES:
			reach->dirties = true;
			break;
		default:
			break;
		}
	}
}

/* Returns true if the callee adds to REACH. */
static bool add_callee(const struct planning *p, struct reach *reach,
		       const struct ir_callee *callee)
{
	const struct reach before = *reach;

	if (callee->contract || !callee->function)
		return false;
	reach->kinds |= p->reach[callee->function - 1].kinds;
	reach->acquires |= p->reach[callee->function - 1].acquires;
	reach->takes |= p->reach[callee->function - 1].takes;
	return reach->kinds != before.kinds || reach->acquires != before.acquires ||
	       reach->takes != before.takes;
}

static void visit(struct planning *p, uint32_t index)
{
	const struct ir_function *f = p->unit->functions[index];
	struct reach *reach = &p->reach[index];
	unsigned v;

	if (reach->visited || !f)
		return;
	reach->visited = reach->is_open = true;
	for (v = 1; v < f->value_count; v++) {
		const struct ir_instruction *i = &f->instructions[v];
		const struct ir_callee *callee = i->u.callee;

		if (i->op != IR_CALL)
			continue;
		if (callee->contract) {
			add_contract(reach, callee->contract);
			reach->releases += contract_has_verb(callee->contract, CONTRACT_RELEASES);
		} else if (callee->function) {
			p->is_cyclic |= p->reach[callee->function - 1].is_open;
			visit(p, callee->function - 1);
			add_callee(p, reach, callee);
		}
	}
	reach->is_open = false;
	p->plan->bystanders[index] = bystander_new(p->unit, f, p->plan->bystanders);
	p->postorder[p->count++] = index;
}

/* In a cycle of calls a callee's reach was taken before it was known in full. */
static void complete(struct planning *p)
{
	bool more = true;
	unsigned i, v;

	while (more) {
		more = false;
		for (i = 0; i < p->count; i++) {
			const struct ir_function *f = p->unit->functions[p->postorder[i]];
			struct reach *reach = &p->reach[p->postorder[i]];

			for (v = 1; v < f->value_count; v++)
				if (f->instructions[v].op == IR_CALL)
					more |= add_callee(p, reach, f->instructions[v].u.callee);
		}
	}
}

/*
 * One kind alone cannot be mixed up; but it can be given back twice, or in another
 * number than another function of the unit has taken.
 */
static bool can_release_wrongly(const struct reach *reach, bool unit_acquires)
{
	return reach->releases > 1 || (reach->releases && unit_acquires);
}

static bool is_longer_than_variable(const struct ir_unit *unit, const struct ir_function *f,
				    const struct ir_instruction *call)
{
	ir_integer most = 0;
	unsigned length = 0, o;

	for (o = 0; o < call->operand_count; o++) {
		const struct ir_instruction *i = &f->instructions[call->operands[o]];

		if (i->op == IR_CONSTANT && i->u.constant > most)
			most = i->u.constant;
		else if (i->op == IR_ADDRESS && i->u.place->root == IR_ROOT_VARIABLE &&
			 !i->u.place->step_count)
			length = unit->variables[i->u.place->variable].pointers;
	}
	return length && most > length;
}

/* `unpin_user_pages(&page, 2)' is wrong whatever the rest of the unit does. */
static bool releases_beyond_variable(const struct ir_unit *unit, const struct ir_function *f)
{
	ir_value v;

	for (v = 1; f && v < f->value_count; v++)
		if (f->instructions[v].op == IR_CALL && f->instructions[v].u.callee->contract &&
		    is_longer_than_variable(unit, f, &f->instructions[v]))
			return true;
	return false;
}

static bool is_in_own_record(const struct plan *plan, const struct ir_unit *unit,
			     const struct ir_place *place)
{
	unsigned i;

	for (i = 0; place && i < place->step_count; i++)
		if (place->steps[i].kind == IR_STEP_FIELD &&
		    plan_is_own_record(plan, unit, place->steps[i].record))
			return true;
	return false;
}

bool plan_is_own_record(const struct plan *plan, const struct ir_unit *unit, const char *name)
{
	return ir_unit_is_private_record(unit, name) ||
		(plan->taken_kinds & 1 && ir_unit_is_near_record(unit, name));
}

/*
 * Does FUNCTION find pages in a record of the unit's own, or free what it finds in one?
 * Then it may be what loses them, or what hands them on: see cell-leak.c.
 */
static bool sees_own_pages(const struct plan *plan, const struct ir_unit *unit,
			   const struct ir_function *function)
{
	bool has_own = false, has_free = false;
	ir_value v;

	for (v = 1; v < function->value_count; v++) {
		const struct ir_instruction *i = &function->instructions[v];

		if (i->op == IR_CALL)
			has_free |= contract_has_verb(i->u.callee->contract, CONTRACT_FREES);
		if ((i->op != IR_LOAD && i->op != IR_STORE && i->op != IR_ADDRESS) ||
		    !is_in_own_record(plan, unit, i->u.place))
			continue;
		has_own = true;
		if (i->op == IR_LOAD && ir_type_is_of_pages(&i->type))
			return true;
	}
	return has_own && has_free;
}

/* Is this a unit that is looked at for more than references taken in passing? */
static bool has_first_kind_or_acquires(const struct planning *p)
{
	unsigned i;

	for (i = 0; i < p->unit->function_count; i++)
		if (p->reach[i].acquires || p->reach[i].kinds & 1)
			return true;
	return false;
}

struct plan *plan_new(const struct ir_unit *unit, bool follows_all, bool minds_dirt)
{
	struct plan *plan = ARENA_NEW(unit->arena, struct plan);
	struct planning p = {
		.unit = unit, .plan = plan,
		.reach = ARENA_ARRAY(unit->arena, struct reach, unit->function_count + 1),
		.postorder = ARENA_ARRAY(unit->arena, uint32_t, unit->function_count + 1),
	};
	bool acquires = false;
	uint8_t kinds = 0;
	unsigned i;

	plan->bystanders = ARENA_ARRAY(unit->arena, const struct bystander *,
				       unit->function_count + 1);
	for (i = 0; i < unit->function_count; i++)
		visit(&p, i);
	if (p.is_cyclic)
		complete(&p);
	plan->takes_count = has_first_kind_or_acquires(&p);
	for (i = 0; i < unit->function_count; i++) {
		p.reach[i].acquires |= p.reach[i].takes && plan->takes_count;
		kinds |= p.reach[i].kinds;
		acquires |= p.reach[i].acquires;
		plan->added_kinds |= p.reach[i].added;
		plan->taken_kinds |= p.reach[i].taken;
		plan->returned_kinds |= p.reach[i].returned;
	}
	plan->has_two_kinds = (kinds & (kinds - 1)) != 0;
	plan->has_own_records = unit->private_record_count ||
				(plan->taken_kinds & 1 && unit->near_record_count);

	plan->effects = ARENA_ARRAY(unit->arena, struct function_effect,
				    unit->function_count + 1);
	plan->matters = ARENA_ARRAY(unit->arena, bool, unit->function_count + 1);
	plan->acquires = ARENA_ARRAY(unit->arena, bool, unit->function_count + 1);
	plan->order = p.postorder;
	plan->sees_own = ARENA_ARRAY(unit->arena, bool, unit->function_count + 1);
	for (i = 0; i < unit->function_count; i++)
		plan->sees_own[i] = acquires && plan->has_own_records && unit->functions[i] &&
				    sees_own_pages(plan, unit, unit->functions[i]);
	plan_find_far(plan, unit);
	for (i = 0; i < p.count; i++) {
		uint32_t index = p.postorder[i];
		const struct reach *reach = &p.reach[index];

		plan->acquires[index] = reach->acquires;
		plan->matters[index] = reach->acquires || (reach->kinds && plan->has_two_kinds) ||
				       can_release_wrongly(reach, acquires) ||
				       (minds_dirt && acquires && reach->dirties) ||
				       (reach->releases &&
					releases_beyond_variable(unit, unit->functions[index])) ||
				       plan->sees_own[index];
		if (plan->matters[index] || follows_all)
			plan->order[plan->count++] = index;
	}
	return plan;
}

void plan_find_made_kinds(struct plan *plan, const struct ir_unit *unit,
			  const struct contract_set *contracts)
{
	unsigned k, i;

	for (k = 0; k < contract_set_kind_count(contracts); k++) {
		const char *release = contract_kind_release_name(unit->arena,
					contract_set_kind(contracts, (contract_kind)k));

		for (i = 0; i < unit->function_count; i++)
			if (unit->functions[i] && !strcmp(unit->functions[i]->name, release))
				plan->made_kinds |= (uint8_t)(1u << k);
	}
}

bool plan_takes_several_kinds(const struct plan *plan)
{
	return (plan->taken_kinds & (plan->taken_kinds - 1)) != 0;
}

bool plan_is_closed(const struct plan *plan, uint32_t function)
{
	return plan->effects[function].is_known && !plan->effects[function].is_open;
}
