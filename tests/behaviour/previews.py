"""--dry-run and --print-curl, which show the requests of a list without making
them. A part of tests/behaviour/run."""
import json
import os
import pty
import shutil
import subprocess

import harness
from __main__ import Skip, behaviour, finish, run, start, test

SECTIONS = """[host "slow.example"]
rate = 30/m
[host "*.corp.example"]
parallel = 2
rate = none
"""


def text(tmp, *args, lines=()):
    """Returns the standard output and the messages of a run that succeeds."""
    p = start(tmp, *args, stdin=subprocess.PIPE)
    out, err = p.communicate("".join(x + "\n" for x in lines).encode(),
                             timeout=harness.HANG)
    assert p.returncode == 0, (args, p.returncode, err)
    return out.decode(), err.decode()


def on_a_terminal(tmp, *args):
    master, slave = pty.openpty()
    p = start(tmp, *args, stdin=subprocess.DEVNULL, stdout=slave)
    os.close(slave)
    shown = b""
    try:
        while True:
            part = os.read(master, 65536)
            if not part:
                break
            shown += part
    except OSError:     # the end of a terminal
        pass
    finally:
        os.close(master)
        finish(p)
    return shown.decode().replace("\r\n", "\n")


def without_boundary(request):
    """Returns the request without what is drawn at random for a form."""
    text = json.dumps(request)
    kind = request["headers"].get("content-type", "")
    boundary = kind.partition("boundary=")[2]
    return json.loads(text.replace(boundary, "B") if boundary else text)


@test
def dry_run_counts_the_requests_of_hosts_and_their_time(tmp):
    behaviour(tmp, "options", SECTIONS)
    lines = ["http://slow.example/%d" % i for i in range(31)] + \
        ["http://a.corp.example:%d/" % i for i in range(1, 21)] + \
        ["http://www.example/%d" % i for i in range(21)] + \
        ["http://127.0.0.1:1/", "http://", '{"no": 1}']
    out, err = text(tmp, "-K", "options", "--dry-run", "-o", "out",
                    "--report", "r.html", lines=lines)
    # Both messages name the line.
    assert err.splitlines()[0] == "scrape: http://: the URL has no host", err
    assert 'line 75 of' in err and 'unknown key "no"' in err, err
    assert not os.path.exists(os.path.join(tmp, "out"))
    assert not os.path.exists(os.path.join(tmp, "r.html"))
    *hosts, total = [json.loads(line) for line in out.splitlines()]
    assert [(h["host"], h["requests"], h["rate"], h["parallel"],
             h["seconds"]) for h in hosts] == [
        ("slow.example", 31, 0.5, 8, 60.5),     # 30 pauses of 2 s
        ("a.corp.example", 20, None, 2, 5.0),   # ten times two of 0.5 s
        ("www.example", 21, 20, 8, 1.5),        # three times eight of 0.5 s
        ("127.0.0.1", 1, None, 8, 0.5)], hosts
    assert total == {"host": None, "requests": 73, "rate": None, "hosts": 4,
                     "parallel": 64, "seconds": 60.5, "robots": 0,
                     "errors": 2}, total

    # --rate, --unique and --robots are taken into account, too.
    out, _ = text(tmp, "--dry-run", "--rate", "1/s", "--unique", "--robots",
                  lines=["http://a.example/", "http://a.example/#x",
                         "http://a.example:81/", "http://b.example/"])
    total = json.loads(out.splitlines()[-1])
    assert (total["requests"], total["robots"], total["rate"],
            total["seconds"]) == (3, 3, 1, 5.5), total


@test
def dry_run_is_a_table_for_people_on_a_terminal(tmp):
    behaviour(tmp, "list", "http://a.example/1\nhttp://a.example/2\n"
              "http://b.example/\n" + "".join(
                  "http://h%02d.example/\n" % i for i in range(50)))
    lines = on_a_terminal(tmp, "--dry-run", "--host-rate", "30/m",
                          "list").splitlines()
    assert all(len(line) <= 80 for line in lines), lines
    assert lines[0].split() == ["host", "requests", "rate", "in", "flight",
                                "time"], lines
    assert lines[1].split() == ["a.example", "2", "30/m", "8", "2.5", "s"]
    assert "and 12 more hosts" in lines[41], lines[41]
    assert lines[42].split() == ["all", "53", "-", "64", "2.5", "s"], lines
    assert "Nothing was requested" in lines[43], lines


