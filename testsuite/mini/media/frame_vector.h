/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MINI_FRAME_VECTOR_H
#define MINI_FRAME_VECTOR_H

#include <linux/types.h>

struct frame_vector {
	unsigned int nr_allocated;
	unsigned int nr_frames;
	bool got_ref;
	bool is_pfns;
	void *ptrs[];
};

struct frame_vector *frame_vector_create(unsigned int nr_frames);
void frame_vector_destroy(struct frame_vector *vec);
int get_vaddr_frames(unsigned long start, unsigned int nr_pfns, bool write,
		     struct frame_vector *vec);
void put_vaddr_frames(struct frame_vector *vec);

#endif
