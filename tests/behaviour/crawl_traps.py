"""Sites without an end, and sites that only look like one. A part of
tests/behaviour/run."""
import collections
import json
import os
import random
import re
import socket
import subprocess
import threading
import time
import urllib.parse

from __main__ import finish, read_records, run, start, test
import harness

FAST = ("crawl", "--host-rate", "none", "--parallel-max-host", "16")
WORDS = "river stone garden winter letter window market silver copper " \
    "harbour lantern orchard meadow thunder feather marble canyon".split()


class Site:
    """Answers GET with what page() returns for a path: HTML, or None for a
    404. Simpler than http.server, and several times as fast."""

    def __init__(self, page):
        self.page, self.asked = page, []

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.url = "http://127.0.0.1:%d" % self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def accept(self):
        while True:
            try:
                connection = self.listener.accept()[0]
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,),
                             daemon=True).start()

    def serve(self, connection):
        with connection:
            try:
                self.answer_all(connection)
            except OSError:
                pass

    def answer_all(self, connection):
        waiting = b""
        while True:
            more = connection.recv(65536)
            if not more:
                return
            waiting += more
            while b"\r\n\r\n" in waiting:
                head, waiting = waiting.split(b"\r\n\r\n", 1)
                connection.sendall(self.answer(head.split(b" ", 2)[1]))

    def answer(self, target):
        path = target.decode()
        body = None
        if path not in ("/robots.txt", "/sitemap.xml"):
            self.asked.append(path)
            body = self.page(path)
        status, text = (404, "") if body is None else (200, body)
        text = text.encode()
        return b"HTTP/1.1 %d x\r\nContent-Type: text/html; charset=utf-8\r\n" \
            b"Content-Length: %d\r\n\r\n%s" % (status, len(text), text)


def links(hrefs, text="next"):
    return "".join("<a href='%s'>%s</a> " % (h, text) for h in hrefs)


def words(seed, count):
    r = random.Random(seed)
    return " ".join(r.choice(WORDS) + r.choice("abcdefgh")
                    for _ in range(count))


def crawl(tmp, site, *options, start_at="/", modes=("async",)):
    """Returns the records and messages, the same in each mode."""
    for mode in modes:
        site.asked.clear()
        code, records, err = run(tmp, *FAST, "--mode", mode, *options,
                                 site.url + start_at)
        assert code == 0, (code, err)
    return records, err


def is_probe(path):
    return re.search("/[a-z]{16}$", path) and "abab" not in path


def next_month(path):
    year, month = map(int, re.findall(r"\d+", path))
    month += year * 12
    return month // 12, month % 12 + 1


@test
def calendar_with_the_same_empty_text_ends(tmp):
    def page(path):
        if path == "/":
            return links(["/cal?month=2026-03"], "calendar")
        if not path.startswith("/cal?"):
            return None
        year, month = next_month(path)
        return "<p>Nothing this month.</p>" + \
            links(["/cal?month=%d-%02d" % (year, month)])

    with Site(page) as site:
        records, err = crawl(tmp, site, modes=("async", "fork"))
        assert 200 <= len(records) <= 300, len(records)
        assert "trap: %s/cal?month=20" % site.url in err, err
        assert "hardly any new text" in err
        assert "trap (--skipped" in err, err
        records, err = crawl(tmp, site, "--no-traps", "--max-pages", "400")
        assert len(records) == 400 and "trap" not in err
        assert "duplicate_of" not in records[0]


@test
def calendar_with_dates_in_its_text_ends(tmp):
    names = "January February March April May June July August September " \
        "October November December".split()

    def page(path):
        if path == "/":
            return links(["/2026/3"], "calendar")
        if not re.match(r"/\d+/\d+$", path):
            return None
        year, month = map(int, path[1:].split("/"))
        days = " ".join(map(str, range(1, 31 + (month == 1))))
        return "<h1>%s %d</h1><table>%s</table>" % (names[month - 1], year,
                                                    days) + \
            links(["/%d/%d" % next_month(path)])

    with Site(page) as site:
        records, _ = crawl(tmp, site)
        assert 200 <= len(records) <= 500, len(records)


