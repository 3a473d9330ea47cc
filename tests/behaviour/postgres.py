"""Tests of -o postgresql://..., with a server of their own. A part of
tests/behaviour/run."""
import os
import random
import time

import harness
import postgres_server
import sqlite_tables
from __main__ import Skip, behaviour, finish, run, start, test

SHOP = r'''reply 200 text/html
body "<title>Sh\xc3\xb6p\\</title><h1>Lamp</h1><b class=price>$ 1,234.50</b><i>12</i><u></u>"
'''
API = r'''reply 200 application/json
body "{\"i\":9007199254740993,\"r\":1.5,\"t\":true,\"huge\":1e999999,\"z\":\"a\\u0000b\\ud800c\\\\u0000\\t\\n\",\"o\":{\"k\\u0000\":[1e400,1e-999999,\"\\udc00\\u00e9\\ud83d\\ude00\"]}}"
'''
API2 = r'''reply 200 application/json
body "{\"i\":1.25,\"r\":\"none\",\"t\":false,\"z\":[1]}"
'''
ITEMS = r'''[1]
reply 200 text/html
body "<ul><li>one</li><li>two</li></ul>"
[*]
reply 200 text/html
body "<ul><li>eins</li></ul>"
'''
TYPED = '''{"fields": {"name": "h1",
 "price": {"select": ".price", "type": "number"},
 "count": {"select": "i", "type": "integer"},
 "all": {"select": "i", "all": true},
 "or": {"select": "u", "type": "number", "default": "n/a"}}}'''
MODES = harness.MODES


def server():
    why = postgres_server.why_not()
    if why:
        raise Skip("POSTGRESQL IS NOT TESTED: " + why)
    return postgres_server.Postgres()


def store(tmp, target, *args, lines=()):
    code, out, err = run(tmp, "-o", target, *args, lines=lines)
    assert code == 0 and out == [], (code, err)


def refused(tmp, target, *args, lines=("http://127.0.0.1:1/",), **options):
    code, _, err = run(tmp, "-o", target, "--retry", "0", *args, lines=lines,
                       **options)
    assert code == 3, (code, err)
    return err


def write_list(tmp, urls, name="list"):
    with open(os.path.join(tmp, name), "w", encoding="utf-8") as f:
        f.write("".join(url + "\n" for url in urls))
    return len(urls)


def typed_rows(tmp, pg, web):
    """Fields of every type, in every mode, in one table."""
    with open(os.path.join(tmp, "f.json"), "w", encoding="utf-8") as f:
        f.write(TYPED)
    for mode in MODES:
        store(tmp, pg.url(), "--mode", mode, "--extract", "f.json", "--table",
              "typed", lines=[web.url("shop"), web.url("no-such")])
    assert pg.rows('select name, price, count, "all", "or", status, url like '
                   "'http%' as u, \"index\" from typed order by run, \"index\""
                   ) == [["Lamp", 1234.5, 12, ["12"], "n/a", 200, True, 0],
                         [None, None, None, None, "n/a", 404, True, 1]] * 4
    assert pg.rows("select count(distinct run), count(*), count(fetched_at) "
                   "from typed") == [[4, 8, 8]]
    types = dict(pg.rows("select column_name, data_type from information_"
                         "schema.columns where table_name = 'typed'"))
    assert (types["price"], types["count"], types["all"], types["or"],
            types["name"]) == ("double precision", "bigint", "jsonb", "text",
                               "text"), types


def records_of_pages(tmp, pg, web):
    store(tmp, pg.url(), lines=[web.url("shop"), web.url("api")])
    assert pg.rows("select title, ok, error, status, id from records order by "
                   '"index"') == [["Sh\u00f6p\\", True, None, 200, None],
                                  [None, True, None, 200, None]]
    assert pg.rows("select json->>'z', json->'o'->'k\ufffd'->>2, json->>'huge'"
                   " from records where json is not null") == [
        ["a\ufffdb\ufffdc\\u0000\t\n", "\ufffd\u00e9\U0001f600", "1e999999"]]
    assert pg.rows("select pg_typeof(fetched_at), extract(year from "
                   "fetched_at) > 2000 from records limit 1") == [
        ["timestamp with time zone", True]]


