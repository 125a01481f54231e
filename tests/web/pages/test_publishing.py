"""An edition as a site of plain files: who and what is in it, and that it needs no server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from variorum.cli import main
from variorum.errors import ExportError
from variorum.exports.privacy import PrivacyOptions
from variorum.pipeline import Edition, collate
from variorum.pipeline.published import PublishOptions
from variorum.pipeline.rulings import Ruler, rule
from variorum.records import Claim
from variorum.web.publishing import MARK, address, publish

SECRET = b"s" * 32
REPORTS = {
    "one.txt": "LODWAR, Kenya, 4 March 2031 - Gunmen shot dead a teacher, Amina Otieno, and four herders at a market "
    "in Lodwar on Monday, Kenya's Interior Minister Daniel Barasa said.\n\nOtieno had taught at the school for nine "
    "years. The rains came late this year and the river is low.\n\n“Amina Otieno was kind,” said a trader.",
    "two.txt": "NAIROBI, 5 March 2031 - Gunmen shot dead seven people at a market in Lodwar on Monday, the Red Cross "
    "said on Tuesday.",
}
PRIVATE = ("Amina", "Otieno", "Achieng")


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    folder = tmp_path_factory.mktemp("publishing")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "edition.sqlite"
    with collate([folder / name for name in sorted(REPORTS)], output=path) as made:
        event = made.events[0].id
    ruler = Ruler(author="Ines Mbeki", at="2031-03-06T09:00:00Z", reason="seen the footage")
    rule(path, lambda opened: ruler.verdict(opened, "accept", [event]))[1].close()
    with Edition.open(path) as opened:
        said = next(claim for claim in opened.each(Claim) if claim.speaker == "trader")
    rule(path, lambda opened: ruler.fix_speaker(opened, said.id, "Brian Achieng"))[1].close()
    with Edition.open(path) as opened:
        assert any(claim.speaker == "Brian Achieng" for claim in opened.each(Claim))
        yield opened


@pytest.fixture(scope="module")
def site(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    assert publish(edition, folder, secret=SECRET).pages == len(list(folder.rglob("*.html")))
    return folder


def html_of(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}


def test_private_people_are_nowhere_and_who_speaks_for_others_is(site: Path) -> None:
    pages = html_of(site)
    for name in PRIVATE:
        assert [path for path, html in pages.items() if re.search(name, html, re.IGNORECASE)] == []
    assert any("Barasa" in html for html in pages.values())
    pseudonyms = set(re.findall(r"\[Person \w+\]", "".join(pages.values())))
    assert len(pseudonyms) == 2
    assert not any("Ines" in html or "footage" in html for html in pages.values())
    assert not any("one.txt" in html for html in pages.values())


def test_places_are_coarse_and_texts_stay_here(site: Path, edition: Edition) -> None:
    pages = html_of(site)
    event = next(each for each in edition.events if each.place is not None and each.place.name == "Lodwar")
    assert all(event.headline not in html for html in pages.values())
    heading = re.search(r"<h1>(.*?)</h1>", pages[f"events/{event.id}.html"], re.DOTALL)
    assert heading is not None
    assert "in Turkana" in heading.group(1)
    assert not any(str(event.place.lat) in html for html in pages.values())  # type: ignore[union-attr]
    assert not any("river is low" in page for page in pages.values())
    assert any("killed seven people" in page or "dead seven people" in page for page in pages.values())


def test_every_link_leads_to_a_file_that_is_there(site: Path) -> None:
    for path, html in html_of(site).items():
        here = (site / path).parent
        for link in re.findall(r'(?:href|src)="([^"]*)"', html):
            if link.startswith("#"):
                continue
            assert not re.match(r"[a-z]+:|/", link), (path, link)
            assert (here / link.partition("#")[0]).resolve().is_file(), (path, link)
        assert "<form" not in html


def test_it_opens_from_a_disk_and_asks_for_nothing(site: Path, browser: Any) -> None:
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda told: faults.append(told.text))
    page.on("request", lambda asked: None if asked.url.startswith(site.as_uri()) else faults.append(asked.url))
    for name in ("index.html", *(path.relative_to(site).as_posix() for path in sorted(site.glob("*/*.html"))[:6])):
        page.goto((site / name).as_uri())
        assert page.locator("h1").is_visible()
    page.close()
    assert faults == []


def test_a_site_is_replaced_and_nothing_else_is(edition: Edition, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    whole = PublishOptions(privacy=PrivacyOptions(pseudonyms=False, places="site"))
    publish(edition, folder, secret=b"", options=whole)
    assert any("Otieno" in html for html in html_of(folder).values())
    publish(edition, folder, secret=SECRET)
    assert not any("Otieno" in html for html in html_of(folder).values())
    assert (folder / MARK).is_file()
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "novel.txt").write_text("chapter one", encoding="utf-8")
    with pytest.raises(ExportError, match="no site"):
        publish(edition, mine, secret=SECRET)
    assert [path.name for path in mine.iterdir()] == ["novel.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "site"]


def test_the_command_writes_one(edition: Edition, tmp_path: Path) -> None:
    arguments = ["publish", str(edition.path), "-o", str(tmp_path / "out"), "--secret", str(tmp_path / "key"), "-q"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out" / "index.html").is_file()
    assert len((tmp_path / "key").read_bytes()) == 32


@pytest.mark.parametrize("id_", ["../../etc", "a/b", "", "con\x00", "é", "x" * 300, ".hidden"])
def test_no_id_leads_out_of_the_folder(id_: str) -> None:
    assert re.fullmatch(r"documents/x-[0-9a-f]{16}\.html", address("documents", id_))
