/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MINI_REFCOUNT_H
#define MINI_REFCOUNT_H

#include <linux/types.h>

typedef struct { int counter; } refcount_t;

void refcount_set(refcount_t *r, int n);
bool refcount_dec_and_test(refcount_t *r);

#endif
