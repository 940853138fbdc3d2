# SPDX-License-Identifier: GPL-2.0-or-later
"""The scanner and the mutation operators on small pieces of C."""

import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "bench"))

import ctext	# noqa: E402
import mutate	# noqa: E402
from findings import parse_findings	# noqa: E402
from report import table	# noqa: E402
from sites import Source	# noqa: E402

DECLARED = {"unpin_user_page", "unpin_folio", "unpin_user_folio", "get_user_pages_fast"}


def made(text, operator):
    """What OPERATOR makes of TEXT: (mutant, changed text)."""
    source = Source("a.c", text)
    return [(mutant, mutant.apply(text))
            for mutant in mutate.mutants(source, DECLARED, [operator])]


class Text(unittest.TestCase):
    def test_mask_keeps_offsets(self):
        text = 'a("x/*y*/", \'"\'); // put_page(p)\n#define B put_page(q) \\\n  put_page(r)\nc();'
        masked = ctext.mask(text)
        self.assertEqual(len(masked), len(text))
        self.assertEqual(masked.count("\n"), text.count("\n"))
        self.assertNotIn("put_page", masked)
        self.assertEqual(masked.index("c()"), text.index("c()"))

    def test_arguments_are_split_at_their_own_commas(self):
        text = "f(a, g(b, c), {d, e}, h[i])"
        pieces = ctext.split_arguments(text, 2, len(text) - 1)
        self.assertEqual([text[s:e] for s, e in pieces], ["a", "g(b, c)", "{d, e}", "h[i]"])

    def test_statement_has_its_else(self):
        text = "if (a) { b(); } else if (c) d(); else { e(); } f();"
        self.assertEqual(text[ctext.statement_end(text, 0):], " f();")

    def test_functions_have_names(self):
        text = ("struct s { int a; };\nint x[] = { 1 };\nstatic int __attribute__((noinline)) f(int a)\n"
                "{ if (a) { } return 0; }\nSYSCALL_DEFINE1(call, int, a)\n{ }\n"
                "struct page *g(void) __acquires(x)\n{ }\n")
        found = ctext.functions(ctext.mask(text))
        self.assertEqual([f.name for f in found], ["f", "call", "g"])
        self.assertEqual([f.returns() for f in found], ["integer", "integer", "pointer"])


class Sites(unittest.TestCase):
    def test_pattern_is_by_kind(self):
        source = Source("a.c", "void f(void) { pin_user_pages_fast(a, 1, 0, &p); put_page(q); }\n"
                               "void g(void) { unpin_user_page(p); }\n")
        self.assertEqual([(s.callee, s.pattern) for s in source.sites],
                         [("pin_user_pages_fast", "same-file"), ("put_page", "other-file"),
                          ("unpin_user_page", "same-file")])

    def test_homonyms_and_members_are_not_the_api(self):
        source = Source("a.c", "static void put_page(struct page *p) { }\n"
                               "void f(void) { put_page(p); x->unpin_user_page(p); }\n")
        self.assertEqual(source.sites, [])


