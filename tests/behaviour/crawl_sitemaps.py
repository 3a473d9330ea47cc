"""`scrape crawl` and sitemaps. A part of tests/behaviour/run."""
import contextlib
import gzip
import json
import os
import signal
import sqlite3
import threading
import time

from __main__ import finish, run, start, test
from crawl import MODES, Served
import harness

XML = {"Content-Type": "application/xml"}


def urlset(*entries):
    """Returns a sitemap. entries: URLs, or tuples of URL, lastmod and
    priority."""
    text = "<?xml version='1.0' encoding='UTF-8'?>\n<urlset xmlns=" \
        "'http://www.sitemaps.org/schemas/sitemap/0.9'>\n"
    for entry in entries:
        url, lastmod, priority = (entry if isinstance(entry, tuple)
                                  else (entry, None, None))
        text += "<url><loc>%s</loc>" % url.replace("&", "&amp;")
        if lastmod:
            text += "<lastmod>%s</lastmod>" % lastmod
        if priority:
            text += "<priority>%s</priority>" % priority
        text += "</url>\n"
    return text + "</urlset>\n"


def index(*urls):
    return "<sitemapindex>" + "".join(
        "<sitemap><loc>%s</loc></sitemap>" % url for url in urls) + \
        "</sitemapindex>"


def robots(*urls):
    return 200, {}, "".join("Sitemap: %s\n" % url for url in urls)


def found(site, records):
    """Returns the path, level, path of via, and lastmod of each record."""
    cut = len(site.url)
    return sorted((r["url"][cut:], r["level"], (r["via"] or "")[cut:],
                   r["lastmod"]) for r in records)


def every_format(site):
    """A site whose pages are in sitemaps of all formats."""
    url = site.url
    return {
        "/robots.txt": robots(url + "/index.xml", "news.rss"),
        "/index.xml": (200, XML, index(url + "/packed", "/plain.txt",
                                       url + "/feed")),
        # gzip whatever it is called, also in a content coding
        "/packed": (200, {"Content-Type": "text/html",
                          "Content-Encoding": "gzip"},
                    gzip.compress(gzip.compress(urlset(
                        (url + "/a", "2024-01-31", "0.9"),
                        (url + "/b?x=1&y=2", "yesterday", None),
                        ("http://other.example/", "2024", None),
                        (url + "/", "2023-12", None)).encode()))),
        "/plain.txt": (200, {"Content-Type": "application/octet-stream"},
                       "\ufeff%s/c\n\n  %s/d  \r\n" % (url, url)),
        "/feed": (200, {}, "<feed><link href='%s/no'/><entry><link href='/e'/>"
                  "<updated>2024-02-03T10:00:00Z</updated></entry></feed>"
                  % url),
        "/news.rss": (200, {}, "<rss><channel><link>%s/no</link><item><link>\n"
                      "<![CDATA[ %s/f#top ]]></link></item></channel></rss>"
                      % (url, url)),
        "/sitemap.xml": (200, {}, urlset(url + "/g")),
        "/": ["/a", "/h"], "/a": [], "/b?x=1&y=2": [], "/c": [], "/d": [],
        "/e": [], "/f": [], "/g": [], "/h": [],
    }


IN_SITEMAPS = [
    ("/a", 1, "/packed", "2024-01-31"), ("/b?x=1&y=2", 1, "/packed", None),
    ("/c", 1, "/plain.txt", None), ("/d", 1, "/plain.txt", None),
    ("/e", 1, "/feed", "2024-02-03T10:00:00Z"), ("/f", 1, "/news.rss", None),
    ("/g", 1, "/sitemap.xml", None),
]


@test
def pages_of_sitemaps_in_every_format_are_crawled(tmp):
    with Served({}) as site:
        site.pages = every_format(site)
        for mode in MODES:
            site.server.asked.clear()
            code, records, err = run(tmp, "crawl", "--mode", mode,
                                     "--parallel-max-host", "1",
                                     site.url + "/")
            assert code == 0 and not err, (code, err)
            assert found(site, records) == [("/", 0, "", "2023-12")] + \
                IN_SITEMAPS + [("/h", 1, "/", None)], found(site, records)
            asked = site.server.asked
            assert len(asked) == len(set(asked)), asked
            # Sitemaps come first, and then pages by their priority.
            assert asked.index("/") > asked.index("/packed"), asked
            assert asked.index("/a") < asked.index("/b?x=1&y=2"), asked


