"""Overwriting of outputs, and the messages of runs without any result. A part
of tests/behaviour/run."""
import json
import os
import stat

import harness
from __main__ import HELLO, REFUSED, behaviour, run, test

MODES = harness.MODES


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as f:
        return f.read()


def write(text, *path):
    with open(os.path.join(*path), "w", encoding="utf-8") as f:
        f.write(text)


@test
def an_output_that_is_not_empty_is_kept(tmp):
    behaviour(tmp, "hello", HELLO)
    os.mkdir(os.path.join(tmp, "d"))
    os.symlink(os.path.join("d", "real"), os.path.join(tmp, "link"))
    with harness.Server(tmp) as server:
        url = server.url("hello")
        for mode in MODES:
            write("old\n", tmp, "out")
            os.chmod(os.path.join(tmp, "out"), 0o600)
            _, _, err = run(tmp, "--mode", mode, "-o", "out", url)
            assert "out was not empty: its old content is in out~ now" in err, err
            assert read(tmp, "out~") == "old\n"
            assert '"title":"Hello"' in read(tmp, "out")
            assert stat.S_IMODE(os.stat(os.path.join(tmp, "out")).st_mode) \
                == 0o600
        write("old\n", tmp, "d", "real")
        _, _, err = run(tmp, "-o", "link", url)
        assert "its old content is in %s now" % os.path.realpath(
            os.path.join(tmp, "d", "real~")) in err, err
        assert os.path.islink(os.path.join(tmp, "link"))
        assert read(tmp, "d", "real~") == "old\n"
        assert '"title":"Hello"' in read(tmp, "d", "real")
        write("", tmp, "empty")
        _, _, err = run(tmp, "-o", "empty", url)
        assert err == "" and not os.path.exists(os.path.join(tmp, "empty~"))
        code, _, err = run(tmp, "extract", "-o", "out", "d/real")
        assert code == 0 and "out was not empty" in err, err
        assert '"url":"d/real"' in read(tmp, "out")
        code, records, err = run(tmp, "-o", "/dev/stdout", url)
        assert code == 0 and len(records) == 1 and err == "", (code, err)
        assert run(tmp, "-o", "/dev/null", url)[0] == 0


@test
def an_output_that_cannot_be_kept_is_left_alone(tmp):
    behaviour(tmp, "hello", HELLO)
    write("old\n", tmp, "out")
    os.mkdir(os.path.join(tmp, "out~"))
    with harness.Server(tmp) as server:
        code, _, err = run(tmp, "-o", "out", server.url("hello"))
    assert code == 3 and "cannot be renamed to out~" in err, (code, err)
    assert read(tmp, "out") == "old\n"


@test
def a_gather_that_fails_leaves_the_old_document(tmp):
    behaviour(tmp, "json", 'reply 200 application/json\nbody "[1,2]"\n')
    behaviour(tmp, "gone", 'reply 404 text/plain\nbody "no"\n')
    with harness.Server(tmp) as server:
        good, bad = server.url("json"), server.url("gone")
        for mode in MODES:
            for name in os.listdir(tmp):
                if name.startswith("out"):
                    os.unlink(os.path.join(tmp, name))
            args = ("gather", "--mode", mode, "-o", "out")
            assert run(tmp, *args, "a=" + good)[0] == 0
            old = read(tmp, "out")
            assert json.loads(old) == {"data": {"a": [1, 2]}, "errors": {}}
            code, _, err = run(tmp, *args, "a=" + good, "b=" + bad)
            assert code == 1 and "its output is in out.failed" in err, err
            assert read(tmp, "out") == old
            assert json.loads(read(tmp, "out.failed"))["data"]["b"] is None
            assert run(tmp, *args, "c=" + good)[0] == 0
            assert "c" in json.loads(read(tmp, "out"))["data"]
            # FILE did not exist, so an incomplete document cannot replace
            # anything.
            code, _, _ = run(tmp, "gather", "--mode", mode, "-o", "out.new",
                             "b=" + bad)
            assert code == 1 and "b" in json.loads(read(tmp, "out.new"))["data"]
            assert sorted(n for n in os.listdir(tmp) if n.startswith("out")) \
                == ["out", "out.failed", "out.new"]
        assert run(tmp, "gather", "-o", "/dev/null", "a=" + good)[0] == 0
        code, records, _ = run(tmp, "gather", "-o", "/dev/stdout", "a=" + good)
        assert code == 0 and len(records) == 1


@test
def run_without_any_success_is_reported(tmp):
    behaviour(tmp, "hello", HELLO)
    behaviour(tmp, "gone", 'reply 404 text/plain\nbody "no"\n')
    with harness.Server(tmp) as server:
        for mode in MODES:
            args = ("--mode", mode, "--retry", "0")
            _, _, err = run(tmp, *args, lines=[REFUSED] * 3)
            assert err == ("scrape: all 3 requests failed: the records say "
                           "why\n"), err
            assert run(tmp, *args, "-s", REFUSED)[2] == ""
            assert run(tmp, *args, REFUSED, server.url("hello"))[2] == ""
            assert run(tmp, *args, server.url("gone"))[2] == ""
            _, _, err = run(tmp, *args, "--fail", server.url("gone"))
            assert err == ("scrape: the only request failed: the records say "
                           "why\n"), err
            _, _, err = run(tmp, "gather", *args, "a=" + server.url("gone"),
                            "b=" + REFUSED)
            assert err == ("scrape: all 2 requests failed: the errors say "
                           "why\n"), err
            write("{", tmp, "bad.json")
            _, _, err = run(tmp, "extract", "--mode", mode, "bad.json")
            assert err == ("scrape: the only file failed: the records say "
                           "why\n"), err


@test
def replaced_files_keep_their_mode_and_links_are_not_followed(tmp):
    behaviour(tmp, "hello", HELLO)
    with harness.Server(tmp) as server:
        for option in ("--summary", "--report"):
            write("old", tmp, "s")
            os.chmod(os.path.join(tmp, "s"), 0o600)
            assert run(tmp, option, "s", server.url("hello"))[0] == 0
            assert stat.S_IMODE(os.stat(os.path.join(tmp, "s")).st_mode) \
                == 0o600
            assert read(tmp, "s") != "old"
            assert not [n for n in os.listdir(tmp) if n.endswith(".tmp")]


@test
def file_that_exceeds_the_limit_of_sizes_is_exit_3_with_a_message(tmp):
    """ulimit -f: the signal for it would end the program without a message."""
    behaviour(tmp, "json", 'reply 200 application/json\nbody "[1,2]"\n'.replace(
        "[1,2]", "[%s]" % ("1," * 200 + "1")))
    with harness.Server(tmp) as server:
        url = server.url("json")
        assert run(tmp, "-o", "saved", url)[0] == 0
        for args in (["-o", "out", url],
                     ["--format", "csv", "-o", "out", url],
                     ["--format", "md", "-o", "pages", url],
                     ["--report", "report.html", url],
                     ["gather", "-o", "document", "a=" + url],
                     ["table", "saved", "-o", "table.csv"],
                     ["crawl", "-o", "crawled", url]):
            code, _, err = run(tmp, *args,
                               preexec_fn=lambda: harness.limit_files(100))
            assert code == 3 and "File too large" in err, (args, code, err)
