"""Pages from addresses, over a server on this machine that behaves in all ways that servers do."""

import gzip
import json
import re
import threading
import zlib
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pandas as pd
import pytest
from click.testing import CliRunner

import compare
from compare.cli import main
from compare.errors import FlawError

pytest.importorskip("protego")
from compare.reading.web import connection, visits
from compare.reading.web.addresses import canonical
from compare.reading.web.connection import is_public
from compare.reading.web.links import addresses_in

TEXT = (
    "<p>The largest crane of the port of Aldwick fell into the basin on Tuesday, and two workers were hurt.</p>"
    "<p>The harbour master, Ines Quiroga, said the basin would stay closed until Friday.</p>"
)


def page(outlet, title="Crane falls into basin", text=TEXT):
    return (
        f'<html lang="en"><head><title>{title} | {outlet}</title><meta property="og:site_name" content="{outlet}">'
        f"</head><body><article><h1>{title}</h1>{text}</article></body></html>"
    ).encode()


class Site:
    """A server that answers a path with what was put there: a body, or a function of the handler."""

    def __init__(self):
        self.paths, self.asked, self.agents = {}, [], set()
        site = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 5

            def do_GET(self):
                site.asked.append(self.path)
                site.agents.add(self.headers["User-Agent"])
                found = site.paths.get(self.path.partition("?")[0], 404)
                if callable(found):
                    found(self)
                elif isinstance(found, int):
                    answer(self, b"", status=found)
                else:
                    answer(self, found)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def __call__(self, path):
        return f"http://127.0.0.1:{self.server.server_port}{path}"


