"""Tests of scrape table, which makes tables of saved records. A part of
tests/behaviour/run."""
import json
import os
import signal
import subprocess

import harness
from __main__ import behaviour, start, test
from formats import rows_of, table
from tables import PAGE, SPEC

JSON = "reply 200 application/json\nbody \"{\\\"a\\\":[1,{\\\"b\\\":1.50}]}\"\n"
REFUSED = "http://127.0.0.1:1/"


def call(tmp, *args, data=b""):
    """Returns the exit code, the output as bytes, and the messages."""
    p = start(tmp, *args, stdin=subprocess.PIPE)
    out, err = p.communicate(data, timeout=harness.HANG)
    return p.returncode, out, err.decode()


def make(tmp, *args, data=b""):
    """Returns the output as bytes, after checking that there was no
    message."""
    code, out, err = call(tmp, *args, data=data)
    assert code == 0 and not err, (code, err)
    return out


def write(tmp, name, *lines):
    with open(os.path.join(tmp, name), "w", encoding="utf-8") as f:
        f.writelines(line + "\n" for line in lines)


def line(url, **data):
    return json.dumps({"url": url, "status": 200, "data": data})


def without_times(rows):
    """Returns the rows without the columns of times, in which two runs
    differ."""
    at = [i for i, name in enumerate(rows[0])
          if name.startswith("time_") or name == "fetched_at"]
    return [[cell for i, cell in enumerate(row) if i not in at]
            for row in rows]


@test
def table_of_saved_records_is_that_of_the_run(tmp):
    behaviour(tmp, "page", PAGE)
    behaviour(tmp, "json", JSON)
    write(tmp, "spec.json", SPEC)
    with harness.Server(tmp) as server:
        urls = [server.url("page"), server.url("json"), REFUSED]
        for options in ((), ("--extract", "spec.json"),
                        ("--select", "status=b", "--jq", "x=.a", "--meta"),
                        ("--each", "dl > *", "--select", "n=::text",
                         "--body", "--headers"),
                        ("--each", "dl > *", "--items", "--select",
                         "n=::text")):
            args = ("-s", "--ordered", "--retry", "0", *options, *urls)
            want = make(tmp, "--format", "csv", *args)
            saved = make(tmp, *args)
            for name in ("-", "saved"):
                write(tmp, "saved", saved.decode().rstrip("\n"))
                got = make(tmp, "table", name,
                           data=saved if name == "-" else b"")
                assert without_times(table(got)) == \
                    without_times(table(want)), (options, got, want)


@test
def saved_records_have_all_forms(tmp):
    write(tmp, "a", line("http://a/", p=1.50, title="T, \"x\"\n\ty"),
          json.dumps({"url": "http://b/", "title": "own", "data": None,
                      "time": {"total": 0.25}, "note": "=1"}))
    write(tmp, "b", json.dumps({"url": "http://c/", "status": 404, "data": {
        "p": "\xe9\xe8", "q": {"r": {"s": [12345678901234567890]}}}},
        ensure_ascii=False))
    want = [["url", "status", "error", "p", "title", "q", "note"],
            ["http://a/", "200", "", "1.5", "T, \"x\"\n\ty", "", ""],
            ["http://b/", "", "", "", "", "", "=1"],
            ["http://c/", "404", "", "\xe9\xe8", "",
             '{"r":{"s":[12345678901234567890]}}', ""]]
    for name, dialect in (("csv", "excel"), ("tsv", "excel-tab")):
        got = make(tmp, "table", "--format", name, "a", "b")
        assert table(got, dialect=dialect) == want, got
    assert table(make(tmp, "table", "a", "b")) == want
    got = make(tmp, "table", "a", "--bom", "--csv-safe", "--columns", "note")
    assert got == b"\xef\xbb\xbfnote\r\n\"\"\r\n'=1\r\n", got
    names = "data.q.r.s,page_title,title,time_total,url"
    got = make(tmp, "table", "--columns", names, "b", "a")
    assert table(got) == [
        names.split(","),
        ["[12345678901234567890]", "", "", "", "http://c/"],
        ["", "", "T, \"x\"\n\ty", "", "http://a/"],
        ["", "own", "", "0.25", "http://b/"]], got
    make(tmp, "table", "--format", "sqlite", "-o", "out.db", "a", "b")
    path = os.path.join(tmp, "out.db")
    assert rows_of(path, "select url, p, title, q from records") == [
        ("http://a/", 1.5, "T, \"x\"\n\ty", None),
        ("http://b/", None, None, None),
        ("http://c/", "\xe9\xe8", None, '{"r":{"s":[12345678901234567890]}}')]
    for _ in range(2):
        make(tmp, "table", "--format", "sqlite", "-o", "out.db", "--table",
             "pages", "--upsert", "a", "b")
    assert rows_of(path, "select url, p from pages") == [
        ("http://a/", 1.5), ("http://b/", None), ("http://c/", "\xe9\xe8")]
    assert rows_of(path, "pragma integrity_check") == [("ok",)]
    code, _, err = call(tmp, "table", "--format", "sqlite", "-o", "out.db",
                        "--upsert", "--columns", "p", "a")
    assert code == 2 and "--columns must have url" in err, err


