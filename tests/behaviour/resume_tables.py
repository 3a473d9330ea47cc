"""Tests of --resume with tables. A part of tests/behaviour/run."""
import csv
import json
import os
import random
import signal
import sqlite3

import harness
from __main__ import (HELLO, REFUSED, behaviour, finish, run, start, test)
from resume import MODES, damaged, read, wait_for_records, write

# Their titles have what csv quotes.
PAGES = HELLO.replace("Hello", 'a \\"b\\", c;\\n\\td')


def rows(tmp, separator=","):
    with open(os.path.join(tmp, "out"), encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f, delimiter=separator))


def go_on(tmp, *args):
    code, out, err = run(tmp, "--retry", "0", "-o", "out", "--resume", *args,
                         "list")
    assert not out
    return code, err


@test
def killed_runs_that_write_a_table_continue_it(tmp):
    behaviour(tmp, "page", "sleep 5\n" + PAGES)
    dice = random.Random(8)
    kills = 0
    with harness.Server(tmp) as server:
        write(tmp, "list", [json.dumps({
            "url": server.url("page?%d" % i), "id": ['"', i, "\n,"]})
            if i % 3 else server.url("page?%d" % i) for i in range(200)])
        for mode, args in zip(MODES, (
                ["--format", "csv"], ["--format", "csv", "--ordered", "--bom"],
                ["--format", "tsv", "--columns", "title,url,index,status"],
                ["--format", "csv", "--csv-safe", "--select", "t=title",
                 "--columns", "t,index,url"])):
            damaged(tmp, b"")
            while True:
                had = read(tmp).count(b"\n")
                p = start(tmp, "--mode", mode, "-P", "8", *args,
                          "--parallel-max-host", "8", "--rate", "1000/s",
                          "-o", "out", "--resume", "list")
                try:
                    if wait_for_records(p, tmp, had + dice.randrange(1, 120)):
                        break
                    p.send_signal(signal.SIGKILL)
                    kills += 1
                    p.wait()
                finally:
                    finish(p)
                # As a kill in the middle of a row.
                text = read(tmp)
                if dice.randrange(2) and text.count(b"\n") > 2:
                    damaged(tmp, text[:-dice.randrange(1, 25)])
            assert p.returncode == 0, mode
            got = [int(row["index"]) for row in rows(
                tmp, "\t" if "tsv" in args else ",")]
            assert sorted(got) == list(range(200)), (mode, len(got))
            assert "--ordered" not in args or got == sorted(got)
            text = read(tmp)
            assert text.count(b"\xef\xbb\xbf") == ("--bom" in args), mode
    # On a busy machine a run may end before it is killed, but not each run.
    assert kills


@test
def tables_are_cut_after_their_last_whole_row(tmp):
    write(tmp, "list", [json.dumps({"url": REFUSED + str(i),
                                    "id": '"a"\n,\r\n"%d' % i})
                        for i in range(4)])
    assert go_on(tmp, "--format", "csv", "--ordered")[0] == 0
    whole = read(tmp)
    start_of_rows = whole.index(b"\n") + 1
    for length in [*range(start_of_rows, len(whole), 13), len(whole) - 1, 0]:
        damaged(tmp, whole[:length])
        code, err = go_on(tmp, "--format", "csv")
        assert code == 0, (length, err)
        assert sorted(row["index"] for row in rows(tmp)) == list("0123"), (
            length, read(tmp))
        assert {row["id"] for row in rows(tmp)} == {
            '"a"\n,\r\n"%d' % i for i in range(4)}
    code, err = go_on(tmp, "--format", "csv")
    assert code == 0 and "nothing to do" in err, err


@test
def table_that_is_not_of_the_run_is_left_alone(tmp):
    write(tmp, "list", [REFUSED + str(i) for i in range(3)])
    assert go_on(tmp, "--format", "csv")[0] == 0
    text = read(tmp)
    for other, args in ((b"my,notes\r\n1,2\r\n", []), (b"my notes", []),
                        (text, ["--columns", "index,url"]),
                        (text, ["--format", "tsv"]), (text, ["--links"]),
                        (text + b"1,2,3\r\n" + text, []),
                        (text.replace(b"\r\n0,", b"\r\nx,"), [])):
        damaged(tmp, other)
        code, err = go_on(tmp, "--format", "csv", *args)
        assert code == 2 and "is not a record of scrape" in err, (args, err)
        assert read(tmp) == other
    damaged(tmp, text)
    write(tmp, "list", [REFUSED + str(i) for i in (0, 2, 1)])
    code, err = go_on(tmp, "--format", "csv")
    assert code == 2 and "another list" in err and read(tmp) == text, err
    for args, why in (
            (["--resume", "--select", "t=title"], "columns index and url"),
            (["--resume", "--columns", "url"], "columns index and url"),
            (["--resume=url"], "format jsonl only"),
            (["--retry-failed"], "format jsonl only")):
        code, _, err = run(tmp, "--format", "csv", "-o", "out", *args, "list")
        assert code == 2 and why in err, (args, err)
    for form in ("json",):
        code, _, err = run(tmp, "--format", form, "-o", "new", "--resume",
                           "list")
        assert code == 2 and "jsonl, csv, tsv and sqlite" in err, err


