// SPDX-License-Identifier: GPL-2.0-or-later
/* The clauses of one function. */
#include <string.h>

#include "contract-clause.h"
#include "contract-parser.h"

const struct clause contract_clauses[CLAUSE_VERB_COUNT] = {
#define CLAUSE(verb, word, parts, suffixes) [CONTRACT_##verb] = { word, parts, suffixes },
#include "contract-clause.def"
#undef CLAUSE
};

const struct flag_word contract_flag_words[FLAG_WORD_COUNT] = {
	{ "neutral", CONTRACT_NEUTRAL },
	{ "noreturn", CONTRACT_NORETURN },
	{ "unknown", CONTRACT_UNKNOWN },
};

const struct suffix contract_suffixes[SUFFIX_COUNT] = {
	{ "zeroed", "", CONTRACT_ZEROED },
	{ "or", "null", CONTRACT_OR_NULL },
	{ "or", "error", CONTRACT_OR_ERROR },
	{ "skipping", "null", CONTRACT_SKIPS_NULL },
	{ "unless", "null", CONTRACT_IGNORES_NULL },
};

const char *const contract_words[CONTRACT_WORD_COUNT] = {
#define CLAUSE(verb, word, parts, suffixes) word,
#include "contract-clause.def"
#undef CLAUSE
	"neutral", "noreturn", "unknown", "function", "kind", "era", "container", "field", "when",
	"in", "times", "run", "or", "skipping",
};

/* What has been read of one function's clauses. */
struct clause_list {
	struct contract_parser *parser;
	struct contract *contract;
	unsigned count;
	struct contract_effect effects[EFFECT_LIMIT];
};

contract_kind parser_expect_kind(struct contract_parser *parser, const char *verb)
{
	struct token name = parser->window[0];
	const char *close;
	unsigned i;

	if (name.kind != TOKEN_NAME) {
		parser_expected(parser, arena_printf(parser->arena,
						     "a kind after '%s'", verb));
		return CONTRACT_KIND_NONE;
	}
	if (parser_accept(parser, "any"))
		return CONTRACT_KIND_NONE;
	for (i = 0; i < parser->kind_count; i++) {
		if (parser_accept(parser, parser->kinds[i].name))
			return (contract_kind)i;
	}
	close = closest_name(name.text, name.length, &parser->kinds[0].name,
			     parser->kind_count, sizeof(parser->kinds[0]));
	parser_fail(parser, &name, "unknown kind '%.*s'%s%s%s", (int)name.length, name.text,
		    close ? "; did you mean '" : "", close ? close : "", close ? "'?" : "");
	return CONTRACT_KIND_NONE;
}

/* LOW .. HIGH with both ends written as numbers. */
static bool is_empty(const struct contract_effect *effect, int64_t least_length)
{
	return effect->low && effect->low->op == CONTRACT_NUMBER &&
	       effect->high && effect->high->op == CONTRACT_NUMBER &&
	       effect->high->number - least_length < effect->low->number;
}

static void parse_range(struct contract_parser *parser, struct contract_effect *effect)
{
	struct token open = parser_take(parser);

	effect->flags |= CONTRACT_HAS_RANGE;
	effect->low = parse_expression(parser, false);
	parser_expect(parser, "..", "'..' after the lower end of the range");
	effect->high = parse_expression(parser, false);
	if (token_is(&parser->window[0], "]"))
		parser_fail(parser, &parser->window[0],
			    "a range ends with ')': its upper end is not part of it");
	parser_expect(parser, ")", "')' after the upper end of the range");
	if (is_empty(effect, 1))
		parser_fail(parser, &open, "the range is empty");
}

static void parse_count(struct contract_parser *parser, struct contract_effect *effect)
{
	if (parser_accept(parser, "times"))
		effect->flags |= CONTRACT_TIMES;
	else if (parser_accept(parser, "run"))
		effect->flags |= CONTRACT_RUN;
	else
		return;
	effect->high = parse_expression(parser, false);
}

