"""Tests of `scrape compare`, a part of tests/behaviour/run. They check that
figures are plausible, not that they are good."""
import contextlib
import glob
import http.server
import json
import os
import re
import signal
import subprocess
import threading
import time

import harness
from __main__ import HELLO, REFUSED, behaviour, run, test

MODES = ["serial", "threads", "async", "fork"]


def start(tmp, *args, stdin=subprocess.PIPE):
    """Starts the program with a folder for temporary files of its own."""
    return subprocess.Popen([harness.SCRAPE, *args], cwd=tmp, stdin=stdin,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            env={**harness.environment(tmp), "TMPDIR": tmp})


def compare(tmp, *args, lines=(), code=0):
    """Returns standard output and the messages."""
    p = start(tmp, "compare", *args)
    out, err = p.communicate("".join(line + "\n" for line in lines).encode(),
                             timeout=harness.HANG)
    assert p.returncode == code, (p.returncode, out, err)
    assert not leftovers(tmp), leftovers(tmp)
    return out.decode(), err.decode()


def leftovers(tmp):
    """Returns the temporary folders that were left."""
    return glob.glob(os.path.join(tmp, "scrape-compare-*"))


def measured(tmp, *args, lines=()):
    out, err = compare(tmp, "--format", "json", *args, lines=lines)
    return json.loads(out), err


def check_figure(f, least, most):
    assert least <= f["low"] <= f["median"] <= f["high"] <= most, f


class Changing(http.server.BaseHTTPRequestHandler):
    """A server of pages that stay the same, except for /changing."""
    seen = []

    def do_GET(self):
        number = len(self.seen) if self.path == "/changing" else 0
        self.seen.append(self.headers)
        body = b"<title>%d</title>" % number
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def changing_site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Changing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Changing.seen.clear()
    try:
        yield "http://127.0.0.1:%d/" % server.server_port
    finally:
        server.shutdown()
        server.server_close()


@test
def comparison_has_all_modes_and_their_records_are_equal(tmp):
    # Long enough to be sampled (every 5 ms) a few times.
    behaviour(tmp, "hello", "sleep 20\n" + HELLO)
    with harness.Server(tmp) as server:
        c, err = measured(tmp, "--repeat", "2", "-P", "16", "-H", "X-Key: 7",
                          lines=[server.url("hello")] * 50)
    assert err == "", err
    assert c["requests"] == 50 and c["repeat"] == 2 and c["source"] == "-"
    assert c["workload"] is None and c["sweep"] is None
    assert c["machine"]["processors"] >= 1 and c["machine"]["kernel"]
    assert c["options"] == ["--parallel-max", "16", "--header", "..."]
    assert [m["mode"] for m in c["modes"]] == MODES
    for m in c["modes"]:
        check_figure(m["wall"], 0.001, 100)
        check_figure(m["speedup"], 0.0001, 1000)
        check_figure(m["rate"], 0.5, 1e6)
        check_figure(m["user"], 0, 100)
        check_figure(m["system"], 0, 100)
        check_figure(m["cpu_per_request"], 1e-6, 10)
        check_figure(m["peak_memory"], 1e5, 1e11)
        check_figure(m["threads"], 1, 1000)
        check_figure(m["processes"], 1, 50)
        for point in ("p50", "p90", "p99"):
            check_figure(m["latency"][point], 1e-6, 100)
        assert m["errors"] == m["bad"] == m["differing"] == 0
        assert m["equal"] is True and m["first_differing"] is None
        assert len(m["runs"]) == 2
        for r in m["runs"]:
            assert r["summary"]["requests"] == r["summary"]["ok"] == 50
            assert r["wall"] >= r["summary"]["duration"]
    advice = c["recommendation"]
    assert advice["mode"] in MODES and advice["reason"]
    assert advice["kind"] in ("I/O-bound", "CPU-bound", "mixed")


def check_ranges(lines):
    """Each line of ranges stands below the medians of its figures."""
    found = [(above, line) for above, line in zip(lines, lines[1:])
             if line.startswith(" " * 20) and "(" in line]
    assert any(above.startswith("wall time") for above, _ in found), lines
    for above, line in found:
        assert above[:20].strip(), above
        for at in range(20, 80, 15):
            cell = line[at:at + 15].strip()
            assert not cell or re.fullmatch(r"\([\d.]+-[\d.]+\)", cell), line
            if cell:
                low, high = map(float, cell[1:-1].split("-"))
                assert low <= float(above[at:at + 15]) <= high, (above, line)


