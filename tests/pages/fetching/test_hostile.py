"""Addresses and set-ups that try to reach what lies behind the reader's back: none gets through, nothing is asked.

The server here is real and listens on this machine, its port is among the allowed ones, and the machine's own network
is used where no name has to be resolved: what is not refused would reach it.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from variorum.pages.fetching import FetchOptions, WebFetcher
from variorum.pages.fetching.addresses import not_public
from variorum.pages.fetching.exchange import SystemNetwork
from variorum.records import Rejection

from .local_web import PUBLIC, FakeNetwork, HandClock, LocalWeb, answer, fetcher, local_web

# {port} is the local server's.
ADDRESSES = [
    "http://127.0.0.1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://0x7f.1:{port}/",
    "http://017700000001:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://0177.0.0x1:{port}/",
    "http://127.0.0.01:{port}/",
    "http://00127.0.0.1:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://0x:{port}/",
    "http://127.0.0.1.0x7f:{port}/",
    "http://example.org.127:{port}/",
    "http://4294967297:{port}/",
    "http://999.999.999.999:{port}/",
    "http://10.0.0.1:{port}/",
    "http://172.31.255.255:{port}/",
    "http://192.168.1.1:{port}/",
    "http://169.254.169.254:{port}/latest/meta-data/",
    "http://2852039166:{port}/latest/meta-data/",
    "http://0xA9FEA9FE:{port}/latest/meta-data/",
    "http://100.100.100.200:{port}/latest/meta-data/",
    "http://168.63.129.16:{port}/machine",
    "http://192.0.0.192:{port}/opc/v1/",
    "http://100.64.0.1:{port}/",
    "http://100.127.255.255:{port}/",
    "http://198.18.0.1:{port}/",
    "http://192.0.2.1:{port}/",
    "http://198.51.100.7:{port}/",
    "http://203.0.113.9:{port}/",
    "http://192.88.99.1:{port}/",
    "http://224.0.0.1:{port}/",
    "http://239.255.255.250:{port}/",
    "http://240.0.0.1:{port}/",
    "http://255.255.255.255:{port}/",
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[0000:0000:0000:0000:0000:0000:0000:0001]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[::ffff:0:127.0.0.1]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[64:ff9b::a9fe:a9fe]:{port}/",
    "http://[64:ff9b:1::a9fe:a9fe]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[2002:a9fe:a9fe::1]:{port}/",
    "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]:{port}/",
    "http://[2001:db8::1]:{port}/",
    "http://[2001:2::1]:{port}/",
    "http://[3fff::1]:{port}/",
    "http://[fe80::1]:{port}/",
    "http://[fe80::1%25eth0]:{port}/",
    "http://[fe80::1%eth0]:{port}/",
    "http://[2606:2800:220:1::1%25lo]:{port}/",
    "http://[fc00::1]:{port}/",
    "http://[fd00:ec2::254]:{port}/latest/meta-data/",
    "http://[fec0::1]:{port}/",
    "http://[ff02::1]:{port}/",
    "http://[100::1]:{port}/",
    "http://[5f00::1]:{port}/",
    "http://[::1].example.org:{port}/",
    "http://[::1]x:{port}/",
    "http://[127.0.0.1]:{port}/",
    "http://[v1.fe80]:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST:{port}/",
    "http://localhost.:{port}/",
    "http://a.localhost:{port}/",
    "http://localhost.localdomain:{port}/",
    "http://printer.local:{port}/",
    "http://router.lan:{port}/",
    "http://nas.home.arpa:{port}/",
    "http://intranet:{port}/",
    "http://metadata:{port}/",
    "http://metadata.google.internal:{port}/computeMetadata/v1/",
    "http://hidden.onion:{port}/",
    "http://１２７.０.０.１:{port}/",
    "http://127。0。0。1:{port}/",
    "http://127．0．0．1:{port}/",
    "http://127｡0｡0｡1:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{port}/",
    "http://ｌｏｃａｌｈｏｓｔ:{port}/",
    "http://loc\u00adalhost:{port}/",
    "http://127.0.0.1%2f@news.example.org:{port}/",
    "http://127.0.0.1%00.example.org:{port}/",
    "http://news.example.org@127.0.0.1:{port}/",
    "http://news.example.org:80@127.0.0.1:{port}/",
    "http://user:secret@news.example.org:{port}/",
    "http://@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@news.example.org/",
    "http://127.0.0.1:{port}?@news.example.org/",
    "http://127.0.0.1:{port}\\@news.example.org/",
    "http://news.example.org\\@127.0.0.1:{port}/",
    "http:\\\\127.0.0.1:{port}/",
    "http:/127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/",
    "http:///127.0.0.1:{port}/",
    "http://",
    "http://:{port}/",
    "http://.:{port}/",
    "http://..:{port}/",
    "http://a..example.org:{port}/",
    "//127.0.0.1:{port}/",
    "127.0.0.1:{port}/",
    "http://127.0.0.1:{port}:80/",
    "http://127.0.0.1:٨٠/",
    "http://news.example.org:22/",
    "http://news.example.org:6379/",
    "http://news.example.org:0/",
    "http://news.example.org:65536/",
    "http://news.example.org:-1/",
    "http://news.example.org:+80/",
    "http://127.0.0.1:{port}/ HTTP/1.1\r\nHost: evil",
    "http://news.example.org\r\nX-Injected: 1/",
    "http://127.0.0.1:{port}/\r\n\r\nGET /other",
    "http://127.0.0.1\t:{port}/",
    "\x00http://127.0.0.1:{port}/",
    " http://127.0.0.1:{port}/",
    "ht\ntp://127.0.0.1:{port}/",
    "http://127.0.0.1\u2028:{port}/",
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "file://127.0.0.1:{port}/etc/passwd",
    "ftp://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/_GET",
    "dict://127.0.0.1:{port}/",
    "ldap://127.0.0.1:{port}/",
    "jar:http://127.0.0.1:{port}/!/",
    "data:text/html,hello",
    "javascript:alert(1)",
    "unix:/var/run/docker.sock",
    "http+unix://%2Fvar%2Frun%2Fdocker.sock/",
    "ws://127.0.0.1:{port}/",
    "http://xn--:{port}/",
    "http://-a.example.org:{port}/",
    "http://" + "a" * 64 + ".example.org:{port}/",
    "http://" + "a." * 130 + "org:{port}/",
    "http://news.example.org:{port}/" + "a" * 5_000,
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_hostile_address_reaches_nothing(web: LocalWeb, url: str) -> None:
    options = FetchOptions(ports=(80, 443, web.port), total_seconds=2, connect_seconds=1)
    network = _OnlyLiterals()
    got = WebFetcher(options, network=network, clock=HandClock()).fetch(url.replace("{port}", str(web.port)))
    assert isinstance(got, Rejection), got
    assert got.reason == "refused"
    assert got.source.isprintable()
    assert network.connects == 0
    assert web.connections == 0


class _OnlyLiterals(SystemNetwork):
    """The machine's network, where no test asks a name server: whatever is resolved at all is this machine."""

    connects = 0

    def resolve(self, host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    def connect(self, address: str, port: int, seconds: float):  # type: ignore[no-untyped-def]
        self.connects += 1
        return super().connect(address, port, seconds)


BAD_RECORDS = [
    ["127.0.0.1"],
    ["10.1.2.3"],
    ["100.64.0.1"],
    ["169.254.169.254"],
    ["::1"],
    ["fe80::1%eth0"],
    ["64:ff9b::7f00:1"],
    ["2002:7f00:1::"],
    ["::ffff:127.0.0.1"],
    ["224.0.0.1"],
    ["0.0.0.0"],
    [PUBLIC, "127.0.0.1"],
    ["127.0.0.1", PUBLIC],
    [PUBLIC, PUBLIC, PUBLIC, PUBLIC, "192.168.0.1"],
    [PUBLIC, "fd00::1"],
    ["not an address"],
    ["0x7f000001"],
]


@pytest.mark.parametrize("records", BAD_RECORDS, ids=str)
def test_name_with_any_address_that_is_not_public(web: LocalWeb, records: list[str]) -> None:
    network = FakeNetwork(web, {"news.example.org": [records]})
    got = fetcher(web, network=network).fetch("http://news.example.org/a")
    assert isinstance(got, Rejection)
    assert got.reason == "refused"
    assert network.connected == []
    assert web.connections == 0


def test_rebinding_between_two_requests_is_seen(web: LocalWeb) -> None:
    """The name is public for robots.txt, then this machine for the page."""
    network = FakeNetwork(web, {"news.example.org": [[PUBLIC], ["127.0.0.1"]]})
    got = fetcher(web, network=network).fetch("http://news.example.org/a")
    assert isinstance(got, Rejection)
    assert got.reason == "refused"
    assert web.asked() == []
    assert network.connected == [(PUBLIC, 80)]


def test_a_request_resolves_once_and_connects_to_what_was_checked(web: LocalWeb) -> None:
    web.pages["news.example.org/a"] = answer("<p>a</p>")
    network = FakeNetwork(web, {"news.example.org": [[PUBLIC], [PUBLIC], ["127.0.0.1"]]})
    got = fetcher(web, network=network).fetch("http://news.example.org/a")
    assert not isinstance(got, Rejection)
    assert network.resolved == ["news.example.org"] * 2  # one for robots.txt, one for the page
    assert network.connected == [(PUBLIC, 80)] * 2


REDIRECTS = [
    "http://127.0.0.1/secret",
    "http://[::1]/secret",
    "http://2130706433/secret",
    "http://169.254.169.254/latest/meta-data/",
    "http://localhost/secret",
    "http://rebound.example.org/secret",
    "//127.0.0.1/secret",
    "///127.0.0.1/secret",
    "\\\\127.0.0.1\\secret",
    "/\\127.0.0.1/secret",
    "file:///etc/passwd",
    "ftp://news.example.org/secret",
    "gopher://127.0.0.1/_secret",
    "data:text/html,secret",
    "javascript:secret",
    "http://news.example.org:22/secret",
    "http://news.example.org:8080/secret",
    "http://user:secret@news.example.org/secret",
    "http://news.example.org@127.0.0.1/secret",
    "http://127.0.0.1%2f.news.example.org/secret",
    "http://[::ffff:7f00:1]/secret",
    "http://１２７.0.0.1/secret",
]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", REDIRECTS)
def test_redirect_leads_nowhere_it_must_not(web: LocalWeb, location: str, status: int) -> None:
    web.pages["news.example.org/a"] = answer(status=status, Location=location.encode().decode("latin-1"))
    network = FakeNetwork(web, {"rebound.example.org": [["127.0.0.1"]]})
    got = fetcher(web, network=network).fetch("http://news.example.org/a")
    assert isinstance(got, Rejection)
    assert got.reason == "refused"
    assert web.asked() == ["news.example.org/a"]
    assert {address for address, _ in network.connected} == {PUBLIC}


def test_robots_txt_that_redirects_inside_reaches_nothing(web: LocalWeb) -> None:
    web.pages["news.example.org/robots.txt"] = answer(status=302, Location="http://127.0.0.1/secret")
    network = FakeNetwork(web)
    got = fetcher(web, network=network).fetch("http://news.example.org/a")
    assert isinstance(got, Rejection)
    assert web.asked() == []
    assert network.connected == [(PUBLIC, 80)]


def test_circle_and_chain_of_redirects_end(web: LocalWeb) -> None:
    web.pages["news.example.org/a"] = answer(status=302, Location="/b")
    web.pages["news.example.org/b"] = answer(status=302, Location="/a")
    for n in range(20):
        web.pages[f"news.example.org/{n}"] = answer(status=302, Location=f"/{n + 1}")
    circle = fetcher(web).fetch("http://news.example.org/a")
    chain = fetcher(web).fetch("http://news.example.org/0")
    assert isinstance(circle, Rejection)
    assert "circle" in circle.detail
    assert isinstance(chain, Rejection)
    assert "more than 5 times" in chain.detail
    assert len(web.asked()) == 2 + 6


def test_environment_proxies_are_not_followed(web: LocalWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    web.pages["news.example.org/a"] = answer("<p>a</p>")
    assert not isinstance(fetcher(web).fetch("http://news.example.org/a"), Rejection)


@given(st.one_of(st.text(), st.from_regex(r"https?://.*", fullmatch=True), st.text().map("http://{}/".format)))
def test_no_text_makes_it_raise(url: str) -> None:
    network = _OnlyLiterals()
    with local_web() as web:
        got = WebFetcher(FetchOptions(), network=network, clock=HandClock()).fetch(url)
        assert isinstance(got, Rejection)
        assert web.connections == 0
    assert network.connects == 0


@given(st.text(st.characters(codec="latin-1", exclude_characters="\r\n")))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_location_makes_it_raise(web: LocalWeb, location: str) -> None:
    web.pages["news.example.org/a"] = answer(status=302, Location=location)
    network = FakeNetwork(web)
    assert isinstance(fetcher(web, network=network).fetch("http://news.example.org/a"), Rejection)
    assert {address for address, _ in network.connected} <= {PUBLIC}


def test_contact_cannot_break_the_request(web: LocalWeb) -> None:
    web.pages["news.example.org/a"] = answer("<p>a</p>")
    options = FetchOptions(contact="désk@example.org\r\nX-Injected: 1")
    assert not isinstance(fetcher(web, options=options).fetch("http://news.example.org/a"), Rejection)
    assert all("x-injected" not in headers for _, headers in web.requests)


PUBLIC_ONES = ["93.184.215.14", "8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "223.255.255.1", "2a00:1450:4001::1"]


@pytest.mark.parametrize("address", [*PUBLIC_ONES, "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2001:4860:4860::8888"])
def test_public_addresses_are_public(address: str) -> None:
    assert not_public(address) is None
