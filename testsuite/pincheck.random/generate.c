// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Programs like those of drivers, right and wrong: take pages, look at how many
 * there are, do something, give back.  Each step is one of several idioms, and
 * now and then it is spoiled: a wrong count, the other kind, a release left out
 * or done twice.
 */
#include "generate.h"

static void add_return(struct generator *g)
{
	static const enum variable pages[] = { VAR_NONE, VAR_PAGE, VAR_SPARE };
	static const enum variable numbers[] = { VAR_NONE, VAR_RET, VAR_ERR, VAR_DONE };
	struct statement *s = add(g, STATEMENT_RETURN);

	if (g->function->returns_page)
		s->source = pages[below(g, 3)];
	else
		s->a = variable(numbers[below(g, 4)]);
}

/* Leave the function, or go to where it cleans up. */
static void add_exit(struct generator *g)
{
	if (chance(g, 50)) {
		struct statement *s = add(g, STATEMENT_GOTO);

		s->label = below(g, 2);
		g->has_goto[s->label] = true;
	} else {
		add_return(g);
	}
}

/* -------------------------------------------------------------------- releasing */

static enum kind some_kind(struct generator *g)
{
	return chance(g, 93) ? g->kind : (enum kind)below(g, KIND_COUNT);
}

static enum callee release_of_page(struct generator *g)
{
	return some_kind(g) == PINNED ? CALLEE_UNPIN_PAGE : CALLEE_PUT_PAGE;
}

static void release_element(struct generator *g, struct expression index)
{
	enum variable page = chance(g, 80) ? VAR_SPARE : VAR_PAGE;
	struct statement *s = add(g, STATEMENT_LOAD), *test, **outer;

	s->variable = page;
	s->a = index;
	if (chance(g, 12)) {
		test = conditional(g, STATEMENT_IF, null_test(page, IR_NOT_EQUAL));
		outer = enter(g, &test->body);
		call_on(g, release_of_page(g), page);
		leave(g, outer);
	} else {
		call_on(g, release_of_page(g), page);
	}
}

static void release_forwards(struct generator *g, struct expression count)
{
	struct statement *loop, **outer;

	set(g, VAR_I, constant(chance(g, 92) ? 0 : 1));
	loop = conditional(g, STATEMENT_WHILE,
			   comparison(variable(VAR_I), chance(g, 92) ? IR_LESS : IR_LESS_EQUAL,
				      count));
	outer = enter(g, &loop->body);
	release_element(g, variable(VAR_I));
	set(g, VAR_I, offset(VAR_I, 1));
	leave(g, outer);
}

static void release_backwards(struct generator *g, struct expression count)
{
	struct statement *loop, **outer;

	count.constant--;
	set(g, VAR_I, count);
	loop = conditional(g, STATEMENT_WHILE,
			   comparison(variable(VAR_I), chance(g, 92) ? IR_GREATER_EQUAL : IR_GREATER,
				      constant(0)));
	outer = enter(g, &loop->body);
	release_element(g, variable(VAR_I));
	set(g, VAR_I, offset(VAR_I, -1));
	leave(g, outer);
}

/* while (count--) or, when nothing is known of the sign, while (count-- > 0) */
static void release_counting(struct generator *g, enum variable count)
{
	struct statement *loop = conditional(g, STATEMENT_WHILE,
		comparison(variable(count), chance(g, 60) ? IR_GREATER : IR_NOT_EQUAL,
			   constant(0)));
	struct statement **outer = enter(g, &loop->body);

	set(g, count, offset(count, -1));
	release_element(g, variable(count));
	leave(g, outer);
}

static void release_at_once(struct generator *g, struct expression count)
{
	struct statement *s = call(g, some_kind(g) == PINNED ? CALLEE_UNPIN_PAGES
							     : CALLEE_PUT_PAGES);

	s->b = count;
}

/* Give back the first COUNT elements. */
static void release_first(struct generator *g, enum variable count)
{
	struct expression e = variable(count);
	struct statement *guard = NULL, **outer = NULL;

	if (chance(g, 10))
		e.constant = (int)below(g, 3) - 1;
	if (chance(g, 6))
		e = variable(VAR_N);
	if (chance(g, 4))
		e = constant((int)below(g, 4));
	if (chance(g, 25)) {
		guard = conditional(g, STATEMENT_IF,
				    comparison(variable(count), IR_GREATER, constant(0)));
		outer = enter(g, &guard->body);
	}
	switch (below(g, 5)) {
	case 0:
		release_forwards(g, e);
		break;
	case 1:
		release_backwards(g, e);
		break;
	case 2:
		release_counting(g, count);
		break;
	default:
		release_at_once(g, e);
		break;
	}
	if (guard)
		leave(g, outer);
}

