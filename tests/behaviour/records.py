"""Tests of what a record says about its response: when it came, from where, by
which redirects, and with which certificate. A part of tests/behaviour/run."""
import contextlib
import datetime
import os
import socket
import ssl
import subprocess
import threading
import time

import harness
import pages
from __main__ import REFUSED, behaviour, nginx, run, test

MODES = harness.MODES


def unix_time(text):
    assert len(text) == len("2026-01-31T10:30:00.087Z") and text[-1] == "Z"
    return datetime.datetime.fromisoformat(text[:-1] + "+00:00").timestamp()


def redirect(status, to):
    return ('send "HTTP/1.1 %d Found\\r\\nLocation: %s\\r\\n'
            'Content-Length: 0\\r\\n\\r\\n"\n' % (status, to))


def redirected(tmp, server, mode):
    login = "127.0.0.1:%d/" % server.a
    behaviour(tmp, "first", redirect(301, "second?a=1"))
    behaviour(tmp, "second", redirect(
        302, "http://u:secret@localhost:%d/third" % server.b))
    behaviour(tmp, "third", redirect(307, "/late"))
    behaviour(tmp, "late", 'sleep 300\nsend "HTTP/1.0 200 OK\\r\\n\\r\\nx"\n'
                           "close\n")
    behaviour(tmp, "nowhere", redirect(308, REFUSED))
    before = time.time()
    code, records, err = run(
        tmp, "--mode", mode, "--ordered", "--retry", "0",
        "http://u:secret@%sfirst" % login, server.url("nowhere"), REFUSED,
        "no-scheme://x/")
    assert code == 0, (code, err)
    return before, time.time(), records


@test
def record_says_when_and_how_its_response_came(tmp):
    with harness.Server(tmp) as server:
        a, b = ("%s:%d" % x for x in (("http://127.0.0.1", server.a),
                                      ("http://localhost", server.b)))
        for mode in MODES:
            before, after, records = redirected(tmp, server, mode)
            first, nowhere, refused, other = records
            at = unix_time(first["fetched_at"])
            # Milliseconds are rounded down.
            assert before + 0.29 < at < after, (mode, before, at, after)
            assert first["redirects"] == [
                {"status": 301, "url": a + "/first"},
                {"status": 302, "url": a + "/second?a=1"},
                {"status": 307, "url": b + "/third"}], first
            assert first["final_url"] == b + "/late"
            assert first["ip"] == "127.0.0.1" and \
                first["http_version"] == "1.0", first
            assert nowhere["redirects"] == [
                {"status": 308, "url": a + "/nowhere"}], nowhere
            assert refused["redirects"] == [] and other["redirects"] is None
            assert all(r[name] is None for r in (nowhere, refused, other)
                       for name in ("fetched_at", "ip", "http_version"))
            names = list(first)
            assert names[names.index("time") + 1:names.index("title")] == [
                "fetched_at", "redirects", "ip", "http_version"], names


@test
def retried_request_has_the_redirects_of_its_last_attempt(tmp):
    behaviour(tmp, "start", redirect(302, "/flaky"))
    behaviour(tmp, "flaky", "reply 503\n")
    with harness.Server(tmp) as server:
        code, records, err = run(tmp, "--retry", "1", server.url("start"))
    assert code == 0 and records[0]["attempts"] == 2, (records, err)
    assert len(records[0]["redirects"]) == 1, records


@test
def http_2_is_version_2(tmp):
    with nginx(tmp, pages.NGINX_HTTP2) as port:
        code, records, err = run(tmp, "--cacert", harness.CA,
                                 "https://localhost:%d/1" % port)
        _, older, _ = run(tmp, "--cacert", harness.CA, "--http1.1",
                          "https://localhost:%d/1" % port)
    assert code == 0 and records[0]["http_version"] == "2", (records, err)
    assert older[0]["http_version"] == "1.1", older


# --- Certificates --------------------------------------------------------------

class TlsServer(threading.Thread):
    """Answers any number of requests on each connection."""

    def __init__(self, name, versions=None):
        super().__init__(daemon=True)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(name + ".pem", name + ".key")
        if versions:
            self.context.maximum_version = versions
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = "https://localhost:%d/" % self.socket.getsockname()[1]
        self.connections = 0
        self.start()

    def serve(self, plain):
        with contextlib.suppress(OSError), plain, \
                self.context.wrap_socket(plain, server_side=True) as tls:
            while tls.recv(10000):
                tls.sendall(b"HTTP/1.1 204 No\r\n\r\n")

    def run(self):
        while True:
            plain = self.socket.accept()[0]
            self.connections += 1
            threading.Thread(target=self.serve, args=(plain,),
                             daemon=True).start()


def end_of(path):
    text = subprocess.run(
        ["openssl", "x509", "-in", path, "-noout", "-enddate", "-dateopt",
         "iso_8601"], check=True, capture_output=True, text=True).stdout
    return text.strip().partition("=")[2].replace(" ", "T")


