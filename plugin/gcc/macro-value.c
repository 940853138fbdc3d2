// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Recursive descent over the text of the definition, which the preprocessor
 * gives with its blanks normalised.
 */
#include "macro-value.h"

/* Macros that stand for macros. */
#define DEPTH_LIMIT	8

struct reader {
	const char *at;
	macro_enumerator enumerator;
	unsigned depth;
};

static bool read_sum(struct reader *reader, int64_t *value);
static bool find_value(const char *name, macro_enumerator enumerator, unsigned depth,
		       int64_t *value);

static bool skip(struct reader *reader, const char *token)
{
	while (*reader->at == ' ')
		reader->at++;
	if (strncmp(reader->at, token, strlen(token)))
		return false;
	reader->at += strlen(token);
	return true;
}

static std::string read_word(struct reader *reader)
{
	const char *start;

	skip(reader, "");
	start = reader->at;
	while (ISIDNUM(*reader->at))
		reader->at++;
	return std::string(start, reader->at - start);
}

static bool read_number(struct reader *reader, int64_t *value)
{
	char *end;

	errno = 0;
	*value = (int64_t)strtoull(reader->at, &end, 0);
	if (end == reader->at || errno)
		return false;
	reader->at = end + strspn(end, "uUlL");
	return true;
}

static bool word_value(const struct reader *reader, const std::string &word, int64_t *value)
{
	return find_value(word.c_str(), reader->enumerator, reader->depth + 1, value);
}

/* BIT(n), _AC(number, suffix), or a name. */
static bool read_name(struct reader *reader, int64_t *value)
{
	std::string word = read_word(reader);
	bool is_bit = word == "BIT" || word == "_BITUL" || word == "BIT_ULL";

	if (!is_bit && word != "_AC")
		return word_value(reader, word, value);
	if (!skip(reader, "(") || !read_sum(reader, value))
		return false;
	if (is_bit && *value >= 0 && *value < 63)
		*value = (int64_t)1 << *value;
	else if (is_bit)
		return false;
	if (!is_bit && (!skip(reader, ",") || read_word(reader).empty()))
		return false;
	return skip(reader, ")");
}

/* `(__force gfp_t)': names of which the last is no value. */
static bool skip_cast(struct reader *reader)
{
	const char *start = reader->at;
	std::string word, last;
	int64_t ignored;

	if (!skip(reader, "("))
		return false;
	while (!(word = read_word(reader)).empty())
		last = word;
	if (!last.empty() && !ISDIGIT(last[0]) && skip(reader, ")") &&
	    !word_value(reader, last, &ignored))
		return true;
	reader->at = start;
	return false;
}

static bool read_term(struct reader *reader, int64_t *value)
{
	while (skip_cast(reader))
		;
	if (skip(reader, "("))
		return read_sum(reader, value) && skip(reader, ")");
	skip(reader, "");
	return ISDIGIT(*reader->at) ? read_number(reader, value) : read_name(reader, value);
}

/* Without precedence: sums of the kernel's constants have parentheses. */
static bool read_sum(struct reader *reader, int64_t *value)
{
	int64_t right;

	if (!read_term(reader, value))
		return false;
	for (;;) {
		if (skip(reader, "<<")) {
			if (!read_term(reader, &right) || right < 0 || right > 62)
				return false;
			*value = (int64_t)((uint64_t)*value << right);
		} else if (skip(reader, "|")) {
			if (!read_term(reader, &right))
				return false;
			*value |= right;
		} else if (skip(reader, "+") || skip(reader, "-")) {
			bool is_minus = reader->at[-1] == '-';

			if (!read_term(reader, &right))
				return false;
			*value = (int64_t)((uint64_t)*value +
					   (is_minus ? -(uint64_t)right : (uint64_t)right));
		} else {
			return true;
		}
	}
}

/* "NAME value" */
static const char *definition_of(const char *name)
{
	cpp_hashnode *node;
	const char *definition;

	if (!&parse_in || !parse_in || !cpp_lookup)
		return NULL;
	node = cpp_lookup(parse_in, (const unsigned char *)name, strlen(name));
	if (!node || !cpp_user_macro_p(node) || cpp_fun_like_macro_p(node))
		return NULL;
	definition = (const char *)cpp_macro_definition(parse_in, node);
	return definition && !strncmp(definition, name, strlen(name)) ?
	       definition + strlen(name) : NULL;
}

static bool find_value(const char *name, macro_enumerator enumerator, unsigned depth,
		       int64_t *value)
{
	const char *definition = definition_of(name);
	struct reader reader;
	std::string text;

	if (depth > DEPTH_LIMIT)
		return false;
	if (!definition)
		return enumerator(name, value);
	/* The preprocessor's buffer is the next definition's too. */
	text = definition;
	reader.at = text.c_str();
	reader.enumerator = enumerator;
	reader.depth = depth;
	if (!read_sum(&reader, value))
		return false;
	skip(&reader, "");
	return !*reader.at;
}

bool macro_value(const char *name, macro_enumerator enumerator, int64_t *value)
{
	return find_value(name, enumerator, 0, value);
}
