"""Tests of the output to a terminal. A part of tests/behaviour/run."""
import json
import os
import pty
import random
import re
import subprocess

from __main__ import behaviour, test
import harness


def on_terminal(tmp, *args, code=0, **variables):
    """Returns what the program writes to standard output, a terminal. code: its
    exit code."""
    terminal, end = pty.openpty()
    p = subprocess.Popen([harness.SCRAPE, *args], cwd=tmp, stdout=end,
                         stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                         env={**harness.environment(tmp), "TERM": "xterm",
                              **variables})
    os.close(end)
    text = b""
    try:
        while True:
            text += os.read(terminal, 65536)
    except OSError:  # the end
        os.close(terminal)
    err = p.communicate()[1]
    assert p.returncode == code, err
    return text.decode().replace("\r\n", "\n")


def write(tmp, name, text):
    with open(os.path.join(tmp, name), "w", encoding="utf-8") as f:
        f.write(text)


def extract(tmp, *args):
    return subprocess.run([harness.SCRAPE, "extract", *args], cwd=tmp,
                          env=harness.environment(tmp), check=True,
                          capture_output=True).stdout.decode()


@test
def record_of_one_source_on_a_terminal_is_indented_and_coloured(tmp):
    write(tmp, "a.html", "<title>A</title>")
    text = on_terminal(tmp, "extract", "a.html")
    assert '\n  \x1b[34;1m"title"\x1b[0m: \x1b[0;32m"A"\x1b[0m,\n' in text
    text = on_terminal(tmp, "extract", "a.html", NO_COLOR="1")
    assert '\n  "title": "A",\n' in text and "\x1b" not in text, text
    assert on_terminal(tmp, "extract", "--color=never", "a.html") == text
    assert extract(tmp, "--pretty", "a.html") == text
    assert "\x1b" in extract(tmp, "--pretty", "--color", "a.html")


@test
def records_of_lists_and_pipes_are_lines(tmp):
    write(tmp, "a.html", "<title>A</title>")
    line = extract(tmp, "a.html")
    assert line.count("\n") == 1, line
    coloured = on_terminal(tmp, "extract", "--compact", "a.html")
    assert coloured.startswith('\x1b[1;39m{\x1b[0m\x1b[34;1m"index"\x1b[0m:')
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == line, coloured
    assert extract(tmp, "--color", "a.html") == coloured
    for args, variables in ((["--no-color"], {}), ([], {"NO_COLOR": "1"}),
                            ([], {"TERM": "dumb"})):
        assert on_terminal(tmp, "extract", "--compact", *args, "a.html",
                           **variables) == line
    on_terminal(tmp, "extract", "--color", "-o", "out", "a.html")
    with open(os.path.join(tmp, "out"), encoding="utf-8") as f:
        assert f.read() == line
    assert on_terminal(tmp, "extract", "a.html", "a.html").count("\n") == 2
    write(tmp, "list", "x://a\n")
    assert on_terminal(tmp, "-s", "list").count("\n") == 1


@test
def indented_json_has_the_same_values(tmp):
    dice = random.Random(1)

    def value(depth):
        kind = dice.randrange(7 if depth < 8 else 4)
        if kind > 4:
            return {text(): value(depth + 1) for _ in range(dice.randrange(4))}
        if kind == 4:
            return [value(depth + 1) for _ in range(dice.randrange(4))]
        return [None, True, dice.random() * 1e9, text()][kind]

    def text():
        return "".join(dice.choice('a":,[{}]\\ \x07\x7f\x85\u202e\U000e0041é')
                       for _ in range(dice.randrange(6)))

    for i in range(200):
        write(tmp, "%d.json" % i, json.dumps(value(0), ensure_ascii=False))
    names = ["%d.json" % i for i in range(200)]
    lines = [json.loads(line)["json"] for line in extract(
        tmp, "--ordered", *names).splitlines()]
    pretty = extract(tmp, "--ordered", "--pretty", *names)
    assert not set(pretty) & set("\x07\x7f\x85\u202e\U000e0041")
    decoder = json.JSONDecoder()
    for wanted in lines:
        found, end = decoder.raw_decode(pretty)
        assert found["json"] == wanted, (found["json"], wanted)
        pretty = pretty[end:].lstrip()
    assert not pretty, pretty


@test
def status_is_coloured_by_its_class(tmp):
    behaviour(tmp, "moved", "reply 304 -\n")
    behaviour(tmp, "gone", "reply 404 application/json\n"
              'body "{\\"status\\": 500}"\n')
    behaviour(tmp, "fine", 'reply 200 text/plain\nbody "x"\n')
    with harness.Server(tmp) as server:
        for name, status in (("fine", "\x1b[32m200"), ("moved", "\x1b[33m304"),
                             ("gone", "\x1b[31m404")):
            text = on_terminal(tmp, server.url(name))
            assert '"status"\x1b[0m: %s\x1b[0m,' % status in text, text
    # Only the status of the record itself has such a colour.
    assert "\x1b[31m500" not in text and "500" in text, text


@test
def findings_and_differences_have_colours_on_a_terminal_only(tmp):
    write(tmp, "a.jsonl", '{"url":"http://a.test/","status":200}\n'
          '{"url":"http://b.test/","status":404}\n')
    write(tmp, "b.jsonl", '{"url":"http://a.test/","status":503}\n'
          '{"url":"http://c.test/","status":200}\n')
    for args, wanted in (
            (("check", "a.jsonl"), "\x1b[31m  error   \x1b[0m broken"),
            (("diff", "a.jsonl", "b.jsonl"), "\x1b[33mchanged  \x1b[0m http:")):
        text = on_terminal(tmp, *args, code=1)
        assert wanted in text, text
        for more, variables in (([], {"NO_COLOR": "1"}), (["--no-color"], {}),
                                (["--color=never"], {})):
            plain = on_terminal(tmp, *args, *more, code=1, **variables)
            assert "\x1b" not in plain and "http://" in plain, plain
        on_terminal(tmp, *args, "-o", "out.txt", "--format", "table", code=1)
        with open(os.path.join(tmp, "out.txt"), encoding="utf-8") as f:
            assert "\x1b" not in f.read()
        done = subprocess.run([harness.SCRAPE, *args, "--format", "table",
                               "--color=always"], cwd=tmp, check=False,
                              env=harness.environment(tmp),
                              capture_output=True)
        assert wanted.encode() in done.stdout, done.stdout
    for args in (("check", "a.jsonl"), ("diff", "a.jsonl", "b.jsonl")):
        text = on_terminal(tmp, *args, "--format", "jsonl", code=1)
        assert "\x1b" not in text, text
