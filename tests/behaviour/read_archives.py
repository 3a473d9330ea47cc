"""Reading of archives: scrape extract x.warc.gz. A part of
tests/behaviour/run."""
import gzip
import os
import random
import shutil
import signal
import subprocess
import zlib

import harness
from __main__ import (MB, Skip, finish, not_under_sanitizers, read_records, run,
                      start, test)
from archive import (ANSWERS, CHUNKED, HTML, PAGE, Bytes, Http2, answer,
                     chunked, files, sized)
from harness import MODES

PRICE = b"<title>T</title><p class=price>7</p>" + b"<p>text</p>" * 200


def record(block, kind="response", uri="http://a.example/", more=(),
           version="1.0"):
    """Returns a record as programs write it."""
    head = ["WARC/" + version, "WARC-Type: " + kind,
            "WARC-Target-URI: " + uri, "WARC-Date: 2026-01-31T10:30:00Z",
            "WARC-Record-ID: <urn:uuid:1>", *more,
            "Content-Length: %d" % len(block)]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def http(body, more=b"", status=b"HTTP/1.1 200 OK"):
    return status + b"\r\n" + HTML + more + b"\r\n" + body


def numbered(count):
    """Returns records whose URLs end with their number."""
    return [record(http(PRICE + b"%d" % i), uri="http://a.example/%d" % i)
            for i in range(count)]


def write(tmp, name, *parts):
    with open(os.path.join(tmp, name), "wb") as f:
        f.write(b"".join(parts))
    return name


def extract(tmp, *args, code=0):
    got, out, err = run(tmp, "extract", "--ordered", *args)
    assert got == code, (got, err)
    return out, err


def numbers(out):
    return [int(r["url"].rpartition("/")[2]) for r in out]


def live_and_replayed(tmp, prefix, *args):
    """Runs the program, and reads the archive that it wrote. Returns the
    records of both by their URLs, without the members that must differ."""
    same = ("--body", "--headers", "--links", "--select", "t=title")
    code, live, err = run(tmp, "--warc-file", prefix, "--retry", "0", "-m",
                          "1", "--max-filesize", "20000", *same, *args)
    assert code == 0, err
    replayed, err = extract(tmp, *same, *files(tmp, prefix))
    for r in live + replayed:
        del r["time"], r["index"]
        assert r.pop("fetched_at"), r
        if r["error"] and r["error"]["kind"] in ("timeout", "too_large",
                                                 "http"):
            del r["error"]["message"]
    for r in replayed:
        place = r.pop("warc")
        assert r["error"] or set(place) == {"file", "offset", "date"}, place
    return ({r["url"]: r for r in x} for x in (live, replayed))


@test
def record_from_an_archive_is_that_of_the_run_that_wrote_it(tmp):
    answers = {
        **ANSWERS,
        "/cut": (sized(PAGE)[0][:-100], True),
        "/slow": (sized(PAGE)[0][:-100], False),
        # Compressed bodies that look like text: those of "vd " and of "".
        "/deflate-as-text": sized(b"+KQ\0\0",
                                  b"Content-Encoding: deflate\r\n"),
        "/br-as-text": sized(b";", b"Content-Encoding: br\r\n"),
        "/looks-chunked": answer(CHUNKED, chunked(b"3\r\nabc\r\n0\r\n\r\n")),
    }
    for mode in MODES:
        with Bytes(answers) as server:
            live, replayed = live_and_replayed(
                tmp, mode, "--mode", mode,
                *(server.url + path for path in answers))
        assert len(live) == len(answers)
        for url, record_of_run in live.items():
            assert replayed[url] == record_of_run, (
                mode, url, record_of_run, replayed[url])
        assert len(replayed) == len(live), set(replayed) - set(live)
    with Http2() as server:
        live, replayed = live_and_replayed(tmp, "h2", "--cacert", harness.CA,
                                           server.url)
    assert live == replayed and live[server.url]["http_version"] == "2", live
    with Bytes(ANSWERS) as server:
        live, replayed = live_and_replayed(tmp, "head", "-I",
                                           server.url + "/304")
    assert live == replayed, (live, replayed)


