"""Tests of --resume=url and --retry-failed. A part of tests/behaviour/run."""
import json
import os
import random
import signal
import time

import harness
from __main__ import (HELD, HELLO, REFUSED, behaviour, finish, run, start,
                      test)
from resume import MODES, damaged, indexes, read, whole, write, wait_for_records


def records(tmp, name="out"):
    return [json.loads(line) for line in read(tmp, name).splitlines()]


def by_index(tmp, name="out"):
    """The URLs in the order of the list; no index twice, none missing."""
    got = {r["index"]: r["url"] for r in records(tmp, name)}
    assert sorted(got) == list(range(len(records(tmp, name)))), sorted(got)
    return [got[i] for i in range(len(got))]


def continue_by_url(tmp, *args, sources=("list",)):
    code, out, err = run(tmp, "--retry", "0", "-o", "out", "--resume=url",
                         *args, *sources)
    assert not out
    return code, err


@test
def killed_runs_of_a_list_that_changes_end_with_a_record_for_each_line(tmp):
    behaviour(tmp, "page", "sleep 5\n" + HELLO)
    dice = random.Random(14)
    all_kills = 0
    with harness.Server(tmp) as server:
        for mode in MODES:
            for ordered in ([], ["--ordered"]):
                damaged(tmp, b"")
                urls = [server.url("page?%d" % i) for i in range(250)]
                kills, ended = 0, False
                while not ended:
                    # Lines are moved, removed, added, and there are doubles.
                    if kills < 3:
                        dice.shuffle(urls)
                        del urls[:20]
                        urls[30:30] = [server.url("page?%d" % dice.randrange(
                            500)) for _ in range(20)]
                    write(tmp, "list", urls)
                    had = len(whole(read(tmp)))
                    p = start(tmp, "--mode", mode, *ordered, "-P", "16",
                              "--parallel-max-host", "16", "--rate", "1000/s",
                              "-o", "out", "--resume=url", "list")
                    try:
                        ended = wait_for_records(p, tmp, had
                                                 + dice.randrange(1, 150))
                        if not ended:
                            p.send_signal(signal.SIGKILL)
                            kills += 1
                        p.wait()
                    finally:
                        finish(p)
                    got = read(tmp)
                    got = whole(got)
                    assert len(got) == len(set(got)), mode
                assert p.returncode == 0, mode
                all_kills += kills
                assert by_index(tmp) == urls, mode
                assert not ordered or indexes(read(tmp)) == list(
                    range(len(urls))), mode
                for name in ("out.removed", "out.scrape-resume"):
                    if os.path.exists(os.path.join(tmp, name)):
                        os.remove(os.path.join(tmp, name))
    # On a busy machine a run may end before it is killed, but not each run.
    assert all_kills


@test
def changed_list_requests_only_its_new_lines(tmp):
    behaviour(tmp, "page", HELLO)
    log = os.path.join(tmp, "log")
    with harness.Server(tmp, log=log) as server:
        def line(n, **more):
            return json.dumps({"url": server.url("page?%d" % n), **more})

        old = [line(n) for n in range(6)] + [line(0), line(1, id="a,\"}"),
                                             line(1, id=[1])]
        write(tmp, "list", old)
        assert continue_by_url(tmp)[0] == 0
        before = {r["index"]: r for r in records(tmp)}
        # Nothing has changed: not a byte is written.
        text = read(tmp)
        inode = os.stat(os.path.join(tmp, "out")).st_ino
        code, err = continue_by_url(tmp)
        assert code == 0 and "nothing to do" in err, err
        assert read(tmp) == text
        assert os.stat(os.path.join(tmp, "out")).st_ino == inode
        new = [line(7), line(1, id=[1]), old[5], old[0], line(0), line(0),
               line(1, id=2), old[1]]
        write(tmp, "list", new)
        code, err = continue_by_url(tmp)
        assert code == 0, err
        assert "4 records in out belong to no request of the list: moved to " \
            "out.removed" in err, err
        now = {r["index"]: r for r in records(tmp)}
        assert sorted(now) == list(range(8))
        for i, text in enumerate(new):
            asked = json.loads(text)
            assert now[i]["url"] == asked["url"], i
            assert now[i].get("id") == asked.get("id"), i
        # Those that were kept are the old ones but for their index.
        for index, was in ((1, 8), (2, 5), (3, 0), (4, 6), (7, 1)):
            assert {**now[index], "index": was} == before[was], index
        assert sorted(indexes(read(tmp, "out.removed"))) == [2, 3, 4, 7]
    with open(log, encoding="utf-8") as f:
        asked = f.read().split()
    assert len([word for word in asked if "page?" in word]) == 9 + 3, asked


