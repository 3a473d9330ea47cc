"""Tests of scrape crawl --recrawl, which asks only for what has changed. A part
of tests/behaviour/run."""
import hashlib
import json
import os
import random
import sqlite3
import time

import harness
from __main__ import start, test
from crawl import Served, Site, links
from saved_tables import call

CHANGES = ("unchanged", "changed", "new", "gone")


class Kept(Site):
    """Sends validators, and answers 304 if they are the same."""

    def do_GET(self):
        s = self.server
        status, headers, body = s.answer(self.path)
        if isinstance(body, str):
            body = body.encode()
        headers = dict(headers)
        if status == 200 and self.path not in s.without:
            etag = 'W/"%s"' % hashlib.md5(body).hexdigest()
            headers["ETag"] = etag
            if self.headers["If-None-Match"] == etag:
                status, body = 304, b""
        with s.lock:
            s.asked.append(self.path)
            s.given[self.path] = self.headers
            s.answers.append((self.path, status))
            s.bytes += len(body)
        out = ["HTTP/1.1 %d x" % status]
        if status != 304:
            out.append("Content-Length: %d" % len(body))
        out += ["%s: %s" % pair for pair in headers.items()]
        self.wfile.write("\r\n".join(out + ["", ""]).encode() + body)


class Keeping(Served):
    def __init__(self, pages, without=()):
        super().__init__(pages)
        self.without = without

    def __enter__(self):
        super().__enter__()
        s = self.server
        s.RequestHandlerClass = Kept
        s.without, s.answers, s.bytes = self.without, [], 0
        s.given = {}
        return self

    def forget(self):
        s = self.server
        s.asked.clear()
        s.answers.clear()
        s.bytes = 0

    def answers(self):
        return {p: status for p, status in self.server.answers
                if p not in ("/robots.txt", "/sitemap.xml")}


def crawl(tmp, site, name, *args):
    """Returns {path: change} of the records; each page has one."""
    site.forget()
    code, _, err = call(tmp, "crawl", "--state", "state", "-P", "30",
                        "--parallel-max-host", "30", "-o", name, *args,
                        site.url + "/")
    assert code == 0, err
    return changes(tmp, site, name)


def changes(tmp, site, name):
    with open(os.path.join(tmp, name), encoding="utf-8") as f:
        records = [json.loads(x) for x in f]
    found = {}
    for r in records:
        path = r["url"][len(site.url):]
        change = [c for c in CHANGES if r.get(c)]
        assert len(change) < 2 and path not in found, records
        found[path] = change[0] if change else None
    return found


def words(text, *hrefs):
    status, headers, body = links(*hrefs)
    return status, headers, body + "<p>" + text


def json_of(value):
    return 200, {"Content-Type": "application/json"}, '{"a": %d}' % value


@test
def recrawl_asks_for_changes_and_follows_the_links_of_unchanged_pages(tmp):
    for mode in harness.MODES:
        before = {"/": words("one", "/a", "/b", "/plain", "/bad",
                             "/json", "/other"),
                  "/a": words("two", "/a/1", "/a/2"), "/a/1": words("three"),
                  "/a/2": words("four"), "/b": words("five", "/b/1", "/b/2"),
                  "/b/1": words("six"), "/b/2": words("seven"),
                  "/plain": words("eight"), "/bad": (500, {}, "x"),
                  "/json": json_of(1), "/other": json_of(2)}
        without = ("/plain", "/json", "/other")
        with Keeping(dict(before), without) as site:
            args = ("--mode", mode, "--retry", "0")
            name = mode + ".jsonl"
            found = crawl(tmp, site, name, *args)
            assert found == dict.fromkeys(before), found
            found = crawl(tmp, site, "same-" + name, "--recrawl", *args)
            assert found == dict.fromkeys(before, "unchanged"), found
            assert site.answers() == {
                p: 500 if p == "/bad" else 200 if p in without else 304
                for p in before}, site.answers()
            # A page has other words, one has gone, two are not linked any
            # more, of which one is left, and one is new.
            site.pages.update({
                "/a/1": words("other words"), "/b": words("five", "/b/3"),
                "/b/3": words("nine"), "/plain": words("other"),
                "/other": json_of(3),
                "/bad": words("good")})
            for path in ("/a/2", "/b/1"):
                del site.pages[path]
            found = crawl(tmp, site, "next-" + name, "--recrawl", *args)
            assert found == {
                "/": "unchanged", "/a": "unchanged", "/a/1": "changed",
                "/a/2": "gone", "/b": "changed", "/b/3": "new",
                "/b/1": "gone", "/b/2": "unchanged", "/plain": "changed",
                "/bad": "changed", "/json": "unchanged",
                "/other": "changed"}, found
            assert site.answers()["/b/2"] == 304, site.answers()
            # What is gone stays gone, and is not asked for if nothing links
            # to it.
            found = crawl(tmp, site, "last-" + name, "--recrawl", *args,
                          "--only", "changed,new,gone")
            assert found == {}, found
            assert site.answers()["/a/2"] == 404, site.answers()
            assert "/b/1" not in site.answers(), site.answers()
        for entry in ("state/previous/crawl.db", "state/crawl.db"):
            os.remove(os.path.join(tmp, entry))


