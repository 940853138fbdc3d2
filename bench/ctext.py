# SPDX-License-Identifier: GPL-2.0-or-later
"""Just enough C to find a call, its arguments and the statement around it in source text.

All functions work on a mask: the text with comments, literals and directives blanked, of the same length,
so that an offset in the mask is an offset in the source.
"""

import bisect
import re

_BLANK = re.compile(
    r"//(?:[^\n\\]|\\\r?\n|\\.)*"
    r"|/\*.*?\*/"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|^[ \t]*#(?:[^\n\\/]|\\\r?\n|\\.|/(?!\*)|/\*.*?\*/)*", re.S | re.M)
_NOT_NEWLINE = re.compile(r"[^\n]")
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_KEYWORDS = frozenset("if while for switch return sizeof do else typeof __typeof__ case".split())
_ANNOTATION = re.compile(r"__attribute__|__acquires|__releases|__must_hold|__printf|__cond_\w+|"
                         r"__no_\w+|noinline\w*|__init|__exit")


def mask(text):
    """TEXT with everything blanked that is not code."""
    def blank(match):
        word = match.group(0)
        if word[0] in "\"'":		# keep the quotes: an argument stays an argument
            return word[0] + _NOT_NEWLINE.sub("_", word[1:-1]) + word[-1]
        return _NOT_NEWLINE.sub(" ", word)
    return _BLANK.sub(blank, text)


def match_forward(masked, start):
    """The offset of the bracket that closes the one at START, or -1."""
    closing = []
    for offset in range(start, len(masked)):
        char = masked[offset]
        if char in _PAIRS:
            closing.append(_PAIRS[char])
        elif char in ")]}":
            if char != closing.pop():
                return -1
            if not closing:
                return offset
    return -1


def split_arguments(masked, start, end):
    """The (start, end) of each argument in MASKED[START:END], blanks trimmed."""
    pieces, depth, begin = [], 0, start
    for offset in range(start, end):
        char = masked[offset]
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif char == "," and depth == 0:
            pieces.append((begin, offset))
            begin = offset + 1
    pieces.append((begin, end))
    return [_trim(masked, *piece) for piece in pieces]


def _trim(masked, start, end):
    while start < end and masked[start].isspace():
        start += 1
    while end > start and masked[end - 1].isspace():
        end -= 1
    return start, end


def skip_blank(masked, offset):
    while offset < len(masked) and masked[offset].isspace():
        offset += 1
    return offset


def statement_end(masked, start):
    """The offset behind the statement that begins at START (blanks allowed before it), or -1."""
    start = skip_blank(masked, start)
    if start >= len(masked):
        return -1
    if masked[start] == "{":
        return match_forward(masked, start) + 1 or -1
    word = re.compile(r"(\w+)\s*").match(masked, start)
    name = word.group(1) if word else ""
    if name in ("if", "while", "for", "switch") or re.fullmatch(r"\w*for_each\w*", name):
        if masked[word.end():word.end() + 1] == "(":
            close = match_forward(masked, word.end())
            if close < 0:
                return -1
            end = statement_end(masked, close + 1)
            if name == "if" and end > 0:
                otherwise = re.compile(r"\s*else\b").match(masked, end)
                if otherwise:
                    end = statement_end(masked, otherwise.end())
            return end
    if name == "do":
        end = statement_end(masked, word.end())
        return masked.find(";", end) + 1 or -1
    depth = 0
    for offset in range(start, len(masked)):
        char = masked[offset]
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth < 0:
                return -1
        elif char == ";" and depth == 0:
            return offset + 1
    return -1


class Function:
    """A function definition: its name, its head (the text before the name), and its body's braces."""

    def __init__(self, name, head, start, body, end):
        self.name = name
        self.head = head
        self.start = start
        self.body = body
        self.end = end

    def returns(self):
        """What an early return has to give: "void", "pointer" or "integer"."""
        head = re.sub(r"__attribute__\s*\(\(.*?\)\)", "", self.head)
        if "*" in head:
            return "pointer"
        words = re.findall(r"\w+", head)
        return "void" if "void" in words else "integer"


def functions(masked):
    """The function definitions, in order."""
    found, offset, declared = [], 0, 0
    for match in iter(lambda: re.compile(r"[{};]").search(masked, offset), None):
        char, place = match.group(0), match.start()
        offset = place + 1
        if char != "{":
            declared = offset
            continue
        close = match_forward(masked, place)
        if close < 0:
            declared = offset
            continue
        name = _function_name(masked, declared, place)
        if name:
            begin = skip_blank(masked, declared)
            found.append(Function(name[0], masked[begin:name[1]], begin, place, close + 1))
        if name or masked[close + 1:close + 2] != ";":
            declared = close + 1
        offset = close + 1
    return found


def _function_name(masked, start, brace):
    """The name in MASKED[START:BRACE] if that is the head of a function, with its offset."""
    head = masked[start:brace]
    if "=" in re.sub(r"\(.*?\)", "", head, flags=re.S):
        return None
    offset = 0
    for match in iter(lambda: re.compile(r"(\w+)\s*\(").search(head, offset), None):
        close = match_forward(head, match.end() - 1)
        if close < 0:
            return None
        name = match.group(1)
        if name.startswith(("SYSCALL_DEFINE", "COMPAT_SYSCALL_DEFINE")):
            return head[match.end():close].partition(",")[0].strip(), start + match.start()
        if not _ANNOTATION.fullmatch(name) and name not in _KEYWORDS:
            return name, start + match.start()
        offset = close + 1
    return None


class Lines:
    """Offset to line number."""

    def __init__(self, text):
        self._starts = [0] + [match.end() for match in re.finditer("\n", text)]

    def of(self, offset):
        return bisect.bisect_right(self._starts, offset)
