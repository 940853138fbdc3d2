/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For private-records.c. */
struct beside {
	struct page *page;
};
