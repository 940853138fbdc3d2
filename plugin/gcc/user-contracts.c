// SPDX-License-Identifier: GPL-2.0-or-later
#include "user-contracts.h"

static vec<const char *> files;

/* A real location, so that the message is in GCC's form and shows the line. */
static location_t location_in_file(const struct contract_error *mistake)
{
	location_t location;

	linemap_add(line_table, LC_ENTER, false, mistake->file, 1);
	linemap_line_start(line_table, mistake->line, mistake->column + 1);
	location = linemap_position_for_column(line_table, mistake->column);
	linemap_add(line_table, LC_LEAVE, false, NULL, 0);
	return location;
}

static bool read_whole(const char *file, std::string *text)
{
	FILE *stream = fopen(file, "r");
	char buffer[4096];
	bool is_complete;
	size_t length;

	if (!stream)
		return false;
	while ((length = fread(buffer, 1, sizeof(buffer), stream)))
		text->append(buffer, length);
	is_complete = !ferror(stream);
	fclose(stream);
	return is_complete;
}

void user_contracts_read(struct contract_set *contracts, const char *file)
{
	struct contract_error mistake;
	std::string text;

	if (!read_whole(file, &text)) {
		error("cannot read contracts from %qs: %m", file);
		return;
	}
	files.safe_push(file);
	if (contract_set_parse(contracts, file, text.data(), text.size(), &mistake) < 0)
		error_at(location_in_file(&mistake), "%s", mistake.message);
}

void user_contracts_add_dependencies(void)
{
	class mkdeps *dependencies;

	if (files.is_empty() || !&parse_in || !parse_in)
		return;
	dependencies = cpp_get_deps(parse_in);
	for (unsigned i = 0; dependencies && i < files.length(); i++)
		deps_add_dep(dependencies, files[i]);
}
