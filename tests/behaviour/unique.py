"""Tests of --unique. A part of tests/behaviour/run."""
import csv
import json
import os
import random
import signal

import harness
from __main__ import (HELLO, REFUSED, behaviour, finish, run, start, test)
from resume import MODES, indexes, read, wait_for_records, write

LIST = "<ul><li><b>1</b><li><b>2</b><li><b>3</b></ul>"


def asked(log):
    with open(log, encoding="utf-8") as f:
        words = f.read().split()
    return [word for word in words if word.startswith("/page")]


def without_line(record):
    return {key: value for key, value in record.items()
            if key not in ("index", "id", "url")}


@test
def equal_lines_are_requested_once_in_each_mode(tmp):
    behaviour(tmp, "page", HELLO)
    behaviour(tmp, "gone", 'reply 404 text/html\nbody "no"\n')
    log = os.path.join(tmp, "log")
    with harness.Server(tmp, log=log) as server:
        upper = server.url("page?1").replace("http://", "HTTP://")
        same = [server.url("page?1"), server.url("page?1#part"), upper,
                server.url("page?1").split("//")[1],
                server.url("x/../page?1"),
                '{"url":"%s","id":[7,"\\n"]}' % server.url("page?1")]
        others = [server.url("page?2"), server.url("page?1&"),
                  '{"url":"%s","method":"POST"}' % server.url("page?1"),
                  '{"url":"%s","body":"b"}' % server.url("page?1"),
                  '{"url":"%s","body":"c"}' % server.url("page?1"),
                  '{"url":"%s","headers":{"A":"b"}}' % server.url("page?1"),
                  '{"url":"%s","params":{"q":1}}' % server.url("page?1")]
        failing = [server.url("gone"), server.url("gone"), REFUSED, REFUSED,
                   "http://:/", "http://:/", "a b", "a b"]
        lines = same + others + failing + same[:3]
        for mode in MODES:
            for ordered in ([], ["--ordered"]):
                with open(log, "w", encoding="utf-8"):
                    pass
                code, records, err = run(
                    tmp, "--proto-default", "http", "--retry", "0", "--mode",
                    mode, *ordered, "--unique", "-", lines=lines)
                assert code == 0, err
                assert not ordered or [r["index"] for r in records] == list(
                    range(len(lines)))
                records.sort(key=lambda r: r["index"])
                assert [r["index"] for r in records] == list(range(len(lines)))
                for r, line in zip(records, lines):
                    line = json.loads(line) if line[0] == "{" else {
                        "url": line}
                    assert r["url"] == line["url"], (r, line)
                    assert r.get("id") == line.get("id"), (r, line)
                first = without_line(records[0])
                for i in [*range(1, 6), *range(len(lines) - 3, len(lines))]:
                    assert without_line(records[i]) == first, (i, first)
                assert without_line(records[15]) == without_line(records[16])
                assert records[16]["error"]["kind"] == "connect"
                assert records[14]["status"] == 404
                assert len(asked(log)) == 1 + len(others), (mode, asked(log))


@test
def many_equal_lines_wait_in_bounded_memory(tmp):
    """All lines of a page that comes late wait, and then more lines at once
    than may wait."""
    behaviour(tmp, "page", "sleep 300\n" + HELLO.replace(
        "<title>", LIST + "<title>"))
    log = os.path.join(tmp, "log")
    with harness.Server(tmp, log=log) as server:
        write(tmp, "list", [server.url("page?%d#%d" % (i % 3, i))
                            for i in range(30000)])
        for args, lines in ((["--ordered"], 1),
                            (["--each", "li", "--select", "n=b", "--items"],
                             3)):
            with open(log, "w", encoding="utf-8"):
                pass
            code, records, err = run(tmp, "--unique", *args, "--summary",
                                     "sum.json", "list")
            assert code == 0 and len(records) == 30000 * lines, (
                code, len(records), err)
            got = [r["index"] for r in records]
            assert got == sorted(got) or lines > 1
            assert sorted(got[::lines]) == list(range(30000))
            assert len(asked(log)) == 3, asked(log)
            with open(os.path.join(tmp, "sum.json"), encoding="utf-8") as f:
                summary = json.load(f)
            assert summary["requests"] == 3, summary["requests"]
            assert summary["phases"]["output"] < 1e6, summary["phases"]
        code, _, err = run(tmp, "--unique", "--format", "csv", "-o", "out.csv",
                           "list")
        assert code == 0, err
        with open(os.path.join(tmp, "out.csv"), encoding="utf-8",
                  newline="") as f:
            rows = list(csv.DictReader(f))
        assert sorted(int(row["index"]) for row in rows) == list(range(30000))
        assert all(row["url"].endswith("#" + row["index"]) for row in rows)


