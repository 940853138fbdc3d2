// SPDX-License-Identifier: GPL-2.0-or-later
/* Pages, memory and calls; see machine.h. */
#include <stddef.h>
#include <string.h>

#include "machine.h"

#define PAGE_BASE	((ir_integer)1 << 40)
#define PAGE_STRIDE	64
#define OBJECT_STRIDE	((ir_integer)1 << 20)
/* of the first object; what lies before an object belongs to it as well */
#define OBJECT_BASE	(((ir_integer)1 << 44) + OBJECT_STRIDE / 2)
#define COUNT_LIMIT	8	/* elements of an array, all outcomes are tried */
#define LARGE_LIMIT	36	/* an errno or two too many */
#define CALL_LIMIT	5	/* acquiring calls of an execution */
#define FAULT		(-14)	/* -EFAULT */

/* ------------------------------------------------------------------- choices */

unsigned machine_choose(struct machine *m, unsigned of)
{
	struct choice *choice = &m->choices[m->choice_next];

	if (m->choice_next == CHOICE_LIMIT) {
		m->is_stopped = true;
		return 0;
	}
	if (m->choice_next++ == m->choice_count) {
		m->choice_count++;
		choice->taken = 0;
		choice->of = of;
	}
	return choice->taken;
}

bool machine_next_choices(struct machine *m)
{
	while (m->choice_count && m->choices[m->choice_count - 1].taken + 1 ==
				  m->choices[m->choice_count - 1].of)
		m->choice_count--;
	if (!m->choice_count)
		return false;
	m->choices[m->choice_count - 1].taken++;
	return true;
}

void machine_reset(struct machine *m)
{
	memset(&m->steps, 0, offsetof(struct machine, pages) - offsetof(struct machine, steps));
	m->choice_next = 0;
}

/* -------------------------------------------------------------------- memory */

ir_integer machine_new_object(struct machine *m, enum object_kind kind)
{
	struct object *object;

	if (m->object_count == OBJECT_LIMIT) {
		m->is_stopped = true;
		return 0;
	}
	object = &m->objects[m->object_count];
	object->kind = kind;
	object->is_zeroed = object->is_reachable = false;
	object->count = 0;
	return OBJECT_BASE + m->object_count++ * OBJECT_STRIDE;
}

static struct page *new_page(struct machine *m, ir_integer *address)
{
	if (m->page_count == PAGE_LIMIT) {
		m->is_stopped = true;
		m->page_count--;
	}
	*address = PAGE_BASE + m->page_count * PAGE_STRIDE;
	memset(&m->pages[m->page_count], 0, sizeof(m->pages[0]));
	return &m->pages[m->page_count++];
}

ir_integer machine_new_foreign_page(struct machine *m)
{
	ir_integer address;

	new_page(m, &address)->is_foreign = true;
	return address;
}

static struct page *page_at(struct machine *m, struct value address)
{
	ir_integer number = (address.number - PAGE_BASE) / PAGE_STRIDE;

	if (address.is_undefined || address.number < PAGE_BASE || number >= m->page_count)
		return NULL;
	return &m->pages[number];
}

static struct object *object_at(struct machine *m, struct value address)
{
	ir_integer start = OBJECT_BASE - OBJECT_STRIDE / 2;
	ir_integer number = (address.number - start) / OBJECT_STRIDE;

	if (address.is_undefined || address.number < start || number >= m->object_count)
		return NULL;
	return &m->objects[number];
}

ir_integer machine_local(struct machine *m, uint32_t variable)
{
	if (!m->locals[variable]) {
		machine_new_object(m, OBJECT_LOCAL);
		m->locals[variable] = m->object_count;
	}
	return OBJECT_BASE + (m->locals[variable] - 1) * OBJECT_STRIDE;
}

static void forget_contents(struct object *object)
{
	object->count = 0;
	object->is_zeroed = false;
}

void machine_end_local(struct machine *m, uint32_t variable)
{
	if (m->locals[variable])
		forget_contents(&m->objects[m->locals[variable] - 1]);
	m->locals[variable] = 0;
}