def answer(handler, body, status=200, kind="text/html; charset=utf-8", length=None, **headers):
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture
def site():
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture(autouse=True)
def quick(monkeypatch, tmp_path):
    """No pauses, but a list of those that would have been made; a cache of the test's own."""
    waited = []
    monkeypatch.setattr(visits.Visitor, "_wait", lambda _, seconds: waited.append(seconds) if seconds > 0 else None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    return waited


def fetch(*urls, **named):
    return compare.fetch(urls, **{"allow_private": True, **named})


def failure(url, **named):
    found = fetch(url, **named)
    assert found.articles.empty
    return found.pages["failure"].iat[0]


def test_pages_become_articles_of_their_outlets(site):
    site.paths |= {"/a": page("The Gannet"), "/b": page("Orrery", "Crane accident"), "/c": 404}
    found = fetch(site("/a"), site("/b"), site("/c"))
    assert found.articles["outlet"].tolist() == ["The Gannet", "Orrery"]
    assert found.articles["title"].tolist() == ["Crane falls into basin", "Crane accident"]
    assert found.articles["url"].tolist() == [site("/a"), site("/b")]
    assert found.pages["article_id"].tolist()[:2] == found.articles["article_id"].tolist()
    assert found.pages["failure"].tolist()[2].startswith("does not exist (status 404)")
    assert site.agents == {f"storydiff/{compare.__version__} (https://pypi.org/project/storydiff)"}
    assert site.asked[0] == "/robots.txt"


def test_a_page_is_fetched_once(site):
    site.paths["/a"] = page("The Gannet")
    urls = [site("/a"), site("/a?utm_source=mail"), site("/a#top")]
    first = fetch(*urls)
    assert len(first.articles) == 1
    assert site.asked.count("/a") == 1
    again = fetch(site("/a"))
    assert again.pages["cached"].tolist() == [True]
    assert again.articles.drop(columns="story_id").equals(first.articles.drop(columns="story_id"))
    assert site.asked.count("/a") == 1
    fetch(site("/a"), refresh=True)
    assert site.asked.count("/a") == 2
    fetch(site("/a"), cache=False)
    assert site.asked.count("/a") == 3


def test_what_robots_txt_forbids_is_not_asked_for_and_its_pause_is_kept(site, quick):
    site.paths |= {
        "/robots.txt": b"User-agent: *\nDisallow: /*/private\nCrawl-delay: 7\n",
        "/a/private": page("The Gannet"),
        "/a": page("The Gannet"),
    }
    assert failure(site("/a/private")).startswith("is not for programs, says its robots.txt")
    assert "/a/private" not in site.asked
    fetch(site("/a"))
    assert max(quick) == pytest.approx(7, abs=1)


def test_redirects_are_followed_and_circles_end(site):
    site.paths |= {
        "/old": lambda handler: answer(handler, b"", 301, Location="/new?utm_medium=x"),
        "/new": page("The Gannet"),
        "/one": lambda handler: answer(handler, b"", 302, Location="/two"),
        "/two": lambda handler: answer(handler, b"", 302, Location="/one"),
        "/far": lambda handler: answer(handler, b"", 302, Location="/far?" + handler.path.partition("?")[2] + "x"),
        "/nowhere": lambda handler: answer(handler, b"", 302, Location="http://["),
    }
    found = fetch(site("/old"))
    assert found.pages["address"].tolist() == [site("/new")]
    assert failure(site("/one")).startswith("leads in a circle")
    assert failure(site("/far")).startswith("leads in a circle")
    both = fetch(site("/nowhere"), site("/new"))
    assert both.pages["failure"].tolist()[0].startswith("leads on to what is no web address")
    assert len(both.articles) == 1


def test_what_nobody_expected_of_one_page_leaves_the_others(site, monkeypatch):
    site.paths["/a"] = page("The Gannet")
    real = visits.ask

    def odd(address, **named):
        if address.endswith("/odd"):
            raise RuntimeError(address)
        return real(address, **named)

    monkeypatch.setattr(visits, "ask", odd)
    found = fetch(site("/odd"), site("/a"))
    assert found.pages["failure"].tolist()[0].startswith("cannot be fetched (RuntimeError)")
    assert len(found.articles) == 1


def test_a_server_that_adds_tracking_itself_is_followed(site):
    def adding(handler):
        if "?" in handler.path:
            answer(handler, page("The Gannet"))
        else:
            answer(handler, b"", 302, Location="/a?utm_source=x")

    site.paths["/a"] = adding
    assert fetch(site("/a")).pages["address"].tolist() == [site("/a")]


def test_packed_pages_are_read_to_their_end_or_not_at_all(site):
    packed = gzip.compress(page("The Gannet"))
    parts = gzip.compress(page("Orrery")[:300]) + gzip.compress(page("Orrery")[300:])

    def without_length(body):
        def sent(handler):
            handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + body)

        return sent

    site.paths |= {
        "/cut": without_length(packed[:-40]),
        "/parts": without_length(parts),
        "/half": without_length(parts[:-40]),
        "/padded": without_length(packed + bytes(30)),
    }
    assert failure(site("/cut")).startswith("ended early")
    assert failure(site("/half")).startswith("ended early")
    found = fetch(site("/parts"), site("/padded"))
    assert found.articles["outlet"].tolist() == ["Orrery", "The Gannet"]
    assert all("closed until Friday" in text for text in found.articles["text"])


def test_parts_together_may_not_unpack_to_more_than_a_page(site, monkeypatch):
    monkeypatch.setattr(connection, "LARGEST", 100_000)
    parts = gzip.compress(bytes(60_000)) * 2
    site.paths["/a"] = lambda handler: answer(handler, parts, Content_Encoding="gzip")
    assert failure(site("/a")).startswith("is larger than 10 MB")


def test_a_page_without_an_article_is_asked_for_again(site):
    site.paths["/a"] = b"<html><body><form><input type=password></form>Log in</body></html>"
    failure(site("/a"))
    site.paths["/a"] = page("The Gannet")
    assert len(fetch(site("/a")).articles) == 1
    assert fetch(site("/a")).pages["cached"].tolist() == [True]


def test_a_full_disk_is_told_once_and_the_pages_are_read(site, monkeypatch):
    site.paths |= {"/a": page("The Gannet"), "/b": page("Orrery", "Crane accident")}

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(visits, "whole_file", full)
    with pytest.warns(compare.InputWarning, match="are not kept, .* No space left on device") as told:
        found = fetch(site("/a"), site("/b"))
    assert (len(found.articles), len(told)) == (2, 1)


