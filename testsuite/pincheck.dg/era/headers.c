// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-era 5.2 } */
#include <linux/mm.h>

void put_user_page_is_there(struct page *page)
{
	put_user_page(page);
}