static struct cell *find_cell(struct object *object, ir_integer offset)
{
	unsigned n;

	for (n = 0; n < object->count; n++)
		if (object->cells[n].offset == offset)
			return &object->cells[n];
	return NULL;
}

static ir_integer offset_in_object(struct value address)
{
	return (address.number - OBJECT_BASE + OBJECT_STRIDE / 2) % OBJECT_STRIDE;
}

struct value machine_load(struct machine *m, struct value address)
{
	struct object *object = object_at(m, address);
	struct value value = { .is_undefined = true };
	struct cell *cell;

	if (!object)
		return value;
	cell = find_cell(object, offset_in_object(address));
	if (cell)
		return cell->value;
	if (object->kind == OBJECT_OUTSIDE) {
		value.is_undefined = false;
		value.number = machine_new_foreign_page(m);
		machine_store(m, address, value);
		page_at(m, value)->is_found = true;
	} else if (object->is_zeroed) {
		value.is_undefined = false;
	}
	value.has_neighbours = value.is_undefined && object->count;
	return value;
}

void machine_store(struct machine *m, struct value address, struct value value)
{
	struct object *object = object_at(m, address);
	struct cell *cell;

	if (!object)
		return;
	cell = find_cell(object, offset_in_object(address));
	if (!cell) {
		if (object->count == CELL_LIMIT) {
			m->is_stopped = true;
			return;
		}
		cell = &object->cells[object->count++];
	}
	cell->offset = offset_in_object(address);
	cell->value = value;
}

static struct value element(struct value array, ir_integer index)
{
	array.number += index * 8;
	return array;
}

/* ------------------------------------------------------------------ acquiring */

static ir_integer acquire_page(struct machine *m, enum kind kind, unsigned origin)
{
	ir_integer address;
	struct page *page = new_page(m, &address);

	page->has_obligation = true;
	page->kind = kind;
	page->origin = origin;
	page->had[kind] = true;
	page->count[kind] = 1;
	m->sites[origin].acquires++;
	return address;
}

/* How many of NR pages are got, or an errno. */
static ir_integer choose_count(struct machine *m, const struct callee_info *callee,
			       ir_integer nr)
{
	unsigned choice;

	if (callee->is_exact)
		return nr;
	if (nr < 0)
		return FAULT;
	if (nr > COUNT_LIMIT) {
		choice = machine_choose(m, nr > LARGE_LIMIT ? 2 : 3);
		return choice == 2 ? nr : choice == 1 ? 1 : FAULT;
	}
	choice = machine_choose(m, (unsigned)nr + 2);
	if (!choice)
		return nr;
	return choice == 1 ? FAULT : (ir_integer)choice - 2;
}

static struct value acquire_array(struct machine *m, const struct callee_info *callee,
				  const struct value *arguments, unsigned origin)
{
	struct value result = { 0 }, page = { 0 };
	ir_integer nr = arguments[0].number, i;

	if (arguments[0].is_undefined || ++m->calls > CALL_LIMIT ||
	    (callee->is_exact && nr > LARGE_LIMIT)) {
		m->is_stopped = true;
		return result;
	}
	/* Before the start: counted with an error. */
	if (object_at(m, arguments[1]) && offset_in_object(arguments[1]) < OBJECT_STRIDE / 2)
		m->may_be[FINDING_OVER_RELEASE][origin] = true;
	result.number = choose_count(m, callee, nr);
	for (i = 0; i < result.number; i++) {
		page.number = acquire_page(m, callee->kind, origin);
		machine_store(m, element(arguments[1], i), page);
	}
	/* Whoever passes an array to be filled has nothing in it. */
	for (page.is_undefined = true; i < nr && i < COUNT_LIMIT; i++) {
		struct object *object = object_at(m, arguments[1]);

		if (object && object->kind == OBJECT_OUTSIDE &&
		    !find_cell(object, offset_in_object(element(arguments[1], i))))
			machine_store(m, element(arguments[1], i), page);
	}
	return result;
}

