"""Archives (--warc-file) of many generated responses, with all forms that
HTTP/1.1 and HTTP/2 allow and that servers use. A part of tests/behaviour/run.
With more responses, and in all modes:

	ARCHIVE_PAGES=1000 tests/behaviour/run archive_pages
"""
import ctypes
import ctypes.util
import gzip
import json
import os
import random
import subprocess
import zlib

import harness
import warc
from __main__ import Skip, run, test
from archive import Bytes, Http2, files

PAGES = int(os.environ.get("ARCHIVE_PAGES", 0)) or 300
MODES = harness.MODES if "ARCHIVE_PAGES" in os.environ else ("async",)
WORDS = ["price", "wood", "<p>", "</p>", "<b>bold</b>", "<a href=/n>next</a>",
         "\u00e9t\u00e9", "\u4e16\u754c", "&amp;", "<td>1,99", "<!-- x -->"]


def library(name):
    path = ctypes.util.find_library(name)
    if not path:
        raise Skip("the library %s is not installed" % name)
    return ctypes.CDLL(path)


def brotli(data):
    size = ctypes.c_size_t(len(data) + 1024)
    out = ctypes.create_string_buffer(size.value)
    assert library("brotlienc").BrotliEncoderCompress(
        4, 22, 0, ctypes.c_size_t(len(data)), data, ctypes.byref(size), out)
    return out.raw[:size.value]


def zstd(data):
    packer = library("zstd")
    packer.ZSTD_compress.restype = ctypes.c_size_t
    room = len(data) + 1024
    out = ctypes.create_string_buffer(room)
    size = packer.ZSTD_compress(out, ctypes.c_size_t(room), data,
                                ctypes.c_size_t(len(data)), 3)
    assert size <= room, size
    return out.raw[:size]


CODINGS = {b"": bytes, b"gzip": gzip.compress, b"deflate": zlib.compress,
           b"br": brotli, b"zstd": zstd}
ODD = [b"X-Dup: %d\r\n", b"x-dup:%d\r\n", b"X-DUP:  %d \t\r\n",
       b"X-Folded: a%d\r\n b\r\n\tc\r\n", b"X-Latin: \xe9\xff%d\r\n",
       b"X-Utf8: \xe4\xb8\x96%d\r\n", b"X-Empty%d:\r\n",
       b"X-Long: %d" + b"v" * 3000 + b"\r\n", b"Link: </a%d>; rel=next\r\n",
       b"Set-Cookie: a=%d\r\n", b'ETag: W/"%d"\r\n']
EARLY = [b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n",
         b"HTTP/1.1 102 Processing\r\n\r\n"]
STATUS = [b"200 OK"] * 8 + [b"203 Not the origin's", b"404 Not here",
                            b"500 Oh no: \xe9"]


class Page:
    """A response: what is sent, and the block that must be stored."""

    def __init__(self, dice, number):
        self.dice, self.number = dice, number
        self.is_head = dice.random() < .08
        self.ends = False
        self.early = b"".join(dice.choices(EARLY, k=dice.choice([0, 0, 0, 1,
                                                                 2])))
        odd = b"".join(line % number if b"%d" in line else line
                       for line in dice.sample(ODD, dice.randrange(5)))
        if dice.random() < .1 and not self.is_head:
            self.make_empty(odd)
        else:
            self.make_full(odd)

    def make_empty(self, odd):
        self.coding, self.framing = b"", "none"
        status = self.dice.choice([b"204 No Content", b"304 Not Modified"])
        self.kept = b"HTTP/1.1 " + status + b"\r\n" + odd
        if status[:3] == b"304" and self.dice.random() < .5:
            self.kept += b"Content-Length: 1000\r\n"
        self.kept += b"\r\n"
        self.sent = self.early + self.kept

    def make_text(self):
        dice = self.dice
        kind = dice.choice(["html", "html", "html", "empty", "bytes"])
        if kind == "html":
            words = " ".join(dice.choices(WORDS, k=dice.randrange(1200)))
            return b"text/html; charset=utf-8", (
                "<title>%d</title>%s" % (self.number, words)).encode()
        if kind == "bytes":
            return (b"application/octet-stream",
                    dice.randbytes(dice.randrange(20000)))
        return dice.choice([b"text/html", b"text/plain"]), b""

    def make_full(self, odd):
        dice = self.dice
        kind, text = self.make_text()
        self.coding = dice.choice(list(CODINGS))
        body = CODINGS[self.coding](text)
        start = b"HTTP/1.1 %s\r\n%s: %s\r\n%s" % (
            dice.choice(STATUS), dice.choice(
                [b"Content-Type", b"content-type", b"CONTENT-TYPE"]), kind, odd)
        if self.coding:
            start += b"Content-Encoding: " + self.coding + b"\r\n"
        self.framing = dice.choice(["length", "chunked", "close"])
        length = b"Content-Length: %d\r\n" % len(body)
        chunks = b"Transfer-Encoding: chunked\r\n"
        if self.is_head or self.framing == "length":
            line = chunks if self.framing == "chunked" else length
            self.sent = self.kept = start + line + b"\r\n"
            if not self.is_head:
                self.sent = self.kept = self.kept + body
        elif self.framing == "chunked":
            self.sent = start + chunks + b"\r\n" + self.chunked(body)
            self.kept = start + b"X-Crawler-" + chunks + length + b"\r\n" + body
        else:
            self.ends = True
            self.sent = start + b"Connection: close\r\n\r\n" + body
            self.kept = self.sent
        self.sent = self.early + self.sent

    def chunked(self, body):
        dice, out, at = self.dice, b"", 0
        while at < len(body):
            size = dice.choice([1, 7, 100, 4096, 30000])
            part = body[at:at + size]
            name = dice.choice([b"%x", b"%X", b"000%x", b"%x;a=b",
                                b'%x ; q="x"'])
            out += name % len(part) + b"\r\n" + part + b"\r\n"
            at += size
        trailers = dice.choice([b"", b"", b"X-Sum: 1\r\nX-Sum: 2\r\n"])
        return out + b"0\r\n" + trailers + b"\r\n"


