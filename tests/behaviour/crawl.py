"""`scrape crawl` over sites made on the fly. A part of tests/behaviour/run."""
import collections
import csv
import http.server
import json
import os
import random
import signal
import subprocess
import threading
import time

from __main__ import finish, run, start, test
import harness

MODES = harness.MODES


class Site(http.server.BaseHTTPRequestHandler):
    """Pages are links: server.pages[path] is a list of href attributes, or a
    tuple of status, headers and body. What is not there is a 404."""
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        s = self.server
        with s.lock:
            s.asked.append(self.path)
            if self.headers["Authorization"]:
                s.logins.append(self.headers["Authorization"])
        status, headers, body = s.answer(self.path)
        if isinstance(body, str):
            body = body.encode()
        out = ["HTTP/1.1 %d x" % status, "Content-Length: %d" % len(body)]
        out += ["%s: %s" % pair for pair in headers.items()]
        # One write: the client would wait for the second one.
        self.wfile.write("\r\n".join(out + ["", ""]).encode() + body)

    def log_message(self, *_):
        pass


def links(*hrefs):
    return 200, {"Content-Type": "text/html"}, \
        "<title>x</title>" + "".join("<a href='%s'>x</a>" % h for h in hrefs)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def handle_error(self, *_):
        """A client that is killed resets its connections."""


class Served:
    def __init__(self, pages):
        self.pages = pages

    def answer(self, path):
        page = self.pages(path) if callable(self.pages) \
            else self.pages.get(path)
        if page is None:
            return 404, {}, ""
        if isinstance(page, tuple):
            return page
        # Each page has a text of its own.
        status, headers, text = links(*page)
        return status, headers, text + path

    def __enter__(self):
        s = Server(("127.0.0.1", 0), Site)
        s.lock, s.asked, s.answer = threading.Lock(), [], self.answer
        s.logins = []
        threading.Thread(target=s.serve_forever, daemon=True).start()
        self.server, self.url = s, "http://127.0.0.1:%d" % s.server_port
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def asked(self):
        return [p for p in self.server.asked
                if p not in ("/robots.txt", "/sitemap.xml")]

    def paths(self, records):
        return sorted(r["url"][len(self.url):] for r in records)


def tree(count, fan=10):
    """Makes a site. Page i links to pages i * fan + 1 and on, to itself and to
    the first."""
    def page(path):
        try:
            i = int(path.split("?")[0][2:])
        except ValueError:
            return None
        if not 0 <= i < count:
            return None
        return ["/p%d" % j for j in range(i * fan + 1,
                                          min(count, (i + 1) * fan + 1))] + \
            ["p%d#top" % i, "/p0?utm_source=x"]
    return page


@test
def each_page_of_a_site_has_one_record_and_one_request(tmp):
    with Served(tree(300)) as site:
        for mode in MODES:
            site.server.asked.clear()
            code, records, err = run(tmp, "crawl", "--mode", mode,
                                     site.url + "/p0", site.url + "/p0#again")
            assert code == 0 and not err, (code, err)
            wanted = sorted("/p%d" % i for i in range(300))
            assert site.paths(records) == wanted, mode
            assert sorted(site.asked()) == wanted, mode
            by_path = {r["url"][len(site.url):]: r for r in records}
            assert sorted(r["index"] for r in records) == list(range(300))
            assert by_path["/p0"]["level"] == 0
            assert by_path["/p0"]["via"] is None
            assert by_path["/p10"]["level"] == 1
            assert by_path["/p299"]["level"] == 3
            assert by_path["/p299"]["via"] == site.url + "/p29"


@test
def crawl_takes_the_options_of_the_main_job(tmp):
    with Served(tree(30)) as site:
        for mode in MODES:
            code, records, err = run(
                tmp, "crawl", "--mode", mode, "--select", "n[]=a::attr(href)",
                "--links", "--headers", site.url + "/p2")
            assert code == 0, err
            first = [r for r in records if r["url"].endswith("/p2")][0]
            assert first["data"]["n"][0] == "/p21", first
            assert first["links"][0] == site.url + "/p21", first
            assert first["headers"]["content-type"] == ["text/html"], first
            # --items has a line for each link of each page.
            code, records, err = run(
                tmp, "crawl", "--mode", mode, "--each", "a", "--items",
                "--select", "h=::attr(href)", site.url + "/p2")
            assert code == 0, err
            assert all(r["level"] < 4 and "via" in r for r in records)
            assert len(records) == 29 + 2 * 30, len(records)