@test
def printed_commands_make_the_same_requests(tmp):
    if not shutil.which("curl"):
        raise Skip("curl is not installed")
    behaviour(tmp, "echo", "echo\n")
    behaviour(tmp, "form", "a file's\r\n\\text%s\0\xe9")
    with harness.Server(tmp) as server:
        behaviour(tmp, "options", '[host "127.0.0.1"]\nheader = "X-Team: o\'k"\n'
                  'user = "me:p w"\n')
        for args, lines in (
                ((), [server.url("echo/it's?a=$HOME&b=%27{x,y}[1-2]"),
                      '{"url": "%s", "method": "DELETE"}'
                      % server.url("echo/a b"),
                      json.dumps({"url": server.url("echo/j"), "json": {
                          "t": "it's\n\u20ac 100% \\ $x `y`"},
                          "headers": {"X-Key": "k'k", "Accept": None,
                                      "X-Empty": ""}}),
                      json.dumps({"url": server.url("echo/b"),
                                  "body": "\n@x\n\n", "method": "PATCH"}),
                      json.dumps({"url": server.url("echo/p"),
                                  "params": {"q": "a b&c"}})]),
                (("-X", "POST"), [server.url("echo/none")]),
                (("-A", "", "-H", "X: 1;2", "-b", "c=1", "-e", "http://r/"),
                 [server.url("echo/h")]),
                (("-A", "my bot", "--json", '{"a": [1]}', "--path-as-is"),
                 [server.url("echo/../x")]),
                (("-K", "options", "-F", "f=@form", "-F", "a=1"),
                 [server.url("echo/f")]),
                (("--data-binary", "@form", "-X", "PUT"),
                 [server.url("echo/d")])):
            out, err = text(tmp, "--print-curl", "--print-secrets", *args,
                            lines=lines)
            commands = out.splitlines()
            assert not err and len(commands) == len(lines), (out, err)
            code, records, err = run(tmp, "--ordered", *args, lines=lines)
            assert code == 0 and not err, err
            for command, record in zip(commands, records):
                # With -q, curl does not read the user's own settings.
                reply = subprocess.run(
                    ["sh", "-c", "alias curl='curl -qs'\n" + command],
                    stdout=subprocess.PIPE, check=True, cwd=tmp,
                    env=harness.environment(tmp)).stdout
                same = without_boundary(json.loads(reply))
                made = without_boundary(record["json"])
                assert same == made, (command, same, made)


@test
def printed_commands_keep_secrets_to_themselves(tmp):
    args = ("--print-curl", "-u", "me:hunter22", "-H", "X-Api-Key: hunter22",
            "-b", "sid=hunter22", "-x", "http://me:hunter22@proxy.example:1/",
            "--json", '{"password": "hunter22"}',
            "https://me:hunter22@a.example/?token=hunter22&a=1")
    out, err = text(tmp, *args)
    assert "hunter22" not in out + err and out.count("\n") == 1, out
    for part in ("'me:***'", "'X-Api-Key: ***'", "--data-raw '***'",
                 "'https://***@a.example/?token=***&a=1'"):
        assert part in out, (part, out)
    out, _ = text(tmp, *args, "--print-secrets")
    assert out.count("hunter22") == 7 and "***" not in out, out
    # A line that is not a request gives a message; the access token is ***.
    p = start(tmp, "--print-curl", "--oauth2-token-url", "http://t.example/",
              "--oauth2-client-id", "i", "--oauth2-client-secret", "hunter22",
              stdin=subprocess.PIPE)
    out, err = p.communicate(b"http://a.example/\nhttp://\n",
                             timeout=harness.HANG)
    assert out.endswith(b" --oauth2-bearer '***' http://a.example/\n"), out
    assert b"scrape: http://: the URL has no host" in err, err
    for command, advice in (("crawl", b"--map --sitemaps only"),
                            ("check", b"scrape --dry-run FILE")):
        p = start(tmp, command, "--dry-run", "http://a.example/")
        _, err = p.communicate(timeout=harness.HANG)
        assert p.returncode == 2 and advice in err, err


@test
def preview_ends_when_its_output_cannot_be_written(tmp):
    with open("/dev/full", "wb") as full:
        p = start(tmp, "--print-curl", stdin=subprocess.PIPE, stdout=full)
    with subprocess.Popen(["yes", "http://a.example/"], stdout=p.stdin) as yes:
        p.stdin.close()
        try:
            assert p.wait(timeout=harness.HANG) == 3
        finally:
            p.kill()
            yes.kill()
    assert b"No space left" in p.stderr.read()
    p.wait()


@test
def previews_refuse_what_they_cannot_show(tmp):
    behaviour(tmp, "list", "http://a.example/\n")
    for args, message in (
            (("--dry-run", "--resume", "-o", "x", "list"), "whole list"),
            (("--print-curl", "--retry-failed", "-o", "x", "list"),
             "whole list"),
            (("--print-secrets", "list"), "needs --print-curl"),
            (("crawl", "--dry-run", "http://a.example/"), "not for scrape")):
        code, out, err = run(tmp, *args)
        assert code == 2 and message in err and not out, (args, code, err)
