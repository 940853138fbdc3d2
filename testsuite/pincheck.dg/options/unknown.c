// SPDX-License-Identifier: GPL-2.0-or-later
/* { dg-do compile } */
/* { dg-additional-options "-fplugin-arg-pincheck-no-such-thing -fplugin-arg-pincheck-report=loudly -fplugin-arg-pincheck-only=typos" } */
/* { dg-error {'-fplugin-arg-pincheck-no-such-thing': expected} "" { target *-*-* } 0 } */
/* { dg-error {'-fplugin-arg-pincheck-report=loudly': expected one of warning, note, error, none} "" { target *-*-* } 0 } */
/* { dg-error {'-fplugin-arg-pincheck-only=typos': expected the ids of findings} "" { target *-*-* } 0 } */
int nothing;
