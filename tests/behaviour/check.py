"""Tests of scrape check, which audits the pages and links of a site. A part of
tests/behaviour/run."""
import collections
import csv
import http.server
import io
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import threading
import time
import xml.etree.ElementTree as ElementTree

import harness
from __main__ import Skip, behaviour, finish, start, test
from saved_tables import call, write

GOOD = ('<title>%s</title><meta name=description content="d %s">'
        '<link rel=canonical href="%s">')


SUMMARY = re.compile(r"scrape: \d+ pages? and \d+ links? checked: "
                     r"\d+ errors?, \d+ warnings?, \d+ notices?")


class Site:
    """A site of pages: path: (status, headers, body). Without a body, the page
    refuses HEAD. Counts the requests."""

    def __init__(self, **pages):
        self.pages = pages
        self.asked = collections.Counter()
        self.headers = []  # of each request
        self.late = {}  # path: request for which it waits

    def __enter__(self):
        site = self
        site.asked.clear()
        site.headers.clear()

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                name = self.path.lstrip("/").partition("?")[0]
                site.asked[self.command + " " + name] += 1
                site.headers.append(self.headers)
                if name in site.late:
                    harness.wait_until(lambda: site.asked[site.late[name]],
                                       "it is requested")
                    time.sleep(0.1)
                status, headers, body = site.pages.get(name, (404, {}, "no"))
                if self.command == "HEAD" and "refuses" in name:
                    status, headers = 405, {}
                body = body.replace("{S}", site.root).encode()
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value.replace("{S}", site.root))
                if "Content-Type" not in headers:
                    self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_HEAD = answer

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0),
                                                      Handler)
        self.root = "http://127.0.0.1:%d/" % self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def audit(self, tmp, *args, data=""):
        """Returns the exit code, the findings as (kind, path, page), and the
        findings."""
        code, out, err = call(tmp, "check", "--retry", "0", *args,
                              data=data.replace("{S}", self.root).encode())
        self.summary, line, rest = err.partition("\n")
        assert SUMMARY.fullmatch(self.summary) and line and not rest, err
        found = [json.loads(x) for x in out.splitlines()]
        return code, {(x["kind"], self.path(x["url"]), self.path(x["page"]))
                      for x in found}, found

    def path(self, url):
        return url and url.replace(self.root, "")


def page(body="", status=200, **headers):
    return status, {k.replace("_", "-"): v for k, v in headers.items()}, body


def good(name, links=()):
    return page(GOOD % (name, name, "{S}" + name) +
                "".join('<a href="%s">x</a>' % x for x in links))


LINKS = Site(
    first=good("first", ["gone", "second", "refuses", "away", "mailto:a@b.c",
                         "gone", "#top"]),
    second=good("second", ["gone?x", "first", "forbidden-refuses"]),
    third=good("third", ["first#none"]),
    refuses=good("refuses"),
    away=page(status=301, Location="{S}refuses"))


@test
def broken_pages_are_found_and_make_exit_code_1(tmp):
    with Site(good=good("good"), away=page(status=301, Location="{S}on"),
              on=page(status=302, Location="{S}good"),
              old=page(status=410)) as site:
        code, found, _ = site.audit(tmp, data="{S}good\n{S}good#x\n")
        assert (code, found) == (0, set()), found
        # A URL that is given twice is requested once.
        assert site.asked == {"GET good": 1}, site.asked
        code, found, list_ = site.audit(
            tmp, "-", data="{S}good\n{S}gone\n{S}away\n{S}on\n{S}old\n"
            "http://127.0.0.1:1/\nhttp:// x\n")
        assert code == 1
        assert found == {("broken", "gone", None), ("redirected", "away", None),
                         ("redirected", "on", None),
                         ("broken", "old", None),
                         ("broken", "http://127.0.0.1:1/", None),
                         ("broken", "http:// x", None)}, found
        details = {site.path(x["url"]): (x["severity"], x["detail"])
                   for x in list_}
        assert details["gone"] == ("error", "status 404")
        assert details["away"] == (
            "warning", "temporary: 301 -> %son, 302 -> %sgood" %
            (site.root, site.root)), details
        assert details["on"] == ("notice", "temporary: 302 -> %sgood" %
                                 site.root)
        assert details["http://127.0.0.1:1/"][1].startswith("connect: ")
        code, found, _ = site.audit(tmp, "--accept", "200..=299,404,410",
                                    "--exclude", "away|on$|127.0.0.1:1/|// x",
                                    data="{S}good\n{S}gone\n{S}on\n{S}away\n"
                                    "{S}old\nhttp://127.0.0.1:1/\n")
        assert (code, found) == (0, set()), found
        # Each --exclude counts.
        code, found, _ = site.audit(tmp, "--exclude", "gone", "--exclude",
                                    "ol[d]", data="{S}good\n{S}gone\n{S}old\n")
        assert (code, found) == (0, set()), found
        code, found, _ = site.audit(tmp, "--accept", "201..204",
                                    data="{S}good\n")
        assert code == 1 and ("broken", "good", None) in found, found
        for accepted in ("2xx", "2XX,429", "200-299", "429,200-200"):
            code, found, _ = site.audit(tmp, "--accept", accepted,
                                        data="{S}good\n")
            assert (code, found) == (0, set()), (accepted, found)
        for wrong in ("2x", "0xx", "xx", "299-200", "200-", "2xx-3xx"):
            code, _, err = call(tmp, "check", "--accept", wrong, site.root)
            assert code == 2 and "--accept" in err, (wrong, err)


