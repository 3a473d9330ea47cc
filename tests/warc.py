"""Reads WARC files strictly, for tests: each record a gzip member of its own,
digests that are right, and no byte between records. Independent of the
program's own reader."""
import base64
import hashlib
import json
import re
import zlib

NAMES = ("warcinfo", "request", "response", "revisit", "metadata")
ID = re.compile(r"<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-"
                r"[89ab][0-9a-f]{3}-[0-9a-f]{12}>$")
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")


class Record:
    def __init__(self, text, offset, length):
        head, _, rest = text.partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        assert lines[0] == "WARC/1.1", lines[0]
        self.fields = [tuple(x.split(": ", 1)) for x in lines[1:]]
        self.offset, self.length = offset, length
        self.type = self["WARC-Type"]
        self.id = self["WARC-Record-ID"]
        self.uri = self["WARC-Target-URI"]
        size = int(self["Content-Length"])
        assert rest[size:] == b"\r\n\r\n", (self.fields, len(rest), size)
        self.block = rest[:size]
        self.check()

    def __getitem__(self, name):
        values = self.all(name)
        assert len(values) < 2 or name == "WARC-Protocol", self.fields
        return values[0] if values else None

    def all(self, name):
        return [value for key, value in self.fields if key == name]

    @property
    def head(self):
        return self.block.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"

    @property
    def body(self):
        return self.block.partition(b"\r\n\r\n")[2]

    def check(self):
        assert self.type in NAMES, self.type
        assert ID.match(self.id), self.id
        assert DATE.match(self["WARC-Date"]), self["WARC-Date"]
        assert_digest(self["WARC-Block-Digest"], self.block)
        if self.type == "response":
            assert_digest(self["WARC-Payload-Digest"], self.body)
        if self.type == "revisit":
            self.check_revisit()

    def check_revisit(self):
        kind = self["WARC-Profile"].rpartition("/revisit/")[2]
        assert self.body == b""
        if kind == "server-not-modified":
            assert not self["WARC-Payload-Digest"]
            return
        assert kind == "identical-payload-digest", kind
        assert self["WARC-Truncated"] == "length"
        assert self["WARC-Payload-Digest"]
        assert self["WARC-Refers-To-Target-URI"]
        assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$",
                        self["WARC-Refers-To-Date"])


def digest_of(name, data):
    value = hashlib.new(name, data).digest()
    return "%s:%s" % (name, base64.b32encode(value).decode().rstrip("="))


def assert_digest(digest, data):
    assert digest == digest_of(digest.partition(":")[0], data), digest


def members(data):
    """Returns the gzip members as (text, offset, length)."""
    at, found = 0, []
    while at < len(data):
        z = zlib.decompressobj(31)
        text = z.decompress(data[at:]) + z.flush()
        assert z.eof, "the member at %d is torn" % at
        length = len(data) - at - len(z.unused_data)
        found.append((text, at, length))
        at += length
    return found


def plain_records(data):
    """Returns the records of an uncompressed file as (text, offset, length)."""
    at, found = 0, []
    while at < len(data):
        end = data.index(b"\r\n\r\n", at) + 4
        size = int(re.search(rb"\r\nContent-Length: (\d+)\r\n",
                             data[at:end]).group(1))
        length = end - at + size + 4
        found.append((data[at:at + length], at, length))
        at += length
    return found


def read(path):
    """Returns the records of a file, after checking that they are in order: a
    warcinfo record, then pairs of a request and its response."""
    with open(path, "rb") as f:
        data = f.read()
    parts = members(data) if path.endswith(".gz") else plain_records(data)
    records = [Record(*part) for part in parts]
    assert records[0].type == "warcinfo", records[0].type
    rest = records[1:]
    assert len({r.id for r in records}) == len(records)
    assert len(rest) % 2 == 0, len(rest)
    for request, response in zip(rest[::2], rest[1::2]):
        assert request.type == "request", request.type
        assert response.type in ("response", "revisit"), response.type
        assert request["WARC-Concurrent-To"] == response.id
        assert response["WARC-Concurrent-To"] == request.id
        for name in ("WARC-Target-URI", "WARC-Date", "WARC-IP-Address"):
            assert request[name] == response[name], name
            assert request[name], name
    return records


def pairs(records):
    """Returns the exchanges, as pairs of a request and a response."""
    return list(zip(records[1::2], records[2::2]))


def index_lines(path):
    """Returns the lines of a CDXJ file as (key, time, members), after checking
    that they are sorted."""
    with open(path, "rb") as f:
        lines = f.read().splitlines()
    assert lines == sorted(lines)
    parts = [line.decode("ascii").split(" ", 2) for line in lines]
    return [(key, time, json.loads(text)) for key, time, text in parts]


def index_places(path):
    """Returns where a CDXJ file says that the responses are."""
    return [(x["filename"], int(x["offset"]), int(x["length"]), x["url"],
             x.get("digest")) for _, _, x in index_lines(path)]
