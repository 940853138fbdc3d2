// SPDX-License-Identifier: GPL-2.0-or-later
/* The order of the functions; see plan.h. */
#include "plan.h"

/* What a function does by the contracts that it calls, itself or through others. */
struct reach {
	uint8_t kinds;		/* bit set of contract_kind that it takes or gives back */
	bool acquires;
	bool visited;
};

struct planning {
	const struct ir_unit *unit;
	struct plan *plan;
	struct reach *reach;
	uint32_t *postorder;
	unsigned count;
};

static void add_contract(struct reach *reach, const struct contract *contract)
{
	unsigned i;

	for (i = 0; i < contract->effect_count; i++) {
		const struct contract_effect *effect = &contract->effects[i];

		switch (effect->verb) {
		case CONTRACT_ACQUIRES:
			reach->acquires = true;
			/* fall through */
		case CONTRACT_RELEASES:
		case CONTRACT_ADDS:
		case CONTRACT_GIVES:
			if (effect->kind < CONTRACT_KIND_LIMIT)
				reach->kinds |= (uint8_t)(1u << effect->kind);
			break;
		default:
			break;
		}
	}
}

static void visit(struct planning *p, uint32_t index)
{
	const struct ir_function *f = p->unit->functions[index];
	struct reach *reach = &p->reach[index];
	unsigned v;

	if (reach->visited || !f)
		return;
	reach->visited = true;
	for (v = 1; v < f->value_count; v++) {
		const struct ir_instruction *i = &f->instructions[v];
		const struct ir_callee *callee = i->u.callee;

		if (i->op != IR_CALL)
			continue;
		if (callee->contract) {
			add_contract(reach, callee->contract);
		} else if (callee->function) {
			visit(p, callee->function - 1);
			reach->kinds |= p->reach[callee->function - 1].kinds;
			reach->acquires |= p->reach[callee->function - 1].acquires;
		}
	}
	p->postorder[p->count++] = index;
}

struct plan *plan_new(const struct ir_unit *unit, bool follows_all)
{
	struct plan *plan = ARENA_NEW(unit->arena, struct plan);
	struct planning p = {
		.unit = unit, .plan = plan,
		.reach = ARENA_ARRAY(unit->arena, struct reach, unit->function_count + 1),
		.postorder = ARENA_ARRAY(unit->arena, uint32_t, unit->function_count + 1),
	};
	uint8_t kinds = 0;
	bool has_two_kinds;
	unsigned i;

	for (i = 0; i < unit->function_count; i++)
		visit(&p, i);
	for (i = 0; i < unit->function_count; i++)
		kinds |= p.reach[i].kinds;
	has_two_kinds = (kinds & (kinds - 1)) != 0;

	plan->effects = ARENA_ARRAY(unit->arena, struct function_effect,
				    unit->function_count + 1);
	plan->matters = ARENA_ARRAY(unit->arena, bool, unit->function_count + 1);
	plan->acquires = ARENA_ARRAY(unit->arena, bool, unit->function_count + 1);
	plan->order = p.postorder;
	for (i = 0; i < p.count; i++) {
		uint32_t index = p.postorder[i];
		const struct reach *reach = &p.reach[index];

		/* Without a kind to mix it up with, a bare release says nothing. */
		plan->acquires[index] = reach->acquires;
		plan->matters[index] = reach->acquires || (reach->kinds && has_two_kinds);
		if (plan->matters[index] || follows_all)
			plan->order[plan->count++] = index;
	}
	return plan;
}

bool plan_is_closed(const struct plan *plan, uint32_t function)
{
	return plan->effects[function].is_known && !plan->effects[function].is_open;
}
