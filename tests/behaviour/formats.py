"""Tests of --format, and of extraction where only a whole process can show the
result. A part of tests/behaviour/run."""
import csv
import io
import json
import os
import sqlite3

import harness
from __main__ import behaviour, run, start, test

SHOP = r'''reply 200 text/html
body "<title>a, b</title><li data-n=1>say \"hi\", you<b>2.50</b></li><li>two\nlines</li><li data-n=12345678901234567890>\xc3\xa9\t=1+1</li>"
'''
FIELDS = ["--each", "li", "--items", "--select", "text=::text", "--select",
          "n=::attr(data-n)", "--select", "url=b"]
ROWS = [("say \"hi\", you", "1", "2.50"), ("two\nlines", "", ""),
        ("\xe9\t=1+1", "12345678901234567890", "")]


def output(tmp, *args, lines=()):
    """Returns the standard output as bytes."""
    p = start(tmp, *args, stdin=-1)
    out, err = p.communicate("".join(line + "\n" for line in lines).encode(),
                             timeout=harness.HANG)
    assert p.returncode == 0, (p.returncode, err)
    return out


def table(text, **options):
    return list(csv.reader(io.StringIO(text.decode(), newline=""), **options))


@test
def items_in_csv_and_tsv_keep_their_values(tmp):
    behaviour(tmp, "shop", SHOP)
    with harness.Server(tmp) as server:
        url = server.url("shop")
        for name, dialect in (("csv", "excel"), ("tsv", "excel-tab")):
            out = output(tmp, "--format", name, *FIELDS, url)
            rows = table(out, dialect=dialect)
            assert rows[0] == ["page_url", "status", "error", "text", "n",
                               "url"], rows
            assert [tuple(r[3:]) for r in rows[1:]] == ROWS, rows
            assert all(r[:3] == [url, "200", ""] for r in rows[1:])
            assert out.startswith(b"page_url,status" if name == "csv" else
                                  b"page_url\tstatus")


def first_bytes(tmp, name, length=16):
    with open(os.path.join(tmp, name), "rb") as f:
        return f.read(length)


@test
def the_ending_of_the_output_chooses_the_format(tmp):
    behaviour(tmp, "page", 'reply 200 text/html\nbody "<title>T</title>"\n')
    table, lines, database = b"index,id,url,fin", b'{"index":0,"url"', \
        b"SQLite format 3\0"
    own_file = os.path.join(tmp, ".config", "scrape", "config")
    os.makedirs(os.path.dirname(own_file))
    with harness.Server(tmp) as server:
        url = server.url("page")

        def begins(name, with_what, *args, command=(), own="", source=url):
            with open(own_file, "w", encoding="utf-8") as f:
                f.write(own)
            code, _, err = run(tmp, *command, *args, "-o", name, source)
            found = first_bytes(tmp, name)
            os.unlink(os.path.join(tmp, name))
            assert code == 0 and not err and found == with_what, (
                name, args, code, found, err)

        begins("x.csv", table)
        begins("x.CSV", table, command=("crawl",))
        begins("x.tsv", table.replace(b",", b"\t"))
        begins("x.db", database)
        begins("x.sqlite3", database, command=("crawl",))
        for name in ("x.jsonl", "x.json", "x.txt", "csv", "x.csv.jsonl"):
            begins(name, lines)
        # --format outweighs the extension, which outweighs the user's own
        # file.
        begins("x.csv", lines, "--format", "jsonl")
        begins("x.csv", lines, own="format = sqlite\n", command=(
            "--format", "jsonl"))
        begins("x.csv", table, own="format = sqlite\n")
        begins("x.csv", b"\xef\xbb\xbf" + table[:13], own="bom\n")
        begins("x.jsonl", lines, own="format = csv\n")
        begins("x.txt", table, own="format = csv\n")
        with open(os.path.join(tmp, "page.html"), "w", encoding="utf-8") as f:
            f.write("<title>T</title>")
        begins("x.csv", table, command=("extract",), source="page.html")
        assert run(tmp, "-o", "saved.jsonl", url)[0] == 0
        begins("x.tsv", table.replace(b",", b"\t"), command=("table",),
               source="saved.jsonl")
        begins("x.db", database, command=("table",), source="saved.jsonl")
        code, _, err = run(tmp, "crawl", "--state", "d", "-o", "x.csv", url)
        assert code == 2 and "-o FILE.jsonl or --format jsonl" in err, err


