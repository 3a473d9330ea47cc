"""Libraries that are loaded when a run needs them. A part of
tests/behaviour/run."""
import glob
import gzip
import json
import os
import re
import struct
import subprocess
import zlib

from __main__ import Skip, test
import harness
import warc
from archive import PAGE, Bytes, sized
from read_archives import numbered, numbers

HTML = b"<title>A</title><p class=x>one<a href=/b>two</a>"
# All libraries that are not loaded at the start.
LATER = {"libxml2", "libexslt", "libicuuc", "libjq", "libsqlite3", "libpq",
         "libhiredis", "libisal"}


def loaded(tmp, *args):
    """Runs the program and returns the libraries of LATER that it has loaded:
    the dynamic linker names each one that it initialises."""
    if harness.SANITIZE:
        raise Skip("builds with sanitizers load all libraries at the start")
    trace = os.path.join(tmp, "trace")
    for old in glob.glob(trace + ".*"):
        os.unlink(old)
    done = subprocess.run(
        [harness.SCRAPE, *args], cwd=tmp, capture_output=True, check=False,
        env=dict(harness.environment(tmp), LD_DEBUG="files",
                 LD_DEBUG_OUTPUT=trace))
    assert done.returncode == 0, done.stderr
    found = set()
    for name in glob.glob(trace + ".*"):
        with open(name, encoding="utf-8", errors="replace") as f:
            found |= set(re.findall(r"calling init: \S*/(\w+)[-.]\S*\.?so",
                                    f.read()))
    assert "libcurl" in found, found
    return found & LATER


def run_without(tmp, library, *args):
    """Runs the program in an environment where the library's file is
    damaged."""
    if harness.SANITIZE:
        raise Skip("builds with sanitizers load all libraries at the start")
    write(tmp, library, b"not a library")
    return subprocess.run(
        [harness.SCRAPE, *args], cwd=tmp, capture_output=True, check=False,
        env=dict(harness.environment(tmp), LD_LIBRARY_PATH=tmp), timeout=50)


def write(tmp, name, data):
    with open(os.path.join(tmp, name), "wb") as f:
        f.write(data)


@test
def html_and_json_need_no_library_that_is_loaded_later(tmp):
    write(tmp, "a.html", HTML)
    write(tmp, "b.json", b'{"a": [1, 2]}')
    assert loaded(tmp, "extract", "--links", "--meta", "--select", "x=.x",
                  "a.html", "b.json") == set()
    assert loaded(tmp, "-s", "/dev/null") == set()


@test
def each_library_is_loaded_for_what_needs_it(tmp):
    write(tmp, "a.html", HTML)
    write(tmp, "b.json", b'{"a": [1, 2]}')
    write(tmp, "c.xml", b"<a><b>1</b></a>")
    write(tmp, "d.html", b"<meta charset=shift_jis><title>\x83\x65</title>")
    xml = {"libxml2", "libicuuc"}  # libxml2 is linked with ICU
    assert loaded(tmp, "extract", "--select", "x=b", "c.xml") == xml
    assert loaded(tmp, "extract", "--xpath", "x=//p", "a.html") == xml
    assert loaded(tmp, "extract", "--xpath", "x=set:distinct(//p)",
                  "a.html") == xml | {"libexslt"}
    assert loaded(tmp, "extract", "d.html") == {"libicuuc"}
    assert loaded(tmp, "extract", "--jq", "x=[.a[] | tostring]",
                  "b.json") == {"libjq"}
    assert loaded(tmp, "extract", "--format", "sqlite", "-o", "t.db",
                  "a.html") == {"libsqlite3"}
    write(tmp, "a.warc", b"".join(numbered(1)))
    write(tmp, "a.warc.gz", gzip.compress(b"".join(numbered(1))))
    assert loaded(tmp, "extract", "a.warc") == set()
    isal = {"libisal"} if glob.glob("/usr/include/isa-l/igzip_lib.h") else set()
    assert loaded(tmp, "extract", "a.warc.gz") == isal


@test
def library_that_is_missing_ends_the_program_only_if_it_is_needed(tmp):
    write(tmp, "b.json", b'{"a": [1, 2]}')
    done = run_without(tmp, "libjq.so.1", "extract", "--jq",
                       "x=[.a[] | tostring]", "b.json")
    assert done.returncode == 3 and not done.stdout, done
    assert b"the library libjq.so.1 cannot be loaded" in done.stderr, done
    done = run_without(tmp, "libjq.so.1", "extract", "--jq", "x=.a", "b.json")
    assert done.returncode == 0 and b'"data":{"x":[1,2]}' in done.stdout, done


@test
def library_that_is_missing_ends_mode_fork_before_anything_is_fetched(tmp):
    for more in ([], ["--require-sandbox"]):
        done = run_without(tmp, "libjq.so.1", "--mode", "fork", *more,
                           "http://127.0.0.1:9/")
        assert done.returncode == 3 and not done.stdout, done
        message = b"the library libjq.so.1 cannot be loaded"
        assert done.stderr.count(message) == 1, done
        assert b"parser:" not in done.stderr, done


@test
def records_that_are_done_are_written_if_a_library_is_missing(tmp):
    names = ["%d.html" % i for i in range(5)] + ["x.xml", "last.html"]
    for name in names:
        write(tmp, name, b"<p>1</p>" if name == "x.xml" else HTML)
    for mode in ("async", "threads", "serial"):
        for more in ([], ["--ordered"], ["-o", mode + ".jsonl"]):
            done = run_without(tmp, "libxml2.so.2", "extract", "--mode", mode,
                               "--workers", "1", "--select", "x=p", *more,
                               *names)
            assert done.returncode == 3, done
            message = b"the library libxml2.so.2 cannot be loaded"
            assert done.stderr.count(message) == 1, done
            records = done.stdout
            if "-o" in more:
                with open(os.path.join(tmp, more[1]), "rb") as f:
                    records = f.read()
            lines = [json.loads(line) for line in records.splitlines()]
            assert [line["url"] for line in lines][:5] == names[:5], lines
            assert names[5] not in [line["url"] for line in lines], lines