def shop(path_of, of_path):
    """A shop of 60 products that puts a new session into each link."""
    session = collections.Counter()

    def fresh():
        session["n"] += 1
        return "%032x" % random.Random(session["n"]).getrandbits(128)

    def page(path):
        place = of_path(path)
        if not re.match(r"(list|item/\d+)$", place):
            return None
        if place == "list":
            return "<h1>All products</h1>" + "".join(
                links([path_of(fresh(), "item/%d" % i)], words(i, 2))
                for i in range(60)) + links([path_of(fresh(), "list")])
        i = int(place.split("/")[1])
        return "<h1>%s</h1><p>%s</p>" % (words(i, 2), words(i + 1000, 60)) + \
            links([path_of(fresh(), "list"),
                   path_of(fresh(), "item/%d" % ((i + 1) % 60))])
    return page


@test
def shop_with_sessions_in_paths_or_queries_ends(tmp):
    def in_path(session, place):
        return "/s/%s/%s" % (session, place)

    def from_path(path):
        return "list" if path == "/" else path.split("/", 3)[3]

    def in_query(session, place):
        return "/%s?sid=%s" % (place, session)

    def from_query(path):
        return path[1:].split("?")[0] or "list"

    for page in (shop(in_path, from_path), shop(in_query, from_query)):
        with Site(page) as site:
            records, _ = crawl(tmp, site)
            assert 200 <= len(records) <= 1000, len(records)
            # 60 products and the list.
            assert sum(r["duplicate_of"] is None for r in records) == 61


@test
def shop_with_thousands_of_filters_ends(tmp):
    names = ["color", "size", "brand", "cut", "wool", "year", "sale", "fit",
             "lining", "zip", "hood", "stock"]
    products = [words(i, 3) for i in range(30)]

    def page(path):
        parts = urllib.parse.urlsplit(path)
        if parts.path.startswith("/product/"):
            i = int(parts.path.split("/")[2])
            return "<h1>%s</h1>%s" % (products[i], words(i + 500, 100))
        if parts.path not in ("/", "/shop"):
            return None
        chosen = dict(urllib.parse.parse_qsl(parts.query))
        more = [dict(chosen, **{name: value})
                for name in names if name not in chosen
                for value in ("a", "b")]
        # The list depends on one of the filters only.
        shown = products[:10] if chosen.get("size") == "a" else products
        return "".join(links(["/product/%d" % i], name)
                       for i, name in enumerate(shown)) + \
            links("/shop?" + urllib.parse.urlencode(m) for m in more)

    with Site(page) as site:
        records, err = crawl(tmp, site)
        assert 200 <= len(records) <= 1000, len(records)
        assert "other queries of its path" in err, err
        found = {r["url"] for r in records if "/product/" in r["url"]}
        assert len(found) == len(products)


@test
def shop_with_filters_in_its_paths_ends_and_has_all_products(tmp):
    """A page of the list links to its products, which are below the same
    segment, some of them at several places."""
    names = ["color", "size", "brand", "cut", "wool", "sale", "fit", "zip"]
    products = {"-".join(words(i, 3).split()): words(i + 500, 100)
                for i in range(60)}

    def page(path):
        parts = path.strip("/").split("/")
        if path == "/":
            return links(["/shop"])
        if parts[-1] in products:
            return "<h1>%s</h1>%s" % (parts[-1], products[parts[-1]])
        if parts[0] != "shop" or not all(p[:-2] in names for p in parts[1:]):
            return None
        chosen = dict(part.split("-") for part in parts[1:])
        more = [dict(chosen, **{name: value})
                for name in names if name not in chosen
                for value in ("a", "b", "c")]
        # The list depends on the first filter only.
        first = [names.index(n) * 3 + "abc".index(v)
                 for n, v in chosen.items()][:1] or [0]
        return "<p>Our shop</p>" + links(
            (path if i % 2 else "/shop") + "/" + name
            for i, name in enumerate(list(products)[first[0] * 3:][:3])
        ) + links(
            "/shop/" + "/".join("%s-%s" % (n, m[n]) for n in names if n in m)
            for m in more)

    with Site(page) as site:
        records, err = crawl(tmp, site, "--max-pages", "2000")
        assert 200 <= len(records) <= 1000, len(records)
        assert "other combinations of the same segments" in err, err
        found = {r["url"].rsplit("/", 1)[-1] for r in records}
        assert found >= set(products), set(products) - found


@test
def manual_in_many_languages_is_crawled_completely(tmp):
    """The URLs of the manual are combinations of the same segments."""
    topics = ["-".join(words(i, 2).split()) for i in range(20)]
    urls = ["/doc/%s/%s" % (language, topic) for topic in topics
            for language in ("cs", "da", "de", "en", "es", "fr", "it", "nl",
                             "pl", "pt", "ro", "sv", "tr", "uk", "zh")]

    def page(path):
        if path == "/":
            return links(urls)
        return "<p>%s</p>" % words(urls.index(path), 50) \
            if path in urls else None

    with Site(page) as site:
        records, err = crawl(tmp, site)
        assert len(records) == len(urls) + 1, len(records)
        assert "trap" not in err, err


