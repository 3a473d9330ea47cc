"""Limits and pace of `scrape crawl`, by what the server has seen. A part of
tests/behaviour/run."""
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