class Operators(unittest.TestCase):
    def test_lines_stay(self):
        text = ("int f(void)\n{\n\tn = pin_user_pages(a, n,\n\t\t0,\n\t\tp);\n\tif (n < 0)\n"
                "\t\tgoto out;\n\tg();\n\tgoto out;\nout:\n\tunpin_user_pages(p,\n\t\tn);\n"
                "\treturn n;\n}\n")
        for operator in mutate.OPERATORS:
            for mutant, changed in made(text, operator):
                self.assertEqual(changed.count("\n"), text.count("\n"), mutant.ident)
                self.assertNotEqual(changed, text, mutant.ident)

    def test_swap_release(self):
        text = "void f(void) { pin_user_pages(a, n, 0, p); unpin_user_pages_dirty_lock(p, n, true); }"
        (mutant, changed), = made(text, "swap-release")
        self.assertIn("release_pages(p, n);", changed)
        self.assertEqual(mutant.expected, {"put-pinned"})

    def test_swap_acquire_without_pages_is_no_mutant(self):
        (mutant, _), = made("void f(void) { pin_user_pages_fast(a, n, 0, NULL); }", "swap-acquire")
        self.assertTrue(mutant.aside)

    def test_double_release_with_a_side_effect_is_no_mutant(self):
        (mutant, _), = made("void f(void) { unpin_user_page(p[--n]); }", "double-release")
        self.assertTrue(mutant.aside)
        (mutant, changed), = made("void f(void) { unpin_user_page(p[n]); }", "double-release")
        self.assertFalse(mutant.aside)
        self.assertIn("(unpin_user_page(p[n]), unpin_user_page(p[n]));", changed)

    def test_wrong_count(self):
        text = ("void f(void) { r = pin_user_pages(a, want, 0, p); unpin_user_pages(p, r); }")
        changes = [changed for _, changed in made(text, "wrong-count")]
        self.assertIn("unpin_user_pages(p, (r) + 1)", changes[0])
        self.assertIn("unpin_user_pages(p, want)", changes[1])

    def test_wrong_count_of_a_loop(self):
        text = "void f(void) { for (i = 0; i < n; i++) if (p[i]) put_page(p[i]); put_page(q); }"
        (_, changed), = made(text, "wrong-count")
        self.assertIn("for (i = 0; i < (n) + 1; i++)", changed)

    def test_drop_check_keeps_the_call_and_the_else(self):
        (_, changed), = made("int f(void) { if (get_user_pages_fast(a, 1, 0, &p) != 1) return 1; "
                             "put_page(p); }", "drop-check")
        self.assertIn("{ (void)(get_user_pages_fast(a, 1, 0, &p) != 1); put_page(p); }", changed)
        (_, changed), = made("int f(void) { r = get_user_pages(a, n, 0, p); if (r < n) g(); "
                             "else h(); return 0; }", "drop-check")
        self.assertIn("; ; h(); return", changed)

    def test_drop_check_stops_at_another_result(self):
        self.assertEqual(len(made("int f(void) { r = get_user_pages(a, n, 0, p); if (r < n) g(); "
                                  "r = h(); if (r < 0) i(); return 0; }", "drop-check")), 1)

    def test_early_return_wants_a_cleanup_behind_the_label(self):
        text = ("int f(void) {{ r = pin_user_pages(a, n, 0, p); if (g()) goto out; h();\n"
                "out:\n {} return 0; }}")
        (_, changed), = made(text.format("unpin_user_pages(p, r);"), "early-return")
        self.assertIn("if (g()) return -22; h()", changed)
        self.assertEqual(made(text.format("free(x);"), "early-return"), [])

    def test_early_return_where_nothing_is_held_is_no_mutant(self):
        text = ("int f(void) { r = pin_user_pages(a, n, 0, p); if (r < 0) goto out; h();\n"
                "out:\n unpin_user_pages(p, r); return 0; }")
        (mutant, _), = made(text, "early-return")
        self.assertTrue(mutant.aside)


class Output(unittest.TestCase):
    def test_findings_have_their_events(self):
        said = ("a.c: In function 'f':\n"
                "a.c:5:2: warning: 'put_page' drops 'p' [pincheck:put-pinned]\n"
                "a.c:3:6: note: (1) pinned here\nb.h:9:1: note: (2) through here\n"
                "a.c:7:1: warning: something else [-Wunused]\na.c:8:1: note: (1) not ours\n")
        finding, = parse_findings(said)
        self.assertEqual((finding.id, finding.line, finding.function), ("put-pinned", 5, "f"))
        self.assertEqual(finding.places(), [("a.c", 5), ("a.c", 3), ("b.h", 9)])

    def test_table_is_aligned(self):
        self.assertEqual(table(("a", "n"), [("long", 5), ("-", 10)]),
                         "a      n\n----  --\nlong   5\n-     10")


if __name__ == "__main__":
    unittest.main()
