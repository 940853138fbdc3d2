// SPDX-License-Identifier: GPL-2.0-or-later
/* Programs as C, for those who read a failure. */
#include <inttypes.h>

#include "lower.h"

struct printer {
	FILE *out;
	const struct function *function;
};

static void print_expression(struct printer *p, const struct expression *e)
{
	if (!e->plus && !e->minus) {
		fprintf(p->out, "%d", e->constant);
		return;
	}
	if (e->plus)
		fputs(variable_names[e->plus], p->out);
	if (e->also)
		fprintf(p->out, " + %s", variable_names[e->also]);
	if (e->minus)
		fprintf(p->out, "%s%s", e->plus ? " - " : "-", variable_names[e->minus]);
	if (e->constant)
		fprintf(p->out, " %c %d", e->constant < 0 ? '-' : '+',
			e->constant < 0 ? -e->constant : e->constant);
}

static const char *operator_text(enum ir_op op)
{
	switch (op) {
	case IR_EQUAL:
		return "==";
	case IR_NOT_EQUAL:
		return "!=";
	case IR_LESS:
		return "<";
	case IR_LESS_EQUAL:
		return "<=";
	case IR_GREATER:
		return ">";
	default:
		return ">=";
	}
}

static void print_condition(struct printer *p, const struct condition *c)
{
	switch (c->kind) {
	case CONDITION_UNKNOWN:
		fputs("unknown()", p->out);
		break;
	case CONDITION_NULL:
		fprintf(p->out, "%s %s NULL", variable_names[c->pointer],
			operator_text(c->op));
		break;
	default:
		print_expression(p, &c->a);
		fprintf(p->out, " %s ", operator_text(c->op));
		print_expression(p, &c->b);
		break;
	}
}

static void print_array(struct printer *p, const struct expression *e)
{
	fputs(p->function->array == ARRAY_LOCAL ? "local" : "pages", p->out);
	if (e->plus || e->minus || e->constant) {
		fputs(" + ", p->out);
		print_expression(p, e);
	}
}

static void print_element(struct printer *p, const struct expression *e)
{
	fputs(p->function->array == ARRAY_LOCAL ? "local[" : "pages[", p->out);
	print_expression(p, e);
	fputc(']', p->out);
}

static const char *source_text(const struct printer *p, enum variable source)
{
	if (source == VAR_PAGES && p->function->array == ARRAY_LOCAL)
		return "local";
	return source ? variable_names[source] : "NULL";
}

static void print_call(struct printer *p, const struct statement *s)
{
	const struct callee_info *callee = &callees[s->callee];

	if (callee->result_type.type_class != IR_TYPE_VOID && s->variable)
		fprintf(p->out, "%s = ", variable_names[s->variable]);
	fprintf(p->out, "%s(", callee->name);
	switch (callee->action) {
	case ACTION_ACQUIRE_ARRAY:
		print_expression(p, &s->b);
		fputs(", ", p->out);
		print_array(p, &s->a);
		break;
	case ACTION_RELEASE_ARRAY:
		print_array(p, &s->a);
		fputs(", ", p->out);
		print_expression(p, &s->b);
		break;
	case ACTION_ALLOCATE:
		print_expression(p, &s->b);
		break;
	case ACTION_ACQUIRE_PAGE:
		break;
	default:
		fputs(source_text(p, s->source), p->out);
		break;
	}
	fputs(");\n", p->out);
}

static void print_list(struct printer *p, const struct statement *s, unsigned depth);

static void print_if(struct printer *p, const struct statement *s, unsigned depth)
{
	fprintf(p->out, "%s (", s->kind == STATEMENT_IF ? "if" : "while");
	print_condition(p, &s->condition);
	fputs(") {\n", p->out);
	print_list(p, s->body, depth + 1);
	if (s->otherwise) {
		fprintf(p->out, "     %*s} else {\n", 4 * (int)depth, "");
		print_list(p, s->otherwise, depth + 1);
	}
	fprintf(p->out, "     %*s}\n", 4 * (int)depth, "");
}

static void print_statement(struct printer *p, const struct statement *s, unsigned depth)
{
	if (s->is_flat) {
		print_list(p, s->body, depth);
		return;
	}
	fprintf(p->out, "%3u: %*s", s->location, 4 * (int)depth, "");
	switch (s->kind) {
	case STATEMENT_SET:
		fprintf(p->out, "%s = ", variable_names[s->variable]);
		print_expression(p, &s->a);
		break;
	case STATEMENT_MOVE:
		fprintf(p->out, "%s = %s", variable_names[s->variable], source_text(p, s->source));
		break;
	case STATEMENT_CALL:
		print_call(p, s);
		return;
	case STATEMENT_FOLLOW:
		if (s->variable)
			fprintf(p->out, "%s = ", variable_names[s->variable]);
		fputs("helper(obj, ", p->out);
		print_array(p, &s->a);
		fprintf(p->out, ", %s, ", source_text(p, s->source));
		print_expression(p, &s->b);
		fputs(", flag)", p->out);
		break;
	case STATEMENT_LOAD:
		fprintf(p->out, "%s = ", variable_names[s->variable]);
		print_element(p, &s->a);
		break;
	case STATEMENT_STORE:
		print_element(p, &s->a);
		fprintf(p->out, " = %s", source_text(p, s->source));
		break;
	case STATEMENT_KEEP:
		fprintf(p->out, "obj->%s = %s", s->source == VAR_PAGES ? "pages" : "page",
			source_text(p, s->source));
		break;
	case STATEMENT_IF:
	case STATEMENT_WHILE:
		print_if(p, s, depth);
		return;
	case STATEMENT_BREAK:
		fputs("break", p->out);
		break;
	case STATEMENT_GOTO:
		fprintf(p->out, "goto out_%u", s->label);
		break;
	case STATEMENT_LABEL:
		fprintf(p->out, "out_%u:\n", s->label);
		return;
	case STATEMENT_RETURN:
		fputs("return ", p->out);
		if (p->function->returns_page)
			fputs(source_text(p, s->source), p->out);
		else
			print_expression(p, &s->a);
		break;
	}
	fputs(";\n", p->out);
}

static void print_list(struct printer *p, const struct statement *s, unsigned depth)
{
	for (; s; s = s->next)
		if (!s->is_removed)
			print_statement(p, s, depth);
}

static const char *type_text(struct ir_type type)
{
	if (type.bits == 32)
		return "int";
	return type.is_signed ? "long" : "unsigned long";
}

static void print_function(FILE *out, const struct function *f)
{
	struct printer p = { .out = out, .function = f };
	unsigned variable;

	fprintf(out, "     %s %s(obj, struct page **pages, struct page *page, %s n, int flag)\n",
		f->returns_page ? "struct page *" : "long", f->name, type_text(f->types[VAR_N]));
	fputs("     {\n", out);
	for (variable = VAR_SPARE + 1; variable < VAR_COUNT; variable++)
		fprintf(out, "         %s %s = 0;\n", type_text(f->types[variable]),
			variable_names[variable]);
	if (f->array == ARRAY_LOCAL)
		fprintf(out, "         struct page *local[%d];\n", LOCAL_ELEMENTS);
	print_list(&p, f->body, 1);
	fputs("     }\n", out);
}

void program_print(FILE *out, const struct program *program)
{
	unsigned i;

	for (i = program->function_count; i-- > 0;)
		print_function(out, &program->functions[i]);
}
