"""Limits and pace of `scrape crawl`, by what the server has seen. A part of
tests/behaviour/run."""
import json
import os
import threading
import time

from __main__ import run, test
from crawl import Served, tree


class Watched(Served):
    """Notes when each request begins, and how many are under way at most;
    answers after the delay of its path."""

    def __init__(self, pages, delay=lambda path: 0):
        super().__init__(pages)
        self.delay, self.lock = delay, threading.Lock()
        self.begun, self.now, self.most = [], 0, 0

    def answer(self, path):
        with self.lock:
            self.begun.append((path, time.monotonic()))
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(self.delay(path))
        with self.lock:
            self.now -= 1
        return super().answer(path)

    def forget(self):
        self.begun, self.most = [], 0
        self.server.asked.clear()


@test
def crawl_starts_requests_half_a_response_time_apart(tmp):
    """robots.txt takes 0.4 s: starts are 0.2 s apart, then 0.1, 0.05, 0.025."""
    with Watched(tree(5), lambda path: 0.4 * (path == "/robots.txt")) as site:
        def took(*options):
            site.forget()
            code, records, err = run(tmp, "crawl", *options, site.url + "/p0")
            assert code == 0 and len(records) == 5 and not err, (options, err)
            return site.begun[-1][1] - site.begun[0][1]
        for mode in ("async", "threads"):
            # The server may see the first request late.
            assert took("--mode", mode) > 0.4 + 0.37 - 0.1
        for options in (["--host-rate", "none"], ["--host-rate", "1000/s"],
                        ["--parallel-max-host", "2"]):
            assert any(took(*options) < 0.6 for _ in range(6)), options


def records_of(tmp):
    with open(os.path.join(tmp, "out.jsonl"), encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def resumed(tmp, *args):
    code, _, err = run(tmp, "crawl", "--state", "state", "--resume", "-o",
                       "out.jsonl", "-P", "50", "--parallel-max-host", "50",
                       *args)
    assert code == 0, err
    return err


@test
def limits_of_pages_are_never_exceeded_and_continue_when_larger(tmp):
    """One host has many pages, and links to the other one's."""
    with Watched(tree(200)) as one, Watched(tree(40)) as two:
        two_url = two.url.replace("127.0.0.1", "localhost")
        pages = one.pages
        one.pages = lambda p: pages(p) + [two_url + "/p0"] \
            if pages(p) else None
        where = ("--scope", "any", one.url + "/p0")
        asked = lambda: (len(one.asked()), len(two.asked()))
        err = resumed(tmp, "--max-pages-host", "30", *where)
        assert asked() == (30, 30), asked()
        assert "--max-pages-host: 60 pages have a record" in err, err
        # The same limit again: nothing is left to do.
        resumed(tmp, "--max-pages-host", "30", *where)
        assert asked() == (30, 30), asked()
        err = resumed(tmp, "--max-pages-host", "35", "--max-pages", "64",
                      *where)
        assert sum(asked()) == 64 and max(asked()) <= 35, asked()
        assert "--max-pages: 64 pages have a record" in err, err
        resumed(tmp, "--max-pages-host", "150", *where)
        assert asked() == (150, 40), asked()
        err = resumed(tmp, *where)
        assert asked() == (200, 40), asked()
        assert "have a record" not in err, err
        assert len(records_of(tmp)) == 240


@test
def pages_that_robots_txt_forbids_count_for_no_limit(tmp):
    pages = {"/robots.txt": (200, {}, "User-agent: *\nDisallow: /no\n"),
             "/": ["/no%d" % i for i in range(50)] + ["/a", "/b", "/c"],
             "/a": [], "/b": [], "/c": []}
    for limit in ("--max-pages", "--max-pages-host"):
        with Watched(pages) as site:
            code, records, err = run(
                tmp, "crawl", limit, "3", "-P", "50", "--skipped", "skipped",
                "--parallel-max-host", "50", site.url + "/no",
                site.url + "/")
            assert code == 0 and len(site.asked()) == 3, site.asked()
            # Only the seed has a record.
            kinds = [r["error"]["kind"] for r in records if r["error"]]
            assert kinds == ["robots"] and len(records) == 4, records
            assert limit + ": 4 pages have a record" in err, err
            with open(os.path.join(tmp, "skipped")) as f:
                reasons = [json.loads(line)["reason"] for line in f]
            assert set(reasons) == {"robots"}, reasons


@test
def quota_counts_the_bytes_of_all_runs(tmp):
    with Watched(tree(60)) as site:
        # Four requests are in flight, or wait for a worker.
        where = ("-P", "4", "--parallel-max-host", "1", site.url + "/p0")
        size = len(Served.answer(site, "/p0")[2])
        err = resumed(tmp, "--quota", str(size + 1), *where)
        first = len(records_of(tmp))
        # The quota ends with the second page; three more may be in flight.
        assert 2 <= first <= 5, first
        assert "--quota: %d pages" % first in err, err
        # A run without requests keeps the count.
        for _ in range(2):
            resumed(tmp, "--quota", str(size + 1), *where)
            assert len(records_of(tmp)) == first == len(site.asked())
        resumed(tmp, "--quota", str(12 * size), *where)
        total = sum(r["bytes"] for r in records_of(tmp))
        assert first < len(records_of(tmp)) < 60, len(records_of(tmp))
        assert 12 * size <= total < 18 * size, (total, size)
        resumed(tmp, *where)
        assert len(records_of(tmp)) == 60 == len(site.asked())


@test
def quota_is_exceeded_by_fewer_bodies_than_may_be_in_flight(tmp):
    size, in_flight, wanted = 1000, 4, 20

    def page(path):
        if path == "/":
            return ["/p%d" % n for n in range(100)]
        text = "<p>%s</p>" % path
        return 200, {"Content-Type": "text/html"}, text.ljust(size) \
            if path[:2] == "/p" else ""

    with Served(page) as site:
        for mode in ("async", "threads", "fork"):
            code, records, err = run(
                tmp, "crawl", "--mode", mode, "-P", str(in_flight),
                "--parallel-max-host", "50", "--sitemaps", "off", "--quota",
                str(wanted * size), site.url + "/")
            assert code == 0 and "--quota: " in err, err
            total = sum(r["bytes"] for r in records)
            assert wanted * size <= total < (wanted + in_flight) * size, total
