/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MINI_ERRNO_H
#define MINI_ERRNO_H

#define EIO	5
#define EAGAIN	11
#define ENOMEM	12
#define EFAULT	14
#define EBUSY	16
#define EINVAL	22

#define MAX_ERRNO	4095

#endif