@test
def limits_of_scope_and_depth_leave_links_out(tmp):
    pages = {
        "/docs/": ["a", "b/c", "/blog/", "//other.example/", "mailto:x@y"],
        "/docs/a": ["/docs/b/c", "x.pdf", "?print=1"],
        "/docs/b/c": ["/docs/deep"], "/docs/deep": ["/docs/deeper"],
        "/docs/deeper": [], "/docs/a?print=1": [], "/blog/": ["/docs/"],
        "/docs/x.pdf": (200, {"Content-Type": "application/pdf"}, "%PDF"),
    }
    everything = sorted(pages)
    in_docs = sorted(p for p in pages if p.startswith("/docs/"))
    rows = (
        ([], everything),
        (["--scope", "prefix"], in_docs),
        (["--scope", "page"], ["/docs/"]),
        (["--level", "0"], ["/docs/"]),
        (["-l", "1"], ["/blog/", "/docs/", "/docs/a", "/docs/b/c"]),
        (["--scope", "prefix", "--reject-regex", r"[?&]print=|\.pdf$",
          "--level", "2"], ["/docs/", "/docs/a", "/docs/b/c", "/docs/deep"]),
        (["--accept-regex", "/docs/(a|b)"],
         sorted(["/docs/", "/docs/a", "/docs/b/c", "/docs/a?print=1"])),
    )
    with Served(pages) as site:
        for options, wanted in rows:
            site.server.asked.clear()
            code, records, err = run(tmp, "crawl", *options, "--skipped",
                                     "skipped.jsonl", site.url + "/docs/")
            assert code == 0, err
            assert site.paths(records) == wanted, (options, records)
            assert sorted(site.asked()) == wanted, options
            with open(os.path.join(tmp, "skipped.jsonl")) as f:
                skipped = [json.loads(line) for line in f]
            assert all(list(s) == ["url", "via", "reason"] for s in skipped)
            other = [s for s in skipped if "other.example" in s["url"]]
            if "page" not in options:
                assert [s["reason"] for s in other] == ["scope"], skipped
                assert other[0]["via"] == site.url + "/docs/"
                mail = [s for s in skipped if s["reason"] == "scheme"]
                assert [s["url"] for s in mail] == ["mailto:x@y"], skipped


@test
def limits_of_pages_end_a_crawl_with_a_message(tmp):
    with Served(tree(500)) as site:
        for mode in MODES:
            site.server.asked.clear()
            code, records, err = run(tmp, "crawl", "--mode", mode,
                                     "--max-pages", "37", "-P", "20",
                                     "--parallel-max-host", "20",
                                     site.url + "/p0")
            assert code == 0 and len(records) == 37, (code, len(records))
            assert len(site.asked()) == 37, len(site.asked())
            assert "--max-pages: 37 pages have a record" in err, err
        # A busy machine needs seconds for the first page.
        for options in (["--quota", "1000"], ["--max-duration", "4"]):
            code, records, err = run(tmp, "crawl", *options, "--host-rate",
                                     "50/s", site.url + "/p0")
            assert code == 0 and 0 < len(records) < 400, (
                options, code, len(records))
            assert options[0] in err, err


@test
def redirects_lead_to_each_page_once(tmp):
    def to(path, status=302):
        return status, {"Location": path}, ""
    pages = {
        "/": ["/known", "/old", "/older", "/away", "/self", "/ring"],
        "/known": [], "/old": to("/known", 301), "/older": to("/new"),
        "/new": ["/after"], "/after": [], "/away": to("http://127.0.0.2:9/"),
        "/ring": to("/ring2"), "/ring2": to("/ring"),
    }
    turn = collections.Counter()

    def page(path):
        turn[path] += 1
        if path == "/self" and turn[path] == 1:
            return to("/self")
        return [] if path == "/self" else pages.get(path)

    with Served(page) as site:
        for mode in MODES:
            turn.clear()
            site.server.asked.clear()
            code, records, err = run(tmp, "crawl", "--mode", mode,
                                     site.url + "/")
            assert code == 0, err
            found = {r["url"][len(site.url):]: r for r in records}
            assert sorted(found) == sorted(
                ["/", "/known", "/old", "/older", "/away", "/self", "/ring",
                 "/after"]), sorted(found)
            # A loop is an error, as in a list.
            assert found["/ring"]["error"]["kind"] == "redirects"
            assert [p for p, r in found.items() if r["error"]] == ["/ring"]
            assert len(records) == len(found)
            assert site.asked().count("/known") == 1, site.asked()
            assert site.asked().count("/new") == 1, site.asked()
            assert found["/old"]["status"] == 301, found["/old"]
            assert found["/old"]["final_url"] == site.url + "/known"
            assert found["/older"]["status"] == 200
            assert found["/older"]["final_url"] == site.url + "/new"
            assert found["/away"]["status"] == 302
            assert found["/away"]["final_url"] == "http://127.0.0.2:9/"
            assert found["/self"]["status"] == 200
            assert found["/after"]["via"] == site.url + "/new"