def make_pages(seed, count):
    dice = random.Random(seed)
    return {"/%d" % i: Page(dice, i) for i in range(count)}


def check_variety(pages):
    """Fails if the pages lack a variant that the test is about."""
    got = {(p.coding, p.framing) for p in pages.values() if not p.is_head}
    assert got >= {(coding, framing) for coding in CODINGS
                   for framing in ("length", "chunked", "close")}, got
    assert any(p.is_head for p in pages.values())
    every = b"".join(p.sent for p in pages.values())
    for part in (b" 204 ", b" 304 ", b" 103 ", b"0\r\nX-Sum", b"\r\n\tc",
                 b"\xe9\xff", b"X-DUP", b"Content-Length: 0\r\n"):
        assert part in every, part


def without_times(records):
    """Returns the records by number, without members that a replay changes."""
    found = {}
    for r in records:
        r.pop("warc", None)
        for name in ("time", "index", "fetched_at"):
            del r[name]
        number = r["url"].rpartition("/")[2]
        assert number not in found, number
        found[number] = r
    return found


def check_replay(tmp, live, prefix, *args):
    code, replayed, err = run(tmp, "extract", *args, *files(tmp, prefix))
    assert code == 0 and not err, err
    live, replayed = without_times(live), without_times(replayed)
    for number, r in live.items():
        assert r == replayed.get(number), (r, replayed.get(number))
    assert len(replayed) == len(live)


def check_archive(tmp, prefix):
    """Checks the archive with gzip, and returns its exchanges."""
    path, = files(tmp, prefix)
    subprocess.run(["gzip", "-t", path], check=True)
    return warc.pairs(warc.read(path))


SAME = ("--body", "--headers", "--links", "--select", "t=title")


def write_list(tmp, server, pages):
    with open(os.path.join(tmp, "list"), "w") as f:
        for path, page in pages.items():
            f.write(json.dumps({"url": server.url + path, "method":
                                "HEAD" if page.is_head else "GET"}) + "\n")


@test
def blocks_of_many_pages_are_the_bytes_sent_and_replay_gives_the_records(tmp):
    pages = make_pages(19, PAGES)
    check_variety(pages)
    answers = {path: (page.sent, page.ends) for path, page in pages.items()}
    for mode in MODES:
        with Bytes(answers) as server:
            write_list(tmp, server, pages)
            code, live, err = run(tmp, "--mode", mode, "--warc-file", mode,
                                  "--retry", "0", *SAME, "list")
            assert code == 0 and len(live) == len(pages), err
            assert not [r for r in live if r["error"]], live
        exchanges = check_archive(tmp, mode)
        assert len(exchanges) == len(pages)
        for request, response in exchanges:
            path = request.uri[len(server.url):]
            assert response.block == pages[path].kept, (path, response.block)
            assert [request.block] == server.requests[path], path
        check_replay(tmp, live, mode, *SAME)


class ManyHttp2(Http2):
    """A server of HTTP/2 that gives its pages in order, one per request."""

    def __init__(self, seed, count):
        super().__init__()
        dice = random.Random(seed)
        self.pages = [self.make_page(dice, n) for n in range(count)]
        self.given = 0

    @staticmethod
    def make_page(dice, number):
        coding = dice.choice(list(CODINGS))
        fields = [(b"content-type", b"text/html"), (b"x-number", b"%d" % number)]
        fields += dice.sample([(b"x-dup", b"1"), (b"x-dup", b"2"),
                               (b"x-latin", b"\xe9"), (b"x-empty", b"")], 2)
        if coding:
            fields.append((b"content-encoding", coding))
        text = "<title>%d</title>%s" % (
            number, " ".join(dice.choices(WORDS, k=dice.randrange(4000))))
        return fields, CODINGS[coding](text.encode())

    @staticmethod
    def kept(fields, body):
        return b"HTTP/1.1 200 OK\r\n" + b"".join(
            name + b": " + value + b"\r\n" for name, value in fields) \
            + b"\r\n" + body

    def reply(self, stream):
        fields, body = self.pages[self.given]
        self.given += 1
        block = b"\x88" + b"".join(
            b"\0%c%s%c%s" % (len(n), n, len(v), v) for n, v in fields)
        parts = [body[i:i + 16000] for i in range(0, len(body), 16000)]
        return self.frame(1, 4, stream, block) + b"".join(
            self.frame(0, 0, stream, part) for part in parts) \
            + self.frame(0, 1, stream)


@test
def blocks_of_many_pages_over_http_2_are_the_bytes_sent(tmp):
    count = PAGES // 10
    with ManyHttp2(2, count) as server:
        urls = [server.url + str(i) for i in range(count)]
        code, live, err = run(tmp, "--cacert", harness.CA, "-P", "1",
                              "--warc-file", "h2", "--warc-digests",
                              "sha256", "--retry", "0", *SAME,
                              *urls)
        assert code == 0, err
        assert {r["http_version"] for r in live} == {"2"}, live
        assert not [r for r in live if r["error"]], live
    exchanges = check_archive(tmp, "h2")
    assert [request.uri for request, _ in exchanges] == urls
    for (_, response), page in zip(exchanges, server.pages):
        assert response.block == server.kept(*page), response.block
        assert response.all("WARC-Protocol") == ["h2", "tls/1.3"]
    check_replay(tmp, live, "h2", *SAME)
