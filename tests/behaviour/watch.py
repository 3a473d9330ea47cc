"""Tests of scrape watch, which repeats a list and writes what has changed. A
part of tests/behaviour/run."""
import json
import math
import os
import random
import signal
import sqlite3
import struct
import subprocess
import time

import harness
from __main__ import Skip, finish, has_ended, run, start, test
from crawl_recrawl import Keeping
from saved_tables import call, write

NEWS = ("new", "changed", "was", "gone", "failed", "recovered")
LATER = os.path.join(harness.BIN, "later.so")
HTML = {"Content-Type": "text/html"}


def page(price, words=""):
    return 200, HTML, "<title>x</title><p class=price>%s</p>%s" % (price,
                                                                    words)


def read(tmp, name="news.jsonl"):
    """The whole lines of a file that may be written just now."""
    with open(os.path.join(tmp, name), encoding="utf-8") as f:
        return [json.loads(line) for line in f.read().split("\n")[:-1]]


class Round:
    """Makes rounds over a site. Each round returns the news, as {path:
    members}."""

    def __init__(self, tmp, site, *args):
        self.tmp, self.site, self.args, self.seen = tmp, site, args, 0

    def __call__(self, *args):
        self.site.forget()
        code, out, err = call(self.tmp, "watch", "--once", "--state", "w.d",
                              "-o", "news.jsonl", "--retry", "0", *self.args,
                              *args)
        assert code == 0 and not out, (code, out, err)
        assert not err or "found in none of" in err, err
        records = read(self.tmp)
        fresh, self.seen = records[self.seen:], len(records)
        found = {r["url"][len(self.site.url):]:
                 {k: r[k] for k in NEWS if k in r} for r in fresh}
        assert len(found) == len(fresh), fresh
        return found


@test
def round_of_a_watch_reports_what_is_new_changed_gone_or_fails(tmp):
    for mode in harness.MODES:
        home = os.path.join(tmp, mode)
        os.mkdir(home)
        pages = {"/%d" % i: page(i) for i in range(6)}
        pages["/down"] = (503, {}, "")
        pages["/json"] = (200, {"Content-Type": "application/json"}, "[1]")
        without = ("/3", "/json")
        with Keeping(pages, without) as site:
            write(home, "list", *(site.url + p for p in pages))
            once = Round(home, site, "--mode", mode, "list")
            new = {p: {"new": True} for p in pages}
            assert once() == {**new, "/down": {"failed": True}}
            assert once() == {}
            # All pages with validators were requested conditionally.
            assert site.answers() == {
                p: 503 if p == "/down" else 200 if p in without else 304
                for p in pages}, site.answers()
            pages["/0"] = page("other")
            pages["/json"] = (200, {}, "[2]")
            pages["/1"] = (410, {}, "")
            pages["/2"] = (500, {}, "")
            assert once() == {"/0": {"changed": True},
                              "/json": {"changed": True},
                              "/1": {"gone": True}, "/2": {"failed": True}}
            # A page that still fails is reported only for another error.
            del pages["/1"]
            assert once() == {}
            pages["/2"] = (502, {}, "")
            assert once() == {"/2": {"failed": True}}
            pages["/1"], pages["/2"] = page(1), page("more")
            pages["/down"] = page("up")
            assert once() == {"/1": {"recovered": True},
                              "/2": {"recovered": True, "changed": True},
                              "/down": {"new": True}}
            assert once() == {}
            assert [r["index"] for r in read(home)
                    if r["url"] == site.url + "/1"] == [1, 1, 1]


@test
def watch_with_fields_names_those_that_have_changed(tmp):
    pages = {"/a": page(1), "/b": page(2)}
    with Keeping(pages) as site:
        once = Round(tmp, site, site.url + "/a", site.url + "/b")
        price = ("--select", "price=.price")
        assert len(once(*price)) == 2
        # A change of words outside of all fields is not reported.
        pages["/a"], pages["/b"] = page(1, "words"), page(3)
        assert once(*price) == {"/b": {"changed": ["price"],
                                       "was": {"price": "2"}}}
        # A new field is not a change; all pages are requested as a whole.
        both = (*price, "--select", "title=title")
        assert once(*both) == {}
        assert set(site.answers().values()) == {200}, site.answers()
        pages["/a"] = (200, HTML, "<title>y</title>")
        assert once(*both) == {"/a": {
            "changed": ["price", "title"],
            "was": {"price": "1", "title": "x"}}}
        # When a page works again, its fields are compared with the old ones.
        pages["/b"] = (500, {}, "")
        assert once(*both) == {"/b": {"failed": True}}
        pages["/b"] = page(4)
        assert once(*both) == {"/b": {
            "recovered": True, "changed": ["price"], "was": {"price": "3"}}}
        # A list of objects (--each) counts as one field.
        each = ("--each", "p", "--select", "n=::text")
        assert once(*each) == {
            "/a": {"changed": ["data"], "was": {
                "data": {"price": None, "title": "y"}}},
            "/b": {"changed": ["data"], "was": {
                "data": {"price": "4", "title": "x"}}}}
        assert once(*each) == {}