/* -------------------------------------------------------------------- acquiring */

static struct expression some_count(struct generator *g)
{
	return chance(g, 75) ? variable(VAR_N) : constant(1 + (int)below(g, 3));
}

static enum callee acquire_of_array(struct generator *g)
{
	return some_kind(g) == PINNED ? CALLEE_PIN_PAGES : CALLEE_GET_PAGES;
}

static void acquire(struct generator *g, struct expression from, struct expression count)
{
	struct statement *s = call(g, acquire_of_array(g));

	s->variable = VAR_RET;
	s->a = from;
	s->b = count;
}

/* if (ret != n) { give back what is there; leave } */
static void check_partial(struct generator *g, struct expression count)
{
	struct statement *s = conditional(g, STATEMENT_IF,
		comparison(variable(VAR_RET), chance(g, 50) ? IR_NOT_EQUAL : IR_LESS, count));
	struct statement **outer = enter(g, &s->body);

	if (chance(g, 80))
		release_first(g, VAR_RET);
	if (chance(g, 60))
		set(g, VAR_ERR, constant(-14));
	if (chance(g, 90))
		add_exit(g);
	leave(g, outer);
}

static void check_failure(struct generator *g)
{
	struct statement *s = conditional(g, STATEMENT_IF,
		comparison(variable(VAR_RET), chance(g, 50) ? IR_LESS : IR_LESS_EQUAL,
			   constant(0)));
	struct statement **outer = enter(g, &s->body);

	if (chance(g, 30))
		set(g, VAR_ERR, variable(VAR_RET));
	if (chance(g, 15))
		set(g, VAR_RET, constant(0));
	else
		add_exit(g);
	leave(g, outer);
}

/* if (ret == n) { use, give back } else { ... } */
static void check_complete(struct generator *g, struct expression count)
{
	struct statement *s = conditional(g, STATEMENT_IF,
					  comparison(variable(VAR_RET), IR_EQUAL, count));
	struct statement **outer = enter(g, &s->body);

	if (chance(g, 60))
		release_first(g, VAR_N);
	leave(g, outer);
	if (chance(g, 60)) {
		outer = enter(g, &s->otherwise);
		release_first(g, VAR_RET);
		leave(g, outer);
	}
	if (chance(g, 50))
		add_exit(g);
}

static void acquire_simply(struct generator *g)
{
	struct expression count = some_count(g);

	acquire(g, constant(0), count);
	if (chance(g, 70))
		check_failure(g);
	if (chance(g, 50))
		check_partial(g, count);
	else if (chance(g, 20))
		check_complete(g, count);
	if (chance(g, 50))
		set(g, VAR_DONE, variable(VAR_RET));
}

/* while (done < n) { ret = pin_pages(n - done, pages + done); ...; done += ret; } */
static void acquire_bit_by_bit(struct generator *g)
{
	struct statement *loop = conditional(g, STATEMENT_WHILE,
		comparison(variable(VAR_DONE), chance(g, 80) ? IR_LESS : IR_NOT_EQUAL,
			   variable(VAR_N)));
	struct statement **outer = enter(g, &loop->body), *test, **inner;

	acquire(g, chance(g, 95) ? variable(VAR_DONE) : constant(0),
		difference(VAR_N, VAR_DONE));
	test = conditional(g, STATEMENT_IF,
			   comparison(variable(VAR_RET), chance(g, 30) ? IR_LESS : IR_LESS_EQUAL,
				      constant(0)));
	inner = enter(g, &test->body);
	if (chance(g, 50))
		set(g, VAR_ERR, variable(VAR_RET));
	if (chance(g, 30))
		add(g, STATEMENT_BREAK);
	else
		add_exit(g);
	leave(g, inner);
	set(g, VAR_DONE, (struct expression){ .plus = VAR_DONE, .also = VAR_RET });
	leave(g, outer);
}

static void acquire_page(struct generator *g, enum variable page)
{
	call(g, some_kind(g) == PINNED ? CALLEE_PIN_PAGE : CALLEE_DUMP_PAGE)->variable = page;
}

/* if (!page) leave */
static void check_page(struct generator *g, enum variable page)
{
	struct statement *test = conditional(g, STATEMENT_IF, null_test(page, IR_EQUAL));
	struct statement **outer = enter(g, &test->body);

	add_exit(g);
	leave(g, outer);
}