@test
def comparison_is_a_table_on_eighty_columns(tmp):
    behaviour(tmp, "hello", HELLO)
    with harness.Server(tmp) as server:
        lines = [server.url("hello")]
        out, err = compare(tmp, "--repeat", "1", lines=lines)
        ranges, _ = compare(tmp, "--repeat", "3", "--sweep", "concurrency=1,2",
                            lines=lines)
    assert err == ""
    lines = out.splitlines()
    assert lines[0].startswith("1 request (-), 1 run of each mode")
    assert lines[2].split() == ["median", "(least-most)"] + MODES, lines[2]
    ends = [lines[2].index(mode) + len(mode) for mode in MODES]
    rows = lines[3:lines.index("", 3)]
    assert [row[:9].rstrip() for row in rows] == [
        "wall time", "speed-up", "requests", "user CPU", "system CP",
        "CPU per r", "peak memo", "threads", "processes", "latency p",
        "latency p", "latency p", "errors", "other fai", "records"], rows
    for row in rows:
        # Columns end at the same place as their headings.
        assert len(row) == ends[-1], row
        assert all(row[e - 1] != " " for e in ends), row
        assert all(row[e:e + 1] in ("", " ") for e in ends), row
    assert rows[-1].split()[1:] == ["equal"] * 4
    assert any(line.startswith("Recommended: --mode ") for line in lines)
    check_ranges(ranges.splitlines())
    for line in lines + ranges.splitlines():
        assert len(line) <= 80 and line == line.rstrip(), line


@test
def changing_pages_are_distinguished_from_differing_modes(tmp):
    args = ["--repeat", "2", "--modes", "serial,async"]
    with changing_site() as url:
        lines = [url, url + "changing", url, url + "changing"]
        c, _ = measured(tmp, *args, lines=lines)
        out, _ = compare(tmp, *args, lines=lines)
    for m in c["modes"]:
        assert not m["equal"] and m["differing"] == 2, m
        assert m["first_differing"] == 1, m
    assert "serial: 2 records differ from those of the first run, the first " \
        "is index 1." in out.replace("\n", " "), out
    assert "the pages themselves change" in out.replace("\n", " ")


@test
def errors_of_a_comparison_are_counted_and_make_it_fail(tmp):
    behaviour(tmp, "hello", HELLO)
    behaviour(tmp, "gone", "reply 404\n")
    args = ["--format", "json", "--repeat", "1", "--retry", "0",
            "--modes", "threads,async"]
    with harness.Server(tmp) as server:
        lines = [server.url("hello"), server.url("gone"), REFUSED]
        c = json.loads(compare(tmp, *args, lines=lines)[0])
        f = json.loads(compare(tmp, *args, "--fail", lines=lines, code=1)[0])
    assert [(m["errors"], m["bad"]) for m in c["modes"]] == [(1, 1)] * 2
    assert [(m["errors"], m["bad"]) for m in f["modes"]] == [(2, 0)] * 2
    assert [m["speedup"] for m in c["modes"]] == [None, None]


@test
def the_word_compare_may_stand_anywhere(tmp):
    behaviour(tmp, "hello", HELLO)
    with harness.Server(tmp) as server:
        url = server.url("hello")
        for args in (["--compare", url], [url, "--compare"],
                     ["--repeat", "1", "--compare", url],
                     ["-o", "out", url, "--compare"]):
            p = start(tmp, *args, "--modes", "async", stdin=subprocess.DEVNULL)
            out, err = p.communicate(timeout=harness.HANG)
            assert p.returncode == 0 and err == b"", (args, err)
            if args[0] == "-o":
                assert out == b""
                with open(os.path.join(tmp, "out"), "rb") as f:
                    out = f.read()
            assert b"Recommended: --mode async" in out, out
        # A value of an option, and arguments after "--", are not options.
        code, _, err = run(tmp, "-A", "--compare", "--", "--compare")
        assert code == 2 and 'cannot read "--compare"' in err, (code, err)


