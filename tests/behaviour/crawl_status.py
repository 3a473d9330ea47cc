"""Tests of the reports of a crawl: progress, summary, --status. A part of
tests/behaviour/run."""
import json
import os
import re
import shlex
import signal
import sqlite3
import subprocess
import threading
import time
import xml.etree.ElementTree as xml

from __main__ import run, start, test
from crawl import Served, links, tree
import harness


def read_json(tmp, name):
    with open(os.path.join(tmp, name), encoding="utf-8") as f:
        return json.load(f)


@test
def summary_says_what_a_host_waited_for_and_what_its_robots_say(tmp):
    pages = tree(4)
    refused = []

    def page(path):
        if path == "/robots.txt":
            return 200, {}, "User-agent: *\nCrawl-delay: 0.2\n"
        if path == "/p2" and not refused:
            refused.append(path)
            return 429, {"Retry-After": "1"}, ""
        return pages(path)
    with Served(page) as site:
        code, records, err = run(tmp, "crawl", "--summary", "s.json",
                                 "--report", "r.html", site.url + "/p0")
    assert code == 0 and len(records) == 4, (code, err)
    host, = read_json(tmp, "s.json")["hosts"]
    assert host["host"] == "127.0.0.1" and host["requests"] == 4, host
    assert host["robots"] == "rules", host
    held = host["held"]
    # Four pages and one retry, 0.2 s apart; one of the gaps is the pause.
    assert 0.3 < held["robots"] < 20 and "rate" not in held, held
    assert 0.7 < held["429"] < 20, held
    text = "".join(xml.parse(os.path.join(tmp, "r.html")).getroot()
                   .itertext())
    assert "has rules" in text and "(robots)" in text and "(429)" in text


@test
def summary_says_which_robots_files_there_are_not(tmp):
    rows = (((404, {}, ""), [], "none"), ((200, {}, "#"), [], "allows_all"),
            ((500, {}, ""), [], "unreachable"),
            ((500, {}, ""), ["--no-robots"], None))
    for answer, options, wanted in rows:
        with Served({"/robots.txt": answer, "/": []}) as site:
            run(tmp, "crawl", "--retry", "0", "--summary", "s.json", *options,
                site.url)
        host, = read_json(tmp, "s.json")["hosts"]
        assert host["robots"] == wanted, (host, wanted)


def status(tmp, *options, state="d"):
    p = subprocess.run([harness.SCRAPE, "crawl", "--state", state, "--status",
                        *options], cwd=tmp, capture_output=True, text=True,
                       stdin=subprocess.DEVNULL, timeout=harness.HANG,
                       env=harness.environment(tmp))
    return p.returncode, p.stdout, p.stderr


def status_json(tmp):
    code, out, err = status(tmp, "--format", "json")
    assert code == 0 and not err, (code, err)
    return json.loads(out)


def files(tmp):
    """The files of the state, with their contents."""
    found = {}
    for name in os.listdir(os.path.join(tmp, "d")):
        with open(os.path.join(tmp, "d", name), "rb") as f:
            found[name] = f.read()
    return found


CRAWL = ("crawl", "--state", "d", "-o", "o.jsonl")


def outside(count):
    """A tree whose pages also link to another host; page 7 is an error."""
    pages = tree(count)

    def page(path):
        if path == "/p7":
            return 200, {"Content-Encoding": "gzip"}, "not gzip"
        found = pages(path)
        return found and found + ["http://other.example" + path]
    return page