@test
def record_from_an_archive_without_doubles_is_that_of_the_run(tmp):
    answers = {**ANSWERS, "/nine": answer(CHUNKED, chunked(PAGE * 9))}
    paths = ("/binary", "/nine", "/304", "/binary?2", "/nine?2")
    with Bytes(answers) as server:
        live, replayed = live_and_replayed(
            tmp, "a", "-P", "1", "--warc-cdx", "--warc-dedup", "a.cdxj",
            "-H", 'If-None-Match: "x"',
            *(server.url + path for path in paths))
    for url, record_of_run in live.items():
        assert replayed.get(url) == record_of_run, (record_of_run,
                                                    replayed.get(url))
    with gzip.open(files(tmp, "a")[0]) as f:
        count = f.read().count(b"WARC-Type: revisit")
    assert count == 3, count


@test
def archives_of_other_programs_are_read_whatever_they_did_to_bodies(tmp):
    coding = b"Content-Encoding: %s\r\n"
    transfer = b"Transfer-Encoding: chunked\r\n"
    blocks = {
        "plain": http(PRICE),
        "chunked": http(chunked(PRICE), transfer),
        "dechunked": http(PRICE, transfer),
        "both": http(chunked(gzip.compress(PRICE)),
                     transfer + coding % b"gzip"),
        "gzip": http(gzip.compress(PRICE), coding % b"gzip"),
        "gzip undone": http(PRICE, coding % b"gzip"),
        "br undone": http(PRICE, coding % b"br"),
        "zstd undone": http(PRICE, coding % b"zstd"),
        "h2": http(PRICE, status=b"HTTP/2 200"),
        "interim": b"HTTP/1.1 100 Continue\r\n\r\n" + http(PRICE),
        "lines": http(PRICE).replace(b"\r\n", b"\n"),
    }
    records = [record(block, uri="http://a.example/" + name.replace(" ", "-"))
               for name, block in blocks.items()]
    lf = record(blocks["lines"]).replace(b"\r\n", b"\n")
    records += [lf, record(blocks["plain"], uri="<http://a.example/angle>",
                           version="0.18")]
    others = [record(b"x: y\r\n", "warcinfo"),
              record(b"GET / HTTP/1.1\r\n\r\n", "request"),
              record(b"2026 a 1.2.3.4\n", uri="dns:a.example")]
    everything = b"".join(others + records)
    for name, data in {
            "a.warc": everything,
            "a.warc.gz": b"".join(map(gzip.compress, others + records)),
            "one.warc.gz": gzip.compress(everything),
            "parts.gz": b"".join(gzip.compress(everything[i:i + 999])
                                 for i in range(0, len(everything), 999)),
    }.items():
        write(tmp, name, data)
        out, err = extract(tmp, "-v", "--select", "p=.price", name)
        assert [r["data"] for r in out] == [{"p": "7"}] * len(records), (
            name, [r["url"] for r in out if r["data"] != {"p": "7"}])
        assert out[8]["http_version"] == "2" and not out[0]["redirects"]
        assert out[-1]["url"] == "http://a.example/angle"
        assert "damaged" not in err, err
        for kind in ("warcinfo", "request", "response"):
            assert "1 record of the type %s has no HTTP" % kind in err, err


@test
def zstd_archives_are_read_with_and_without_a_dictionary(tmp):
    if not shutil.which("zstd"):
        raise Skip("zstd is not installed")

    def zstd(data, *args):
        return subprocess.run(["zstd", "-q", "-c", *args], input=data,
                              stdout=subprocess.PIPE, check=True).stdout
    records = numbered(9)
    write(tmp, "raw-dictionary", *records[:2])
    dictionary = b"".join(records[:2])
    frame = b"\x5d\x2a\x4d\x18" + len(dictionary).to_bytes(4, "little")
    packed = [zstd(r, "-D", os.path.join(tmp, "raw-dictionary"))
              for r in records]
    write(tmp, "a.warc.zst", *map(zstd, records))
    write(tmp, "b.warc.zst", frame, dictionary, *packed)
    small = zstd(dictionary, "--no-check")
    write(tmp, "c.warc.zst", b"\x5d\x2a\x4d\x18",
          len(small).to_bytes(4, "little"), small, *packed)
    for name in ("a.warc.zst", "b.warc.zst", "c.warc.zst"):
        out, err = extract(tmp, name)
        assert numbers(out) == list(range(9)) and not err, (name, out, err)


