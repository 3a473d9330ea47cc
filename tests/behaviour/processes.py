"""Tests of the processes of --mode fork, which are killed, interrupted, or
lose their parent. A part of tests/behaviour/run."""
import os
import random
import re
import signal
import subprocess
import threading
import time

import __main__ as b
import harness

MODES = harness.MODES
HTML = "reply 200 text/html\n"
PAGE = HTML + 'body "<title>Page</title>"\n' \
    'body-repeat 1500 "<p class=a><a href=b>text</a>"\n'
# Some hundred milliseconds of parsing, and some hundred megabytes of tree.
LONG = HTML + 'body-repeat 500000 "<p class=a><a href=b>text</a>"\n'


def stat(pid):
    """Returns (state, parent, session) of a process, or None."""
    try:
        with open("/proc/%d/stat" % pid) as f:
            fields = f.read().rpartition(")")[2].split()
        return fields[0], int(fields[1]), int(fields[3])
    except (OSError, IndexError):
        return None


def living(condition):
    """Returns the processes that are not zombies."""
    found = []
    for name in os.listdir("/proc"):
        s = stat(int(name)) if name.isdigit() else None
        if s and s[0] not in "ZX" and condition(*s):
            found.append(int(name))
    return found


def children(p):
    return living(lambda state, parent, session: parent == p.pid)


def descriptors(pid):
    try:
        return sorted(map(int, os.listdir("/proc/%d/fd" % pid)))
    except OSError:
        return None


def is_zygote(pid):
    return descriptors(pid) == [2, 3]


def all_end(pids):
    for _ in range(50 * harness.HANG):
        if not any(s and s[0] not in "ZX" for s in map(stat, pids)):
            return True
        time.sleep(0.02)
    return False


def feed(p, lines):
    """Writes the list from a thread, so that reading the output does not block
    it."""
    def write():
        try:
            p.stdin.write("".join(line + "\n" for line in lines).encode())
            p.stdin.close()
        except OSError:
            pass

    threading.Thread(target=write, daemon=True).start()


class Killer(threading.Thread):
    """Kills a random child of p from time to time, until it is stopped. It
    must be stopped before the end, when a leak checker has a child, too, and
    waits for it."""

    def __init__(self, p, dice):
        super().__init__(daemon=True)
        self.p, self.dice, self.kills = p, dice, 0
        self.slower = harness.SLOWER * harness.slow_down()
        self.stopped = False
        # Records read until now, and at the last kill.
        self.records, self.records_at_kill = 0, None

    def run(self):
        while self.p.poll() is None and not self.stopped:
            # Kill slowly enough that a new zygote has time to start; its death
            # before that is not a fault of the program. A process alone may
            # be a zygote that starts. However slow the machine is, a page is
            # parsed between two kills.
            if self.kills % 10 == 9:
                self.slower = harness.SLOWER * harness.slow_down()
            time.sleep(self.dice.uniform(0.02, 0.05) * self.slower)
            victims = children(self.p)
            if len(victims) < 2 or self.stopped or \
                    self.records == self.records_at_kill:
                continue
            self.records_at_kill = self.records
            try:
                os.kill(self.dice.choice(victims), signal.SIGKILL)
                self.kills += 1
            except ProcessLookupError:
                pass


@b.test
def killed_parsers_lose_only_their_current_page(tmp):
    """The zygote is killed, too. The list is read from standard input, which a
    new zygote must not read."""
    lines = 1500
    # The list is as slow as the killer, so that the number of kills is the
    # same.
    rate = 500 / min(harness.slow_down(), 10)
    b.behaviour(tmp, "page", PAGE)
    with harness.Server(tmp) as server:
        p = b.start(tmp, "--mode", "fork", "--workers", "2", "-P", "64",
                    "--rate", "%d/s" % rate, "--links", "-",
                    stdin=subprocess.PIPE)
        killer = Killer(p, random.Random(7))
        try:
            feed(p, [server.url("page?%d" % i) for i in range(lines)])
            killer.start()
            out = []
            for _ in range(lines):
                out.append(p.stdout.readline())
                killer.records += 1
            killer.stopped = True
            killer.join()
            records = b.read_records(b"".join(out) + p.stdout.read())
            code = p.wait()
            err = p.stderr.read()
        finally:
            b.finish(p)
    assert code == 0 and not err, (code, err)
    assert sorted(r["index"] for r in records) == list(range(lines))
    lost = [r for r in records if not r["ok"]]
    assert killer.kills > 5 and len(lost) <= killer.kills, \
        (killer.kills, len(lost))
    for r in lost:
        assert r["error"] == {"kind": "parse", "message":
                              "the parser died (signal 9)"}, r
    assert all(r["title"] == "Page" and r["links_count"] == 1500
               for r in records if r["ok"])


