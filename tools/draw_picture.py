"""Draw the README's picture: the dossier of the demo's most disputed event, as its page shows it (needs Chromium).

python tools/draw_picture.py [docs/images/dossier.png]
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import variorum
from variorum.exports.wording import disputed_fields

DEMO = Path(variorum.__file__).parent / "data" / "demo"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images/dossier.png")
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no Chromium is installed (Debian: apt install chromium)")
    with variorum.collate(DEMO) as edition, tempfile.TemporaryDirectory() as folder:
        event = max(edition.events, key=lambda item: (len(disputed_fields(item)), len(item.documents), item.id))
        page_file = Path(folder) / "demo.html"
        page_file.write_text(edition.to_html(), encoding="utf-8")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            page = browser.new_page(viewport={"width": 1000, "height": 900}, device_scale_factor=2)
            page.goto(page_file.as_uri())
            article = page.locator(f"[id='{event.id}']")
            article.locator("tbody details").first.locator("summary").first.click()
            article.screenshot(path=str(target))
            browser.close()
    print(target)


if __name__ == "__main__":
    main()
