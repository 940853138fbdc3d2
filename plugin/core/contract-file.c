// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <libiberty/libiberty.h>

#include "contract-set.h"

/* All of FILE, to be freed; NULL with errno set if it cannot be read. */
static char *read_all(FILE *file, size_t *length)
{
	size_t room = 1 << 14, count;
	char *text = xmalloc(room);

	*length = 0;
	while ((count = fread(text + *length, 1, room - *length, file))) {
		*length += count;
		if (*length == room) {
			room *= 2;
			text = xrealloc(text, room);
		}
	}
	if (ferror(file)) {
		int reason = errno;

		free(text);
		errno = reason;
		return NULL;
	}
	return text;
}

int contract_set_read(struct contract_set *set, const char *path,
		      struct contract_error *error)
{
	FILE *file = fopen(path, "r");
	size_t length = 0;
	char *text = file ? read_all(file, &length) : NULL;
	int result = -1;

	if (text) {
		result = contract_set_parse(set, path, text, length, error);
	} else {
		error->file = arena_strdup(set->arena, path);
		error->line = error->column = 0;
		error->message = arena_strdup(set->arena, strerror(errno));
	}
	free(text);
	if (file)
		fclose(file);
	return result;
}