def one_is_lost(tmp, message, *options, mode="fork", kind="parse"):
    b.behaviour(tmp, "hello", b.HELLO)
    b.behaviour(tmp, "long", LONG)
    with harness.Server(tmp) as server:
        urls = [server.url("hello?%d" % i) for i in range(30)]
        urls.insert(10, server.url("long"))
        code, records, err = b.run(tmp, "--mode", mode, "--ordered",
                                   *options, lines=urls)
    assert code == 0 and not err, (code, err)
    assert len(records) == 31
    assert [r["index"] for r in records if not r["ok"]] == [10], records[10]
    error = records[10]["error"]
    assert error["kind"] == kind, error
    assert re.fullmatch(message, error["message"]), error
    assert records[10]["status"] == 200 and records[10]["title"] is None


@b.test
def page_that_takes_too_long_is_one_parse_error(tmp):
    # An ordinary page may take most of a second on a busy machine.
    one_is_lost(tmp, r"parsing took longer than 2 s and was stopped",
                "-s", "--parse-timeout", "2", "--select", "a[]=a",
                "--xpath", "b[]=//p[count(preceding::p) > 3]")


@b.test
def page_that_takes_too_much_memory_is_one_error_in_each_mode(tmp):
    for mode in MODES:
        one_is_lost(tmp, "reading the page needs more than .* of memory .*",
                    "--links", "--parse-memory", "100M",
                    "--parse-timeout", "0", mode=mode, kind="too_large")


def resident_of(pid):
    """Returns the resident memory of a process and its children, without
    shared pages."""
    total = 0
    try:
        with open("/proc/%d/status" % pid) as f:
            for line in f:
                if line.startswith("RssAnon:"):
                    total = int(line.split()[1]) << 10
        with open("/proc/%d/task/%d/children" % (pid, pid)) as f:
            children = f.read().split()
    except OSError:
        return total
    return total + sum(resident_of(int(child)) for child in children)


def peak_of_large_pages(tmp, mode, workers, *options, count=8):
    """Runs pages that take 20 to 40 MB each, and returns the peak memory of
    the run."""
    peak = 0
    with harness.Server(tmp) as server:
        p = b.start(tmp, "--mode", mode, "--workers", str(workers),
                    "--parallel-max-host", str(count),
                    "--parse-memory", "64M", "-o", "out", *options,
                    *[server.url("large?%d" % i) for i in range(count)])
        while p.poll() is None:
            peak = max(peak, resident_of(p.pid))
            time.sleep(0.005)
        err = p.stderr.read()
    with open(os.path.join(tmp, "out"), "rb") as f:
        records = b.read_records(f.read())
    os.unlink(os.path.join(tmp, "out"))
    assert p.returncode == 0 and not err, (p.returncode, err)
    assert sorted(r["index"] for r in records) == list(range(count)), records
    assert all(r["ok"] for r in records), records
    return peak


@b.test
def pages_that_do_not_fit_at_once_wait_for_one_another_in_each_mode(tmp):
    b.behaviour(tmp, "large", HTML + 'body-repeat 220000 "<p>"\n')
    for mode in MODES:
        peak = peak_of_large_pages(tmp, mode, 8,
                                   "--select", "n[]=p:nth-child(2)",
                                   count=4 if harness.SANITIZE else 8)
        # The rest is the program itself, and 4 MB that each worker keeps.
        assert harness.SANITIZE or peak < 128 << 20, (mode, peak >> 20)


@b.test
def workers_free_the_memory_of_a_large_page(tmp):
    """Each worker parses one page, without the thread of a time limit."""
    b.not_under_sanitizers("memory")
    b.behaviour(tmp, "large", "reply 200 application/json\nbody \"[0\"\n"
                'body-repeat 20000 ",{\\"a\\":[]}"\nbody "]"\n')
    for mode in MODES:
        peak = peak_of_large_pages(tmp, mode, 24, "--jq", "n=length",
                                   "--parse-timeout", "0", count=24)
        assert peak < 160 << 20, (mode, peak >> 20)