@test
def pages_without_items_have_their_status_in_the_table(tmp):
    behaviour(tmp, "shop", SHOP)
    with harness.Server(tmp) as server:
        rows = table(output(tmp, "--ordered", "--retry", "0", "--format",
                            "csv", *FIELDS, lines=[
                                server.url("no-such"), "http://127.0.0.1:1/"]))
    assert rows[1][1:3] == ["404", ""], rows
    assert rows[1][3:] == [""] * 3, rows
    assert rows[2][1] == "" and '"connect"' in rows[2][2], rows


@test
def records_in_csv_have_a_column_for_each_field(tmp):
    behaviour(tmp, "shop", SHOP)
    with harness.Server(tmp) as server:
        lines = [server.url("shop"), "http://127.0.0.1:1/"]
        args = ("--ordered", "--retry", "0", "--format", "csv")
        rows = table(output(tmp, *args, "--links", "--select", "first=li",
                            "--select", "all[]=b", lines=lines))
        plain = table(output(tmp, *args, lines=lines))
    assert rows[0] == ["url", "status", "error", "first", "all", "links"]
    good, bad = [dict(zip(rows[0], row)) for row in rows[1:]]
    assert good["url"] == lines[0] and good["status"] == "200"
    assert good["error"] == "" and good["links"] == "[]", good
    assert json.loads(good["all"]) == ["2.50"]
    assert bad["first"] == "" and bad["status"] == ""
    assert json.loads(bad["error"])["kind"] == "connect"
    good, bad = [dict(zip(plain[0], row)) for row in plain[1:]]
    assert good["title"] == "a, b" and good["status"] == "200"
    assert good["ok"] == "true" and bad["ok"] == "false"
    assert float(good["time_total"]) > 0 and "time" not in good


@test
def json_is_one_array_even_without_records(tmp):
    behaviour(tmp, "shop", SHOP)
    with harness.Server(tmp) as server:
        out = output(tmp, "--format", "json", "--ordered",
                     lines=[server.url("shop")] * 300)
    assert [r["index"] for r in json.loads(out)] == list(range(300))
    assert json.loads(output(tmp, "--format", "json")) == []
    assert output(tmp, "--format", "csv").count(b"\r\n") == 1


def rows_of(path, sql):
    with sqlite3.connect(path) as db:
        return db.execute(sql).fetchall()


@test
def rows_are_added_to_an_sqlite_table(tmp):
    behaviour(tmp, "shop", SHOP)
    path = os.path.join(tmp, "out.db")
    with harness.Server(tmp) as server:
        url = server.url("shop")
        args = ["--format", "sqlite", "-o", path, *FIELDS, url]
        for _ in range(2):
            assert output(tmp, *args) == b""
        assert rows_of(path, "select text, n, url from records "
                       "limit 3") == [
            (t, n or None, u or None) for t, n, u in ROWS]
        assert rows_of(path, "select count(*), typeof(status), typeof(error) "
                       "from records") == [(6, "integer", "null")]
        code, _, err = run(tmp, "--format", "sqlite", "-o", tmp, url)
        assert code == 3 and "unable to open" in err, (code, err)
        code, _, err = run(tmp, "--format", "sqlite", url)
        assert code == 2 and "--output" in err, (code, err)


@test
def columns_of_one_name_are_refused(tmp):
    rows = [("csv", "url", "page_url"), ("tsv", "status", "page_status"),
            ("sqlite", "a", "A"), ("sqlite", "Url", "PAGE_URL")]
    for name, field, other in rows:
        path = os.path.join(tmp, "out")
        code, _, err = run(tmp, "--format", name, "-o", path, "--select",
                           field + "=i", "--select", other + "=b",
                           "http://127.0.0.1:9")
        assert code == 2 and "two columns" in err, (name, code, err)
        assert not os.path.exists(path), name


