"""Tests of --resume=url: the list has changed. A part of tests/behaviour/run."""
import json
import os
import random
import signal

import harness
from __main__ import (HELLO, REFUSED, behaviour, finish, run, start, test)
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
                assert p.returncode == 0 and kills, (mode, kills)
                assert by_index(tmp) == urls, mode
                assert not ordered or indexes(read(tmp)) == list(
                    range(len(urls))), mode
                for name in ("out.removed", "out.scrape-resume"):
                    if os.path.exists(os.path.join(tmp, name)):
                        os.remove(os.path.join(tmp, name))


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
def what_cannot_be_continued_by_url_is_left_alone(tmp):
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
