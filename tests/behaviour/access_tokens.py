"""Access tokens of OAuth 2.0 for a list of requests, and in [host] sections. A
part of tests/behaviour/run."""
import contextlib
import http.server
import json
import os
import signal
import stat
import subprocess
import threading
import time
import urllib.parse

from __main__ import test
import harness

CLIENT = ["--oauth2-client-id", "me", "--oauth2-client-secret", "s3cret:value"]
BASIC = "Basic bWU6czNjcmV0JTNBdmFsdWU="


class Site(http.server.BaseHTTPRequestHandler):
    """Gives tokens at /token, and pages to requests with a valid one."""
    protocol_version = "HTTP/1.1"

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        s = self.server
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if not self.path.startswith("/token"):
            s.posts.append(body)
            self.do_GET()
            return
        with s.lock:
            s.asked.append((urllib.parse.parse_qs(body),
                            self.headers["Authorization"],
                            self.headers["Cookie"], self.path))
            number = len(s.asked)
        time.sleep(0.02)
        s.may_answer.wait(harness.HANG)
        if number <= s.refusals[0]:
            self.answer(*s.refusals[1:])
            return
        s.valid = "token-%d" % number
        self.answer(200, {"access_token": s.valid, "expires_in": s.lifetime,
                          "refresh_token": "refresh-%d" % number})

    def do_GET(self):
        s = self.server
        given = self.headers["Authorization"]
        if self.path.startswith("/to?"):
            self.answer(302, self.path[4:])
        elif self.path.startswith("/open") or given == "Bearer " + s.valid:
            if self.path.startswith("/last"):
                s.valid = "none"
            self.answer(200, given)
        else:
            self.answer(401, given)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def site(lifetime=3600, refusals=(0,)):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked, server.posts, server.valid = [], [], "none"
    server.lifetime, server.refusals = lifetime, refusals
    server.lock, server.may_answer = threading.Lock(), threading.Event()
    server.may_answer.set()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server, "http://a.localhost:%d" % server.server_port
    finally:
        server.shutdown()
        server.server_close()


def run(tmp, *args):
    return subprocess.run(
        [harness.SCRAPE, *args], cwd=tmp, check=False, capture_output=True,
        env=harness.environment(tmp))


def records(done):
    return [json.loads(x) for x in done.stdout.splitlines()]


@test
def one_access_token_is_fetched_for_all_requests_in_every_mode(tmp):
    for mode in harness.MODES:
        with site() as (s, url):
            done = run(tmp, "--mode", mode, "-v", "-b", "c=1", "--url-query",
                       "q=1", "--oauth2-token-url", url + "/token", *CLIENT,
                       "--oauth2-scope", "a b", url + "/[1-20]")
            got = records(done)
            assert [r["status"] for r in got] == [200] * 20, (mode, done)
            assert [r["attempts"] for r in got] == [1] * 20, got
            assert s.asked == [({"grant_type": ["client_credentials"],
                                 "scope": ["a b"]}, BASIC, None, "/token")]
            for secret in (b"s3cret", b"token-1"):
                assert secret not in done.stderr, done.stderr


@test
def access_tokens_are_not_in_archives(tmp):
    for mode in harness.MODES:
        with site() as (s, url):
            name = "a-" + mode
            done = run(tmp, "--mode", mode, "--warc-file", name,
                       "--no-warc-compression", "--oauth2-token-url",
                       url + "/token", *CLIENT, url + "/open/[1-3]")
            assert len(records(done)) == 3 and len(s.asked) == 1, done
        with open(os.path.join(tmp, name + "-00000.warc"), "rb") as f:
            archive = f.read()
        assert archive.count(b"WARC-Type: response") == 3, archive
        # The pages repeat the token that they were sent.
        assert archive.count(b"token-1") == 3, archive
        for secret in (b"access_token", b"refresh-1", b"s3cret"):
            assert secret not in archive, archive


@test
def refused_token_is_replaced_once_and_the_request_is_made_again(tmp):
    for mode in harness.MODES:
        with site() as (s, url):
            done = run(tmp, "--mode", mode, "--ordered", "-P", "1", "-d",
                       "body", "--oauth2-token-url", url + "/token", *CLIENT,
                       url + "/last", url + "/2", url + "/3")
            assert [r["status"] for r in records(done)] == [200] * 3, done
            assert len(s.asked) == 2, s.asked
            assert s.posts == ["body"] * 4, s.posts
    with site(refusals=(0,)) as (s, url):
        write = os.path.join(tmp, "refresh")
        with open(write, "w", encoding="utf-8") as f:
            f.write("first-refresh\n")
        os.chmod(write, 0o600)
        done = run(tmp, "--ordered", "-P", "1", "--oauth2-token-url",
                   url + "/token", "--oauth2-client-id", "me",
                   "--oauth2-refresh-token", "@" + write, url + "/last",
                   url + "/2")
        assert [r["status"] for r in records(done)] == [200] * 2, done
        assert [x[:2] for x in s.asked] == [
            ({"grant_type": ["refresh_token"], "refresh_token": [text],
              "client_id": ["me"]}, None)
            for text in ("first-refresh", "refresh-1")], s.asked
        # The file has the last refresh token, which the next run needs.
        with open(write, encoding="utf-8") as f:
            assert f.read() == "refresh-2\n", done
        assert stat.S_IMODE(os.stat(write).st_mode) == 0o600, os.stat(write)
        assert done.stderr.count(b"is saved in " + write.encode()) == 2, done
        assert b"refresh-2" not in done.stderr, done
        done = run(tmp, "--oauth2-token-url", url + "/token",
                   "--oauth2-client-id", "me", "--oauth2-refresh-token",
                   "given-token", url + "/2")
        assert done.stderr.count(b"new refresh token, which this run uses") \
            == 1 and b"refresh-3" not in done.stderr, done
        # A pipe cannot keep the token either.
        pipe = os.path.join(tmp, "pipe")
        os.mkfifo(pipe)
        writer = subprocess.Popen(["sh", "-c", "echo piped > pipe"], cwd=tmp)
        done = run(tmp, "--oauth2-token-url", url + "/token",
                   "--oauth2-client-id", "me", "--oauth2-refresh-token",
                   "@pipe", url + "/2")
        assert writer.wait() == 0
        assert s.asked[-1][0]["refresh_token"] == ["piped"], s.asked
        assert done.stderr.count(b"new refresh token, which this run uses") \
            == 1, done


