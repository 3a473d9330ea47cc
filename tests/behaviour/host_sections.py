"""[host "..."] sections of files of options. A part of tests/behaviour/run."""
import contextlib
import http.server
import json
import os
import subprocess
import threading
import time

from __main__ import test
import harness

SECTIONS = '''header "X-All: all"
header "X-Team: all"
header "Authorization: Basic YTpi"
[host "a.localhost"]   # a comment
oauth2-bearer = token-of-a
header "X-Team: team-of-a"
header "X-Api-Key: key-of-a"
[host "*.b.localhost"]
user = "below:b"
header "User-Agent: robot-of-b"
[host "c.localhost:%d"]
-u "port:c"
[host "c.localhost"]
user = "other:c"
'''


class Site(http.server.BaseHTTPRequestHandler):
    """Answers with the request's headers; /to?URL redirects; as a proxy, too.
    With a wanted Authorization, other requests get 401."""

    def do_GET(self):
        server = self.server
        server.seen.append((self.headers["Host"], self.path,
                            self.headers["Authorization"]))
        server.busy += 1
        server.most = max(server.most, server.busy)
        time.sleep(server.pause)
        server.busy -= 1
        status, kind = 200, "application/json"
        body = json.dumps(dict(self.headers.items())).encode()
        if self.path.startswith("/to?"):
            status = 302
        elif self.path == "/robots.txt":
            status = 404
        elif server.wanted not in (None, self.headers["Authorization"]):
            status = 401
        elif self.path.startswith("/page"):
            kind, body = "text/html", b"<title>T</title><a href=/page2>2</a>"
        self.send_response(status)
        if status == 302:
            self.send_header("Location", self.path[4:])
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def site(wanted=None, pause=0):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.seen, server.wanted, server.pause = [], wanted, pause
    server.busy = server.most = 0
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def write(tmp, name, text):
    path = os.path.join(tmp, name)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return path


def run(tmp, *args, stdin=None, **variables):
    return subprocess.run(
        [harness.SCRAPE, *args], cwd=tmp, check=False, capture_output=True,
        input=stdin, env=dict(harness.environment(tmp), **variables))


def fetch(tmp, *args, code=0):
    """Runs a list of requests. Returns the records."""
    done = run(tmp, "--ordered", *args)
    assert done.returncode == code, (done.returncode, done.stderr)
    return [json.loads(x) for x in done.stdout.splitlines()]


def sent(record, *names):
    return [record["json"].get(name) for name in names]


NAMES = ("Authorization", "X-All", "X-Team", "X-Api-Key", "User-Agent")


@test
def host_gets_the_headers_and_the_login_of_its_section_in_every_mode(tmp):
    with site() as s:
        port = s.server_port
        path = write(tmp, "k", SECTIONS % port)
        urls = ["http://%s.localhost:%d/" % (h, port) for h in
                ("a", "A", "x.y.b", "b", "c", "d")]
        for mode in harness.MODES:
            got = [sent(r, *NAMES) for r in
                   fetch(tmp, "--mode", mode, "-K", path, *urls)]
            agent = got[0][4]
            assert agent.startswith("scrape/"), agent
            of_a = ["Bearer token-of-a", "all", "team-of-a", "key-of-a", agent]
            assert got == [
                of_a, of_a,
                ["Basic YmVsb3c6Yg==", "all", "all", None, "robot-of-b"],
                ["Basic YTpi", "all", "all", None, agent],
                ["Basic cG9ydDpj", "all", "all", None, agent],
                ["Basic YTpi", "all", "all", None, agent]], got


@test
def command_line_outweighs_sections_and_these_outweigh_files(tmp):
    with site() as s:
        port = s.server_port
        url = "http://a.localhost:%d/" % port
        path = write(tmp, "k", SECTIONS % port)
        r, = fetch(tmp, "-K", path, "-H", "x-team: mine", "-u", "me:too", "-H",
                   "Authorization;", url)
        assert sent(r, "x-team", "X-Api-Key", "Authorization") == [
            "mine", "key-of-a", ""], r
        line = write(tmp, "l", json.dumps(
            {"url": url, "headers": {"X-Team": "line"}}) + "\n" +
            url.replace("a.", "u:p@a.") + "\n")
        one, two = fetch(tmp, "-K", path, line)
        assert sent(one, "X-Team", "X-All", "Authorization") == [
            "line", "all", "Bearer token-of-a"], one
        assert sent(two, "X-Team") == ["team-of-a"], two
        os.makedirs(os.path.join(tmp, ".config/scrape"))
        os.rename(path, os.path.join(tmp, ".config/scrape/config"))
        r, = fetch(tmp, url)
        assert sent(r, "X-Team") == ["team-of-a"], r
        r = json.loads(run(tmp, "-q", url).stdout)
        assert sent(r, "X-Team") == [None], r
        other = write(tmp, "k", '[host "a.localhost"]\nheader "X-Team: later"\n')
        r, = fetch(tmp, "-K", other, url)
        assert sent(r, "X-Team", "X-Api-Key") == ["later", "key-of-a"], r


@test
def secrets_of_a_section_are_not_sent_when_another_origin_names_the_url(tmp):
    with site() as s:
        port = s.server_port
        path = write(tmp, "k", SECTIONS % port)
        to = "http://%s.localhost:%d"
        for mode in harness.MODES:
            got = fetch(tmp, "--mode", mode, "-v", "-K", path,
                        to % ("d", port) + "/to?" + to % ("a", port) + "/x",
                        to % ("a", port) + "/to?" + to % ("d", port) + "/x",
                        to % ("a", port) + "/to?/x")
            assert [sent(r, *NAMES[:4]) for r in got] == [
                [None, "all", "team-of-a", None],
                [None, "all", "all", None],
                ["Bearer token-of-a", "all", "team-of-a", "key-of-a"]], got
    done = run(tmp, "-v", "-K", path, "http://a.localhost:1/?x=token-of-a")
    assert b"token-of-a" not in done.stderr, done.stderr


