"""HTTP/1.1 for the mock API: requests in, answers out, connections kept. Made
for speed (one callback a request, nothing but asyncio's loop) and for being
told what to do wrong; http.server has a thread and several writes for each."""
import asyncio
import http
import socket
import struct
import time
import urllib.parse

MAX_HEAD, MAX_BODY = 1 << 16, 1 << 20
REASONS = {s.value: s.phrase for s in http.HTTPStatus}
BAD = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n" \
      b"Connection: close\r\n\r\n"


class Request:
    def __init__(self, head):
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.target, version = lines[0].split(" ")
        self.headers = {}
        for line in lines[1:]:
            name, colon, value = line.partition(":")
            if not colon:
                raise ValueError(line)
            self.headers[name.lower()] = value.strip()
        self.body = b""
        self.length = int(self.headers.get("content-length", 0))
        if (not 0 <= self.length <= MAX_BODY or version[:7] != "HTTP/1."
                or "transfer-encoding" in self.headers):
            raise ValueError(head)
        self.keep = (version == "HTTP/1.1" and
                     self.headers.get("connection", "").lower() != "close")
        self.path, _, self.query_text = self.target.partition("?")
        self.arrived = time.monotonic()

    def query(self):
        """Returns the parameters. If a name comes twice, its last value
        counts."""
        return dict(urllib.parse.parse_qsl(self.query_text,
                                           keep_blank_values=True))

    def form(self):
        return dict(urllib.parse.parse_qsl(self.body.decode("latin-1")))


class Answer:
    """status 0: the connection is reset instead."""

    def __init__(self, body, status=200, kind="application/json"):
        self.status = status
        self.body = body.encode() if isinstance(body, str) else body
        self.kind = kind
        self.fields = []
        self.delay = 0

    def add(self, name, value):
        self.fields.append("%s: %s\r\n" % (name, value))

    def bytes(self, request):
        head = "HTTP/1.1 %d %s\r\n%s" % (
            self.status, REASONS.get(self.status, "Odd"), "".join(self.fields))
        if not request.keep:
            head += "Connection: close\r\n"
        if self.status != 204:
            head += "Content-Type: %s\r\nContent-Length: %d\r\n" % (
                self.kind, len(self.body))
        head = head.encode() + b"\r\n"
        if request.method == "HEAD" or self.status == 204:
            return head
        return head + self.body


class Connection(asyncio.Protocol):
    """One request after the other; those that come early wait in the buffer."""

    def __init__(self, api):
        self.api = api
        self.data = b""
        self.request = None	# that is being answered
        self.timer = None

    def connection_made(self, transport):
        self.transport = transport

    def connection_lost(self, _):
        if self.timer:
            self.timer.cancel()
        if self.request:
            self.api.ended(self.request, None)
            self.request = None

    def data_received(self, data):
        self.data += data
        while self.data and not (self.request or
                                 self.transport.is_closing()):
            try:
                request = self.read()
            except ValueError:
                self.transport.write(BAD)
                self.transport.close()
                return
            if not request:
                return
            self.answer(request)

    def read(self):
        """A whole request; None: more is to come."""
        end = self.data.find(b"\r\n\r\n")
        if end < 0:
            if len(self.data) > MAX_HEAD:
                raise ValueError("head")
            return None
        request = Request(self.data[:end])
        end += 4
        if len(self.data) < end + request.length:
            if request.headers.get("expect", "").lower() == "100-continue":
                self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            return None
        request.body = self.data[end:end + request.length]
        self.data = self.data[end + request.length:]
        return request

    def answer(self, request):
        self.request = request
        self.api.began(request)
        answer = self.api.answer(request)
        if answer.delay:
            loop = asyncio.get_running_loop()
            self.timer = loop.call_later(answer.delay, self.later, answer)
        else:
            self.send(answer)

    def later(self, answer):
        self.send(answer)
        self.data_received(b"")

    def send(self, answer):
        request, self.request, self.timer = self.request, None, None
        self.api.ended(request, answer)
        if answer.status:
            self.transport.write(answer.bytes(request))
            if not request.keep:
                self.transport.close()
            return
        sock = self.transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                        struct.pack("ii", 1, 0))
        self.transport.abort()
