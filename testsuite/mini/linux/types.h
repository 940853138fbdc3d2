/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The miniature kernel: what drivers and tests need of the real headers, written anew. */
#ifndef MINI_TYPES_H
#define MINI_TYPES_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef int s32;
typedef long long s64;
typedef _Bool bool;
typedef unsigned long size_t;
typedef long ssize_t;
typedef long long loff_t;
typedef unsigned long uintptr_t;
typedef unsigned long pgoff_t;
typedef unsigned int gfp_t;
typedef u64 phys_addr_t;
typedef u64 dma_addr_t;

#define NULL	((void *)0)
#define true	1
#define false	0

#define __user
#define __force
#define __must_check	__attribute__((warn_unused_result))
#define __always_inline	inline __attribute__((always_inline))

typedef struct {
	int counter;
} atomic_t;

struct list_head {
	struct list_head *next, *prev;
};

#endif