@test
def links_of_pages_are_checked_with_head_where_that_is_enough(tmp):
    with LINKS as site:
        args = [site.root + x for x in ("first", "second")]
        code, found, list_ = site.audit(tmp, "--from-page", *args)
        assert code == 1
        assert found == {
            ("broken", "gone", "first"), ("broken", "gone?x", "second"),
            ("broken", "forbidden-refuses", "second"),
            ("redirected", "away", "first")}, found
        assert len(list_) == len(found), list_
        # A page is not requested again as a link, and each link once.
        assert site.asked == {
            "GET first": 1, "GET second": 1, "HEAD gone": 2, "GET gone": 2,
            "HEAD refuses": 2, "GET refuses": 2, "HEAD away": 1,
            "GET away": 1, "HEAD forbidden-refuses": 1,
            "GET forbidden-refuses": 1}, site.asked
        # Without --from-page, only the pages themselves are requested.
        site.asked.clear()
        assert site.audit(tmp, *args)[:2] == (0, set())
        assert site.asked == {"GET first": 1, "GET second": 1}, site.asked
        # A broken page is reported for each page with a link to it.
        site.pages["first"] = page(status=500)
        code, found, _ = site.audit(tmp, "--from-page", *args)
        assert ("broken", "first", "second") in found and \
            ("broken", "first", None) in found, found
        site.pages["first"] = good("first", ["gone"])


@test
def summary_says_how_many_pages_and_links_were_checked(tmp):
    with Site(**{"robots.txt": page("User-agent: *\nDisallow: /p",
                                    Content_Type="text/plain"),
                 "sitemap.xml": page("<urlset><url><loc>{S}a</loc></url>"
                                     "<url><loc>{S}private</loc></url>"
                                     "</urlset>"),
                 "a": good("a", ["b", "gone", "a"]), "b": good("b")}) as site:
        url = site.root + "a"
        none = "0 errors, 0 warnings, 0 notices"
        for args, want in (
                ((url,), "1 page and 0 links checked: " + none),
                ((url, site.root + "b"), "2 pages and 0 links checked: " +
                 none),
                (("--from-page", url), "1 page and 2 links checked: 1 error, "
                 "0 warnings, 0 notices"),
                # Neither sitemaps are pages, nor URLs that robots.txt forbids.
                (("--robots", site.root + "sitemap.xml"), "1 page and 0 links "
                 "checked: 0 errors, 0 warnings, 1 notice")):
            site.audit(tmp, *args)
            assert site.summary == "scrape: " + want, (args, site.summary)
            # The table ends with the summary, which is printed once.
            _, out, err = call(tmp, "check", "--format", "table", *args)
            assert not err and out.decode().splitlines()[-1] == want, (out, err)
            _, out, err = call(tmp, "check", "--format", "table", "-o",
                               "/dev/null", *args)
            assert not out and err == "scrape: %s\n" % want, (out, err)
        assert not call(tmp, "check", "-s", url)[2]
        # A page with several records is one page.
        write(tmp, "saved", *(json.dumps({"url": site.root + x, "status": 200,
                                          "links": [site.root + "b"]})
                              for x in "aac"))
        for args, want in (((), "2 pages and 0 links"),
                           (("--from-page",), "2 pages and 1 link")):
            site.audit(tmp, *args, "saved")
            assert site.summary == "scrape: %s checked: %s" % (want, none)


@test
def what_search_engines_miss_is_found(tmp):
    same = ("<title>Same</title><meta name=description content=same>"
            "<link rel=canonical href=a>")
    with Site(a=page(same), b=page(same.replace("href=a", "href=b")),
              c=page(same.replace("href=a", "href=b")),
              d=page(same.replace("href=a", "href=d") +
                     "<meta name=Robots content='NoIndex'>"),
              e=page(GOOD % ("e", "e", "e"), X_Robots_Tag="none"),
              f=page("<title> </title>"),
              g=page("{}", Content_Type="application/json")) as site:
        code, found, list_ = site.audit(
            tmp, data="".join("{S}%s\n" % x for x in "abcdefg"))
        assert code == 0
        kinds = collections.Counter(x[0] for x in found)
        assert kinds == {"duplicate-title": 1, "duplicate-description": 1,
                         "duplicate-canonical": 1, "noindex": 2,
                         "no-title": 1, "no-description": 1,
                         "no-canonical": 1}, found
        assert {x[1] for x in found if x[0] == "noindex"} == {"d", "e"}
        assert {x[1] for x in found if x[0].startswith("no-")} == {"f"}
        assert {x[1] for x in found if x[0].startswith("dup")} == {"b", "c"}
        detail = next(x for x in list_ if x["kind"] == "duplicate-title")
        assert detail["detail"].startswith("the same as on " + site.root)


@test
def fragments_that_do_not_exist_are_found(tmp):
    with Site(a=page(GOOD % ("a", "a", "a") +
                     "".join('<a href="%s">x</a>' % x for x in (
                         "b#one", "b#two", "b#t%C3%A9", "b#old", "#here",
                         "#gone", "#top", "#", "#:~:text=x", "c#x", "d#x"))
                     + "<p id=here>"),
              b=page(GOOD % ("b", "b", "b") +
                     "<p id=one><p id=t\xe9><a name=old>"),
              c=page("{}", Content_Type="application/json")) as site:
        code, found, _ = site.audit(tmp, "--fragments", site.root + "a")
        assert code == 1
        assert found == {("fragment", "a#gone", "a")}, found
        # Links are requested with GET only if they have a fragment.
        code, found, _ = site.audit(tmp, "--fragments", "--from-page",
                                    "--accept", "200,404", site.root + "a")
        assert code == 1
        assert found == {("fragment", "a#gone", "a"),
                         ("fragment", "b#two", "a")}, found
        assert "HEAD b" not in site.asked, site.asked
        code, found, _ = site.audit(tmp, "--fragments", site.root + "b#no")
        assert (code, found) == (1, {("fragment", "b#no", None)}), found
        code, found, _ = site.audit(tmp, "--fragments",
                                    *(site.root + x for x in (
                                        "b#one", "b#no", "b#two")))
        assert (code, found) == (1, {("fragment", "b#no", None),
                                     ("fragment", "b#two", None)}), found


