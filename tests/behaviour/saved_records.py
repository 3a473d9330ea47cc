"""Tests of scrape extract --records: what was saved with --body is extracted as
if it were fetched. A part of tests/behaviour/run."""
import json
import subprocess

import harness
from __main__ import behaviour, start, test
from reports import MODES

PAGES = {
    "cyrillic": r'''reply 200 text/html; charset=windows-1251
body "<base href=/b/><h1>\xcf\xf0</h1><a href='?q=\xff'>\xe0</a>"
''',
    "declared": r'''reply 200 text/html
body "<meta charset=koi8-r><h1>\xcf\xf0</h1><a href='?q=\xff'>\xe0</a>"
''',
    "json": 'reply 200 application/json\nbody "{\\"n\\": [1.10, 2]}"\n',
    "feed": r'''reply 200 application/xml
body "<?xml version='1.0' encoding='iso-8859-1'?><r><h1>\xe9</h1><a href='x'/></r>"
''',
    "gone": 'reply 404 text/html\nbody "<h1>Gone</h1>"\n',
    "image": r'reply 200 image/png' + '\n' + r'body "\x89PNG\x00\xff"' + '\n',
    "empty": 'reply 204\n',
}
FIELDS = ("--ordered", "--links", "--select", "h=h1", "--select",
          "a[]=a::attr(href)::url", "--jq", "n[]=.n[]")
SAME = ("index", "id", "url", "final_url", "status", "ok", "error",
        "attempts", "content_type", "fetched_at", "redirects", "ip",
        "http_version", "links_count", "links", "json", "data")


def rows(out):
    """Returns the members that must be the same in each run; times differ."""
    found = [{k: r.get(k) for k in SAME} for r in map(json.loads, out)]
    for row in found:
        row["fetched_at"] = row["fetched_at"] is not None
    return found


def command(tmp, *args, stdin=b""):
    p = start(tmp, "extract", *args, stdin=subprocess.PIPE)
    out, err = p.communicate(stdin, timeout=harness.HANG)
    return p.returncode, out.decode().splitlines(), err.decode()


@test
def saved_bodies_are_extracted_as_if_they_were_fetched(tmp):
    for name, text in PAGES.items():
        behaviour(tmp, name, text)
    with harness.Server(tmp) as server:
        lines = [json.dumps({"url": server.url(name), "id": [name]})
                 for name in PAGES]
        lines.append(json.dumps({"url": "http://127.0.0.1:1/", "id": 0}))
        common = ("-s", "--retry", "0", "--ordered")
        live = start(tmp, *common, *FIELDS, stdin=subprocess.PIPE)
        live = live.communicate("\n".join(lines).encode(),
                                timeout=harness.HANG)[0].decode()
        saved = start(tmp, *common, "--body", "--headers",
                      stdin=subprocess.PIPE)
        saved = saved.communicate("\n".join(lines).encode(),
                                  timeout=harness.HANG)[0]
    for mode in MODES:
        code, out, err = command(tmp, "--records", "--mode", mode, *FIELDS,
                                 "-", stdin=saved)
        assert code == 0 and not err, (mode, code, err)
        assert rows(out) == rows(live.splitlines()), (mode, out, live)


@test
def saved_records_are_read_while_they_are_written(tmp):
    for mode in MODES:
        p = start(tmp, "extract", "--records", "--mode", mode, "--select",
                  "h=h1", stdin=subprocess.PIPE)
        for n in range(3):
            p.stdin.write(b'{"index":%d,"url":"http://a.example/","body":'
                          b'"<h1>%d</h1>","content_type":"text/html"}\n'
                          % (n, n))
            p.stdin.flush()
            record = json.loads(p.stdout.readline())
            assert record["index"] == n, (mode, record)
            assert record["data"] == {"h": str(n)}, (mode, record)
        p.stdin.close()
        assert p.wait(harness.HANG) == 0, (mode, p.stderr.read())


@test
def saved_record_that_is_too_long_has_an_error(tmp):
    """The lines after it are read; its own is not kept in memory."""
    line = (b'{"index":0,"url":"http://a.example/","body":"'
            + b"x" * (65 << 20) + b'"}\n')
    after = (b'{"index":1,"url":"http://a.example/","body":"<h1>1</h1>",'
             b'"content_type":"text/html"}')
    code, out, err = command(tmp, "--records", "--ordered", "--select",
                             "h=h1", "--max-filesize", "1M", "-",
                             stdin=line + after)
    assert code == 0, err
    first, second = map(json.loads, out)
    assert first["error"]["kind"] == "input", first
    assert "line 1 of standard input: longer than 64 MB" in \
        first["error"]["message"], first
    assert second["data"] == {"h": "1"}, second
