# SPDX-License-Identifier: GPL-2.0-or-later
"""The mutation operators: each takes a scanned source and gives its mutants.

A mutant never changes the number of lines, so a line of a finding is a line of the original.
"""

import re

import ctext
from sites import ACQUIRE, ORDINARY, PINNED

KIND_FINDINGS = {PINNED: "put-pinned", ORDINARY: "unpin-ordinary"}
_SIDE_EFFECT = re.compile(r"\+\+|--|(?<![=!<>])=(?!=)")


class Mutant:
    """One edit of a source, and how a good analyzer answers it."""

    def __init__(self, operator, site, edits, what, expected, where):
        self.operator = operator
        self.site = site
        self.edits = edits		# (start, end, replacement), not overlapping
        self.what = what		# in words
        self.expected = frozenset(expected)
        self.where = where		# "line": of the site; "function": of the site; "unit"
        self.aside = None		# why it is no mutant after all
        self.line = site.line
        self.end_line = site.end_line
        self.ident = None

    def apply(self, text):
        for start, end, replacement in sorted(self.edits, reverse=True):
            missing = text.count("\n", start, end) - replacement.count("\n")
            text = text[:start] + replacement + "\n" * missing + text[end:]
        return text


# ---- the calls of the other kind

def _swapped_release(source, site, declared):
    """The other kind's call in the place of the release SITE, or None if there is none."""
    def text(number):
        return source.argument(site, number)

    first = text(0)
    count = text(1) if len(site.arguments) > 1 else None
    unpin = "unpin_user_page" if "unpin_user_page" in declared else "put_user_page"
    if site.callee in ("unpin_user_page", "put_user_page"):
        return f"put_page({first})"
    if site.callee == "put_page":
        return f"{unpin}({first})"
    if site.callee == "folio_put":
        if "unpin_folio" in declared:
            return f"unpin_folio({first})"
        return f"{unpin}(&({first})->page)"
    if site.callee == "unpin_folio":
        return f"folio_put({first})"
    if site.callee == "unpin_user_folio":
        return f"folio_put_refs({first}, {count})"
    if site.callee == "folio_put_refs":
        return f"unpin_user_folio({first}, {count})" if "unpin_user_folio" in declared else None
    if site.callee == "release_pages":
        return f"{unpin}s({first}, {count})"
    if site.callee == "unpin_user_page_range_dirty_lock":
        return f"folio_put_refs(page_folio({first}), {count})"
    return f"release_pages({first}, {count})"


def _swapped_acquire(callee):
    if callee.startswith("pin_user_pages"):
        return "get_" + callee.removeprefix("pin_")
    if callee.startswith("get_user_pages") and "pin_" + callee.removeprefix("get_") in ACQUIRE:
        return "pin_" + callee.removeprefix("get_")
    return None


def swap_release(source, declared):
    for site in source.sites:
        replacement = site.is_release and _swapped_release(source, site, declared)
        if replacement:
            yield Mutant("swap-release", site, [(site.start, site.end, replacement)],
                         f"{site.callee} -> {replacement.partition('(')[0]}",
                         [KIND_FINDINGS[site.kind]], "line")


def swap_acquire(source, declared):
    for site in source.sites:
        replacement = None if site.is_release else _swapped_acquire(site.callee)
        if not replacement or replacement not in declared:
            continue
        other = ORDINARY if site.kind == PINNED else PINNED
        mutant = Mutant("swap-acquire", site,
                        [(site.start, site.start + len(site.callee), replacement)],
                        f"{site.callee} -> {replacement}",
                        [KIND_FINDINGS[other], "mixed-container", "wrong-guard"], "unit")
        if source.argument(site, _page_argument_of(site.callee)) == "NULL":
            mutant.aside = "acquires nothing: no page array"
        yield mutant


def _count_argument_of(callee):
    """Which argument of the acquisition CALLEE is the number of pages, or None."""
    if not re.search(r"user_pages(?:_|$)", callee):
        return None
    return 2 if callee.endswith("_remote") else 1


def _page_argument_of(callee):
    """Which argument of the acquisition CALLEE is the array of pages."""
    if callee.endswith("_remote"):
        return 4
    return 2 if callee.endswith("_unlocked") else 3


def drop_release(source, _declared):
    for site in source.sites:
        if site.is_release:
            yield Mutant("drop-release", site, [(site.start, site.end, "(void)0")],
                         f"{site.callee} removed", ["leak"], "acquirer")


def double_release(source, _declared):
    for site in source.sites:
        if not site.is_release:
            continue
        call = source.text[site.start:site.end]
        mutant = Mutant("double-release", site,
                        [(site.start, site.end, f"({call}, {' '.join(call.split())})")],
                        f"{site.callee} doubled", ["double-release"], "line")
        if _SIDE_EFFECT.search(source.masked, site.start, site.end):
            mutant.aside = "an argument has a side effect"
        yield mutant


