"""Tests the meaning of the answers to a request for robots.txt: each row of
the first table in docs/ROBOTS.md. A part of tests/behaviour/run."""
import contextlib
import gzip
import os
import re
import socket
import struct
import threading

import harness
from __main__ import run, test

MODES = harness.MODES
RULES = b"User-agent: *\nDisallow: /no\n"
KIB = 1024


def reply(status, body=b"", *headers):
    return b"\r\n".join([b"HTTP/1.1 %d x" % status,
                         b"Content-Length: %d" % len(body), *headers,
                         b"Connection: close", b"", body])


def redirect(status, to):
    return reply(status, b"", b"Location: " + to.encode())


def padded(rules_at):
    """Rules behind a comment that fills the bytes before."""
    return b"#".ljust(rules_at - 1, b"x") + b"\n" + RULES


class Origin:
    """A server that answers as the row says. Redirects lead to /1, /2 ..., and
    the last word is the answer at the end of the chain."""

    def __init__(self, row):
        self.row = row
        first = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = first.getsockname()[1]
        self.listening = [first]
        if "another host" in row:
            self.listening.append(
                socket.create_server(("127.0.0.2", self.port)))
        for s in self.listening:
            threading.Thread(target=self.accept, args=(s,),
                             daemon=True).start()

    def accept(self, listening):
        while True:
            try:
                c, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(c,), daemon=True).start()

    def serve(self, c):
        with c, contextlib.suppress(OSError):
            request = c.recv(65536)
            if not request.startswith(b"GET "):
                return  # TLS
            path = request.split(b" ")[1].decode()
            if path in ("/yes", "/no"):
                c.sendall(reply(200, b"page"))
            else:
                self.answer(c, path)

    def answer(self, c, path):
        hop = 0 if path == "/robots.txt" else int(path[1:])
        chain = self.row.split(" -> ")
        times = re.fullmatch(r"(\d+) x (.*)", chain[0])
        if times:
            chain[:1] = [times[2]] * int(times[1])
        what = chain[hop]
        if hop + 1 < len(chain):
            host = "127.0.0.2" if "another host" in what else "127.0.0.1"
            c.sendall(redirect(int(what[:3]), "http://%s:%d/%d" % (
                host, self.port, hop + 1)))
        else:
            ANSWERS.get(what, plain_status)(c, what)


def plain_status(c, what):
    status = int(what)
    c.sendall(reply(status, RULES if status not in (204, 304) else b""))


def send(*parts):
    def answer(c, _):
        for part in parts:
            c.sendall(part)
    return answer


def send_without_end(c, _):
    c.sendall(b"HTTP/1.1 200 x\r\n\r\n" + RULES)
    while True:
        c.sendall(b"# and so on\n" * 1000)


def reset(c, _):
    c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


PACKED = gzip.compress(RULES, mtime=0)

ANSWERS = {
    "200, Content-Type: text/html":
        send(reply(200, RULES, b"Content-Type: text/html")),
    "200, empty": send(reply(200)),
    "200, an HTML page": send(reply(200, b"<!DOCTYPE html><p>Not found")),
    "200, chunked": send(
        b"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"%x\r\n%s\r\n0\r\n\r\n" % (len(RULES), RULES)),
    "200, gzip": send(reply(200, PACKED, b"Content-Encoding: gzip")),
    "200, broken gzip":
        send(reply(200, PACKED[:15] + b"x" * 20, b"Content-Encoding: gzip")),
    "200, cut off": send(b"HTTP/1.1 200 x\r\nContent-Length: 999\r\n\r\n"
                         + RULES),
    "200, rules in the first 500 KiB":
        send(reply(200, padded(500 * KIB - len(RULES)) + b"#" * KIB)),
    "200, rules behind 500 KiB": send(reply(200, padded(501 * KIB))),
    "200, without end": send_without_end,
    "301, no Location": send(reply(301)),
    "302, Location: /robots.txt": send(redirect(302, "/robots.txt")),
    "302, Location: ftp://127.0.0.1/": send(redirect(302, "ftp://127.0.0.1/")),
    "429, Retry-After: 1": send(reply(429, b"", b"Retry-After: 1")),
    "not HTTP": send(b"220 smtp.example ESMTP\r\n"),
    "connection closed": send(),
    "connection reset": reset,
    "no answer": lambda c, _: c.recv(1),
}


def rows():
    """Returns (response, verdict) of each row."""
    path = os.path.join(harness.ROOT, "docs", "ROBOTS.md")
    with open(path, encoding="utf-8") as f:
        found = re.findall(r"^\| `([^`]*)` \| (rules|all|nothing) \|",
                           f.read(), re.M)
    assert len(found) >= 40, len(found)
    return found


def base_url(row, origin):
    if row == "connection refused":
        return "http://127.0.0.1:1"
    if row == "name without address":
        return "http://robots.invalid:%d" % origin.port
    if row == "TLS fails":
        return "https://127.0.0.1:%d" % origin.port
    return "http://127.0.0.1:%d" % origin.port


# Whether /yes and /no are requested.
VERDICTS = {"rules": [True, False], "all": [True, True],
            "nothing": [False, False]}


@test
def answers_for_robots_txt_mean_what_the_documentation_says(tmp):
    table = rows()
    origins = [Origin(row) for row, _ in table]
    try:
        for mode in MODES:
            # The one without an answer alone: it ends when time is up.
            for silent in (False, True):
                asked = [(row, verdict, base_url(row, origin))
                         for (row, verdict), origin in zip(table, origins)
                         if (row == "no answer") == silent]
                code, records, err = run(
                    tmp, "--mode", mode, "--robots", "--retry", "0", "-P",
                    "64", "-m", "1" if silent else "60", "-",
                    lines=[url + path for _, _, url in asked
                           for path in ("/yes", "/no")])
                assert len(records) == 2 * len(asked), err
                by_index = {r["index"]: (r["error"] or {"kind": None})["kind"]
                            for r in records}
                for i, (row, verdict, _) in enumerate(asked):
                    got = [by_index[2 * i + j] != "robots" for j in (0, 1)]
                    assert got == VERDICTS[verdict], (mode, row, verdict, got)
    finally:
        for origin in origins:
            for s in origin.listening:
                s.close()