@test
def sitemaps_name_the_pages(tmp):
    entries = "<urlset>%s</urlset>"
    with Site(**{
            "sitemap.xml": page(
                "<sitemapindex><sitemap><loc>{S}more.xml</loc></sitemap>"
                "<sitemap><loc>{S}gone.xml</loc></sitemap><sitemap>"
                "<loc>{S}sitemap.xml</loc></sitemap></sitemapindex>"),
            "more.xml": page(entries % "".join(
                "<url><loc>{S}%s</loc></url>" % x for x in "abc")),
            "map": page(entries % "<url><loc>{S}a</loc></url>"),
            "a": good("a"), "b": good("b")}) as site:
        code, found, _ = site.audit(tmp, site.root + "sitemap.xml")
        assert (code, found) == (1, {("broken", "c", None),
                                     ("broken", "gone.xml", None)}), found
        site.asked.clear()
        code, found, _ = site.audit(tmp, "--sitemap", site.root + "map")
        assert (code, found) == (0, set()), found
        assert site.asked == {"GET map": 1, "GET a": 1}, site.asked
        # A page in the place of a sitemap is no site without faults.
        site.pages["no.xml"] = good("no.xml")
        code, found, list_ = site.audit(tmp, site.root + "no.xml")
        assert (code, found) == (1, {("broken", "no.xml", None)}), found
        assert list_[0]["detail"].startswith("parse: "), list_


@test
def page_of_a_late_sitemap_is_a_page_although_it_was_a_link(tmp):
    with Site(**{
            "index.xml": page("<sitemapindex>%s</sitemapindex>" % "".join(
                "<sitemap><loc>{S}%s</loc></sitemap>" % x
                for x in ("one.xml", "late.xml"))),
            "one.xml": page("<urlset><url><loc>{S}a</loc></url></urlset>"),
            "late.xml": page("<urlset><url><loc>{S}b</loc></url>"
                             "<url><loc>{S}c</loc></url></urlset>"),
            "a": good("a", ["b", "c"]), "b": page("<title></title>"),
            "c": good("c")}) as site:
        site.late["late.xml"] = "GET a"
        code, found, _ = site.audit(tmp, "--from-page",
                                    site.root + "index.xml")
        assert (code, found) == (0, {(x, "b", None) for x in (
            "no-title", "no-description", "no-canonical")}), found
        assert site.asked["GET b"] == site.asked["GET c"] == 1, site.asked
        assert not site.asked["HEAD b"], site.asked


@test
def credentials_are_not_sent_to_links_on_other_origins(tmp):
    with Site() as other, Site(a=good("a", [other.root + "x", "b"]),
                               b=good("b")) as site:
        code, found, _ = site.audit(
            tmp, "--from-page", "-u", "me:secret", "-H", "X-Api-Key: secret2",
            "-A", "auditor", site.root + "a")
        assert code == 1 and found == {("broken", other.root + "x", "a")}
        for headers in site.headers:
            assert headers["Authorization"] and headers["X-Api-Key"]
        assert len(other.headers) == 2, other.headers
        for headers in other.headers:
            assert "Authorization" not in headers, headers
            assert "X-Api-Key" not in headers, headers
            assert headers["User-Agent"] == "auditor", headers


@test
def passwords_and_tokens_of_urls_are_not_in_the_findings(tmp):
    with Site(b=good("b"), away=page(status=301, Location="{S}b?token=t0ken"),
              a=good("a", ["gone?api_key=k3y", "away"])) as site:
        start = site.root.replace("//", "//joe:pa55@") + "a"
        for args in ["-o", "base"], [], ["--baseline", "base"], *(
                ["--format", name] for name in ("md", "html", "csv", "junit",
                                                "table")):
            code, out, err = call(tmp, "check", "--retry", "0", "--from-page",
                                  *args, start)
            out = out.decode()
            assert code == ("--baseline" not in args), err
            if not args:
                assert '"temporary' in out or '"permanent' in out, out
            if args == ["-o", "base"]:
                with open(os.path.join(tmp, "base"), encoding="utf-8") as f:
                    out = f.read()
            assert ("gone" in out) != ("--baseline" in args), out
            for secret in "pa55", "t0ken", "k3y":
                assert secret not in out + err, (args, out, err)


@test
def robots_and_rates_are_obeyed_in_each_mode(tmp):
    with Site(**{"robots.txt": page("User-agent: *\nDisallow: /p",
                                    Content_Type="text/plain"),
                 "a": good("a", ["private", "b", "c"]), "b": good("b"),
                 "c": good("c")}) as site:
        for mode in harness.MODES:
            site.asked.clear()
            code, found, list_ = site.audit(
                tmp, "--from-page", "--robots", "--mode", mode, "--host-rate",
                "20/s", site.root + "a", site.root + "prices")
            # Links that robots.txt forbids are reported, too.
            assert (code, found) == (0, {("unchecked", "prices", None),
                                         ("unchecked", "private", "a")}), found
            assert all(x["detail"].startswith("robots: ") for x in list_), list_
            assert site.asked == {"GET robots.txt": 1, "GET a": 1, "HEAD b": 1,
                                  "HEAD c": 1}, (mode, site.asked)


@test
def interrupted_check_reports_what_it_has_found(tmp):
    behaviour(tmp, "held", "hold\nreply 200 text/html\n")
    behaviour(tmp, "gone", "reply 404 text/html\n")
    with harness.Server(tmp) as server:
        p = start(tmp, "check", "--format", "table", "-v",
                  server.url("gone"), server.url("held"))
        try:
            harness.wait_for_message(p, b" 404 ")
            p.send_signal(signal.SIGINT)
            harness.wait_for_message(p, b"stopping")
            server.let_go()
            out, err = p.communicate(timeout=harness.HANG)
        finally:
            finish(p)
        assert p.returncode == 130 and b"stopped" in err, (p.returncode, err)
        assert b"broken" in out and b"1 error" in out, out