@test
def watch_makes_the_same_requests_as_a_list(tmp):
    with Keeping({"/a": page(1), "/a?q=2": page(2)}) as site:
        url = site.url + "/a"
        write(tmp, "list", url, '{"url": "%s", "id": 7}' % url, url,
              '{"url": "%s", "params": {"q": 2}, "headers": {"X-A": "b"}}'
              % url, "no url")
        args = ("watch", "--once", "--state", "w.d", "-o", "o.jsonl", "list")
        for _ in range(2):
            code, _, err = call(tmp, *args)
            assert code == 0 and "1 line of the list repeats another one" in \
                err and err.count("\n") == 1, err
            assert sorted(site.server.asked) == ["/a", "/a", "/a?q=2"]
            assert site.server.given["/a?q=2"]["X-A"] == "b"
            site.forget()
            news = [(r["index"], r.get("id"), r["status"],
                     r["error"] and r["error"]["kind"])
                    for r in read(tmp, "o.jsonl")]
            assert sorted(news) == [(0, None, 200, None), (1, 7, 200, None),
                                    (3, None, 200, None),
                                    (4, None, None, "input")], news


def status(tmp):
    p = start(tmp, "watch", "--state", "w.d", "--status", "--format", "json")
    out, err = p.communicate(timeout=harness.HANG)
    assert p.returncode == 0 and not err, err
    return json.loads(out)


def versions(tmp, site):
    """Returns {path: the prices of its records, in order}."""
    found = {}
    for r in read(tmp):
        found.setdefault(r["url"][len(site.url):], []).append(
            int(r["data"]["price"]))
    return found


@test
def killed_watches_report_each_change_exactly_once(tmp):
    rounds = int(os.environ.get("WATCH_ROUNDS", 4))
    pages = {"/%d" % i: page(0) for i in range(10 * (rounds + 1))}
    # Each page changes once, because two changes between two requests would be
    # reported as one.
    changing = random.sample(sorted(pages), 5 * (rounds + 1))
    with Keeping(pages) as site:
        write(tmp, "list", *(site.url + p for p in pages))
        args = ("watch", "--state", "w.d", "-o", "news.jsonl", "--every",
                "0.2s", "--select", "price=.price", "list")
        code, _, err = call(tmp, *args, "--once")
        assert code == 0, err
        wanted = {p: [0] for p in pages}
        records = len(pages) + len(changing)
        for i in range(rounds + 1):
            p = start(tmp, *args)
            try:
                for path in changing[5 * i:5 * i + 5]:
                    wanted[path].append(1)
                    pages[path] = page(1)
                if i < rounds:
                    asked = len(site.server.asked) + random.randrange(len(pages))
                    harness.wait_until(
                        lambda: len(site.server.asked) > asked,
                        "requests of run %d" % i, p)
                    time.sleep(random.random() * 0.2)
                    p.kill()
                else:
                    harness.wait_until(lambda: len(read(tmp)) >= records,
                                       "all records are written", p)
                    assert versions(tmp, site) == wanted
                    p.send_signal(signal.SIGTERM)
                    assert has_ended(p) and p.returncode == 0, p.returncode
            finally:
                finish(p)
        assert versions(tmp, site) == wanted
        # The state has all pages, and no watch is running.
        now = status(tmp)
        assert now["watch"]["good"] == len(pages) and not now["watch"]["running"]