@pytest.mark.parametrize("contact", ["Jörg <joerg@gannet.example>", "a\r\nX-A: b"])
def test_a_contact_that_no_header_can_hold_is_refused_first(site, contact):
    with pytest.raises(compare.InputError, match=r"contact is .*: write it in ASCII"):
        fetch(site("/a"), contact=contact)
    assert site.asked == []


def test_robots_txt_is_read_for_storydiff_and_not_for_its_contact(site):
    site.paths |= {
        "/robots.txt": b"User-agent: org\nDisallow: /\n\nUser-agent: *\nDisallow: /closed\n",
        "/a": page("The Gannet"),
        "/closed": page("Orrery"),
    }
    assert len(fetch(site("/a")).articles) == 1
    assert failure(site("/closed")).startswith("is not for programs")


def test_robots_txt_is_of_one_scheme_and_a_server_that_is_busy_has_not_answered(site, monkeypatch):
    rules = {"http": b"User-agent: *\nDisallow: /", "https": b""}

    def asked(address, **_):
        scheme, robots = address.partition(":")[0], address.endswith("robots.txt")
        return connection.HttpAnswer(200, {}, rules[scheme] if robots else page("The Gannet"))

    monkeypatch.setattr(visits, "ask", asked)
    visitor = visits.Visitor(cache=None)
    with pytest.raises(FlawError, match="not for programs"):
        visitor.page("http://gannet.example/a")
    assert visitor.page("https://gannet.example/a")[0].body == page("The Gannet")
    monkeypatch.undo()
    monkeypatch.setattr(visits.Visitor, "_wait", lambda *_: None)
    site.paths |= {"/robots.txt": 429, "/a": page("The Gannet")}
    assert failure(site("/a"), cache=False).startswith("cannot be read as robots.txt cannot be")


def test_few_machines_of_a_host_are_tried_and_none_when_the_time_is_over(monkeypatch):
    tried = []

    def unreached(_, ip, __, timeout=None, *___):
        tried.append((ip, timeout))
        raise connection.httpcore.ConnectTimeout("nobody")

    many = [(2, 1, 6, "", (f"93.184.{number}.34", 80)) for number in range(200)]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: many)
    monkeypatch.setattr(connection.httpcore.SyncBackend, "connect_tcp", unreached)
    for seconds, most in ((5.0, 4), (0.0, 0)):
        tried.clear()
        with pytest.raises(connection.httpx.TimeoutException):
            connection.ask("http://many.example/", agent="storydiff", allow_private=False, seconds=seconds)
        assert len(tried) == most
        assert all(timeout <= seconds for _, timeout in tried)


def test_a_busy_server_is_asked_again_after_a_pause(site, quick):
    busy = iter([429, 503])

    def sometimes(handler):
        status = next(busy, None)
        answer(handler, page("The Gannet"), status or 200, **({"Retry_After": "9"} if status else {}))

    site.paths["/a"] = sometimes
    assert len(fetch(site("/a")).articles) == 1
    assert quick.count(9.0) == 2
    site.paths["/b"] = lambda handler: answer(handler, b"", 429, Retry_After="86400")
    assert failure(site("/b")).startswith("asks to wait 86,400 s (status 429)")
    site.paths["/c"] = 503
    assert failure(site("/c")).startswith("cannot be had (status 503)")
    assert site.asked.count("/c") == 4


@pytest.mark.parametrize(
    ("status", "said"),
    [(401, "asks to log in"), (402, "asks to pay"), (403, "refuses the request"), (451, "is blocked")],
)
def test_what_a_server_refuses_is_said(site, status, said):
    site.paths["/a"] = status
    assert failure(site("/a")).startswith(said)


def dripping(handler):
    """Sends a byte of its headers now and then, without an end."""
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-")
        while not stopped.wait(0.02):
            handler.wfile.write(b"a")
            handler.wfile.flush()


stopped = threading.Event()


def silent(_):
    stopped.wait(3)


