"""GeoJSON, FollowTheMoney, PROV-JSON, GraphML, Atom, Markdown and JSON, opened by readers that are not ours."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import feedparser
import geopandas
import msgspec
import networkx
import pytest
from defusedxml.ElementTree import fromstring
from prov.model import ProvDocument

from tests.conftest import REQUIRE_ALL
from tests.exports.editions import small
from variorum.exports.formats import FORMATS, ExportOptions, Job, atom, ftm, geojson
from variorum.exports.formats.markdown import plain
from variorum.exports.source import ContentSource, Source
from variorum.records import EditionContent

from .made import Generated, content, event, events, source, text_of

HOSTILE = "</summary>]]><script>&\x00\x1b|`*_[x](http://evil.example)<!--"


def written(name: str, read: Source | None = None, options: ExportOptions | None = None) -> str:
    text = FORMATS[name].text
    assert text is not None
    return "".join(text(Job(read or source(), options)))


def hostile() -> Source:
    made, documents = small(HOSTILE)
    return ContentSource(made, documents.__getitem__)


@pytest.mark.filterwarnings("ignore")
def test_geojson_opens_in_geopandas(tmp_path: Path) -> None:
    path = tmp_path / "e.geojson"
    path.write_text(written("geojson"), encoding="utf-8")
    frame = geopandas.read_file(path)
    assert set(geojson.PROPERTIES) <= set(frame.columns)
    assert len(frame) == len(events())
    assert (frame.geometry[0].x, frame.geometry[0].y) == (44.01, 36.2)
    assert frame.crs.to_epsg() == 4326
    assert list(frame.geometry.isna()) == [False, False, False, True, False, False, True, False]
    assert list(frame.precision)[2:4] == ["admin1", "country"]


def test_geojson_features_are_as_the_rfc_has_them() -> None:
    collection = json.loads(written("geojson"))
    assert set(collection) == {"type", "features"}
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        if feature["geometry"]:
            lon, lat = feature["geometry"]["coordinates"]
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
    assert json.loads(written("geojson", Generated(0)))["features"] == []


@pytest.mark.filterwarnings("ignore")
def test_entities_load_in_followthemoney() -> None:
    if not REQUIRE_ALL:
        pytest.importorskip("followthemoney", reason="install variorum[ftm] (needs a C++ compiler and ICU's headers)")
    from followthemoney import model
    from followthemoney.proxy import EntityProxy

    entities: dict[str, EntityProxy] = {}
    own = msgspec.structs.replace(content().documents[0], id="my report_1/é")
    told = msgspec.structs.replace(events()[0], documents=(own.id, "d2"))
    made = msgspec.structs.replace(
        content(), documents=(own, *content().documents[1:]), events=(told, *events()[1:]), claims=()
    )
    for line in written("ftm", ContentSource(made, text_of)).splitlines():
        given = json.loads(line)
        proxy = model.get_proxy(given, cleaned=False)
        assert proxy.schema.name == given["schema"]
        assert proxy.id not in entities
        for name, values in given["properties"].items():
            assert name in proxy.schema.properties, name
            assert sorted(proxy.get(name)) == sorted(values), (given["schema"], name, values)
        assert all(proxy.has(name) for name in proxy.schema.required), proxy.schema.required
        proxy.schema.validate(proxy.to_dict())
        entities[given["id"]] = proxy
    happened = [proxy for proxy in entities.values() if proxy.schema.name == "Event"]
    assert len(happened) == 7
    for proxy in happened:
        for prop in ("proof", "organizer", "involved", "addressEntity"):
            for id_ in proxy.get(prop):
                assert id_ == "d1" or entities[id_].schema.is_a(proxy.schema.properties[prop].range)
    assert {proxy.schema.name for proxy in entities.values()} <= set(ftm.PROPERTIES)


def test_entities_hold_the_properties_they_declare() -> None:
    for line in written("ftm").splitlines():
        entity = json.loads(line)
        assert set(entity["properties"]) <= set(ftm.PROPERTIES[entity["schema"]])
        assert all(isinstance(value, str) for values in entity["properties"].values() for value in values)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("read", [source, hostile])
def test_provenance_loads_in_prov(read: Any) -> None:
    text = written("prov-json", read())
    document = ProvDocument.deserialize(content=text, format="json")
    names = {str(record.identifier) for record in document.get_records() if record.identifier}
    assert json.loads(text)["entity"].keys() <= names
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert again == document
    written_in = json.loads(text)
    known = {*written_in["entity"], *written_in["activity"], *written_in["agent"]}
    for section in ("wasGeneratedBy", "used", "wasAssociatedWith", "wasDerivedFrom", "wasAttributedTo"):
        for statement in written_in[section].values():
            ends = {value for value in statement.values() if isinstance(value, str) and value.startswith("v:")}
            assert ends <= known, section


@pytest.mark.parametrize("read", [source, hostile])
def test_graphs_open_in_networkx(read: Any) -> None:
    made = read()
    graph = networkx.read_graphml(io.BytesIO(written("graphml-links", made).encode()))
    assert len(graph) == sum(1 for _ in made.events())
    assert [data["kind"] for _, _, data in graph.edges(data=True)] == [link.kind for link in made.links()]
    graph = networkx.read_graphml(io.BytesIO(written("graphml-derivations", made).encode()))
    assert sorted(graph) == ["d1", "d2"]
    (edge,) = graph.edges(data=True)
    (derivation,) = made.derivations()
    assert (edge[2]["score"], edge[2]["direction_known"]) == (derivation.score, derivation.directed)


def test_feed_opens_in_feedparser() -> None:
    feed = feedparser.parse(written("atom"))
    assert not feed.bozo
    assert feed.version == "atom10"
    assert [entry.title for entry in feed.entries] == [each.headline for each in events()]
    assert feed.entries[0].updated == "2031-05-07T07:00:00Z"
    assert "killed" in feed.entries[0].summary
    assert len({entry.id for entry in feed.entries}) == len(events())


def fed(told: tuple[Any, ...], previous: str = "") -> str:
    made = msgspec.structs.replace(content(), events=told)
    return written("atom", ContentSource(made, text_of), ExportOptions(previous=previous))


def test_feed_tells_what_changed() -> None:
    first = fed(events())
    assert fed(events(), first) == first
    changed = (msgspec.structs.replace(events()[0], headline="Told anew"), *events()[2:])
    second = fed(changed, first)
    before = {entry.id: entry for entry in feedparser.parse(first).entries}
    after = {entry.id: entry for entry in feedparser.parse(second).entries}
    moved = {id_ for id_ in after if after[id_].updated != before[id_].updated}
    assert moved == {atom.entry_id(events()[0])}
    assert all(after[id_].updated > before[id_].updated for id_ in moved)
    gone = fromstring(second.encode()).findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert [each.get("ref") for each in gone] == [atom.entry_id(events()[1])]
    third = fed(changed, second)
    assert third == second
    back = feedparser.parse(fed(events(), third)).entries
    assert {entry.id: entry for entry in back}[atom.entry_id(events()[1])].updated > gone[0].get("when")


def test_feed_of_hostile_words_is_xml() -> None:
    feed = feedparser.parse(written("atom", hostile()))
    assert not feed.bozo
    assert [child.tag.rpartition("}")[2] for child in fromstring(written("atom", hostile()).encode())].count(
        "entry"
    ) == 2


def test_other_feeds_are_refused() -> None:
    from variorum.errors import ExportError

    for other in ("no xml", "<rss/>", '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>x</id></entry></feed>'):
        with pytest.raises(ExportError, match="former feed"):
            fed(events(), other)


def test_json_is_the_edition() -> None:
    read = msgspec.json.decode(written("json"), type=EditionContent)
    assert read == content()


def test_json_of_nothing_is_json() -> None:
    assert msgspec.json.decode(written("json", Generated(0)), type=EditionContent).events == ()


def test_markdown_has_every_account() -> None:
    text = written("markdown")
    for words in (
        "Shelling number 1",
        "| 5 | the ministry | 6 May 2031 | The Tarn Post, 6 May 2031 | yes |",
        "| 3 | the ministry | 6 May 2031 | The Tarn Post, 6 May 2031 | no |",
        "eleven of our people died",
        "is answered by: Shelling number 3",
        "### At odds",
    ):
        assert words in text, words


def test_markdown_shows_hostile_words_as_they_are() -> None:
    text = written("markdown", hostile())
    assert "<script>" not in text.replace("\\<script\\>", "")
    assert "[x](" not in text
    assert plain("# not a *title*\n- nor | a list") == "\\# not a \\*title\\* - nor \\| a list"
    assert plain("- item") == "\\- item"


def test_an_event_without_anything_goes_into_every_format() -> None:
    bare = event(
        9, participants_actor=(), participants_recipient=(), place=None, time=None, documents=(), evidence=(), mode=None
    )
    made = msgspec.structs.replace(content(), events=(bare,), links=(), claims=(), contradictions=())
    for name, each in FORMATS.items():
        if each.text and name != "html":
            assert "e-0000000000000009" in written(name, ContentSource(made, text_of)) or name in (
                "ged", "acled-shaped", "graphml-derivations",
            )  # fmt: skip
