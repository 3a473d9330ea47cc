"""Archives of what was sent and received (--warc-file). A part of
tests/behaviour/run."""
import contextlib
import glob
import gzip
import os
import socket
import ssl
import struct
import threading
import zlib

import harness
import warc
from __main__ import run, test
from harness import MODES

HTML = b"Content-Type: text/html\r\n"
PAGE = b"<title>Page</title>" + b"<p>text</p>" * 40
GZIP = gzip.compress(PAGE)
# Streams with the bytes as they are: of Brotli (RFC 7932) and zstd (RFC 8878).
BROTLI = b"\x0b\x02\x80hello\x03"
ZSTD = (b"\x28\xb5\x2f\xfd\x60" + struct.pack("<H", len(PAGE) - 256)
        + struct.pack("<I", len(PAGE) << 3 | 1)[:3] + PAGE)


class Bytes:
    """A server that answers each path with given bytes, and keeps what it was
    sent. One connection serves several requests unless the answer ends it."""

    def __init__(self, answers, tls=False):
        self.answers, self.requests = answers, {}
        self.tls = tls
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.url = "http%s://127.0.0.1:%d" % ("s" if tls else "", self.port)

    def __enter__(self):
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.socket.close()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                peer, _ = self.socket.accept()
                threading.Thread(target=self.serve, args=(peer,),
                                 daemon=True).start()

    def serve(self, peer):
        with contextlib.suppress(OSError), peer, peer.makefile("rb") as lines:
            while True:
                head = b""
                while not head.endswith(b"\r\n\r\n"):
                    line = lines.readline()
                    if not line:
                        return
                    head += line
                path = head.split(b" ")[1].decode()
                size = [int(x.split(b":")[1]) for x in head.split(b"\r\n")
                        if x.lower().startswith(b"content-length:")]
                body = lines.read(size[0]) if size else b""
                self.requests.setdefault(path, []).append(head + body)
                answer, ends = self.answers[path.partition("?")[0]]
                peer.sendall(answer)
                if ends:
                    return


def chunked(data, trailers=b""):
    half = len(data) // 2
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(part), part)
                    for part in (data[:half], data[half:]) if part) \
        + b"0\r\n" + trailers + b"\r\n"


def answer(head, body=b"", ends=False):
    return (head + b"\r\n" + body, ends)


def sized(body, more=b"", status=b"200 OK"):
    return answer(b"HTTP/1.1 %s\r\n%s%sContent-Length: %d\r\n" % (
        status, HTML, more, len(body)), body)


CHUNKED = b"HTTP/1.1 200 OK\r\n" + HTML + b"Transfer-Encoding: chunked\r\n"
ODD = (b"HTTP/1.1 200 Fine  by me\r\nX-Dup: 1\r\nx-dup:2\r\nX-Dup:   3  \r\n"
       b"X-Folded: a\r\n  b\r\n\tc\r\nX-Latin: \xe9\xff\r\n"
       b"CONTENT-type: text/html\r\nContent-Length: %d\r\n" % len(PAGE))

ANSWERS = {
    "/plain": sized(PAGE),
    "/gzip": sized(GZIP, b"Content-Encoding: gzip\r\n"),
    "/deflate": sized(zlib.compress(PAGE), b"Content-Encoding: deflate\r\n"),
    "/br": sized(BROTLI, b"Content-Encoding: br\r\n"),
    "/zstd": sized(ZSTD, b"Content-Encoding: zstd\r\n"),
    "/chunked": answer(CHUNKED, chunked(PAGE)),
    "/chunked-br": answer(CHUNKED + b"Content-Encoding: br\r\n",
                          chunked(BROTLI)),
    "/chunked-zstd": answer(CHUNKED + b"Content-Encoding: zstd\r\n",
                            chunked(ZSTD)),
    "/chunked-gzip": answer(
        CHUNKED + b"Content-Encoding: gzip\r\n", chunked(GZIP)),
    "/trailers": answer(CHUNKED, chunked(PAGE, b"X-Sum: 1\r\nX-Odd: 2\r\n")),
    "/empty": sized(b""),
    "/until-close": answer(b"HTTP/1.0 200 OK\r\n" + HTML, PAGE, True),
    "/204": answer(b"HTTP/1.1 204 No Content\r\nX-A: b\r\n"),
    "/304": answer(b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n'
                   b"Content-Length: 100\r\n"),
    "/1xx": (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
             b"HTTP/1.1 102 Processing\r\n\r\n" + sized(PAGE)[0], False),
    "/odd": answer(ODD, PAGE),
    "/binary": sized(bytes(range(256)) * 9),
    "/robots.txt": sized(b"", status=b"404 Not Found"),
    "/404": sized(PAGE, status=b"404 Not here"),
    "/500": sized(PAGE, status=b"500 Internal Server Error"),
    "/large": sized(bytes(range(256)) * 8192),
    "/large-chunked": answer(CHUNKED, chunked(PAGE * 3000)),
}


