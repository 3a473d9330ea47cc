"""Tests of scrape diff, which compares saved records. A part of
tests/behaviour/run."""
import csv
import io
import json
import os
import pty
import resource
import subprocess
import threading
import xml.etree.ElementTree

import harness
from __main__ import behaviour, finish, start, test
from saved_tables import call, write


def diff(tmp, old, new, *args):
    """Writes the records to two files. Returns the exit code, the differences
    and the messages."""
    write(tmp, "old", *map(json.dumps, old))
    write(tmp, "new", *map(json.dumps, new))
    code, out, err = call(tmp, "diff", "old", "new", *args)
    return code, [json.loads(x) for x in out.splitlines()], err


def record(url, **members):
    return {"index": 0, "url": url, "status": 200, **members}


@test
def runs_of_the_same_pages_do_not_differ(tmp):
    behaviour(tmp, "page", 'reply 200 text/html\nbody "<title>T</title>"\n')
    with harness.Server(tmp) as server:
        urls = [server.url("page?%d" % i) for i in range(20)]
        for name, order in (("a", urls), ("b", urls[::-1])):
            code, out, _ = call(tmp, "-s", "--headers", "--meta", "--body",
                                *order)
            assert code == 0
            with open(os.path.join(tmp, name), "wb") as f:
                f.write(out)
    assert call(tmp, "diff", "a", "b") == (0, b"", "")
    # The times are compared if they are named.
    code, out, _ = call(tmp, "diff", "--fields", "time", "a", "b")
    assert code == 1 and out.count(b"\n") == 20, out


@test
def findings_belong_together_by_url_kind_and_page(tmp):
    def finding(kind, page, detail):
        return json.dumps({"url": "http://a/", "kind": kind, "detail": detail,
                           "page": page})
    lines = [finding("broken", "http://b/", "404"),
             finding("broken", "http://c/", "404"),
             finding("slow", None, "2 s")]
    for name, text in (("old", lines), ("same", lines[::-1]), ("new", [
            lines[1], finding("slow", None, "3 s"),
            finding("noindex", None, "meta")])):
        with open(os.path.join(tmp, name), "w", encoding="utf-8") as f:
            f.write("".join(x + "\n" for x in text))
    assert call(tmp, "diff", "old", "same") == (0, b"", "")
    code, out, err = call(tmp, "diff", "old", "new")
    assert code == 1 and not err, err
    found = [json.loads(x) for x in out.splitlines()]
    assert {(x["change"], x["kind"], x["page"]) for x in found} == {
        ("vanished", "broken", "http://b/"), ("changed", "slow", None),
        ("appeared", "noindex", None)} and len(found) == 3, found
    _, out, _ = call(tmp, "diff", "--format", "table", "old", "new")
    assert b'http://a/ (kind "broken") (page "http://b/")\n' in out, out
    assert b'http://a/ (kind "noindex")\n' in out, out


@test
def changed_appeared_and_vanished_records_are_told_apart(tmp):
    old = [record("http://a/", data={"price": 1.50, "name": "x", "gone": 1}),
           record("http://b/"), record("http://c/", title="C")]
    new = [record("http://c/", title="C"), record("http://d/", time={}),
           record("http://a/", data={"name": "x", "price": 1.5, "more": [1]})]
    new[2]["status"] = 404
    code, out, err = diff(tmp, old, new)
    assert code == 1 and not err, err
    assert out == [
        {"change": "appeared", "url": "http://d/",
         "new": {"url": "http://d/", "status": 200}},
        {"change": "changed", "url": "http://a/",
         "fields": ["status", "data.gone", "data.more"],
         "old": {"status": 200, "data.gone": 1},
         "new": {"status": 404, "data.more": [1]}},
        {"change": "vanished", "url": "http://b/",
         "old": {"url": "http://b/", "status": 200}}], out
    code, out, _ = diff(tmp, new, old, "--fields", "data.price,title")
    assert code == 1 and [x["change"] for x in out] == [
        "appeared", "vanished"], out
    # Without the new record, nothing but the status has changed.
    code, out, _ = diff(tmp, old[:1], new[2:], "--ignore", "data.gone,status",
                        "--ignore", "data.more,status,data.gone")
    assert (code, out) == (0, []), out
    code, out, _ = diff(tmp, old[:1], new[2:], "--ignore", "data")
    assert code == 1 and out[0]["fields"] == ["status"], out