@test
def loops_of_several_pages_are_broken_in_the_summary_and_the_check(tmp):
    def to(path):
        return 302, {"Location": path}, ""
    # The target of the redirect of /key?token=1 has been requested before.
    pages = {"/": ["/a", "/b", "/in", "/fine", "/end", "/key?token=2",
                   "/key?token=1"],
             "/a": to("/b"), "/b": to("/a"), "/in": to("/a"),
             "/fine": to("/end"), "/end": [],
             "/key?token=1": to("/key?token=2"), "/key?token=2": []}
    with Served(pages) as site:
        path = os.path.join(tmp, "summary")
        code, records, err = run(tmp, "crawl", "-P", "1", "--links",
                                 "--level", "1", "--summary", path,
                                 site.url + "/")
        assert code == 0, err
        with open(path, encoding="utf-8") as f:
            summary = json.load(f)
        broken = summary["broken"]
        urls = sorted(r["url"] for g in broken for r in g["requests"])
        assert urls == [site.url + x for x in ("/a", "/b", "/in")], urls
        assert len(broken) == 1, broken
        assert broken[0]["error"] == "redirects"
        assert broken[0]["count"] == len(urls), broken
        # URLs that differ only in a secret are not taken for a loop.
        redirected = {r["url"]: r["final_url"]
                      for r in summary["redirected"]["requests"]}
        key = site.url + "/key?token=***"
        assert redirected[key] == key, redirected
        path = os.path.join(tmp, "records")
        with open(path, "w", encoding="utf-8") as f:
            f.writelines(json.dumps(r) + "\n" for r in records)
        code, found, _ = run(tmp, "check", path)
        assert code == 1 and sorted(x["url"] for x in found
                                    if x["kind"] == "broken") == urls, found


@test
def page_beyond_too_many_redirects_is_requested_by_its_link(tmp):
    pages = {"/": ["/r0", "/later"], "/later": ["/r3"], "/r3": []}
    for i in range(3):
        pages["/r%d" % i] = 302, {"Location": "/r%d" % (i + 1)}, ""
    with Served(pages) as site:
        code, records, err = run(tmp, "crawl", "-P", "1", "--max-redirs", "2",
                                 site.url + "/")
        assert code == 0, err
        found = {r["url"][len(site.url):]: r for r in records}
        assert sorted(found) == ["/", "/later", "/r0", "/r3"], sorted(found)
        assert found["/r0"]["error"]["kind"] == "redirects", found["/r0"]
        assert site.asked().count("/r3") == 1, site.asked()


@test
def redirects_are_followed_again_when_a_request_is_tried_again(tmp):
    turn = collections.Counter()

    def to(path, **headers):
        return 302, {"Location": path, **headers}, ""

    def page(path):
        turn[path] += 1
        if path == "/target" and turn[path] == 1:
            return 503, {}, ""
        return {
            "/": ["/moved", "/cookie"], "/moved": to("/target"),
            "/target": ["/deep"], "/deep": [],
            "/cookie": to("/set") if turn[path] == 1 else ["/behind"],
            "/set": to("/cookie", **{"Set-Cookie": "a=1"}), "/behind": [],
        }.get(path)

    with Served(page) as site:
        for mode in MODES:
            turn.clear()
            code, records, err = run(tmp, "crawl", "--mode", mode,
                                     site.url + "/")
            assert code == 0, err
            found = {r["url"][len(site.url):]: r for r in records}
            assert sorted(found) == ["/", "/behind", "/cookie", "/deep",
                                     "/moved"], sorted(found)
            assert found["/moved"]["status"] == 200, found["/moved"]
            assert found["/moved"]["attempts"] == 2, found["/moved"]
            assert found["/cookie"]["status"] == 200, found["/cookie"]