@b.test
def interrupt_of_the_process_group_loses_no_page(tmp):
    """Every process gets the signal, as from a terminal."""
    b.behaviour(tmp, "hello", b.HELLO)
    b.behaviour(tmp, "slow", "hold\n" + PAGE)
    log = os.path.join(tmp, "log")
    with harness.Server(tmp, log=log) as server:
        with open(os.path.join(tmp, "list"), "w") as f:
            f.write(server.url("hello") + "\n")
            f.writelines(server.url("slow?%d\n" % i) for i in range(50))
        p = b.start(tmp, "--mode", "fork", "-P", "4", "list",
                    start_new_session=True)
        try:
            first = p.stdout.readline()
            b.wait_for_lines(log, 5)
            family = children(p)
            for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
                for pid in family:
                    os.kill(pid, number)
            os.killpg(p.pid, signal.SIGINT)
            harness.wait_for_message(p, b"stopping")
            time.sleep(0.2)
            assert len(family) > 1 and children(p) == family, family
            server.let_go()
            records = b.read_records(first + p.stdout.read())
            code = p.wait()
        finally:
            b.finish(p)
    with open(log) as f:
        asked = f.read().count("\n")
    assert code == 130, code
    assert len(records) == asked == 5, (asked, records)
    assert all(r["ok"] and r["title"] for r in records), records


def family_of_a_run(tmp, server, *urls):
    """Returns a run that has parsed a page and continues, and its children."""
    p = b.start(tmp, "--mode", "fork", "--workers", "2",
                server.url("page"), *urls, start_new_session=True)
    assert p.stdout.readline()
    return p, children(p)


@b.test
def no_process_outlives_a_killed_program(tmp):
    b.behaviour(tmp, "page", PAGE)
    b.behaviour(tmp, "stall", "stall\n")
    with harness.Server(tmp) as server:
        p, family = family_of_a_run(tmp, server, server.url("stall"))
        try:
            assert len(family) >= 2, family
            p.kill()
            assert all_end(family), "left behind"
        finally:
            b.finish(p)


@b.test
def no_busy_parser_outlives_a_killed_program(tmp):
    b.behaviour(tmp, "page", PAGE)
    b.behaviour(tmp, "stall", "stall\n")
    with harness.Server(tmp) as server:
        p, family = family_of_a_run(tmp, server, server.url("stall"))
        try:
            # Like processes that are busy, these do not notice the end of
            # their socket.
            for pid in family:
                os.kill(pid, signal.SIGSTOP)
            p.kill()
            assert all_end(family), "left behind"
        finally:
            b.finish(p)


@b.test
def no_process_is_left_after_a_run(tmp):
    b.behaviour(tmp, "page", PAGE)
    with harness.Server(tmp) as server:
        p = b.start(tmp, "--mode", "fork", "--workers", "4",
                    *[server.url("page?%d" % i) for i in range(20)],
                    start_new_session=True)
        try:
            assert p.stdout.read().count(b"\n") == 20
            assert p.wait() == 0
            # Zombies count, too.
            assert not [n for n in os.listdir("/proc") if n.isdigit()
                        and (stat(int(n)) or "   ")[2] == p.pid]
        finally:
            b.finish(p)


@b.test
def parsers_have_only_their_socket_and_standard_error(tmp):
    b.behaviour(tmp, "page", PAGE)
    b.behaviour(tmp, "stall", "stall\n")
    with harness.Server(tmp) as server:
        p, family = family_of_a_run(tmp, server, server.url("stall"))
        try:
            held = sorted(descriptors(pid) for pid in family)
            assert held[-1] == [2, 3] and len(held) >= 2, held
            assert all(h == [0, 2] for h in held[:-1]), held
        finally:
            b.finish(p)


@b.test
def zygote_is_restarted_without_reading_the_options(tmp):
    """The options came from standard input, which cannot be read again."""
    b.behaviour(tmp, "page", PAGE)
    log = os.path.join(tmp, "log")
    lines = 100
    with harness.Server(tmp, log=log) as server:
        with open(os.path.join(tmp, "list"), "w") as f:
            f.writelines(server.url("page?%d\n" % i) for i in range(lines))
        p = b.start(tmp, "--rate", "100/s", "-K", "-", "list",
                    stdin=subprocess.PIPE)
        try:
            p.stdin.write(b"mode = fork\n")
            p.stdin.close()
            first = p.stdout.readline()
            for pid in filter(is_zygote, children(p)):
                os.kill(pid, signal.SIGKILL)
            records = b.read_records(first + p.stdout.read())
            assert p.wait() == 0
        finally:
            b.finish(p)
    with open(log) as f:
        assert f.read().count("\n") == lines
    assert len(records) == lines and all(r["ok"] for r in records)