@pytest.mark.parametrize("behaviour", [dripping, silent])
def test_a_server_that_drips_or_hangs_is_left(site, monkeypatch, behaviour):
    monkeypatch.setattr(visits, "_PAUSES", ())
    real = visits.ask
    monkeypatch.setattr(visits, "ask", lambda address, **named: real(address, **{**named, "seconds": 0.2}))
    site.paths |= {"/robots.txt": b"", "/a": behaviour}
    assert failure(site("/a")).startswith("takes too long to answer")
    stopped.set()
    stopped.clear()


def test_a_large_answer_and_a_bomb_are_not_read_to_their_end(site, monkeypatch):
    monkeypatch.setattr(connection, "LARGEST", 100_000)
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 100_000
    site.paths |= {
        "/large": lambda handler: answer(handler, bytes(300_000)),
        "/bomb": lambda handler: answer(handler, bomb, Content_Encoding="gzip"),
        "/wrong": lambda handler: answer(handler, b"not packed", Content_Encoding="gzip"),
        "/other": lambda handler: answer(handler, b"x", Content_Encoding="br"),
        "/packed": lambda handler: answer(handler, gzip.compress(page("The Gannet")), Content_Encoding="gzip"),
        "/deflated": lambda handler: answer(handler, zlib.compress(page("Orrery")), Content_Encoding="deflate"),
    }
    assert failure(site("/large")).startswith("is larger than 10 MB")
    assert failure(site("/bomb")).startswith("is larger than 10 MB")
    assert failure(site("/wrong")).startswith("is packed wrongly")
    assert failure(site("/other")).startswith("is packed as br, which was not asked for")
    assert fetch(site("/packed"), site("/deflated")).articles["outlet"].tolist() == ["The Gannet", "Orrery"]


def test_lies_about_length_and_charset_are_survived(site):
    site.paths |= {
        "/short": lambda handler: (answer(handler, page("The Gannet"), length=100_000), handler.wfile.flush()),
        "/latin": lambda handler: answer(
            handler, page("Café Nord").decode().encode("latin-1"), kind="text/html; charset=utf-8"
        ),
    }
    assert failure(site("/short"), cache=False).startswith("cannot be reached")
    assert fetch(site("/latin")).articles["outlet"].tolist() == ["Café Nord"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "is an empty page"),
        (b"%PDF-1.7 of something", "PDF"),
        (b"<html><body><form><input type=password></form>Log in</body></html>", "log in|no article"),
    ],
)
def test_what_is_no_article_is_said(site, body, said):
    site.paths["/a"] = body
    assert re.search(said, failure(site("/a")))


def test_private_machines_are_not_asked_by_name_by_number_or_after_a_redirect(site, monkeypatch):
    site.paths["/a"] = page("The Gannet")
    private = "leads to this machine or a private network"
    found = fetch(site("/a"), allow_private=False).pages
    assert found.loc[0, ["failure", "way_out"]].tolist() == [private, "add --allow-private if that is meant"]
    assert site.asked == []

    port = site.server.server_port

    def public_then_here(host, *_, **__):
        return [(2, 1, 6, "", ("127.0.0.1" if host == "inside.example" else "203.0.113.9", port))]

    monkeypatch.setattr(connection.socket, "getaddrinfo", public_then_here)
    assert fetch(f"http://inside.example:{port}/a", allow_private=False).pages["failure"].tolist() == [private]
    assert site.asked == []
    visitor = visits.Visitor(cache=None)
    seen = []

    def asked(address, **_):
        seen.append(address)
        if address.endswith("robots.txt"):
            return connection.HttpAnswer(404, {}, b"")
        if "outside" in address:
            return connection.HttpAnswer(302, {"location": f"http://inside.example:{port}/a"}, b"")
        return connection.ask(address, agent="storydiff", allow_private=False, seconds=1)

    monkeypatch.setattr(visits, "ask", asked)
    with pytest.raises(FlawError, match="private network"):
        visitor.page("http://outside.example/a")
    assert seen[-1] == f"http://inside.example:{port}/a"
    assert site.asked == []


