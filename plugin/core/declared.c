// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fields of the kernel's own records in which pages of one kind rest, whoever put them
 * there:
 *
 *	field vm_fault.page holds ordinary
 *	field pipe_buffer.page holds one ordinary
 *
 * They are no cells: those are compared with what the unit stores, and the unit stores next
 * to nothing into these.
 */
#include <string.h>

#include "declared.h"
#include "engine.h"

static unsigned step_count(const struct contract_field *field)
{
	unsigned count = 0;

	while (count < CONTRACT_FIELD_STEPS && field->steps[count])
		count++;
	return count;
}

/* What REGION is an element of, or the target of a pointer found in; NULL: neither. */
static const struct region *around(const struct engine *engine, const struct region *region)
{
	const struct symbol *s;

	if (region->kind == REGION_VARIABLE)
		return NULL;
	if (region->kind != REGION_POINTEE)
		return region->parent;
	s = symbol_get(engine->terms, region->symbol);
	while (s->base)
		s = symbol_get(engine->terms, s->base);
	return s->kind == SYMBOL_ADDRESS || s->kind == SYMBOL_LOADED ? s->region : NULL;
}

static bool is_field(const struct engine *engine, const struct region *region,
		     const struct contract_field *field)
{
	unsigned at = step_count(field), depth = 0;

	while (at) {
		while (region && region->kind != REGION_FIELD && depth++ < 16)
			region = around(engine, region);
		if (!region || region->kind != REGION_FIELD ||
		    *region->field != *field->steps[--at] ||
		    strcmp(region->field, field->steps[at]) != 0)
			return false;
		if (!at)
			return region->record && !strcmp(region->record, field->record);
		region = region->parent;
	}
	return false;
}

uint8_t declared_kinds(const struct engine *engine, const struct region *region)
{
	const struct contract_field *field;
	uint8_t kinds = 0;
	unsigned i;

	for (i = 0; (field = contract_set_field(engine->contracts, i)); i++)
		if (field->kind != CONTRACT_KIND_NONE && is_field(engine, region, field))
			kinds |= (uint8_t)(1u << field->kind);
	return kinds;
}

uint8_t declared_ones(const struct engine *engine, const struct region *region)
{
	const struct contract_field *field;
	uint8_t kinds = 0;
	unsigned i;

	for (i = 0; (field = contract_set_field(engine->contracts, i)); i++)
		if (field->is_one && is_field(engine, region, field))
			kinds |= field->kind == CONTRACT_KIND_NONE ? 0xff :
								     (uint8_t)(1u << field->kind);
	return kinds;
}