@test
def columns_of_the_list_are_columns_again(tmp):
    behaviour(tmp, "page", PAGE)
    with harness.Server(tmp) as server:
        for fields in ((), ("--select", "b=b")):
            write(tmp, "list.csv", "name,url,sum", 'x,%s,"1,5"' %
                  server.url("page"))
            args = ("--input-format", "csv", "--column", "url", *fields,
                    "list.csv")
            want = table(make(tmp, "--format", "csv", *args))
            assert want[0][-2:] == ["input_name", "input_sum"], want
            got = table(make(tmp, "table", data=make(tmp, *args)))
            assert sorted(without_times(got)[0]) == \
                sorted(without_times(want)[0]), (got, want)
            row = dict(zip(*got))
            assert row["input_name"] == "x" and row["input_sum"] == "1,5"


@test
def saved_records_become_other_json(tmp):
    lines = [line("http://%d/" % i, p=i) for i in range(3)]
    write(tmp, "a", *lines)
    whole = [json.loads(text) for text in lines]
    got = make(tmp, "table", "--format", "jsonl", "a")
    assert [json.loads(text) for text in got.splitlines()] == whole
    array = make(tmp, "table", "--format", "json", "a")
    assert json.loads(array) == whole
    got = make(tmp, "table", "--format", "json", "--columns",
               "data.p,url,final_url", "a")
    assert json.loads(got) == [
        {"data.p": i, "url": "http://%d/" % i, "final_url": None}
        for i in range(3)], got
    # What --format json wrote is read, too.
    assert make(tmp, "table", "-", data=array) == make(tmp, "table", "a")
    code, out, _ = call(tmp, "table", "--format", "json", data=b"[]\n")
    assert code == 0 and json.loads(out) == [], (code, out)


@test
def lines_that_are_no_records_are_named(tmp):
    bad = [b"junk", b"", b"[1]", b'{"u":1}', b'{"url":1}', b'"url"',
           b'{"url":"\xff"}', b'{"url":"a\0"}', b'{"url":"cut']
    good = b'{"url": "http://a/", "data": {"p": 1}}\r'
    data = b"\n".join([good, *bad])
    for name in ("csv", "tsv", "json", "jsonl", "sqlite"):
        args = ("-o", "out.db") if name == "sqlite" else ()
        code, out, err = call(tmp, "table", "--format", name, *args, "-",
                              data=data)
        assert code == 1, (name, code, err)
        messages = err.splitlines()
        assert len(messages) == 8, err
        for n, message in zip((2, 4, 5, 6, 7, 8, 9, 10), messages):
            assert "standard input, line %d is no record" % n in message, err
        if name == "csv":
            assert table(out)[1:] == [["http://a/", "", "", "1"]], out
        elif name == "sqlite":
            path = os.path.join(tmp, "out.db")
            assert rows_of(path, "select url, p from records") == [
                ("http://a/", 1)]
    write(tmp, "f", line("http://a/"), *["x"] * 1000)
    code, out, err = call(tmp, "table", "f")
    assert code == 1 and "f, line 2 is no record" in err, err
    assert err.count("\n") == 101 and "1000 lines in all" in err, err


@test
def values_that_come_late_are_not_lost_silently(tmp):
    lines = [line("http://%d/" % i, p=1) for i in range(1500)]
    lines.append(json.dumps({"url": "z", "data": {"p": 2, "q": 3, "r": None},
                             "note": 1}))
    write(tmp, "f", *lines)
    rows = table(make(tmp, "table", "f"))
    assert rows[0] == ["url", "status", "error", "p", "q", "r", "note"]
    assert rows[-1] == ["z", "", "", "2", "3", "", "1"], rows[-1]
    data = "\n".join(lines).encode()
    code, out, err = call(tmp, "table", "-", data=data)
    assert code == 1 and "not in the table: data.q, note. " in err, err
    assert len(table(out)) == 1502 and table(out)[-1] == ["z", "", "", "2"]
    # A file as standard input is a file.
    with open(os.path.join(tmp, "f"), encoding="utf-8") as f:
        f.readline()
        os.lseek(f.fileno(), len(lines[0]) + 1, os.SEEK_SET)
        p = start(tmp, "table", stdin=f)
        out, err = p.communicate(timeout=harness.HANG)
    assert p.returncode == 0 and not err, err
    assert table(out) == [rows[0], *rows[2:]]
    code, _, err = call(tmp, "table", "-", "--columns", "q", data=data)
    assert code == 2 and 'there is no "q"' in err, err
    assert "in the first records" in err, err
    got = make(tmp, "table", "-", "--columns", "p,url", data=data)
    assert table(got)[-1] == ["2", "z"]