static bool has_elements(const struct contract_place *place)
{
	unsigned i;

	for (i = 0; i < place->step_count; i++) {
		if (place->steps[i].kind == CONTRACT_ELEMENTS)
			return true;
	}
	return false;
}

static const char *suffix_text(struct contract_parser *parser, const struct suffix *suffix)
{
	return arena_printf(parser->arena, "'%s%s%s'", suffix->first,
			    suffix->second[0] ? " " : "", suffix->second);
}

static void take_suffix(struct contract_parser *parser, const struct suffix *suffix,
			const struct clause *clause, struct contract_effect *effect)
{
	struct token token = parser_take(parser);

	if (suffix->second[0])
		parser_take(parser);
	if (!(clause->suffixes & suffix->flag))
		parser_fail(parser, &token, "%s cannot follow '%s'",
			    suffix_text(parser, suffix), clause->word);
	if (effect->flags & suffix->flag)
		parser_fail(parser, &token, "%s stands here twice",
			    suffix_text(parser, suffix));
	effect->flags |= suffix->flag;
}

/* `or null', `skipping null', ...: false if there is none. */
static bool parse_suffix(struct contract_parser *parser, const struct clause *clause,
			 struct contract_effect *effect)
{
	struct token token = parser->window[0];
	bool is_begun = false;
	size_t i;

	for (i = 0; i < SUFFIX_COUNT; i++) {
		const struct suffix *suffix = &contract_suffixes[i];

		if (!token_is(&token, suffix->first))
			continue;
		if (!suffix->second[0] || token_is(&parser->window[1], suffix->second)) {
			take_suffix(parser, suffix, clause, effect);
			return true;
		}
		is_begun = true;
	}
	if (is_begun) {
		parser_take(parser);
		parser_expected(parser, token_is(&token, "or") ? "'null' or 'error' after 'or'" :
				arena_printf(parser->arena, "'null' after '%.*s'",
					     (int)token.length, token.text));
	}
	return false;
}

static void parse_suffixes(struct contract_parser *parser, const struct clause *clause,
			   struct contract_effect *effect)
{
	struct token first = parser->window[0];

	while (parse_suffix(parser, clause, effect))
		;
	if ((effect->flags & CONTRACT_SKIPS_NULL) &&
	    !(effect->flags & (CONTRACT_HAS_RANGE | CONTRACT_RUN)) &&
	    !has_elements(&effect->place))
		parser_fail(parser, &first,
			    "'skipping null' is for several pages; for one it is 'unless null'");
	if (parser_accept(parser, "when"))
		effect->tests = parse_condition(parser, &effect->test_count);
}

/* returns true when ... | same place | another place | inside place | low .. high | place */
static void parse_returns(struct contract_parser *parser, struct contract_effect *effect)
{
	struct token first = parser->window[0];

	effect->place.root = CONTRACT_RETURN;
	if (parser_accept(parser, "same")) {
		effect->verb = CONTRACT_RETURNS_SAME;
		parse_place(parser, &effect->value);
	} else if (parser_accept(parser, "another")) {
		effect->verb = CONTRACT_RETURNS_ANOTHER;
		parse_place(parser, &effect->value);
	} else if (parser_accept(parser, "inside")) {
		effect->verb = CONTRACT_RETURNS_INSIDE;
		parse_place(parser, &effect->value);
	} else if (parser_accept(parser, "true")) {
		effect->verb = CONTRACT_RETURNS_TRUE;
		if (!token_is(&parser->window[0], "when"))
			parser_expected(parser, "'when' after 'returns true'");
	} else {
		effect->low = parse_expression(parser, true);
		if (parser->has_failed)
			return;
		if (!token_is(&parser->window[0], "..") &&
		    effect->low->op == CONTRACT_PLACE &&
		    (effect->low->place.step_count ||
		     effect->low->place.root == CONTRACT_GLOBAL)) {
			effect->verb = CONTRACT_RETURNS_PLACE;
			effect->place = effect->low->place;
			effect->low = NULL;
		} else {
			effect->verb = CONTRACT_RETURNS_RANGE;
			parser_expect(parser, "..", effect->low->op == CONTRACT_PLACE ?
				"'..' after the lower end of the range (or 'returns same')" :
				"'..' after the lower end of the range");
			effect->high = parse_expression(parser, false);
			if (is_empty(effect, 0))
				parser_fail(parser, &first, "the range is empty");
		}
	}
}