def same_with_several_threads(tmp, name, code=0):
    """Extracts with one thread that decompresses, and with several. Returns
    records and messages, which are the same."""
    one, several = (
        run(tmp, "extract", "--ordered", "-v", "--select", "p=.price", *fail,
            "--workers", str(workers), name)
        for workers in (1, 3) for fail in [["--fail"] if code else []])
    assert one[0] == several[0] == code, (one[0], several[0], several[2])
    assert one[1] == several[1], name
    messages = [[line.partition(" scrape: ")[2] or line
                 for line in err.splitlines() if "worker" not in line]
                for _, _, err in (one, several)]
    assert messages[0] == messages[1], (messages, name)
    return several[1], several[2]


def stored(data):
    """Returns a gzip member in which the data can be seen."""
    return gzip.compress(data, 0)


def nested_archive(count):
    """Returns the members of an archive of several segments. The bodies of some
    responses are archives, whose members look like those of this one."""
    dice = random.Random(5)
    members = [gzip.compress(record(http(PRICE), more=(
        "WARC-Payload-Digest: sha1:AAAA",)))]
    for i in range(count):
        uri = "http://a.example/%d" % i
        body = PRICE + dice.randbytes(dice.randrange(120000)).hex().encode()
        pack = lambda data: gzip.compress(data, 1)
        if i % 7 == 3:
            body, pack = b"".join(stored(r) for r in numbered(100)), stored
        method = b"HEAD" if i % 5 == 1 else b"GET"
        members.append(pack(record(method + b" / HTTP/1.1\r\n\r\n", "request",
                                   uri)))
        members.append(pack(record(http(b"" if i % 5 == 1 else body),
                                   uri=uri)))
        if i % 9 == 8:
            members.append(pack(revisit("again", "sha1:AAAA")))
    return members


@test
def several_threads_find_the_records_that_one_finds(tmp):
    members = nested_archive(40)
    whole = b"".join(members)
    assert len(whole) > 3 << 20, len(whole)
    write(tmp, "a.warc.gz", whole)
    out, err = same_with_several_threads(tmp, "a.warc.gz")
    assert len(out) == 45 and "damaged" not in err, (len(out), err)
    assert [r["data"]["p"] for r in out if r["url"].endswith("again")] == [
        "7"] * 4
    # Damage in the second segment, and in one near the end.
    for at in (600000, len(whole) - 700000):
        write(tmp, "b.warc.gz", whole[:at], whole[at + 40:])
        out, err = same_with_several_threads(tmp, "b.warc.gz", code=1)
        assert len(out) >= 43 and "damaged in " in err, err
    # A member of several segments that has many records.
    write(tmp, "c.warc.gz", *members[:20], stored(b"".join(
        gzip.decompress(m) for m in members[20:60])), *members[60:])
    out, err = same_with_several_threads(tmp, "c.warc.gz")
    assert len(out) == 45 and "damaged" not in err, (len(out), err)


@test
def several_threads_search_from_the_same_place_after_damage(tmp):
    dice = random.Random(2)
    inner = [stored(record(http(PRICE + dice.randbytes(40000)),
                           uri="http://a.example/inner%d" % i))
             for i in range(100)]
    first = stored(record(http(PRICE + dice.randbytes(600000))))
    whole = stored(record(http(b"".join(inner))))
    # The damage is found after more bytes than are searched again.
    write(tmp, "a.warc.gz", first, whole[:3700000], whole[3700040:], first)
    out, err = same_with_several_threads(tmp, "a.warc.gz", code=1)
    assert 10 < len(out) < 30 and "damaged in " in err, (len(out), err)