@test
def records_are_put_in_order_when_their_run_is_continued(tmp):
    urls = [REFUSED + str(i) for i in range(40)]
    write(tmp, "list", urls)
    for form, args in (("csv", ["--bom"]), ("tsv", []), ("jsonl", [])):
        args = ["--format", form, *args, "--retry", "0", "-P", "1", "-o", "out"]
        assert run(tmp, "-s", *args, "--ordered", "list")[0] == 0
        good = read(tmp)
        lines = good.splitlines(True)
        header, rows_ = lines[:len(lines) - 40], lines[-40:]
        damaged(tmp, b"".join(header + rows_[::-1]))
        for _ in range(2):
            code, err = go_on(tmp, *args, "--ordered")
            assert code == 0 and "nothing to do" in err, (form, code, err)
            assert read(tmp) == good, form
        os.remove(os.path.join(tmp, "out"))


@test
def killed_runs_that_write_a_database_continue_it(tmp):
    behaviour(tmp, "page", "sleep 5\n" + PAGES)
    dice = random.Random(9)

    def select(query):
        db = sqlite3.connect(os.path.join(tmp, "out"))
        try:
            return db.execute(query).fetchall()
        except sqlite3.OperationalError:
            return []
        finally:
            db.close()

    with harness.Server(tmp) as server:
        write(tmp, "list", [server.url("page?%d" % i) for i in range(200)])
        kills = 0
        for mode in MODES[:2]:
            while True:
                had = len(select("SELECT url FROM records"))
                p = start(tmp, "--mode", mode, "-P", "8", "--format", "sqlite",
                          "--parallel-max-host", "8", "--rate", "200/s",
                          "-o", "out", "--resume", "list")
                try:
                    more = dice.randrange(1, 60)
                    while p.poll() is None and len(select(
                            "SELECT url FROM records")) < had + more:
                        pass
                    if p.poll() is not None:
                        break
                    p.send_signal(signal.SIGKILL)
                    kills += 1
                    p.wait()
                finally:
                    finish(p)
            assert p.returncode == 0, (mode, p.returncode)
            got = select('SELECT "index", url FROM records ORDER BY 1')
            assert got == [(i, server.url("page?%d" % i))
                           for i in range(200)], (mode, len(got))
            assert select("PRAGMA integrity_check") == [("ok",)]
            if mode == MODES[0]:
                os.remove(os.path.join(tmp, "out"))
        assert kills
        code, err = go_on(tmp, "--format", "sqlite")
        assert code == 0 and "nothing to do" in err, err
        # Rows of another run are in it.
        assert run(tmp, "-s", "--format", "sqlite", "-o", "out", "list")[0] == 0
        code, err = go_on(tmp, "--format", "sqlite")
        assert code == 2 and "two rows with the index 0" in err, err
        write(tmp, "out", ["no database" * 200])
        code, err = go_on(tmp, "--format", "sqlite")
        assert code == 2 and "not a database" in err, err


@test
def databases_are_resumed_or_left_alone(tmp):
    behaviour(tmp, "page", PAGES)
    path = os.path.join(tmp, "out")
    args = ["--format", "sqlite", "--table", "t"]

    def change(*statements):
        db = sqlite3.connect(path)
        with db:
            for sql in statements:
                db.execute(sql)
        db.close()

    with harness.Server(tmp) as server:
        write(tmp, "list", [server.url("page?%d" % i) for i in range(3)])
        # There is nothing to continue: no file, no table, no row.
        for statements in ([], ["create table other (url)", "drop table t"],
                           ["delete from t"]):
            if statements:
                change(*statements)
            code, err = go_on(tmp, *args)
            assert code == 0 and "nothing to do" not in err, err
        # A column for the error is not needed.
        short = [*args[:-1], "short", "--columns", "index,url"]
        for why in ("", "nothing to do"):
            code, err = go_on(tmp, *short)
            assert code == 0 and why in err, err
        # Nor are its rows those of failed requests.
        code, err = go_on(tmp, *args[:-1], "short", "-f")
        assert code == 0 and "nothing to do" in err, (code, err)
        # A relative and an absolute name are those of the same file.
        code, _, err = run(tmp, *args, "-o", path, "--resume", "list")
        assert code == 0 and "nothing to do" in err, err

        # Rows that no run has written.
        for index, why in (("8000000000", "index that is too high"),
                           ("-1", "the index -1")):
            change("update t set \"index\" = %s where \"index\" = (select "
                   "max(\"index\") from t)" % index)
            code, err = go_on(tmp, *args)
            assert code == 2 and why in err, (index, code, err)
        change("update t set url = NULL, \"index\" = 2 where \"index\" < 0")
        code, err = go_on(tmp, *args)
        assert code == 2 and "another list" in err, (code, err)

    # A damaged file, and a name that is not that of a file.
    change("create table many (a)", "insert into many with recursive n(i) as "
           "(select 1 union all select i + 1 from n where i < 3000) select "
           "hex(randomblob(50)) from n", "create table late (\"index\", url, "
           "error)", "insert into late with recursive n(i) as (select 0 union "
           "all select i + 1 from n where i < 2000) select i, 'u' || i, null "
           "from n")
    text = read(tmp)
    damaged(tmp, text[:-20 * 4096] + b"\0" * 20 * 4096)
    code, err = go_on(tmp, *args[:-1], "late")
    assert code == 2 and "malformed" in err, (code, err)
    os.remove(path)
    os.mkdir(path)
    code, err = go_on(tmp, *args)
    assert code == 2 and "not a regular file" in err, (code, err)