@test
def status_of_a_stopped_crawl_is_that_of_its_summary(tmp):
    with Served(outside(40)) as site:
        code, _, err = run(tmp, *CRAWL, "--max-pages", "10", "--summary",
                           "s.json", site.url + "/p0")
        assert code == 0 and "--max-pages" in err, err
        before = files(tmp)
        found, summary = status_json(tmp), read_json(tmp, "s.json")
        assert files(tmp) == before, "--status has changed the state"
        crawl = found["crawl"]
        for name in ("done", "known", "waiting", "hosts", "skipped", "end",
                     "examples", "traps", "output", "continue"):
            assert crawl[name] == summary["crawl"][name], name
        assert crawl["done"] == 10 and crawl["errors"] == 1, crawl
        assert crawl["known"] == crawl["done"] + crawl["waiting"] > 20
        assert crawl["end"] == "max-pages" and crawl["hosts"] == 1
        assert crawl["skipped"] == {"scope": 9}, crawl
        assert crawl["examples"]["scope"].startswith("http://other.example/p")
        assert crawl["output"] == os.path.realpath(
            os.path.join(tmp, "o.jsonl"))
        assert crawl["running"] is False
        host, = found["hosts"]
        mine, = summary["hosts"]
        for name in ("host", "requests", "errors", "bytes", "robots"):
            assert host[name] == mine[name], (name, host, mine)
        assert host["waiting"] == crawl["waiting"], host
        # The command that it names continues the crawl.
        command = shlex.split(crawl["continue"].replace(
            "--max-pages 10", "--max-pages 1000"))
        assert command[0] == "scrape" and command[-1] == "--resume", command
        code, _, err = run(tmp, *command[1:])
        assert code == 0, err
        crawl = status_json(tmp)["crawl"]
        assert crawl["end"] == "complete" and crawl["continue"] is None
        assert crawl["done"] == crawl["known"] == 40 and not crawl["waiting"]
        # Counts are those of both runs.
        assert crawl["skipped"] == {"scope": 39}, crawl
        assert status_json(tmp)["hosts"][0]["requests"] == 40


@test
def status_for_people_has_the_counts_and_the_command(tmp):
    with Served(outside(40)) as site:
        run(tmp, *CRAWL, "--max-pages", "10", "-H", "X-Api-Key: sesame",
            site.url + "/p0")
    code, out, err = status(tmp)
    assert code == 0 and not err, err
    for text in ("d: stopped by --max-pages, last written 20",
                 "10 done (1 with an error), ", " known on 1 host",
                 "left out  9 scope\n", "o.jsonl\n", "scrape crawl --state d",
                 "--resume\n", "larger --max-pages", "127.0.0.1 ", "no file",
                 "(replace the asterisks by the secret)\n"):
        assert text in out, (text, out)
    assert "sesame" not in out and not re.search("[^ -~\n]", out), out
    # The words of the crawl itself may stand there, too.
    assert status(tmp, "--resume", "-o", "o.jsonl", site.url)[1] == out


@test
def status_of_a_running_crawl_does_not_disturb_it(tmp):
    gate = threading.Event()
    pages = outside(30)

    def page(path):
        if path == "/p20":
            gate.wait(harness.HANG)
        return pages(path)
    with Served(page) as site:
        p = start(tmp, *CRAWL, site.url + "/p0")
        try:
            while True:
                code, out, err = status(tmp, "--format", "json")
                crawl = json.loads(out or "{}").get("crawl", {})
                if crawl.get("done", 0) >= 5:
                    break
                # At first there is no folder, or no table in it.
                assert p.poll() is None and code in (0, 2, 3), (code, err)
                time.sleep(.05)
            assert crawl["running"] is True and crawl["end"] is None, crawl
            assert ": running, last written " in status(tmp)[1]
        finally:
            gate.set()
        assert p.communicate(timeout=harness.HANG) and p.returncode == 0
    assert status_json(tmp)["crawl"]["end"] == "complete"


@test
def killed_crawl_says_that_it_has_not_ended(tmp):
    gate = threading.Event()
    pages = outside(30)

    def page(path):
        if path == "/p20":
            gate.wait(harness.HANG)
        return pages(path)
    with Served(page) as site:
        p = start(tmp, *CRAWL, site.url + "/p0")
        try:
            while status(tmp)[0] or status_json(tmp)["crawl"]["done"] < 5:
                time.sleep(.05)
            p.kill()
            p.communicate(timeout=harness.HANG)
        finally:
            gate.set()
    crawl = status_json(tmp)["crawl"]
    assert crawl["running"] is False and crawl["end"] is None, crawl
    assert crawl["continue"].endswith(" --resume"), crawl
    assert "d: stopped before its end" in status(tmp)[1]


