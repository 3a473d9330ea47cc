"""Hosts that declare how many requests they accept. A part of
tests/behaviour/run."""
import http.server
import math
import threading
import time

from __main__ import run, test


def epoch(left, end, now):
    return {"X-RateLimit-Remaining": left,
            "X-RateLimit-Reset": math.ceil(end - now + time.time())}


def rounded_down(left, end, now):
    return {"RateLimit-Remaining": left, "RateLimit-Reset": int(end - now)}


def structured(left, end, now):
    return {"RateLimit": '"day";r=9999;t=80000, "burst";r=%d;t=%d' %
            (left, math.ceil(end - now))}


class Counting(http.server.BaseHTTPRequestHandler):
    """Accepts twenty requests in two seconds, beginning with the first one;
    further ones get a 429."""
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        s = self.server
        with s.lock:
            now = time.monotonic()
            if now >= s.end:
                s.end, s.used = now + 2, 0
            taken = s.used < 20
            s.used += taken
            s.refused += not taken
            fields = s.form(20 - s.used, s.end, now)
        self.send_response(200 if taken else 429)
        for name, value in fields.items():
            self.send_header(name, str(value))
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_):
        pass


@test
def host_with_a_quota_never_sends_429(tmp):
    for mode, form in (("async", epoch), ("threads", rounded_down),
                       ("fork", structured)):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counting)
        server.lock, server.form = threading.Lock(), form
        server.end = server.used = server.refused = 0
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            code, records, err = run(
                tmp, "--mode", mode,
                lines=["http://127.0.0.1:%d/%d" % (server.server_port, i)
                       for i in range(50)])
        finally:
            server.shutdown()
            server.server_close()
        assert (code, err, server.refused) == (0, "", 0), (
            mode, code, err, server.refused)
        assert [r["attempts"] for r in records] == [1] * 50, mode