def values_of_any_type(tmp, pg, web):
    """A column gets the type of its values, and a wider one if need be."""
    fields = ["--table", "any"]
    for name in "irtzn":
        fields += ["--jq", "%s=.%s" % (name, name)]
    store(tmp, pg.url(), *fields, lines=[web.url("api")])
    query = ("select column_name, data_type from information_schema.columns "
             "where table_name = 'any' and length(column_name) = 1")
    assert dict(pg.rows(query)) == {
        "i": "bigint", "r": "double precision", "t": "boolean", "z": "text",
        "n": "text"}
    store(tmp, pg.url(), *fields[:-2], "--jq", "n=.i", "--jq", "new=.t",
          lines=[web.url("api2")])
    assert dict(pg.rows(query)) == {
        "i": "double precision", "r": "jsonb", "t": "boolean", "z": "text",
        "n": "double precision"}
    assert pg.rows("select i > 1e15, r, t, z, n, new from \"any\" order by "
                   "run") == [
        [True, 1.5, True, "a\ufffdb\ufffdc\\u0000\t\n", None, None],
        [False, "none", False, "[1]", 1.25, False]]


def replaced_rows(tmp, pg, web):
    name = 'a "b"; drop table records; --'
    long_url = web.url("shop?" + "".join("%x" % (i * i) for i in range(3000)))
    urls = [web.url("shop"), web.url("api"), web.url("shop"), long_url]
    store(tmp, pg.url(), "--table", name, "--upsert", "--select", "a=h1",
          lines=urls)
    store(tmp, pg.url(), "--table", name, "--upsert", "--select", "b=h1",
          lines=urls[1:])
    assert pg.rows('select url, a, b from "%s" order by url' % name.replace(
        '"', '""')) == [[urls[1], None, None], [urls[0], "Lamp", "Lamp"],
                        [long_url, "Lamp", "Lamp"]]
    assert "--upsert" in refused(tmp, pg.url(), "--table", name)
    assert "several rows" in refused(tmp, pg.url(), "--table", "typed",
                                     "--upsert")


def tables_made_by_users(tmp, pg, web):
    """Columns of others are left alone, also computed ones; a long name is cut
    off where the server does, between two characters."""
    name = "n" + "\u00e4" * 40
    pg.sql("create table mine (id serial, url text, note text, twice text "
           "generated always as (url || url) stored)")
    for _ in range(2):
        store(tmp, pg.url(), "--table", "mine", "--select", name + "=h1",
              lines=[web.url("shop")])
    assert pg.rows('select id, note, twice = url || url, "%s" from mine order '
                   "by id" % ("n" + "\u00e4" * 31)) == [
        [1, None, True, "Lamp"], [2, None, True, "Lamp"]]


def items_of_pages(tmp, pg, web):
    args = ["--each", "li", "--items", "--select", "t=::text", "--table"]
    lines = [web.url("items"), web.url("more")]
    store(tmp, pg.url(), *args, "it", "--upsert", lines=lines)
    store(tmp, pg.url(), *args, "it", "--upsert", lines=lines[:1] * 2)
    assert pg.rows("select url, item, t from it order by url, item") == [
        [lines[0], 0, "eins"], [lines[1], 0, "one"], [lines[1], 1, "two"]]
    assert "without --items" in refused(tmp, pg.url(), *args, "records")
    assert "with --items" in refused(tmp, pg.url(), "--table", "it")


def rows_kept_by_failures(tmp, pg):
    for items in ([], ["--items", "--each", "li"]):
        behaviour(tmp, "soon", sqlite_tables.SOON)
        behaviour(tmp, "late", sqlite_tables.LATE)
        table = "kept%d" % len(items)
        args = ["--upsert", "--retry", "0", "--parallel-max", "1", *items,
                "--select", "t=::text" if items else "t=h1", "--table", table,
                "-o", pg.url()]
        query = "select url, t, status from %s order by url desc, %s" % (
            table, "item" if items else "1")
        with harness.Server(tmp) as web:
            soon, late = web.url("soon"), web.url("late")
            code, _, err = run(tmp, *args, lines=[soon, soon, late])
            good = ([[soon, "one", 200], [soon, "two", 200]] if items
                    else [[soon, "Yes", 200]])
            what = "%d row%s kept" % (len(good), "s were" if items else " was")
            assert code == 0, (code, err)
            rows = pg.rows(query)
            assert rows[:len(good)] == good and len(rows) > len(good), rows
            assert what in err, err
            assert rows[-1][0] == late and rows[-1][2] == 503, rows
            code, _, err = run(tmp, *args, lines=[soon, late])
            assert code == 0 and what in err, (code, err)
            assert pg.rows(query) == [
                *good, [late, "yes" if items else "Yes", 200]]


