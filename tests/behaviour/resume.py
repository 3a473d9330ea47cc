"""Tests of --resume after runs that were stopped in every way. A part of
tests/behaviour/run."""
import fcntl
import json
import os
import random
import signal
import time

import harness
from __main__ import (HELD, HELLO, REFUSED, behaviour, finish, run, start,
                      test, wait_for_lines)

MODES = harness.MODES


def write(tmp, name, lines):
    with open(os.path.join(tmp, name), "w", encoding="utf-8") as f:
        f.write("".join(line + "\n" for line in lines))


def read(tmp, name="out"):
    with open(os.path.join(tmp, name), "rb") as f:
        return f.read()


def indexes(text):
    return [json.loads(line)["index"] for line in text.splitlines()]


def whole(text):
    """Returns the records whose lines are complete."""
    return indexes(text[:text.rfind(b"\n") + 1])


def resume(tmp, *args, sources=("list",)):
    code, records, err = run(tmp, "--retry", "0", "-o", "out", "--resume",
                             *args, *sources)
    assert not records
    return code, err


def damaged(tmp, text):
    with open(os.path.join(tmp, "out"), "wb") as f:
        f.write(text)


def wait_for_records(p, tmp, count):
    """Waits for that number of records. Returns true if the run ended
    before."""
    while p.poll() is None:
        if read(tmp).count(b"\n") >= count:
            return False
        time.sleep(.002)
    return True


@test
def killed_runs_continue_until_each_request_has_one_record(tmp):
    behaviour(tmp, "page", "sleep 5\n" + HELLO)
    dice = random.Random(5)
    kills = 0
    with harness.Server(tmp) as server:
        write(tmp, "list", [server.url("page?%d" % i) for i in range(400)])
        for mode in MODES:
            for ordered in ([], ["--ordered"]):
                damaged(tmp, b"")
                while True:
                    had = set(whole(read(tmp)))
                    p = start(tmp, "--mode", mode, *ordered, "-P", "16",
                              "--parallel-max-host", "16", "--rate", "1000/s",
                              "-o", "out", "--resume", "list")
                    try:
                        if wait_for_records(p, tmp, len(had)
                                            + dice.randrange(1, 150)):
                            break
                        p.send_signal(signal.SIGKILL)
                        kills += 1
                        p.wait()
                        assert had <= set(whole(read(tmp))), mode
                    finally:
                        finish(p)
                assert p.returncode == 0, mode
                got = indexes(read(tmp))
                assert sorted(got) == list(range(400)), (mode, len(got))
                if ordered:
                    assert got == sorted(got), mode
    # On a busy machine a run may end before it is killed, but not each run.
    assert kills


@test
def request_with_a_record_is_not_repeated(tmp):
    behaviour(tmp, "page", HELLO)
    behaviour(tmp, "slow", "sleep 60000\n" + HELLO)
    log = os.path.join(tmp, "log")
    with harness.Server(tmp, log=log) as server:
        pages = [server.url("page?%d" % i) for i in range(20)]
        write(tmp, "list", pages[:10] + [server.url("slow?")] + pages[10:])
        p = start(tmp, "-o", "out", "--resume", "list")
        while len(whole(read(tmp)) if os.path.exists(
                os.path.join(tmp, "out")) else ()) < 20:
            time.sleep(.02)
        finish(p)
        code, err = resume(tmp, "-m", "1")
        assert code == 0 and "out has 20 records" in err, (code, err)
        assert sorted(indexes(read(tmp))) == list(range(21))
        before = read(tmp)
        code, err = resume(tmp)
        assert code == 0 and "out has 21 records" in err, (code, err)
        assert read(tmp) == before
    with open(log, encoding="utf-8") as f:
        asked = f.read()
    for i in range(20):
        assert asked.count("/page?%d\n" % i) == 1, (i, asked)
    assert asked.count("/slow?\n") == 2, asked


