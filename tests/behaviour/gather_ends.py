"""Interrupted runs, and URLs in responses. A part of
tests/behaviour/gather."""
import json
import os
import signal
import subprocess
import threading
import http.server
import tempfile

from gather import test
import harness


class Other(http.server.ThreadingHTTPServer):
    """Another origin; headers has the headers of each request."""

    def __init__(self, body):
        super().__init__(("127.0.0.1", 0), OtherHandler)
        self.body, self.headers = body, []
        self.address = "http://127.0.0.1:%d" % self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()


class OtherHandler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.headers.append(dict(self.headers))
        body = json.dumps(self.server.body(self.path)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@test
def credentials_are_not_sent_to_pages_of_another_origin(g):
    with Other(lambda path: {"items": [2], "next": None}) as second, \
            Other(lambda path: {"items": [1] if path == "/a" else [1.5],
                                "next": "/b" if path == "/a"
                                else second.address}) as first:
        for auth, args in (({"bearer": "t0ken"}, []), (None, ["-u", "u:p"])):
            data = g.spec({"a": {
                "url": first.address + "/a", "jq": ".items[]", "auth": auth,
                "paginate": {"next": ".next"},
                "headers": {"Cookie": "a=b", "X-Own": "c"}}}, *args).data()
            assert [float(x) for x in data["a"]] == [1, 1.5, 2]
            for there in first.headers[-2:]:
                assert "Authorization" in there and "Cookie" in there, there
            there = second.headers[-1]
            assert "Authorization" not in there and "Cookie" not in there
            assert there["X-Own"] == "c", there
        first.shutdown()
        second.shutdown()


@test
def verbose_says_why_the_first_page_is_the_only_one(g):
    with Other(lambda path: {"items": [1], "next": "/b"}) as server:
        result = g.spec({"a": {
            "url": server.address + "/a", "jq": ".items[]",
            "paginate": {"next": ".misspelt"}}}, "-v")
        assert result.document() == ({"a": [1]}, {}), result.out
        assert 'a: the filter ".misspelt" of "paginate" gave nothing on ' \
            'the first page' in result.err, result.err
        server.shutdown()


@test
def verbose_says_which_filters_are_paths(g):
    with Other(lambda path: {"items": [1]}) as server:
        for jq, way in ((".items[]", "a path, evaluated without libjq"),
                        (".items[] | . + 1", "runs with libjq")):
            result = g.spec({"a": {"url": server.address + "/a", "jq": jq}},
                            "-v")
            assert 'jq filter "%s": %s' % (jq, way) in result.err, result.err
        server.shutdown()


@test
def interrupted_run_prints_no_document(g):
    for args, out in (([], ""), (["--stream"], None)):
        with tempfile.TemporaryFile() as err:
            p = subprocess.Popen(
                [harness.SCRAPE, "gather", "--mode", g.mode, *args,
                 "a=" + g.api.url("delay/1/users/1"),
                 "b=" + g.api.url("delay/1/users/2")],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=err)
            while g.api.stats()["active"] == 0:
                pass
            p.send_signal(signal.SIGINT)
            text = p.communicate(timeout=harness.HANG)[0].decode()
            assert p.returncode == 130, p.returncode
            if out is not None:
                assert text == out, text
            else:
                for line in text.splitlines():
                    json.loads(line)
        g.api.reset()


@test
def full_disk_is_an_error(g):
    if not os.path.exists("/dev/full"):
        return
    for args in ([], ["--stream"]):
        with open("/dev/full", "wb") as out:
            result = g.spec({"a": {"path": "users"}}, *args, out=out)
        assert result.code == 3, result.code
        assert "No space" in result.err, result.err
