// SPDX-License-Identifier: GPL-2.0-or-later
/* The vocabulary of the programs: types, callees and their contracts. */
#include "program.h"

#define INTEGER(bits, is_signed)	{ IR_TYPE_INTEGER, bits, is_signed, IR_POINTEE_OTHER }
#define POINTER(pointee)		{ IR_TYPE_POINTER, 64, 0, pointee }
#define VOID				{ IR_TYPE_VOID, 0, 0, IR_POINTEE_OTHER }

const struct ir_type type_int = INTEGER(32, 1);
const struct ir_type type_long = INTEGER(64, 1);
const struct ir_type type_unsigned_long = INTEGER(64, 0);
const struct ir_type type_bool = INTEGER(1, 0);
const struct ir_type type_page = POINTER(IR_POINTEE_PAGE);
const struct ir_type type_pages = POINTER(IR_POINTEE_PAGES);
const struct ir_type type_pointer = POINTER(IR_POINTEE_OTHER);
const struct ir_type type_void = VOID;

const struct callee_info callees[CALLEE_COUNT] = {
	[CALLEE_PIN_PAGES] = {
		.name = "pin_pages", .action = ACTION_ACQUIRE_ARRAY, .kind = PINNED,
		.count_type = INTEGER(32, 1), .result_type = INTEGER(32, 1),
	},
	[CALLEE_GET_PAGES] = {
		.name = "get_pages", .action = ACTION_ACQUIRE_ARRAY, .kind = ORDINARY,
		.count_type = INTEGER(64, 0), .result_type = INTEGER(64, 1),
	},
	[CALLEE_PIN_EXACTLY] = {
		.name = "pin_exactly", .action = ACTION_ACQUIRE_ARRAY, .kind = PINNED,
		.is_exact = true, .count_type = INTEGER(32, 1), .result_type = VOID,
	},
	[CALLEE_UNPIN_PAGES] = {
		.name = "unpin_pages", .action = ACTION_RELEASE_ARRAY, .kind = PINNED,
		.skips_null = true, .count_type = INTEGER(64, 0), .result_type = VOID,
	},
	[CALLEE_PUT_PAGES] = {
		.name = "put_pages", .action = ACTION_RELEASE_ARRAY, .kind = ORDINARY,
		.count_type = INTEGER(32, 1), .result_type = VOID,
	},
	[CALLEE_UNPIN_PAGE] = {
		.name = "unpin_page", .action = ACTION_RELEASE_PAGE, .kind = PINNED,
		.result_type = VOID,
	},
	[CALLEE_PUT_PAGE] = {
		.name = "put_page", .action = ACTION_RELEASE_PAGE, .kind = ORDINARY,
		.result_type = VOID,
	},
	[CALLEE_PIN_PAGE] = {
		.name = "pin_page", .action = ACTION_ACQUIRE_PAGE, .kind = PINNED,
		.result_type = POINTER(IR_POINTEE_PAGE),
	},
	[CALLEE_DUMP_PAGE] = {
		.name = "dump_page", .action = ACTION_ACQUIRE_PAGE, .kind = ORDINARY,
		.result_type = POINTER(IR_POINTEE_PAGE),
	},
	[CALLEE_GET_PAGE] = {
		.name = "get_page", .action = ACTION_ADD, .kind = ORDINARY, .result_type = VOID,
	},
	[CALLEE_LOOK_AT] = {
		.name = "look_at", .action = ACTION_USE, .result_type = VOID,
	},
	[CALLEE_ALLOC] = {
		.name = "alloc", .action = ACTION_ALLOCATE, .count_type = INTEGER(64, 0),
		.result_type = POINTER(IR_POINTEE_PAGES),
	},
	[CALLEE_ALLOC_ZEROED] = {
		.name = "alloc_zeroed", .action = ACTION_ALLOCATE, .is_zeroed = true,
		.count_type = INTEGER(64, 0), .result_type = POINTER(IR_POINTEE_PAGES),
	},
	[CALLEE_FREE] = {
		.name = "free_array", .action = ACTION_FREE, .result_type = VOID,
	},
	[CALLEE_CONSUME] = {
		.name = "consume", .action = ACTION_UNKNOWN, .result_type = VOID,
	},
};

const char program_contracts[] =
	"kind pinned \"user-pinned page\" release \"unpin_page()\"\n"
	"kind ordinary \"ordinary page reference\" release \"put_page()\"\n"
	"function pin_pages(nr, pages)\n"
	"	returns -errno .. nr\n"
	"	acquires pinned pages[0 .. return)\n"
	"function get_pages(nr, pages)\n"
	"	returns -errno .. nr\n"
	"	acquires ordinary pages[0 .. return)\n"
	"function pin_exactly(nr, pages)\n"
	"	acquires pinned pages[0 .. nr)\n"
	"function unpin_pages(pages, nr)\n"
	"	releases pinned pages[0 .. nr) skipping null\n"
	"function put_pages(pages, nr)\n"
	"	releases ordinary pages[0 .. nr)\n"
	"function unpin_page(page)\n"
	"	releases pinned page\n"
	"function put_page(page)\n"
	"	releases ordinary page\n"
	"function pin_page()\n"
	"	acquires pinned return or null\n"
	"function dump_page()\n"
	"	acquires ordinary return or null\n"
	"function get_page(page)\n"
	"	adds ordinary page\n"
	"function look_at(page)\n"
	"	uses page\n"
	"function alloc(nr)\n"
	"	allocates return or null\n"
	"function alloc_zeroed(nr)\n"
	"	allocates return zeroed or null\n"
	"function free_array(array)\n"
	"	frees array\n";

struct ir_type common_type(struct ir_type a, struct ir_type b)
{
	if (a.bits != b.bits)
		return a.bits > b.bits ? a : b;
	return a.is_signed ? b : a;
}