@test
def recrawl_that_is_killed_is_resumed_without_losing_a_change(tmp):
    count = 300

    def pages(path, version):
        try:
            i = int(path[2:] or 0)
        except ValueError:
            return None
        gone = version and i % 50 == 49
        limit = count + 10 * version
        if not 0 <= i < limit or gone:
            return None
        return words("text %d %d" % (i, version if i % 30 == 1 else 0),
                     *["/p%d" % j for j in range(10 * i + 1,
                                                 min(10 * i + 11, limit))])

    with Keeping(lambda path: pages(path, 0)) as site:
        assert len(crawl(tmp, site, "first.jsonl", "--no-traps")) == count
        site.pages = lambda path: pages(path, 1)
        site.forget()
        args = ("crawl", "--state", "state", "-o", "second.jsonl", "-s",
                "--no-traps", site.url + "/")
        rest = ("--recrawl",)
        for _ in range(6):
            p = start(tmp, *args, *rest)
            wanted = len(site.server.asked) + random.randrange(10, 50)
            while len(site.server.asked) < wanted and p.poll() is None:
                time.sleep(0.005)
            p.kill()
            p.communicate()
            # A crawl that was killed before its first commit has not begun.
            if os.path.exists(os.path.join(tmp, "second.jsonl")):
                rest = ("--resume",)
        code, _, err = call(tmp, *args, *rest)
        assert code == 0, err
        found = changes(tmp, site, "second.jsonl")
    known = {"/"} | {"/p%d" % i for i in range(1, count)}
    for path, change in found.items():
        i = int(path[2:] or 0)
        assert change == (
            None if path not in known and i % 50 == 49 else
            "gone" if i % 50 == 49 else "new" if path not in known else
            # Two pages have more links.
            "changed" if i % 30 == 1 or i in (29, 30) else
            "unchanged"), (path, change)
    assert known <= set(found), known - set(found)


@test
def sitemap_dates_are_believed_with_trust_lastmod(tmp):
    def sitemap(base, **dates):
        return 200, {"Content-Type": "application/xml"}, \
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>" + \
            "".join("<url><loc>%s/%s</loc><lastmod>%s</lastmod></url>" % (
                base, name, date) for name, date in dates.items()) + \
            "</urlset>"

    with Keeping({"/": words("x", "/old"), "/old": words("a", "/linked"),
                  "/new": words("b"), "/linked": words("c"),
                  "/today": words("d")}) as site:
        today = time.strftime("%Y-%m-%d", time.gmtime())
        site.pages["/sitemap.xml"] = sitemap(
            site.url, old="2001-02-03", new="2099-12-31T10:00:00+02:00",
            today=today)
        crawl(tmp, site, "first.jsonl")
        found = crawl(tmp, site, "second.jsonl", "--recrawl",
                      "--trust-lastmod")
        assert found == dict.fromkeys(("/", "/old", "/new", "/linked",
                                       "/today"), "unchanged"), found
        assert "/old" not in site.answers(), site.answers()
        assert {"/", "/new", "/linked", "/today"} <= set(site.answers())
        with open(os.path.join(tmp, "second.jsonl")) as f:
            old, = [r for r in map(json.loads, f)
                    if r["url"] == site.url + "/old"]
        assert old["attempts"] == 0 and old["status"] is None, old
        assert old["error"] is None and old["lastmod"] == "2001-02-03", old


@test
def page_passed_over_keeps_the_time_of_its_last_request(tmp):
    def sitemap(date):
        return 200, {"Content-Type": "application/xml"}, (
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
            "<url><loc>%s/old</loc><lastmod>%s</lastmod></url></urlset>" % (
                site.url, date))

    with Keeping({"/": words("x", "/old"), "/old": words("a")}) as site:
        site.pages["/sitemap.xml"] = sitemap("2001-02-03")
        crawl(tmp, site, "first.jsonl")
        # As if the crawl had been on 2 January 2022.
        db = sqlite3.connect(os.path.join(tmp, "state", "crawl.db"))
        with db:
            db.execute("UPDATE visits SET at = 1641081600")
        db.close()
        for i in range(2):
            crawl(tmp, site, "pass-%d.jsonl" % i, "--recrawl",
                  "--trust-lastmod")
            assert "/old" not in site.answers(), site.answers()
        # The sitemap tells only now that the page changed on 5 January.
        site.pages["/sitemap.xml"] = sitemap("2022-01-05")
        site.pages["/old"] = words("b")
        found = crawl(tmp, site, "late.jsonl", "--recrawl", "--trust-lastmod")
        assert found["/old"] == "changed", found