@test
def sitemaps_may_be_the_only_source_or_none(tmp):
    with Served({}) as site:
        site.pages = every_format(site)
        url = site.url
        only = [("/", 1, "/packed", "2023-12")] + IN_SITEMAPS
        rows = (
            (["--sitemaps", "only", url + "/"], only),
            (["--sitemaps", "only", url + "/h"], only),
            (["--sitemaps", "only", url + "/packed.xml"], []),
            (["--sitemaps", "only", url + "/index.xml"], only[:-2]),
            (["--sitemaps", "only", url + "/sitemap.xml"], only[-1:]),
            (["--sitemaps", "only", "--sitemaps", url + "/plain.txt", url],
             [e for e in only if e[2] == "/plain.txt"]),
            (["--sitemaps", url + "/plain.txt", "--level", "1", url],
             [("/", 0, "", None), ("/a", 1, "/", None)] +
             [e for e in only if e[2] == "/plain.txt"] +
             [("/h", 1, "/", None)]),
            (["--sitemaps", "off", url + "/"],
             [("/", 0, "", None), ("/a", 1, "/", None),
              ("/h", 1, "/", None)]),
            (["--level", "0", url + "/"], [("/", 0, "", None)]),
            (["--no-robots", url + "/h"],
             [e for e in only if e[2] == "/sitemap.xml"] +
             [("/h", 0, "", None)]),
        )
        for args, wanted in rows:
            code, records, err = run(tmp, "crawl", *args)
            assert found(site, records) == wanted, \
                (args, found(site, records), err)
            assert code == (0 if wanted else 1), (args, code, err)
            assert "--sitemaps" not in args or "off" not in args or \
                "/sitemap.xml" not in site.server.asked[-4:]
        # Where the user chooses links by their place, only if asked for.
        for args, wanted in (([], []), (["--sitemaps", "auto"], only[1:])):
            site.server.asked.clear()
            code, records, err = run(tmp, "crawl", "--follow", "a.next", *args,
                                     url + "/h")
            assert code == 0, err
            assert [r for r in found(site, records) if r[1] and
                    r[0] != "/"] == wanted, (args, found(site, records))
            assert ("/sitemap.xml" in site.server.asked) == bool(wanted)
        code, _, err = run(tmp, "crawl", "--sitemaps", "maybe", url)
        assert code == 2 and "auto, only or off" in err, err


@test
def sitemaps_that_are_wrong_give_a_note_and_the_walk_goes_on(tmp):
    with Served({}) as site:
        url = site.url
        good = urlset(url + "/good")
        deep = gzip.compress(gzip.compress(gzip.compress(good.encode())))
        bad = {
            # name: answer, the message about it, and whether /NAME is found
            "gone": ((404, {}, "x"), "HTTP 404", False),
            "page": (["/good"], "it is not a sitemap", False),
            "cut": ((200, {}, urlset(url + "/cut")[:-11]), "is cut off", True),
            # Only the check sum is missing.
            "cutgz": ((200, {}, gzip.compress(
                urlset(url + "/cutgz").encode())[:-8]),
                "compressed data is cut off", True),
            "badgz": ((200, {}, b"\x1f\x8b\x08\0" + bytes(20)),
                      "compressed data is broken", False),
            "deep": ((200, {}, deep), "gzip file inside of others", False),
            "long": ((200, {}, urlset(url + "/x" * 4000, url + "/long")),
                     "1 of its entries has a URL", True),
            "hops": ((302, {"Location": "/hops"}, ""), "redirects", False),
            "forbidden": ((200, {}, good), "forbids it", False),
        }
        site.pages = {"/" + name: row[0] for name, row in bad.items()}
        site.pages.update({
            "/robots.txt": (200, {}, "User-agent: *\nDisallow: /forbidden\n"
                            "Sitemap: %s/index\nSitemap: ftp://x/\n" % url),
            "/index": (200, XML, index(*["/" + name for name in bad],
                                       "http://", "/last")),
            "/last": (200, XML, urlset(url + "/last")), "/": [],
        })
        code, records, err = run(tmp, "crawl", url + "/")
        assert code == 0, err
        wanted = ["/", "/last"] + ["/" + n for n, row in bad.items() if row[2]]
        assert site.paths(records) == sorted(wanted), site.paths(records)
        for name, row in bad.items():
            assert any("/%s: " % name in line and row[1] in line
                       for line in err.splitlines()), (name, err)
        assert err.count("sitemap ") == len(bad), err
        assert "/forbidden" not in site.asked()


