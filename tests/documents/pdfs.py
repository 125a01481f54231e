"""PDFs made for the tests: one font, lines of text where they are asked for."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

Placed = tuple[float, float, str]  # points from the left and from the bottom, and what stands there


def pdf_of(pages: Sequence[Sequence[Placed]], *, size: float = 12) -> bytes:
    """A PDF of A4 pages in Helvetica."""
    contents = []
    for page in pages:
        lines = [f"BT /F1 {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET" for x, y, text in page]
        contents.append("\n".join(lines).encode("cp1252"))
    return pdf_of_streams(contents)


def pdf_of_streams(contents: Sequence[bytes], *, packed: bool = True, resources: bytes = b"") -> bytes:
    """A PDF with these content streams, a page each; `packed` ones are deflated first."""
    count = len(contents)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        data = zlib.compress(content) if packed else content
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> %s >> >>" % (5 + 2 * number, resources)
        )
        head = b"<< /Length %d /Filter /FlateDecode >>" % len(data)
        objects.append(head + b"\nstream\n" + data + b"\nendstream")
    made, at = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        at.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in at)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
