"""Tests of messages: their times, --log and --log-format. A part of
tests/behaviour/run."""
import json
import os
import pty
import re
import subprocess

from __main__ import behaviour, run, test
import harness

TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
REFUSED = "http://127.0.0.1:1/"


def read(tmp, name):
    with open(os.path.join(tmp, name), encoding="utf-8") as f:
        return f.read()


def on_terminal(tmp, *args):
    """Returns what the program writes to standard error, a terminal."""
    terminal, end = pty.openpty()
    p = subprocess.Popen([harness.SCRAPE, *args], cwd=tmp, stderr=end,
                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                         env=harness.environment(tmp))
    os.close(end)
    text = b""
    try:
        while True:
            text += os.read(terminal, 65536)
    except OSError:  # the end
        os.close(terminal)
    p.wait()
    return text.decode()


@test
def lines_of_verbose_have_times_unless_people_read_them(tmp):
    args = "-v", "--retry", "0", REFUSED
    _, _, err = run(tmp, *args)
    assert re.fullmatch("%s scrape: GET .*\n%s scrape: the only request "
                        "failed.*\n" % (TIME, TIME), err), err
    _, _, err = run(tmp, *args[1:])
    assert re.match("scrape: the only request", err), err
    err = on_terminal(tmp, "--no-progress-meter", *args)
    assert re.match("scrape: GET ", err), err


@test
def log_file_has_the_messages_instead_of_standard_error(tmp):
    behaviour(tmp, "log", "before\n")
    args = "--retry", "0", "--log", "log", REFUSED
    code, records, err = run(tmp, *args)
    assert (code, len(records), err) == (0, 1, ""), (code, err)
    # The file is appended to, and its lines have a time without -v, too.
    run(tmp, "-v", *args)
    assert re.fullmatch(
        "before\n(%s scrape: the only .*\n)(%s scrape: GET .*\n)\\1?.*\n"
        % (TIME, TIME), read(tmp, "log")), read(tmp, "log")
    assert on_terminal(tmp, *args, "-o", "out").count("done in") == 1
    # The reason why a run ends is on standard error, too.
    code, _, err = run(tmp, "--log", "log", "-o", "/dev/full", REFUSED)
    assert code == 3 and "No space left" in err, err
    assert "No space left" in read(tmp, "log")


@test
def log_file_that_cannot_be_written_ends_the_run_before_it_begins(tmp):
    log = os.path.join(tmp, "asked")
    with harness.Server(tmp, log=log) as server:
        for args, said in ((("--log", "none/x"), "cannot be written: No such"),
                           (("--log", "-"), "--log"),
                           (("--log", "x", "-o", "x"), "the same file"),
                           (("--log-format", "xml"), "text or json")):
            code, records, err = run(tmp, *args, server.url("hello"))
            assert (code, records) == (2, []) and said in err, (args, err)
    assert read(tmp, "asked") == ""


@test
def message_that_the_log_file_cannot_take_is_on_standard_error(tmp):
    _, _, err = run(tmp, "--log", "/dev/full", "--retry", "0", REFUSED)
    assert "scrape: the only request failed" in err, err


@test
def messages_as_json_are_objects_without_secrets(tmp):
    behaviour(tmp, "a", "reply 503 -\n")
    args = ("-v", "--log-format", "json", "--retry", "0", "-u",
            "me:pass\"word")
    with harness.Server(tmp) as server:
        url = server.url("a?token=sesame&b=pass%22word&c=%22%e2%80%ae")
        _, _, err = run(tmp, *args, url)
        run(tmp, *args, "--log", "log", url, "http://x\x1b]:/")
    lines = [json.loads(line) for line in err.splitlines()]
    assert [line["level"] for line in lines] == ["debug"], lines
    assert all(re.fullmatch(TIME, line["time"]) for line in lines), lines
    assert (lines[0]["host"], lines[0]["status"]) == ("127.0.0.1", 503), lines
    assert lines[0]["url"] == server.url(
        "a?token=***&b=***&c=%22%e2%80%ae"), lines
    text = read(tmp, "log")
    for line in text.splitlines():
        assert json.loads(line)["message"], text
    for secret in ("sesame", "word", "\x1b"):
        assert secret not in err and secret not in text, text


@test
def text_of_a_server_cannot_forge_a_line_of_the_log(tmp):
    filters = ["--jq", 'x=error("a\\n2026-01-01T00:00:00.000Z forged\\"}")']
    behaviour(tmp, "a", "reply 200 application/json\nbody \"{}\"\n")
    with harness.Server(tmp) as server:
        for name in ("text", "json"):
            code, _, err = run(tmp, "-v", *filters, "--log-format", name,
                               server.url("a"))
            assert code == 0, err
            for line in err.splitlines():
                assert re.match(TIME if name == "text" else r"\{", line), err
