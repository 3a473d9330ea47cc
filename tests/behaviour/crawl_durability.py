"""Tests that `scrape crawl --state` loses no page when it is killed, when the
disk is full, and when the power fails. A part of tests/behaviour/run.

Each test stops crawls again and again and resumes them: in the end each page
has one record. CRAWL_ROUNDS is how often, in each mode:

	CRAWL_ROUNDS=100 tests/behaviour/run crawl_killed_at_any_moment_continues
"""
import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import threading
import time

import harness
from __main__ import Skip, finish, run, start, test
from crawl import MODES, Served, tree

ROUNDS = int(os.environ.get("CRAWL_ROUNDS", 0))
IN_FLIGHT = 20
PAGE = 4096


class Site(Served):
    """A tree of pages that notes when each request arrives, and answers only as
    many as it is allowed to, so that no crawl ends before it is killed."""

    def __init__(self, count):
        super().__init__(tree(count))
        self.count, self.times = count, []
        self.changed, self.allowed = threading.Condition(), 1 << 30

    def allow(self, more):
        with self.changed:
            self.allowed = more
            self.changed.notify_all()

    def answer(self, path):
        with self.changed:
            self.times.append(time.monotonic())
            self.changed.notify_all()
            while not self.allowed:
                self.changed.wait()
            self.allowed -= 1
        return super().answer(path)

    def wait_for(self, requests, p):
        """Waits for so many requests in all, or for the end of the crawl."""
        with self.changed:
            while len(self.times) < requests and p.poll() is None:
                self.changed.wait(0.05)

    def check(self, path, what):
        """Checks that each page has one record and one index."""
        with open(path, encoding="utf-8") as f:
            records = [json.loads(line) for line in f]
        assert self.paths(records) == sorted(
            "/p%d" % i for i in range(self.count)), (what, len(records))
        assert sorted(r["index"] for r in records) == \
            list(range(self.count)), what
        assert not [r for r in records if r["status"] != 200], what