static struct value acquire_or_null(struct machine *m, const struct callee_info *callee,
				    unsigned origin)
{
	struct value result = { 0 };

	if (++m->calls > 2 * CALL_LIMIT)
		m->is_stopped = true;
	if (!machine_choose(m, 2))
		result.number = acquire_page(m, callee->kind, origin);
	return result;
}

static void add_reference(struct machine *m, struct value address, enum kind kind)
{
	struct page *page = page_at(m, address);

	if (!page)
		return;
	page->is_added = true;
	page->had[kind] = true;
	page->count[kind]++;
}

/* ------------------------------------------------------------------- releasing */

static void wrong_release(struct machine *m, struct page *page, enum kind kind, unsigned site)
{
	enum kind other = kind == PINNED ? ORDINARY : PINNED;
	bool is_certain = !page->is_tainted && !page->is_added;

	m->may_be[FINDING_DOUBLE_RELEASE][site] = true;
	m->may_be[FINDING_OVER_RELEASE][site] = true;
	if (page->had[other])
		m->may_be[other == PINNED ? FINDING_PUT_PINNED : FINDING_UNPIN_ORDINARY][site] =
			true;
	m->sites[site].wrong_releases += is_certain;
	page->is_tainted = true;
}

/* What was never stored has no name; the finding may call it what it likes. */
static void not_a_page(struct machine *m, struct value address, unsigned site)
{
	m->may_be[FINDING_OVER_RELEASE][site] = true;
	if (!address.is_undefined)
		return;
	m->may_be[FINDING_DOUBLE_RELEASE][site] = true;
	m->may_be[FINDING_PUT_PINNED][site] = true;
	m->may_be[FINDING_UNPIN_ORDINARY][site] = true;
	/* An array that was never written to is the compiler's to warn about. */
	m->sites[site].wrong_releases += address.has_neighbours;
}

/*
 * What memory names is one reference, and so is a pin, which nothing is added to; nobody
 * says how many ordinary references a page has that was passed.
 */
static void release_foreign_page(struct machine *m, struct page *page, enum kind kind,
				 unsigned site)
{
	if (page->was_given[kind] && !page->is_added && !page->is_taken &&
	    (page->is_found || kind == PINNED))
		m->may_be[FINDING_DOUBLE_RELEASE][site] = true;
	page->was_given[kind] = true;
}

static void release_page(struct machine *m, struct value address, enum kind kind,
			 bool skips_null, unsigned site)
{
	struct page *page = page_at(m, address);
	enum kind other = kind == PINNED ? ORDINARY : PINNED;

	if (!page && skips_null && !address.is_undefined && !address.number)
		return;
	m->sites[site].releases++;
	if (!page) {
		not_a_page(m, address, site);
		return;
	}
	if (page->is_foreign) {
		release_foreign_page(m, page, kind, site);
		return;
	}
	if (page->is_taken) {
		/* It may be gone, but what kind it was does not change. */
		if (page->had[other] && !page->had[kind])
			m->may_be[other == PINNED ? FINDING_PUT_PINNED
						  : FINDING_UNPIN_ORDINARY][site] = true;
		return;
	}
	/* It counts as given back since the wrong release, or does not. */
	if (page->is_tainted) {
		m->may_be[FINDING_DOUBLE_RELEASE][site] = true;
		m->may_be[FINDING_OVER_RELEASE][site] = true;
	}
	if (page->count[kind])
		page->count[kind]--;
	else
		wrong_release(m, page, kind, site);
}

static void release_array(struct machine *m, const struct callee_info *callee,
			  const struct value *arguments, unsigned site)
{
	ir_integer nr = arguments[1].number, i;

	if (nr > LARGE_LIMIT) {
		/* An errno as a count. */
		m->sites[site].releases++;
		m->may_be[FINDING_OVER_RELEASE][site] = true;
		m->may_be[FINDING_DOUBLE_RELEASE][site] = true;
		return;
	}
	for (i = 0; i < nr; i++)
		release_page(m, machine_load(m, element(arguments[0], i)), callee->kind,
			     callee->skips_null, site);
}