@test
def large_headers_of_responses_do_not_fill_the_memory(tmp):
    not_under_sanitizers("memory")
    large = gzip.compress(record(http(b"", b"X: %s\r\n" % (b"x" * MB))))
    fill = gzip.compress(record(http(random.Random(1).randbytes(600000))))
    write(tmp, "a.warc.gz", fill, large * 700)
    p = start(tmp, "extract", "--workers", "2", "a.warc.gz",
              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    assert p.returncode == 0, p.returncode
    assert usage.ru_maxrss * 1024 < 130 * MB, usage.ru_maxrss


@test
def rows_say_where_in_which_archive_the_response_is(tmp):
    members = list(map(gzip.compress, numbered(3)))
    write(tmp, "a.warc.gz", *members)
    write(tmp, "page.html", b"<title>Page</title>")
    out, _ = extract(tmp, "a.warc.gz", "page.html", "a.warc.gz")
    assert [r["index"] for r in out] == list(range(7))
    assert out[1]["warc"] == {"file": "a.warc.gz", "offset": len(members[0]),
                              "date": "2026-01-31T10:30:00Z"}, out[1]
    assert out[1]["fetched_at"] == "2026-01-31T10:30:00.000Z"
    assert "warc" not in out[3] and out[3]["title"] == "Page"
    # The rest of the file, from that offset on, is an archive.
    write(tmp, "rest", b"".join(members)[out[2]["warc"]["offset"]:])
    rest, _ = extract(tmp, "rest")
    assert [r["url"] for r in rest] == [out[2]["url"]]


def columns(tmp, *args):
    p = start(tmp, "extract", "--ordered", "--format", "csv", *args)
    out, err = p.communicate(timeout=harness.HANG)
    assert p.returncode == 0, err
    return [line.split(",") for line in out.decode().splitlines()]


@test
def tables_have_columns_for_the_place_in_the_archive(tmp):
    write(tmp, "a.warc", *numbered(2))
    write(tmp, "page.html", b"<title>Page</title>")
    named = columns(tmp, "a.warc")[0]
    at = named.index("json") + 1
    assert named[at:at + 4] == ["warc_file", "warc_offset", "warc_date",
                                "warc_truncated"], named
    assert columns(tmp, "--select", "p=.price", "--columns",
                   "url,warc_offset,p", "a.warc") == [
        ["url", "warc_offset", "p"], ["http://a.example/0", "0", "7"],
        ["http://a.example/1", str(len(numbered(1)[0])), "7"]]
    assert "warc_file" not in columns(tmp, "page.html")[0]


@test
def archive_is_read_from_a_pipe_which_may_stay_open(tmp):
    for pack in (bytes, gzip.compress):
        p = start(tmp, "extract", "--ordered", "-", stdin=subprocess.PIPE)
        p.stdin.write(b"".join(map(pack, numbered(3))))
        p.stdin.write(pack(record(b"", "metadata")))
        # A record that is not complete is not damaged when the run ends.
        p.stdin.write(pack(record(random.Random(3).randbytes(9000)))[:5000])
        p.stdin.flush()
        for i in range(3):
            assert b'"url":"http://a.example/%d"' % i in p.stdout.readline()
        p.send_signal(signal.SIGINT)
        assert p.wait(harness.HANG) == 130
        err = p.stderr.read()
        assert b"damaged" not in err, err
        finish(p)


@test
def damage_is_noted_with_its_offset_and_other_records_are_read(tmp):
    count = 3
    for name, pack in (("a.warc.gz", gzip.compress), ("a.warc", bytes)):
        parts = list(map(pack, numbered(count)))
        second, third = len(parts[0]), len(parts[0] + parts[1])
        whole = b"".join(parts)
        for at in range(second, third - 8, (third - second) // 3):
            changes = {
                "cut": (whole[:at], [0]),
                "torn": (whole[:at] + whole[third:], [0, 2]),
                "zeros": (whole[:at] + bytes(60) + whole[at:], [0, 2]),
            }
            for what, (data, kept) in changes.items():
                write(tmp, name, data)
                out, err = extract(tmp, name)
                rest = [n for n in numbers(out) if n != 1]
                assert rest == kept, (name, what, at - second, err)
                if pack == gzip.compress and at > second:
                    assert ("%s: damaged at byte %d: " % (name, second) in err
                            and numbers(out) == kept), (what, at, err)
        write(tmp, name, whole[:second + 99] + whole[third:])
        _, err = extract(tmp, name)
        assert "the archives are damaged in 1 place: 2 responses" in err, err
        extract(tmp, "--fail", name, code=1)


@test
def member_whose_damage_is_in_the_head_of_its_record_is_damaged_once(tmp):
    # With these bytes after the tear, zlib gives a head without a length, and
    # finds the damage later.
    parts = [gzip.compress(r, mtime=1801987669) for r in numbered(3)]
    write(tmp, "a.warc.gz", parts[0], parts[1][:99], parts[2])
    out, err = extract(tmp, "a.warc.gz")
    assert numbers(out) == [0, 2]
    assert "the archives are damaged in 1 place: 2 responses" in err, err


@test
def wrong_lengths_and_endless_members_cost_one_record_each(tmp):
    good = record(http(PRICE))
    length = b"Content-Length: %d" % len(http(PRICE))
    for wrong in (b"99999999999999999", b"-1", b"abc", b"5", b"0", b""):
        bad = good.replace(length, b"Content-Length: " + wrong)
        for name, pack in (("a.warc.gz", gzip.compress), ("a.warc", bytes)):
            write(tmp, name, pack(good), pack(bad), pack(good))
            out, err = extract(tmp, name)
            assert sum(r["ok"] for r in out) == 2, (name, wrong, err)
            assert "damaged in 1 place" in err, (name, wrong, err)


@test
def response_to_head_without_a_length_has_no_page(tmp):
    def request(method, uri="http://a.example/"):
        return record(method + b" / HTTP/1.1\r\n\r\n", "request", uri)
    empty = record(http(b""))
    for name, pack in (("a.warc.gz", gzip.compress), ("a.warc", bytes)):
        write(tmp, name, *map(pack, [
            request(b"HEAD"), empty, empty, request(b"GET"), empty,
            request(b"HEAD", "http://a.example/other"), empty,
            request(b"HEAD"), record(http(PRICE))]))
        out, err = extract(tmp, name)
        assert [r["links_count"] for r in out] == [None, 0, 0, 0, 0], (out, err)


@test
def record_of_10_gb_of_zeros_is_too_large_and_the_next_one_is_read(tmp):
    size = 10 << 30
    head = http(b"")
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    start_of = packer.compress(record(head, uri="http://a.example/1").replace(
        b"Content-Length: %d" % len(head),
        b"Content-Length: %d" % (len(head) + size))[:-4])
    start_of += packer.flush(zlib.Z_FULL_FLUSH)
    zeros = packer.compress(bytes(16 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    first, last = numbered(3)[::2]
    write(tmp, "a.warc.gz", gzip.compress(first), start_of,
          zeros * (size >> 24), packer.flush(), gzip.compress(last))
    out, err = extract(tmp, "a.warc.gz")
    assert numbers(out) == [0, 1, 2], (out, err)
    assert out[1]["error"]["kind"] == "too_large", out[1]
    assert out[0]["ok"] and out[2]["ok"]


@test
def body_above_the_limit_is_an_error_and_the_others_are_read(tmp):
    records = numbered(3)
    records[1] = record(http(PRICE * 200), uri="http://a.example/1")
    for name, pack in (("a.warc.gz", gzip.compress), ("a.warc", bytes)):
        write(tmp, name, *map(pack, records))
        out, err = extract(tmp, "--max-filesize", "100K", name)
        assert [(r["error"] or {}).get("kind") for r in out] == [
            None, "too_large", None], (out, err)
        assert numbers(out) == [0, 1, 2]


def revisit(name, digest, more=(), head=http(b"", b"X-Now: 1\r\n")):
    return record(head, "revisit", "http://a.example/" + name, (
        "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/"
        "identical-payload-digest", "WARC-Payload-Digest: " + digest,
        "WARC-Truncated: length", *more))


@test
def revisit_has_the_body_of_the_response_to_which_it_refers(tmp):
    digest = ("WARC-Payload-Digest: sha1:AAAA",)
    packed = b"Content-Encoding: gzip\r\n"
    first = record(http(gzip.compress(PRICE), packed), more=digest)
    not_modified = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    for name, pack in (("a.warc.gz", gzip.compress), ("a.warc", bytes)):
        write(tmp, name, *map(pack, numbered(2) + [
            first, revisit("same", "sha1:AAAA", head=http(b"", packed)),
            revisit("unknown", "sha1:BBBB"),
            revisit("304", "sha1:CCCC", head=not_modified)]))
        write(tmp, "b" + name[1:], pack(revisit("other-file", "sha1:AAAA")))
        out, err = extract(tmp, "--headers", "--select", "p=.price", name,
                           "b" + name[1:])
        assert [r["url"].rpartition("/")[2] for r in out] == [
            "0", "1", "", "same", "304", "other-file"], out
        for i in (3, 5):
            assert out[i]["data"] == {"p": "7"}, (name, out[i])
            assert out[i]["ok"] and "truncated" not in out[i]["warc"], out[i]
        assert out[5]["headers"]["x-now"] == ["1"]
        assert out[5]["warc"]["file"] == "b" + name[1:]
        assert out[4]["status"] == 304 and out[4]["ok"], out[4]
        assert "1 response gives no row: stored as a revisit" in err


@test
def revisits_are_read_from_a_file_that_is_standard_input(tmp):
    first = record(http(PRICE), more=("WARC-Payload-Digest: sha1:AAAA",),
                   uri="http://a.example/0")
    # More bytes than one read returns also come after the revisit.
    filler = [record(http(os.urandom(200000).hex().encode()),
                     uri="http://a.example/%d" % i) for i in range(1, 8)]
    filler[3] = revisit("4", "sha1:AAAA")
    for pack, threads in ((gzip.compress, "3"), (gzip.compress, "1"),
                          (bytes, "1")):
        write(tmp, "a", b"x" * 99, *map(pack, [first] + filler))
        with open(os.path.join(tmp, "a"), "rb", buffering=0) as f:
            # Bytes that another program has read are no part of the archive.
            f.seek(99)
            p = start(tmp, "extract", "--ordered", "--select", "p=.price",
                      "--workers", threads, "-", stdin=f)
            out, err = p.communicate(timeout=harness.HANG)
            assert not f.read(), "the archive was not read to its end"
        rows = read_records(out)
        assert numbers(rows) == list(range(8)), (numbers(rows)[:20], err)
        assert rows[4]["data"] == {"p": "7"}, rows[4]
        assert rows[0]["warc"]["offset"] == 99
        assert b"damaged" not in err, err


@test
def what_is_no_archive_of_responses_gives_a_clear_message(tmp):
    arc = b"filedesc://a.arc 0.0.0.0 20260131103000 text/plain 76\n1 0 x\n"
    for name, data in (("a.arc.gz", gzip.compress(arc)), ("a.arc", arc)):
        write(tmp, name, data)
        out, _ = extract(tmp, name)
        assert out[0]["error"]["kind"] == "input", out
        assert "warcio recompress" in out[0]["error"]["message"], out
    write(tmp, "a.warc", record(b"x", "metadata"), record(b"y", "resource"))
    out, err = extract(tmp, "a.warc")
    assert not out and "a.warc: the archive has no HTTP response (and 2 " \
        "other records)" in err, err
    write(tmp, "a.warc", b"<title>Page</title>")
    out, err = extract(tmp, "--fail", "a.warc", code=1)
    assert not out and "a.warc: damaged at byte 0" in err, err
    out, err = extract(tmp, "--records", "--headers", "a.warc", code=2)
    assert "--records and --headers contradict each other" in err, err


@test
def fields_that_are_missing_are_missing_in_responses_not_in_files(tmp):
    name = write(tmp, "a.warc", *numbered(25))
    for i in range(2):
        write(tmp, "%d.html" % i, PRICE)
    field = ("--select", "x=.y")
    _, err = extract(tmp, *field, name)
    assert "x: found in none of the first 20 responses; if" in err, err
    name = write(tmp, "b.warc", *numbered(3))
    _, err = extract(tmp, *field, name)
    assert "x: found in none of 3 responses\n" in err, err
    _, err = extract(tmp, *field, "0.html", name, "1.html")
    assert "x: found in none of 5 pages\n" in err, err
    _, err = extract(tmp, *field, "0.html", "1.html")
    assert "x: found in none of 2 files\n" in err, err
