# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings as the compiler prints them, read back.

    drivers/a.c: In function 'f':
    drivers/a.c:45:3: warning: 'put_page' drops 'pages[i]' ... [pincheck:put-pinned]
    drivers/a.c:30:8: note: (1) pinned here by 'pin_user_pages_fast'
"""

import re

_PLACE = r"(?P<file>[^:\n]+):(?P<line>\d+):(?P<column>\d+): "
_FINDING = re.compile(_PLACE + r"(?:warning|error): (?P<text>.*) \[(?P<error>-Werror=)?"
                      r"pincheck:(?P<id>[a-z-]+)\]$")
_EVENT = re.compile(_PLACE + r"note: \(\d+\) (?P<text>.*)$")
_OTHER = re.compile(_PLACE + r"(?:warning|error|note): ")
_FUNCTION = re.compile(r"(?P<file>[^:\n]+): (?:In function '(?P<function>[^']+)'|At top level)")


class Event:
    def __init__(self, file, line, text):
        self.file = file
        self.line = line
        self.text = text


class Finding:
    def __init__(self, ident, file, line, function, text):
        self.id = ident
        self.file = file
        self.line = line
        self.function = function
        self.text = text
        self.events = []

    def key_text(self):
        """The message without line numbers and numbered values: it survives an edit elsewhere."""
        return re.sub(r"(line |:|\$)\d+", r"\1N", self.text)

    def key(self):
        return (self.id, self.file, self.function, self.key_text())

    def place_key(self):
        return (self.id, self.file, self.line)

    def places(self):
        """Where it points to: its own line, then those of its story."""
        return [(self.file, self.line)] + [(e.file, e.line) for e in self.events]

    def __str__(self):
        return f"{self.file}:{self.line}: {self.text} [pincheck:{self.id}]"


def parse_findings(stderr, relative=lambda path: path):
    """The findings in the compiler's STDERR; RELATIVE maps a path to the name that it goes by."""
    found = []
    function, events_of = "", None
    for row in stderr.split("\n"):
        match = _FUNCTION.match(row)
        if match:
            function = match.group("function") or ""
            continue
        match = _FINDING.match(row)
        if match:
            events_of = Finding(match.group("id"), relative(match.group("file")),
                                int(match.group("line")), function, match.group("text"))
            found.append(events_of)
            continue
        match = _EVENT.match(row)
        if match:
            if events_of:
                events_of.events.append(Event(relative(match.group("file")),
                                              int(match.group("line")), match.group("text")))
        elif _OTHER.match(row) and ": note: " not in row:
            events_of = None
    return found
