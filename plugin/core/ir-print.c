// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Page IR as text, for dumps and tests.  The same IR is the same text: nothing
 * in it depends on addresses, and locations are left out.
 */
#include <inttypes.h>

#include "contract.h"
#include "ir.h"

static void print_integer(FILE *out, ir_integer number)
{
	char digits[48];
	char *start = digits + sizeof(digits);
	unsigned __int128 rest = number < 0 ? -(unsigned __int128)number
					    : (unsigned __int128)number;

	*--start = '\0';
	do {
		*--start = (char)('0' + (int)(rest % 10));
		rest /= 10;
	} while (rest);
	if (number < 0)
		*--start = '-';
	fputs(start, out);
}

static void print_type(FILE *out, const struct ir_type *type)
{
	static const char *const pointees[] = {
		[IR_POINTEE_OTHER] = "pointer",
		[IR_POINTEE_PAGE] = "page",
		[IR_POINTEE_PAGES] = "pages",
		[IR_POINTEE_FUNCTION] = "code",
	};

	switch (type->type_class) {
	case IR_TYPE_VOID:
		fputs("void", out);
		break;
	case IR_TYPE_INTEGER:
		fprintf(out, "%c%u", type->is_signed ? 'i' : 'u', type->bits);
		break;
	case IR_TYPE_POINTER:
		fputs(pointees[type->pointee], out);
		break;
	default:
		fputs("other", out);
		break;
	}
}

static void print_index(FILE *out, const struct ir_step *step)
{
	fputc('[', out);
	if (step->index)
		fprintf(out, "%%%" PRIu32, step->index);
	if (step->index && step->constant > 0)
		fputc('+', out);
	if (!step->index || step->constant)
		fprintf(out, "%" PRId64, step->constant);
	fprintf(out, " x%" PRIu64 "]", step->size);
}

static void print_place(FILE *out, const struct ir_unit *unit, const struct ir_place *place)
{
	if (place->root == IR_ROOT_VARIABLE)
		fputs(unit->variables[place->variable].name, out);
	else
		fprintf(out, "*%%%" PRIu32, place->pointer);
	for (unsigned i = 0; i < place->step_count; i++) {
		const struct ir_step *step = &place->steps[i];

		switch (step->kind) {
		case IR_STEP_FIELD:
			fprintf(out, ".{%s%s}%s", step->in_union ? "union " : "",
				step->record, step->field);
			break;
		case IR_STEP_INDEX:
			print_index(out, step);
			break;
		case IR_STEP_UNKNOWN:
			fputs(".?", out);
			break;
		}
	}
}

static void print_operands(FILE *out, const struct ir_instruction *instruction)
{
	for (unsigned i = 0; i < instruction->operand_count; i++) {
		if (instruction->operands[i] == IR_NO_VALUE)
			fprintf(out, "%s-", i ? ", " : " ");
		else
			fprintf(out, "%s%%%" PRIu32, i ? ", " : " ", instruction->operands[i]);
	}
}

static const char *function_name(const struct ir_unit *unit, uint32_t function)
{
	return function ? unit->functions[function - 1]->name : "extern";
}

static void print_call(FILE *out, const struct ir_instruction *instruction)
{
	const struct ir_callee *callee = instruction->u.callee;

	if (callee->name)
		fprintf(out, " %s", callee->name);
	else
		fprintf(out, " *%%%" PRIu32, callee->pointer);
	if (callee->contract)
		fputs(" contract", out);
	else if (callee->function)
		fputs(" body", out);
	fputc(':', out);
}

static void print_switch(FILE *out, const struct ir_instruction *instruction)
{
	for (unsigned i = 0; i < instruction->u.select.count; i++) {
		const struct ir_case *entry = &instruction->u.select.cases[i];

		fputs("; ", out);
		print_integer(out, entry->low);
		if (entry->high != entry->low) {
			fputs(" .. ", out);
			print_integer(out, entry->high);
		}
		fprintf(out, " block %" PRIu32, entry->target);
	}
	fprintf(out, "; else block %" PRIu32, instruction->u.select.otherwise);
}