@test
def record_of_a_url_with_several_lines_keeps_its_index_if_it_can(tmp):
    a, b = REFUSED + "a", REFUSED + "b"
    for old, new in (((a, b, a), (a, a, b)), ((a, a, b), (b, a, a)),
                     ((a, b, b, a), (b, a, a, b))):
        write(tmp, "list", old)
        damaged(tmp, b"")
        assert continue_by_url(tmp)[0] == 0
        before = {r["index"]: r["fetched_at"] for r in records(tmp)}
        write(tmp, "list", new)
        code, err = continue_by_url(tmp)
        assert code == 0 and "nothing to do" in err, err
        assert by_index(tmp) == list(new)
        now = {r["index"]: r["fetched_at"] for r in records(tmp)}
        for i, url in enumerate(new):
            assert old[i] != url or now[i] == before[i], (old, new, i)


@test
def records_of_several_runs_are_continued_by_url(tmp):
    write(tmp, "list", [REFUSED + "a", REFUSED + "b"])
    assert continue_by_url(tmp)[0] == 0
    twice = read(tmp)
    write(tmp, "list", [REFUSED + c for c in "xbay"])
    damaged(tmp, twice + twice[:-30])
    code, err = continue_by_url(tmp, "--ordered")
    assert code == 0 and "1 record in out belongs to no" in err, err
    assert by_index(tmp) == [REFUSED + c for c in "xbay"]
    assert indexes(read(tmp)) == list(range(4))


@test
def file_that_cannot_be_continued_by_url_is_left_alone(tmp):
    write(tmp, "list", [REFUSED + str(i) for i in range(3)])
    assert continue_by_url(tmp)[0] == 0
    text = read(tmp)
    for other in (b"my notes\n", text + b"my notes\n" + text, b"\0\0PNG",
                  b'{"index":0,"url":"x","item":0,"status":200,"data":{}}\n'):
        damaged(tmp, other)
        code, err = continue_by_url(tmp)
        assert code == 2 and "is not a record of scrape" in err, (code, err)
        assert read(tmp) == other
    damaged(tmp, text)
    # Requests whose records could not be told apart.
    write(tmp, "list", ['{"url":"%s","params":{"q":%d}}' % (REFUSED, i)
                        for i in range(2)])
    code, err = continue_by_url(tmp)
    assert code == 2 and "give each an id" in err, err
    assert read(tmp) == text
    write(tmp, "list", ['{"url":"%s","id":%d,"params":{"q":%d}}' %
                        (REFUSED, i, i) for i in range(2)])
    os.link(os.path.join(tmp, "out"), os.path.join(tmp, "other"))
    code, err = continue_by_url(tmp)
    assert code == 3 and "more than one name" in err, err
    assert read(tmp) == text
    os.remove(os.path.join(tmp, "other"))
    os.remove(os.path.join(tmp, "out.removed"))
    os.mkdir(os.path.join(tmp, "out.removed"))
    code, err = continue_by_url(tmp)
    assert code == 3 and "out.removed: Is a directory" in err, err
    assert read(tmp) == text
    # Nor is there a place for the records that are removed if the disk is full.
    os.rmdir(os.path.join(tmp, "out.removed"))
    code, _, err = run(
        tmp, "--retry", "0", "-o", "out", "--resume=url", "list",
        preexec_fn=lambda: harness.limit_files(100))
    assert code == 3 and "out.removed: File too large" in err, err
    assert read(tmp) == text
    # A pipe with a reader, which opening would not wait for.
    os.remove(os.path.join(tmp, "out.removed"))
    os.mkfifo(os.path.join(tmp, "out.removed"))
    reader = os.open(os.path.join(tmp, "out.removed"),
                     os.O_RDONLY | os.O_NONBLOCK)
    code, err = continue_by_url(tmp)
    assert code == 3 and "out.removed: File exists" in err, err
    assert os.read(reader, 1) == b"" and read(tmp) == text
    os.close(reader)
    for name, why in (("list/x", "Not a directory"), (".", "directory")):
        code, _, err = run(tmp, "--resume=url", "-o", name, "list")
        assert code == 2 and why in err, (code, err)
    os.mkfifo(os.path.join(tmp, "fifo"))
    for args, why in ((["--resume=url", "-o", "out", "fifo"], "a pipe"),
                      (["--resume=url", "-o", "out", "-"], "standard input"),
                      (["--resume=url", "list"], "--output FILE"),
                      (["--resume=uri", "-o", "out", "list"], "must be url"),
                      (["--resume=", "-o", "out", "list"], "must be url")):
        code, out, err = run(tmp, *args)
        assert code == 2 and not out and why in err, (args, code, err)
    # The value follows "=", so a list may have its name.
    os.rename(os.path.join(tmp, "list"), os.path.join(tmp, "url"))
    code, out, err = run(tmp, "-s", "-o", "new", "--resume", "url")
    assert code == 0 and len(records(tmp, "new")) == 2, err