@test
def options_reach_each_run_as_they_were_given(tmp):
    with open(os.path.join(tmp, "config"), "w", encoding="utf-8") as f:
        f.write('-H "X-Secret: \\"a b\\\\c\\"; # d"\nuser-agent = first\n'
                '-H "X-Three: $${HOME} $$${HOME}"\n')
    os.makedirs(os.path.join(tmp, ".config", "scrape"))
    with open(os.path.join(tmp, ".config", "scrape", "config"), "w",
              encoding="utf-8") as f:
        f.write('select t=title\nheader "X-Four: 4"\n')
    with changing_site() as url:
        c, _ = measured(tmp, "-A", "none", "-K", "config", "-H", "X-Two: 2",
                        "-A", "last one", "--repeat", "1", "--url", url)
    # One request to warm up, and one in each mode.
    assert len(Changing.seen) == 5
    for headers in Changing.seen:
        assert headers["X-Secret"] == '"a b\\c"; # d', headers
        assert headers["X-Two"] == "2" and headers["User-Agent"] == "last one"
        assert headers["X-Three"] == "${HOME} $${HOME}", headers
        assert headers.get_all("X-Four") == ["4"], headers
    assert "a b" not in json.dumps(c["options"]), c["options"]


@test
def source_that_can_be_read_only_once_is_copied(tmp):
    pipe = os.path.join(tmp, "pipe")
    with open(os.path.join(tmp, "list"), "w", encoding="utf-8") as f:
        f.write(REFUSED + "\n" + REFUSED + "\n")
    args = ["compare", "--modes", "async,serial", "--repeat", "1", "--format",
            "json", "--retry", "0"]
    os.mkfifo(pipe)
    with open(os.path.join(tmp, "list"), "rb") as f:
        p = start(tmp, *args, "list", pipe, "/dev/stdin", stdin=f)
        with open(pipe, "w", encoding="utf-8") as to:
            to.write(REFUSED + "\n")
        out, err = p.communicate(timeout=harness.HANG)
    assert p.returncode == 0 and not leftovers(tmp), err
    c = json.loads(out)
    assert c["requests"] == 5 and c["source"] == "list and 2 more", c
    assert all(m["equal"] and m["errors"] == 5 for m in c["modes"])
    read_fd, write_fd = os.pipe()
    os.write(write_fd, b"a=1")
    os.close(write_fd)
    for value in ("@-", "@/dev/stdin"):
        p = start(tmp, *args, "-d", value, REFUSED, stdin=read_fd)
        _, err = p.communicate(timeout=harness.HANG)
        assert p.returncode == 2 and b"can be read only once" in err, err
    os.close(read_fd)


@test
def empty_list_is_not_compared(tmp):
    for source in ("/dev/null", "-"):
        code, _, err = run(tmp, "compare", "--repeat", "1", source)
        assert code == 2, (code, err)
        assert err.endswith("scrape: the list is empty: there is nothing to "
                            "compare\n"), err


@test
def a_sweep_draws_a_curve_for_each_mode(tmp):
    behaviour(tmp, "hello", HELLO)
    with harness.Server(tmp) as server:
        c, _ = measured(tmp, "--repeat", "1", "--sweep", "concurrency=1,4",
                        "--modes", "serial,async",
                        lines=[server.url("hello")] * 8)
    sweep = c["sweep"]
    assert sweep["option"] == "parallel-max" and sweep["values"] == [1, 4]
    assert [m["mode"] for m in sweep["modes"]] == ["serial", "async"]
    serial, _ = sweep["modes"]
    assert serial["wall"] == [c["modes"][0]["wall"]] * 2
    for m in sweep["modes"]:
        for wall, rate in zip(m["wall"], m["rate"]):
            check_figure(wall, 0.001, 100)
            check_figure(rate, 0.05, 1e5)


def processes_with(word):
    found = []
    for path in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(path, "rb") as f:
                if word.encode() in f.read():
                    found.append(path)
        except OSError:
            pass
    return found


@test
def interrupted_comparison_leaves_no_process_and_no_file(tmp):
    behaviour(tmp, "slow", "sleep 20000\nreply 200 text/html\nbody \"x\"\n")
    with harness.Server(tmp) as server:
        for mode in MODES:
            for sig in (signal.SIGINT, signal.SIGTERM):
                p = start(tmp, "compare", "--modes", mode, server.url("slow"),
                          stdin=subprocess.DEVNULL)
                deadline = time.monotonic() + harness.HANG
                # The run has begun when a process is named with its folder.
                while not processes_with(tmp + "/scrape-compare-"):
                    assert time.monotonic() < deadline
                    time.sleep(.01)
                p.send_signal(sig)
                out, _ = p.communicate(timeout=harness.HANG)
                assert p.returncode == 128 + sig, (mode, p.returncode)
                assert out == b""
                assert not leftovers(tmp)
                while processes_with(tmp + "/scrape-compare-"):
                    assert time.monotonic() < deadline, mode
                    time.sleep(.01)