def wrong_count(source, _declared):
    for site in source.sites:
        count = site.count_argument or _loop_bound(source, site)
        if not count:
            continue
        start, end = count
        text = source.text[start:end]
        yield _miscount(site, start, end, f"({text}) + 1")
        requested = _requested_count(source, site)
        if requested and requested.split() != text.split():
            yield _miscount(site, start, end, requested)


def _loop_bound(source, site):
    """The N of the `for (...; i < N; ...)` around the release SITE of an element [i], or None."""
    masked, bound = source.masked, None
    if not site.is_release:
        return None
    released = masked[site.start:site.end]
    for loop in re.compile(r"\bfor\s*\(").finditer(masked, site.function.body, site.start):
        close = ctext.match_forward(masked, loop.end() - 1)
        if not close < site.start < ctext.statement_end(masked, loop.start()):
            continue
        test = re.compile(r"[^;]*;\s*(\w+)\s*<\s*([^;&|]*?)\s*(?:&&[^;]*)?;").match(masked, loop.end(), close)
        if test and re.search(rf"\[[^\]]*\b{test.group(1)}\b", released):
            bound = test.span(2)
    return bound


def _miscount(site, start, end, replacement):
    return Mutant("wrong-count", site, [(start, end, replacement)],
                  f"count of {site.callee} -> {' '.join(replacement.split())}",
                  ["over-release", "leak"], "function")


def _requested_count(source, release):
    """What the last acquisition before RELEASE asks for: of the same array if there is one."""
    requested = None
    for site in source.sites:
        if site.is_release or site.function is not release.function or site.start > release.start:
            continue
        number = _count_argument_of(site.callee)
        if number is None:
            continue
        is_same = _array(source, site, _page_argument_of(site.callee)) == _array(source, release, 0)
        if is_same or requested is None or not requested[0]:
            requested = (is_same, source.argument(site, number))
    return requested[1] if requested else None


def _array(source, site, number):
    return re.sub(r"\s|\[.*\]|^&", "", source.argument(site, number))


# ---- paths

def early_return(source, _declared):
    releasing = source.releasing_functions()
    for function in source.functions:
        acquires = [s for s in source.sites if s.function is function and not s.is_release]
        if not acquires:
            continue
        masked = source.masked
        for jump in re.compile(r"\bgoto\s+(\w+)\s*;").finditer(masked, function.body, function.end):
            before = [site for site in acquires if site.end <= jump.start()]
            label = re.compile(rf"^\s*{jump.group(1)}\s*:(?!:)", re.M).search(
                masked, function.body, function.end)
            if not before or not label or label.start() < jump.start():
                continue		# nothing acquired yet, or a loop
            if not _releases(masked, label.end(), function.end, source, releasing):
                continue		# no cleanup
            value = {"void": "", "pointer": " NULL", "integer": " -22"}[function.returns()]
            site = _at(source, before[-1], jump)
            mutant = Mutant("early-return", site,
                            [(jump.start(), jump.end(), f"return{value};")],
                            f"goto {jump.group(1)} -> return", ["leak"], "function")
            mutant.aside = _holds_nothing(masked, before, jump.start(), function)
            yield mutant


def _at(source, site, match):
    """SITE's likeness at the place of MATCH."""
    place = type(site)(site.callee, match.start(), match.end(), [], site.function,
                       source.lines.of(match.start()), source.lines.of(match.end() - 1))
    place.pattern = site.pattern
    return place


def _releases(masked, start, end, source, releasing):
    names = set(re.findall(r"\b([A-Za-z_]\w*)\s*\(", masked[start:end]))
    return bool(names & releasing) or any(
        site.is_release and start <= site.start < end for site in source.sites)


def _holds_nothing(masked, before, jump, function):
    """Why no reference is held at JUMP: it is taken where the only acquisition has failed."""
    if len(before) > 1 or _in_loop(masked, function, before[0].start):
        return None
    result = _result_variable(masked, before[0], function)
    condition = _condition_of(masked, jump, function)
    if not condition:
        return None
    text = masked[condition[0]:condition[1]].strip()
    inside = condition[0] <= before[0].start < condition[1]
    if result and not re.search(rf"\b{re.escape(result)}\b", text) and not inside:
        return None
    subject = r"\(.*\)" if inside else re.escape(result or "?")
    if re.fullmatch(rf"(?:unlikely\s*\()?\s*(?:.*{subject}\s*<=?\s*0|!\s*{subject}|"
                    rf"IS_ERR(?:_OR_NULL)?\s*\(\s*{subject}\s*\))\s*\)?", text, re.S):
        return "nothing is held where the acquisition failed"
    if inside and re.search(r"!=\s*1\b|<\s*1\b", text):
        return "nothing is held where the acquisition of one page failed"
    if re.fullmatch(rf"(?:unlikely\s*\()?\s*{subject}\s*(?:!=|<)\s*1\s*\)?", text):
        return "nothing is held where the acquisition of one page failed"
    return None