@test
def proxy_of_a_section_is_for_its_host_alone(tmp):
    with site() as s:
        proxy = "http://127.0.0.1:%d" % s.server_port
        path = write(tmp, "k", '[host "*.example"]\nproxy = "%s"\n[host '
                     '"b.example"]\nproxy = ""\n' % proxy)
        for mode in harness.MODES:
            del s.seen[:]
            one, two = fetch(tmp, "--mode", mode, "--retry", "0", "--resolve",
                             "b.example:%d:127.0.0.1" % s.server_port,
                             "-K", path, "http://a.example/1",
                             "http://b.example:%d/2" % s.server_port)
            assert one["status"] == two["status"] == 200, (one, two)
            assert [x[:2] for x in sorted(s.seen)] == [
                ("a.example", "http://a.example/1"),
                ("b.example:%d" % s.server_port, "/2")], s.seen
        done = run(tmp, "-K", write(tmp, "k", '[host "a"]\nproxy = x://y\n'),
                   "http://a.localhost:1/")
        assert done.returncode == 2 and b"unknown scheme x" in done.stderr, done


@test
def rate_and_parallel_of_a_section_are_for_its_host_alone(tmp):
    urls = ["http://a.localhost:%d/[1-4]", "http://b.localhost:%d/[1-4]"]
    with site(pause=0.02) as s:
        path = write(tmp, "k", '[host "a.localhost"]\nrate = 25/s\n')
        got = fetch(tmp, "-K", path, *[u % s.server_port for u in urls])
        waits = [max(r["time"]["wait"] for r in got if host in r["url"])
                 for host in ("a.localhost", "b.localhost")]
        assert waits[0] > 0.1 > waits[1], waits
        path = write(tmp, "k", '[host "a.localhost"]\nparallel = 1\n')
        s.most = 0
        fetch(tmp, "-K", path, urls[0] % s.server_port)
        assert s.most == 1, s.most
        fetch(tmp, "-K", path, "--parallel-max-host", "4",
              urls[0] % s.server_port)
        assert s.most > 1, s.most


@test
def gather_crawl_and_check_use_sections_too(tmp):
    with site(wanted="Bearer token-of-a") as s:
        path = write(tmp, "k", SECTIONS.replace(
            'header "Authorization: Basic YTpi"\n', "") % s.server_port)
        url = "http://a.localhost:%d/" % s.server_port
        done = run(tmp, "gather", "-K", path, "x=%s" % url)
        assert done.returncode == 0 and b"team-of-a" in done.stdout, done
        done = run(tmp, "crawl", "-K", path, url + "page")
        assert [json.loads(x)["status"] for x in done.stdout.splitlines()] == [
            200, 200], done
        done = run(tmp, "check", "-K", path, url + "page2")
        assert done.returncode == 0, done


@test
def mistakes_in_sections_are_named_with_their_line(tmp):
    for text, message in (
            ('[host "a b"]', '1: [host "a b"]: not a host like'),
            ('[host "*.1.2.3.4"]', "1: [host \"*.1.2.3.4\"]: no names are"),
            ("[host a]", "1: [host a]: a section is [host \"NAME\"]"),
            ('[user "a"]', '1: [user "a"]: a section is'),
            ('[host "a"] x', '1: [host "a"] x: a section is'),
            ('[host "a"]\ncookie = a=b', "2: cookie is not for a [host] "
             "section, which may have rate, parallel, header, user, "),
            ('[host "a"]\nfrob', "2: frob is not for a [host] section"),
            ('[host "a"]\nrate = 5', '2: rate "5": a unit is needed'),
            ('[host "a"]\nrate = 5 per second',
             "2: rate: white space in a value: leave it out (rate = 5/s)"),
            ('[host "a"]\n\nparallel = x', '3: parallel "x": '),
            ('[host "a"]\nuser = passw0rd', '2: user "***": a password'),
            ('[host "a"]\nproxy', "2: proxy needs a value: URL"),
            ('[host "a"]\nuser = a:b\noauth2-bearer = c', "3: user, oauth2-bearer and"),
            ('[host "a:80"]\nrate = 5/s', "2: rate and parallel are for all")):
        path = write(tmp, "k", text + "\n")
        done = run(tmp, "-K", path, "http://127.0.0.1:1/")
        assert done.returncode == 2, (text, done)
        assert ("k:" + message) in done.stderr.decode(), (text, done.stderr)
        assert b"passw0rd" not in done.stderr, done.stderr


@test
def sections_of_the_users_own_file_do_not_concern_commands_without_requests(
        tmp):
    os.makedirs(os.path.join(tmp, ".config/scrape"))
    write(tmp, ".config/scrape/config",
          '[host "a.example"]\noauth2-bearer = ${NO_SUCH}\n')
    write(tmp, "a.html", "<title>A</title>")
    done = run(tmp, "extract", "a.html")
    assert done.returncode == 0 and not done.stderr, done
    done = run(tmp, "a.html")
    assert b"config:2: the environment has no variable NO_SUCH" in \
        done.stderr, done
    path = write(tmp, "k", '[host "a.example"]\nrate = 5/s\n')
    done = run(tmp, "extract", "-q", "-K", path, "a.html")
    assert done.returncode == 2, done
    assert b"k:1: [host] sections are not for scrape extract" in done.stderr