@test
def scope_of_a_seed_that_moves_is_kept_by_resumed_crawls(tmp):
    pages = tree(30)

    def page(path):
        return (301, {"Location": "http://www.site.test:%d/p0" % port}, "") \
            if path == "/" else pages(path)

    with Served(page) as site:
        port = site.server.server_port
        args = ["crawl", "--state", "state", "--resume", "-o", "out.jsonl",
                "--noproxy", "*", "--resolve",
                "site.test:%d:127.0.0.1" % port, "--resolve",
                "www.site.test:%d:127.0.0.1" % port,
                "http://site.test:%d/" % port]
        for limit in (["--max-pages", "5"], []):
            code, _, err = run(tmp, *args, *limit)
            assert code == 0, err
        # /p0 is the seed's own target.
        paths = sorted(r["final_url"].split(":%d" % port)[1]
                       for r in records_of(tmp))
        assert paths == sorted("/p%d" % i for i in range(30)), paths


@test
def scope_is_that_of_all_seeds_whenever_they_arrive(tmp):
    with Served({"/b": [], "/c": []}) as other:
        with Served({"/a": [other.url + "/b", other.url + "/c"]}) as site:
            p = start(tmp, "crawl", "-", stdin=subprocess.PIPE)
            try:
                p.stdin.write((site.url + "/a\n").encode())
                p.stdin.flush()
                time.sleep(0.3)
                out, err = p.communicate((other.url + "/b\n").encode(),
                                         harness.HANG)
            finally:
                finish(p)
            urls = sorted(json.loads(line)["url"] for line in out.splitlines())
            assert urls == sorted([site.url + "/a", other.url + "/b",
                                   other.url + "/c"]), (urls, err)


@test
def tables_of_a_crawl_have_level_and_via(tmp):
    with Served(tree(12)) as site:
        for mode in MODES:
            p = start(tmp, "crawl", "--mode", mode, "--format", "csv",
                      "--columns", "level,via,url", site.url + "/p0")
            out, err = p.communicate()
            assert p.returncode == 0, err
            rows = sorted(csv.reader(out.decode().splitlines()))
            assert rows[-1] == ["level", "via", "url"], rows
            assert rows[-2] == ["2", site.url + "/p1", site.url + "/p11"]
            assert len(rows) == 13, rows


@test
def failures_of_a_crawl_count_as_in_the_main_job(tmp):
    with Served({"/": ["/gone", "/a", "/b"], "/a": [], "/b": []}) as site:
        for options, wanted in (([], 0), (["--fail-over", "20%"], 1),
                                (["--fail-over", "25%"], 0),
                                (["--fail"], 1)):
            code, records, err = run(tmp, "crawl", *options, site.url + "/")
            assert code == wanted and len(records) == 4, (options, code, err)
        code, records, err = run(tmp, "crawl", "-")
        assert code == 2 and "there are no seeds" in err, (code, err)


@test
def nofollow_and_robots_txt_are_obeyed(tmp):
    pages = {
        "/robots.txt": (200, {}, "User-agent: *\nDisallow: /no\n"),
        "/": (200, {"Content-Type": "text/html"},
              "<a href=/a rel='x NoFollow'>a</a><a href=/meta>m</a>"
              "<a href=/header>h</a><a href=/no/1>n</a><area href=/area>"
              "<link rel=next href=/next><iframe src=/frame></iframe>"
              "<meta http-equiv=Refresh content='5; URL=\"/fresh\"'>"),
        "/a": [], "/b": [], "/c": [], "/no/1": [], "/area": [],
        "/next": (200, {"Content-Type": "text/html",
                        "X-Robots-Tag": "max-image-preview:none, "
                                        "otherbot: nofollow"},
                  "<meta name=robots content='max-image-preview: none'>"
                  "<a href=/kept>k</a>"),
        "/kept": [], "/frame": [], "/fresh": [],
        "/meta": (200, {"Content-Type": "text/html"},
                  "<meta name=ROBOTS content='noindex, nofollow'>"
                  "<a href=/b>b</a>"),
        "/header": (200, {"Content-Type": "text/html",
                          "X-Robots-Tag": "noindex,nofollow"},
                    "<a href=/c>c</a>"),
    }
    both = ["/", "/area", "/frame", "/fresh", "/header", "/kept", "/meta",
            "/next"]
    with Served(pages) as site:
        for mode in MODES:
            code, records, err = run(tmp, "crawl", "--mode", mode,
                                     site.url + "/")
            assert code == 0 and site.paths(records) == both, (records, err)
            assert not [r for r in records if r["error"]], records
            assert "/no/1" not in site.asked()
            assert "3 nofollow, 1 robots" in err, err
        code, records, err = run(tmp, "crawl", "--ignore-nofollow",
                                 "--no-robots", site.url + "/")
        assert code == 0
        assert site.paths(records) == sorted(both + ["/a", "/b", "/c",
                                                    "/no/1"])
        assert not [r for r in records if r["error"]]


