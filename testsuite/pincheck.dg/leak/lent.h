/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions of other files of a driver that have a contract: for lent.c. */
#ifndef LENT_H
#define LENT_H

#include <linux/mm.h>

struct inode;
struct vduse_iova_domain;

int vduse_domain_add_user_bounce_pages(struct vduse_iova_domain *domain, struct page **pages,
				       int count);
int __ceph_do_getattr(struct inode *inode, struct page *locked_page, int mask, bool force);

#endif /* LENT_H */