# --- --retry-failed -----------------------------------------------------------

BUSY = 'reply 503 text/html\nbody "busy"\n'
GONE = 'reply 404 text/html\nbody "no"\n'
LIST = "<ul><li><b>1</b><li><b>2</b><li><b>3</b></ul>"
ITEMS = ["--each", "li", "--select", "n=b", "--items"]


def retry(tmp, *args):
    """Returns the code and the messages of a run that repeats failed
    requests."""
    code, out, err = run(tmp, "--retry", "0", "-o", "out", *args, "list")
    assert not out
    return code, err


def lines_of(tmp, name):
    try:
        return read(tmp, name).count(b"\n")
    except FileNotFoundError:
        return 0


def which(tmp, name="out.scrape-retry"):
    """Tells a file from the one that had its name before; None: no file."""
    try:
        with open(os.path.join(tmp, name), "rb") as f:
            return os.fstat(f.fileno()).st_ino, f.readline()
    except FileNotFoundError:
        return None


def kill_at(p, tmp, lines, left):
    """Kills the run when it has written so many new records, not counting those
    that an earlier one has left. Whether it was over before that."""
    try:
        while p.poll() is None:
            if which(tmp) not in (None, left) \
                    and lines_of(tmp, "out.scrape-retry") > lines:
                p.send_signal(signal.SIGKILL)
                p.wait()
                return False
            time.sleep(.002)
        return True
    finally:
        finish(p)


def check_old_or_new(tmp, count, new_lines):
    """Checks that each request has its old record, or all lines of the new
    one."""
    got = {}
    for record in records(tmp):
        got.setdefault(record["index"], []).append(record["status"])
    assert sorted(got) == list(range(count)), len(got)
    for index, statuses in got.items():
        assert statuses == ([200] if index % 3 else [503]) \
            or statuses == [200] * new_lines, (index, statuses)
    return sum(statuses[0] == 200 for statuses in got.values())


@test
def killed_retries_leave_the_old_record_or_the_new_one(tmp):
    behaviour(tmp, "good", HELLO)
    dice = random.Random(23)
    kills = 0
    behaviour(tmp, "page", "[1]\n%s[*]\nsleep 5\n%s" % (
        BUSY, HELLO.replace("<title>", LIST + "<title>")))
    with harness.Server(tmp) as server:
        for i, mode in enumerate(MODES):
            for args, lines in (([], 1), (["--ordered"], 1), (ITEMS, 3),
                                (["--resume=url", *ITEMS], 3))[i % 2::2]:
                write(tmp, "list", [server.url("%s/%s%d?%d" % (
                    "good" if i % 3 else "page", mode, len(args), i))
                    for i in range(240)])
                items = [word for word in args if word in ITEMS]
                code, _, err = run(tmp, "-s", "--retry", "0", "-P", "32",
                                   "--parallel-max-host", "32", "-o", "out",
                                   *items, "list")
                assert code == 0, err
                ended, new = False, 160
                while not ended:
                    left = which(tmp)
                    p = start(tmp, "--mode", mode, *args, "-P", "8",
                              "--parallel-max-host", "8", "--rate", "1000/s",
                              "-o", "out", "--retry-failed", "list")
                    ended = kill_at(p, tmp, dice.randrange(5, 40) * lines,
                                    left)
                    kills += not ended
                    now = check_old_or_new(tmp, 240, lines)
                    assert now >= new, (mode, now, new)
                    new = now
                assert p.returncode == 0 and new == 240, (mode, new)
                if "--ordered" in args:
                    assert indexes(read(tmp)) == list(range(240)), mode
                assert not os.path.exists(os.path.join(tmp,
                                                       "out.scrape-retry"))
                os.remove(os.path.join(tmp, "out"))
    # On a busy machine a run may end before it is killed, but not each run.
    assert kills


