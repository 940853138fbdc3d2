# SPDX-License-Identifier: GPL-2.0-or-later
"""Call sites of the page API in a source file: where references are acquired, and where released.

The scan reads the source, not the analyzer's mind: a site counts whether or not the analyzer understands
the code around it.  What the configuration leaves out (#if) and macro bodies are not scanned.

The pattern of a site says how far its counterpart is, by the text alone:

    same-function   a call of the other direction and of the same kind stands in the same function
    same-file       one stands in the same file: the reference travels through a field or a call
    other-file      none: it is released, or acquired, in another file
"""

import re

import ctext

PINNED, ORDINARY = "pinned", "ordinary"

# callee -> kind.  The acquisitions a mutant is made of, and those that only tell the pattern of a release.
ACQUIRE = {
    "pin_user_pages": PINNED, "pin_user_pages_fast": PINNED, "pin_user_pages_remote": PINNED,
    "pin_user_pages_unlocked": PINNED, "pin_user_pages_fast_only": PINNED,
    "pin_user_pages_locked": PINNED, "memfd_pin_folios": PINNED, "iov_iter_extract_pages": PINNED,
    "get_user_pages": ORDINARY, "get_user_pages_fast": ORDINARY, "get_user_pages_remote": ORDINARY,
    "get_user_pages_unlocked": ORDINARY, "get_user_pages_fast_only": ORDINARY,
    "get_user_pages_locked": ORDINARY, "get_user_page_fast_only": ORDINARY,
    "get_user_page_vma_remote": ORDINARY, "get_dump_page": ORDINARY,
    "__get_user_pages_fast": ORDINARY, "get_user_pages_longterm": ORDINARY,
    "iov_iter_get_pages": ORDINARY, "iov_iter_get_pages2": ORDINARY,
    "iov_iter_get_pages_alloc": ORDINARY, "iov_iter_get_pages_alloc2": ORDINARY,
}
_ORDINARY_SOURCE = re.compile(
    r"(?:get_page(?:_unless_zero)?|try_get_page|folio_(?:try_)?get|(?:__)?alloc_pages?(?:_\w+)?"
    r"|folio_alloc|vma_alloc_folio|find_(?:get|lock|or_create)_\w+|(?:__)?filemap_(?:get|lock|grab)_folio\w*"
    r"|pagecache_get_page|grab_cache_page\w*|read_(?:mapping|cache)_\w+|shmem_(?:get|read)_\w+"
    r"|follow_page\w*|dev_alloc_pages?|get_kernel_pages?|ksm_get_folio|folio_isolate_lru"
    r"|page_pool_alloc_pages|sgl_alloc\w*)")

# callee -> (kind, offset of the count argument or None)
RELEASE = {
    "unpin_user_page": (PINNED, None), "unpin_user_pages": (PINNED, 1),
    "unpin_user_pages_dirty_lock": (PINNED, 1), "unpin_user_page_range_dirty_lock": (PINNED, 1),
    "unpin_user_folio": (PINNED, 1), "unpin_folio": (PINNED, None), "unpin_folios": (PINNED, 1),
    "put_user_page": (PINNED, None), "put_user_pages": (PINNED, 1),
    "put_user_pages_dirty": (PINNED, 1), "put_user_pages_dirty_lock": (PINNED, 1),
    "put_page": (ORDINARY, None), "folio_put": (ORDINARY, None), "folio_put_refs": (ORDINARY, 1),
    "release_pages": (ORDINARY, 1),
}

# A unit with one of these is a user of GUP or pins.
GUP_USER = re.compile(
    r"\b(?:(?:un)?pin_user_\w+|unpin_folios?|memfd_pin_folios|get_user_pages?(?:_\w+)?"
    r"|__get_user_pages_fast|put_user_pages?(?:_\w+)?|get_dump_page|iov_iter_(?:get|extract)_pages\w*)\s*\(")

_CALL = re.compile(r"(?<![\w.])(?<!->)([A-Za-z_]\w*)\s*\(")


class Site:
    """One call of the page API.  Offsets are into the source."""

    def __init__(self, callee, start, end, arguments, function, line, end_line):
        self.callee = callee
        self.start = start
        self.end = end			# behind the closing parenthesis
        self.arguments = arguments	# (start, end) of each
        self.function = function
        self.line = line
        self.end_line = end_line
        self.pattern = None

    @property
    def is_release(self):
        return self.callee in RELEASE

    @property
    def kind(self):
        return RELEASE[self.callee][0] if self.is_release else ACQUIRE.get(self.callee, ORDINARY)

    @property
    def count_argument(self):
        if not self.is_release or RELEASE[self.callee][1] is None:
            return None
        return self.arguments[RELEASE[self.callee][1]]


class Source:
    """A source file, scanned."""

    def __init__(self, name, text, live=None):
        self.name = name
        self.text = text
        self.masked = ctext.mask(live if live is not None else text)
        self.lines = ctext.Lines(text)
        self.functions = ctext.functions(self.masked)
        self._own = {function.name for function in self.functions}
        self.sites, self.helpers = [], []
        for function in self.functions:
            self._scan(function)
        for site in self.sites:
            site.pattern = self._pattern(site)

    def _scan(self, function):
        for match in _CALL.finditer(self.masked, function.body, function.end):
            callee = match.group(1)
            known = callee in ACQUIRE or callee in RELEASE
            if callee in self._own or not (known or _ORDINARY_SOURCE.fullmatch(callee)):
                continue		# a homonym of the file's own is not the API
            close = ctext.match_forward(self.masked, match.end() - 1)
            if close < 0:
                continue
            arguments = ctext.split_arguments(self.masked, match.end(), close)
            site = Site(callee, match.start(), close + 1, arguments, function,
                        self.lines.of(match.start()), self.lines.of(close))
            (self.sites if known else self.helpers).append(site)

    def _pattern(self, site):
        others = [other for other in self.sites + self.helpers
                  if other.is_release != site.is_release and other.kind == site.kind]
        if any(other.function is site.function for other in others):
            return "same-function"
        return "same-file" if others else "other-file"

    def argument(self, site, number):
        start, end = site.arguments[number]
        return self.text[start:end]

    def function_at(self, line):
        """The name of the function that has LINE, or ""."""
        for function in self.functions:
            if self.lines.of(function.start) <= line <= self.lines.of(function.end - 1):
                return function.name
        return ""

    def is_user(self):
        """Whether it takes or gives back GUP or pin references, and is not their implementation."""
        return (not self._own & {"get_user_pages", "pin_user_pages"}
                and any(GUP_USER.match(site.callee + "(") for site in self.sites))

    def calls(self, function):
        """The names that FUNCTION's body calls."""
        return {m.group(1) for m in _CALL.finditer(self.masked, function.body, function.end)}

    def releasing_functions(self):
        """The file's functions that release something of the page API, themselves or by calls."""
        releasing = {site.function.name for site in self.sites if site.is_release}
        calls = {function.name: self.calls(function) for function in self.functions}
        grown = True
        while grown:
            more = {name for name in calls if calls[name] & releasing} - releasing
            grown = bool(more)
            releasing |= more
        return releasing


def dead_sites(text, live):
    """How many sites of the whole text the configuration leaves out."""
    def count(masked):
        return sum(1 for m in _CALL.finditer(masked) if m.group(1) in RELEASE or m.group(1) in ACQUIRE)
    return count(ctext.mask(text)) - count(ctext.mask(live))