@test
def values_are_compared_as_they_are(tmp):
    for before, after, fields in (
            ({"data": {"a": {"b": 1}}}, {"data": {"a": {"b": 2}}},
             ["data.a.b"]),
            ({"data": {"a": 1}}, {"data": None}, ["data"]),
            ({"data": None}, {"data": {"a": 1}}, ["data"]),
            ({"data": {}}, {}, ["data"]),
            ({"data": {}}, {"data": {"a": {}}}, ["data.a"]),
            ({"data": [1, 2]}, {"data": [1, 2, 3]}, ["data"]),
            ({"data": "1"}, {"data": 1}, ["data"]),
            ({"data": 2 ** 63}, {"data": 2 ** 63 + 1}, ["data"]),
            ({"data": "\xe9\x7f\n"}, {"data": "\xe9\x7f\r"}, ["data"]),
            ({"headers": {"date": ["1"], "etag": ["2"]}},
             {"headers": {"date": ["3"], "etag": ["4"]}}, ["headers.etag"]),
            ({"headers": {"date": ["1"]}}, {"headers": {"date": ["3"]}}, []),
            ({"headers": {"date": ["1"]}}, {"headers": {}}, []),
            ({"x": {"b": 1, "a": {"d": 1, "c": 2}}},
             {"x": {"a": {"c": 2, "d": 1}, "b": 1}}, []),
            ({"tls": {"days_left": 8, "issuer": "x"}}, {"tls": None},
             ["tls.issuer"])):
        code, out, _ = diff(tmp, [record("u", **before)],
                            [record("u", **after)])
        assert code == bool(fields), (before, after, out)
        assert [x["fields"] for x in out] == [fields] * bool(fields), out
        for side, members in (("old", before), ("new", after)):
            for name, value in out[0][side].items() if out else ():
                for part in name.split("."):
                    members = members[part]
                assert members == value, (name, members, value)


@test
def records_of_the_same_request_are_compared_in_their_order(tmp):
    old = [record("u", n=1), record("u", n=2), record("u", id="x", n=3),
           record("v", item=0, n=4), record("v", item=1, n=5)]
    new = [record("v", item=1, n=5), record("v", item=0, n=0),
           record("u", id="x", n=3), record("u", n=1), record("u", n=7),
           record("u", n=8)]
    code, out, _ = diff(tmp, old, new)
    assert code == 1
    assert [(x["change"], x["url"], x.get("item"), x.get("old", {}).get("n"),
             x["new"]["n"]) for x in out] == [
        ("changed", "v", 0, 4, 0), ("changed", "u", None, 2, 7),
        ("appeared", "u", None, None, 8)], out
    code, out, _ = diff(tmp, new, old)
    assert [x["change"] for x in out] == ["changed", "changed", "vanished"]
    assert out[2]["old"]["n"] == 8, out


@test
def any_form_of_saved_records_can_be_compared(tmp):
    lines = [json.dumps(record("http://a/%d" % i, data="\xe9" * 5),
                        ensure_ascii=False) for i in range(3)]
    changed = [lines[0], lines[1], lines[2].replace("200", "201")]
    forms = {
        "plain": "\n".join(lines),
        "bom": "\ufeff" + "\n".join(lines) + "\n",
        "array": "[\n" + ",\n".join(lines) + "\n]\n",
        "loose": "\n" + "\r\n \r\n".join(x.replace(":", " :\t")
                 .replace("http :\t", "http:") for x in lines) + "\r\n\n",
    }
    write(tmp, "new", *changed)
    want = None
    for name, text in forms.items():
        with open(os.path.join(tmp, name), "w", newline="",
                  encoding="utf-8") as f:
            f.write(text)
        for args, data in (((name, "new"), ""), (("-", "new"), text)):
            got = call(tmp, "diff", *args, data=data.encode())
            assert got[0] == 1 and not got[2], (name, got)
            want = want or got
            assert got == want, (name, got)
        # The first record is read again, too.
        write(tmp, "none")
        code, out, err = call(tmp, "diff", name, "none")
        assert code == 1 and out.count(b"vanished") == 3 and not err, err
        assert call(tmp, "diff", "none", name)[1].count(b"appeared") == 3
    assert call(tmp, "diff", "none", "none") == (0, b"", "")


