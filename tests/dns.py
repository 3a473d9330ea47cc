"""A DNS server on 127.0.0.1 that answers as a script says, hostile answers
included. A line of the script is a name and what is answered:

    shop.test   a 192.0.2.1 aaaa 2001:db8::1    such records
    www.test    cname shop.test a 192.0.2.1     an alias and what it is for
    none.test   empty                           no record of any type
    bad.test    servfail                        or another code: nxdomain ...
    mute.test   silent
    odd.test    garbage                         bytes
                torn        less than it says there is
                spiral      a name that refers to itself
                stranger    an answer to another question
                truncated   "ask over TCP", where nobody listens

Several lines for one name: the n-th time it is asked for (each type counts
alone) the n-th counts, and the last one from then on. Names that are not in
the script do not exist.
"""
import ipaddress
import socket
import struct
import threading

A, CNAME, AAAA = 1, 5, 28
CODES = {"formerr": 1, "servfail": 2, "nxdomain": 3, "notimp": 4, "refused": 5}
SAME_NAME = b"\xc0\x0c"  # as in the question


def encode_name(name):
    return b"".join(bytes([len(label)]) + label.encode()
                    for label in name.split(".")) + b"\0"


def read_question(query):
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1:at + 1 + query[at]].decode("latin-1"))
        at += 1 + query[at]
    kind, = struct.unpack_from(">H", query, at + 1)
    return ".".join(labels).lower(), kind, query[12:at + 5]


def record(owner, kind, data):
    return owner + struct.pack(">HHIH", kind, 1, 60, len(data)) + data


def read_script(text):
    names = {}
    for line in text.splitlines():
        words = line.split("#")[0].split()
        if words:
            names.setdefault(words[0].lower(), []).append(words[1:])
    return names


def records(kind, words):
    """Returns the records of the script that answer the question."""
    owner, found = SAME_NAME, []
    for what, value in zip(words[::2], words[1::2]):
        if what == "cname":
            found.append(record(owner, CNAME, encode_name(value)))
            owner = encode_name(value)
        elif kind == {"a": A, "aaaa": AAAA}[what]:
            found.append(record(owner, kind,
                                ipaddress.ip_address(value).packed))
    return found


def answer(query, kind, question, words):
    """Returns the answer to a query; None: no answer is sent."""
    def message(flags, found, count=None):
        count = len(found) if count is None else count
        return (query[:2] + struct.pack(">HHHHH", flags, 1, count, 0, 0)
                + question + b"".join(found))

    what = words[0]
    if what == "silent":
        return None
    if what in CODES:
        return message(0x8180 | CODES[what], [])
    if what == "empty":
        return message(0x8180, [])
    if what == "garbage":
        return query[:2] + bytes(range(255, 100, -1))
    if what == "torn":
        return message(0x8180, records(kind, ["a", "127.0.0.1"]), 9)
    if what == "spiral":
        at = struct.pack(">H", 0xc000 + 12 + len(question))
        return message(0x8180, [record(at, kind, b"\x7f\0\0\1")])
    if what == "stranger":
        found = records(kind, ["a", "127.0.0.1", "aaaa", "::1"])
        return bytes([query[0] ^ 0xff]) + message(0x8180, found)[1:]
    if what == "truncated":
        return message(0x8380, [])
    return message(0x8180, records(kind, words))


class Server:
    def __init__(self, script):
        self.names = read_script(script)
        self.asked = {}

    def __enter__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.socket.sendto(b"", self.socket.getsockname())
        self.thread.join()
        self.socket.close()

    def serve(self):
        while True:
            try:
                query, client = self.socket.recvfrom(4096)
            except OSError:
                return
            if not query:
                return
            reply = self.reply(query)
            if reply:
                self.socket.sendto(reply, client)

    def reply(self, query):
        name, kind, question = read_question(query)
        lines = self.names.get(name, [["nxdomain"]])
        times = self.asked.get((name, kind), 0)
        self.asked[name, kind] = times + 1
        return answer(query, kind, question,
                      lines[min(times, len(lines) - 1)])