@test
def incomplete_last_lines_are_removed(tmp):
    write(tmp, "list", [REFUSED + str(i) for i in range(6)])
    code, err = resume(tmp)
    assert code == 0 and err == (
        "scrape: all 6 requests failed: the records say why\n"), err
    text = b"".join(sorted(read(tmp).splitlines(True)))
    lines = text.splitlines(True)
    # Files that are truncated in their last line, or have NUL bytes in place
    # of lost blocks.
    damages = [text[:-n] for n in range(1, len(lines[5]), 7)]
    damages += [text[:-30] + bytes(30), text + bytes(5000),
                text[:len(lines[0]) + 90] + bytes(100) + lines[3] + lines[4],
                lines[0][:-1], b"{", bytes(0)]
    for damage in damages:
        damaged(tmp, damage)
        code, err = resume(tmp)
        assert code == 0, (damage, err)
        assert sorted(indexes(read(tmp))) == list(range(6)), damage
        assert b"\0" not in read(tmp)


@test
def file_that_is_not_an_output_of_the_list_is_left_alone(tmp):
    write(tmp, "list", [REFUSED + str(i) for i in range(3)])
    assert resume(tmp)[0] == 0
    lines = read(tmp).splitlines(True)
    for text, why in (
            (b"my notes\n", "line 1 is not a record of scrape"),
            (b"my notes", "line 1 is not a record of scrape"),
            (b"\0\0PNG", "line 1 is not a record of scrape"),
            (b'{"data":{}}\n', "line 1 is not a record of scrape"),
            (b'{"index":{"number_of_shards":3}}', "line 1 is not a record"),
            (b'{"index":7,"name":"my only copy"', "line 1 is not a record"),
            (b'{"index":7,"na\0me":"my only copy"', "line 1 is not a record"),
            (b'{"index":0,"url":"x","item":0,"data":{}}\n', "line 1 is not"),
            (lines[0] + b"\n" + lines[1], "line 2 is not a record of scrape"),
            (lines[0] + lines[1][:40] + b"\n" + lines[2], "line 2 is not a"),
            (lines[0] + lines[1] + lines[0], "two records with index"),
            (lines[0].replace(b'"index":%d' % indexes(lines[0])[0],
                              b'"index":999999999999'), "too high")):
        damaged(tmp, text)
        code, err = resume(tmp)
        assert code == 2 and why in err and '"out"' in err, (text, code, err)
        assert read(tmp) == text


@test
def output_of_another_list_is_not_continued(tmp):
    urls = [REFUSED + str(i) for i in range(5)]
    write(tmp, "list", urls)
    assert resume(tmp)[0] == 0
    before = read(tmp)
    write(tmp, "list", ["http://127.0.0.1:1/new"] + urls)
    code, err = resume(tmp)
    assert code == 2 and read(tmp) == before, err
    assert "the record with index 0 in out is not of http://127.0.0.1:1/new" \
        in err, err
    write(tmp, "list", urls[:3])
    code, err = resume(tmp)
    assert code == 2 and read(tmp) == before
    assert "the list has 3 requests" in err and "index 4" in err, err
    # The id distinguishes requests, too; lines may be added to the end of a
    # list.
    write(tmp, "list", urls + ["bad line of input \x01", '{"url":"%s","id":[1,'
                               ' "a,}"]}' % REFUSED])
    for _ in range(2):
        assert resume(tmp)[0] == 0
        assert sorted(indexes(read(tmp))) == list(range(7))
    write(tmp, "list", urls + ["bad line of input \x01",
                               '{"url":"%s","id":[2]}' % REFUSED])
    assert resume(tmp)[0] == 2


@test
def wrong_list_is_found_before_anything_is_changed(tmp):
    """The list is also found to be wrong if its first requests have no record
    yet."""
    urls = [REFUSED + str(i) for i in range(6)]
    write(tmp, "list", urls)
    assert resume(tmp, "--ordered")[0] == 0
    lines = read(tmp).splitlines(True)
    for text in (b"".join(lines)[:-1], b"".join(lines[3:]),
                 b"".join(lines[2:]) + lines[0][:50]):
        damaged(tmp, text)
        write(tmp, "list", urls[:4] + ["http://127.0.0.1:1/x"] + urls[5:])
        code, err = resume(tmp)
        assert code == 2 and "not of http://127.0.0.1:1/x" in err, (code, err)
        assert read(tmp) == text
        # A pipe cannot be read twice.
        os.mkfifo(os.path.join(tmp, "pipe"))
        p = start(tmp, "--retry", "0", "-o", "out", "--resume", "pipe")
        with open(os.path.join(tmp, "pipe"), "w", encoding="utf-8") as f:
            f.write("\n".join(urls[:4] + ["http://127.0.0.1:1/x"]))
        _, err = p.communicate(timeout=harness.HANG)
        assert p.returncode == 3, err
        assert b"not of http://127.0.0.1:1/x" in err, err
        os.remove(os.path.join(tmp, "pipe"))
        write(tmp, "list", urls)
        assert resume(tmp)[0] == 0
        assert sorted(indexes(read(tmp))) == list(range(6))