WRONG = [
    (("f", "--columns", "prise"), 'did you mean "price"?'),
    (("f", "--columns", "url,url"), "two columns"),
    (("http://127.0.0.1/",), "scrape table reads saved records"),
    (("missing",), "No such file"),
    (("f", "--bom", "--format", "json"), "--bom applies to"),
    (("f", "--format", "sqlite"), "needs a file"),
    (("f", "-o", "f"), "both a SOURCE and the output"),
    (("f", "--links"), "not for scrape table"),
    (("f", "--resume"), "not for scrape table"),
    (("z.gz",), "zcat FILE | scrape table -"),
    ((".",), "directory"),
]


@test
def wrong_uses_of_table_are_explained(tmp):
    write(tmp, "f", line("http://a/", price=1))
    with open(os.path.join(tmp, "z.gz"), "wb") as f:
        f.write(b"\x1f\x8b\x08\x00")
    for args, message in WRONG:
        code, out, err = call(tmp, "table", *args)
        assert code == 2 and message in err and not out, (args, code, err)
    code, out, err = call(tmp, "table", "--columns", "data.x,y")
    assert code == 0 and out == b"data.x,y\r\n", (code, out)
    assert "there were no records" in err, err
    for target in ("f", "-"):
        p = start(tmp, "table", target, "-o", "/dev/full",
                  stdin=subprocess.PIPE)
        _, err = p.communicate(line("u").encode(), timeout=harness.HANG)
        assert p.returncode == 3 and b"No space left" in err, err


@test
def table_is_written_while_records_arrive(tmp):
    """The memory of the program does not grow with the records."""
    p = start(tmp, "table", "-", stdin=subprocess.PIPE)
    for i in range(1001):
        p.stdin.write(line("http://%d/" % i, p="x" * 5000).encode() + b"\n")
    p.stdin.flush()
    assert p.stdout.readline() == b"url,status,error,p\r\n"
    for i in range(1001):
        assert p.stdout.readline().startswith(b"http://%d/" % i), i
    p.send_signal(signal.SIGINT)
    _, err = p.communicate(timeout=harness.HANG)
    assert p.returncode == 130, (p.returncode, err)
    assert b"the first 1001 records only" in err, err
    with open(os.path.join(tmp, "out"), "wb") as out:
        p = start(tmp, "table", "-", stdin=subprocess.PIPE, stdout=out)
    row = line("http://a/", p="x" * 5000).encode() + b"\n"
    for _ in range(20000 // harness.SLOWER // 100):
        p.stdin.write(row * 100)
    p.stdin.close()
    _, status, usage = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    p.stderr.close()
    assert p.returncode == 0
    assert harness.SANITIZE or usage.ru_maxrss < 60000, usage.ru_maxrss
    # A reader that goes away ends the program.
    write(tmp, "f", *[line("http://%d/" % i) for i in range(50000)])
    p = start(tmp, "table", "f")
    p.stdout.readline()
    p.stdout.close()
    assert p.wait(timeout=harness.HANG) == -signal.SIGPIPE
    p.stderr.close()


@test
def lines_that_are_not_of_requests_have_the_columns_that_they_have(tmp):
    write(tmp, "found", '{"url":"http://a/","kind":"slow","page":null}',
          '{"url":"http://b/","kind":"broken","status":404,"page":"http://a/"}')
    code, out, err = call(tmp, "table", "found")
    assert code == 0 and out == (
        b"url,status,kind,page\r\nhttp://a/,,slow,\r\n"
        b"http://b/,404,broken,http://a/\r\n"), (code, out, err)
    code, _, err = call(tmp, "table", "--columns", "url,title", "found")
    assert code == 2 and "only with an index" in err, err
    # Tables of requests have all columns, even those of absent members.
    write(tmp, "pages", '{"index":0,"url":"http://a/","x":1}')
    _, out, _ = call(tmp, "table", "pages")
    assert out.startswith(b"index,id,url,final_url,") and \
        out.partition(b"\r")[0].endswith(b",json,x"), out