def stored_form(sent):
    """Returns the block that must be stored for the bytes that were sent: only
    the transfer coding differs."""
    while sent.startswith(b"HTTP/1.1 1"):
        sent = sent.partition(b"\r\n\r\n")[2]
    head, _, body = sent.partition(b"\r\n\r\n")
    if b"Transfer-Encoding" not in head:
        return sent
    plain = b""
    while not body.startswith(b"0\r\n"):
        size, _, body = body.partition(b"\r\n")
        size = int(size.partition(b";")[0], 16)
        plain, body = plain + body[:size], body[size + 2:]
    return (head.replace(b"Transfer-Encoding", b"X-Crawler-Transfer-Encoding")
            + b"\r\nContent-Length: %d\r\n\r\n" % len(plain) + plain)


def files(tmp, prefix="a"):
    return sorted(glob.glob(os.path.join(tmp, prefix + "-[0-9]*.warc*")))


def archived(tmp, *args, code=0, prefix="a"):
    """Runs the program. Returns its records and those of the only file."""
    got, out, err = run(tmp, "--warc-file", prefix, "--retry", "0", *args)
    assert got == code, (got, err)
    path, = files(tmp, prefix)
    return out, warc.read(path)


@test
def blocks_are_the_bytes_that_were_sent_and_received_in_each_mode(tmp):
    for mode in MODES:
        with Bytes(ANSWERS) as server:
            urls = [server.url + path for path in ANSWERS]
            out, records = archived(tmp, "--mode", mode, *urls, prefix=mode)
            assert len(out) == len(urls)
            assert not [r for r in out if r["error"]], out
            found = {request.uri: (request, response)
                     for request, response in warc.pairs(records)}
            assert sorted(found) == sorted(urls)
            for path, (sent, _) in ANSWERS.items():
                request, response = found[server.url + path]
                assert response.block == stored_form(sent), (path, response)
                assert [request.block] == server.requests[path], path
                assert request["WARC-IP-Address"] == "127.0.0.1"
                version = "http/1.0" if path == "/until-close" else "http/1.1"
                assert response.all("WARC-Protocol") == [version]
                assert not response["WARC-Truncated"], path


@test
def archive_begins_with_what_made_it(tmp):
    with Bytes(ANSWERS) as server:
        _, records = archived(
            tmp, "--no-warc-compression", "--warc-digests", "sha256", "-u",
            "me:very-secret", "--warc-header", "operator: Me <me@x.example>",
            "--robots", server.url + "/404")
    info = records[0]
    assert info["WARC-Filename"] == "a-00000.warc"
    assert info["Content-Type"] == "application/warc-fields"
    assert info["WARC-Block-Digest"].startswith("sha256:")
    fields = dict(line.split(": ", 1)
                  for line in info.block.decode().strip().split("\r\n"))
    assert fields["software"].startswith("scrape/")
    assert fields["format"] == "WARC File Format 1.1"
    assert fields["conformsTo"].endswith("/warc-1.1/")
    assert fields["robots"] == "obey"
    assert fields["http-header-user-agent"].startswith("scrape/")
    assert fields["operator"] == "Me <me@x.example>"
    assert "--warc-file a" in fields["arguments"], fields
    assert "very-secret" not in info.block.decode()