@test
def only_failed_requests_are_repeated(tmp):
    behaviour(tmp, "good", HELLO)
    behaviour(tmp, "busy", "[1]\n" + BUSY + "[*]\n" + HELLO)
    behaviour(tmp, "gone", "[1]\n" + GONE + "[*]\n" + HELLO)
    log = os.path.join(tmp, "log")
    with harness.Server(tmp, log=log) as server:
        write(tmp, "list", [server.url("good?0"), server.url("busy?1"),
                            server.url("gone?2"), REFUSED, "http://:/",
                            json.dumps({"url": server.url("gone?5"),
                                        "id": "x", "method": "POST",
                                        "body": "b"})])
        assert retry(tmp, "--retry-failed")[0] == 0     # there is no file yet
        before = records(tmp)
        for kinds, again in (("timeout,dns", []), ("404, 500", [2, 5]),
                             ("5xx,connect", [1, 3]), ("3xx", []),
                             (None, [3, 4]), ("url", [4])):
            had = {r["index"]: r for r in records(tmp)}
            option = "--retry-failed" + ("=" + kinds if kinds else "")
            code, err = retry(tmp, option)
            assert code == 0, err
            now = {r["index"]: r for r in records(tmp)}
            assert sorted(indexes(read(tmp))) == list(range(6)), kinds
            assert [i for i in had if had[i] == now[i]] == \
                [i for i in had if i not in again] \
                or kinds in ("url", None), (kinds, had, now)
            if again:
                assert "repeating the requests of %d of them" % len(again) \
                    in err, err
            else:
                assert "none of which has failed in the ways given: " + kinds \
                    in err and "nothing to do" in err, err
        # In their old places, as the file was not ordered.
        assert indexes(read(tmp)) == [r["index"] for r in before]
    with open(log, encoding="utf-8") as f:
        asked = f.read()
    for name, times in (("good?0", 1), ("busy?1", 2), ("gone?2", 2),
                        ("gone?5", 2)):
        assert asked.count(name + "\n") == times, (name, asked)
    write(tmp, "list", [REFUSED])
    for args, why in ((["--retry-failed=teapot"], "no kind \"teapot\"; kinds"),
                      (["--retry-failed="], "a kind is empty"),
                      (["--retry-failed=404,,5xx"], "a kind is empty"),
                      (["--retry-failed=40"], "timeout http"),
                      (["--retry-failed=cancelled"], "no kind")):
        code, err = retry(tmp, *args)
        assert code == 2 and why in err, (args, code, err)
    code, _, err = run(tmp, "--retry-failed", "list")
    assert code == 2 and "--output FILE" in err, err


@test
def retries_that_are_interrupted_keep_their_new_records(tmp):
    behaviour(tmp, "page", "[1]\n" + BUSY + "[*]\n" + HELLO)
    behaviour(tmp, "slow", "[1]\n%s[*]\n%s" % (BUSY, HELD))
    with harness.Server(tmp) as server:
        urls = [server.url("page?%d" % i) for i in range(7)] + [
            server.url("good")]
        behaviour(tmp, "good", HELLO)
        urls[5] = server.url("slow?5")
        write(tmp, "list", urls[:7])
        assert run(tmp, "-s", "--retry", "0", "-o", "out", "list")[0] == 0
        # A line was added meanwhile, too.
        write(tmp, "list", urls)
        p = start(tmp, "--parallel-max-host", "8", "-o", "out",
                  "--retry-failed=5xx", "list")
        try:
            harness.wait_until(lambda: lines_of(tmp, "out.scrape-retry") == 8,
                               "new records are written")
            p.send_signal(signal.SIGINT)
            harness.wait_for_message(p, b"stopping")
            server.let_go()
            _, err = p.communicate(timeout=harness.HANG)
        finally:
            finish(p)
        assert p.returncode == 130, err
        assert b"stopped: 8 requests were made" in err, err
        assert {r["index"]: r["status"] for r in records(tmp)} == {
            i: 200 for i in range(8)}
        assert sorted(os.listdir(tmp)) == ["good", "list", "out", "page",
                                           "slow"]