@test
def saved_records_are_audited_without_requests(tmp):
    with LINKS as site:
        urls = [site.root + x for x in ("first", "second", "third", "away",
                                        "gone")]
        code, out, _ = call(tmp, "-s", "--meta", "--links", "--headers",
                            "--select", "ids[]=[id]::attr(id)", *urls)
        assert code == 0
        lines = out.decode().splitlines()
        write(tmp, "saved.jsonl", *lines)
        write(tmp, "saved.json", "[", *(x + "," for x in lines[:-1]),
              lines[-1], "]")
        site.asked.clear()
        want = {("broken", "gone", None), ("redirected", "away", None)}
        for args, data in ((("saved.jsonl",), b""), (("saved.json",), b""),
                           (("-",), out)):
            code, found, _ = site.audit(tmp, *args, data=data.decode())
            assert (code, found) == (1, want), found
        code, found, _ = site.audit(tmp, "--fragments", "saved.jsonl")
        assert found == want | {("fragment", "first#none", "third")}, found
        assert not site.asked, site.asked
        # Only links without a record are requested.
        code, found, _ = site.audit(tmp, "--from-page", "saved.jsonl")
        assert ("broken", "gone", "first") in found, found
        assert ("broken", "gone?x", "second") in found, found
        assert set(site.asked) == {
            "HEAD gone", "GET gone", "HEAD refuses", "GET refuses",
            "HEAD forbidden-refuses", "GET forbidden-refuses"}, site.asked


@test
def crawled_site_has_the_findings_of_a_direct_check(tmp):
    with Site(**{"": good("", ["old", "a", "ring", "lost", "itself", "gone"])},
              old=page(status=301, Location="{S}a"), a=good("a"),
              lost=page(status=302, Location="{S}gone"),
              itself=page(status=302, Location="{S}itself"),
              ring=page(status=302, Location="{S}turn"),
              turn=page(status=307, Location="{S}ring")) as site:
        code, _, err = call(tmp, "crawl", "-s", "--links", "--meta", "--headers",
                          "-o", "crawl.jsonl", site.root)
        assert code == 0, (code, err)
        with open(os.path.join(tmp, "crawl.jsonl"), encoding="utf-8") as f:
            urls = [json.loads(x)["url"] for x in f]
        names = {site.path(x) for x in urls}
        assert {"", "old", "ring", "lost", "itself", "gone"} <= names, names
        direct = site.audit(tmp, *urls)[1]
        assert site.audit(tmp, "crawl.jsonl")[1] == direct, direct
        broken = {x[1] for x in direct if x[0] == "broken"} - {"turn"}
        assert broken == {"ring", "lost", "itself", "gone"}, direct
        # A URL that is broken is not reported as redirected, too.
        assert not broken & {x[1] for x in direct if x[0] == "redirected"}
        # With their links, broken pages are reported only for these.
        found = site.audit(tmp, "--from-page", "crawl.jsonl")[1]
        assert {x for x in found if x[0] == "broken" and x[1] != "turn"} == {
            ("broken", x, "") for x in broken}, found


@test
def redirects_of_records_are_followed_in_any_order(tmp):
    root = "http://127.0.0.1:1/"
    names = ["r%d" % x for x in range(25)]

    def record(name, status, final):
        return json.dumps({"url": root + name, "status": status,
                           "final_url": root + final, "redirects": []})
    lines = [record(*x) for x in (
        ("a", 301, "b"), ("b", 302, "a"), ("c", 308, "d"), ("d", 410, "d"),
        ("e", 303, "f"), ("f", 200, "f"), ("g", 301, "missing"),
        ("same", 301, "same"), ("other", 304, "f"))]
    lines.append(record("", 301, "").replace(":1/", ":1", 1))
    for order in (lines, lines[::-1]):
        write(tmp, "saved", *order)
        code, out, err = call(tmp, "check", "saved")
        found = [json.loads(x) for x in out.splitlines()]
        broken = {x["url"][len(root):]: x["detail"] for x in found
                  if x["kind"] == "broken"}
        loop = "redirects: more than 10 redirects"
        assert code == 1 and "without" not in err, err
        assert "10 pages and 0 links checked" in err, err
        assert broken == {"a": loop, "b": loop, "c": "status 410",
                          "d": "status 410"}, broken
        assert {x["url"][len(root):]: x["detail"].partition(" -> ")[0]
                for x in found if x["kind"] == "redirected"} == {
            "e": "temporary: 303", "g": "permanent: 301"}, found
    write(tmp, "saved", *(record(x, 301, y) for x, y in
                          zip(names, names[1:] + ["f"])), lines[5])
    for limit, broken in ((20, 5), (24, 1), (-1, 0), (0, 0)):
        _, out, _ = call(tmp, "check", "--max-redirs", str(limit), "saved")
        assert {json.loads(x)["url"] for x in out.splitlines()
                if b"broken" in x} == {root + x for x in names[:broken]}, out


@test
def redirects_of_records_are_reported_as_by_a_direct_check(tmp):
    with Site(**{"": good("", ["a", "b", "slow"])}, slow=good("slow"),
              a=page(status=302, Location="{S}b"),
              b=page(status=301, Location="{S}c"),
              c=page(status=301, Location="{S}d"), d=good("d")) as site:
        assert call(tmp, "crawl", "-s", "--links", "--meta", "--headers", "-o",
                    "crawl", site.root)[0] == 0
        args = ("--from-page", "--slow", "0.000001", "--fail-on", "slow")

        def redirected(found):
            return {(site.path(x["url"]), x["severity"],
                     x["detail"].replace(site.root, ""), site.path(x["page"]))
                    for x in found if x["kind"] == "redirected"}
        code, found, list_ = site.audit(tmp, *args, site.root)
        assert redirected(list_) == {
            ("a", "warning", "temporary: 302 -> b, 301 -> c, 301 -> d", ""),
            ("b", "warning", "permanent: 301 -> c, 301 -> d", "")}, list_
        assert ("slow", "slow", "") in found and code == 1, found
        saved, other, records = site.audit(tmp, *args, "crawl")
        assert saved == code and redirected(list_) <= redirected(records), \
            records
        assert ("slow", "slow", "") in other, other
        # Without --from-page, no page is named.
        _, other, _ = site.audit(tmp, "crawl")
        assert ("redirected", "a", None) in other, other


