"""Counts instructions instead of seconds, with callgrind: the count of a build
is the same on a busy machine. Each count but `start` is the difference of two
runs, one of which does several times the work, so that start-up is not
included.

The program runs in its default mode (async), but with one worker.
bench/instructions.json has the counts that were accepted last, and names the
compiler and the libraries that they were made with, because both affect the
counts."""
import contextlib
import json
import os
import platform
import re
import subprocess

import corpus
import site_pages
from measure import environment

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                    "instructions.json")

# Allowed growth in per cent. Two counts of the same build differ by less than
# a tenth of it.
THRESHOLD = 3.0

REQUESTS, PAGES, DOCUMENTS, CRAWLED = 1000, 50, 200, 200


def write_url_list(folder, base, n):
    path = os.path.join(folder, "urls-%d" % n)
    with open(path, "w") as f:
        f.writelines("%s/small/file.txt?n=%d\n" % (base, i)
                     for i in range(n))
    return path


# Each function returns the arguments of scrape for a count; the second run of
# a count does `times` as much work as the first one.


def start(counter, times):
    return ["-s", "/dev/null"]


def request(counter, times):
    return ["-P", "8", "--workers", "1",
            write_url_list(counter.folder, counter.base, REQUESTS * times)]


def files(counter, kind, ending, n, times):
    return [os.path.join(counter.files.root, kind, "%d.%s" % (i, ending))
            for i in range(n)] * times


def page(counter, times):
    return ["extract", "--workers", "1", "--links",
            *files(counter, "pages", "html", PAGES, times)]


def fields(counter, times):
    select = [word for field in corpus.FIELDS for word in ("--select", field)]
    return ["extract", "--workers", "1", *select,
            *files(counter, "pages", "html", PAGES, times)]


def json_jq(counter, times):
    return ["extract", "--workers", "1", "--jq", "value=" + corpus.JQ,
            *files(counter, "api", "json", DOCUMENTS, times)]


def crawl(counter, times):
    if not os.path.isdir(os.path.join(counter.files.root, "site")):
        site_pages.write(counter.files.root, 10 * CRAWLED)
    return ["crawl", "-s", "-P", "8", "--parallel-max-host", "8", "--workers", "1",
            "--host-rate", "1000000/s", "--max-pages", str(CRAWLED * times),
            counter.base + "/site/0.html"]


# Name, description, arguments, units of work in the first run (0: count the
# whole run), and `times` of the second run. The larger the cost of start-up,
# the more its variation weighs, so the second run does more work (compiling a
# jq filter costs as much as 500 documents).
COUNTS = (
    ("start", "a run without requests", start, 0, 0),
    ("request", "a request (1 KB of text)", request, REQUESTS, 3),
    ("page", "a page with --links", page, PAGES, 2),
    ("fields", "a page with %d --select" % len(corpus.FIELDS), fields, PAGES,
     2),
    ("json", "a JSON document with --jq", json_jq, DOCUMENTS, 5),
    ("crawl", "a page of a crawl (%d links)" % site_pages.LINKS, crawl,
     CRAWLED, 5),
)


def make_counts_repeatable():
    """Runs the program and the server on one processor, where neither
    preempts the other when it wakes it up (SCHED_BATCH). All requests in
    flight are then answered together, and the count of a request varies by
    0.2 % instead of 5 %."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    # Some sandboxes forbid this call.
    with contextlib.suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


class Counter:
    def __init__(self, binary, files, base, folder, keep):
        self.binary = os.path.abspath(binary)
        self.files, self.base, self.folder = files, base, folder
        self.keep = keep and os.path.abspath(keep)
        if self.keep:
            os.makedirs(self.keep, exist_ok=True)

    def run_callgrind(self, name, arguments, lines):
        """Returns the number of instructions of one run."""
        out = os.path.join(self.keep, name + ".callgrind") if self.keep \
            else "/dev/null"
        log = os.path.join(self.folder, "log")
        with open(os.path.join(self.folder, "out"), "w+") as records:
            subprocess.run(
                ["valgrind", "--tool=callgrind", "--log-file=" + log,
                 "--callgrind-out-file=" + out, self.binary, *arguments],
                stdin=subprocess.DEVNULL, stdout=records, check=True,
                cwd=self.folder, env=environment(self.folder))
            records.seek(0)
            text = records.read()
        if text.count('"error":null') != lines:
            raise SystemExit("scripts/bench: %s: %d records without an "
                             "error, but %d were expected" % (
                                 name, text.count('"error":null'), lines))
        with open(log) as f:
            return int(re.search(r"Collected : (\d+)", f.read()).group(1))

    def count(self, name, command, units, times):
        once = self.run_callgrind(name, command(self, 1), units)
        if not units:
            return once
        more = self.run_callgrind(name, command(self, times), times * units)
        return round((more - once) / (times - 1) / units)


def version(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout.split("\n")[0].strip()


def package(name):
    return version("dpkg-query", "-W", "-f=${Version}", name)


def made_with(files):
    """Returns all that a count depends on besides our own code."""
    with open("/proc/cpuinfo") as f:
        flags = re.search(r"^(?:flags|Features)\s*:(.*)$", f.read(), re.M)
    vectors = sorted({"avx", "avx2", "bmi2", "asimd"} &
                     set(flags.group(1).split() if flags else ()))
    # glibc chooses its string functions by the processor's features.
    return {"corpus": files.digest(),
            "processor": " ".join([platform.machine(), *vectors]),
            "compiler": version("cc", "-dumpfullversion"),
            "valgrind": package("valgrind"),
            **{name: package(name) for name in
               ("libc6", "libcurl4", "libc-ares2", "libxml2", "libssl3",
                "libjq1", "libjansson4", "libmimalloc2.0")}}


def read():
    if not os.path.exists(FILE):
        return {"counts": {}, "made_with": {}}
    with open(FILE) as f:
        return json.load(f)


def compare(counts, before):
    """Prints the accepted and the new counts; returns the names of those that
    have grown too much."""
    grown = []
    print("  %-28s %13s %13s %8s" % ("instructions", "accepted", "now",
                                     "change"))
    for name, description, *_ in COUNTS:
        if name not in counts:
            continue
        now, then = counts[name], before["counts"].get(name)
        change = 100 * (now / then - 1) if then else 0.0
        print("  %-28s %13s %13s %8s" % (
            description, "{:,}".format(then) if then else "-",
            "{:,}".format(now), "%+.2f %%" % change if then else "new"))
        if change > THRESHOLD or not then:
            grown.append(name)
    return grown


def show(counts, here, before):
    grown = compare(counts, before)
    other = ["%s (%s, here %s)" % (name, was, here.get(name, "none"))
             for name, was in before["made_with"].items()
             if was != here.get(name)]
    if other:
        print("The accepted counts were made in another environment, which "
              "may explain the whole change: " + ", ".join(other))
    return grown


def accept(counts, here):
    """Writes the counts; counts that were not made now keep their accepted
    value."""
    before = read()["counts"]
    kept = {name: counts.get(name, before.get(name))
            for name, *_ in COUNTS
            if name in counts or name in before}
    with open(FILE, "w") as f:
        json.dump({"counts": kept, "made_with": here}, f, indent=1)
        f.write("\n")