@test
def last_record_without_its_line_end_is_kept(tmp):
    write(tmp, "list", [REFUSED + str(i) for i in range(4)])
    assert resume(tmp)[0] == 0
    whole_file = read(tmp)
    damaged(tmp, whole_file[:-1])
    code, err = resume(tmp)
    assert code == 0 and "out has 4 records" in err and "cut" not in err, err
    assert read(tmp) == whole_file


@test
def lost_blocks_between_records_are_removed_at_the_end(tmp):
    write(tmp, "list", [REFUSED + str(i) for i in range(6)])
    assert resume(tmp, "--ordered")[0] == 0
    lines = read(tmp).splitlines(True)
    nuls = bytes(300)
    for text in (nuls, b'{"ind' + nuls, lines[0] + nuls,
                 nuls[:10] + lines[0][10:] + b"".join(lines[1:4]),
                 lines[0] + lines[1][:30] + nuls + b"\n" + lines[2] + nuls +
                 lines[3] + lines[4],
                 lines[5] + nuls + b"\n" + nuls + b"\n" + lines[0] + nuls):
        for ordered in ([], ["--ordered"]):
            damaged(tmp, text)
            code, err = resume(tmp, *ordered)
            assert code == 0, (text, err)
            got = indexes(read(tmp))
            assert sorted(got) == list(range(6)), (text, got)
            assert b"\0" not in read(tmp)
            assert not ordered or got == sorted(got)
    assert sorted(os.listdir(tmp)) == ["list", "out"]


@test
def file_with_two_names_is_not_sorted(tmp):
    write(tmp, "list", [REFUSED + str(i) for i in range(6)])
    assert resume(tmp, "--ordered")[0] == 0
    lines = read(tmp).splitlines(True)
    damaged(tmp, b"".join(lines[3:] + lines[:3]))
    os.link(os.path.join(tmp, "out"), os.path.join(tmp, "other"))
    code, err = resume(tmp, "--ordered")
    assert code == 3 and "more than one name" in err, (code, err)
    assert read(tmp) == read(tmp, "other")
    os.remove(os.path.join(tmp, "other"))
    # The temporary file of a killed run.
    write(tmp, "out.scrape-resume", ["x" * 10000])
    code, err = resume(tmp, "--ordered")
    assert code == 0 and indexes(read(tmp)) == list(range(6)), (code, err)
    assert sorted(os.listdir(tmp)) == ["list", "out"]
    # Links and pipes of that name are left alone.
    write(tmp, "precious", ["x"])
    for make in (lambda name: os.link(os.path.join(tmp, "precious"), name),
                 lambda name: os.symlink("precious", name), os.mkfifo):
        make(os.path.join(tmp, "out.scrape-resume"))
        damaged(tmp, b"".join(lines[3:] + lines[:3]))
        code, err = resume(tmp, "--ordered")
        assert code == 3, (code, err)
        assert "but rewriting it in order failed" in err, (code, err)
        assert read(tmp) == b"".join(lines[3:] + lines[:3])
        assert read(tmp, "precious") == b"x\n"
        os.remove(os.path.join(tmp, "out.scrape-resume"))


@test
def requests_of_removed_records_are_repeated(tmp):
    write(tmp, "list", [REFUSED + str(i) for i in range(50)])
    assert resume(tmp, "--ordered")[0] == 0
    lines = read(tmp).splitlines(True)
    assert indexes(b"".join(lines)) == list(range(50))
    damaged(tmp, b"".join(line for i, line in enumerate(lines) if i % 3))
    os.chmod(os.path.join(tmp, "out"), 0o640)
    os.rename(os.path.join(tmp, "out"), os.path.join(tmp, "file"))
    os.symlink("file", os.path.join(tmp, "out"))
    code, err = resume(tmp, "--ordered")
    assert code == 0 and "out has 33 records" in err, err
    assert indexes(read(tmp)) == list(range(50))
    assert os.path.islink(os.path.join(tmp, "out"))
    assert os.stat(os.path.join(tmp, "out")).st_mode & 0o777 == 0o640
    assert sorted(os.listdir(tmp)) == ["file", "list", "out"]