@test
def records_without_what_a_check_needs_are_named(tmp):
    write(tmp, "saved", *(json.dumps({
        "url": x, "final_url": x, "status": y, "links_count": z}) for x, y, z in
        (("https://a.test/1", 200, 0), ("http://127.0.0.1:1/", 200, 0),
         ("https://a.test/2", 404, 0), ("https://a.test/3", 200, None))))
    fragments = "2 saved records are without ids"
    mixed = "1 saved record is without the URLs of resources"
    _, _, err = call(tmp, "check", "saved")
    assert mixed in err and "ids" not in err, err
    _, _, err = call(tmp, "check", "--fragments", "saved")
    assert mixed in err and fragments in err and "list of the URLs" in err, err
    _, _, err = call(tmp, "check", "-s", "--fragments", "saved")
    assert not err, err
    # A record without its links is reported; a page that has no links is not.
    record = {"url": "http://127.0.0.1:1/", "status": 200, "links_count": 0}
    missing = "2 saved records are without %s: "
    write(tmp, "saved", *(json.dumps(dict(record, url=record["url"] + x))
                          for x in "ab"),
          json.dumps(dict(record, links=[], meta={}, headers={})))
    _, _, err = call(tmp, "check", "--from-page", "saved")
    assert all(missing % x in err for x in ("links", "metadata", "headers")), err
    assert "links of these pages were not looked at; for this, save them with " \
        "--links" in err, err
    _, _, err = call(tmp, "check", "saved")
    assert missing % "metadata" in err and missing % "links" not in err, err


@test
def links_of_saved_pages_are_those_of_their_network(tmp):
    """A page of a public server must not lead the program to private
    addresses; a page of a private server may."""
    with Site(b=good("b")) as site:
        port = site.root.split(":")[2].strip("/")
        url = "http://shop.test:%s/" % port
        for ip, kinds in (("127.0.0.1", {"insecure"}), ("192.0.2.1",
                          {"insecure"}), ("8.8.8.8", {"broken", "insecure"}),
                          (None, {"broken", "insecure"})):
            write(tmp, "saved", json.dumps({
                "url": url + "a", "status": 200, "links_count": 1, "ip": ip,
                "title": "T", "links": [url + "b"]}))
            code, out, err = call(tmp, "check", "--from-page", "--resolve",
                                  "shop.test:%s:127.0.0.1" % port, "saved")
            found = [json.loads(x) for x in out.splitlines()]
            assert code == ("broken" in kinds), (ip, code, err)
            assert SUMMARY.fullmatch(err.splitlines()[-1]), err
            assert {x["kind"] for x in found} == kinds, (ip, found)
            assert all(x["detail"].startswith("blocked: ") for x in found
                       if x["kind"] == "broken"), found


@test
def slow_and_insecure_pages_and_certificates_are_found(tmp):
    behaviour(tmp, "page", 'reply 200 text/html\nbody "<title>a</title>'
              '<script src=http://x.test/a.js></script><img src=b.png>'
              '<link rel=stylesheet href=HTTP://x.test/c.css>"\n')
    behaviour(tmp, "slow", "sleep 2500\nreply 200 text/html\n"
              'body "<title>b</title>"\n')
    with harness.Server(tmp) as server:
        harness.make_certs()
        secure = "https://localhost:%d/page" % server.c
        named = "http://shop.test:%d/page" % server.a
        args = ("check", "--cacert", harness.CA, "--resolve",
                "shop.test:%d:127.0.0.1" % server.a)
        code, out, err = call(tmp, *args, "--slow", "2", "--cert-days",
                              "10000", secure, named, server.url("slow"))
        found = {(x["kind"], x["url"], x["page"])
                 for x in map(json.loads, out.splitlines())
                 if not x["kind"].startswith(("no-", "dup"))}
        # A server's certificate is reported once.
        twice = call(tmp, *args, "--cert-days", "10000", secure,
                     secure + "?2", secure + "?3")[1]
        assert twice.count(b'"kind":"certificate"') == 1, twice
        assert code == 0 and SUMMARY.fullmatch(err.rstrip("\n")), (code, err)
        assert found == {
            ("mixed-content", "http://x.test/a.js", secure),
            ("mixed-content", "HTTP://x.test/c.css", secure),
            ("insecure", named, None),
            ("certificate", "https://localhost:%d/" % server.c, None),
            ("slow", server.url("slow"), None)}, found
        code, out, _ = call(tmp, *args, "--slow", "0", "--cert-days", "0",
                            secure, server.url("slow"))
        assert b"slow" not in out.replace(b"/slow", b"") and \
            b"certificate" not in out, out


@test
def a_baseline_leaves_only_what_is_new(tmp):
    with LINKS as site:
        args = ("--from-page", site.root + "first", site.root + "second")
        _, out, _ = call(tmp, "check", *args)
        with open(os.path.join(tmp, "last.jsonl"), "wb") as f:
            f.write(out)
        code, out, err = call(tmp, "check", "--baseline", "last.jsonl", *args)
        assert code == 0 and not out and "4 findings of the baseline" in err
        code, out, err = call(tmp, "check", "--baseline", "last.jsonl", *args,
                              site.root + "new")
        assert code == 1 and [json.loads(x)["url"] for x in out.splitlines()] \
            == [site.root + "new"], out
        # The baseline of another site has none of the findings.
        with open(os.path.join(tmp, "last.jsonl"), "a+b") as f:
            f.seek(0)
            other = f.read().replace(site.root.encode(), b"http://other.test/")
            f.truncate(0)
            f.write(other + other)
        code, out, err = call(tmp, "check", "--baseline", "last.jsonl", *args)
        assert code == 1 and "none of the findings of the baseline (4) was " \
            "found again" in err, err


@test
def a_baseline_does_not_depend_on_which_page_came_first(tmp):
    with Site(a=good("a", ["away"]), b=good("b", ["away"]), c=good("c"),
              away=page(status=301, Location="{S}c")) as site:
        args = ("--from-page", site.root + "a", site.root + "b")
        # On a very busy machine, the later answer may arrive first.
        site.late = {"a": "GET b"}
        _, found, list_ = site.audit(tmp, *args)
        assert {x[:2] for x in found} == {("redirected", "away")}, found
        write(tmp, "last", *map(json.dumps, list_))
        site.asked.clear()
        site.late = {"b": "GET a"}
        code, out, err = call(tmp, "check", "--baseline", "last", *args)
        assert code == 0 and not out and "1 finding of" in err, (out, err)