/* References that the function takes, gives back, or remembers. */
static bool is_about_references(enum contract_verb verb)
{
	switch (verb) {
	case CONTRACT_ACQUIRES:
	case CONTRACT_TAKES:
	case CONTRACT_FILLS:
	case CONTRACT_RELEASES:
	case CONTRACT_ADDS:
	case CONTRACT_STORES:
	case CONTRACT_TRANSFERS:
	case CONTRACT_KEEPS:
		return true;
	default:
		return false;
	}
}

static bool is_return(enum contract_verb verb)
{
	return verb == CONTRACT_RETURNS_SAME || verb == CONTRACT_RETURNS_ANOTHER ||
	       verb == CONTRACT_RETURNS_INSIDE || verb == CONTRACT_RETURNS_PLACE ||
	       verb == CONTRACT_RETURNS_RANGE || verb == CONTRACT_RETURNS_TRUE;
}

static void check_flags(struct contract_parser *parser, const struct token *word,
			unsigned flags, enum contract_verb verb)
{
	const char *flag = NULL;

	if ((flags & CONTRACT_NEUTRAL) && is_about_references(verb))
		flag = "neutral";
	else if ((flags & CONTRACT_UNKNOWN) && is_about_references(verb))
		flag = "unknown";
	else if ((flags & CONTRACT_NORETURN) && is_return(verb))
		flag = "noreturn";
	if (flag)
		parser_fail(parser, word, "'%s' and '%s' contradict each other", flag,
			    contract_clauses[verb].word);
}

static bool is_same_place(const struct contract_place *a, const struct contract_place *b)
{
	unsigned i;

	if (a->root != b->root || a->parameter != b->parameter || a->name != b->name ||
	    a->step_count != b->step_count)
		return false;
	for (i = 0; i < a->step_count; i++) {
		if (a->steps[i].kind != b->steps[i].kind || a->steps[i].field != b->steps[i].field)
			return false;
	}
	return true;
}

static bool is_unconditional_one_page(const struct contract_effect *effect)
{
	return effect->test_count == 0 &&
	       !(effect->flags & (CONTRACT_HAS_RANGE | CONTRACT_RUN | CONTRACT_TIMES));
}

/* Do the two clauses say the opposite, or the same thing twice? */
static void check_pair(struct contract_parser *parser, const struct token *word,
		       const struct contract_effect *before,
		       const struct contract_effect *effect)
{
	bool both_always = is_unconditional_one_page(before) && is_unconditional_one_page(effect);

	if (!both_always)
		return;
	if (is_return(before->verb) && is_return(effect->verb) &&
	    before->verb == effect->verb) {
		parser_fail(parser, word, "there is a 'returns' of this form already; "
			    "two of them need conditions, 'when ...'");
		return;
	}
	if (before->verb == effect->verb && before->kind == effect->kind &&
	    is_about_references(effect->verb) && effect->verb != CONTRACT_STORES &&
	    is_same_place(&before->place, &effect->place))
		parser_fail(parser, word, "the same clause stands here twice; "
			    "several references are 'times NUMBER'");
	if (before->verb == CONTRACT_ACQUIRES && effect->verb == CONTRACT_ACQUIRES &&
	    before->kind != effect->kind && is_same_place(&before->place, &effect->place))
		parser_fail(parser, word, "the same page is acquired as two kinds; "
			    "tell them apart by 'when ...'");
}