@test
def hostile_sitemaps_end_at_the_limits(tmp):
    entry = "<url><loc>/x%07d</loc></url>"
    bomb = gzip.compress(b"<urlset><url><loc>/bomb</loc></url>" +
                         b" " * (60 << 20))

    def pages(path):
        name = path[1:].split("?")[0]
        if name == "robots.txt":
            return 200, {}, "".join("Sitemap: /%s\n" % n for n in (
                "self", "many", "bomb", "bombs", "entry", "rings", "down1"))
        if name == "self":		# lists itself, and others like it
            return 200, XML, index("/self", "self#x", "/./self", "/self")
        if name == "many":
            return 200, XML, "<urlset>" + "".join(
                entry % i for i in range(50020)) + "</urlset>"
        if name == "bomb":
            return 200, XML, bomb
        if name == "bombs":
            return 200, {"Content-Encoding": "gzip"}, gzip.compress(bomb)
        if name == "entry":
            return 200, XML, "<urlset><url><loc>/%s</loc></url></urlset>" % (
                "x" * 1000000)
        if name == "rings":
            return 302, {"Location": "/self"}, ""
        if name.startswith("down"):	# without end
            return 200, XML, index("/down%d" % (int(name[4:]) + 1))
        return None

    with Served(pages) as site:
        code, records, err = run(tmp, "crawl", "--mode", "fork", "--map",
                                 "--sitemaps", "only", site.url + "/")
        assert code == 0, err
        assert len(records) == 50001, len(records)
        asked = site.server.asked
        assert len(asked) == len(set(asked)), asked
        for name, message in (("many", "more than 50000 entries"),
                              ("bomb", "larger than 50 MB"),
                              ("bombs", "larger than 50 MB"),
                              ("entry", "a URL of more than 4096 bytes"),
                              ("down4", "three deep")):
            assert any("/%s: " % name in line and message in line
                       for line in err.splitlines()), (name, err)
        assert "/down3" in asked and "/down4" not in asked


@test
def documents_of_a_site_are_limited(tmp):
    def pages(path):
        if path == "/sitemap.xml":
            return 200, XML, index(*["/i%d" % i for i in range(10)])
        if path.startswith("/i"):
            return 200, XML, index(*["%s-%d" % (path.replace("i", "s"), i)
                                     for i in range(1200)])
        if path.startswith("/s"):
            return 200, {}, "http://elsewhere.example%s" % path
        return [] if path == "/" else None

    with Served(pages) as site:
        code, records, err = run(tmp, "crawl", "--parallel-max-host", "50",
                                 site.url + "/")
        assert code == 0 and len(records) == 1, err
        assert "has more than 10000 sitemaps" in err, err
        asked = [p for p in site.server.asked if p not in ("/", "/robots.txt")]
        assert len(asked) == len(set(asked)) == 10000, len(asked)


@test
def pages_are_known_by_the_first_source_in_any_order(tmp):
    """Sitemaps of other hosts, redirects, ids, scopes and limits."""
    with Served({}) as other, Served({}) as site:
        url = site.url
        site.pages = {
            "/robots.txt": robots(other.url + "/a.xml", url + "/moved"),
            "/moved": (301, {"Location": other.url + "/a.xml"}, ""),
            "/sitemap.xml": (302, {"Location": "/real.xml"}, ""),
            "/real.xml": (200, XML, urlset(
                url + "/docs/b", url + "/other", url + "/docs/a",
                url + "/docs/" + "x/" * 30, "mailto:x@y")),
            "/docs/": ["a", "c"], "/docs/a": [], "/docs/b": [],
            "/docs/c": [],
        }
        other.pages = {"/a.xml": (200, XML, urlset(
            url + "/docs/a", other.url + "/b"))}
        seed = json.dumps({"url": url + "/docs/", "id": "x"})
        code, records, err = run(tmp, "crawl", "--scope", "prefix",
                                 "--skipped", "left", "-", lines=[seed])
        assert code == 0, err
        assert {r["id"] for r in records} == {"x"}, records
        assert site.paths(records) == ["/docs/", "/docs/a", "/docs/b",
                                       "/docs/c"]
        vias = {r["url"][len(url):]: r["via"] for r in records}
        assert vias["/docs/b"] == url + "/real.xml", vias
        assert other.asked() == ["/a.xml"]
        # What is out of scope does not count.
        with open(os.path.join(tmp, "left")) as f:
            left = [json.loads(line) for line in f]
        assert [e["reason"] for e in left] == ["trap"], left