@test
def the_order_of_the_input_decides_which_page_is_the_duplicate(tmp):
    same = page("<title>S</title><meta name=description content=s>"
                "<link rel=canonical href='{S}b'><a href=gone>x</a>")
    with Site(a=page(status=301, Location="{S}b"), b=same, c=same,
              map=page("<urlset>" + "".join(
                  "<url><loc>{S}%s</loc></url>" % x for x in "cab") +
                  "</urlset>", Content_Type="text/xml")) as site:
        for late in ({"c": "GET b"}, {"b": "GET c"}):
            for args, first, last in (("abc", "b", "c"), ("cba", "c", "b"),
                                      (("map", "--sitemap"), "c", "b")):
                site.asked.clear()
                site.late = late
                code, found, list_ = site.audit(
                    tmp, "--from-page", *(x if x[0] == "-" else site.root + x
                                          for x in args))
                twice = [x for x in list_ if x["kind"].startswith("dup")]
                assert {site.path(x["url"]) for x in twice} == {last}, list_
                assert all(x["detail"].startswith("the same as on %s%s: " % (
                    site.root, first)) for x in twice), twice
                # A page to which two URLs lead has its links once.
                assert code == 1 and {x for x in found if x[0] == "broken"} \
                    == {("broken", "gone", "b"), ("broken", "gone", "c")}, found


@test
def details_are_cut_only_on_a_terminal(tmp):
    url = "http://127.0.0.1:1/" + "x" * 90
    write(tmp, "saved", json.dumps({"url": url, "status": 301, "final_url":
                                    url + "/end", "redirects": []}))
    want = "           permanent: 301 -> %s/end" % url
    _, out, _ = call(tmp, "check", "--format", "table", "saved")
    assert want in out.decode().splitlines(), out
    call(tmp, "check", "--format", "table", "-o", "out", "saved")
    with open(os.path.join(tmp, "out"), encoding="utf-8") as f:
        assert want in f.read().splitlines()
    master, slave = pty.openpty()
    p = start(tmp, "check", "saved", stdout=slave)
    os.close(slave)
    p.communicate(timeout=harness.HANG)
    shown = os.read(master, 65536).decode()
    os.close(master)
    assert want[:77] + "..." in shown.splitlines(), shown


@test
def findings_are_written_in_each_format(tmp):
    with Site(a=good("a", ["gone", "b?<&|x", "c"]), c=page(
            "<title>=1+1|*</title>")) as site:
        args = ("check", "--from-page", site.root + "a", site.root + "c")
        _, out, _ = call(tmp, *args)
        want = sorted((x["url"], x["kind"], x["severity"], x["detail"],
                       x["page"] or "") for x in map(json.loads,
                                                     out.splitlines()))
        assert len(want) == 4, want
        code, out, _ = call(tmp, *args, "--format", "csv")
        assert code == 1
        rows = list(csv.reader(io.StringIO(out.decode(), newline="")))
        assert rows[0] == ["url", "kind", "severity", "detail", "page"]
        assert sorted(map(tuple, rows[1:])) == want, rows
        _, out, _ = call(tmp, *args, "--format", "md")
        text = out.decode()
        assert re.match(
            r"# Check of http\\://127.0.0.1\\:\d+/a and 1 more\n\n"
            r"\d{4}-\d\d-\d\d \d\d:\d\d UTC\n\n2 pages and 2 links checked: 2 "
            r"errors, 0 warnings, 2 notices.\n\n\| severity ", text), text
        assert "\n| error | broken | 2 |\n| notice | no-description | 1 |\n" \
            "| notice | no-canonical | 1 |\n\n## Pages\n" in text, text
        assert text.count("\n| ") == 5 + 4 + 2 * 2 and "\\|x" in text, text
        _, out, _ = call(tmp, *args, "--format", "html", "-o", "page.html")
        assert not out
        root = ElementTree.parse(os.path.join(tmp, "page.html")).getroot()
        title = "Check of %sa and 1 more" % site.root
        assert [x.text for x in root.iter("h1")] == [title], title
        kinds, *tables = root.iter("table")
        assert [[y.text for y in x] for x in kinds.iter("tr")] == [
            ["Kind", "Severity", "Findings"], ["broken", "error", "2"],
            ["no-description", "notice", "1"],
            ["no-canonical", "notice", "1"]], out
        cells = [["".join(y.itertext()) for y in x]
                 for table in tables for x in table.iter("tr")]
        assert sorted((x[2], x[1], x[0], x[3]) for x in cells
                      if x[0] != "Severity") == [x[:4] for x in want], cells
        captions = ["".join(x.itertext()) for x in root.iter("caption")]
        assert captions == ["Findings by kind", "Pages",
                            "Links of %sa" % site.root], captions
        links = [x.get("href") for x in root.iter("a")]
        assert sorted(links) == sorted([x[0] for x in want] +
                                       [site.root + "a"]), links


@test
def only_http_urls_are_links_in_html_and_titles_hide_passwords(tmp):
    urls = ["javascript:alert(1)", " http://127.0.0.1:1/", "data:text/html,x",
            "HTTPS://a.test/\"'><b>&"]
    write(tmp, "saved", *(json.dumps({"url": x, "status": 404})
                          for x in urls))
    _, out, _ = call(tmp, "check", "--format", "html", "saved")
    root = ElementTree.fromstring(out)
    assert [x.get("href") for x in root.iter("a")] == urls[3:], out
    assert "".join(root.find("head/title").itertext()) == "Check of saved"
    cells = ["".join(x.itertext()) for x in root.iter("td")]
    assert set(urls) <= set(cells), cells
    _, out, _ = call(tmp, "check", "--format", "html", "--retry", "0", "-u",
                     "me:correct-horse", "http://me:correct-horse@127.0.0.1:1/"
                     "?token=battery-staple")
    title = ElementTree.fromstring(out).find("head/title").text
    assert "127.0.0.1" in title, title
    assert b"correct-horse" not in out and b"battery-staple" not in out, out