@test
def links_without_end_are_left_out(tmp):
    """A link that grows by the page it is on."""
    def page(path):
        return ["x/", "next?a=1&a=1"] if len(path) < 10000 else None
    with Served(page) as site:
        code, records, err = run(tmp, "crawl", site.url + "/")
        assert code == 0 and len(records) < 50, len(records)
        assert " trap" in err, err


@test
def seeds_may_be_lists_with_ids(tmp):
    with Served(tree(20)) as site, Served(tree(3)) as other:
        with open(os.path.join(tmp, "seeds.jsonl"), "w") as f:
            json.dump({"url": site.url + "/p1", "id": 7}, f)
            f.write("\n%s/p0\nnot a url:\n" % other.url)
        for mode in MODES:
            code, records, err = run(tmp, "crawl", "--mode", mode,
                                     "seeds.jsonl")
            assert code == 1 and "not a seed" in err, (code, err)
            mine = [r for r in records if r["url"].startswith(site.url)]
            assert len(mine) == 20 and len(records) == 23, len(records)
            assert all(r["id"] == 7 for r in mine)
            assert not [r for r in records if "id" in r and r not in mine]


# --- State -----------------------------------------------------------------

def command(site):
    return ["crawl", "--state", "state", "--resume", "-o", "out.jsonl", "-P",
            "20", "--parallel-max-host", "20", site.url + "/p0"]


def records_of(tmp):
    with open(os.path.join(tmp, "out.jsonl"), encoding="utf-8") as f:
        return [json.loads(line) for line in f]


@test
def killed_crawls_continue_until_each_page_has_one_record(tmp):
    count = 400 if harness.SLOWER > 1 else 1500
    chance = random.Random(1)
    with Served(tree(count)) as site:
        kills = 0
        while True:
            p = start(tmp, *command(site))
            try:
                if kills < 8:
                    time.sleep(chance.random() * 0.6 * harness.SLOWER)
                    p.kill()
                p.wait(harness.HANG)
            finally:
                err = p.stderr.read().decode()
                finish(p)
            if p.returncode != -signal.SIGKILL:
                break
            kills += 1
        assert p.returncode == 0, err
        records = records_of(tmp)
        assert site.paths(records) == sorted("/p%d" % i
                                             for i in range(count))
        assert not [r for r in records if r["status"] != 200]
        # In flight, and 200 ms of pages, may be repeated after each kill.
        assert len(site.asked()) <= count * (kills + 1)


@test
def interrupted_crawls_continue(tmp):
    with Served(tree(600)) as site:
        p = start(tmp, *command(site), "--host-rate", "100/s")
        try:
            while len(site.asked()) < 30:
                time.sleep(0.01)
            p.send_signal(signal.SIGINT)
            assert p.wait(harness.HANG) == 128 + signal.SIGINT
            assert b"--resume continues the crawl" in p.stderr.read()
        finally:
            finish(p)
        first = len(records_of(tmp))
        assert 0 < first < 600, first
        code, _, err = run(tmp, *command(site), "--max-pages", "100")
        assert code == 0 and len(records_of(tmp)) == max(first, 100), err
        code, _, err = run(tmp, *command(site))
        assert code == 0, err
        assert site.paths(records_of(tmp)) == sorted("/p%d" % i
                                                     for i in range(600))
        assert len(site.asked()) == 600, len(site.asked())


@test
def state_of_another_crawl_is_never_destroyed(tmp):
    with Served(tree(20)) as site:
        new = [a for a in command(site) if a != "--resume"]
        code, _, err = run(tmp, *new)
        assert code == 0, err
        before = records_of(tmp)
        code, _, err = run(tmp, *new)
        assert code == 2 and "--resume continues it" in err, err
        assert records_of(tmp) == before
        path = os.path.join(tmp, "out.jsonl")
        with open(path, "rb") as f:
            good = f.read()
        for bad in (good[:-10], good.replace(b"p1", b"q1"), b""):
            with open(path, "wb") as f:
                f.write(bad)
            code, _, err = run(tmp, *command(site))
            assert code == 2 and "not the output of the crawl" in err, err
            with open(path, "rb") as f:
                assert f.read() == bad
        # What was written after the last commit is cut off.
        with open(path, "wb") as f:
            f.write(good + good[:100])
        code, _, err = run(tmp, *command(site))
        assert code == 0 and records_of(tmp) == before, err
