"""A fleet on one machine, for tests: a web server that notes its requests
(tests/fleet_server.py), workers, and a program that collects their records. The
hub is a server of tests/redis_server.py."""
import json
import os
import signal
import subprocess
import sys
import time

import harness
from fleet_server import rest_of


class Web:
    def __init__(self, folder, delay=0):
        self.notes = os.path.join(folder, "requests")
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(harness.TESTS, "fleet_server.py"),
             self.notes, str(delay)], stdout=subprocess.PIPE, text=True,
            preexec_fn=harness.end_with_parent)
        self.port = int(self.process.stdout.readline())

    def url(self, host, path):
        return "http://%s.localhost:%d%s" % (host, self.port, path)

    def requests(self):
        """Returns the requests of each host, as (began, ended, path,
        status)."""
        hosts = {}
        with open(self.notes, encoding="utf-8") as f:
            for line in f:
                host, path, began, ended, status = line.split()
                hosts.setdefault(host.split(".")[0], []).append(
                    (float(began), float(ended), path, int(status)))
        for notes in hosts.values():
            notes.sort()
        return hosts

    def holds(self, host):
        """Returns true if the answer for a page of the host is held."""
        return any(status == 0 for _, _, _, status in
                   self.requests().get(host, ()))

    def let_go(self):
        self.process.send_signal(signal.SIGUSR1)

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Proxy:
    """Connects a machine with the hub; forwards nothing while the process is
    stopped (tests/fleet_proxy.py)."""

    def __init__(self, redis):
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(harness.TESTS, "fleet_proxy.py"),
             redis.path], stdout=subprocess.PIPE, text=True,
            preexec_fn=harness.end_with_parent)
        self.port = int(self.process.stdout.readline())

    def url(self, job):
        return "redis://127.0.0.1:%d#%s" % (self.port, job)

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Machines:
    """The workers of a job."""

    def __init__(self, redis, job, *options, command=()):
        self.redis, self.job = redis, job
        self.words = [harness.SCRAPE, *command, "--allow-private", *options]
        self.env = harness.environment(redis.folder)
        self.running = []
        self.errors = []

    def start(self, *sources, stdin=subprocess.DEVNULL, way=None):
        """Starts a machine. way: the Proxy through which the machine reaches
        the hub, if there is one."""
        url = (way or self.redis).url(self.job)
        p = subprocess.Popen([*self.words, "--fleet", url, *sources],
                             stdin=stdin, stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE, text=True, env=self.env,
                             preexec_fn=harness.end_with_parent)
        self.running.append(p)
        return p

    def kill(self, p, number=signal.SIGKILL):
        p.send_signal(number)
        self.take(p)

    def take(self, p):
        """Waits for the end of a worker, and returns its exit code."""
        self.errors.append(p.communicate(timeout=harness.HANG)[1])
        self.running.remove(p)
        return p.returncode

    def ended(self):
        """Returns the exit codes of the workers that have ended."""
        return [self.take(p) for p in list(self.running)
                if p.poll() is not None]

    def wait(self):
        return [self.take(p) for p in list(self.running)]

    def close(self):
        for p in list(self.running):
            p.kill()
            self.take(p)


class Collector:
    """`scrape fleet collect`, which writes the records to a file."""

    def __init__(self, redis, job, path):
        self.words = [harness.SCRAPE, "fleet", "collect", redis.url(job), "-o",
                      path]
        self.path = path
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.words, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE, text=True,
                                        preexec_fn=harness.end_with_parent)

    def kill(self):
        if not self.process.stderr.closed:
            self.process.kill()
            self.process.communicate()

    def rows(self):
        """Waits for the end of the job, and returns all records."""
        err = self.process.communicate(timeout=harness.HANG)[1]
        assert self.process.returncode == 0, err
        with open(self.path, encoding="utf-8") as f:
            return [json.loads(line) for line in f]


def check_rows(rows, count):
    """Returns messages about records that are missing or double, for a list of
    `count` lines."""
    indexes = sorted(r["index"] for r in rows)
    wrong = []
    if len(set(indexes)) != count:
        wrong.append("%d rows lost" % (count - len(set(indexes))))
    if len(indexes) != len(set(indexes)):
        wrong.append("%d rows twice" % (len(indexes) - len(set(indexes))))
    return wrong


def worst_interval(notes, interval):
    """Returns by how many seconds a request came too early, and its path. Each
    request is compared with all before it, at one request in each interval."""
    latest, worst = float("-inf"), (0, "")
    for i, (began, _, path, _) in enumerate(notes):
        due = began - i * interval
        worst = max(worst, (latest - due, path))
        latest = max(latest, due)
    return worst


def most_at_a_time(notes):
    now = most = 0
    for _, change in sorted([(began, 1) for began, _, _, _ in notes] +
                            [(ended, -1) for _, ended, _, _ in notes]):
        now += change
        most = max(most, now)
    return most


def check_politeness(hosts, parallel, interval, delays=(), slack=0.02):
    """Returns messages about limits of hosts that were exceeded: more than
    `parallel` requests at a time, a shorter interval than the given one in
    seconds or the host's Crawl-delay, or a request before the end of a
    Retry-After. slack: by how many seconds times may seem too short, because
    this machine is busy."""
    wrong = []
    grace = max(0.25, slack)
    for host, notes in hosts.items():
        most = most_at_a_time(notes)
        if most > parallel:
            wrong.append("%s: %d requests at a time" % (host, most))
        least = max([interval] + [d for h, d in delays if host == h])
        early, path = worst_interval(notes, least)
        if least and early > slack:
            wrong.append("%s: %s is %.3f s too early for an interval of %g s" %
                         (host, path, early, least))
        rests = [ended for _, ended, _, status in notes if status == 429]
        for began, _, path, _ in notes:
            # A request may be on its way when the answer arrives.
            wrong += ["%s: %s %.3f s after Retry-After: %d" % (
                host, path, began - ended, rest_of(host)) for ended in rests
                if grace < began - ended < rest_of(host) - slack]
    return wrong


def now():
    return time.monotonic()
