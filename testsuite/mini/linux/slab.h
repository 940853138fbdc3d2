/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MINI_SLAB_H
#define MINI_SLAB_H

#include <linux/gfp.h>

void *kmalloc(size_t size, gfp_t gfp) __attribute__((malloc, alloc_size(1)));
void *kvmalloc(size_t size, gfp_t gfp) __attribute__((malloc, alloc_size(1)));
void kfree(const void *ptr);
void kvfree(const void *ptr);

static inline void *kzalloc(size_t size, gfp_t gfp)
{
	return kmalloc(size, gfp | __GFP_ZERO);
}

static inline void *kmalloc_array(size_t n, size_t size, gfp_t gfp)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		return NULL;
	return kmalloc(bytes, gfp);
}

static inline void *kcalloc(size_t n, size_t size, gfp_t gfp)
{
	return kmalloc_array(n, size, gfp | __GFP_ZERO);
}

static inline void *kvmalloc_array(size_t n, size_t size, gfp_t gfp)
{
	return kvmalloc(n * size, gfp);
}

static inline void *kvcalloc(size_t n, size_t size, gfp_t gfp)
{
	return kvmalloc(n * size, gfp | __GFP_ZERO);
}

#endif
