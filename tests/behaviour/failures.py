"""Tests of --fail-over: how many failed requests make the exit code 1. A part
of tests/behaviour/run."""
import json
import os

import harness
from __main__ import HELLO, REFUSED, behaviour, run, test
from reports import MODES


def write(tmp, name, text):
    with open(os.path.join(tmp, name), "w") as f:
        f.write(text)


@test
def more_failures_than_fail_over_allows_are_exit_1(tmp):
    behaviour(tmp, "good", HELLO)
    behaviour(tmp, "gone", HELLO.replace("200", "404"))
    with harness.Server(tmp) as server:
        lines = [server.url("good?%d" % i) for i in range(8)] + [
            server.url("gone"), REFUSED]
        for mode in MODES:
            for args, code in ((("20%",), 0), (("19.999999%",), 1),
                               (("0%",), 1), (("100%",), 0), (("5%",), 1),
                               (("5%", "--fail-over", "20.0%"), 0),
                               # With -f the 404 is an error: it fails once.
                               (("20%", "-f"), 0), (("10%", "-f"), 1)):
                args = ("--mode", mode, "--retry", "0", "--fail-over", *args)
                got, records, err = run(tmp, *args, lines=lines)
                assert got == code, (args, got, err)
                assert len(records) == 10
                failed = sum(not r["ok"] for r in records)
                assert failed == 2, records
                kinds = sorted(r["error"]["kind"] for r in records
                               if r["error"])
                assert kinds == (["connect", "status"] if "-f" in args
                                 else ["connect"]), kinds
                assert err == ("" if not code else
                               "scrape: 2 of 10 requests failed, more than "
                               "--fail-over %s\n" % args[5]), (args, err)
            # Nothing is said with -s, and nothing fails in an empty list.
            args = ("--mode", mode, "-s", "--fail-over", "0%")
            assert run(tmp, *args, lines=lines[7:9])[::2] == (1, "")
            assert run(tmp, *args, lines=["# empty"])[::2] == (0, "")


@test
def fail_over_counts_the_records_of_a_resumed_run(tmp):
    behaviour(tmp, "good", HELLO)
    behaviour(tmp, "gone", HELLO.replace("200", "404"))
    with harness.Server(tmp) as server:
        lines = [server.url(name) for name in
                 ("gone", "good", "good", "good")]
        for mode in MODES:
            out = os.path.join(tmp, "out")
            for begun in range(5):
                write(tmp, "list", "".join(x + "\n" for x in lines[:begun]))
                write(tmp, "out", "")
                assert run(tmp, "--mode", mode, "-o", out, "list")[0] == 0
                write(tmp, "list", "".join(x + "\n" for x in lines))
                for share, code in (("24%", 1), ("25%", 0)):
                    got = run(tmp, "--mode", mode, "-o", out, "--resume",
                              "--fail-over", share, "list")
                    assert got[0] == code, (mode, begun, share, got)


@test
def files_that_fail_count_for_fail_over(tmp):
    write(tmp, "a.json", "{}")
    write(tmp, "b.json", "{")
    for mode in MODES:
        for share, code in (("50%", 0), ("49%", 1)):
            got, _, err = run(tmp, "extract", "--mode", mode, "--fail-over",
                              share, "a.json", "b.json")
            assert got == code, (mode, share, got)
            assert err == ("" if not code else "scrape: 1 of 2 files failed, "
                           "more than --fail-over 49%\n"), err


@test
def results_of_gather_that_fail_count_for_fail_over(tmp):
    behaviour(tmp, "api", 'reply 200 application/json\nbody "[1,2,3]"\n')
    with harness.Server(tmp) as server:
        write(tmp, "spec.json", json.dumps({"endpoints": {
            "list": {"url": server.url("api")},
            "each": {"url": server.url("{}"), "each": ["api", "none", "api"]}}
        }))
        for mode in MODES:
            for share, code in (("25%", 0), ("24%", 1)):
                write(tmp, "out.json", "old\n")
                got, _, err = run(tmp, "gather", "--mode", mode, "-o",
                                  "out.json", "--fail-over", share, "--spec",
                                  "spec.json")
                assert got == code, (mode, share, got, err)
                assert ("1 of 4 results failed, more than --fail-over 24%"
                        in err) == (code == 1), err
                # Within the limit the document is whole: it replaces FILE.
                name = "out.json.failed" if code else "out.json"
                with open(os.path.join(tmp, name)) as f:
                    document = json.load(f)
                assert document["data"]["each"] == [[1, 2, 3], None,
                                                    [1, 2, 3]], document
                assert list(document["errors"]) == ["each[1]"], document
            args = ("gather", "--mode", mode, "a=" + server.url("none"))
            assert run(tmp, *args)[0] == 1
            assert run(tmp, *args, "--fail-over", "100%")[0] == 0