static void use_page(struct machine *m, struct value address, unsigned site)
{
	const struct page *page = page_at(m, address);

	if (page && !page->is_foreign && !page->is_taken &&
	    (page->is_tainted || !(page->count[PINNED] + page->count[ORDINARY])))
		m->may_be[FINDING_USE_AFTER_RELEASE][site] = true;
}

/* -------------------------------------------------------------- reachability */

void machine_reach(struct machine *m, struct value value)
{
	struct page *page = page_at(m, value);
	struct object *object = object_at(m, value);
	unsigned n;

	if (page)
		page->is_reachable = true;
	if (!object || object->is_reachable)
		return;
	object->is_reachable = true;
	for (n = 0; n < object->count; n++)
		machine_reach(m, object->cells[n].value);
}

static void forget_reached(struct machine *m)
{
	unsigned n;

	for (n = 0; n < m->page_count; n++)
		m->pages[n].is_reachable = false;
	for (n = 0; n < m->object_count; n++)
		m->objects[n].is_reachable = false;
}

/* Whatever can be got at from VALUE may be taken over. */
static void consume(struct machine *m, struct value value)
{
	unsigned n;

	forget_reached(m);
	machine_reach(m, value);
	for (n = 0; n < m->page_count; n++)
		m->pages[n].is_taken |= m->pages[n].is_reachable;
	for (n = 0; n < m->object_count; n++)
		if (m->objects[n].is_reachable && m->objects[n].kind == OBJECT_HEAP)
			m->objects[n].kind = OBJECT_OUTSIDE;
	forget_reached(m);
}

void machine_find_leaks(struct machine *m)
{
	unsigned n;

	for (n = 0; n < m->object_count; n++)
		/* An execution that was stopped still has its own memory. */
		if (m->is_stopped || m->objects[n].kind == OBJECT_OUTSIDE) {
			struct value object = { .number = OBJECT_BASE + n * OBJECT_STRIDE };

			machine_reach(m, object);
		}
	for (n = 0; n < m->page_count; n++) {
		const struct page *page = &m->pages[n];

		if (!page->has_obligation || page->is_taken || page->is_reachable ||
		    !(page->count[PINNED] + page->count[ORDINARY]))
			continue;
		m->may_be[FINDING_LEAK][page->origin] = true;
		m->sites[page->origin].leaks +=
			page->count[page->kind] && !page->is_tainted && !page->is_added;
	}
}

/* ----------------------------------------------------------------------- calls */

static struct value allocate(struct machine *m, const struct callee_info *callee)
{
	struct value result = { 0 };

	if (machine_choose(m, 2))
		return result;
	result.number = machine_new_object(m, OBJECT_HEAP);
	if (!m->is_stopped)
		m->objects[m->object_count - 1].is_zeroed = callee->is_zeroed;
	return result;
}

struct value machine_call(struct machine *m, const struct ir_instruction *call,
			  const struct value *arguments)
{
	const struct callee_info *callee = callees;
	struct value nothing = { 0 };

	while (strcmp(callee->name, call->u.callee->name))
		callee++;
	switch (callee->action) {
	case ACTION_ACQUIRE_ARRAY:
		return acquire_array(m, callee, arguments, call->location);
	case ACTION_ACQUIRE_PAGE:
		return acquire_or_null(m, callee, call->location);
	case ACTION_ALLOCATE:
		return allocate(m, callee);
	case ACTION_RELEASE_ARRAY:
		release_array(m, callee, arguments, call->location);
		break;
	case ACTION_RELEASE_PAGE:
		release_page(m, arguments[0], callee->kind, false, call->location);
		break;
	case ACTION_ADD:
		add_reference(m, arguments[0], callee->kind);
		break;
	case ACTION_USE:
		use_page(m, arguments[0], call->location);
		break;
	case ACTION_FREE:
		if (object_at(m, arguments[0]))
			forget_contents(object_at(m, arguments[0]));
		break;
	case ACTION_UNKNOWN:
		consume(m, arguments[0]);
		break;
	}
	return nothing;
}