@test
def faulty_lines_are_named_and_make_exit_code_3(tmp):
    good = json.dumps(record("http://a/"))
    write(tmp, "old", good, '{"url":"http://b/"')
    write(tmp, "new", "x", '{"id":1}', good, "[1]")
    code, out, err = call(tmp, "diff", "old", "new")
    assert code == 3 and not out, (code, out)
    for line in ("old, line 2 is", "new, line 1 is", "new, line 2 is",
                 "new, line 4 is"):
        assert line in err, err
    code, _, err = call(tmp, "diff", "old", "/proc/self/mem")
    assert code in (2, 3) and "/proc/self/mem" in err, err
    write(tmp, "old", good)
    code, out, err = call(tmp, "diff", "old", "-o", "/dev/full", "new")
    assert code == 3, err
    for args, message in ((("old",), "scrape diff OLD NEW"),
                          (("old", "old", "old"), "scrape diff OLD NEW"),
                          (("-", "-"), "twice"),
                          (("http://a/", "old"), "scrape diff reads saved"),
                          (("old", "missing"), "No such file"),
                          (("old", "new", "--fields", "a,,b"), "empty"),
                          (("old", "new", "--ignore", "a,"), "empty"),
                          (("old", "new", "--format", "junit"),
                           "table, jsonl, md, html, csv"),
                          (("old", "new", "-o", "new"), "the output"),
                          (("old", "new", "-o", "postgresql://h/d"),
                           "database"),
                          (("old", "new", "--rate", "1/s"),
                           "not for scrape diff"),
                          ((".", "old"), "directory")):
        code, out, err = call(tmp, "diff", *args)
        assert code == 2 and message in err and not out, (args, code, err)


@test
def people_get_a_table_that_fits_a_terminal(tmp):
    old = [record("http://a/", title="T" * 200, data={"price": 1}),
           record("http://b/", id="x\x1b[31m")]
    new = [record("http://a/", title="\xe9" * 200, data={"price": 22}),
           record("http://c/"), record("http://d/")]
    write(tmp, "old", *map(json.dumps, old), json.dumps(record("http://d/")))
    write(tmp, "new", *(json.dumps(x, ensure_ascii=False) for x in new))
    master, slave = pty.openpty()
    p = start(tmp, "diff", "--no-color", "old", "new", stdout=slave)
    os.close(slave)
    shown = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            part = b""
        if not part:
            break
        shown += part
    _, err = p.communicate(timeout=harness.HANG)
    os.close(master)
    assert p.returncode == 1 and not err, err
    lines = shown.decode().replace("\r\n", "\n").splitlines()
    assert all(len(x) <= 80 and x.isprintable() for x in lines), lines
    assert lines[0] == "changed   http://a/"
    assert lines[1].startswith('    title       "TTT') and "T... -> \"\xe9" in \
        lines[1] and lines[1].endswith("\xe9..."), lines
    assert lines[2:] == [
        "    data.price  1 -> 22", "appeared  http://c/",
        'vanished  http://b/ (id "x\\u001b[31m")',
        "1 changed, 1 appeared, 1 vanished, 1 the same"], lines
    # The same in a file, which is not replaced silently.
    for _ in range(2):
        code, out, err = call(tmp, "diff", "old", "new", "--format", "table",
                              "-o", "out")
        assert code == 1 and not out, out
    assert "out~" in err, err
    with open(os.path.join(tmp, "out"), encoding="utf-8") as f:
        assert f.read().splitlines() == lines


@test
def objects_with_many_other_members_are_compared_quickly(tmp):
    old, new = ({"%s%d" % (x, i): i for i in range(30000)} for x in "ab")
    new["a7"] = "x"
    write(tmp, "old", json.dumps(record("u", data=old)))
    write(tmp, "new", json.dumps(record("u", data=new)))
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    code, out, _ = call(tmp, "diff", "old", "new")
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    # Comparing each name with each other one takes half a minute.
    assert code == 1 and used < 10, used
    assert len(json.loads(out)["fields"]) == 60000, out[:100]
    assert json.loads(out)["new"]["data.a7"] == "x"


