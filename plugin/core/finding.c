// SPDX-License-Identifier: GPL-2.0-or-later
/* The names of the findings; see finding.h. */
#include <string.h>

#include "finding.h"

static const struct {
	const char *text, *description;
	bool is_default;
} ids[] = {
#define FINDING(name, text, is_default, what) { text, what, is_default },
#include "finding.def"
#undef FINDING
};

const char *finding_id_text(enum finding_id id)
{
	return ids[id].text;
}

const char *finding_id_description(enum finding_id id)
{
	return ids[id].description;
}

bool finding_id_is_default(enum finding_id id)
{
	return ids[id].is_default;
}

int finding_id_parse(const char *text)
{
	int id;

	for (id = 0; id < FINDING_COUNT; id++)
		if (!strcmp(ids[id].text, text))
			return id;
	return -1;
}
