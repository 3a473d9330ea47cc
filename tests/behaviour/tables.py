"""Tests of the columns of tables: --columns, and fields with the names of
members of a record. A part of tests/behaviour/run."""
import os

import harness
from __main__ import behaviour, run, start, test
from formats import output, rows_of, table

MODES = harness.MODES
PAGE = r'''reply 200 text/html
body "<title>The page</title><meta name=description content=short><h1>\"Head\", 1</h1><b>2.50</b><dl><dt>k</dt><dd>v\nw</dd></dl>"
'''
SPEC = r'''{"fields": {"title": "h1", "offer": {"select": "dl", "fields":
{"name": "dt", "a.b": "dd"}}, "price": {"select": "b", "type": "number"}}}'''


def write_spec(tmp):
    with open(os.path.join(tmp, "spec.json"), "w", encoding="utf-8") as f:
        f.write(SPEC)


@test
def columns_are_those_chosen_in_their_order(tmp):
    behaviour(tmp, "page", PAGE)
    write_spec(tmp)
    names = ("data.price,url, title,page_title,offer.name,data.offer.a.b,"
             "offer,meta.description,time.total,time_wait,error.kind,status")
    with harness.Server(tmp) as server:
        url = server.url("page")
        want = ["2.50", url, '"Head", 1', "The page", "k", "v w",
                '{"name":"k","a.b":"v w"}', "short"]
        for mode in MODES:
            args = ("--mode", mode, "--ordered", "--retry", "0", "--meta",
                    "--extract", "spec.json", "--columns", names)
            for name, dialect in (("csv", "excel"), ("tsv", "excel-tab")):
                rows = table(output(tmp, *args, "--format", name, lines=[
                    url, "http://127.0.0.1:1/"]), dialect=dialect)
                assert rows[0] == [n.strip() for n in names.split(",")], rows
                assert rows[1][:8] == want, rows
                assert float(rows[1][8]) > 0 and rows[1][10:] == ["", "200"]
                assert rows[2][0] == "" and rows[2][2:8] == [""] * 6, rows
                assert rows[2][10:] == ["connect", ""], rows
            path = os.path.join(tmp, mode + ".db")
            output(tmp, *args, "--format", "sqlite", "-o", path, url)
            assert rows_of(path, 'select "data.price", title, page_title, '
                           '"data.offer.a.b", status from records') == [
                (2.5, '"Head", 1', "The page", "v w", 200)]
            assert rows_of(path, "pragma integrity_check") == [("ok",)]


@test
def columns_of_items_are_chosen_too(tmp):
    behaviour(tmp, "page", PAGE)
    with harness.Server(tmp) as server:
        for mode in MODES:
            rows = table(output(
                tmp, "--mode", mode, "--format", "csv", "--each", "dl > *",
                "--items", "--select", "status=::text", "--columns",
                "item,status,page_status,url,index", server.url("page")))
            assert rows == [
                ["item", "status", "page_status", "url", "index"],
                ["0", "k", "200", server.url("page"), "0"],
                ["1", "v\nw", "200", server.url("page"), "0"]], rows


@test
def field_keeps_its_name_in_a_table(tmp):
    behaviour(tmp, "page", PAGE)
    fields = ["--select", "title=h1", "--select", "status=b", "--select",
              "links=dt", "--select", "time_total=dd", "--links"]
    with harness.Server(tmp) as server:
        url = server.url("page")
        for mode in MODES:
            rows = table(output(tmp, "--mode", mode, "--format", "csv",
                                *fields, url))
            assert rows == [
                ["url", "page_status", "error", "title", "status", "links",
                 "time_total", "page_links"],
                [url, "200", "", '"Head", 1', "2.50", "k", "v w", "[]"]], rows
        rows = table(output(tmp, "--format", "csv", *fields, "--columns",
                            "page_time_total,time_total,page_title", url))
        assert float(rows[1][0]) > 0 and rows[1][1:] == ["v w", "The page"]
        # SQLite ignores the case of names.
        path = os.path.join(tmp, "out.db")
        output(tmp, "--format", "sqlite", "-o", path, "--select", "URL=b", url)
        assert rows_of(path, "select page_url, url from records") == [
            (url, "2.50")]
        assert len(rows_of(path, "select fetched_at from records where "
                           "fetched_at like '2___-__-__T%Z'")) == 1