@test
def soft_404_site_ends(tmp):
    def page(path):
        here = path.rstrip("/").rsplit("/", 1)[-1]
        if path == "/":
            return "<h1>Welcome</h1>" + links(["/a/1", "/real"])
        if path == "/real":
            return "<h1>A page</h1>" + links(["/missing/%d" % i
                                              for i in range(9)])
        return "<h1>Sorry, there is no such page</h1>" + \
            links(["/%s/%s" % (x, here + x) for x in "abc"])

    with Site(page) as site:
        skipped = os.path.join(tmp, "skipped")
        records, err = crawl(tmp, site, "--skipped", skipped,
                             modes=("async", "fork"))
        assert 10 <= len(records) <= 200, len(records)
        assert "has the text of a page that does not exist" in err, err
        # One request more than records.
        extra = set(site.asked) - {r["url"][len(site.url):] for r in records}
        assert len(extra) == 1 and re.match(r"/\w*/?[a-z]{16}$", *extra)
        assert len(site.asked) == len(records) + 1
        with open(skipped, encoding="utf-8") as f:
            reasons = {json.loads(line)["reason"] for line in f}
        assert reasons == {"soft_404"}, reasons
        # "/", "/real", and the first of the others to arrive.
        assert sum(r["duplicate_of"] is None for r in records) == 3


@test
def probe_for_a_soft_404_obeys_scope_and_robots(tmp):
    pages = {"/x/": links("p%d" % i for i in range(20))}
    pages.update({"/x/p%d" % i: "the same" for i in range(20)})
    with Site(pages.get) as site:
        # Pages that lead nowhere are harmless.
        crawl(tmp, site, start_at="/x/")
        assert sorted(site.asked) == sorted(pages)
        pages["/x/p9"] += links(["p20"], "")
        pages["/x/p20"] = "The end"
        records, err = crawl(tmp, site, "--scope", "prefix", start_at="/x/")
        assert len(records) == 22 and not err, err
        extra = [p for p in site.asked if p not in pages]
        assert len(extra) == 1 and re.match("/x/[a-z]{16}$", extra[0]), extra
        records, err = crawl(tmp, site, "--accept-regex", r"/p\d+$",
                             start_at="/x/")
        assert len(records) == 22 and not err, err
        assert all(p in pages for p in site.asked)


@test
def link_that_grows_by_concatenation_ends(tmp):
    rows = (
        lambda p: ["more/"],
        lambda p: [p + "?again=1" if "?" not in p else p + "&again=1"],
        lambda p: [p + ("?" if "?" not in p else "&") + "x=%d" % len(p)],
        lambda p: [p + "ab"],
        lambda p: [p + "-%d" % len(p)],
    )
    for row in rows:
        def page(path, row=row):
            # Not a soft 404.
            return None if is_probe(path) else "<p>Here</p>" + \
                links(row(path))

        with Site(page) as site:
            records, err = crawl(tmp, site)
            assert 1 < len(records) < 1000, len(records)


def archive(path):
    """A page of each of 5,000 days, by month, and their lists."""
    if path == "/":
        return links("/%d/%02d/" % (y, m) for y in range(2010, 2024)
                     for m in range(1, 13))
    days = re.match(r"/(\d+)/(\d+)/(?:(\d+)\.html)?$", path)
    if not days:
        return None
    year, month, day = days.groups()
    if not day:
        return "<h1>%s %s</h1>" % (year, month) + \
            links("%02d.html" % d for d in range(1, 31))
    return "<h1>%s-%s-%s</h1><p>%s</p>" % (year, month, day,
                                           words(path, 12)) + \
        links(["/%s/%s/" % (year, month)], "back")


@test
def archive_of_five_thousand_dated_pages_is_complete(tmp):
    with Site(archive) as site:
        records, err = crawl(tmp, site)
        assert len(records) == 1 + 14 * 12 * 31, len(records)
        assert not err, err