@test
def errors_of_an_earlier_run_count_for_fail(tmp):
    behaviour(tmp, "hello", HELLO)
    with harness.Server(tmp) as server:
        write(tmp, "list", [REFUSED, server.url("hello")])
        assert resume(tmp, "--fail")[0] == 1
        assert resume(tmp, "--fail")[0] == 1
        assert resume(tmp)[0] == 0
        damaged(tmp, b"".join(line for line in read(tmp).splitlines(True)
                              if b'"error":null' in line))
        write(tmp, "list", [server.url("hello"), server.url("hello")])
        assert resume(tmp, "--fail")[0] == 0


@test
def output_being_written_is_not_continued(tmp):
    behaviour(tmp, "slow", "sleep 60000\n" + HELLO)
    with harness.Server(tmp) as server:
        write(tmp, "list", [server.url("slow")])
        for args in (["--resume"], []):
            p = start(tmp, "-o", "out", *args, "list")
            try:
                while not os.path.exists(os.path.join(tmp, "out")):
                    time.sleep(.02)
                time.sleep(.2)
                code, err = resume(tmp)
                plain = run(tmp, "-o", "out", "list")
            finally:
                finish(p)
            assert code == 2 and "another scrape is writing it" in err, err
            assert plain[0] == 3 and "another scrape is writing" in plain[2]
            os.remove(os.path.join(tmp, "out"))


@test
def interrupted_ordered_run_is_sorted_at_the_end(tmp):
    behaviour(tmp, "page", HELLO)
    behaviour(tmp, "slow", HELD)
    log = os.path.join(tmp, "log")
    with harness.Server(tmp, log=log) as server:
        urls = [server.url("page?%d" % i) for i in range(30)]
        urls[4] = server.url("slow?4")
        # A request that waits for its retry has no record when the run is
        # interrupted.
        behaviour(tmp, "later", "reply 503 text/html\n"
                  "header Retry-After: 30\nbody \"x\"\n")
        urls[2] = server.url("later").replace("127.0.0.1", "127.0.0.2")
        write(tmp, "list", urls)
        p = start(tmp, "--ordered", "-o", "out", "list")
        wait_for_lines(log, 30)
        time.sleep(.3 * harness.SLOWER * harness.slow_down())
        p.send_signal(signal.SIGINT)
        harness.wait_for_message(p, b"stopping")
        server.let_go()
        _, err = p.communicate(timeout=harness.HANG)
        assert p.returncode == 130, p.returncode
        assert b"stopped: 29 requests have a record; run the same command " \
            b"with --resume to continue\n" in err, err
        had = indexes(read(tmp))
        assert had == sorted(had) and len(had) == 29 and 2 not in had, had
        behaviour(tmp, "later", HELLO)
        code, err = resume(tmp, "--ordered")
        assert code == 0, err
        assert indexes(read(tmp)) == list(range(30))


@test
def mistakes_with_resume_are_usage_errors(tmp):
    write(tmp, "list", [REFUSED])
    os.mkfifo(os.path.join(tmp, "fifo"))
    for args, why in (
            (["--resume", "list"], "--output FILE"),
            (["--resume", "-o", "-", "list"], "--output FILE"),
            (["--resume", "-o", "out", "-"], "not standard input"),
            (["--resume", "-o", "out"], "not standard input"),
            (["--resume", "-o", "out", "--format", "json", "list"],
             "format jsonl, csv, tsv and sqlite"),
            (["--resume", "-o", "out", "--each", "p", "--select", "a=b",
              "--items", "list"], "--items"),
            (["--resume", "-o", "fifo", "list"], "not a regular file"),
            (["--resume", "-o", "/dev/null", "list"], "not a regular file"),
            (["--resume", "-o", "no/where", "list"], "No such file"),
            (["--resume", "-o", "list", "list"], "both a SOURCE"),
            (["extract", "--resume", "-o", "out", "list"], "--resume")):
        code, records, err = run(tmp, *args)
        assert code == 2 and not records and why in err, (args, code, err)
        assert not os.path.exists(os.path.join(tmp, "out")), args
