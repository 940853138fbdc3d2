/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The forms of the clauses, for the parser and the printer; the table itself is
 * contract-clause.def.
 */
#ifndef PINCHECK_CONTRACT_CLAUSE_H
#define PINCHECK_CONTRACT_CLAUSE_H

#include "contract.h"

enum clause_part {
	CLAUSE_KIND	= 1 << 0,
	CLAUSE_SOURCE	= 1 << 1,
	CLAUSE_PLACE	= 1 << 2,
	CLAUSE_RANGE	= 1 << 3,
	CLAUSE_COUNT	= 1 << 4,
	CLAUSE_VALUE	= 1 << 5,
	CLAUSE_NUMBER	= 1 << 6,
};

#define CLAUSE_NULL_SUFFIXES	(CONTRACT_SKIPS_NULL | CONTRACT_IGNORES_NULL)
#define CLAUSE_RESULT_SUFFIXES	(CONTRACT_OR_NULL | CONTRACT_OR_ERROR)
#define CLAUSE_ALL_SUFFIXES	(CLAUSE_NULL_SUFFIXES | CLAUSE_RESULT_SUFFIXES)

struct clause {
	const char *word;
	uint8_t parts;		/* enum clause_part */
	uint16_t suffixes;	/* enum contract_effect_flags */
};

#define CLAUSE_VERB_COUNT	(CONTRACT_UNWRITABLE + 1)

/* By enum contract_verb. */
extern const struct clause contract_clauses[CLAUSE_VERB_COUNT];

/* A word that is a flag of the contract: `neutral'. */
struct flag_word {
	const char *word;
	uint16_t flag;		/* enum contract_flags */
};

#define FLAG_WORD_COUNT		3

extern const struct flag_word contract_flag_words[FLAG_WORD_COUNT];

/* A suffix of one or two words, `or null'; `second' is "" if there is none. */
struct suffix {
	const char *first, *second;
	uint16_t flag;		/* enum contract_effect_flags */
};

#define SUFFIX_COUNT		5

extern const struct suffix contract_suffixes[SUFFIX_COUNT];

/* All words that can follow a complete clause or declaration, for "did you mean". */
#define CONTRACT_WORD_COUNT	(CLAUSE_VERB_COUNT + FLAG_WORD_COUNT + 11)

extern const char *const contract_words[CONTRACT_WORD_COUNT];

#endif /* PINCHECK_CONTRACT_CLAUSE_H */
