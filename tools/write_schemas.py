"""Write the JSON Schemas of the public outputs from the records: ``python tools/write_schemas.py``."""

from __future__ import annotations

from variorum.schemas import SCHEMAS, path, render

if __name__ == "__main__":
    for name in SCHEMAS:
        path(name).write_text(render(name), encoding="utf-8")
        print(path(name))
