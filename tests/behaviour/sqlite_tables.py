"""Tests of --format sqlite: its table, the types of its columns, --upsert, and
files to which nothing can be written. A part of tests/behaviour/run."""
import os
import sqlite3

import harness
from __main__ import behaviour, run, test

SHOP = r'''reply 200 text/html
body "<title>Shop</title><h1>Lamp</h1><b class=price>$ 1,234.50</b><i>12</i><u></u>"
'''
ITEMS = r'''[1]
reply 200 text/html
body "<ul><li>one</li><li>two</li><li>three</li></ul>"
[*]
reply 200 text/html
body "<ul><li>eins</li></ul>"
'''
# Failed first: 503 with the same elements, so that only the status differs.
LATE = r'''[1]
reply 503 text/html
body "<h1>No</h1><ul><li>no</li><li>nor</li></ul>"
[*]
reply 200 text/html
body "<h1>Yes</h1><ul><li>yes</li></ul>"
'''
SOON = r'''[1]
reply 200 text/html
body "<h1>Yes</h1><ul><li>one</li><li>two</li></ul>"
[2]
close
[*]
reply 503 text/html
body "<h1>No</h1><ul><li>no</li></ul>"
'''
TYPED = '''{"fields": {"name": "h1",
 "price": {"select": ".price", "type": "number"},
 "count": {"select": "i", "type": "integer"},
 "all": {"select": "i", "all": true},
 "or": {"select": "u", "type": "number", "default": "n/a"}}}'''
MODES = harness.MODES


def rows_of(path, sql, *values):
    db = sqlite3.connect(path)
    try:
        return db.execute(sql, values).fetchall()
    finally:
        db.close()


def store(tmp, path, *args, lines=()):
    code, _, err = run(tmp, "--format", "sqlite", "-o", path, *args,
                       lines=lines)
    assert code == 0, (code, err)
    assert rows_of(path, "pragma integrity_check") == [("ok",)]


def refused(tmp, path, *args, lines=("http://127.0.0.1:1/",), **options):
    """The message of a run that exits with 3."""
    code, _, err = run(tmp, "--format", "sqlite", "-o", path, "--retry", "0",
                       *args, lines=lines, **options)
    assert code == 3, (code, err)
    return err


def make(path, *statements):
    db = sqlite3.connect(path)
    with db:
        for sql in statements:
            db.execute(sql)
    db.close()


@test
def table_of_any_name(tmp):
    behaviour(tmp, "shop", SHOP)
    names = ['books', 'a "b"; drop table books; --', "l'\u00e9t\u00e9 2026",
             "select", "main.books", "x" * 300]
    path = os.path.join(tmp, "out.db")
    with harness.Server(tmp) as server:
        for name in names:
            store(tmp, path, "--table", name, lines=[server.url("shop")])
        store(tmp, path, lines=[server.url("shop")] * 2)
    tables = rows_of(path, "select name from sqlite_master where type = "
                     "'table'")
    assert sorted(t for t, in tables) == sorted([*names, "records"]), tables
    assert rows_of(path, "select count(*) from records") == [(2,)]
    for args, what in ((["--table", ""], "--table"),
                       (["--table", "two\nlines"], "line ends"),
                       (["--upsert", "--columns", "status"], "url"),
                       (["--table", "a", "--format", "csv"], "sqlite"),
                       (["--upsert", "--format", "jsonl"], "--upsert")):
        code, _, err = run(tmp, "--format", "sqlite", "-o", path, *args)
        assert code == 2 and what in err, (args, code, err)


@test
def columns_in_sqlite_have_the_type_of_their_field(tmp):
    behaviour(tmp, "shop", SHOP)
    with open(os.path.join(tmp, "f.json"), "w", encoding="utf-8") as f:
        f.write(TYPED)
    for mode in MODES:
        path = os.path.join(tmp, mode)
        with harness.Server(tmp) as server:
            store(tmp, path, "--mode", mode, "--extract", "f.json",
                  "--columns", "url,status,ok,name,price,count,all,or",
                  lines=[server.url("shop")])
        types = dict(rows_of(path, "select name, type from pragma_table_info"
                             "('records')"))
        assert types["url"] == types["name"] == types["all"] == "TEXT", types
        assert types["price"] == "REAL" and types["count"] == "INTEGER"
        assert types["status"] == types["ok"] == "INTEGER", types
        assert rows_of(path, 'select name, price, count, "all", "or", ok, '
                       'typeof(count), typeof(status) from records') == [
            ("Lamp", 1234.5, 12, '["12"]', "n/a", 1, "integer", "integer")]


