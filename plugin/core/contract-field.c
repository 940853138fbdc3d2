// SPDX-License-Identifier: GPL-2.0-or-later
/* field RECORD.NAME.NAME, RECORD.NAME holds [one] KIND, or: holds one any */
#include "contract-parser.h"

static void parse_path(struct contract_parser *parser, struct contract_field *field)
{
	unsigned count = 0;

	field->record = parser_expect_name(parser, "the name of a struct or typedef");
	do {
		struct token token = parser->window[0];

		if (count == CONTRACT_FIELD_STEPS) {
			parser_fail(parser, &token, "a field is at most %d fields deep",
				    CONTRACT_FIELD_STEPS);
			return;
		}
		parser_expect(parser, ".", "'.' and the name of a field");
		field->steps[count++] = parser_expect_name(parser, "the name of a field");
	} while (token_is(&parser->window[0], "."));
}

void parse_field_declaration(struct contract_parser *parser)
{
	unsigned first = parser->field_count, i;
	contract_kind kind;
	bool is_one;

	parser_take(parser);
	do {
		struct contract_field field = { 0 };
		struct token token = parser->window[0];

		if (parser->field_count == FIELD_LIMIT) {
			parser_fail(parser, &token, "a file has at most %d fields", FIELD_LIMIT);
			return;
		}
		parse_path(parser, &field);
		if (!parser->has_failed)
			parser->fields[parser->field_count++] = field;
	} while (parser_accept(parser, ","));
	parser_expect(parser, "holds", "',' or 'holds' after the field");
	is_one = parser_accept(parser, "one");
	if (!is_one && token_is(&parser->window[0], "any"))
		parser_expected(parser, "a kind after 'holds'");
	kind = parser_expect_kind(parser, "holds");
	for (i = first; i < parser->field_count; i++) {
		parser->fields[i].kind = kind;
		parser->fields[i].is_one = is_one;
	}
}