@pytest.mark.parametrize(
    "ip",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "172.16.0.1",
            "169.254.169.254",
            "0.0.0.0",  # noqa: S104 - an address to refuse
            "100.64.0.1",
            "224.0.0.1",
        ),
        *("240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
        *("64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:10.0.0.1", "fec0::1", "192.0.0.8", "3fff::1"),
    ],
)
def test_addresses_of_special_use_are_not_public(ip):
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_addresses_of_the_internet_are_public(ip):
    assert is_public(ip)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("HTTPS://News.Example:443/a?utm_source=x&id=7&fbclid=z#top", "https://news.example/a?id=7"),
        ("http://news.example", "http://news.example/"),
        ("http://news.example:8080/a?b=%20c", "http://news.example:8080/a?b=%20c"),
        ("http://news.example/?q=caf%E9&a=%20b&utm_source=z&&c", "http://news.example/?q=caf%E9&a=%20b&&c"),
        ("https://bücher.example/ä?q", "https://xn--bcher-kva.example/ä?q"),
    ],
)
def test_an_address_is_remembered_without_what_only_tracks(given, kept):
    assert canonical(given) == kept


@pytest.mark.parametrize(
    "given", ["ftp://a.example/", "news.example/a", "https://", "https://a b.example/", "http://[::1"]
)
def test_what_is_no_address_is_said(given):
    with pytest.raises(FlawError, match="is no web address"):
        canonical(given)
    with pytest.raises(FlawError, match="holds a user name or a password"):
        canonical("https://ada:secret@news.example/")
    assert "secret" not in fetch("https://ada:secret@news.example/").pages["failure"].iat[0]


def test_addresses_are_read_from_a_file(tmp_path):
    lines = tmp_path / "links.txt"
    lines.write_text("# found in March\nhttps://a.example/1\n\nhttps://b.example/2\n", encoding="utf-8")
    assert addresses_in(str(lines)) == ["https://a.example/1", "https://b.example/2"]
    table = tmp_path / "links.csv"
    table.write_text("id,URL\n1,https://a.example/1\n", encoding="utf-8")
    assert addresses_in(str(table)) == ["https://a.example/1"]
    table.write_text("id,name\n1,x\n", encoding="utf-8")
    with pytest.raises(compare.InputError, match='has no column "url"'):
        addresses_in(str(table))
    lines.write_text("a.example/1\n", encoding="utf-8")
    with pytest.raises(compare.InputError, match="is no web address; write it with https"):
        addresses_in(str(lines))


def test_addresses_are_read_from_tables_of_other_kinds(tmp_path):
    table, lines = tmp_path / "links.csv", tmp_path / "pages.jsonl"
    table.write_text("id;url\n1;https://a.example/1\n", encoding="utf-8")
    assert addresses_in(str(table)) == ["https://a.example/1"]
    lines.write_text('{"asked": "https://a.example/1"}\n{"asked": null}\n', encoding="utf-8")
    assert addresses_in(str(lines)) == ["https://a.example/1"]
    table.write_text("url\nhttps://a.example/1\nn/a\n", encoding="utf-8")
    with pytest.raises(compare.InputError, match=r"line 3: .* is no web address"):
        addresses_in(str(table))
    for given in ("", "ftp://a.example/1"):
        with pytest.raises(compare.InputError, match=r"is no web address .*, and no file that can be read"):
            addresses_in(given)


def test_a_sitemap_is_a_list_of_addresses(tmp_path):
    sitemap = tmp_path / "news.xml"
    page = "<url><loc>\n {} </loc><image:image><image:loc>https://gannet.example/a.jpg</image:loc></image:image></url>"
    pages = page.format("https://gannet.example/a?x=1&amp;y=2") + page.format("https://gannet.example/b")
    sitemap.write_text(f"<?xml version='1.0'?><urlset xmlns='http://x.example'>{pages}</urlset>", encoding="utf-8")
    assert addresses_in(str(sitemap)) == ["https://gannet.example/a?x=1&y=2", "https://gannet.example/b"]
    sitemap.write_text("<sitemapindex><sitemap><loc>https://gannet.example/1.xml</loc></sitemap></sitemapindex>")
    with pytest.raises(compare.InputError, match=r"is an index of sitemaps; save the one you want"):
        addresses_in(str(sitemap))