/* for (done = 0; done < n; done++) { page = ...; if (!page) leave; pages[done] = page; } */
static void acquire_one_by_one(struct generator *g)
{
	struct statement *loop, **outer, *store;

	set(g, VAR_DONE, constant(0));
	loop = conditional(g, STATEMENT_WHILE,
			   comparison(variable(VAR_DONE), IR_LESS, some_count(g)));
	outer = enter(g, &loop->body);
	acquire_page(g, VAR_SPARE);
	if (chance(g, 92))
		check_page(g, VAR_SPARE);
	if (chance(g, 92)) {
		store = add(g, STATEMENT_STORE);
		store->a = variable(VAR_DONE);
		store->source = VAR_SPARE;
	}
	set(g, VAR_DONE, offset(VAR_DONE, 1));
	leave(g, outer);
}

/* In one go, into a slice of the array. */
static void acquire_exactly(struct generator *g)
{
	struct statement *s = call(g, CALLEE_PIN_EXACTLY);

	s->b = some_count(g);
	if (chance(g, 20))
		s->a = constant(1 + (int)below(g, 2));
	set(g, VAR_RET, s->b);
	set(g, VAR_DONE, s->b);
}

static void follow_helper(struct generator *g)
{
	struct statement *s = add(g, STATEMENT_FOLLOW);

	s->variable = chance(g, 80) ? VAR_RET : VAR_NONE;
	s->source = chance(g, 50) ? VAR_PAGE : VAR_NONE;
	s->b = some_count(g);
}

static void acquire_somehow(struct generator *g)
{
	switch (below(g, 9)) {
	case 0:
	case 1:
		acquire_bit_by_bit(g);
		break;
	case 2:
		acquire_one_by_one(g);
		break;
	case 3:
		acquire_page(g, VAR_PAGE);
		if (chance(g, 80))
			check_page(g, VAR_PAGE);
		break;
	case 4:
		acquire_exactly(g);
		break;
	default:
		acquire_simply(g);
		break;
	}
}

/* ------------------------------------------------------------------ in between */

static void keep(struct generator *g)
{
	add(g, STATEMENT_KEEP)->source = chance(g, 50) ? VAR_PAGE : VAR_PAGES;
}

static void release_page(struct generator *g, enum variable page)
{
	struct statement *test, **outer;

	if (chance(g, 70)) {
		call_on(g, release_of_page(g), page);
		return;
	}
	test = conditional(g, STATEMENT_IF, null_test(page, IR_NOT_EQUAL));
	outer = enter(g, &test->body);
	call_on(g, release_of_page(g), page);
	leave(g, outer);
}

static void load_page(struct generator *g)
{
	struct statement *s = add(g, STATEMENT_LOAD);

	s->variable = VAR_PAGE;
	s->a = chance(g, 70) ? constant((int)below(g, 3)) : offset(VAR_RET, -1);
}

static void move_page(struct generator *g)
{
	struct statement *s = add(g, STATEMENT_MOVE);

	s->variable = chance(g, 50) ? VAR_PAGE : VAR_SPARE;
	s->source = chance(g, 30) ? VAR_NONE :
		    s->variable == VAR_PAGE ? VAR_SPARE : VAR_PAGE;
}

/* if (something) leave */
static void leave_early(struct generator *g)
{
	struct statement *test = conditional(g, STATEMENT_IF, unknown);
	struct statement **outer = enter(g, &test->body);

	if (chance(g, 40))
		release_first(g, chance(g, 50) ? VAR_RET : VAR_DONE);
	if (chance(g, 30))
		set(g, VAR_ERR, constant(-22));
	add_exit(g);
	leave(g, outer);
}

static void do_something(struct generator *g)
{
	switch (below(g, 14)) {
	case 0:
		load_page(g);
		break;
	case 1:
		call_on(g, CALLEE_GET_PAGE, VAR_PAGE);
		break;
	case 2:
		release_page(g, chance(g, 70) ? VAR_PAGE : VAR_SPARE);
		break;
	case 3:
		call_on(g, CALLEE_LOOK_AT, VAR_PAGE);
		break;
	case 4:
		if (chance(g, 40))
			call_on(g, CALLEE_CONSUME, chance(g, 50) ? VAR_PAGE : VAR_PAGES);
		break;
	case 5:
		keep(g);
		break;
	case 6:
		move_page(g);
		break;
	case 7:
		if (g->has_helper)
			follow_helper(g);
		break;
	case 8:
	case 9:
		leave_early(g);
		break;
	case 10:
		call_on(g, CALLEE_GET_PAGE, VAR_PAGE);
		release_page(g, VAR_PAGE);
		break;
	case 11:
		load_page(g);
		release_page(g, VAR_PAGE);
		break;
	default:
		break;
	}
}

/* if (flag) { what STEP adds } */
static void under_flag(struct generator *g, void (*step)(struct generator *g))
{
	struct statement *test = conditional(g, STATEMENT_IF,
		comparison(variable(VAR_FLAG), chance(g, 85) ? IR_NOT_EQUAL : IR_EQUAL,
			   constant(0)));
	struct statement **outer = enter(g, &test->body);

	step(g);
	leave(g, outer);
}