@test
def fields_that_are_new_get_their_column(tmp):
    behaviour(tmp, "shop", SHOP)
    path = os.path.join(tmp, "out.db")
    with harness.Server(tmp) as server:
        url = server.url("shop")
        store(tmp, path, "--select", "name=h1", lines=[url])
        make(path, "create index i on records (name)",
             "alter table records add column note", "update records set "
             "note = 'mine'")
        store(tmp, path, "--select", "NAME=h1", "--select", "price=.price",
              lines=[url])
        store(tmp, path, lines=[url])
    assert rows_of(path, "select name, price, note from records order by "
                   "rowid") == [("Lamp", None, "mine"),
                                ("Lamp", "$ 1,234.50", None),
                                (None, None, None)]


@test
def row_replaces_the_one_with_its_url(tmp):
    behaviour(tmp, "shop", SHOP)
    behaviour(tmp, "other", 'reply 200 text/html\nbody "<h1>Other</h1>"\n')
    path = os.path.join(tmp, "out.db")
    with harness.Server(tmp) as server:
        urls = [server.url("shop"), server.url("other")]
        for mode in MODES:
            store(tmp, path, "--upsert", "--mode", mode, "--select", "a=h1",
                  lines=[*urls, urls[0]])
        store(tmp, path, "--upsert", "--select", "b=h1", lines=[
            urls[1], server.url("no-such")])
        # Rows are in the order in which their responses came.
        assert rows_of(path, "select url, status, a, b from records "
                       "order by status, a") == [
            (urls[0], 200, "Lamp", None), (urls[1], 200, "Other", "Other"),
            (server.url("no-such"), 404, None, None)]
        # Without the option there would be a second row.
        err = refused(tmp, path, lines=urls)
        assert "--upsert" in err, err
        store(tmp, path, "--table", "log", lines=urls * 2)
        err = refused(tmp, path, "--table", "log", "--upsert", lines=urls)
        assert "several rows" in err, err
    assert rows_of(path, "select count(*) from log") == [(4,)]


@test
def items_replace_those_of_the_page_before(tmp):
    behaviour(tmp, "items", ITEMS)
    behaviour(tmp, "more", ITEMS)
    path = os.path.join(tmp, "out.db")
    with harness.Server(tmp) as server:
        args = ["--upsert", "--each", "li", "--items", "--select", "t=::text"]
        lines = [server.url("items"), server.url("more")]
        store(tmp, path, *args, lines=lines)
        store(tmp, path, *args, lines=lines[:1])
        assert rows_of(path, "select url, t from records order by url, "
                       "rowid") == [
            (lines[0], "eins"), (lines[1], "one"), (lines[1], "two"),
            (lines[1], "three")]


@test
def failed_request_replaces_no_row(tmp):
    for items in ([], ["--items", "--each", "li"]):
        path = os.path.join(tmp, "out%d.db" % len(items))
        behaviour(tmp, "soon", SOON)
        behaviour(tmp, "late", LATE)
        field = "t=::text" if items else "t=h1"
        args = ["--format", "sqlite", "-o", path, "--upsert", "--retry", "0",
                *items, "--select", field]
        query = "select url, t from records order by url desc, rowid"
        with harness.Server(tmp) as server:
            soon, late = server.url("soon"), server.url("late")
            # Both in one batch; and a first failure has a row, too.
            code, _, err = run(tmp, *args, "--parallel-max", "1",
                               lines=[soon, soon, late])
            assert code == 0, (code, err)
            good = ([(soon, "one"), (soon, "two")] if items
                    else [(soon, "Yes")])
            what = "%d row%s kept" % (len(good), "s were" if items else " was")
            rows = rows_of(path, query)
            assert rows[:len(good)] == good and len(rows) > len(good), rows
            assert what in err, err
            assert rows[-1][0] == late and rows[-1][1] != "yes", rows
            # A later success replaces it.
            code, _, err = run(tmp, *args, lines=[soon, late])
            assert code == 0 and what in err, (code, err)
            assert rows_of(path, query) == [
                *good, (late, "yes" if items else "Yes")]
            assert rows_of(path, "select distinct status from records") == [
                (200,)]
            _, _, err = run(tmp, *args, lines=[late])
            assert "kept" not in err, err