@test
def records_are_rows_of_a_postgresql_table(tmp):
    for name, text in (("shop", SHOP), ("api", API), ("api2", API2),
                       ("items", ITEMS), ("more", ITEMS)):
        behaviour(tmp, name, text)
    with server() as pg, harness.Server(tmp) as web:
        typed_rows(tmp, pg, web)
        records_of_pages(tmp, pg, web)
        values_of_any_type(tmp, pg, web)
        replaced_rows(tmp, pg, web)
        tables_made_by_users(tmp, pg, web)
        items_of_pages(tmp, pg, web)
        rows_kept_by_failures(tmp, pg)
        # Other ways to say where: pairs, and names of the environment.
        store(tmp, "host=%s user=owner dbname=postgres" % pg.dir, "--format",
              "postgres", "--table", "pairs", lines=[web.url("shop")])
        assert pg.rows("select count(*) from pairs") == [[1]]
        run(tmp, "-o", "saved.jsonl", web.url("shop"))
        p = start(tmp, "table", "saved.jsonl", "-o", pg.url(), "--table",
                  "saved")
        assert p.communicate(timeout=harness.HANG)[1] == b""
        assert pg.rows("select title from saved") == [["Sh\u00f6p\\"]]
        count = 5000 // harness.SLOWER
        store(tmp, pg.url(), "--table", "many", "--parallel-max-host", "64",
              lines=[web.url("shop")] * count)
        assert pg.rows('select count(*), count(distinct "index") from many'
                       ) == [[count, count]]


@test
def passwords_of_postgresql_are_not_on_the_command_line(tmp):
    secret = "s3cr/e?t"
    for target in ("postgresql://u:%s@h/d" % secret,
                   "postgres://u:%s@h" % secret,
                   "POSTGRESQL://u:%s@h/d" % secret,
                   "postgresql://u@h/d?password=" + secret,
                   "postgresql://u@h/d?pass%77ord=" + secret,
                   "postgresql://h/d?sslpassword=" + secret,
                   "host=h password = %s" % secret,
                   "host=h password='%s" % secret):
        for args in (["--format", "postgres"], ["--format", "postgres", "-v"],
                     []):
            if not args and "://" not in target:
                continue
            code, _, err = run(tmp, "-o", target, *args, "http://127.0.0.1:1")
            assert code == 2 and ".pgpass" in err, (target, code, err)
            assert "s3cr" not in err and "e?t" not in err, err
    for args, what in ((["-o", "postgresql://h/d", "--format", "csv"], "csv"),
                       (["--format", "postgres"], "postgresql://"),
                       (["-o", "postgresql://h/d?no_such=1"], "no_such")):
        code, _, err = run(tmp, *args, "http://127.0.0.1:1")
        assert code == 2 and what in err, (args, code, err)
    code, _, err = run(tmp, "-o", "postgresql://u@127.0.0.1:1/d",
                       "http://127.0.0.1:1")
    assert code == 3 and "refused" in err, (code, err)


@test
def postgresql_that_fails_ends_the_run(tmp):
    behaviour(tmp, "page", "reply 200 text/html\nbody \"x\"\n")
    behaviour(tmp, "slow", "sleep 100\nreply 200 text/html\nbody \"x\"\n")
    with server() as pg, harness.Server(tmp) as web:
        pg.sql("create table plain (a int); create view seen as select 1 as "
               "url; create table needs (url text, note text not null); "
               "create table made (url text, title text generated always as "
               "(url) stored); create table once (url text, status bigint "
               "unique); create role guest login; create role adder login")
        pg.sql("create database latin encoding 'LATIN1' locale 'C' template "
               "template0")
        for table, what in (("plain", "none of the columns"),
                            ("seen", "view"), ("needs", '"note"'),
                            ("made", 'computes its column "title"')):
            err = refused(tmp, pg.url(), "--table", table)
            assert what in err, (table, err)
        assert pg.rows("select count(*) from plain") == [[0]]
        err = refused(tmp, pg.url(database="none"))
        assert '"none" does not exist' in err, err
        err = refused(tmp, pg.url(database="latin"))
        assert "LATIN1" in err, err
        err = refused(tmp, pg.url(user="guest"))
        assert "permission denied" in err, err

        # The server's message says which row it is that it refuses.
        err = refused(tmp, pg.url(), "--table", "once",
                      lines=[web.url("page")] * 2)
        assert "Key (status)=(200) already exists" in err, err
        assert pg.rows("select count(*) < 2 from once") == [[True]]

        # INSERT and SELECT are enough for a table that is there.
        line = [web.url("page")]
        store(tmp, pg.url(), lines=line)
        err = refused(tmp, pg.url(user="adder"), lines=line)
        assert "permission denied" in err, err
        pg.sql("grant insert, select on records, scrape_runs to adder")
        store(tmp, pg.url(user="adder"), lines=line)
        assert pg.rows("select count(*) from records") == [[2]]

        count = write_list(tmp, [web.url("slow")] * 40)
        args = ["-o", pg.url(), "--table", "gone", "--parallel-max", "2",
                "list"]
        p = start(tmp, *args)
        try:
            harness.wait_until(
                lambda: pg.sql("select to_regclass('gone') is not null and "
                               "(select count(*) from scrape_runs r where "
                               "r.\"table\" = 'gone') > 0") == "t"
                and pg.sql("select count(*) > 2 from gone") == "t",
                "there are rows")
            pg.stop()
            err = p.communicate(timeout=harness.HANG)[1].decode()
            assert p.returncode == 3 and "writing to postgresql://" in err, err
        finally:
            finish(p)
        pg.start()
        store(tmp, *args[1:], "--resume")
        assert pg.rows('select count(*), count(distinct "index"), '
                       'count(distinct run) from gone') == [[count, count, 1]]


