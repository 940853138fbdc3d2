# SPDX-License-Identifier: GPL-2.0-or-later
"""Result files (JSON lines, appended to) and tables."""

import json
import os
import re
import threading


def table(header, rows):
    """HEADER and ROWS as aligned text: words to the left, columns of numbers to the right."""
    texts = [[str(cell) for cell in row] for row in [header] + list(rows)]
    columns = list(zip(*texts))
    widths = [max(len(cell) for cell in column) for column in columns]
    right = [_is_numeric(column[1:]) for column in columns]
    lines = []
    for row in texts:
        cells = [cell.rjust(width) if is_right else cell.ljust(width)
                 for cell, width, is_right in zip(row, widths, right)]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


def _is_numeric(cells):
    numbers = [cell for cell in cells if cell != "-"]
    return bool(numbers) and all(re.fullmatch(r"-?[\d.]+%?", cell) for cell in numbers)


def share(part, whole):
    return f"{100 * part / whole:.1f}%" if whole else "-"


class Results:
    """
    One JSON object a line.  An instrument that is started again reads what the last run left, and
    goes on; a line cut off by the interruption is dropped.
    """

    def __init__(self, path, fresh=False):
        self.path = path
        self._lock = threading.Lock()
        if fresh and os.path.exists(path):
            os.unlink(path)
        self.rows = self._read()
        self._file = open(path, "a")

    def _read(self):
        rows, good = [], 0
        if not os.path.exists(self.path):
            return rows
        with open(self.path, "rb") as file:
            for line in file:
                try:
                    rows.append(json.loads(line))
                except ValueError:
                    break
                if not line.endswith(b"\n"):
                    rows.pop()
                    break
                good += len(line)
        os.truncate(self.path, good)
        return rows

    def add(self, row):
        with self._lock:
            self.rows.append(row)
            self._file.write(json.dumps(row, sort_keys=True) + "\n")
            self._file.flush()

    def close(self):
        self._file.close()