def days_until(end):
    left = datetime.datetime.fromisoformat(
        end.replace("Z", "+00:00")).timestamp() - time.time()
    return int(left // 86400)


@test
def tls_info_is_the_servers_certificate(tmp):
    path = os.path.join(harness.CERTS, "server")
    server = TlsServer(path)
    end = end_of(path + ".pem")
    for mode in MODES:
        code, records, err = run(
            tmp, "--mode", mode, "--tls-info", "--cacert", harness.CA,
            "--parallel-max", "1", lines=[server.url] * 5)
        assert code == 0, err
        for r in records:
            # The day may end during the test.
            assert r["tls"].pop("days_left") - days_until(end) in (0, 1), r
            assert r["tls"] == {
                "version": "TLSv1.3", "not_after": end,
                "issuer": "CN=scrape test authority",
                "subject": "CN=server"}, (mode, r)
            assert list(r)[list(r).index("http_version") + 1] == "tls", r
    out = subprocess.run(
        [harness.SCRAPE, "--tls-info", "--cacert", harness.CA, "--format",
         "csv", "--columns", "status,tls_days_left,tls.subject,tls_version",
         server.url], cwd=tmp, env=harness.environment(tmp), check=True,
        capture_output=True, text=True).stdout.split()
    assert out[0] == "status,tls_days_left,tls.subject,tls_version", out
    status, days, *rest = out[1].split(",")
    assert status == "204" and days_until(end) - int(days) in (0, -1), out
    assert rest == ["CN=server", "TLSv1.3"], out
    # Connections are used again, and have the same values then.
    assert server.connections < 5 * len(MODES), server.connections


@test
def tls_info_is_null_without_tls_and_for_what_is_not_trusted(tmp):
    behaviour(tmp, "plain", "reply 200\n")
    expired = TlsServer(os.path.join(harness.CERTS, "expired"),
                        ssl.TLSVersion.TLSv1_2)
    with harness.Server(tmp) as server:
        behaviour(tmp, "away", redirect(302, server.url("plain")))
        away = "https://localhost:%d/away" % server.c
        lines = [server.url("plain"), away, expired.url, REFUSED]
        _, records, _ = run(tmp, "--tls-info", "--retry", "0", "--ordered",
                            "--cacert", harness.CA, lines=lines)
        _, trusting, _ = run(tmp, "--tls-info", "-k", expired.url)
    assert [r["tls"] for r in records] == [None] * 4, records
    assert records[1]["ok"] and records[2]["error"]["kind"] == "tls", records
    tls = trusting[0]["tls"]
    assert tls["version"] == "TLSv1.2" and tls["days_left"] < 0, tls


class Proxy(threading.Thread):
    """Connects tunnels (CONNECT) to this machine, whatever their host, and
    answers other requests itself."""

    def __init__(self, address):
        super().__init__(daemon=True)
        self.socket = socket.create_server((address, 0))
        self.url = "http://%s:%d" % self.socket.getsockname()
        self.start()

    @staticmethod
    def copy(source, to):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                to.sendall(data)
            to.shutdown(socket.SHUT_WR)

    def serve(self, client):
        with contextlib.suppress(OSError), client:
            method, target = client.recv(10000).split()[:2]
            if method != b"CONNECT":
                client.sendall(b"HTTP/1.0 204 No\r\n\r\n")
                return
            port = int(target.decode().partition(":")[2])
            with socket.create_connection(("127.0.0.1", port)) as server:
                client.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
                threading.Thread(target=self.copy, args=(server, client),
                                 daemon=True).start()
                self.copy(client, server)

    def run(self):
        while True:
            threading.Thread(target=self.serve, daemon=True,
                             args=(self.socket.accept()[0],)).start()


@test
def through_a_proxy_ip_is_the_proxys_and_tls_the_servers(tmp):
    proxy = Proxy("127.0.0.5")
    server = TlsServer(os.path.join(harness.CERTS, "elsewhere"))
    url = server.url.replace("localhost", "elsewhere.test")
    for mode in MODES:
        code, records, err = run(
            tmp, "--mode", mode, "--ordered", "--tls-info", "--cacert",
            harness.CA, "-x", proxy.url, url, "http://shop.test/")
        assert code == 0 and [r["status"] for r in records] == [204, 204], (
            mode, records, err)
        assert [r["ip"] for r in records] == ["127.0.0.5"] * 2, records
        assert [r["http_version"] for r in records] == ["1.1", "1.0"], records
        assert records[0]["tls"]["subject"] == "CN=elsewhere", records
        assert records[1]["tls"] is None, records


UTF8, T61 = b"\x0c", b"\x14"


def hostile_certificate(tmp, kind, raw):
    """Returns a certificate. If raw is given, raw is its common name, as a
    string of that type (ASN.1)."""
    path = os.path.join(tmp, "hostile")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-utf8", "-subj",
         "/O=a, b/CN=" + "X" * len(raw), "-keyout", path + ".key", "-out",
         path + ".pem"], check=True, capture_output=True)
    with open(path + ".pem", encoding="ascii") as f:
        der = ssl.PEM_cert_to_DER_cert(f.read())
    text = UTF8 + bytes([len(raw)]) + b"X" * len(raw)
    assert der.count(text) == 2
    # The signature is wrong now, which -k does not look at.
    with open(path + ".pem", "w", encoding="ascii") as f:
        f.write(ssl.DER_cert_to_PEM_cert(
            der.replace(text, kind + text[1:2] + raw)))
    return path


@test
def hostile_names_in_certificates_are_escaped(tmp):
    for kind, raw, expected in (
            (UTF8, b"a\x00b\x1b[31m\n\"\\", "a\\00b\\1B[31m\\0A\\\"\\\\"),
            (UTF8, "\u00fc\u20ac\u0085\u202e".encode(),
             "\u00fc\u20ac\u0085\u202e"),
            (T61, b"\xff\xc3\x80bad", "\u00ff\u00c3\u0080bad")):
        server = TlsServer(hostile_certificate(tmp, kind, raw))
        for mode in MODES:
            code, records, err = run(tmp, "--mode", mode, "--tls-info", "-k",
                                     server.url, server.url)
            assert code == 0 and not err, (mode, raw, err)
            assert [r["tls"]["subject"] for r in records] == [
                "CN=" + expected + ",O=a\\, b"] * 2, (mode, records)
