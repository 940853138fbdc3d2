/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Constants of the kernel by name, as contracts use them: FOLL_WRITE,
 * BIO_PAGE_PINNED.  Enumerators, and macros that are one number.
 */
#ifndef PINCHECK_CONSTANTS_H
#define PINCHECK_CONSTANTS_H

#include <stdint.h>

/* The analysis's question, struct analysis_host.constant. */
bool constants_find(void *host, const char *name, int64_t *value);

/* Of the kernel that the unit is for; 4096 where that cannot be told. */
unsigned constants_page_size(void);

#endif /* PINCHECK_CONSTANTS_H */