def _in_loop(masked, function, offset):
    """Whether OFFSET is in the body of a loop of FUNCTION, or behind a label that is jumped back to."""
    for loop in re.compile(r"\b(?:for|while|do|\w*for_each\w*)\b").finditer(masked, function.body, offset):
        end = ctext.statement_end(masked, loop.start())
        if end > offset:
            return True
    for jump in re.compile(r"\bgoto\s+(\w+)\s*;").finditer(masked, offset, function.end):
        label = re.compile(rf"^\s*{jump.group(1)}\s*:", re.M).search(masked, function.body, offset)
        if label:
            return True
    return False


def _condition_of(masked, offset, function):
    """The (start, end) of the innermost `if (...)` whose then-statement has OFFSET."""
    found = None
    for test in re.compile(r"\bif\s*\(").finditer(masked, function.body, offset):
        close = ctext.match_forward(masked, test.end() - 1)
        if 0 <= close < offset and ctext.statement_end(masked, close + 1) > offset:
            found = (test.end(), close)
    return found


def _result_variable(masked, site, function):
    """The variable that SITE's result goes to, or None."""
    begin = max(masked.rfind(c, function.body, site.start) for c in ";{}")
    found = re.search(r"([A-Za-z_][\w.>\-\[\]]*)\s*=\s*(?:\(\w+\)\s*)?$",
                      masked[begin + 1:site.start])
    return found.group(1) if found else None


def drop_check(source, _declared):
    seen = set()
    for site in source.sites:
        if site.is_release:
            continue
        tests = [test for test in _tests_after(source, site) if test[0] not in seen]
        seen.update(test[0] for test in tests)
        for start, close, then_end, has_else, end in tests:
            condition = source.text[source.masked.index("(", start) + 1:close]
            holds_call = start <= site.start < close
            keep = f"(void)({condition});" if holds_call else ";"
            if has_else:
                behind = re.compile(r"\s*else\b").match(source.masked, then_end).end()
                edits = [(start, behind, keep)]
            else:
                edits = [(start, end, keep)]
            mutant = Mutant("drop-check", site, edits,
                            f"test ({' '.join(condition.split())[:60]}) after {site.callee} removed",
                            ["leak", "over-release"], "function")
            mutant.line = source.lines.of(start)
            if len(tests) > 1 and _asks_for_one(source, site):
                mutant.aside = "one page is asked for: the other test catches the same"
            yield mutant


def _asks_for_one(source, site):
    number = _count_argument_of(site.callee)
    return number is not None and source.argument(site, number) == "1"


def _tests_after(source, site):
    """The `if` statements that test the result of SITE: (start, close, then end, has else, end)."""
    masked, function = source.masked, site.function
    result = _result_variable(masked, site, function)
    offset = site.start
    enclosing = None
    for test in re.compile(r"\bif\s*\(").finditer(masked, function.body, site.start):
        close = ctext.match_forward(masked, test.end() - 1)
        if close > site.start:
            enclosing = test.start()
    if enclosing is not None:
        yield _if_statement(masked, enclosing)
        offset = ctext.statement_end(masked, enclosing)
    else:
        offset = masked.find(";", site.end) + 1
    if not result:
        return
    name = re.escape(result)
    for _ in range(8):			# statements that follow in the same block
        offset = ctext.skip_blank(masked, offset)
        end = ctext.statement_end(masked, offset)
        if end < 0:
            return
        statement = masked[offset:end]
        if re.match(r"if\s*\(", statement):
            parts = _if_statement(masked, offset)
            if _is_test_of(name, masked[offset:parts[1] + 1]):
                yield parts
        if re.search(rf"(?<![\w.>]){name}\s*=[^=]", statement):
            return			# from here on it is another result
        offset = end


def _is_test_of(name, text):
    """Whether the condition TEXT asks how the acquisition with the result NAME went."""
    compared = rf"(?<![\w.>]){name}\s*(?:[<>]=?|[!=]=)|(?:[<>]=?|[!=]=)\s*{name}(?!\w|->|\.)"
    return bool(re.search(rf"{compared}|\bIS_ERR(?:_OR_NULL)?\s*\(\s*{name}\s*\)", text)
                or re.fullmatch(rf"if\s*\(\s*!?\s*(?:(?:un)?likely\s*\(\s*!?\s*)?{name}\s*\)+", text))


def _if_statement(masked, start):
    close = ctext.match_forward(masked, masked.index("(", start))
    then_end = ctext.statement_end(masked, close + 1)
    has_else = bool(re.compile(r"\s*else\b").match(masked, then_end))
    return start, close, then_end, has_else, ctext.statement_end(masked, start)


OPERATORS = {
    "swap-release": swap_release,
    "swap-acquire": swap_acquire,
    "drop-release": drop_release,
    "wrong-count": wrong_count,
    "early-return": early_return,
    "double-release": double_release,
    "drop-check": drop_check,
}


def mutants(source, declared, operators=OPERATORS):
    """All mutants of SOURCE; DECLARED: the functions of the page API that its headers have."""
    made, numbers = [], {}
    for name in operators:
        for mutant in OPERATORS[name](source, declared):
            stem = f"{source.name}:{mutant.site.function.name}:{name}"
            numbers[stem] = numbers.get(stem, 0) + 1
            mutant.ident = f"{stem}:{numbers[stem]}"
            made.append(mutant)
    return made
