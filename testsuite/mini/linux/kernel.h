/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MINI_KERNEL_H
#define MINI_KERNEL_H

#include <linux/types.h>

#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)
#define barrier()	__asm__ __volatile__("" : : : "memory")

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))
#define DIV_ROUND_UP(n, d)	(((n) + (d) - 1) / (d))
#define container_of(ptr, type, member) \
	((type *)((char *)(ptr) - __builtin_offsetof(type, member)))

#define min(x, y) ({		\
	__typeof__(x) _x = (x);	\
	__typeof__(y) _y = (y);	\
	_x < _y ? _x : _y; })
#define max(x, y) ({		\
	__typeof__(x) _x = (x);	\
	__typeof__(y) _y = (y);	\
	_x > _y ? _x : _y; })
#define min_t(type, x, y)	min((type)(x), (type)(y))
#define max_t(type, x, y)	max((type)(x), (type)(y))

extern int _printk(const char *format, ...) __attribute__((format(printf, 1, 2)));
#define pr_err(...)	_printk(__VA_ARGS__)

#define WARN_ON(condition) ({					\
	int _condition = !!(condition);				\
	if (unlikely(_condition))				\
		_printk("warning at %s\n", __func__);		\
	unlikely(_condition); })
#define WARN_ON_ONCE(condition)	WARN_ON(condition)
#define BUG_ON(condition)	do { if (unlikely(condition)) __builtin_trap(); } while (0)

#endif
