"""`scrape crawl` and sitemaps. A part of tests/behaviour/run."""
import gzip
import json
import os
import signal
import subprocess
import time

from __main__ import finish, run, start, test
from crawl import MODES, Served
import harness

XML = {"Content-Type": "application/xml"}


def urlset(*entries):
    """entries: URLs, or tuples of URL, lastmod and priority."""
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
    """Path, level, path of via and lastmod of each record."""
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
        code, _, err = run(tmp, "crawl", "--sitemaps", "maybe", url)
        assert code == 2 and "auto, only or off" in err, err
