// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-w -fplugin-arg-pincheck-report=none" } */
/* What C and GNU C have and kernels rarely use: it need not be understood, but the IR must hold. */
#include <linux/mm.h>

typedef int vector __attribute__((vector_size(16)));

struct packed {
	unsigned int a : 3, b : 7;
	int c : 9;
	unsigned long d : 40;
	_Bool e : 1;
} __attribute__((packed));

struct aggregate {
	struct page *pages[4];
	struct packed bits;
	union {
		struct {
			int x, y;
		};
		struct page *page;
		char bytes[16];
	};
};

struct aggregate global, *pointer;
volatile struct aggregate changing;
_Thread_local struct page *per_thread;
_Atomic int counter;

int nested(struct page **pages, int n)
{
	int sum = 0;
	void inner(int i)
	{
		sum += i;
		put_page(pages[i]);
	}
	void (*call)(int) = inner;

	for (int i = 0; i < n; i++)
		inner(i);
	call(n);
	return sum;
}

void variable_length(int n, int m)
{
	struct page *row[n], *table[n][m];
	struct {
		int a;
		struct page *pages[n];
	} local;

	pin_user_pages_fast(0, n, 0, row);
	table[1][2] = row[n - 1];
	local.pages[n - 1] = table[1][2];
	put_page(local.pages[0]);
	put_page(table[n - 1][m - 1]);
}

_Complex double complex_numbers(_Complex double z, struct page *page)
{
	put_page(page);
	__real__ z = 3;
	return z * z;
}

vector vectors(vector v, struct page *page)
{
	put_page(page);
	v[1] = 3;
	return v + v;
}

__int128 wide(__int128 n, struct page **pages)
{
	put_page(pages[(int)n]);
	return n * n + 5;
}

float fractions(float f, struct page *page)
{
	if (f > 1)
		put_page(page);
	return f / 3;
}

struct aggregate by_value(struct aggregate a, struct page *page)
{
	a.pages[1] = page;
	put_page(a.pages[0]);
	a.bits.c = 4;
	return a;
}

void aggregates(void)
{
	struct aggregate a = by_value(global, NULL), b = a;

	global = by_value(*pointer, a.pages[1]);
	put_page(by_value(b, NULL).pages[3]);
	changing = a;
	*pointer = (struct aggregate){ .x = 4, .page = a.page };
	__builtin_memset(&b, 0, 8);
	__builtin_memcpy(b.pages + 1, a.pages, 16);
	put_page(b.pages[1]);
}

int bit_fields(struct packed *bits, struct page *page)
{
	bits->a++;
	bits->c = bits->d;
	bits->e = !bits->e;
	if (bits->a == 3 && bits->b == 4)
		put_page(page);
	return bits->c;
}

void variable_arguments(int n, ...)
{
	__builtin_va_list list;

	__builtin_va_start(list, n);
	while (n--)
		put_page(__builtin_va_arg(list, struct page *));
	__builtin_va_end(list);
}

int atomics(struct page *page)
{
	put_page(page);
	__atomic_fetch_add(&counter, 1, 0);
	return counter++;
}

int unprototyped(page)
	struct page *page;
{
	put_page(page);
	return 0;
}

void strings(void)
{
	char text[] = "hello", *other = "x";
	int numbers[3] = { 1, 2, 3 };

	put_page((void *)text);
	put_page((void *)other);
	put_page((void *)&numbers[text[1] & 1]);
	put_page((struct page *)strings);
}

int matrix(struct page *pages[3][4], int i, int j)
{
	put_page(pages[i][j]);
	put_page(*(&pages[0][0] + 5));
	return &pages[i][j] - &pages[0][0];
}

struct page *conditional(struct page *left, struct page *right, unsigned long tagged)
{
	struct page *page = left ?: right;

	per_thread = (struct page *)(tagged & ~1UL);
	put_page(per_thread);
	return ({ struct page *inner = page; inner; });
}
