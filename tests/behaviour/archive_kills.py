"""Archives (--warc-file) of runs that were killed and continued: the archive
has the exchange of each record exactly once. A part of tests/behaviour/run. For
more kills:

	ARCHIVE_KILLS=100 tests/behaviour/run archive_kills
"""
import collections
import contextlib
import glob
import http.server
import json
import os
import random
import signal
import socketserver
import subprocess
import threading
import time

import harness
import warc
from __main__ import run, test
from harness import MODES

KILLS = int(os.environ.get("ARCHIVE_KILLS", 0)) or 5
# Requests that are made between two kills, on average.
STRIDE = 40
# Each page has its own payload, too long for a small one.
FILLER = "<p>text</p>" * 100


class Site:
    """A tree of pages /p0, /p1 ..., each with links to two others."""

    def __init__(self, count, is_same=False):
        self.count, self.requests = count, 0
        self.is_same = is_same
        self.held = threading.Event()
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1
            disable_nagle_algorithm = True

            def do_GET(self):
                site.requests += 1
                if self.path == "/hold":
                    site.held.wait(harness.HANG)
                number = self.path[2:]
                body = site.page(int(number) if number.isdigit() else None)
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True
            request_queue_size = 200

            def handle_error(self, *_):
                """Ignores errors: a killed client resets its connections."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = "http://127.0.0.1:%d" % self.server.server_port

    def page(self, number):
        if number is None or number >= self.count:
            return b""
        if self.is_same:
            return FILLER.encode()
        links = "".join('<a href="/p%d">.</a>' % n
                        for n in (2 * number + 1, 2 * number + 2)
                        if n < self.count)
        return ("<title>%d</title>%s%s" % (number, links, FILLER)).encode()

    def urls(self):
        return ["%s/p%d" % (self.url, i) for i in range(self.count)]

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.02,),
                         daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def start_killed(tmp, site, dice, *args):
    """Starts the program, and kills it some requests later. Returns its exit
    code."""
    p = subprocess.Popen([harness.SCRAPE, *args], cwd=tmp,
                         env=harness.environment(tmp),
                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                         stderr=subprocess.PIPE)
    until = site.requests + dice.randrange(1, 2 * STRIDE)
    end = time.monotonic() + harness.HANG
    while site.requests < until and p.poll() is None:
        assert time.monotonic() < end
        time.sleep(0.0005)
    if dice.random() < 0.5:
        time.sleep(dice.random() * 0.02)
    p.kill()
    err = p.communicate()[1].decode()
    assert p.returncode in (0, -signal.SIGKILL), (p.returncode, err)
    return p.returncode


def exchanges(tmp, prefix):
    """Returns the exchanges of all files of the archive. If there is an index,
    checks that it has each response, where it is."""
    found, places = [], []
    for path in sorted(glob.glob(os.path.join(tmp, prefix + "-*.warc*"))):
        records = warc.read(path)
        assert [r.type for r in records].count("warcinfo") == 1, path
        found += warc.pairs(records)
        places += [(os.path.basename(path), r.offset, r.length, r.uri,
                    r["WARC-Payload-Digest"]) for r in records[2::2]]
    index = os.path.join(tmp, prefix + ".cdxj")
    if os.path.exists(index):
        assert sorted(warc.index_places(index)) == sorted(places)
    return found


def check(tmp, prefix, site, path):
    """Checks that each page has one record and one exchange."""
    with open(os.path.join(tmp, path), encoding="utf-8") as f:
        records = [json.loads(line) for line in f]
    urls = sorted(r["url"] for r in records)
    assert urls == sorted(site.urls()), (len(urls), len(site.urls()))
    stored = collections.Counter(request.uri for request, _ in
                                 exchanges(tmp, prefix)
                                 if request.uri in set(site.urls()))
    assert set(stored) == set(site.urls()), \
        set(stored) ^ set(site.urls())
    twice = [url for url, times in stored.items() if times > 1]
    assert not twice, (len(twice), twice[:5])
    assert not os.path.exists(os.path.join(tmp, prefix + ".warc-journal"))


@test
def killed_lists_have_each_exchange_once(tmp):
    for mode in MODES:
        dice = random.Random(mode)
        with Site(STRIDE * (KILLS + 1)) as site:
            with open(os.path.join(tmp, "list"), "w", encoding="utf-8") as f:
                f.write("\n".join(site.urls()))
            args = ["--mode", mode, "--warc-file", mode, "--warc-cdx", "-o",
                    mode + ".jsonl", "--resume", "-P", "20", "--host-rate",
                    "none", "--parallel-max-host", "20", "list"]
            if mode == "threads":
                args.insert(0, "--no-warc-compression")
            for _ in range(KILLS):
                if not start_killed(tmp, site, dice, *args):
                    break
            code, _, err = run(tmp, *args)
            assert code == 0, err
            check(tmp, mode, site, mode + ".jsonl")


@test
def killed_crawls_have_each_exchange_once(tmp):
    dice = random.Random(1)
    with Site(STRIDE * (KILLS + 1)) as site:
        args = ["crawl", "--warc-file", "a", "--warc-cdx", "--state", "state", "-o", "out",
                "--no-traps", "--warc-max-size", "20000", "--resume", "-P", "20",
                "--host-rate", "none", "--parallel-max-host", "20",
                site.url + "/p0"]
        for i in range(KILLS):
            # A shell that completes names adds the slash.
            args[args.index("--state") + 1] = "state" + "/" * (i % 2)
            if not start_killed(tmp, site, dice, *args):
                break
        code, _, err = run(tmp, *args)
        assert code == 0, err
        check(tmp, "a", site, "out")


@contextlib.contextmanager
def killed(tmp, site, *args):
    """Makes the files of a run that was killed while it waited for /hold."""
    p = subprocess.Popen([harness.SCRAPE, *args, site.url + "/hold"], cwd=tmp,
                         env=harness.environment(tmp),
                         stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    out = os.path.join(tmp, "out")
    harness.wait_until(lambda: os.path.exists(out) and len(
        read(out).splitlines()) == site.count, "the records are written", p)
    p.kill()
    p.wait()
    files = {name: read(os.path.join(tmp, name)) for name in os.listdir(tmp)}
    yield files
    for name in os.listdir(tmp):
        os.unlink(os.path.join(tmp, name))


def read(path):
    with open(path, "rb") as f:
        return f.read()


def put(tmp, files):
    for name in os.listdir(tmp):
        os.unlink(os.path.join(tmp, name))
    for name, data in files.items():
        with open(os.path.join(tmp, name), "wb") as f:
            f.write(data)


def states(files):
    """Yields the files in the states in which kills at other times would have
    left them."""
    name = "a-00000.warc.gz"
    data, journal, rows = files[name], files["a.warc-journal"], files["out"]
    yield {**files, name: data + data[-300:-20]}
    # The journal ends within its last line, so that exchange has no row yet.
    last = int(journal.rpartition(b"\nadd ")[2].split()[0])
    for cut in (1, 20):
        yield {**files, "a.warc-journal": journal[:-cut], "out": b"".join(
            row for row in rows.splitlines(True)
            if json.loads(row)["index"] != last)}
    # Some rows were not written, which may be any of them.
    for removed in ((0,), (3,), (4, 5), (0, 2, 4), range(6)):
        yield {**files, "out": b"".join(
            row for i, row in enumerate(rows.splitlines(True))
            if json.loads(row)["index"] not in removed)}
    # The second file was only begun.
    yield {**files, "a-00001.warc.gz": data[:9],
           "a.warc-journal": journal + b"file 1 .warc.gz\n"}


@test
def archives_of_killed_runs_are_repaired_whatever_was_written_last(tmp):
    with Site(6) as site:
        urls = site.urls()
        args = ("--warc-file", "a", "--warc-cdx", "-o", "out", "-P", "2",
                *urls)
        with killed(tmp, site, *args) as files:
            site.held.set()
            for i, state in enumerate(states(files)):
                put(tmp, state)
                code, _, err = run(tmp, *args, "--resume",
                                   "--no-warc-compression")
                assert code == 3 and "--no-warc-compression" in err, err
                code, _, err = run(tmp, *args, "--resume")
                assert code == 0, (i, err)
                check(tmp, "a", site, "out")


@test
def index_lacks_what_a_killed_run_stored_without_it_and_this_is_said(tmp):
    with Site(6) as site:
        args = ("--warc-file", "a", "-o", "out", "-P", "1", "--resume")
        with killed(tmp, site, *args, *site.urls()) as files:
            site.held.set()
            put(tmp, files)
            code, _, err = run(tmp, *args, "--warc-cdx", *site.urls(),
                               site.url + "/hold")
            assert code == 0, err
            assert "a.cdxj: 6 responses are missing" in err, err
            lines = warc.index_lines(os.path.join(tmp, "a.cdxj"))
            assert [x["url"] for _, _, x in lines] == [site.url + "/hold"]


def resume_killed(tmp, site, *args):
    """Continues a run, and kills it while it waits for /hold."""
    site.held.clear()
    p = subprocess.Popen([harness.SCRAPE, *args, "--resume",
                          site.url + "/hold"], cwd=tmp,
                         env=harness.environment(tmp),
                         stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    out = os.path.join(tmp, "out")
    harness.wait_until(lambda: len(read(out).splitlines()) == site.count,
                       "the records are written", p)
    p.kill()
    p.wait()
    site.held.set()


@test
def number_of_a_file_that_was_moved_away_or_never_made_is_not_used_again(tmp):
    with Site(6) as site:
        args = ("--warc-file", "a", "--warc-cdx", "-o", "out", "-P", "1",
                *site.urls())
        name, moved = (os.path.join(tmp, x)
                       for x in ("a-00000.warc.gz", "moved"))
        with killed(tmp, site, *args) as files:
            rows = files["out"].splitlines(True)
            # Killed before its second file was made.
            put(tmp, {**files, "out": rows[0] + b"".join(rows[2:]),
                      "a.warc-journal": files["a.warc-journal"] +
                      b"file 1 .warc.gz\n"})
            resume_killed(tmp, site, *args)
            code, _, err = run(tmp, *args, "--resume")
            assert code == 0, err
            check(tmp, "a", site, "out")
            # Killed after four pages.
            put(tmp, {**files, "out": b"".join(rows[:4]),
                      "a.warc-journal": b"".join(
                          files["a.warc-journal"].splitlines(True)[:7])})
            os.rename(name, moved)
            resume_killed(tmp, site, *args)
            code, _, err = run(tmp, *args, "--resume")
            assert code == 0, err
            with open(moved, "r+b") as f:
                f.truncate(int(files["a.warc-journal"].split(b"\n")[7]
                               .split()[2]))
            assert not os.path.exists(name)
            os.rename(moved, name)
            check(tmp, "a", site, "out")


@test
def file_that_was_moved_away_is_named_if_the_repair_must_change_it(tmp):
    with Site(6) as site:
        args = ("--warc-file", "a", "-o", "out", "-P", "1", "--resume",
                *site.urls())
        name = os.path.join(tmp, "a-00000.warc.gz")
        with killed(tmp, site, *args) as files:
            site.held.set()
            rows = files["out"].splitlines(True)
            place = files["a.warc-journal"].split(b"\n")[8].split()[2]
            for kept, expected, message in (
                    (rows[:5], 0, "a-00000.warc.gz is missing: cut it to %s "
                                  "bytes" % place.decode()),
                    (rows[:4] + rows[5:], 3, "a-00000.warc.gz is needed")):
                put(tmp, {**files, "out": b"".join(kept)})
                os.unlink(name)
                code, _, err = run(tmp, *args)
                assert code == expected and message in err, (code, err)
            # The records are as they were.
            assert read(os.path.join(tmp, "out")) == b"".join(kept)


@test
def archive_that_lost_its_end_with_the_power_is_cut_to_whole_exchanges(tmp):
    with Site(6) as site:
        args = ("--warc-file", "a", "--warc-cdx", "-o", "out", "-P", "1",
                "--resume", *site.urls())
        name = "a-00000.warc.gz"
        with killed(tmp, site, *args) as files:
            site.held.set()
            rows = files["out"].splitlines(True)
            for removed in ((), (1,), (1, 5)):
                put(tmp, {**files, name: files[name][:-9], "out": b"".join(
                    row for row in rows
                    if json.loads(row)["index"] not in removed)})
                code, _, err = run(tmp, *args)
                assert code == 0, err
                uris = [request.uri for request, _ in exchanges(tmp, "a")]
                lost = 5 not in removed
                assert sorted(uris) == site.urls()[:6 - lost], uris
                assert ("1 exchange with a record is missing" in err) == lost, \
                    err


@test
def repair_of_an_archive_may_itself_be_stopped(tmp):
    with Site(6) as site:
        args = ("--warc-file", "a", "-o", "out", "-P", "2", "--resume",
                *site.urls())
        with killed(tmp, site, *args) as files:
            site.held.set()
            rows = files["out"].splitlines(True)
            # The disk is full before, within and after the copies.
            for limit in range(300, 3000, 300):
                put(tmp, {**files, "out": b"".join(
                    row for row in rows if json.loads(row)["index"] != 1)})
                code = run(tmp, *args, preexec_fn=lambda limit=limit:
                           harness.limit_files(limit))[0]
                assert code in (0, 3), (limit, code)
                code, _, err = run(tmp, *args)
                assert code == 0, (limit, err)
                check(tmp, "a", site, "out")


@test
def archives_are_written_by_one_run_at_a_time(tmp):
    with Site(6) as site:
        args = ("--warc-file", "a", "-o", "out", *site.urls())
        with killed(tmp, site, *args) as files:
            p = subprocess.Popen(
                [harness.SCRAPE, "--warc-file", "a", site.url + "/hold"],
                cwd=tmp, env=harness.environment(tmp),
                stdout=subprocess.DEVNULL)
            harness.wait_until(lambda: len(glob.glob(os.path.join(
                tmp, "a-*"))) == 2, "the second run has begun", p)
            code, _, err = run(tmp, "--warc-file", "a", site.urls()[0])
            assert code == 3 and "another scrape" in err, (code, err)
            site.held.set()
            p.wait(harness.HANG)
            # Without --resume, the run leaves the first file as it was.
            assert read(os.path.join(tmp, "a-00000.warc.gz")) == \
                files["a-00000.warc.gz"]
            put(tmp, {"a.warc-journal": b"My diary\n"})
            code, _, err = run(tmp, "--warc-file", "a", site.urls()[0])
            assert code == 3 and "not the journal" in err, (code, err)
            assert read(os.path.join(tmp, "a.warc-journal")) == b"My diary\n"


@test
def repair_keeps_the_payloads_that_revisits_refer_to(tmp):
    with Site(4, is_same=True) as site:
        args = ("--warc-file", "a", "--warc-dedup", "a.cdxj", "-o", "out",
                "-P", "1", *site.urls())
        with killed(tmp, site, *args) as files:
            site.held.set()
            for removed in ((0,), (0, 2), (1,), (0, 1, 2, 3)):
                put(tmp, {**files, "out": b"".join(
                    row for row in files["out"].splitlines(True)
                    if json.loads(row)["index"] not in removed)})
                code, _, err = run(tmp, *args, "--resume")
                assert code == 0, err
                found = [answered for _, answered in exchanges(tmp, "a")]
                originals = {r.id for r in found if r.type == "response"}
                assert len(originals) == 1, found
                assert {r.uri for r in found} >= set(site.urls())
                for r in found:
                    assert r.type == "response" or \
                        r["WARC-Refers-To"] in originals
                # Only the payload that a revisit needs may be there twice.
                assert len(found) <= 5, [r.uri for r in found]