@test
def recrawl_without_a_crawl_that_has_ended_is_refused(tmp):
    with Keeping({"/": words("x", "/a"), "/a": words("y")}) as site:
        def refused(reason, *args):
            code, _, err = call(tmp, "crawl", *args, "-o", "out",
                                site.url + "/")
            assert code == 2 and reason in err, (code, err)
        refused("--recrawl needs the --state", "--recrawl")
        refused("does not go with --map", "--recrawl", "--map", "--state",
                "state")
        refused("--only needs --recrawl", "--only", "new", "--state", "state")
        refused("must be a list of unchanged", "--recrawl", "--only", "new,x",
                "--state", "state")
        crawl(tmp, site, "first", "--max-duration", "0.000001")
        crawl(tmp, site, "first", "--resume")
        crawl(tmp, site, "second", "--recrawl")
        refused("has a crawl: --resume continues it", "--state", "state")


@test
def recrawl_of_a_new_state_is_a_first_crawl_whose_pages_are_new(tmp):
    pages = {"/": words("x", "/a", "/b"), "/a": words("y"), "/b": words("z"),
             "/gone": (404, {}, "")}
    first = "has no crawl to compare with: this is the first one"
    with Keeping(pages) as site:
        def crawled(out, *args):
            return call(tmp, "crawl", "--state", "state", "--recrawl", *args,
                        "-o", out, site.url + "/")

        def rows(out):
            with open(os.path.join(tmp, out), encoding="utf-8") as f:
                found = [json.loads(x) for x in f]
            return sorted((r["url"][len(site.url):], bool(r.get("new")),
                           bool(r.get("unchanged"))) for r in found)
        new = [("/", True, False), ("/a", True, False), ("/b", True, False)]
        # All pages are new even if the first crawl is stopped and continued.
        code, _, err = crawled("one", "--max-pages", "1")
        assert code == 0 and first in err, (code, err)
        assert rows("one") == new[:1]
        code, _, err = call(tmp, "crawl", "--state", "state", "--resume", "-o",
                            "one")
        assert code == 0 and first not in err, err
        assert rows("one") == new, rows("one")
        code, _, err = crawled("two", "--only", "new,changed")
        assert code == 0 and first not in err, err
        assert rows("two") == [], rows("two")
        code, _, err = call(tmp, "crawl", "--state", "other", "--recrawl",
                            "--only", "new,changed", "-o", "three",
                            site.url + "/")
        assert code == 0 and rows("three") == new, (err, rows("three"))


@test
def page_whose_headers_a_304_would_miss_is_requested_as_a_whole(tmp):
    kept = {"/vary": {"Vary": "*"}, "/robots": {"X-Robots-Tag": "nofollow"},
            "/link": {"Link": "</next>; rel=next"}, "/plain": {}}
    pages = {"/": words("x", "/moved", *kept), "/next": words("y"),
             "/moved": (302, {"Location": "/target"}, ""),
             "/target": words("z"), "/hidden": words("hidden")}
    for path, headers in kept.items():
        status, types, body = words(path, "/hidden")
        pages[path] = status, {**types, **headers}, body
    with Keeping(pages) as site:
        crawl(tmp, site, "first")
        found = crawl(tmp, site, "second", "--recrawl")
        assert set(found.values()) == {"unchanged"}, found
        asked = site.answers()
        assert asked["/plain"] == asked["/"] == asked["/next"] == 304, asked
        for path in ("/vary", "/robots", "/link", "/target"):
            assert asked[path] == 200, (path, asked)


@test
def recrawl_sends_the_headers_of_the_run_and_asks_redirects_for_all(tmp):
    pages = {"/": words("x", "/a"), "/a": words("y", "/b"),
             "/b": words("z"), "/other": words("y", "/b")}
    args = ("-H", "X-Api-Key: k1", "-H", "Accept-Language: fr")
    with Keeping(pages) as site:
        crawl(tmp, site, "first", *args)
        site.pages["/a"] = 302, {"Location": "/other"}, ""
        crawl(tmp, site, "second", "--recrawl", *args)
        for path in ("/", "/a", "/b", "/other"):
            given = site.server.given[path]
            assert given["X-Api-Key"] == "k1", (path, given)
            assert given["Accept-Language"] == "fr", (path, given)
            assert bool(given["If-None-Match"]) == (path != "/other"), (
                path, given)


@test
def log_left_by_a_killed_recrawl_does_not_damage_the_next_one(tmp):
    before = {"/": words("x", *["/%d" % i for i in range(30)])}
    before.update({"/%d" % i: words("old %d" % i) for i in range(30)})
    with Keeping(dict(before)) as site:
        crawl(tmp, site, "first")
        crawl(tmp, site, "second", "--recrawl")
        path = os.path.join(tmp, "state", "previous", "crawl.db")
        db = sqlite3.connect(path)
        with db:
            db.execute("UPDATE visits SET etag = NULL, whole = 7, body = 7,"
                       " links = zeroblob(3000)")
        with open(path + "-wal", "rb") as f:
            log = f.read()
        db.close()
        with open(path + "-wal", "wb") as f:
            f.write(log)
        found = crawl(tmp, site, "third", "--recrawl")
        assert found == dict.fromkeys(before, "unchanged"), found
        assert set(site.answers().values()) == {304}, site.answers()