@test
def row_of_one_empty_cell_is_a_row(tmp):
    behaviour(tmp, "page", PAGE)
    with harness.Server(tmp) as server:
        for name, end in (("csv", b"\r\n"), ("tsv", b"\n")):
            out = output(tmp, "--format", name, "--columns", "json",
                         lines=[server.url("page")] * 2)
            assert out == b"json" + end + (b'""' + end) * 2, out


@test
def field_with_a_comma_in_its_name_is_put_in_quotes(tmp):
    behaviour(tmp, "page", PAGE)
    with harness.Server(tmp) as server:
        rows = table(output(tmp, "--format", "csv", "--select", 'a,"b"=b',
                            "--columns", '"a,""b""" , url',
                            server.url("page")))
    assert rows[0] == ['a,"b"', "url"] and rows[1][0] == "2.50", rows


WRONG = [
    ("titel", 'there is no "titel"; did you mean "title"? There are: index, '),
    ("description", 'no "description"; did you mean "meta.description"? '
     'There are: index, '),
    ("data.title", 'there is no "data.title"; there are: index, id, url, '),
    ("url,url", 'two columns would be called "url"'),
    ("time_total,time.total", '"time_total" and "time.total" are the same'),
    ("price,data.price", '"price" and "data.price" are the same value'),
    ("price.x", 'there is no "price.x"'),
    ("time.x", 'there is no "time.x"'),
    ("data.", 'there is no "data."'),
    ("url,", "a name is empty"),
    (",url", "a name is empty"),
    (" ", "a name is empty"),
    ('"url', "a name has no closing quote"),
    ('"url"x', "a comma is missing"),
    ("links", 'records have "links" only with --links'),
    ("meta.robots", 'records have "meta.robots" only with --meta'),
]


@test
def unknown_column_names_are_usage_errors(tmp):
    for names, message in WRONG:
        code, records, err = run(tmp, "--format", "csv", "--columns", names,
                                 "--select", "price=b", "http://127.0.0.1:1/")
        assert code == 2 and message in err and not records, (names, err)
    code, _, err = run(tmp, "--format", "csv", "--columns", "price", "--each",
                       "p", "--select", "price=b", "http://127.0.0.1:1/")
    assert code == 2 and 'have "price" only with --items' in err, err
    code, _, err = run(tmp, "--columns", "url", "http://127.0.0.1:1/")
    assert code == 2 and "csv, tsv, sqlite and postgres, not jsonl" in err, err
    code, _, err = run(tmp, "--columns", "", "http://127.0.0.1:1/")
    assert code == 2 and "must not be empty" in err, err


@test
def byte_order_mark_is_at_the_start_only(tmp):
    behaviour(tmp, "page", PAGE)
    path = os.path.join(tmp, "out")

    def read():
        with open(path, "rb") as f:
            return f.read()

    with harness.Server(tmp) as server:
        url = server.url("page")
        for mode in MODES:
            for name in ("csv", "tsv"):
                args = ("--mode", mode, "--format", name, "--columns",
                        "title", "--bom")
                end = b"\r\n" if name == "csv" else b"\n"
                want = b"\xef\xbb\xbftitle" + end + b"The page" + end
                assert output(tmp, *args, url) == want
                assert output(tmp, *args, "-o", "out", url) == b""
                assert read() == want
                os.unlink(path)
                assert output(tmp, *args) == b"\xef\xbb\xbftitle" + end
        rows = table(output(tmp, "--format", "csv", "--bom", url)
                     .decode("utf-8-sig").encode())
        assert rows[0][0] == "index", rows
        # Appended to a file.
        for flags in ("ab", "r+b"):
            with open(path, "wb") as f:
                f.write(b"old\n")
            with open(path, flags) as f:
                f.seek(0, os.SEEK_END)
                p = start(tmp, "--format", "tsv", "--columns", "title",
                          "--bom", url, stdout=f)
                p.communicate(timeout=harness.HANG)
            assert read() == b"old\ntitle\nThe page\n", read()
    code, _, err = run(tmp, "--bom", "--format", "json", "http://127.0.0.1:1/")
    assert code == 2 and "--bom applies to --format csv and tsv" in err, err
