"""A PDF on standard input to its lines of text with where they stand, as JSON: run in a process of its own.

A PDF is a program for a page: a few kilobytes can ask for gigabytes, and a broken one can break its reader. So this
runs apart from everything else, under limits that the system keeps. It imports nothing of its package.

Printed is ``{"pages": [[[text, left, right, bottom, top, size], …], …], "pictures": n}`` in points, origin at the
lower left, or ``{"problem": "encrypted" | "unreadable", "detail": …}``.
"""

from __future__ import annotations

import ctypes
import json
import sys
from typing import Any

PAGES = 2_000
CHARACTERS = 5_000_000
HYPHENS = "\x02\ufffe\u00ad"  # what PDFium gives for the hyphen of a word that a line's end divides


def limit(memory: int, seconds: int) -> None:
    """Have the system end this process past `memory` bytes or `seconds` of processor time, where it can."""
    try:
        import resource
    except ImportError:  # not a POSIX system
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(content: bytes) -> dict[str, Any]:
    """The lines of every page."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            return {"problem": "encrypted", "detail": "it is behind a password"}
        return {"problem": "unreadable", "detail": f"cannot be read as a PDF: {str(error).splitlines()[0]}"}
    if len(document) > PAGES:
        return {"problem": "too-large", "detail": f"it has {len(document):,} pages, and {PAGES:,} are read"}
    pages: list[list[list[object]]] = []
    pictures = characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            pages.append([])
            continue
        text = page.get_textpage()
        characters += text.count_chars()
        if characters > CHARACTERS:
            return {"problem": "too-large", "detail": f"it has more than {CHARACTERS:,} characters of text"}
        lines = _lines(text, raw)
        if not lines:
            pictures += sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2))
        pages.append(lines)
    return {"pages": pages, "pictures": pictures}


def _lines(page: Any, raw: Any) -> list[list[object]]:
    lines: list[list[object]] = []
    characters: list[str] = []
    box: list[float] = []
    size = 0.0
    sides = [ctypes.c_double() for _ in range(4)]  # left, right, bottom, top
    for at in range(page.count_chars()):
        code = raw.FPDFText_GetUnicode(page, at)
        letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if letter in "\r\n" and letter:
            if text := "".join(characters).strip():
                lines.append([text, *box, size])
            characters, box, size = [], [], 0.0
            continue
        characters.append(letter)
        if letter.isspace() or not letter or not raw.FPDFText_GetCharBox(page, at, *map(ctypes.byref, sides)):
            continue
        left, right, bottom, top = (round(side.value, 2) for side in sides)
        if box:
            box = [min(box[0], left), max(box[1], right), min(box[2], bottom), max(box[3], top)]
        else:
            box, size = [left, right, bottom, top], round(raw.FPDFText_GetFontSize(page, at), 2)
    if text := "".join(characters).strip():
        lines.append([text, *box, size])
    return [line for line in lines if len(line) == 6]


if __name__ == "__main__":
    limit(int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write(json.dumps(read(sys.stdin.buffer.read())))