@test
def text_that_changes_the_reading_order_is_not_shown_to_people(tmp):
    for name, value in (("old", "a"), ("new", "\u202eb")):
        write(tmp, name, json.dumps({"url": "u\u202e", "id": "\u2067",
                                     "k\u202d": value}, ensure_ascii=False))
    code, out, _ = call(tmp, "diff", "--format", "table", "old", "new")
    assert code == 1 and out.decode().splitlines()[:2] == [
        'changed   u? (id "?")', '    k?  "a" -> "?b"'], out
    _, out, _ = call(tmp, "diff", "old", "new")
    assert json.loads(out)["url"] == "u\u202e", out


@test
def old_file_that_changes_is_no_source_of_wrong_values(tmp):
    write(tmp, "old", *(json.dumps(record("u%d" % i)) for i in range(2)))
    p = start(tmp, "diff", "old", "-", stdin=subprocess.PIPE)
    try:
        p.stdin.write(json.dumps(record("new")).encode() + b"\n")
        p.stdin.flush()
        assert b"appeared" in p.stdout.readline()
        # Another program writes other records of the same length.
        with open(os.path.join(tmp, "old"), "r+", encoding="utf-8") as f:
            f.write(json.dumps(record("x0")))
        out, err = p.communicate(
            json.dumps(record("u0", title="T")).encode(),
            timeout=harness.HANG)
    finally:
        finish(p)
    assert p.returncode == 3 and not out, out
    assert b"old has changed while it was read" in err, err


@test
def memory_does_not_grow_with_the_size_of_records(tmp):
    body = "x" * 100000
    for name, char in (("old", "y"), ("new", "z")):
        write(tmp, name, *(json.dumps(record("http://a/%d" % i,
                                             body=body + char))
                           for i in range(300)))
    p = start(tmp, "diff", "old", "-", stdin=subprocess.PIPE)
    try:
        with open(os.path.join(tmp, "new"), "rb") as f:
            new = f.read()
        feeder = threading.Thread(target=lambda: (p.stdin.write(new[:-1]),
                                                  p.stdin.flush()))
        feeder.start()
        # All records but the last one are compared, and each file has 30 MB.
        for i in range(299):
            assert p.stdout.readline().startswith(b'{"change":"changed"'), i
        feeder.join()
        if not harness.SANITIZE:
            assert harness.memory(p.pid) < 20 << 10, harness.memory(p.pid)
        p.stdin.close()
        assert len(p.stdout.readlines()) == 1
        assert p.wait() == 1
    finally:
        finish(p)