@test
def version_is_printed_without_the_libraries_that_are_loaded_later(tmp):
    for library, name in (("libxml2.so.2", b" libxml2/"),
                          ("libsqlite3.so.0", b" SQLite/")):
        alone = os.path.join(tmp, library + ".d")
        os.mkdir(alone)
        done = run_without(alone, library, "--version")
        assert done.returncode == 0 and not done.stderr, done
        assert name + b"missing" in done.stdout, done
        assert done.stdout.count(b"missing") == 1, done


@test
def archives_are_written_without_isa_l(tmp):
    with Bytes({"/a": sized(PAGE)}) as server:
        done = run_without(tmp, "libisal.so.2", "--warc-file", "a",
                           server.url + "/a")
        assert done.returncode == 0, done
        other = run_without(tmp, "libother.so", "--warc-file", "b",
                            server.url + "/a")
        assert other.returncode == 0, other
    assert done.stderr == other.stderr
    for name in ("a", "b"):
        (_, response), = warc.pairs(warc.read(
            os.path.join(tmp, name + "-00000.warc.gz")))
        assert response.body == PAGE


def deflate(data, level=6, strategy=zlib.Z_DEFAULT_STRATEGY, end=True):
    packer = zlib.compressobj(level, zlib.DEFLATED, -15, 8, strategy)
    return packer.compress(data) + packer.flush(
        zlib.Z_FINISH if end else zlib.Z_FULL_FLUSH)


def member(data, packed=None, flags=0, wrong=(0, 0, 0)):
    """Returns a gzip member (RFC 1952). wrong: numbers that are added to the
    checksum of the header, the checksum of the data, and the length."""
    head = b"\x1f\x8b\x08" + bytes([flags]) + bytes(6)
    if flags & 4:
        head += struct.pack("<H", 700) + bytes(700)
    head += b"name\0" * (flags >> 3 & 1) + b"comment\0" * (flags >> 4 & 1)
    if flags & 2:
        head += struct.pack("<H", (zlib.crc32(head) + wrong[0]) & 0xffff)
    return head + (packed or deflate(data)) + struct.pack(
        "<II", (zlib.crc32(data) + wrong[1]) & 0xffffffff,
        len(data) + wrong[2])


@test
def gzip_archives_are_read_alike_with_and_without_isa_l(tmp):
    first, record, last = numbered(3)
    everything = b"".join(numbered(200))
    bad_block = b"\x07"
    # Bytes of the archive, numbers of the records that have rows, and message.
    cases = {
        "flags": (member(record, flags=31) + member(last), [1, 2], None),
        "stored": (member(record, deflate(record, 0)) +
                   member(last, deflate(last, 9, zlib.Z_FIXED)), [1, 2], None),
        "flushed": (member(record, deflate(record, end=False) + deflate(b""))
                    + member(last), [1, 2], None),
        "parts": (b"".join(member((record + last)[i:i + 700])
                           for i in range(0, len(record + last), 700)),
                  [1, 2], None),
        "empty": (member(b"") + member(record) + member(b"") + member(last),
                  [1, 2], None),
        "header": (member(record, flags=31, wrong=(1, 0, 0)) + member(last),
                   [2], "header crc mismatch"),
        "reserved": (member(record, flags=0x80) + member(last), [2],
                     "unknown header flags set"),
        "checksum": (member(record, wrong=(0, 1, 0)) + member(last), [2],
                     "its checksum is wrong"),
        "length": (member(record, wrong=(0, 0, 1)) + member(last), [2],
                   "its checksum is wrong"),
        "block": (member(record, bad_block) + member(last), [2],
                  "its compressed data is invalid"),
        # Only the end of a member proves that its records are whole.
        "late": (member(record, deflate(record, end=False) + bad_block) +
                 member(last), [2], "its compressed data is invalid"),
        "large": (member(everything), list(range(200)), None),
        "cut": (member(record) + member(last)[:-5], [1], "it is cut off"),
        "half": (member(record) + member(last)[:80], [1], "it is cut off"),
        "bare": (member(record) + member(last)[:10], [1], "it is cut off"),
        "end": (member(record) + member(last) + b"more", [1, 2],
                "no member begins here"),
    }
    names = ["%s.warc.gz" % name for name in cases]
    for name, (data, _, _) in zip(names, cases.values()):
        write(tmp, name, member(first) + data)
    runs = []
    for library in ("libisal.so.2", "libother.so"):
        done = run_without(tmp, library, "extract", "--ordered", *names)
        os.unlink(os.path.join(tmp, library))
        assert done.returncode == 0, done
        runs.append((list(map(json.loads, done.stdout.splitlines())),
                     done.stderr.decode()))
    for rows, said in runs:
        for name, (_, kept, why) in zip(names, cases.values()):
            found = numbers(r for r in rows if r["warc"]["file"] == name)
            assert found == [0] + kept, (name, found, said)
            notes = [line for line in said.splitlines() if name in line]
            assert len(notes) == (why is not None), (name, notes)
            assert not why or notes[0].endswith(": " + why), (name, notes)
    assert runs[0][1] == runs[1][1], runs
    for rows, _ in runs:
        for r in rows:
            del r["time"]
    assert runs[0][0] == runs[1][0], runs