def test_a_list_of_addresses_is_read_as_other_tables_are(tmp_path):
    table = tmp_path / "links.csv"
    table.write_text('url,note\nhttps://a.example/1,"two\nlines"\nn/a,\n', encoding="utf-8")
    with pytest.raises(compare.InputError, match=r'line 4: "n/a" is no web address'):
        addresses_in(str(table))
    table.write_text("url\nhttps://a.example/1,2\n", encoding="utf-8")
    with pytest.raises(compare.InputError, match="line 2: has 2 fields where the header has 1"):
        addresses_in(str(table))
    table.write_text("id\turl\n1\thttps://a.example/1\n", encoding="utf-8")
    assert addresses_in(str(table)) == ["https://a.example/1"]
    lines = tmp_path / "links.txt"
    lines.write_text("https://a.example/1\nhttps://b.example/2\n", encoding="utf-16")
    with pytest.warns(compare.InputWarning, match="read as utf-16"):
        assert addresses_in(str(lines)) == ["https://a.example/1", "https://b.example/2"]


def test_a_list_of_addresses_is_no_article(tmp_path):
    table, lines, records = tmp_path / "links.csv", tmp_path / "links.txt", tmp_path / "links.jsonl"
    table.write_text("url,date\nhttps://a.example/1,2026-03-01\n", encoding="utf-8")
    records.write_text('{"link": "https://a.example/1"}\n', encoding="utf-8")
    lines.write_text("# found in March\nhttps://a.example/1\n\nhttps://b.example/2\n", encoding="utf-8")
    for file, said in (
        (table, f"if it lists addresses, fetch its pages first: storydiff fetch {table} -o articles.jsonl."),
        (records, "line 1: holds an address and no text; fetch the pages first: storydiff fetch FILE -o articles"),
        (lines, f"no text; fetch their pages first: storydiff fetch {lines} -o articles.jsonl."),
    ):
        with pytest.raises(compare.InputError, match=re.escape(said)):
            compare.read_articles(file)
    lines.write_text("https://a.example/1 has the story.\nhttps://b.example/2\n", encoding="utf-8")
    assert len(compare.read_articles(lines)) == 1