static void check_effect(struct clause_list *list, const struct token *word,
			 const struct contract_effect *effect)
{
	struct contract_parser *parser = list->parser;
	unsigned i;

	if (parser->has_failed)
		return;
	check_flags(parser, word, list->contract->flags, effect->verb);
	if (effect->place.root == CONTRACT_RETURN &&
	    (effect->verb == CONTRACT_RELEASES || effect->verb == CONTRACT_REQUIRES ||
	     effect->verb == CONTRACT_FREES))
		parser_fail(parser, word, "'%s' is about what is there before the call, "
			    "and 'return' is not", contract_clauses[effect->verb].word);
	for (i = 0; i < list->count; i++)
		check_pair(parser, word, &list->effects[i], effect);
}

/* A place with what may say that it is several pages. */
static void parse_subject(struct contract_parser *parser, const struct clause *clause,
			  struct contract_effect *effect, struct contract_place *place)
{
	parse_place(parser, place);
	if ((clause->parts & CLAUSE_RANGE) && parser_at_range(parser))
		parse_range(parser, effect);
	else if (clause->parts & CLAUSE_COUNT)
		parse_count(parser, effect);
}

static void parse_effect(struct clause_list *list, enum contract_verb verb)
{
	const struct clause *clause = &contract_clauses[verb];
	struct contract_parser *parser = list->parser;
	struct token word = parser_take(parser);
	struct contract_effect effect = { .verb = verb, .kind = CONTRACT_KIND_NONE };

	if (clause->parts & CLAUSE_KIND)
		effect.kind = parser_expect_kind(parser, clause->word);
	if (clause->parts & CLAUSE_SOURCE) {
		parse_subject(parser, clause, &effect, &effect.value);
		parser_expect(parser, "in", "'in' and a place after what is stored");
		parse_place(parser, &effect.place);
	} else if (clause->parts & CLAUSE_PLACE) {
		parse_subject(parser, clause, &effect, &effect.place);
	}
	if (clause->parts & CLAUSE_NUMBER)
		effect.high = parse_expression(parser, false);
	if (clause->parts & CLAUSE_VALUE) {
		parser_expect(parser, "to", clause->parts & CLAUSE_NUMBER ?
			      "'to' and a value after what is limited" :
			      "'to' and a value after the place that is set");
		effect.low = parse_expression(parser, false);
	}
	if (is_return(verb))
		parse_returns(parser, &effect);
	parse_suffixes(parser, &contract_clauses[effect.verb], &effect);

	check_effect(list, &word, &effect);
	if (list->count == EFFECT_LIMIT) {
		parser_fail(parser, &word, "a function has at most %d clauses", EFFECT_LIMIT);
		return;
	}
	list->effects[list->count++] = effect;
}

static void take_flag(struct clause_list *list, const struct flag_word *flag)
{
	struct contract_parser *parser = list->parser;
	struct contract *contract = list->contract;
	struct token word = parser_take(parser);
	unsigned i;

	if (contract->flags & flag->flag)
		parser_fail(parser, &word, "'%s' stands here twice", flag->word);
	contract->flags |= flag->flag;
	if ((contract->flags & CONTRACT_NEUTRAL) && (contract->flags & CONTRACT_UNKNOWN))
		parser_fail(parser, &word, "'neutral' and 'unknown' contradict each other");
	for (i = 0; i < list->count; i++)
		check_flags(parser, &word, contract->flags, list->effects[i].verb);
}

/* One clause; false if there is none. */
static bool parse_clause(struct clause_list *list)
{
	const struct token *word = &list->parser->window[0];
	unsigned i;

	for (i = 0; i < CLAUSE_VERB_COUNT; i++) {
		if (token_is(word, contract_clauses[i].word)) {
			parse_effect(list, i);
			return true;
		}
	}
	for (i = 0; i < FLAG_WORD_COUNT; i++) {
		if (token_is(word, contract_flag_words[i].word)) {
			take_flag(list, &contract_flag_words[i]);
			return true;
		}
	}
	return false;
}

void parse_clauses(struct contract_parser *parser, struct contract *contract)
{
	struct clause_list list = { .parser = parser, .contract = contract };

	while (parse_clause(&list))
		;
	contract->effect_count = list.count;
	contract->effects = parser_keep(parser, list.effects, list.count,
					sizeof(list.effects[0]));
}
