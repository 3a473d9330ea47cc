"""--robots over servers that note when they were asked. A part of
tests/behaviour/run."""
import http.server
import signal
import subprocess
import threading
import time

import harness
from __main__ import finish, run, start, test

MODES = harness.MODES


class Site(http.server.BaseHTTPRequestHandler):
    """Answers /robots.txt with server.robots, a list of (status, text) whose
    last one stays; everything else is a page."""
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        s = self.server
        status, text = 200, "page"
        with s.lock:
            s.asked.append((self.path, time.monotonic()))
            if self.path == "/robots.txt":
                status, text = s.robots[0]
                if len(s.robots) > 1:
                    s.robots.pop(0)
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


class Sites:
    """Servers on one address: the same host, several origins."""

    def __init__(self, *robots):
        self.servers = []
        for answers in robots:
            s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
            s.lock, s.asked, s.robots = threading.Lock(), [], list(answers)
            threading.Thread(target=s.serve_forever, daemon=True).start()
            self.servers.append(s)

    def __enter__(self):
        return [("http://127.0.0.1:%d" % s.server_port, s)
                for s in self.servers]

    def __exit__(self, *_):
        for s in self.servers:
            s.shutdown()
            s.server_close()


def kinds(records):
    return sorted((r["error"] or {"kind": "ok"})["kind"] for r in records)


@test
def crawl_delay_keeps_the_requests_of_a_host_apart(tmp):
    for mode in MODES:
        with Sites([(200, "User-agent: *\nCrawl-delay: 0.2\n")]) as [(url, s)]:
            code, records, err = run(
                tmp, "--mode", mode, "--robots", "-P", "50", "-",
                lines=["%s/%d" % (url, i) for i in range(5)])
            assert code == 0 and kinds(records) == ["ok"] * 5, (records, err)
            times = [at for _, at in s.asked]
            assert len(times) == 6 and s.asked[0][0] == "/robots.txt", s.asked
            # Starts are 0.2 s apart; what the server sees may be less by the
            # time that the first of two spent on its way.
            assert times[-1] - times[0] > 5 * 0.2 - 0.1, (mode, s.asked)
            waits = [r["time"]["wait"] for r in records]
            assert max(waits) > 0.9, waits


@test
def file_of_a_host_with_a_low_rate_is_requested_at_once(tmp):
    with Sites([(200, "")]) as [(url, s)]:
        p = start(tmp, "--robots", "--host-rate", "1/h", url)
        try:
            harness.wait_until(lambda: s.asked, "the file is requested", p)
        finally:
            finish(p)
        assert [path for path, _ in s.asked] == ["/robots.txt"], s.asked


@test
def file_is_requested_once_whatever_waits_for_it(tmp):
    for mode in MODES:
        with Sites([(200, "User-agent: *\nDisallow: /3\n")],
                   [(200, "User-agent: *\nDisallow: /4\n")]) as sites:
            code, records, err = run(
                tmp, "--mode", mode, "--robots", "-P", "50", "--ordered", "-",
                lines=["%s/%d" % (url, i) for i in range(100)
                       for url, _ in sites])
            assert code == 0, err
            wrong = [r["url"] for r in records if r["error"]]
            assert len(records) == 200, len(records)
            for (url, s), forbidden in zip(sites, "34"):
                paths = [path for path, _ in s.asked]
                assert paths.count("/robots.txt") == 1, paths
                assert not [p for p in paths if p.startswith("/" + forbidden)]
                assert len([u for u in wrong if u.startswith(url)]) == 11


@test
def file_that_recovers_during_its_retries_is_obeyed(tmp):
    with Sites([(503, ""), (200, "User-agent: *\nDisallow: /b\n")]) \
            as [(url, s)]:
        code, records, err = run(tmp, "--robots", "--retry", "3", "-",
                                 lines=[url + "/a", url + "/b"])
        assert code == 0 and kinds(records) == ["ok", "robots"], (records, err)
        assert [p for p, _ in s.asked] == ["/robots.txt"] * 2 + ["/a"], s.asked


@test
def files_that_fail_end_a_long_list_without_a_request(tmp):
    """The list has more lines than may wait, with lines of another site among
    them."""
    with Sites([(500, "")], [(404, "")]) as [(bad, s), (good, _)]:
        lines = ["%s/%d" % (bad, i) for i in range(20000)]
        lines[::400] = ["%s/%d" % (good, i) for i in range(0, 20000, 400)]
        for more in ([], ["--ordered"]):
            code, records, err = run(tmp, "--robots", "--retry", "0", "-P",
                                     "20", *more, "-", lines=lines)
            assert code == 0, err
            found = kinds(records)
            assert found == ["ok"] * 50 + ["robots"] * 19950, found[:60]
            if more:
                assert [r["index"] for r in records] == list(range(20000))
            paths = {path for path, _ in s.asked}
            assert paths == {"/robots.txt"}, paths
            assert len(s.asked) < 10, len(s.asked)
            assert err.count("cannot be read") == 1, err
            s.asked.clear()


@test
def waiting_for_a_file_can_be_interrupted(tmp):
    """The file cannot be read, and the list has not ended."""
    with Sites([(500, "")]) as [(url, s)]:
        p = start(tmp, "--robots", "--retry", "0", "-",
                  stdin=subprocess.PIPE)
        try:
            p.stdin.write(("%s/a\n%s/b\n" % (url, url)).encode())
            p.stdin.flush()
            while b"cannot be read" not in p.stderr.readline():
                pass
            p.send_signal(signal.SIGINT)
            assert p.stdout.read() == b""
            assert p.wait() == 128 + signal.SIGINT, p.returncode
            assert [path for path, _ in s.asked] == ["/robots.txt"], s.asked
        finally:
            finish(p)


@test
def dots_that_are_sent_do_not_lead_around_the_rules(tmp):
    with Sites([(200, "User-agent: *\nDisallow: /private\n")]) as [(url, s)]:
        paths = ["/x/../private", "/x/%2e%2E/private/y", "/./z", "/.z",
                 "/private/../z"]
        code, records, _ = run(tmp, "--robots", "--path-as-is", "--ordered",
                               *(url + path for path in paths))
        assert code == 0 and [(r["error"] or {"kind": ""})["kind"]
                              for r in records] == [
            "robots", "robots", "", "", ""], records
        assert sorted(p for p, _ in s.asked) == [
            "/./z", "/.z", "/private/../z", "/robots.txt"], s.asked
