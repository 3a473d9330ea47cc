"""The requests of `scrape crawl`, from the servers' logs: no URL that robots.txt
forbids at that time, and no interval shorter than asked for. A part of
tests/behaviour/run.

Robots.txt, Crawl-delay and 429 change half-way. An answer for robots.txt is
valid for at least five minutes, so the clocks of program and servers are put
forward (later.c).
"""
import http.server
import mmap
import os
import struct
import subprocess
import threading
import time

import harness
from __main__ import Skip, finish, test
from crawl import MODES, Server

LATER = os.path.join(harness.BIN, "later.so")
PAGES, DELAYS, PAUSE, SETTLE = 10, (0.15, 0.3), 1.5, 0.4


class Clock:
    """The clock of the program, and of the servers."""

    def __init__(self, path):
        self.path = path
        with open(path, "wb+") as f:
            f.write(struct.pack("d", 0))
            f.flush()
            self.map = mmap.mmap(f.fileno(), 8)
        self.offset = 0

    def now(self):
        return time.monotonic() + self.offset

    def put_forward(self, seconds):
        self.offset += seconds
        self.map[:] = struct.pack("d", self.offset)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        s = self.server
        with s.lock:
            arrived = s.clock.now()
            status, headers, body = s.answer(self.path)
            # Noted before the client can know of the answer.
            s.log.append((self.path, arrived, s.clock.now(), status))
        lines = ["HTTP/1.1 %d x" % status, "Content-Length: %d" % len(body),
                 "Content-Type: text/html", *headers]
        self.wfile.write("\r\n".join(lines + ["", body]).encode())
        if status == 429:
            s.paused_at = s.clock.now()

    def log_message(self, *_):
        pass


class Host(Server):
    """A host with two versions of robots.txt."""

    def __init__(self, clock, robots):
        super().__init__(("127.0.0.1", 0), Handler)
        self.clock, self.robots, self.version = clock, robots, 0
        self.lock, self.log, self.has_paused = threading.Lock(), [], False
        self.paused_at = None  # when the client could know of the 429
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def answer(self, path):
        if path == "/robots.txt":
            return 200, ["Cache-Control: max-age=0"], \
                self.robots[self.version]
        if path == "/p5" and not self.has_paused:
            self.has_paused = True
            return 429, ["Retry-After: %d" % (PAUSE + 0.5)], ""
        if path == "/":
            links = ["/no/1"] + ["/p%d" % i for i in range(PAGES)] + \
                ["/late/%d" % i for i in range(PAGES)] + ["/end"]
            return 200, [], "".join("<a href=%s>x</a>" % x for x in links)
        return 200, [], "page"

    def paths(self):
        with self.lock:
            return [entry[0] for entry in self.log]


def check_intervals(log, delay):
    """Checks the delay between requests. A request is started before it
    arrives, and its answer is known only after it was sent. So n starts are
    between the answer to a request and the arrival of the (n+1)st request
    after it, however busy the machine is."""
    for i, (_, _, answered, _) in enumerate(log):
        for j in range(i + 2, len(log)):
            least = (j - i - 1) * delay
            assert log[j][1] - answered >= least - 0.005, (
                log[i], log[j], least)


def check_pause(host, in_flight):
    """Checks that after a 429 no request arrives except those in flight. On a
    busy machine other requests may be answered between the entry in the log
    and the sending of the answer, and the client may read the answer late:
    SETTLE seconds are left for both."""
    until = next(answered + PAUSE
                 for _, _, answered, status in host.log if status == 429)
    early = [entry for entry in host.log
             if host.paused_at + SETTLE < entry[1] < until]
    assert len(early) < in_flight, (host.paused_at, early)


def crawl(tmp, mode, errors):
    clock = Clock(os.path.join(tmp, "clock-" + mode))
    texts = ["User-agent: *\nDisallow: /no\nCrawl-delay: %g\n" % DELAYS[0],
             "User-agent: *\nDisallow: /late\nCrawl-delay: %g\n" % DELAYS[1]]
    hosts = [Host(clock, texts),
             Host(clock, [t[:t.index("Crawl")] for t in texts])]
    slow, quick = hosts
    skipped = os.path.join(tmp, "skipped-" + mode)
    args = ["crawl", "--mode", mode, "--skipped", skipped, "--noproxy", "*",
            "-m", "0",
            "--connect-timeout", "0", "--parallel-max-host", "2"]
    for name, host in zip("ab", hosts):
        args += ["--resolve", "%s.test:%d:127.0.0.1" % (
            name, host.server_port),
            "http://%s.test:%d/" % (name, host.server_port)]
    p = subprocess.Popen(
        [harness.SCRAPE, *args], cwd=tmp, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env={
            **harness.environment(tmp), "LD_PRELOAD": LATER,
            "CLOCK_OFFSET": clock.path})
    try:
        # Both have paused, and the slow one is half-way.
        harness.wait_until(lambda: p.poll() is not None or (
            len(slow.log) > PAGES and quick.has_paused
            and "/p5" in slow.paths()[slow.paths().index("/p5") + 1:]),
            "half of the pages are requested")
        before = len(slow.log), len(quick.log)
        for host in hosts:
            host.version = 1
        clock.put_forward(400)
        out, err = p.communicate(timeout=harness.HANG)
        assert p.returncode == 0, (p.returncode, err, out)
        for host, n, in_flight in zip(hosts, before, (1, 2)):
            new = host.paths()[n:]
            assert "/no/1" not in host.paths(), host.log
            if "/robots.txt" not in new:
                continue  # was done before
            late = [x for x in new if x.startswith("/late")]
            # These may have been on their way when the clock was put forward.
            assert len(late) <= in_flight, (late, host.log)
        assert "/robots.txt" in slow.paths()[before[0]:], slow.log
        again = slow.paths().index("/robots.txt", before[0])
        assert again - before[0] <= 1, (slow.log[before[0]:])
        check_intervals(slow.log[:before[0]], DELAYS[0])
        check_intervals(slow.log[again:], DELAYS[1])
        for host, in_flight in ((slow, 1), (quick, 2)):
            check_pause(host, in_flight)
        with open(skipped, encoding="utf-8") as f:
            assert f.read().count('"reason":"robots"') >= PAGES / 2
    except Exception as e:  # of any kind: a thread's are lost otherwise
        errors.append((mode, e))
    finally:
        finish(p)
        for host in hosts:
            host.shutdown()
            host.server_close()


@test
def crawl_is_polite_when_robots_txt_changes_half_way(tmp):
    if not os.path.exists(LATER):
        raise Skip("later.so is not built with sanitizers")
    errors = []
    threads = [threading.Thread(target=crawl, args=(tmp, mode, errors))
               for mode in MODES]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not errors, errors