@test
def records_of_a_killed_retry_go_only_into_their_own_file(tmp):
    behaviour(tmp, "page", "[1]\n" + BUSY + "[2]\n" + HELLO + "[*]\n" + BUSY)
    behaviour(tmp, "slow", "[1]\n" + BUSY + "[2]\nsleep 60000\n" + HELLO
              + "[*]\n" + BUSY)
    with harness.Server(tmp) as server:
        write(tmp, "list", [server.url("page?%d" % i) for i in range(5)]
              + [server.url("slow?")])
        assert run(tmp, "-s", "--retry", "0", "-o", "out", "list")[0] == 0
        old = read(tmp)
        p = start(tmp, "-o", "out", "--retry-failed", "list")
        try:
            harness.wait_until(lambda: lines_of(tmp, "out.scrape-retry") == 6,
                               "new records are written")
            code, err = retry(tmp, "--retry-failed")
            assert code == 2 and "another scrape is writing it" in err, err
        finally:
            finish(p)
        assert read(tmp) == old, (read(tmp), old)
        left = read(tmp, "out.scrape-retry")
        # The file is another one by now: nothing is put into it.
        damaged(tmp, b"".join(old.splitlines(True)[:3]))
        code, err = retry(tmp, "--resume")
        assert code == 0, err
        assert "out.scrape-retry is of another run: renamed to" in err, err
        assert read(tmp, "out.scrape-retry~") == left
        assert {r["status"] for r in records(tmp)} == {503}
        # It is the same one: any run that continues it takes them in.
        damaged(tmp, old)
        with open(os.path.join(tmp, "out.scrape-retry"), "wb") as f:
            f.write(left + left.splitlines(True)[-1][:40])
        code, err = retry(tmp, "--resume")
        assert code == 0 and "nothing to do" in err, err
        assert sorted(r["status"] for r in records(tmp)) == [200] * 5 + [503]
        assert not os.path.exists(os.path.join(tmp, "out.scrape-retry"))
        # Not what is somebody's.
        for make in (os.mkfifo, os.mkdir,
                     lambda name: os.symlink("list", name)):
            make(os.path.join(tmp, "out.scrape-retry"))
            code, err = retry(tmp, "--retry-failed")
            assert code == 3 and "out.scrape-retry is in the way" in err, err
            (os.rmdir if os.path.isdir(os.path.join(tmp, "out.scrape-retry"))
             else os.remove)(os.path.join(tmp, "out.scrape-retry"))


@test
def file_with_two_names_is_not_replaced(tmp):
    """A new file would replace one of them only."""
    good, busy = 'reply 200 text/html\nbody "x"\n', "[1]\n%s[*]\n" % BUSY
    behaviour(tmp, "page", busy + good)
    behaviour(tmp, "good", good)
    with harness.Server(tmp) as server:
        write(tmp, "list", [server.url("page"), server.url("good")])
        assert retry(tmp)[0] == 0
        before = read(tmp)
        os.link(os.path.join(tmp, "out"), os.path.join(tmp, "other"))
        code, err = retry(tmp, "--retry-failed")
        assert code == 3 and "more than one name" in err, (code, err)
        assert "the new records are in" in err, err
        assert read(tmp) == before and lines_of(tmp, "out.scrape-retry") == 2
        # The next run takes them in.
        os.unlink(os.path.join(tmp, "other"))
        code, err = retry(tmp, "--resume")
        assert code == 0 and "nothing to do" in err, (code, err)
        assert [r["status"] for r in records(tmp)] == [200, 200]
        # So it is with records that are put in order or without damage.
        lines = read(tmp).splitlines(True)
        for text, args, what in (
                (lines[1] + lines[0], ["--ordered"], "in order"),
                (lines[0] + bytes(9) + b"\n" + lines[1], [],
                 "without its damaged lines")):
            damaged(tmp, text)
            os.link(os.path.join(tmp, "out"), os.path.join(tmp, "other"))
            code, err = retry(tmp, "--resume", *args)
            assert code == 3 and what in err, (code, err)
            assert read(tmp) == text
            os.unlink(os.path.join(tmp, "other"))
            assert retry(tmp, "--resume", *args)[0] == 0
            assert read(tmp) == b"".join(lines)
