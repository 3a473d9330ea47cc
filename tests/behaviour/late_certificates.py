"""Servers that ask for a client certificate after the handshake. A part of
tests/behaviour/run."""
import contextlib
import os
import socket
import ssl
import subprocess
import threading
import time

from __main__ import run, test
import harness


class LateChecker(threading.Thread):
    """A TLS server that asks for a client certificate at the second request of
    a connection, by post-handshake authentication (TLS 1.3)."""

    def __init__(self, needs):
        super().__init__(daemon=True)
        self.strict = needs == ssl.CERT_REQUIRED
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(*(os.path.join(harness.CERTS, name) for
                                       name in ("server.pem", "server.key")))
        self.context.load_verify_locations(harness.CA)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_3
        self.context.post_handshake_auth = True
        self.context.verify_mode = needs
        self.asked = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = "https://localhost:%d/" % self.socket.getsockname()[1]
        self.start()

    def ask(self, tls):
        self.asked += 1
        tls.verify_client_post_handshake()
        if self.strict:
            tls.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            tls.recv(10000)

    def serve(self, tls):
        for number in range(100):
            if not tls.recv(10000):
                break
            if number == 1:
                self.ask(tls)
            tls.sendall(b"HTTP/1.1 204 No\r\n\r\n")

    def run(self):
        while True:
            plain = self.socket.accept()[0]
            with contextlib.suppress(OSError), plain, \
                    self.context.wrap_socket(plain, server_side=True) as tls:
                self.serve(tls)


class Renegotiator(threading.Thread):
    """A TLS 1.2 server that asks for a client certificate at the second
    request of its connection, by renegotiation (openssl s_server)."""

    def __init__(self):
        super().__init__(daemon=True)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.url = "https://localhost:%d/" % port
        self.process = subprocess.Popen(
            ["openssl", "s_server", "-accept", "127.0.0.1:%d" % port,
             "-tls1_2", "-naccept", "1",
             "-cert", os.path.join(harness.CERTS, "server.pem"),
             "-key", os.path.join(harness.CERTS, "server.key"),
             "-CAfile", harness.CA],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)
        while b"ACCEPT" not in self.process.stdout.readline():
            pass
        self.start()

    def say(self, what):
        self.process.stdin.write(what)
        self.process.stdin.flush()

    def run(self):
        requests = 0
        for line in self.process.stdout:
            if not line.startswith(b"GET "):
                continue
            requests += 1
            if requests == 2:
                self.say(b"R\n")
                # s_server sends the command as data if it arrives together
                # with other text.
                time.sleep(0.2)
            self.say(b"HTTP/1.1 204 No\r\n\r\n")

    def close(self):
        self.process.kill()
        self.process.wait()


def ask_in_turn(tmp, mode, url, count):
    """Requests URLs over one connection. Returns the records, in order."""
    code, records, _ = run(
        tmp, "--mode", mode, "--cacert", harness.CA, "--retry", "0",
        "--http1.1", "-P", "1", "--ordered",
        *[url + str(i) for i in range(count)])
    assert code == 0 and len(records) == count, (mode, records)
    return records


@test
def late_request_for_a_certificate_is_optional_or_an_error(tmp):
    polite, strict = LateChecker(ssl.CERT_OPTIONAL), \
        LateChecker(ssl.CERT_REQUIRED)
    for mode in harness.MODES:
        before = polite.asked
        records = ask_in_turn(tmp, mode, polite.url, 4)
        assert [r["status"] for r in records] == [204] * 4, (mode, records)
        assert polite.asked > before or mode == "threads", mode
        records = ask_in_turn(tmp, mode, strict.url, 2)
        assert records[0]["status"] == 204, (mode, records)
        # Either the alert or the closed connection is seen first.
        assert records[1]["error"]["kind"] in ("http", "tls"), (mode, records)


@test
def server_that_renegotiates_is_answered(tmp):
    for mode in harness.MODES:
        server = Renegotiator()
        try:
            records = ask_in_turn(tmp, mode, server.url, 3)
        finally:
            server.close()
        assert [r["status"] for r in records] == [204] * 3, (mode, records)