@test
def pages_that_share_a_long_template_are_all_requested(tmp):
    template = "".join("<p>%s</p>" % words(i, 50) for i in range(20))

    def page(path):
        if path == "/":
            return links("/list?page=%d" % i for i in range(1, 31))
        number = re.match(r"/(list\?page=|item/|login/|photo/)(\d+)$", path)
        if not number:
            return None
        kind, i = number[1], int(number[2])
        if kind == "item/":
            return template + "<h1>%s</h1>" % words(i, 3) + \
                links(["/photo/%d" % i], "picture")
        if kind == "photo/":
            return "<img src='/big/%d.jpg'>" % i + links(["/"], "back")
        return template + "".join(
            links(["/item/%d" % k], words(k, 3))
            for k in range(i * 20, i * 20 + 20))

    with Site(page) as site:
        records, err = crawl(tmp, site)
        assert len(records) == 31 + 1200, len(records)
        assert not err, err
        assert all(r["duplicate_of"] is None for r in records)


@test
def duplicate_of_names_the_first_page_with_the_text(tmp):
    pages = {
        "/": links(["/a", "/b", "/c", "/empty1", "/empty2", "/x.txt"]),
        "/a": "<title>A</title><p>One text", "/b": "<p>One <b>text</b>",
        "/c": "<p>Another text", "/empty1": "<br>", "/empty2": "<br>",
        "/x.txt": "<hr>",
    }
    with Site(pages.get) as site:
        records, err = crawl(tmp, site, "-P", "1",
                             modes=harness.MODES)
        first = {r["url"][len(site.url):]: r["duplicate_of"]
                 for r in records}
        assert first.pop("/b") == site.url + "/a", first
        assert set(first.values()) == {None}, first
        p = start(tmp, *FAST, "-P", "1", "--format", "csv", "--columns",
                  "url,duplicate_of", site.url + "/")
        out = p.communicate(timeout=harness.HANG)[0].decode()
        assert p.returncode == 0
        assert "%s/b,%s/a" % (site.url, site.url) in out.split(), out


@test
def pages_that_are_requested_again_are_no_duplicates_of_themselves(tmp):
    pages = {"/": links(["/a", "/b"]), "/a": "<p>One text", "/b": "<p>One text"}
    args = FAST + ("-P", "1", "--state", "dir", "-o", "out.jsonl")
    with Site(pages.get) as site:
        for more in (["--resume"], ["--retry-failed=200"]):
            code, _, err = run(tmp, *args, *more, site.url + "/")
            assert code == 0 and not err, err
            with open(os.path.join(tmp, "out.jsonl")) as f:
                records = read_records(f.read())
            found = sorted((r["url"][len(site.url):], r["duplicate_of"])
                           for r in records)
            # Of the two pages, one is requested first.
            assert found in (
                [("/", None), ("/a", None), ("/b", site.url + "/a")],
                [("/", None), ("/a", site.url + "/b"), ("/b", None)]), found


@test
def traps_are_known_after_a_kill(tmp):
    """All runs together request no more of a calendar than one alone."""
    def page(path):
        if path == "/":
            return links(["/cal?month=2026-03"] +
                         ["/p/%d" % i for i in range(20)], "calendar")
        if path.startswith("/p/"):
            return "<p>Sorry</p>" + links(["/more/" + path[3:]])
        if not path.startswith("/cal?"):
            return "<p>Sorry</p>" if path.count("/") == 2 else None
        return "<p>Nothing</p>" + links(
            ["/cal?month=%d-%02d" % next_month(path)])

    with Site(page) as site:
        args = (*FAST, "--state", "state", "--resume", "-o", "out.jsonl",
                site.url + "/")
        for limit in (100, 180):
            p = start(tmp, *args)
            while len(site.asked) < limit and p.poll() is None:
                time.sleep(0.001)
            finish(p)
        code, _, err = run(tmp, *args)
        assert code == 0, err
        with open(os.path.join(tmp, "out.jsonl"), "rb") as f:
            records = read_records(f.read())
        in_calendar = [r for r in records if "/cal?" in r["url"]]
        assert len(in_calendar) == 200, len(in_calendar)
        assert in_calendar[-1]["duplicate_of"] == in_calendar[0]["url"]
        assert 1 <= len(list(filter(is_probe, site.asked))) <= 3
        code, _, err = run(tmp, *args)
        assert code == 0 and "is complete" in err, err
        status = subprocess.run(
            [harness.SCRAPE, "crawl", "--state", "state", "--status",
             "--format", "json"], cwd=tmp, capture_output=True, check=True)
        traps = json.loads(status.stdout)["crawl"]["traps"]
        calendar = [t["example"] for t in traps if t["kind"] ==
                    "pages of one form with hardly any new text"]
        assert len(calendar) == 1, traps
        assert calendar[0].startswith(site.url + "/cal?month="), traps