@test
def secrets_of_requests_are_stored_only_if_asked_for(tmp):
    with Bytes(ANSWERS) as server:
        args = ("-u", "me:very-secret", "-b", "sid=tasty-cookie", "-H",
                "X-Api-Key: hidden-key", "-H", "X-Other: seen", "-H",
                "Referer: http://me:hidden-pw@from.example/",
                server.url + "/plain")
        _, hidden = archived(tmp, *args)
        _, kept = archived(tmp, "--warc-secrets", *args, prefix="b")
        sent = server.requests["/plain"][0]
    (request, _), = warc.pairs(hidden)
    for line in (b"Authorization: ...", b"Cookie: ...", b"X-Api-Key: ...",
                 b"Referer: ...", b"X-Other: seen", b"Host: 127.0.0.1:%d" % server.port):
        assert b"\r\n%s\r\n" % line in request.block, request.block
    assert b"tasty" not in request.block and b"hidden" not in request.block
    assert b"hidden" not in hidden[0].block, hidden[0].block
    assert request.block.count(b"\r\n") == sent.count(b"\r\n")
    (request, _), = warc.pairs(kept)
    assert request.block == sent, request.block


@test
def redirects_bodies_and_heads_are_exchanges_of_their_own(tmp):
    answers = dict(ANSWERS)
    answers["/a"] = answer(b"HTTP/1.1 302 Found\r\nLocation: /plain\r\n"
                           b"Content-Length: 0\r\n")
    answers["/head"] = answer(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n"
                              b"Transfer-Encoding: chunked\r\n")
    with Bytes(answers) as server:
        _, records = archived(tmp, server.url + "/a")
        _, post = archived(tmp, "-d", "a=1&b=2", server.url + "/plain",
                           prefix="b")
        _, head = archived(tmp, "-I", server.url + "/head", prefix="c")
        none, _ = run(tmp, "--warc-file", "d", "--retry", "0",
                      "http://127.0.0.1:1/")[:2]
    assert [request.uri for request, _ in warc.pairs(records)] == [
        server.url + "/a", server.url + "/plain"]
    assert warc.pairs(records)[0][1].block == answers["/a"][0]
    (request, _), = warc.pairs(post)
    assert request.block.endswith(b"\r\n\r\na=1&b=2"), request.block
    assert request.block.startswith(b"POST /plain HTTP/1.1\r\n")
    (request, response), = warc.pairs(head)
    assert response.block == answers["/head"][0], response.block
    assert request.block.startswith(b"HEAD ")
    path, = files(tmp, "d")
    assert none == 0 and len(warc.read(path)) == 1


class Http2:
    """A server of HTTP/2 that answers each request with the same page; it does
    not have to understand the requests."""
    FIELDS = [(b"content-type", b"text/html"), (b"X-Odd", b"1"),
              (b"x-odd", b"2")]

    def __init__(self):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(
            os.path.join(harness.CERTS, "server.pem"),
            os.path.join(harness.CERTS, "server.key"))
        self.context.set_alpn_protocols(["h2"])
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = "https://localhost:%d/" % self.socket.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.socket.close()

    @staticmethod
    def frame(kind, flags, stream, data=b""):
        return struct.pack(">I", len(data))[1:] + struct.pack(
            ">BBI", kind, flags, stream) + data

    def serve(self):
        with contextlib.suppress(OSError):
            plain, _ = self.socket.accept()
            with self.context.wrap_socket(plain, server_side=True) as peer:
                self.talk(peer, peer.makefile("rb"))

    def talk(self, peer, lines):
        lines.read(24)
        peer.sendall(self.frame(4, 0, 0))
        while True:
            head = lines.read(9)
            if len(head) < 9:
                return
            size, kind, flags, stream = struct.unpack(">IBBI", b"\0" + head)
            lines.read(size)
            if kind == 4 and not flags:
                peer.sendall(self.frame(4, 1, 0))
            if kind == 1:
                peer.sendall(self.reply(stream))

    def reply(self, stream):
        fields = b"\x88" + b"".join(
            b"\0%c%s%c%s" % (len(n), n.lower(), len(v), v)
            for n, v in self.FIELDS)
        return (self.frame(1, 4, stream, fields)
                + self.frame(0, 1, stream, PAGE))


@test
def http_2_is_stored_as_http_1_1_with_its_protocol(tmp):
    with Http2() as server:
        _, records = archived(tmp, "--cacert", harness.CA, server.url)
    (request, response), = warc.pairs(records)
    assert response.block == (b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n"
                              b"x-odd: 1\r\nx-odd: 2\r\n\r\n" + PAGE)
    assert response.all("WARC-Protocol") == ["h2", "tls/1.3"], response.fields
    assert request.block.startswith(b"GET / HTTP/1.1\r\n"), request.block


