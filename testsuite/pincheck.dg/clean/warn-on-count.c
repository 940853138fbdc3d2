// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/*
 * WARN_ON() keeps in an int whether the count is as expected.
 * As in v6.12 drivers/iommu/iommufd/selftest.c, iommufd_test_check_pages().
 */
#include <linux/mm.h>

int compare_pages(unsigned long address, struct page **expected, int count)
{
	struct page *page;
	int i, ret;

	for (i = 0; i < count; i++) {
		ret = get_user_pages_fast(address + i * PAGE_SIZE, 1, 0, &page);
		if (ret < 0)
			return ret;
		if (WARN_ON(ret != 1))
			return -EFAULT;
		if (expected[i] != page)
			ret = -EFAULT;
		put_page(page);
		if (ret < 0)
			return ret;
	}
	return 0;
}