@test
def killed_crawls_lose_no_sitemap(tmp):
    """Each page has one record, whenever the crawl is killed."""
    def pages(path):
        if path == "/sitemap.xml":
            return 200, XML, index(*["/s%d" % i for i in range(40)])
        if path.startswith("/s"):
            i = int(path[2:])
            return 200, XML, urlset(*[(site.url + "/p%d" % j, "2024", None)
                                      for j in range(i * 10, i * 10 + 10)])
        return [] if path.startswith("/p") else None

    args = ("crawl", "--sitemaps", "only", "--state", "dir", "--resume", "-o",
            "out.jsonl", "--parallel-max-host", "4")
    with Served(pages) as site:
        for kill_at in (3, 12, 30, 150, 300):
            p = start(tmp, *args, site.url)
            end = time.monotonic() + harness.HANG
            while len(site.server.asked) < kill_at and p.poll() is None and \
                    time.monotonic() < end:
                time.sleep(0.002)
            p.send_signal(signal.SIGKILL)
            finish(p)
        code, _, err = run(tmp, *args, site.url)
        assert code == 0, err
        with open(os.path.join(tmp, "out.jsonl")) as f:
            records = [json.loads(line) for line in f]
        assert site.paths(records) == sorted("/p%d" % i for i in range(400))
        assert {r["lastmod"] for r in records} == {"2024"}
        # A crawl that is complete requests nothing.
        site.server.asked.clear()
        code, _, err = run(tmp, *args, site.url)
        assert code == 0 and "complete" in err, err
        assert not site.server.asked, site.server.asked


@test
def map_writes_each_url_once_and_no_records(tmp):
    with Served({}) as site:
        url = site.url
        site.pages = {
            "/sitemap.xml": (200, XML, urlset((url + "/a", "2024-01-31", None),
                                              (url + "/", "2023", None))),
            "/": ["/a", "/b", "/old", "http://other.example/"], "/a": ["/d"],
            "/b": ["/c"], "/c": [], "/d": [],
            "/old": (301, {"Location": "/new"}, ""), "/new": ["/e"],
            "/e": (404, {}, ""),
        }
        rows = [("/", 0, "", "2023"), ("/a", 1, "/sitemap.xml", "2024-01-31"),
                ("/b", 1, "/", None), ("/c", 2, "/b", None),
                ("/d", 2, "/a", None), ("/e", 2, "/new", None),
                ("/new", 1, "/old", None), ("/old", 1, "/", None)]
        asked = [r[0] for r in rows]
        for mode in MODES:
            site.server.asked.clear()
            code, records, err = run(tmp, "crawl", "--map", "--mode", mode,
                                     url + "/")
            assert code == 0, err
            assert found(site, records) == rows, found(site, records)
            assert sorted(site.asked()) == asked, site.asked()
            assert all(set(r) == {"index", "url", "level", "via", "role",
                              "lastmod"}
                       for r in records), records
        # The lines are requests of a list.
        path = os.path.join(tmp, "map")

        def save(*lines):
            with open(path, "w", encoding="utf-8") as f:
                f.writelines(line + "\n" for line in lines)
        save(*(json.dumps(dict(r, id=[1])) for r in records))
        code, again, err = run(tmp, path)
        assert code == 0 and not err, err
        assert sorted((r["url"], r["id"]) for r in again) == sorted(
            (r["url"], [1]) for r in records), again
        save(json.dumps(dict(records[0], colour="red")),
             json.dumps({"index": 0, "url": url}))
        _, again, _ = run(tmp, path)
        assert all('unknown key "index"' in r["error"]["message"]
                   for r in again) and len(again) == 2, again
        # Nothing is requested whose links would be too deep.
        site.server.asked.clear()
        for n, words in ((1, "1 page is done"), (2, "2 pages are done")):
            code, records, err = run(tmp, "crawl", "--map", "--max-pages",
                                     str(n), url)
            assert "--max-pages: %s, " % words in err, err
        site.server.asked.clear()
        code, records, err = run(tmp, "crawl", "--map", "--level", "1", url)
        assert found(site, records) == [r for r in rows
                                        if r[1] < 2 and r[0] != "/new"]
        assert site.asked() == ["/"], site.asked()
        site.server.asked.clear()
        out = os.path.join(tmp, "map.csv")
        code, _, err = run(tmp, "crawl", "--map", "--sitemaps", "only",
                           "--format", "csv", "-o", out, url)
        with open(out) as f:
            lines = sorted(f.read().splitlines())
        assert lines == sorted([
            "index,id,url,level,via,role,lastmod",
            "0,,%s/a,1,%s/sitemap.xml,,2024-01-31" % (url, url),
            "1,,%s/,1,%s/sitemap.xml,,2023" % (url, url)]), lines
        assert not site.asked(), site.asked()
        code, _, err = run(tmp, "crawl", "--map", "--body", url)
        assert code == 2 and "--map writes URLs" in err, err