@test
def interrupted_comparison_does_not_wait_for_its_input(tmp):
    p = start(tmp, "compare")
    p.stdin.write(b"http://127.0.0.1:1/\n")
    p.stdin.flush()
    deadline = time.monotonic() + harness.HANG
    while not glob.glob(os.path.join(tmp, "scrape-compare-*", "list-0")):
        assert time.monotonic() < deadline
        time.sleep(.01)
    p.send_signal(signal.SIGINT)
    p.wait(harness.HANG)
    assert p.returncode == 130 and not leftovers(tmp), p.returncode
    p.communicate()


@test
def workloads_bring_their_list_server_and_options(tmp):
    c, err = measured(tmp, "--workload", "sqlite8", "--repeat", "1")
    assert err == "" and c["workload"] == "sqlite8" and c["source"] is None
    assert c["requests"] == 8 and c["options"] == [], c["options"]
    for m in c["modes"]:
        assert m["equal"] and m["errors"] == m["bad"] == 0, m
        # The longest of its calls takes 0.3 s, and all of them 1.4 s.
        check_figure(m["wall"], 1.3 if m["mode"] == "serial" else 0.3, 100)


@test
def serial_is_left_out_if_it_would_take_an_hour(tmp):
    p = start(tmp, "compare", "--workload", "io", stdin=subprocess.DEVNULL)
    deadline = time.monotonic() + harness.HANG
    while not leftovers(tmp):
        assert time.monotonic() < deadline
        time.sleep(.01)
    p.send_signal(signal.SIGINT)
    _, err = p.communicate(timeout=harness.HANG)
    assert p.returncode == 130 and not leftovers(tmp), p.returncode
    assert err == b"scrape: serial is left out: a run of io would take it " \
        b"50 minutes (name it in --modes to run it)\n", err


@test
def a_comparison_in_html_is_one_file(tmp):
    behaviour(tmp, "hello", HELLO)
    with harness.Server(tmp) as server:
        out, err = compare(tmp, "--repeat", "1", "--format", "html",
                           "--sweep", "workers=1,2", server.url("hello"))
    assert out.startswith("<!DOCTYPE html>") and "<svg" in out and err == ""
    for mode in MODES:
        assert mode in out


@test
def runs_that_fail_end_the_comparison_with_their_message(tmp):
    behaviour(tmp, "hello", HELLO)
    with harness.Server(tmp) as server:
        # The mistake is found only when libcurl reads the file.
        with open(os.path.join(tmp, "no.pem"), "w", encoding="utf-8") as f:
            f.write("no certificate\n")
        out, err = compare(tmp, "--cacert", "no.pem", server.url("hello"),
                           code=2)
    assert out == "" and "no.pem" in err, err
    assert "the run in mode async failed" in err, err


@test
def mistakes_in_a_comparison_are_usage_errors(tmp):
    for args, words in (
            (["--mode", "async"], "it runs all modes"),
            (["--summary", "x"], "not for scrape compare"),
            (["--report", "x"], "not for scrape compare"),
            (["-c", "jar"], "not for scrape compare"),
            (["--base-url", "http://a/"], "is for scrape extract"),
            (["--modes", "async,async"], "named twice"),
            (["--modes", "async,"], 'no mode ""'),
            (["--modes", "fast"], 'no mode "fast"'),
            (["--repeat", "0"], "1 to 1000"),
            (["--repeat", "1001"], "1 to 1000"),
            (["--sweep", "speed=1"], "concurrency=N"),
            (["--sweep", "workers"], "workers=N"),
            (["--sweep", "workers=1,x"], '--sweep "workers=1,x"'),
            (["--sweep", "workers=" + "1," * 40 + "1"], "more than 32"),
            (["--format", "csv"], "table, json, html"),
            (["--workload", "none"], "no such workload"),
            (["--workload", "io"], "leave the SOURCE out"),
            (["-d", "@-"], "every run reads it"),
            (["-o", "/nowhere/x"], "/nowhere/x")):
        out, err = compare(tmp, *args, REFUSED, code=2)
        assert out == "" and words in err and err.count("\n") == 1, (args, err)
    code, _, err = run(tmp, "--modes", "async", REFUSED)
    assert code == 2 and "--modes is for scrape compare" in err, err


@test
def messages_of_the_runs_are_shown_once(tmp):
    behaviour(tmp, "hello", HELLO)
    with harness.Server(tmp) as server:
        _, err = compare(tmp, "--repeat", "2", "-P", "20000", "--modes",
                         "serial,async", server.url("hello"))
    assert len(err.splitlines()) == len(set(err.splitlines())), err