/* What stands between the name of the operation and the operands. */
static void print_detail(FILE *out, const struct ir_unit *unit,
			 const struct ir_instruction *instruction)
{
	switch (instruction->op) {
	case IR_CONSTANT:
		fputc(' ', out);
		print_integer(out, instruction->u.constant);
		break;
	case IR_PARAMETER:
		fprintf(out, " %u", instruction->u.parameter);
		break;
	case IR_FUNCTION:
		fprintf(out, " %s", function_name(unit, instruction->u.function));
		break;
	case IR_ADDRESS:
	case IR_LOAD:
	case IR_STORE:
	case IR_ZERO:
	case IR_CLOBBER:
	case IR_UNINITIALIZED:
	case IR_HAVOC:
	case IR_COPY_MEMORY:
		fputc(' ', out);
		print_place(out, unit, instruction->u.place);
		if (instruction->u.place->is_volatile)
			fputs(" volatile", out);
		if (instruction->op == IR_STORE || instruction->op == IR_COPY_MEMORY)
			fputs(" =", out);
		break;
	case IR_CALL:
		print_call(out, instruction);
		break;
	default:
		break;
	}
}

static void print_targets(FILE *out, const struct ir_function *function,
			  const struct ir_instruction *instruction)
{
	const struct ir_block *block = &function->blocks[instruction->block];

	switch (instruction->op) {
	case IR_JUMP:
		fprintf(out, " block %" PRIu32, instruction->u.targets[0]);
		break;
	case IR_BRANCH:
		fprintf(out, " ? block %" PRIu32 " : block %" PRIu32,
			instruction->u.targets[0], instruction->u.targets[1]);
		if (instruction->warned)
			fprintf(out, " warned of %s", instruction->warned == 1 ? "true" : "false");
		break;
	case IR_SWITCH:
		print_switch(out, instruction);
		break;
	case IR_GOTO_ANY:
		for (unsigned i = 0; i < block->successor_count; i++)
			fprintf(out, "%s block %" PRIu32, i ? "," : "", block->successors[i]);
		break;
	default:
		break;
	}
}

static void print_instruction(FILE *out, const struct ir_unit *unit,
			      const struct ir_function *function, ir_value value)
{
	const struct ir_instruction *instruction = &function->instructions[value];

	fputc('\t', out);
	if (instruction->type.type_class != IR_TYPE_VOID)
		fprintf(out, "%%%" PRIu32 " = ", value);
	fputs(ir_op_text(instruction->op), out);
	print_detail(out, unit, instruction);
	print_operands(out, instruction);
	if (instruction->op == IR_COPY_MEMORY) {
		fputc(' ', out);
		print_place(out, unit, instruction->source);
	}
	print_targets(out, function, instruction);
	if (instruction->type.type_class != IR_TYPE_VOID) {
		fputs(" : ", out);
		print_type(out, &instruction->type);
	}
	if (instruction->text)
		fprintf(out, "\t# %s", instruction->text);
	fputc('\n', out);
}

static void print_block(FILE *out, const struct ir_unit *unit,
			const struct ir_function *function, const struct ir_block *block)
{
	fprintf(out, "block %" PRIu32 ":", block->id);
	for (unsigned i = 0; i < block->predecessor_count; i++)
		fprintf(out, "%s%" PRIu32, i ? ", " : "\t# from ", block->predecessors[i]);
	if (function->reverse_postorder && block->is_loop_head)
		fputs("; loop", out);
	fputc('\n', out);
	for (unsigned i = 0; i < block->count; i++)
		print_instruction(out, unit, function, block->instructions[i]);
}

void ir_print_function(FILE *out, const struct ir_unit *unit,
		       const struct ir_function *function)
{
	fprintf(out, "%sfunction %s(", function->is_static ? "static " : "", function->name);
	for (unsigned i = 0; i < function->parameter_count; i++) {
		fprintf(out, "%s%s : ", i ? ", " : "", function->parameters[i]);
		print_type(out, &function->parameter_types[i]);
	}
	fputs(") : ", out);
	print_type(out, &function->return_type);
	fputc('\n', out);
	for (unsigned i = 0; i < function->block_count; i++)
		print_block(out, unit, function, &function->blocks[i]);
}

void ir_print_unit(FILE *out, const struct ir_unit *unit)
{
	for (unsigned i = 0; i < unit->static_callee_count; i++) {
		const struct ir_static_callee *callee = &unit->static_callees[i];

		fprintf(out, "{%s}%s -> %s\n", callee->record, callee->field,
			function_name(unit, callee->function));
	}
	for (unsigned i = 0; i < unit->private_record_count; i++)
		fprintf(out, "private record %s\n", unit->private_records[i]);
	for (unsigned i = 0; i < unit->near_record_count; i++)
		fprintf(out, "near record %s\n", unit->near_records[i]);
	for (unsigned i = 0; i < unit->function_count; i++) {
		if (i || unit->static_callee_count || unit->private_record_count ||
		    unit->near_record_count)
			fputc('\n', out);
		ir_print_function(out, unit, unit->functions[i]);
	}
}