@test
def incomplete_bodies_are_stored_with_the_reason(tmp):
    answers = {
        "/long": sized(PAGE * 9),
        "/endless": answer(CHUNKED, chunked(PAGE * 9)),
        "/cut": (sized(PAGE)[0][:-100], True),
        "/slow": (sized(PAGE)[0][:-100], False),
        "/torn-head": (b"HTTP/1.1 200 OK\r\nX-A", True),
    }
    with Bytes(answers) as server:
        _, records = archived(tmp, "--max-filesize", "1000", "-m", "0.5", *(
            server.url + path for path in answers))
    found = {response.uri.rpartition("/")[2]: response
             for _, response in warc.pairs(records)}
    assert {name: r["WARC-Truncated"] for name, r in found.items()} == {
        "long": "length", "endless": "length", "cut": "disconnect",
        "slow": "time"}
    assert found["long"].body == b""
    assert found["slow"].block == answers["/slow"][0]
    assert found["cut"].block == answers["/cut"][0]


@test
def archive_goes_on_in_another_file_when_one_is_full(tmp):
    with Bytes(ANSWERS) as server:
        urls = [server.url + "/binary?%d" % i for i in range(9)]
        code, _, err = run(tmp, "--warc-file", "a", "--warc-max-size", "3000",
                           "--warc-file", "a", "--no-warc-compression", *urls)
        assert code == 0, err
        paths = files(tmp)
        records = [warc.read(path) for path in paths]
        assert len(paths) > 2, paths
        assert paths[2].endswith("/a-00002.warc"), paths
        assert sorted(request.uri for each in records
                      for request, _ in warc.pairs(each)) == urls
        # Another run adds files, and leaves those that exist alone.
        with open(paths[0], "rb") as f:
            before = f.read()
        code, _, err = run(tmp, "--warc-file", "a", "--no-warc-compression",
                           urls[0])
        with open(paths[0], "rb") as f:
            assert f.read() == before
        assert len(files(tmp)) == len(paths) + 1


@test
def full_disk_ends_the_run_with_whole_records(tmp):
    with Bytes(ANSWERS) as server:
        urls = [server.url + "/binary?%d" % i for i in range(40)]
        for mode in MODES:
            code, out, err = run(
                tmp, "--mode", mode, "--warc-file", mode, *urls,
                preexec_fn=lambda: harness.limit_files(12000))
            assert code == 3, (code, err)
            assert "archive" in err and "too large" in err, err
            path, = files(tmp, mode)
            stored = {request.uri
                      for request, _ in warc.pairs(warc.read(path))}
            assert stored and stored >= {r["url"] for r in out}, (mode, err)


@test
def options_of_archives_need_an_archive(tmp):
    for args in (["--warc-digests", "sha256"], ["--warc-secrets"],
                 ["--warc-header", "a: b"], ["--warc-max-size", "1M"],
                 ["--no-warc-compression"]):
        code, _, err = run(tmp, *args, "http://127.0.0.1:1/")
        assert code == 2 and "--warc-file" in err, (args, code, err)
    for args in (["--warc-digests", "md5"], ["--warc-header", "a"]):
        code, _, err = run(tmp, "--warc-file", "a", *args,
                           "http://127.0.0.1:1/")
        assert code == 2 and "must be" in err, (args, code, err)
    code, _, err = run(tmp, "--warc-file", "none/a", "http://127.0.0.1:1/")
    assert code == 3 and "none/a" in err, (code, err)


@test
def crawl_stores_robots_txt_sitemaps_and_pages(tmp):
    answers = {
        "/robots.txt": sized(b"User-agent: *\nDisallow: /no\n"),
        "/sitemap.xml": sized(b"<urlset></urlset>"),
        "/": sized(b'<a href="/a">a</a><a href="/no">no</a>'),
        "/a": sized(PAGE),
    }
    for mode in MODES:
        with Bytes(answers) as server:
            code, out, err = run(tmp, "crawl", "--mode", mode, "--warc-file",
                                 mode, server.url + "/")
            assert code == 0, err
            path, = files(tmp, mode)
            stored = [request.uri for request, _ in
                      warc.pairs(warc.read(path))]
            assert sorted(stored) == sorted(
                server.url + path for path in answers), stored
            assert stored[0] == server.url + "/robots.txt"
            assert sorted(r["url"] for r in out) == [
                server.url + "/", server.url + "/a"]