KILLED = [[], ["--items", "--each", "li", "--select", "t=::text"],
          ["--upsert"], ["--ordered"]]


def killed_run(tmp, pg, args, table):
    """Starts a run, and kills it once there are more rows than before."""
    def rows():
        return int(pg.sql("select count(*) from " + table))
    before = rows() if pg.sql("select to_regclass('%s') is not null" % table
                              ) == "t" else 0
    p = start(tmp, *args)
    try:
        harness.wait_until(
            lambda: p.poll() is not None or (
                pg.sql("select to_regclass('%s') is not null" % table) == "t"
                and rows() > before), "there are new rows")
        time.sleep(random.random() / 20)
    finally:
        finish(p)


def shards_of_a_list(tmp, pg):
    """Two machines write to one table, and each resumes its own run."""
    urls = ["http://h%d.localhost:1/" % i for i in range(20)]
    length = write_list(tmp, urls, "shared")
    for _ in range(2):
        for shard in ("1/2", "2/2"):
            store(tmp, pg.url(), "--retry", "0", "--table", "shared", "-s",
                  "--shard", shard, "--resume", "shared")
            pg.sql("delete from shared where index = 3")
    for shard in ("1/2", "2/2"):
        store(tmp, pg.url(), "--retry", "0", "--table", "shared", "-s",
              "--shard", shard, "--resume", "shared")
    assert pg.rows('select count(*), count(distinct "index"), '
                   "count(distinct run) from shared") == [
        [length, length, 2]]


@test
def run_into_postgresql_that_is_killed_is_resumed(tmp):
    behaviour(tmp, "some", 'sleep 15\nreply 200 text/html\n'
              'body "<li>1</li><li>2</li>"\n')
    with server() as pg, harness.Server(tmp) as web:
        urls = [web.url("some?%d" % i) for i in range(60)]
        count = write_list(tmp, urls)
        for number, (mode, more) in enumerate(zip(MODES, KILLED)):
            table = "run%d" % number
            args = ["-o", pg.url(), "--table", table, "--mode", mode,
                    "--parallel-max", "4", "--resume", *more, "list"]
            for _ in range(2):
                killed_run(tmp, pg, args, table)
            store(tmp, *args[1:])
            lines = 2 if "--items" in more else 1
            assert pg.rows('select count(*), count(distinct "index"), '
                           "count(distinct run) from " + table) == [
                [count * lines, count, 1]], table
            code, _, err = run(tmp, *args)
            assert code == 0 and "nothing to do" in err, (code, err)

        # Another list is another run; a changed list is refused; a new run
        # is one without the option.
        args = ["-o", pg.url(), "--table", "run0", "--resume"]
        write_list(tmp, urls[:3], "other")
        store(tmp, *args[1:], "other")
        write_list(tmp, ["http://127.0.0.1:1/"] + urls[1:])
        code, _, err = run(tmp, *args, "list")
        assert code == 2 and "another list" in err, (code, err)
        store(tmp, *args[1:-1], "other")
        assert pg.rows("select count(*), count(distinct run) from run0") == [
            [count + 6, 3]]
        shards_of_a_list(tmp, pg)
        for option in (["--resume=url"], ["--retry-failed"],
                       ["--resume", "--unique"],
                       ["--resume", "--columns", "status"]):
            code, _, err = run(tmp, *args[:-1], *option, "list")
            assert code == 2, (option, code, err)
