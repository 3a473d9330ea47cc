"""Starts a Redis server for a test, on a socket in a folder."""
import glob
import json
import os
import re
import shutil
import socket
import subprocess

import harness


def why_not():
    """Returns the reason why no server can be started here, or None."""
    if not shutil.which("redis-server"):
        return "redis-server is not installed (Debian: redis-server)"
    version = subprocess.run(["redis-server", "--version"], check=True,
                             stdout=subprocess.PIPE, text=True).stdout
    major = re.search(r"\bv=(\d+)", version)
    return None if major and int(major.group(1)) >= 7 else \
        "redis-server is older than 7.0: " + version


class Redis:
    """A server that writes each change to its log (appendonly) before it
    replies, so that kill() loses nothing. With fsync "everysec", the server's
    default, a change may be written later."""

    def __init__(self, folder, fsync="no"):
        self.folder = folder
        self.fsync = fsync
        self.path = os.path.join(folder, "redis.sock")
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.kill()

    def start(self):
        self.process = subprocess.Popen(
            ["redis-server", "--port", "0", "--unixsocket", self.path,
             "--appendonly", "yes", "--appendfsync", self.fsync,
             "--save", "", "--dir", self.folder],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=harness.end_with_parent)
        harness.wait_until(self.answers, "redis-server answers", self.process)

    def answers(self):
        try:
            return self.call("PING") == b"PONG"
        except OSError:
            return False

    def kill(self):
        self.process.kill()
        self.process.wait()

    def log(self):
        """Returns path and size of the file that the log is written to."""
        files = glob.glob(os.path.join(self.folder, "appendonlydir",
                                       "*.incr.aof"))
        path = max(files, key=lambda p: int(p.split(".")[-3]))
        return path, os.path.getsize(path)

    def url(self, job="test"):
        return "unix://%s#%s" % (self.path, job)

    def call(self, *words):
        """Runs one command. Errors are raised."""
        return self.calls(words)[0]

    def calls(self, *commands):
        """Runs commands, and returns the list of their replies."""
        with socket.socket(socket.AF_UNIX) as s:
            s.connect(self.path)
            s.sendall(b"".join(map(encode, commands)))
            with s.makefile("rb") as f:
                return [read_reply(f) for _ in commands]

    def rows(self, job):
        """Returns the records that wait to be collected."""
        return [json.loads(values[1]) for _, values in
                self.call("XRANGE", "scrape:{%s}:rows" % job, "-", "+")]


def encode(words):
    words = [w if isinstance(w, bytes) else str(w).encode() for w in words]
    return b"*%d\r\n" % len(words) + b"".join(
        b"$%d\r\n%s\r\n" % (len(w), w) for w in words)


def read_reply(f):
    line = f.readline()
    kind, text = line[:1], line[1:].rstrip()
    if kind == b"+":
        return text
    if kind == b":":
        return int(text)
    if kind == b"$":
        return f.read(int(text) + 2)[:-2] if int(text) >= 0 else None
    if kind == b"*":
        return [read_reply(f) for _ in range(int(text))]
    raise OSError(line.decode())