class Clock:
    """A clock that is put forward, for runs in this folder."""

    def __init__(self, tmp, now):
        self.tmp, self.path = tmp, os.path.join(tmp, "clock")
        self.set(now)

    def set(self, text):
        """Sets the clock to that time, in UTC."""
        now = time.mktime(time.strptime(text, "%Y-%m-%d %H:%M:%S")) - \
            time.timezone
        with open(self.path, "wb") as f:
            # later.so adds whole seconds.
            f.write(struct.pack("d", math.ceil(now - time.time())))

    def run(self, *args):
        env = harness.environment(self.tmp)
        p = subprocess.run(
            [harness.SCRAPE, "watch", "--state", "w.d", *args], cwd=self.tmp,
            capture_output=True, timeout=harness.HANG, check=False,
            env={**env, "TZ": "EST5", "LD_PRELOAD": LATER,
                 "CLOCK_OFFSET": self.path})
        assert p.returncode == 0 and not p.stderr, p.stderr
        return p.stdout


@test
def requests_of_a_watch_are_made_when_they_are_due(tmp):
    if not os.path.exists(LATER):
        raise Skip("later.so is not built with sanitizers")
    pages = {p: page(1) for p in ("/every", "/day", "/monday", "/other")}
    with Keeping(pages) as site:
        write(tmp, "list", *(
            '{"url": "%s%s", %s}' % (site.url, path, when) for path, when in (
                ("/every", '"every": "30m"'), ("/day", '"at": "06:30"'),
                ("/monday", '"at": "mon 06:30"'))), site.url + "/other")

        def made(now):
            clock.set(now)
            site.forget()
            clock.run("--once", "list")
            return sorted(site.server.asked)

        # 2036-11-29 is a Saturday; 06:30 in EST is 11:30 in UTC.
        clock = Clock(tmp, "2036-11-29 10:00:00")
        assert made("2036-11-29 10:00:00") == ["/every", "/other"]
        assert made("2036-11-29 10:20:00") == ["/other"]
        # A round may be a minute early for an interval, but not for a time of
        # day.
        assert made("2036-11-29 10:29:30") == ["/every", "/other"]
        assert made("2036-11-29 11:29:20") == ["/every", "/other"]
        assert made("2036-11-29 11:30:00") == ["/day", "/other"]
        assert made("2036-11-29 11:31:00") == ["/other"]
        # A missed request is made once, and not repeated at once.
        text = clock.run("--status").decode()
        assert "2036-11-30T11:30:00Z" in text and \
            "2036-12-01T11:30:00Z" in text, text
        assert made("2036-12-04 12:00:00") == sorted(pages)
        assert made("2036-12-04 12:01:00") == ["/other"]
        assert made("2036-12-08 11:29:00") == ["/day", "/every", "/other"]
        assert made("2036-12-08 11:30:00") == ["/day", "/monday", "/other"]
        text = json.loads(clock.run("--status", "--format", "json"))
        due = {r["url"][len(site.url):]: r["due"] for r in text["requests"]}
        # The interval began when the program had started.
        assert due.pop("/every").startswith("2036-12-08T11:59:"), due
        assert due == {"/other": None, "/day": "2036-12-09T11:30:00Z",
                       "/monday": "2036-12-15T11:30:00Z"}, due


@test
def status_of_a_watch_says_what_is_due_and_what_failed(tmp):
    pages = {"/a": page(1), "/b": page(2)}
    with Keeping(pages) as site:
        url = "http://me:secret@" + site.url[len("http://"):]
        write(tmp, "list", url + "/a", url + "/b",
              '{"url": "%s/c", "every": "1d", "id": [1]}' % url)
        p = start(tmp, "watch", "--state", "w.d", "-o", "o.jsonl", "list")
        try:
            harness.wait_until(
                lambda: os.path.exists(os.path.join(tmp, "o.jsonl")) and
                len(read(tmp, "o.jsonl")) == 3, "three records", p)
            # A commit follows each record.
            harness.wait_until(lambda: "requests" in state(tmp) and
                               status(tmp)["watch"]["failed"], "commit", p)
            now = status(tmp)
            counts = {"running": True, "requests": 3, "good": 2, "failed": 1,
                      "gone": 0, "new": 0, "due": 0}
            assert {k: now["watch"][k] for k in counts} == counts, now
            assert now["watch"]["next"] == now["requests"][0]["due"]
            last = now["requests"][2]
            assert last["url"].endswith("/c") and last["id"] == [1]
            assert last["condition"] == "failed" and last["failure"] == "404"
            assert last["made"] and last["since"] and \
                last["due"] > now["requests"][0]["due"], now
            code, out, err = call(tmp, "watch", "--state", "w.d", "--status")
            assert code == 0 and not err, err
            text = out.decode()
            assert text.startswith("w.d: running, 3 requests: 2 good, "
                                   "1 failed, 0 gone, 0 new; 0 due now\n")
            assert "failed  404 " in text and "secret" not in text, text
            code, _, err = call(tmp, "watch", "--state", "w.d", "list")
            assert code == 3 and "another scrape is using it" in err, err
            p.send_signal(signal.SIGINT)
            assert has_ended(p) and p.returncode == 0
        finally:
            finish(p)
        assert not status(tmp)["watch"]["running"]