@test
def special_sqlite_names_are_file_names(tmp):
    behaviour(tmp, "page", "reply 200 text/html\n")
    with harness.Server(tmp) as server:
        output(tmp, "--format", "sqlite", "-o", ":memory:",
               server.url("page"))
        assert rows_of(os.path.join(tmp, ":memory:"),
                       "select count(*) from records") == [(1,)]


@test
def numbers_in_sqlite_keep_their_type(tmp):
    behaviour(tmp, "api", "reply 200 application/json\n"
              r'body "{\"i\":9007199254740993,\"r\":1.5,\"t\":true,'
              r'\"big\":123456789012345678901,\"o\":{\"a\":[1,2.50]}}"' "\n")
    path = os.path.join(tmp, "out.db")
    with harness.Server(tmp) as server:
        output(tmp, "--format", "sqlite", "-o", path, "--jq", "r=.r", "--jq",
               "t=.t", "--jq", "o=.o", "--jq", "n=.none", server.url("api"))
    assert rows_of(path, "select r, t, o, n, typeof(r), status from "
                   "records") == [
        (1.5, 1, '{"a":[1,2.50]}', None, "real", 200)]


@test
def sqlite_takes_ten_thousand_records(tmp):
    behaviour(tmp, "shop", SHOP)
    path = os.path.join(tmp, "out.db")
    count = 10000 // harness.SLOWER
    with harness.Server(tmp) as server:
        output(tmp, "--format", "sqlite", "-o", path, "--select", "first=li",
               "--parallel-max-host", "64", lines=[server.url("shop?%d" % i)
                                                for i in range(count)])
    assert rows_of(path, "select count(*), count(distinct url) from "
                   "records where status = 200") == [(count, count)]


@test
def missing_fields_have_a_column(tmp):
    behaviour(tmp, "shop", SHOP)
    with open(os.path.join(tmp, "f.json"), "w", encoding="utf-8") as f:
        json.dump({"fields": {"t": "title", "n": {
            "select": "nav", "required": True}}}, f)
    with harness.Server(tmp) as server:
        rows = table(output(tmp, "--format", "csv", "--extract", "f.json",
                            server.url("shop")))
    row = dict(zip(*rows))
    assert row["missing"] == '["n"]' and row["n"] == "", row


FORMULAS = r'''reply 200 text/html
body "<p><b>=1+1</b><i>-5</i></p><p><b>+49 30</b><i>+1.5e-3</i></p><p><b>-2+3</b><i>-</i></p><p><b>@SUM(1)</b><i>5</i></p><p><b>a=1</b><i>-.5</i></p><p><b>&quot;=1&quot;,</b><i>=1,2</i></p><p><b>\xef\xbc\x9d1</b><i>--1</i></p><pre>\t=1</pre><pre>\r=1</pre><pre> =1</pre>"
'''
CELLS = [("'=1+1", "-5"), ("'+49 30", "+1.5e-3"), ("'-2+3", "'-"),
         ("'@SUM(1)", "5"), ("a=1", "-.5"), ("\"=1\",", "'=1,2"),
         ("'\uff1d1", "'--1")]


@test
def cells_with_csv_safe_are_not_formulas(tmp):
    behaviour(tmp, "formulas", FORMULAS)
    with harness.Server(tmp) as server:
        url = server.url("formulas")
        for mode in harness.MODES:
            for name, dialect in (("csv", "excel"), ("tsv", "excel-tab")):
                out = output(tmp, "--mode", mode, "--format", name,
                             "--csv-safe", "--each", "p", "--items",
                             "--select", "b=b", "--select", "i=i", url)
                rows = table(out, dialect=dialect)
                assert [tuple(r[3:]) for r in rows[1:]] == CELLS, rows
            rows = table(output(tmp, "--mode", mode, "--format", "csv",
                                "--csv-safe", "--each", "pre", "--items",
                                "--select", "text=::text", url))
            assert all(r[3].startswith("'") for r in rows[1:]), rows
        rows = table(output(tmp, "--format", "csv", "--each", "p", "--items",
                            "--select", "b=b", url))
        assert rows[1][3] == "=1+1"
        record = table(output(tmp, "--format", "csv", "--csv-safe", url))
        assert record[1][0] == "0" and record[1][4] == "200", record