@test
def tables_and_files_of_others_are_left_alone(tmp):
    path = os.path.join(tmp, "out.db")
    make(path, "create table plain (a, b)", "insert into plain values (1, 2)",
         "create view seen as select a from plain",
         "create table strict_one (id integer primary key, url text, "
         "note text not null)", "create table made (url text, status as (1))",
         "create virtual table text_index using fts5(url)")
    before = rows_of(path, "select name, sql from sqlite_master")
    for table, what in (("plain", "none of the columns"), ("seen", "view"),
                        ("strict_one", '"note"'), ("made", '"status"'),
                        ("text_index", "virtual table"),
                        ("sqlite_x", "reserved")):
        err = refused(tmp, path, "--table", table)
        assert what in err and "out.db" in err, (table, err)
    assert rows_of(path, "select name, sql from sqlite_master") == before
    assert rows_of(path, "select * from plain") == [(1, 2)]

    text = os.path.join(tmp, "notes.txt")
    content = b"a,b\n" * 1000
    with open(text, "wb") as f:
        f.write(content)
    err = refused(tmp, text)
    assert "not an SQLite database" in err and "notes.txt" in err, err
    with open(text, "rb") as f:
        assert f.read() == content
    err = refused(tmp, "/dev/null")
    assert "not a regular file" in err, err
    err = refused(tmp, os.path.join(tmp, "no", "such.db"))
    assert "unable to open" in err and "No such file" in err, err


@test
def numbers_of_every_size_keep_their_value(tmp):
    behaviour(tmp, "api", r'''reply 200 application/json
body "{\"a\":-9223372036854775808,\"b\":9223372036854775808,\"c\":-0.5,\"d\":1e999,\"e\":1e-999,\"f\":false,\"g\":5e-324}"
''')
    path = os.path.join(tmp, "out.db")
    fields = [word for name in "abcdefg"
              for word in ("--jq", "%s=.%s" % (name, name))]
    with harness.Server(tmp) as server:
        store(tmp, path, *fields, lines=[server.url("api")])
    # What no number of SQLite can hold is a text.
    assert rows_of(path, "select a, b, c, d, e, f, g from records") == [
        (-2 ** 63, "9223372036854775808", -0.5, "1e999", "1e-999", 0,
         5e-324)], rows_of(path, "select * from records")


@test
def row_that_the_database_refuses_ends_the_run(tmp):
    behaviour(tmp, "page", """[1]
reply 200 text/html
body "<title>good</title><li>good</li>"
[*]
reply 200 text/html
body "<title>bad</title><li>bad</li>"
""")
    path = os.path.join(tmp, "out.db")
    make(path, *("create table %s (url, title)" % t for t in "abc"),
         *("create trigger %s2 before insert on %s when new.title = 'bad' begin "
           "select raise(abort, 'nothing bad here'); end" % (t, t)
           for t in "ab"),
         "create trigger c2 before delete on c when old.title = 'good' begin "
         "select raise(abort, 'nothing bad here'); end")
    for table, args in (("a", []), ("b", ["--upsert"]),
                        ("c", ["--upsert", "--items", "--each", "li",
                               "--select", "title=::text"])):
        args = ["--table", table, *args]
        with harness.Server(tmp) as server:
            store(tmp, path, *args, lines=[server.url("page")])
            err = refused(tmp, path, *args, lines=[server.url("page")])
        assert "writing to" in err and "nothing bad here" in err, err
        assert rows_of(path, "select title from " + table) == [("good",)]


@test
def locked_database_is_reported(tmp):
    path = os.path.join(tmp, "out.db")
    make(path, "create table records (url)", "insert into records values (1)")
    db = sqlite3.connect(path)
    db.execute("begin immediate")
    err = refused(tmp, path)
    db.close()
    assert "locked" in err and "another program" in err, err
    assert rows_of(path, "select * from records") == [(1,)]


@test
def full_disk_keeps_the_rows_before(tmp):
    behaviour(tmp, "big", "reply 200 text/html\n"
              "body-repeat 20000 \"x\"\n")
    path = os.path.join(tmp, "out.db")

    with harness.Server(tmp) as server:
        store(tmp, path, lines=[server.url("big")])
        err = refused(tmp, path, "--body", lines=[server.url("big")] * 100,
                      preexec_fn=lambda: harness.limit_files(300000))
    assert "writing to" in err and "File too large" in err, err
    assert rows_of(path, "pragma integrity_check") == [("ok",)]
    assert rows_of(path, "select count(*) from records")[0][0] >= 1
