/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What GCC writes into the object about its command line. */
#ifndef PINCHECK_RECORDED_H
#define PINCHECK_RECORDED_H

#include "gcc-compat.h"

/* Leave the options that load this plugin and those for it out of the record. */
void recorded_leave_out(const struct plugin_name_args *arguments);

#endif /* PINCHECK_RECORDED_H */