@test
def killed_runs_with_unique_go_on_with_the_records_they_have(tmp):
    behaviour(tmp, "page", "sleep 5\n" + HELLO)
    log = os.path.join(tmp, "log")
    dice = random.Random(3)
    all_kills = 0
    with harness.Server(tmp, log=log) as server:
        write(tmp, "list", [server.url("page?%d" % (i % 150))
                            for i in range(600)])
        for mode in MODES:
            with open(log, "w", encoding="utf-8"):
                pass
            write(tmp, "out", [])
            os.truncate(os.path.join(tmp, "out"), 0)
            kills = 0
            while True:
                had = read(tmp).count(b"\n")
                p = start(tmp, "--mode", mode, "-P", "4", "--unique",
                          "--parallel-max-host", "4", "--rate", "1000/s",
                          "-o", "out", "--resume", "list")
                try:
                    if wait_for_records(p, tmp, had + dice.randrange(1, 200)):
                        break
                    p.send_signal(signal.SIGKILL)
                    kills += 1
                    p.wait()
                finally:
                    finish(p)
            assert p.returncode == 0, mode
            all_kills += kills
            assert sorted(indexes(read(tmp))) == list(range(600)), mode
            # Again only what was in flight, or not yet written.
            assert len(asked(log)) <= 150 + kills * 40, (mode, kills,
                                                         len(asked(log)))
    # On a busy machine a run may end before it is killed, but not each run.
    assert all_kills


@test
def records_that_cannot_be_kept_end_the_run(tmp):
    """Files may have no more than a few bytes, as on a full disk."""
    behaviour(tmp, "page", HELLO)
    with harness.Server(tmp) as server:
        write(tmp, "list", [server.url("page?%d" % (i % 2))
                            for i in range(2000)])
        p = start(tmp, "--unique", "list",
                  preexec_fn=lambda: harness.limit_files(10))
        try:
            _, err = p.communicate(timeout=harness.HANG)
        finally:
            finish(p)
        assert p.returncode == 3, (p.returncode, err)
        assert b"--unique: records cannot be kept in a temporary file" in err
        assert err.count(b"\n") == 1, err


@test
def equal_rows_of_a_table_keep_their_own_columns(tmp):
    behaviour(tmp, "page", HELLO)
    log = os.path.join(tmp, "log")
    with harness.Server(tmp, log=log) as server:
        url = server.url("page")
        names = ["a", "b,\"", "c", "d"]

        def table(order):
            with open(os.path.join(tmp, "list.csv"), "w", encoding="utf-8",
                      newline="") as f:
                csv.writer(f).writerows([["name", "url"]] + [
                    [names[i], url] for i in order])

        def go_on(*args):
            code, out, err = run(tmp, "--unique", "--input-format", "csv",
                                 *args, "-o", "out", "list.csv")
            assert code == 0 and not out, err
            return {r["index"]: r["input"] for r in (
                json.loads(line) for line in read(tmp).splitlines())}

        table([0, 1, 2])
        assert go_on() == {i: {"name": names[i]} for i in range(3)}
        # By URL, and in another order: each has its own columns.
        table([2, 3, 0, 1])
        assert go_on("--resume=url") == {
            i: {"name": names[n]} for i, n in enumerate([2, 3, 0, 1])}
    assert len(asked(log)) == 1, asked(log)