@test
def long_titles_that_are_not_ascii_leave_reports_valid(tmp):
    for title in ("a" + "\xe9" * 90, "\u65e5\u672c" * 90,
                  "ab" + "\U0001f600" * 90):
        write(tmp, "saved", *(json.dumps({
            "url": "http://127.0.0.1:1/%d" % i, "status": 200,
            "links_count": 0, "title": title}) for i in range(2)))
        _, out, _ = call(tmp, "check", "saved")
        shown = json.loads(out)["detail"].partition(": ")[2]
        assert title.startswith(shown) and len(shown.encode()) > 96, shown
        for name in ("html", "junit"):
            _, out, _ = call(tmp, "check", "--format", name, "saved")
            text = "".join(ElementTree.fromstring(out).itertext())
            assert shown in text, (name, text)


@test
def urls_in_markdown_are_links_to_themselves(tmp):
    urls = ["http://127.0.0.1:1/a_b*c?x=1&y=%C3%A9|z~#t", "http://a`",
            "http://a.test/?x&lt;y", "_x_ https://a.test/b"]
    write(tmp, "saved", *(json.dumps({"url": x, "status": 404, "redirects": [
        {"status": 301, "url": x}], "final_url": urls[0]}) for x in urls),
          json.dumps({"url": "http://b.test/", "status": 200, "redirects": [
              {"status": 301, "url": "http://b.test/"}],
              "final_url": urls[0]}))
    _, out, _ = call(tmp, "check", "--format", "md", "saved")
    lines = out.decode().splitlines()
    for shown in ("<http://127.0.0.1:1/a_b*c?x=1&y=%C3%A9\\|z~#t>",
                  "<http://a`>", r"http\://a.test/?x\&lt;y",
                  r"\_x\_ https\://a.test/b"):
        assert "| error | broken | %s | status 404 |" % shown in lines, lines
    # A text that has a URL is not made a link.
    assert "permanent" in out.decode(), lines
    assert out.decode().count("http:") == 3, lines


@test
def each_finding_is_reported_once(tmp):
    with Site(a=good("a", ["gone", "gone#x", "gone#y"])) as site:
        for args in ((), ("--fragments",)):
            code, _, list_ = site.audit(tmp, "--from-page", *args,
                                        site.root + "a")
            assert code == 1 and len(list_) == 1, list_
        record = json.dumps({"url": site.root + "gone", "status": 404})
        write(tmp, "saved", record, record)
        write(tmp, "last", *map(json.dumps, list_))
        code, found, list_ = site.audit(tmp, "saved", "saved")
        assert found == {("broken", "gone", None)} and len(list_) == 1, list_
        # The baseline leaves it out once.
        write(tmp, "last", *map(json.dumps, list_))
        code, out, err = call(tmp, "check", "--baseline", "last", "saved")
        assert code == 0 and not out and "1 finding of the" in err, err


@test
def numbers_that_are_no_statuses_are_unknown(tmp):
    write(tmp, "saved", *('{"url":"http://127.0.0.1:1/%d","status":%s,'
                          '"tls":{"days_left":%s}}' % (i, x, x)
                          for i, x in enumerate(("1e30", "1e999", "4e9",
                                                 "99999", "1000"))))
    code, out, err = call(tmp, "check", "saved")
    assert code == 0 and not out and SUMMARY.fullmatch(err.rstrip("\n")), out


