"""Tests of the progress line, on a terminal of a given width. A part of
tests/behaviour/run."""
import contextlib
import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import termios

from __main__ import HELD, HELLO, behaviour, finish, test
import harness


class Terminal:
    """A run whose standard error is a terminal. Its lines are what was drawn
    since the last escape to the first column."""

    def __init__(self, tmp, *args, columns=80, **options):
        self.ours, theirs = pty.openpty()
        self.text = ""
        self.resize(columns)
        options.setdefault("stdin", subprocess.DEVNULL)
        self.p = subprocess.Popen([harness.SCRAPE, *args], cwd=tmp,
                                  stdout=subprocess.DEVNULL, stderr=theirs,
                                  env=harness.environment(tmp), **options)
        os.close(theirs)

    def resize(self, columns):
        fcntl.ioctl(self.ours, termios.TIOCSWINSZ,
                    struct.pack("HHHH", 24, columns, 0, 0))

    def read(self):
        """Reads more. Returns false at the end."""
        if not select.select([self.ours], [], [], harness.HANG)[0]:
            return False
        try:
            self.text += os.read(self.ours, 65536).decode()
        except OSError:  # EIO: the program has ended
            return False
        return True

    def lines(self):
        return [line.replace("\x1b[K", "").rstrip("\r")
                for line in re.split(r"[\r\n]+", self.text)]

    def wait_for(self, pattern):
        """Returns the next line that matches, and forgets those before."""
        while True:
            for line in self.lines()[:-1]:
                if re.search(pattern, line):
                    self.text = ""
                    return line
            assert self.read(), "no %s in %r" % (pattern, self.lines())

    def end(self):
        while self.read():
            pass
        self.p.wait(harness.HANG)
        return self.lines()


@contextlib.contextmanager
def on_terminal(tmp, *args, **options):
    terminal = Terminal(tmp, *args, **options)
    try:
        yield terminal
    finally:
        finish(terminal.p)
        os.close(terminal.ours)


def save_list(tmp, server, *names):
    behaviour(tmp, "list", "".join(server.url(name) + "\n" for name in names))


@test
def progress_has_a_bar_that_fits_the_terminal_also_after_a_resize(tmp):
    behaviour(tmp, "hello", HELLO)
    behaviour(tmp, "slow", HELD)
    with harness.Server(tmp) as server:
        save_list(tmp, server, "hello?1", "hello?2", "slow?1", "slow?2")
        with on_terminal(tmp, "-o", "out", "list", columns=90) as terminal:
            line = terminal.wait_for(r"2 of 4  ")
            assert re.match(r"  2 of 4  \[(#+)(\.+)\]  [\d.]+/s  2 in flight  "
                            r"0 errors  ETA \d+:\d\d$", line), line
            full, empty = re.search(r"\[(#+)(\.+)\]", line).groups()
            assert len(full) == len(full + empty) // 2, line
            assert len(line) < 90, line
            terminal.resize(40)
            terminal.wait_for(r"2 of 4 ")
            line = terminal.wait_for(r"2 of 4 ")
            assert 20 < len(line) < 40 and "0 errors" in line, line
            terminal.resize(120)
            line = terminal.wait_for(r"\[.*in flight")
            assert len(line) < 120, line
            server.let_go()
            assert any("4 done in " in x for x in terminal.end())


@test
def progress_of_a_list_of_unknown_length_has_no_end(tmp):
    behaviour(tmp, "hello", HELLO)
    with harness.Server(tmp) as server:
        with on_terminal(tmp, "-o", "out", "-",
                         stdin=subprocess.PIPE) as terminal:
            terminal.p.stdin.write(server.url("hello\n").encode())
            terminal.p.stdin.flush()
            line = terminal.wait_for(r"  1 done  ")
            assert not re.search(r" of |ETA|\[", line), line
            terminal.p.stdin.close()
            terminal.end()


@test
def progress_of_a_resumed_run_counts_the_records_that_are_there(tmp):
    behaviour(tmp, "hello", HELLO)
    behaviour(tmp, "slow", HELD)
    with harness.Server(tmp) as server:
        save_list(tmp, server, "hello?1", "hello?2", "hello?3")
        subprocess.run([harness.SCRAPE, "-o", "out", "list"], cwd=tmp,
                       check=True, env=harness.environment(tmp))
        save_list(tmp, server, "hello?1", "hello?2", "hello?3", "hello?4",
                  "slow")
        with on_terminal(tmp, "--resume", "-o", "out", "list") as terminal:
            line = terminal.wait_for(r"4 of 5  \[#")
            assert "1 in flight" in line, line
            server.let_go()
            assert any("2 done in " in x for x in terminal.end())


@test
def progress_names_the_host_that_holds_the_run_up(tmp):
    behaviour(tmp, "hello", HELLO)
    behaviour(tmp, "busy", "reply 429 -\nheader Retry-After: 30\n")
    behaviour(tmp, "down", "reply 503 -\nheader Retry-After: 30\n")
    for name, why in (("busy", "after 429"), ("down", "at its request")):
        with harness.Server(tmp) as server:
            save_list(tmp, server, "hello", name)
            with on_terminal(tmp, "-o", "out", "list",
                             columns=100) as terminal:
                line = terminal.wait_for("held back")
                assert re.search(r"  1 of 2  .*  ETA 0:[23]\d  127\.0\.0\.1: "
                                 r"held back [23]\d s %s$" % why, line), line
                terminal.resize(40)
                line = terminal.wait_for(r"  held back")
                assert len(line) < 40 and "127" not in line, line


@test
def eta_waits_for_retries(tmp):
    behaviour(tmp, "hello", HELLO)
    behaviour(tmp, "reset", "reset\n")
    with harness.Server(tmp) as server:
        save_list(tmp, server, *("hello?%d" % i for i in range(9)), "reset")
        # Each pause is random; one is long enough to be named.
        with on_terminal(tmp, "-o", "out", "--retry", "30", "list",
                         columns=100) as terminal:
            line = terminal.wait_for(r"tried again in")
            assert re.search(r"  9 of 10  .*  ETA \d:\d\d  127.0.0.1: tried "
                             r"again in \d\.\d s$", line), line


@test
def progress_of_other_commands_counts_what_they_do(tmp):
    behaviour(tmp, "slow", HELD)
    behaviour(tmp, "page", 'reply 200 text/html\n'
              'body "<a href=slow?1>1</a><a href=slow?2>2</a>"\n')
    with harness.Server(tmp) as server:
        with on_terminal(tmp, "check", "--from-page", "-o", "out",
                         server.url("page")) as terminal:
            line = terminal.wait_for(r"  1 of 3  \[")
            assert "2 in flight" in line, line
            server.let_go()
            terminal.end()
    with harness.Server(tmp) as server:
        with on_terminal(tmp, "gather", "-o", "out",
                         "a=" + server.url("slow")) as terminal:
            line = terminal.wait_for(r"  0 done  .*1 in flight")
            assert " of " not in line, line
            server.let_go()
            terminal.end()


@test
def only_terminals_get_a_progress_line(tmp):
    behaviour(tmp, "list", "x://a\n" * 3)
    done = subprocess.run([harness.SCRAPE, "-o", "out", "list"], cwd=tmp,
                          env=harness.environment(tmp), check=True,
                          capture_output=True)
    assert b"\r" not in done.stderr and b"done" not in done.stderr
    with on_terminal(tmp, "-s", "-o", "out", "list") as terminal:
        assert terminal.end() == [""]
    with open(os.path.join(tmp, "out"), encoding="utf-8") as f:
        assert all(json.loads(line)["error"] for line in f)