class Crawl:
    """A crawl whose output and state are in folders of their own."""

    def __init__(self, tmp, site, mode):
        self.tmp, self.site = tmp, site
        self.root = os.path.join(os.path.realpath(tmp), "disk-" + mode)
        self.out, self.state = (os.path.join(self.root, name)
                                for name in ("out", "state"))
        for folder in (self.out, self.state):
            os.makedirs(folder)
        self.path = os.path.join(self.out, "pages.jsonl")
        self.args = ["crawl", "--mode", mode, "--state",
                     os.path.join(self.state, "crawl"), "--resume", "-o",
                     self.path, "-P", str(IN_FLIGHT), "--parallel-max-host",
                     str(IN_FLIGHT), "--host-rate", "none", site.url + "/p0"]

    def start(self, **env):
        return subprocess.Popen(
            [harness.SCRAPE, *self.args], cwd=self.tmp,
            env={**harness.environment(self.tmp), **env},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def run(self, **env):
        """Returns the exit code and the messages."""
        p = self.start(**env)
        err = p.communicate(timeout=harness.HANG)[1]
        return p.returncode, err.decode()

    def check(self, what):
        code, err = self.run()
        assert code == 0, (what, code, err)
        self.site.check(self.path, what)


MOST = 120


def kill_at_any_moment(p, site, dice):
    """Kills the crawl some requests or some time after its start."""
    if dice.random() < 0.7:
        site.wait_for(len(site.times) + dice.randrange(1, MOST), p)
    if dice.random() < 0.6:
        time.sleep(dice.random() * 0.4)
    return kill(p, site)


def kill(p, site):
    p.kill()
    err = p.communicate()[1]
    site.allow(1 << 30)
    # A crawl that kills itself may have had too little to do for that.
    assert p.returncode == -signal.SIGKILL, (p.returncode, err)


@test
def crawl_killed_at_any_moment_continues(tmp):
    rounds = ROUNDS or 3
    for mode in MODES:
        dice = random.Random(mode)
        with Site(150 * rounds + 150) as site:
            crawl = Crawl(tmp, site, mode)
            recent, in_200_ms = 0, 0
            for i in range(rounds):
                site.allow(MOST)
                p = crawl.start()
                if i == rounds - 1:
                    # Nothing but what is in flight is requested again.
                    site.wait_for(len(site.times) + MOST, p)
                    time.sleep(2.2)
                    kill(p, site)
                else:
                    kill_at_any_moment(p, site, dice)
                now = time.monotonic()
                # A busy machine commits later than after 200 ms.
                recent += sum(t > now - 2 for t in site.times)
                in_200_ms += sum(t > now - 0.2 for t in site.times)
            crawl.check(mode)
            asked = len(site.asked())
            assert asked <= site.count + rounds * IN_FLIGHT + recent, (
                mode, asked, recent)
            if ROUNDS:
                print("%s: %d kills, %d pages, %d requests; %d in flight and "
                      "in the 200 ms before a kill" % (
                          mode, rounds, site.count, asked,
                          rounds * IN_FLIGHT + in_200_ms))


def complete_lines(out):
    return [json.loads(line) for line in out.splitlines(True)
            if line.endswith(b"\n")]


@test
def crawl_into_a_pipe_has_each_page_at_least_once(tmp):
    for mode in MODES:
        dice = random.Random(mode)
        with Site(400) as site:
            args = ["crawl", "--mode", mode, "--state", mode, "--resume",
                    "-P", "20", "--parallel-max-host", "20", "--host-rate",
                    "none", site.url + "/p0"]
            records = []
            for i in range(3):
                site.allow(60)
                p = start(tmp, *args)
                try:
                    site.wait_for(len(site.times) + dice.randrange(1, 60), p)
                    time.sleep(2 if i == 2 else 0)
                    p.kill()
                    records += complete_lines(p.stdout.read())
                finally:
                    finish(p)
                    site.allow(1 << 30)
            code, rest, err = run(tmp, *args)
            assert code == 0, err
            assert {r["index"] for r in records + rest} == set(range(400))
            assert len(rest) < 400, "the state is not used"
            # A file has exactly one: it cannot begin in the middle.
            code, _, err = run(tmp, *args, "-o", "out.jsonl")
            assert code == 2 and "did not go to a file" in err, err


@test
def crawl_into_a_file_is_not_continued_into_a_pipe(tmp):
    with Site(5) as site:
        args = ["crawl", "--state", "state", "--resume", site.url + "/p0"]
        code, _, err = run(tmp, *args, "-o", "out.jsonl")
        assert code == 0, err
        code, records, err = run(tmp, *args)
        assert code == 2 and "-o FILE" in err and not records, (code, err)


# --- A full disk -----------------------------------------------------------

DISK = os.path.join(harness.BIN, "disk.so")


def need_library():
    if not os.path.exists(DISK):
        raise Skip("disk.so is not built with sanitizers")


@test
def crawl_on_a_full_disk_ends_and_continues_when_there_is_room(tmp):
    need_library()
    for mode in MODES:
        dice = random.Random(mode)
        with Site(900) as site:
            crawl = Crawl(tmp, site, mode)
            for i in range(ROUNDS or 6):
                folder = (crawl.state, crawl.out)[i % 2]
                room = dice.choice((0, 100, 3000, 40000, 150000))
                code, err = crawl.run(LD_PRELOAD=DISK, DISK_ROOT=folder,
                                      DISK_ROOM=str(room))
                what = (mode, os.path.basename(folder), room, code, err)
                # Little is left to do in the end.
                assert code in (0, 3), what
                if code:
                    assert re.search("No space left on device|disk is full",
                                     err), what
                    assert folder in err, what
            crawl.check(mode)


@contextlib.contextmanager
def small_disk(folder, size):
    if os.getuid() or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=%d" % size, "none", folder],
            stderr=subprocess.DEVNULL, check=False).returncode:
        raise Skip("file systems cannot be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@test
def crawl_on_a_small_file_system_continues_in_a_larger_one(tmp):
    with Site(1500) as site:
        crawl = Crawl(tmp, site, "async")
        for small in (crawl.state, crawl.out):
            with small_disk(small, 200 << 10):
                code, err = crawl.run()
                assert code == 3 and small in err, (code, err)
                assert re.search("No space left on device|disk is full",
                                 err), err
                subprocess.run(["mount", "-o", "remount,size=64m", small],
                               check=True)
                crawl.check(small)
            for folder in (crawl.state, crawl.out):
                shutil.rmtree(folder)
                os.mkdir(folder)


# --- A loss of power -------------------------------------------------------

class Power:
    """The files that are certain to be on the disk, as disk.c notes them."""

    def __init__(self, crawl, dice):
        self.root, self.dice = crawl.root, dice
        self.shadow = crawl.root + "-synced"
        self.note_all()

    def kept(self, path, suffix=""):
        return os.path.join(self.shadow,
                            "%d%s" % (os.lstat(path).st_ino, suffix))

    def note_all(self):
        """Notes that everything is on the disk."""
        shutil.rmtree(self.shadow, ignore_errors=True)
        os.mkdir(self.shadow)
        for folder, _, files in os.walk(self.root):
            with open(self.kept(folder, ".names"), "w") as f:
                for entry in os.scandir(folder):
                    f.write("%d %s\n" % (entry.inode(), entry.name))
            for name in files:
                path = os.path.join(folder, name)
                shutil.copyfile(path, self.kept(path))

    def lose(self):
        """Loses the power: what was not synced is gone, or only some of its
        blocks and names arrive."""
        arrives = self.dice.choice((0, 0, 0.5, 1))
        for folder, folders, files in os.walk(self.root):
            with open(self.kept(folder, ".names")) as f:
                names = {line.rstrip("\n").split(" ", 1)[1] for line in f}
            for name in files + folders:
                path = os.path.join(folder, name)
                if name not in names and self.dice.random() >= arrives:
                    self.remove(path, name in folders)
                    if name in folders:
                        folders.remove(name)
                elif name in files:
                    self.lose_blocks(path, arrives)
                elif not os.path.exists(self.kept(path, ".names")):
                    open(self.kept(path, ".names"), "w").close()
        self.note_all()

    @staticmethod
    def remove(path, is_folder):
        (shutil.rmtree if is_folder else os.remove)(path)

    def lose_blocks(self, path, arrives):
        synced = b""
        if os.path.exists(self.kept(path)):
            with open(self.kept(path), "rb") as f:
                synced = f.read()
        with open(path, "rb") as f:
            written = f.read()
        out = bytearray(synced)
        for at in range(0, len(written), PAGE):
            if self.dice.random() < arrives:
                out[len(out):at] = bytes(max(0, at - len(out)))
                out[at:at + PAGE] = written[at:at + PAGE]
        with open(path, "wb") as f:
            f.write(out)


@test
def crawl_continues_after_losses_of_power(tmp):
    need_library()
    rounds = ROUNDS or 4
    for mode in MODES:
        dice = random.Random(mode)
        with Site(150 * rounds) as site:
            crawl = Crawl(tmp, site, mode)
            power = Power(crawl, dice)
            for _ in range(rounds):
                env = {"LD_PRELOAD": DISK, "DISK_ROOT": crawl.root,
                       "DISK_SHADOW": power.shadow}
                if dice.random() < 0.5:
                    env["DISK_CUT"] = str(dice.randrange(1, 8))
                site.allow(MOST)
                kill_at_any_moment(crawl.start(**env), site, dice)
                power.lose()
            crawl.check(mode)
            if ROUNDS:
                print("%s: %d losses of power, %d pages, %d requests" % (
                    mode, rounds, site.count, len(site.asked())))