def test_a_report_of_a_list_of_addresses_is_one_of_their_pages(site, tmp_path):
    site.paths |= {"/a": page("The Gannet"), "/b": page("Orrery", "Crane accident")}
    lines = tmp_path / "links.txt"
    lines.write_text(f"# found in March\n{site('/a')}\n{site('/b')}\n", encoding="utf-8")
    done = run("claims", lines, "--allow-private", "--reader", "none", "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    assert {"The Gannet", "Orrery"} <= set(json.loads(done.stdout.splitlines()[0])["states"])


def test_a_private_page_that_is_kept_is_not_given_without_leave(site):
    site.paths["/a"] = page("The Gannet")
    assert len(fetch(site("/a")).articles) == 1
    assert fetch(site("/a"), allow_private=False).articles.empty


def test_a_page_that_is_gone_is_not_asked_for_again_for_a_week(site, monkeypatch):
    site.paths["/gone"] = 410
    site.paths["/closed"] = 403
    urls = [site("/gone"), site("/closed")]
    assert "exists no longer (status 410)" in fetch(*urls).pages["failure"].tolist()
    before = len(site.asked)
    again = fetch(*urls).pages["failure"].tolist()
    assert re.fullmatch(r"exists no longer \(status 410, asked on \d{4}-\d\d-\d\d\)", again[0])
    assert site.asked[before:] == ["/robots.txt", "/closed"]
    site.paths["/gone"] = page("The Gannet")
    assert len(fetch(site("/gone"), refresh=True).articles) == 1
    site.paths["/gone"] = 404
    fetch(site("/gone"), refresh=True)
    monkeypatch.setattr(visits, "_GONE_FOR", timedelta(0))
    site.paths["/gone"] = page("The Gannet")
    assert len(fetch(site("/gone")).articles) == 1


def test_a_cache_that_is_a_file_is_refused_before_anything_is_asked(site, tmp_path):
    (tmp_path / "kept").write_text("notes", encoding="utf-8")
    for cache in (tmp_path / "kept", tmp_path / "kept" / "pages"):
        with pytest.raises(compare.InputError, match=r"and pages are kept in a folder; name another place for it\.$"):
            fetch(site("/a"), cache=cache)
    done = run("fetch", site("/a"), "-o", tmp_path / "a.jsonl", "--allow-private", "--cache", tmp_path / "kept")
    said = "is a file, and pages are kept in a folder; name another place for it."
    assert (done.exit_code, done.stderr) == (2, f"storydiff: {tmp_path / 'kept'}: {said}\n")
    assert site.asked == []


def test_pages_without_an_article_stop_a_report_or_are_left_out_and_named(site, tmp_path):
    site.paths |= {"/a": page("The Gannet"), "/b": page("Orrery", "Crane accident"), "/d": page("Ledger", text="")}
    output = tmp_path / "report.html"
    asked = ("report", *map(site, ("/a", "/b", "/c")), "-o", output, "--allow-private", "--reader", "none")
    failed = run(*asked)
    said = f"{site('/c')}: does not exist (status 404); open it in a browser and save it"
    assert (failed.exit_code, failed.stderr) == (2, f"storydiff: {said} (--skip-bad goes on without it).\n")
    two = run(*asked, site("/d"))
    two_said = re.sub(", asked on [0-9-]+", "", two.stderr)
    assert two_said == f"storydiff: {said} (1 more page gave no article, --skip-bad goes on without them).\n"
    done = run(*asked, site("/d"), "--skip-bad")
    assert done.exit_code == 0
    assert done.stderr.startswith(f"storydiff: 2 pages were skipped: {site('/c')} (does not exist (status 404")
    assert f"{site('/d')} (no article was found on this page)" in done.stderr


def run(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_the_command_writes_articles_and_says_what_failed(site, tmp_path):
    site.paths |= {"/a": page("The Gannet"), "/b": 404}
    output, failures = tmp_path / "articles.jsonl", tmp_path / "pages.csv"
    done = run("fetch", site("/a"), site("/b"), "-o", output, "--failures", failures, "--allow-private")
    assert done.exit_code == 3
    assert done.stdout == f"1 article of 2 pages: {output}\n"
    assert f"{site('/b')}: does not exist (status 404)" in done.stderr
    assert compare.read_articles(output)["outlet"].tolist() == ["The Gannet"]
    assert pd.read_csv(failures)["failure"].notna().tolist() == [False, True]
    same = run("fetch", site("/a"), "-o", output, "--failures", output, "--allow-private")
    assert "is for the articles; give --failures another name." in same.stderr
    nothing = run("fetch", site("/b"), "-o", tmp_path / "none.jsonl", "--allow-private")
    assert nothing.exit_code == 2
    assert "none of 1 page gave an article; nothing was written." in nothing.stderr
    assert not (tmp_path / "none.jsonl").exists()


@pytest.mark.medium
def test_a_report_is_made_from_addresses(site, tmp_path):
    site.paths |= {
        "/a": page("The Gannet"),
        "/b": page("Orrery", "Crane accident", TEXT.replace("two workers", "two dockers")),
        "/c": page(
            "Ledger", "Basin closed", TEXT.split("</p>")[1] + "</p>" + TEXT.split("</p>", maxsplit=1)[0] + "</p>"
        ),
    }
    output = tmp_path / "report.html"
    done = run("report", site("/a"), site("/b"), site("/c"), "-o", output, "--allow-private", "--reader", "none")
    assert done.exit_code == 0, done.stderr
    assert all(outlet in output.read_text(encoding="utf-8") for outlet in ("The Gannet", "Orrery", "Ledger"))
    mixed = run("report", site("/a"), tmp_path / "b.txt", "-o", output, "--allow-private")
    assert mixed.exit_code == 2
    assert "is no address, and addresses are given alone" in mixed.stderr
    refused = run("report", site("/e"), "-o", output)
    assert refused.exit_code == 2
    assert "leads to this machine or a private network; add --allow-private if that is meant." in refused.stderr