@test
def junit_is_valid_for_its_schema(tmp):
    schema = os.path.join(harness.TESTS, "behaviour", "junit.xsd")
    if not shutil.which("xmllint"):
        raise Skip("xmllint is not installed")
    with Site(a=good("a", ["gone", "b?<&\"x", "c"]), c=page("{}")) as site:
        for urls, counts in (((), (0, 0)), (("a",), (4, 2)), (("c",), (1, 0))):
            write(tmp, "list", *(site.root + x for x in urls))
            code, out, _ = call(tmp, "check", "--from-page", "--format",
                                "junit", "-o", "out.xml", "list", "-s")
            assert code == bool(counts[1]) and not out, out
            done = subprocess.run(["xmllint", "--noout", "--schema", schema,
                                   "out.xml"], cwd=tmp, check=False,
                                  capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            suite = ElementTree.parse(os.path.join(tmp, "out.xml")).find(
                "testsuite")
            cases = suite.findall("testcase")
            assert (int(suite.get("tests")), int(suite.get("failures"))) == \
                (len(cases), len(suite.findall(".//failure"))) == counts
            # Servers show one failure of a case only.
            assert all(len(x.findall("failure")) <= 1 for x in cases)
            assert len({x.get("name") for x in cases}) == len(cases)


@test
def junit_has_one_failure_of_a_url_with_all_its_errors(tmp):
    with Site(a=good("a", ["gone"]), b=good("b", ["gone"])) as site:
        write(tmp, "list", site.root + "a", site.root + "b")
        _, out, _ = call(tmp, "check", "--from-page", "--format", "junit",
                         "list", "-s")
    suite = ElementTree.fromstring(out).find("testsuite")
    failures = suite.findall(".//failure")
    assert (suite.get("failures"), len(failures)) == ("1", 1), out
    assert failures[0].get("message") == "status 404 (and 1 more)", out
    for name in ("a", "b"):
        assert "(link of %s%s)" % (site.root, name) in failures[0].text, out


@test
def findings_that_are_ignored_are_not_there_and_do_not_count(tmp):
    with Site(a=page(), b=page(status=500)) as site:
        lists = "{S}a\n{S}b\n"
        code, found, _ = site.audit(tmp, "-", data=lists)
        assert code == 1 and {kind for kind, _, _ in found} == {
            "broken", "no-title", "no-description", "no-canonical"}, found
        code, found, _ = site.audit(tmp, "--ignore", "no-description,broken",
                                    "-", data=lists)
        assert code == 0 and {kind for kind, _, _ in found} == {
            "no-title", "no-canonical"}, found
        assert "0 errors, 1 warning, 1 notice" in site.summary
        for ignored, want in (
                ("notice", {"broken", "no-title"}), ("warning", {"broken"}),
                ("notice,broken", {"no-title"})):
            code, found, _ = site.audit(tmp, "--ignore", ignored, "-",
                                        data=lists)
            assert {kind for kind, _, _ in found} == want, (ignored, found)
            assert code == ("broken" in want), (ignored, code)


@test
def kinds_and_severities_of_fail_on_make_exit_code_1(tmp):
    write(tmp, "bad", json.dumps({"url": "http://127.0.0.1/", "status": 404}))
    with Site(a=page()) as site:
        write(tmp, "list", site.root + "a")
        for failing, code in ((None, 0), ("error", 0), ("warning", 1),
                              ("notice", 1), ("no-title", 1), ("slow", 0),
                              ("slow,no-canonical", 1), ("none", 0)):
            args = ["--fail-on", failing] if failing else []
            done = call(tmp, "check", "-s", *args, "list")
            assert done[0] == code and done[1], (failing, done)
            # What fails is a failure of JUnit, too; errors always fail.
            done = call(tmp, "check", "-s", *args, "--format", "junit", "list")
            assert ("<failure" in done[1].decode()) == code, (failing, done)
            done = call(tmp, "check", "-s", *args, "bad")
            assert done[0] == (failing != "none"), (failing, done)
        code, out, _ = call(tmp, "check", "-s", "--fail-on", "no-title",
                            "--ignore", "no-title", "list")
        assert code == 0 and b"no-title" not in out, out


@test
def junit_has_the_time_of_each_url(tmp):
    write(tmp, "saved", *(json.dumps({
        "url": "http://127.0.0.1:1/%d" % x, "status": x,
        "time": {"total": x / 1000}}) for x in (200, 404, 500)))
    _, out, _ = call(tmp, "check", "--format", "junit", "saved")
    suite = ElementTree.fromstring(out).find("testsuite")
    assert {x.get("name")[-3:]: x.get("time") for x in suite} == {
        "200": "0.200", "404": "0.404", "500": "0.500"}, out
    assert suite.get("time") == "1.104", out


@test
def people_get_findings_grouped_by_page(tmp):
    with LINKS as site:
        master, slave = pty.openpty()
        p = start(tmp, "check", "--from-page", "--no-color",
                  site.root + "first", site.root + "second",
                  site.root + "gone\x1b[31m", stdout=slave)
        os.close(slave)
        shown = b""
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:
                part = b""
            if not part:
                break
            shown += part
        p.communicate(timeout=harness.HANG)
        os.close(master)
        assert p.returncode == 1
        lines = shown.decode().replace("\r\n", "\n").splitlines()
        assert all(x.isprintable() for x in lines), lines
        assert "Links of %sfirst" % site.root in lines, lines
        first = lines.index("Links of %sfirst" % site.root)
        assert lines[first + 1].split() == ["error", "broken",
                                            site.root + "gone"], lines
        assert lines[-1] == ("3 pages and 5 links checked: 4 errors, "
                             "1 warning, 0 notices"), lines


@test
def wrong_uses_of_check_are_explained(tmp):
    write(tmp, "f", "http://127.0.0.1:1/")
    write(tmp, "records", '{"url":"http://127.0.0.1:1/","status":404}')
    for args, message in ((("--accept", "20", "f"), "200..=299,429"),
                          (("--accept", "300..200", "f"), "200..=299,429"),
                          (("--exclude", "(", "f"), "--exclude"),
                          (("--baseline", "none", "f"), "No such file"),
                          (("--baseline", "f", "f"), "save it with --format jsonl"),
                          (("--baseline", "records", "f"), "line 1: it has no "
                           "kind"),
                          (("--format", "xml", "f"), "junit"),
                          (("--ignore", "tilte", "f"), "no-title"),
                          (("--ignore", "error", "f"), "or warning, notice"),
                          (("--fail-on", "slow,", "f"), 'no kind ""'),
                          (("--fail-on", "bad", "f"), "notice, none"),
                          (("--data", "x", "f"), "--data"),
                          (("--select", "a=b", "f"), "--select"),
                          (("missing",), "No such file")):
        code, out, err = call(tmp, "check", *args)
        assert code == 2 and message in err and not out, (args, code, err)
    code, _, err = call(tmp, "check", "-o", "/dev/full", "f")
    assert code == 3 and "No space left" in err, err
    write(tmp, "empty")
    code, out, err = call(tmp, "check", "empty")
    assert code == 0 and "nothing to check" in err, err


@test
def ending_of_the_output_chooses_the_format(tmp):
    for name, options, begin in (
            ("r.html", [], "<!doctype html>"), ("r.CSV", [], "url,"),
            ("r.xml", [], "<?xml"), ("r.jsonl", [], "{"), ("r", [], "{"),
            ("r.html", ["--format", "jsonl"], "{")):
        code, _, err = call(tmp, "check", "--retry", "0", "-s", *options, "-o",
                            os.path.join(tmp, name), "http://127.0.0.1:1/")
        with open(os.path.join(tmp, name), encoding="utf-8") as f:
            text = f.read()
        assert code == 1 and text.lower().startswith(begin), (name, err, text)


@test
def baseline_is_not_overwritten(tmp):
    path = os.path.join(tmp, "last.jsonl")
    write(tmp, "last.jsonl", '{"url":"http://a.test/","kind":"broken"}')
    link = os.path.join(tmp, "link.jsonl")
    os.symlink("last.jsonl", link)
    for output in (path, link):
        code, _, err = call(tmp, "check", "--baseline", path, "-o", output,
                            "http://127.0.0.1:1/")
        assert code == 2 and "--baseline" in err, err
        with open(path, encoding="utf-8") as f:
            assert "broken" in f.read()


@test
def local_sitemap_is_refused_and_help_of_a_command_is_a_category(tmp):
    write(tmp, "sitemap.xml", '<?xml version="1.0"?>\n<urlset></urlset>')
    code, _, err = call(tmp, "check", os.path.join(tmp, "sitemap.xml"))
    assert code == 2 and "is a sitemap: give its URL" in err, err
    assert call(tmp, "--help", "check") == call(tmp, "check", "--help")
