"""The program with workers that send wrong replies (liar.c): each request
still has its own record and no other. A part of tests/behaviour/run."""
import json
import os
import re
import sqlite3
import subprocess

import __main__ as b
import harness

LIAR = os.path.join(os.path.dirname(harness.SCRAPE), "scrape-liar")
PAGE = 'reply 200 text/html\nbody "<title>Page</title><h1>x</h1>"\n'
# Too long to be read without a parser.
JSON = 'reply 200 application/json\nbody "{\\"a\\":["\n' \
    'body-repeat 20000 "1,"\nbody "2]}"\n'
PARTS = ["--links", "--meta", "--body", "--select", "a=h1"]


def lies():
    with open(os.path.join(os.path.dirname(__file__), "liar.c")) as f:
        text = f.read()
    return re.findall(r'^\tTEXT\("([^"]+)"', text, re.M) + \
        re.findall(r'^\t\{"([^"]+)", \w+\},', text, re.M) + \
        ["other-job", "no-job", "hello", "twice"]


def run(tmp, *args, words=()):
    p = subprocess.run([LIAR, *args, "--mode", "fork", "--parse-timeout", "2",
                        "--workers", "2", *words],
                       cwd=tmp, env=harness.environment(tmp),
                       stdin=subprocess.DEVNULL, capture_output=True,
                       timeout=harness.HANG)
    assert b"ERROR: " not in p.stderr and b"runtime error" not in p.stderr, \
        p.stderr[:3000].decode("utf-8", "replace")
    assert b"\x1b" not in p.stdout + p.stderr
    assert b"bank" not in p.stdout and b"forged" not in p.stdout, p.stdout
    return p


def urls(server, names):
    return [u for n in names for u in (server.url("page?" + n),
                                       server.url("page"))]


@b.test
def wrong_reply_of_a_parser_is_one_parse_error(tmp):
    b.behaviour(tmp, "page", PAGE)
    names = lies()
    assert len(names) > 40, names
    with harness.Server(tmp) as server:
        p = run(tmp, "--ordered", "--headers", *PARTS,
                words=urls(server, names))
    records = b.read_records(p.stdout)
    assert p.returncode == 0 and len(records) == 2 * len(names)
    for i, r in enumerate(records):
        assert r["index"] == i and r["status"] == 200 and r["headers"], r
        if i % 2:
            assert r["ok"] and r["title"] == "Page", r
            continue
        name = names[i // 2]
        assert r["url"].endswith("?" + name), r
        assert r["error"] and r["error"]["kind"] == "parse", (name, r)
        assert not r["title"] and not r["bytes"], (name, r)


@b.test
def wrong_replies_of_parsers_give_no_table_rows(tmp):
    b.behaviour(tmp, "page", PAGE)
    names = ["quote", "quote-and-line", "nul", "two-records", "no-end", "cut"]
    with harness.Server(tmp) as server:
        for name in ("csv", "tsv", "json"):
            p = run(tmp, "--format", name, "--select", "a=h1",
                    words=urls(server, names))
            rows = json.loads(p.stdout) if name == "json" \
                else p.stdout.splitlines()[1:]
            assert p.returncode == 0 and len(rows) == 12, rows
        p = run(tmp, "--format", "sqlite", "-o", "db", "--select", "a=h1",
                words=urls(server, names))
    with sqlite3.connect(os.path.join(tmp, "db")) as db:
        assert db.execute("select count(*), count(error) from records") \
            .fetchone() == (12, 6)


@b.test
def wrong_replies_of_parsers_are_endpoint_errors(tmp):
    b.behaviour(tmp, "data", JSON)
    names = lies()
    with harness.Server(tmp) as server:
        spec = {"endpoints": {n: {"url": server.url("data?" + n)}
                              for n in names + ["honest"]}}
        with open(os.path.join(tmp, "spec"), "w") as f:
            json.dump(spec, f)
        p = run(tmp, "gather", "--spec", "spec")
    document = json.loads(p.stdout)
    assert p.returncode == 1, p.stderr
    text = json.dumps(document)
    for name in names:
        assert text.count('"' + name + '"') >= 1, name
    kinds = {e.get("kind") for e in document["errors"].values()} \
        if isinstance(document.get("errors"), dict) \
        else {e.get("kind") for e in document.get("errors", [])}
    assert kinds == {"parse"}, document


@b.test
def messages_of_a_parser_are_escaped_and_limited(tmp):
    b.behaviour(tmp, "page", PAGE)
    with harness.Server(tmp) as server:
        p = run(tmp, *PARTS, words=[server.url("page?shout"),
                                    server.url("page")])
    assert p.returncode == 0
    assert [r["title"] for r in b.read_records(p.stdout)] == ["Page"] * 2
    lines = p.stderr.decode("ascii").splitlines()
    assert lines[0] == r"scrape: parser: \x1b]0;pwned\x07\xc2\x9b1mnoise"
    assert 200 <= len(lines) < 1500, len(lines)
    assert re.fullmatch(r"scrape: parser: and \d+ more lines", lines[-1])