@test
def maps_end_where_redirects_do_not(tmp):
    """Each URL redirects to the next number; two links lead into the chain. The
    second link is answered after the first chain has reached it."""
    def pages(path):
        if path == "/":
            return ["/r0", "/r5"]
        if path == "/r5":
            harness.wait_until(lambda: "/r4" in site.asked(), "/r4 was asked")
            time.sleep(0.3)
        if not path[2:].isdigit():
            return None
        return 302, {"Location": "/r%d" % (int(path[2:]) + 1)}, ""

    with Served(pages) as site:
        for options, last in (([], 15), (["--max-redirs", "2"], 7)):
            code, records, err = run(tmp, "crawl", "--map", "--sitemaps", "off",
                                     "--max-pages", "99", *options,
                                     site.url + "/")
            assert code == 0 and " trap (" in err, err
            wanted = {"/"} | {"/r%d" % i for i in range(5, last + 1)}
            found = site.paths(records)
            assert wanted <= set(found) and len(found) == len(set(found))
            assert len(found) <= last + 2, found


@test
def killed_maps_have_each_url_once(tmp):
    def pages(path):
        if path == "/sitemap.xml":
            return 200, XML, urlset(*[site.url + "/s%d" % i
                                      for i in range(100)])
        if path[:2] not in ("/", "/s", "/p"):
            return None
        i = int(path[2:] or 0)
        return ["/p%d" % j for j in range(i * 5, i * 5 + 10) if j < 500]

    args = ("crawl", "--map", "--state", "dir", "--resume", "-o", "out.jsonl",
            "--parallel-max-host", "4")
    with Served(pages) as site:
        for kill_at in (4, 60, 200, 400):
            p = start(tmp, *args, site.url)
            end = time.monotonic() + harness.HANG
            while len(site.server.asked) < kill_at and p.poll() is None and \
                    time.monotonic() < end:
                time.sleep(0.002)
            p.send_signal(signal.SIGKILL)
            finish(p)
        code, _, err = run(tmp, *args, site.url)
        assert code == 0, err
        with open(os.path.join(tmp, "out.jsonl")) as f:
            paths = site.paths([json.loads(line) for line in f])
        assert paths == sorted(["/"] + ["/s%d" % i for i in range(100)] +
                               ["/p%d" % i for i in range(500)]), len(paths)
        # Records do not go into the same file.
        code, _, err = run(tmp, *(a for a in args if a != "--map"), site.url)
        assert code == 2 and "with --map" in err, (code, err)


@test
def pages_wait_for_sitemaps_no_longer_than_needed(tmp):
    """Fifty documents are read before the pages, and the rest beside them."""
    def pages(path):
        if path == "/sitemap.xml":
            return 200, XML, index(*["/s%d" % i for i in range(200)])
        if path.startswith("/s"):
            return 200, {}, "http://elsewhere.example%s" % path
        return [] if path == "/" else None

    with Served(pages) as site:
        code, records, err = run(tmp, "crawl", "--max-pages", "1",
                                 "--parallel-max-host", "1", site.url + "/")
        assert code == 0 and len(records) == 1, err
        at = site.server.asked.index("/")
        assert at >= 50, at
        # The limit of pages ends the reading of sitemaps, too.
        assert len(site.server.asked) <= 204