@test
def status_without_a_crawl_says_what_is_missing(tmp):
    os.mkdir(os.path.join(tmp, "empty"))
    for name, content in (("plain", b""), ("d/crawl.db", b""),
                          ("bad/crawl.db", b"no database" * 99)):
        path = os.path.join(tmp, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(content)
    other = os.path.join(tmp, "other")
    os.mkdir(other)
    db = sqlite3.connect(os.path.join(other, "crawl.db"))
    db.executescript("CREATE TABLE t (x); PRAGMA user_version = 99;")
    db.close()
    rows = (("none", 2, "No such file or directory"),
            ("plain", 2, "not a folder"), ("empty", 2, "no crawl in it"),
            ("d", 3, "crawl.db is empty"), ("bad", 3, "not a database"),
            ("other", 3, "made by another version of scrape"))
    for state, wanted, text in rows:
        code, out, err = status(tmp, state=state)
        assert code == wanted and not out and text in err, (state, code, err)
        assert err.startswith("scrape: --state %s" % state), err
    code, _, err = run(tmp, "crawl", "--status")
    assert code == 2 and "--state DIR" in err, err


@test
def end_of_a_crawl_says_why_and_how_to_go_on(tmp):
    with Served(outside(40)) as site:
        _, _, err = run(tmp, "crawl", "--max-pages", "5", site.url + "/p0")
        assert "--max-pages: 5 pages have a record, " in err, err
        assert "without --state DIR the crawl cannot be continued" in err, err
        code, _, err = run(tmp, *CRAWL, "--max-pages", "5", "--report",
                           "r.html", site.url + "/p0")
        assert "--resume continues the crawl" in err, err
        assert "asterisks" not in status(tmp)[1]
        text = "".join(xml.parse(os.path.join(tmp, "r.html")).getroot()
                       .itertext())
        assert "stopped by --max-pages" in text, text[:2000]
        assert "Links left out" in text and "scope" in text


@test
def progress_line_of_a_crawl_says_what_holds_it_up(tmp):
    pages = outside(30)

    def page(path):
        if path == "/robots.txt":
            return 200, {}, "User-agent: *\nCrawl-delay: 0.7\n"
        return pages(path)
    with Served(page) as site:
        code, records, err = run(tmp, "crawl", "--progress-meter",
                                 "--max-pages", "3", site.url + "/p0")
    assert code == 0 and len(records) == 3, (code, err)
    lines = [l for l in re.split("[\r\n]", err) if " waiting " in l]
    assert any(re.search(r"^  [12] done  [12]\d waiting  \S+/s  0 errors  "
                         r"127\.0\.0\.1: Crawl-delay 0\.7 s", line)
               for line in lines), err


@test
def progress_line_of_a_crawl_counts_what_was_left_out(tmp):
    gate = threading.Event()
    pages = outside(30)

    def page(path):
        if path == "/p20":
            gate.wait(1.2)
        return pages(path)
    with Served(page) as site:
        _, _, err = run(tmp, "crawl", "--progress-meter", site.url + "/p0")
    assert re.search(r"\d done  \d+ waiting  1 host  .* in flight  1 error  "
                     r"left out: \d+ ", err), err


@test
def status_for_people_sums_up_all_but_twenty_hosts(tmp):
    hosts = ["h%d.example" % i for i in range(23)]
    with Served({}) as site:
        port = site.server.server_port
        pages = {"/": ["//%s:%d/x" % (host, port) for host in hosts],
                 "/x": []}
        site.pages = pages
        code, _, err = run(
            tmp, *CRAWL, "--scope", "any", "--no-robots",
            *[word for host in hosts
              for word in ("--resolve", "%s:%d:127.0.0.1" % (host, port))],
            site.url + "/")
    assert code == 0, err
    code, out, err = status(tmp)
    assert code == 0 and "24 known on 24 hosts" in out, (out, err)
    table = out.split("\nhost ")[1].splitlines()[1:]
    assert len(table) == 21, table
    assert table[-1].split()[:4] == ["(others)", "4", "0", "0"], table
    assert len(status_json(tmp)["hosts"]) == 24


@test
def interrupted_crawl_says_so_and_continues(tmp):
    asked = threading.Event()
    gate = threading.Event()
    pages = outside(30)

    def page(path):
        if path == "/p3":
            asked.set()
            gate.wait(harness.HANG)
        return pages(path)
    with Served(page) as site:
        p = start(tmp, *CRAWL, "--summary", "s.json", site.url + "/p0")
        assert asked.wait(harness.HANG)
        p.send_signal(signal.SIGINT)
        time.sleep(.1)
        gate.set()
        _, err = p.communicate(timeout=harness.HANG)
        assert p.returncode == 130, (p.returncode, err)
        assert b"--resume continues the crawl" in err, err
        found = read_json(tmp, "s.json")["crawl"]
        assert found["end"] == "interrupted", found
        assert found["continue"].endswith(" --resume"), found
        assert "d: interrupted, last written" in status(tmp)[1]
        run(tmp, *CRAWL, "--resume", site.url + "/p0")
    assert status_json(tmp)["crawl"]["end"] == "complete"


@test
def crawl_that_cannot_write_says_how_it_continues(tmp):
    pages = tree(40)

    def page(path):
        found = pages(path)
        if found is None:
            return None
        status, headers, body = links(*found)
        return status, headers, body + "x" * 30000
    with Served(page) as site:
        args = (*CRAWL, "--body", "--resume", site.url + "/p0")
        code, _, err = run(tmp, *args,
                           preexec_fn=lambda: harness.limit_files(500000))
        assert code == 3 and "File too large" in err, (code, err)
        assert "the same command with --resume continues it" in err, err
        code, _, err = run(tmp, *args)
    assert code == 0 and status_json(tmp)["crawl"]["done"] == 40, err


@test
def page_that_is_requested_again_counts_once_in_the_status(tmp):
    with Served(outside(40)) as site:
        run(tmp, *CRAWL, site.url + "/p0")
        before = status_json(tmp)["crawl"]
        code, _, err = run(tmp, *CRAWL, "--resume", "--retry-failed",
                           site.url + "/p0")
    assert code == 0, err
    after = status_json(tmp)["crawl"]
    assert before["done"] == after["done"] == after["known"] == 40, after
    assert before["errors"] == after["errors"] == 1, after


@test
def site_without_a_sitemap_is_told_from_one_whose_sitemap_is_empty(tmp):
    form = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">%s' \
        '</urlset>'
    other = form % "<url><loc>http://other.example/</loc></url>"
    for pages, wanted in (({}, "no sitemap was found"),
                          ({"/sitemap.xml": "<p>Not found"},
                           "no sitemap was found"),
                          ({"/sitemap.xml": form % ""}, "have no URL of the"),
                          ({"/sitemap.xml": other}, "have no URL of the")):
        served = {path: (200, {"Content-Type": "text/xml"}, body)
                  for path, body in pages.items()}
        with Served(served) as site:
            code, records, err = run(tmp, "crawl", "--sitemaps", "only",
                                     site.url + "/")
        assert code == 1 and not records and wanted in err, (code, err)


@test
def status_counts_pages_with_a_bad_status_apart_from_errors(tmp):
    pages = outside(20)
    broken = {"/p2": 404, "/p3": 503, "/p4": 500}

    def page(path):
        return (broken[path], {}, "") if path in broken else pages(path)
    with Served(page) as site:
        def end(*options):
            code, _, err = run(tmp, *CRAWL, "--retry", "0", *options,
                               site.url + "/p0")
            assert code == 0, (code, err)
            crawl = status_json(tmp)["crawl"]
            return crawl["errors"], crawl["bad_statuses"]
        assert end("--max-pages", "4")[1] == 2
        assert end("--resume") == (1, 3)
        assert " done (1 with an error, 3 with a status >= 400), " in \
            status(tmp)[1]
        broken.clear()
        assert end("--retry-failed=5xx") == (1, 1)
        assert end("--retry-failed=404") == (1, 0)
        assert " done (1 with an error), " in status(tmp)[1]


@test
def page_with_several_records_counts_once_when_it_is_requested_again(tmp):
    """With --items, a page has a record for each of its items."""
    with Served({"/": ["/a", "/b"], "/a": ["/"], "/b": ["/", "/a", "/b"]}
                ) as site:
        args = (*CRAWL, "--each", "a", "--items", "--select", "h=::attr(href)")
        code, _, err = run(tmp, *args, site.url + "/")
        assert code == 0, err
        before = status_json(tmp)
        code, _, err = run(tmp, *args, "--resume", "--retry-failed=200")
        assert code == 0 and len(site.asked()) == 6, (err, site.asked())
        after = status_json(tmp)
    for name in ("done", "known", "errors"):
        assert before["crawl"][name] == after["crawl"][name], after
    assert before["crawl"]["done"] == after["hosts"][0]["requests"] == 3, after