def state(tmp):
    """The names of the tables that are committed."""
    path = os.path.join(tmp, "w.d", "watch.db")
    if not os.path.exists(path):
        return []
    db = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
    try:
        return [name for name, in db.execute(
            "SELECT name FROM sqlite_master")]
    except sqlite3.Error:
        return []
    finally:
        db.close()


@test
def output_of_a_watch_is_cut_continued_or_begun_again(tmp):
    pages = {"/a": page(1)}
    with Keeping(pages) as site:
        args = ("watch", "--once", "--state", "w.d", "-o", "news.jsonl",
                site.url + "/a")
        path = os.path.join(tmp, "news.jsonl")
        write(tmp, "news.jsonl", "a file of somebody")
        code, _, err = call(tmp, *args)
        assert code == 0 and "news.jsonl~" in err, err
        # A line that a killed run has written without a commit is cut off.
        with open(path, "a", encoding="utf-8") as f:
            f.write('{"index":0,"url":')
        pages["/a"] = page(2)
        assert call(tmp, *args)[0] == 0
        assert [len(r) > 5 for r in read(tmp)] == [True, True]
        # A file with other records is not touched.
        with open(path, "rb") as f:
            whole = f.read()
        with open(path, "wb") as f:
            f.write(whole[:-20])
        code, _, err = call(tmp, *args)
        assert code == 2 and "is not as the watch in w.d has left it" in err
        with open(path, "rb") as f:
            assert f.read() == whole[:-20]
        # A file that was moved away, or emptied, is begun again.
        for after, remove in ((3, os.remove), (4, lambda x: open(x, "w",
                              encoding="utf-8").close())):
            remove(path)
            pages["/a"] = page(after)
            assert call(tmp, *args)[0] == 0
            assert [r.get("changed") for r in read(tmp)] == [True]


@test
def watch_refuses_what_makes_no_sense(tmp):
    write(tmp, "list", "http://127.0.0.1:1/")
    for args, text in (
            ((), "scrape watch needs --state DIR"),
            (("--status",), "--status needs --state DIR"),
            (("--interval", "5s"), "--every INTERVAL says when"),
            (("--delay", "5s"), "--every INTERVAL says when"),
            (("--every", "10"), "--every \"10\": not an interval; give a "
             "number and a unit"),
            (("--state", "w.d", "--format", "csv"), "writes its records as "
             "JSON lines"),
            (("--state", "w.d", "-o", "x.csv"), "scrape table makes a "
             "table"),
            (("--state", "w.d", "-o", "postgresql://h/d"), "JSON lines"),
            (("--resume",), "--resume"), (("--ordered",), "--ordered"),
            (("--unique",), "--unique"), (("--items",), "--items"),
            (("--report", "r.html"), "--report"),
            (("--progress-meter",), "--progress-meter"),
            (("--shard", "1/2"), "--shard"),
            (("--warc-file", "x"), "--warc-file")):
        code, out, err = call(tmp, "watch", *args, "list")
        assert code == 2 and not out and text in err, (args, err)
    code, _, err = call(tmp, "watch", "--state", "none", "--status")
    assert code == 2 and "No such file or directory" in err, err
    code, _, err = call(tmp, "watch", "--state", ".", "--status")
    assert code == 2 and "there is no watch in it" in err, err
    code, records, err = run(tmp, "--every", "1h", "list")
    assert code == 2 and "scrape watch" in err, err


@test
def watch_writes_to_a_pipe_as_well(tmp):
    with Keeping({"/a": page(1)}) as site:
        p = start(tmp, "watch", "--state", "w.d", "--every", "0.05s",
                  site.url + "/a")
        try:
            assert json.loads(p.stdout.readline())["new"] is True
            site.server.answer = lambda path: page(2)
            assert json.loads(p.stdout.readline())["changed"] is True
            p.send_signal(signal.SIGTERM)
            assert p.stdout.read() == b"" and has_ended(p)
            # A request may have been in flight.
            err = p.stderr.read().decode()
            assert p.returncode == 0 and (not err or "stopping: " in err), err
        finally:
            finish(p)