@test
def differences_are_tables_for_spreadsheets_and_for_people(tmp):
    old = [record("http://a/", title="<b>|a", data={"price": 1, "n": "=1+1"}),
           record("http://gone/", id=5)]
    new = [record("http://a/", title="b\"c\n", data={"price": 2, "n": "x"}),
           record("http://new/", item=2, data={"price": 3})]
    write(tmp, "old", *map(json.dumps, old))
    write(tmp, "new", *map(json.dumps, new))

    def table(*args, name="-"):
        code, out, err = call(tmp, "diff", "old", "new", "-o", name, *args)
        assert code == 1 and not err, err
        if name != "-":
            with open(os.path.join(tmp, name), "rb") as f:
                out = f.read()
        return out.decode()

    rows = list(csv.reader(io.StringIO(table(name="x.csv"), newline="")))
    assert rows == [
        ["change", "url", "record", "field", "old", "new"],
        ["changed", "http://a/", "", "title", "<b>|a", 'b"c?'],
        ["changed", "http://a/", "", "data.price", "1", "2"],
        ["changed", "http://a/", "", "data.n", "'=1+1", "x"],
        ["appeared", "http://new/", "item 2", "", "", ""],
        ["vanished", "http://gone/", "id 5", "", "", ""]], rows
    rows = list(csv.reader(io.StringIO(table(
        "--format", "csv", "--fields", "data.price"), newline="")))
    assert rows[1:] == [
        ["changed", "http://a/", "", "data.price", "1", "2"],
        ["appeared", "http://new/", "item 2", "data.price", "", "3"]], rows

    text = table(name="x.md")
    assert text.startswith("# Differences between old and new\n\n1 changed, "
                           "1 appeared, 1 vanished, 0 the same\n\n"), text
    assert "| changed | http\\://a/ |  | title | \\<b\\>\\|a | b\"c? |\n" in text
    assert text.count("\n| ") == 7, text

    page = table("--format", "html")
    tree = xml.etree.ElementTree.fromstring(page.partition("\n")[2])
    cells = [["".join(cell.itertext()) for cell in row]
             for row in tree.iter("{http://www.w3.org/1999/xhtml}tr")] or [
        ["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]
    assert cells[1] == ["changed", "http://a/", "", "title", "<b>|a",
                        'b"c?'], cells
    assert len(cells) == 6 and "1 vanished" in page, cells
    # Other extensions stand for JSON lines; --format outweighs the extension.
    assert table(name="x.json").startswith('{"change":"changed"')
    assert table("--format", "jsonl", name="y.csv").startswith('{"change"')
    # Without differences there is no table.
    _, out, _ = call(tmp, "diff", "old", "old", "--format", "md")
    assert out.endswith(b"0 vanished, 2 the same\n"), out


@test
def the_tables_of_pages_end_after_many_rows(tmp):
    for name, count in (("old", 0), ("new", 10002)):
        write(tmp, name, *(json.dumps(record("http://a/%d" % i))
                           for i in range(count)))
    _, out, _ = call(tmp, "diff", "old", "new", "--format", "md")
    assert out.count(b"| appeared |") == 10000, out[-300:]
    assert b"ends after 10000 of 10002 rows" in out, out[-300:]
    _, out, _ = call(tmp, "diff", "old", "new", "--format", "csv")
    assert out.count(b'"appeared"') == 10002, out[-300:]


@test
def an_output_whose_ending_is_no_format_is_named(tmp):
    write(tmp, "old", json.dumps(record("http://a/")))
    for command, other in (("check", "x.pdf"), ("diff", "x.xml")):
        files = ("old", "old") if command == "diff" else ("old",)
        for name, is_named in ((other, True), ("x.jsonl", False), ("x", False),
                               ("./x", False), ("x.md", False)):
            _, _, err = call(tmp, command, *files, "-o", name)
            assert err.count("gets lines of JSON") == is_named, (name, err)
            assert not is_named or name + " gets" in err, err
        _, _, err = call(tmp, command, *files, "-o", other, "--format", "csv")
        assert "lines of JSON" not in err, err
        _, _, err = call(tmp, command, "-s", *files, "-o", other)
        assert not err, err


@test
def a_table_instead_of_records_is_named_once(tmp):
    good = json.dumps(record("http://good/"))
    rows = ["%d,http://a/,x,\"y" % i for i in range(50)]
    write(tmp, "new", good)
    for header, separator, kind in (("index,url,status,title", ",", "csv"),
                                    ('"url";"status"', ";", "csv"),
                                    ("id\turl", "\t", "tsv")):
        write(tmp, "t", header, *(x.replace(",", separator) for x in rows),
              good, '{"url":')
        for args, code in ((("table", "t"), 1), (("diff", "t", "new"), 3),
                           (("merge", "t"), 3)):
            got, out, err = call(tmp, *args)
            assert got == code, (args, got, err)
            assert "t looks like %s, and is left out" % kind in err, err
            # A record among the rows is read.
            assert err.count("line") == 3 - (args[0] != "merge"), err
            assert "t, line 53 is no record" in err, err
            assert (b"http://good/" in out) == (args[0] != "diff"), out
    write(tmp, "t", "index,url", *rows, good)
    got, out, err = call(tmp, "check", "t")
    found = [json.loads(x) for x in out.splitlines()]
    assert got == 1 and "1 error" in err, err
    assert [x["url"] for x in found if x["kind"] == "broken"] == [
        "index,url"], found
    assert "--input-format csv" in found[0]["detail"], found