@test
def access_token_is_renewed_when_it_expires(tmp):
    with site(lifetime=0.2) as (s, url):
        done = run(tmp, "--ordered", "--host-rate", "10/s",
                   "--oauth2-token-url", url + "/token", *CLIENT,
                   url + "/[1-6]")
        got = records(done)
        assert [r["status"] for r in got] == [200] * 6, done
        assert 2 <= len(s.asked) <= 7, s.asked


@test
def requests_fail_with_the_reason_why_there_is_no_access_token(tmp):
    error = {"error": "invalid_client", "error_description": "who is it?"}
    with site(refusals=(9, 400, error)) as (s, url):
        done = run(tmp, "--oauth2-token-url", url + "/token", *CLIENT,
                   url + "/[1-3]", url.replace("//", "//u:p@") + "/open")
        got = sorted(records(done), key=lambda r: r["index"])
        assert [r["error"] and r["error"]["message"] for r in got] == [
            "no access token: HTTP 400: invalid_client (who is it?)"] * 3 + [
                None], got
        assert len(s.asked) == 1, s.asked
    with site(refusals=(1, 503, {})) as (s, url):
        done = run(tmp, "--oauth2-token-url", url + "/token", *CLIENT,
                   url + "/1")
        assert records(done)[0]["status"] == 200 and len(s.asked) == 2, done


@test
def access_token_is_for_the_host_of_its_section_alone(tmp):
    with site() as (s, url):
        path = os.path.join(tmp, "k")
        with open(path, "w", encoding="utf-8") as f:
            f.write('header "Authorization: all"\n[host "a.localhost"]\n'
                    'oauth2-token-url = "%s/token"\noauth2-client-id = me\n'
                    'oauth2-client-secret = s3cret:value\n' % url)
        other = url.replace("a.", "b.")
        done = run(tmp, "--ordered", "-K", path, url + "/1", other + "/open",
                   other + "/to?" + url + "/open", url + "/to?/2",
                   url + "/to?" + other + "/open")
        got = records(done)
        assert [r["json"] for r in got] == [
            "Bearer token-1", "all", None, "Bearer token-1", None], got
        assert [x[1] for x in s.asked] == [BASIC], s.asked
        for command in (["crawl"], ["check"], ["gather"]):
            name = "x=" if command == ["gather"] else ""
            done = run(tmp, *command, "-K", path, name + url + "/1")
            assert b"401" not in done.stdout and done.returncode == 0, done


@test
def credentials_for_tokens_that_are_not_complete_are_an_error(tmp):
    for args, message in (
            (["--oauth2-client-id", "a"], b"OAuth 2.0 needs"),
            (["--oauth2-token-url", "http://x/", "--oauth2-client-id", "a"],
             b"OAuth 2.0 needs"),
            (["--oauth2-token-url", "x", *CLIENT], b"must be a URL of http"),
            (["--oauth2-token-url", "http://x/", *CLIENT, "-u", "a:b"],
             b"--oauth2-token-url and --user contradict")):
        done = run(tmp, *args, "http://127.0.0.1:1/")
        assert done.returncode == 2 and message in done.stderr, (args, done)


@test
def token_url_that_cannot_be_requested_is_a_usage_error(tmp):
    for text in ("http://[x", "http://a b/", "ftp://a/", "https://a:99999/",
                 "a.example/token"):
        done = run(tmp, "--oauth2-token-url", text, *CLIENT,
                   "http://127.0.0.1:1/")
        assert done.returncode == 2 and not done.stdout, done
        assert b"--oauth2-token-url must be a URL" in done.stderr, done


@test
def request_for_a_token_is_not_repeated_after_an_interrupt(tmp):
    for mode in harness.MODES:
        with site(refusals=(9, 503, {})) as (s, url):
            s.may_answer.clear()
            with subprocess.Popen(
                    [harness.SCRAPE, "--mode", mode, "--oauth2-token-url",
                     url + "/token", *CLIENT, url + "/[1-3]"], cwd=tmp,
                    stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                    env=harness.environment(tmp)) as p:
                harness.wait_until(lambda: s.asked, "a request for a token")
                p.send_signal(signal.SIGINT)
                assert b"stopping" in p.stderr.readline()
                s.may_answer.set()
                out, err = p.communicate(timeout=harness.HANG)
            assert not out and len(s.asked) == 1, (mode, out, err, s.asked)


@test
def requests_that_start_later_than_their_token_expires_are_made(tmp):
    for lifetime, pace in ((0.001, "100/s"), (0.1, "3/s")):
        with site(lifetime=lifetime) as (s, url):
            done = run(tmp, "--host-rate", pace, "--oauth2-token-url",
                       url.replace("a.", "b.") + "/token", *CLIENT,
                       url + "/[1-3]")
            assert [r["status"] for r in records(done)] == [200] * 3, done
            assert len(s.asked) <= 6, s.asked
