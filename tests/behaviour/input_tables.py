"""Tests of --input-format: lists of requests that are tables. A part of
tests/behaviour/run."""
import csv
import io
import json
import os
import sqlite3
import subprocess

import harness
from __main__ import behaviour, run, start, test
from reports import MODES

PAGE = 'reply 200 text/html\nbody "<h1>Hi</h1><p>1</p><p>2</p>"\n'
NAMES = ('plain', 'a "quoted", cell', 'two\r\nlines', '', '=1+1', '\xe9\u2028')


def write_table(tmp, name, server, dialect="excel", count=len(NAMES)):
    text = io.StringIO(newline="")
    writer = csv.writer(text, dialect=dialect)
    writer.writerow(["name", "Link", "input", "name"])
    for i in range(count):
        writer.writerow([NAMES[i % len(NAMES)], server.url("page?%d" % i),
                         str(i), "x"])
    with open(os.path.join(tmp, name), "w", encoding="utf-8",
              newline="") as f:
        f.write("\ufeff" + text.getvalue())


def expected(i):
    return {"name": NAMES[i % len(NAMES)], "input": str(i), "name_4": "x"}


def check(records, count=len(NAMES)):
    assert [r["index"] for r in records] == list(range(count)), records
    for i, r in enumerate(records):
        assert r["input"] == expected(i), (i, r["input"])
        assert list(r["input"]) == list(expected(i)), r["input"]
        assert list(r)[:3] == ["index", "url", "input"], list(r)


@test
def columns_of_a_table_are_input_of_its_records(tmp):
    behaviour(tmp, "page", PAGE)
    with harness.Server(tmp) as server:
        for name, dialect in (("csv", "excel"), ("tsv", "excel-tab")):
            write_table(tmp, "list", server, dialect)
            for mode in MODES:
                args = ("--mode", mode, "--ordered", "--input-format", name,
                        "list")
                code, records, err = run(tmp, *args)
                assert code == 0 and not err, (mode, err)
                check(records)
                code, records, err = run(tmp, *args, "--each", "p",
                                         "--items", "--select", "p=:scope")
                assert code == 0 and len(records) == 2 * len(NAMES), err
                for n, r in enumerate(records):
                    assert r["input"] == expected(n // 2), r


@test
def columns_of_a_table_are_columns_of_the_output(tmp):
    behaviour(tmp, "page", PAGE)
    with harness.Server(tmp) as server:
        write_table(tmp, "list.csv", server)
        args = ("--ordered", "--input-format", "csv", "list.csv",
                "--select", "h=h1")
        for mode in MODES:
            p = start(tmp, *args, "--mode", mode, "--format", "csv")
            out, err = p.communicate(timeout=harness.HANG)
            assert p.returncode == 0, err
            rows = list(csv.DictReader(io.StringIO(out.decode(),
                                                   newline="")))
            assert list(rows[0]) == ["url", "status", "error", "h",
                                     "input_name", "input_input",
                                     "input_name_4"], rows[0]
            for i, row in enumerate(rows):
                assert row["input_name"] == NAMES[i], row
                assert row["h"] == "Hi", row
        code, _, err = run(tmp, *args, "--format", "sqlite", "-o", "out.db")
        assert code == 0, err
        with sqlite3.connect(os.path.join(tmp, "out.db")) as db:
            rows = db.execute("select input_name, h from records").fetchall()
            assert [r[0] for r in rows] == list(NAMES), rows
        # Of a pipe, the columns are not known before.
        with open(os.path.join(tmp, "list.csv"), "rb") as f:
            table = f.read()
        p = start(tmp, "--ordered", "--input-format", "csv", "-", "--format",
                  "csv", "--columns", "input.name,input", stdin=-1)
        out = p.communicate(table, timeout=harness.HANG)[0].decode()
        rows = list(csv.reader(io.StringIO(out, newline="")))[1:]
        assert [r[0] for r in rows] == list(NAMES), rows
        assert [json.loads(r[1]) for r in rows] == [
            expected(i) for i in range(len(NAMES))], rows


@test
def run_of_a_table_is_resumed(tmp):
    behaviour(tmp, "page", PAGE)
    out = os.path.join(tmp, "out.jsonl")
    with harness.Server(tmp) as server:
        write_table(tmp, "list.csv", server, count=20)
        for mode in MODES:
            for resume in ("--resume", "--resume=url"):
                args = ("--mode", mode, "--ordered", "--input-format", "csv",
                        "list.csv", "-o", "out.jsonl")
                with open(out, "w", encoding="utf-8"):
                    pass
                code, _, err = run(tmp, *args)
                assert code == 0, err
                with open(out, encoding="utf-8") as f:
                    lines = f.read().splitlines(True)
                with open(out, "w", encoding="utf-8") as f:
                    f.write("".join(lines[3:9]) + lines[12][:40])
                code, _, err = run(tmp, *args, resume)
                assert code == 0, (mode, resume, err)
                with open(out, encoding="utf-8") as f:
                    check([json.loads(line) for line in f], 20)


@test
def row_of_a_pipe_is_requested_at_once(tmp):
    behaviour(tmp, "page", PAGE)
    with harness.Server(tmp) as server:
        p = start(tmp, "--input-format", "csv", "--column", "2", "-",
                  stdin=subprocess.PIPE)
        p.stdin.write(b"a;b\r\n")
        for i in range(3):
            p.stdin.write(b'"%d;\n";%s\r\n'
                          % (i, server.url("page").encode()))
            p.stdin.flush()
            record = json.loads(p.stdout.readline())
            assert record["input"] == {"a": "%d;\n" % i}, record
        p.stdin.close()
        assert p.wait(harness.HANG) == 0
