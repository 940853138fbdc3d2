// SPDX-License-Identifier: GPL-2.0-or-later
/* No user of pins: not mutated. */
#include <linux/mm.h>

void three(struct page *page)
{
	put_page(page);
}