@test
def page_found_before_its_sitemap_gets_the_date_there(tmp):
    """The pages of a site wait for fifty of its sitemaps, not for the last. That
    one was read when its child is requested; until then no page is done."""
    asked_first, is_read = threading.Event(), threading.Event()

    def of_other(path):
        if path == "/last.xml":
            assert asked_first.wait(harness.HANG)
            text = urlset((site.url + "/first", "2024-01-31", None),
                          (site.url + "/second", "2024-02-01", "0.1"),
                          (site.url + "/third", None, "1.0"))
            return 200, XML, text.replace(
                "</urlset>", "<sitemap><loc>/child.xml</loc></sitemap>"
                "</urlset>")
        if path == "/child.xml":
            is_read.set()
        return 404, {}, ""

    def page(path):
        if path == "/first":
            asked_first.set()
            assert is_read.wait(harness.HANG)
        children = ["/%d.xml" % n for n in range(50)]
        if path == "/sitemap.xml":
            return 200, XML, index(
                *children, "http://localhost:%d/last.xml" %
                other.server.server_port)
        if path in children:
            return 200, XML, urlset()
        return {"/": ["/first", "/second", "/third"], "/first": [],
                "/second": [], "/third": []}.get(path)

    with Served(of_other) as other, Served(page) as site:
        code, records, err = run(tmp, "crawl", "--parallel-max-host", "1",
                                 site.url + "/")
    assert code == 0, err
    got = {r["url"][len(site.url):]: r["lastmod"] for r in records}
    assert got == {"/": None, "/first": "2024-01-31", "/second": "2024-02-01",
                   "/third": None}, got


@test
def sitemap_counts_as_read_when_all_of_its_pages_are_stored(tmp):
    pages = 10000
    with Served({}) as site:
        site.pages["/sitemap.xml"] = (200, XML, urlset(
            *("%s/p%d" % (site.url, n) for n in range(pages))))
        args = ("crawl", "--map", "--sitemaps", "only", "--state", "state",
                "--resume", "-o", "out.jsonl", site.url + "/")
        p = start(tmp, *args)
        path = os.path.join(tmp, "state", "crawl.db")
        known, is_read = 0, 0
        # Kill the program when it has stored the first pages.
        while p.poll() is None and not known:
            time.sleep(0.01)
            if os.path.exists(path):
                known, is_read = stored(path)
        p.kill()
        finish(p)
        known, is_read = stored(path)
        assert known == pages or not is_read, (known, is_read)
        code, _, err = run(tmp, *args)
        assert code == 0, err
        known, is_read = stored(path)
        assert known == pages and is_read, (known, is_read)
    with open(os.path.join(tmp, "out.jsonl"), encoding="utf-8") as f:
        urls = [json.loads(line)["url"] for line in f]
    assert urls == ["%s/p%d" % (site.url, n) for n in range(pages)]


def stored(path):
    """Returns the number of pages in the database, and of sitemaps that are
    marked as read."""
    with contextlib.closing(sqlite3.connect(path, timeout=harness.HANG)) as db:
        try:
            return db.execute(
                "SELECT (SELECT count(*) FROM pages), (SELECT count(*) FROM "
                "sitemaps WHERE done)").fetchone()
        except sqlite3.OperationalError:
            return 0, 0


@test
def summary_and_status_count_what_sitemaps_have(tmp):
    pages = {"/sitemap.xml": (200, XML, index("/a.xml", "/b.xml", "/c.xml",
                                              "/d.xml")),
             "/b.xml": (200, {"Content-Type": "text/html"}, "<p>no"),
             "/c.xml": (503, {}, "")}
    with Served(pages) as site:
        pages["/a.xml"] = (200, XML, urlset(
            site.url + "/1", site.url + "/2", site.url + "/1",
            "http://other.example/", site.url + "/x" * 30))
        args = ("crawl", "--mode", "serial", "--map", "--sitemaps", "only",
                "--retry", "0", "--state", "state", "-o", "out.jsonl", "--summary", "s.json",
                "--report", "r.html")
        wanted = {"read": 2, "entries": 5, "pages": 2,
                  "refused": {"scope": 1, "trap": 1},
                  "errors": {"404": 1, "503": 1, "parse": 1}}
        for seeds in (site.url + "/",), ("--resume",):
            code, _, err = run(tmp, *args, *seeds)
            assert code == 0, (code, err)
            with open(os.path.join(tmp, "s.json"), encoding="utf-8") as f:
                assert json.load(f)["crawl"]["sitemaps"] == wanted
            with open(os.path.join(tmp, "r.html"), encoding="utf-8") as f:
                assert "Sitemaps" in f.read()
        p = start(tmp, "crawl", "--state", "state", "--status")
        out = p.communicate()[0].decode()
        assert "  sitemaps  2 read, not read or only in part: 1 parse, 1 503, " \
            "1 404\n            5 entries, 2 of them new pages, left out: " \
            "1 scope, 1 trap\n" in out, out