static void release_somehow(struct generator *g)
{
	static const enum variable counts[] = { VAR_RET, VAR_RET, VAR_DONE, VAR_DONE, VAR_N };

	if (chance(g, 12))
		release_page(g, VAR_PAGE);
	else
		release_first(g, counts[below(g, 5)]);
}

/* ------------------------------------------------------------------- functions */

static void begin_array(struct generator *g)
{
	struct statement *test, **outer;

	if (g->function->array != ARRAY_HEAP)
		return;
	test = call(g, chance(g, 70) ? CALLEE_ALLOC : CALLEE_ALLOC_ZEROED);
	test->variable = VAR_PAGES;
	test->b = variable(VAR_N);
	if (chance(g, 95)) {
		test = conditional(g, STATEMENT_IF, null_test(VAR_PAGES, IR_EQUAL));
		outer = enter(g, &test->body);
		add_return(g);
		leave(g, outer);
	}
}

static void end_array(struct generator *g)
{
	if (g->function->array == ARRAY_HEAP && chance(g, 80))
		call_on(g, CALLEE_FREE, VAR_PAGES);
}

static void choose_types(struct generator *g)
{
	const struct ir_type numbers[] = { type_int, type_int, type_int, type_long,
					   type_unsigned_long };
	struct ir_type *types = g->function->types;

	types[VAR_OBJ] = type_pointer;
	types[VAR_PAGES] = type_pages;
	types[VAR_PAGE] = types[VAR_SPARE] = type_page;
	types[VAR_FLAG] = type_int;
	types[VAR_N] = numbers[below(g, 5)];
	types[VAR_RET] = numbers[below(g, 4)];
	types[VAR_DONE] = numbers[below(g, 5)];
	types[VAR_I] = numbers[below(g, 4)];
	types[VAR_ERR] = type_int;
}

/* The whole function: take, do something, give back, clean up. */
static void generate_body(struct generator *g)
{
	unsigned label, n;

	if (chance(g, 15))
		set(g, VAR_N, constant(1 + (int)below(g, 3)));
	begin_array(g);
	for (n = 1 + (chance(g, 25) ? 1 : 0); n; n--) {
		if (chance(g, 12))
			under_flag(g, acquire_somehow);
		else
			acquire_somehow(g);
		for (label = below(g, 3); label; label--)
			do_something(g);
	}
	for (n = below(g, 3); n; n--) {
		if (chance(g, 25))
			under_flag(g, release_somehow);
		else
			release_somehow(g);
	}
	for (label = 0; label < 2; label++) {
		if (chance(g, 40)) {
			end_array(g);
			add_return(g);
		}
		if (!g->has_goto[label])
			continue;
		add(g, STATEMENT_LABEL)->label = label;
		if (chance(g, 60))
			release_somehow(g);
	}
	end_array(g);
	add_return(g);
}

/* A helper gives back, or takes and gives back when that was not enough. */
static void generate_helper(struct generator *g)
{
	if (chance(g, 50)) {
		release_first(g, VAR_N);
		return;
	}
	acquire_simply(g);
	if (chance(g, 50))
		release_somehow(g);
	for (unsigned label = 0; label < 2; label++)
		if (g->has_goto[label])
			add(g, STATEMENT_LABEL)->label = label;
	add_return(g);
}

static void generate_function(struct generator *g, unsigned index)
{
	static const enum array_mode modes[] = {
		ARRAY_LOCAL, ARRAY_LOCAL, ARRAY_HEAP, ARRAY_HEAP, ARRAY_PARAMETER,
	};

	g->function = &g->program->functions[index];
	g->function->name = index ? "helper" : "function";
	g->function->array = index ? ARRAY_PARAMETER : modes[below(g, 5)];
	g->function->returns_page = !index && chance(g, 8);
	g->end = &g->function->body;
	choose_types(g);
	if (index)
		generate_helper(g);
	else
		generate_body(g);
}

struct program *program_generate(struct arena *arena, unsigned long seed)
{
	struct program *program = ARENA_NEW(arena, struct program);
	struct generator g = { .arena = arena, .program = program, .state = seed };

	program->seed = seed;
	program->location_count = 1;
	g.kind = (enum kind)below(&g, KIND_COUNT);
	g.has_helper = chance(&g, 25);
	program->function_count = g.has_helper ? 2 : 1;
	generate_function(&g, 0);
	g.has_goto[0] = g.has_goto[1] = false;
	if (g.has_helper)
		generate_function(&g, 1);
	return program;
}