@b.test
def missing_required_sandbox_ends_the_run_before_fetching(tmp):
    """Under sanitizers there is no sandbox."""
    b.behaviour(tmp, "page", PAGE)
    b.behaviour(tmp, "small", 'reply 200 application/json\nbody "[1]"\n')
    log = os.path.join(tmp, "log")
    with harness.Server(tmp, log=log) as server:
        words = ["--ordered", "--require-sandbox", server.url("page"),
                 server.url("small")]
        code, records, err = b.run(tmp, "--mode", "fork", *words)
        other = b.run(tmp, "--mode", "async", *words)
    assert other[0] == 2 and "--mode fork" in other[2], other
    if harness.SANITIZE:
        assert code == 3 and not records, (code, records)
        assert "--require-sandbox" in err and "nothing is fetched" in err, err
        assert not os.path.exists(log) or not os.path.getsize(log)
        return
    assert code == 0 and not err, (code, err)
    assert [r["ok"] for r in records] == [True, True], records
    assert records[1]["json"] == [1]


def memory_of(pid):
    """Returns all readable memory of a process."""
    found = []
    with open("/proc/%d/maps" % pid) as maps, \
            open("/proc/%d/mem" % pid, "rb") as mem:
        for line in maps:
            area, rights = line.split()[:2]
            first, last = (int(n, 16) for n in area.split("-"))
            if "r" not in rights or "[v" in line:
                continue
            try:
                mem.seek(first)
                found.append(mem.read(last - first))
            except (OSError, ValueError, OverflowError):
                pass
    return b"".join(found)


def secrets_in(memory):
    """Returns the words of the memory that end with secret-8861. Searches for
    their common end, which takes a fraction of the time of a search for
    letters before it."""
    return {re.search(rb"[a-z]*$", memory[max(0, end.start() - 20):
                                          end.start()])[0] + end[0]
            for end in re.finditer(rb"secret-8861", memory)}


@b.test
def parsers_have_no_secret_in_their_memory(tmp):
    """The zygote has no secret either, even after it was started again."""
    b.not_under_sanitizers("what they copy of the environment")
    b.behaviour(tmp, "page", "reply 200 text/html\n"
                'header Set-Cookie: a=replysecret-8861\n'
                'body "<title>Page</title>"\n')
    environment = dict(harness.environment(tmp), TOKEN="envsecret-8861")
    with harness.Server(tmp) as server:
        url = server.url("page").replace("://", "://me:urlsecret-8861@")
        p = subprocess.Popen(
            [harness.SCRAPE, "--mode", "fork", "--workers", "1",
             "-u", "me:usersecret-8861", "-H", "X-Key: headersecret-8861",
             "-b", "sid=cookiesecret-8861", "-x", "", "-"],
            cwd=tmp, env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            for turn in range(2):
                p.stdin.write((url + "\n").encode())
                p.stdin.flush()
                assert b'"Page"' in p.stdout.readline()
                family = children(p)
                assert len(family) == 2, family
                for pid in family:
                    secrets = secrets_in(memory_of(pid))
                    assert not secrets, (pid, is_zygote(pid), secrets)
                    os.kill(pid, signal.SIGKILL)
        finally:
            b.finish(p)


@b.test
def parsers_have_no_terminal_and_no_free_limits(tmp):
    b.behaviour(tmp, "page", PAGE)
    b.behaviour(tmp, "stall", "stall\n")
    with harness.Server(tmp) as server:
        p, family = family_of_a_run(tmp, server, server.url("stall"))
        try:
            for pid in family:
                with open("/proc/%d/fdinfo/2" % pid) as f:
                    flags = int(re.search(r"flags:\s*(\d+)", f.read())[1], 8)
                assert os.readlink("/proc/%d/fd/2" % pid).startswith("pipe:")
                assert flags & os.O_ACCMODE == os.O_WRONLY, flags
                with open("/proc/%d/limits" % pid) as f:
                    limits = dict(re.findall(r"Max (.*?)  +(\d+|unlimited) ",
                                             f.read()))
                if not harness.SANITIZE and not is_zygote(pid):
                    assert limits["open files"] == "0", limits
                    assert limits["processes"] == "0", limits
        finally:
            b.finish(p)
