"""The clients that are compared: the command of each, and the check of its
answers.

curl and wget2 do not parse pages: they only fetch them, and the table says
so. For JSON jq reads their output, as a user would do it."""
import contextlib
import json
import os
import shutil
import sys
from collections import Counter

import corpus

PEERS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers")


class WrongAnswer(Exception):
    pass


# --- Checks of answers --------------------------------------------------------


def check_records(folder, work, name="out"):
    """Checks JSON lines that contain their address."""
    found = {}
    with open(os.path.join(folder, name), encoding="utf-8") as f:
        for line in f:
            r = json.loads(line)
            if work.name == "pages":
                answer = [r["title"], r["links"]]
            elif work.name == "api":
                answer = r["data"]["value"] if "data" in r else r["value"]
            else:
                answer = [r["status"], r["bytes"]]
            if r["url"] in found:
                raise WrongAnswer("two answers for " + r["url"])
            found[r["url"]] = answer
    for url, answer in work.answers.items():
        if found.pop(url, None) != answer:
            raise WrongAnswer("wrong or no answer for " + url)
    if found:
        raise WrongAnswer("answers for addresses that were not requested")


def check_write_out(folder, work):
    """Checks the output of curl's --write-out: address, status, bytes."""
    with open(os.path.join(folder, "out")) as f:
        found = sorted(line.split() for line in f)
    if found != sorted([url, "200", str(size)]
                       for url, size in work.sizes.items()):
        raise WrongAnswer("wrong or missing answers")


def check_bodies(folder, work):
    """Checks the total size of the bodies, which are all in one file."""
    length = os.path.getsize(os.path.join(folder, "bodies"))
    expected = sum(work.sizes.values())
    if length != expected:
        raise WrongAnswer("%d bytes, not %d" % (length, expected))


def check_mirror(folder, work):
    """Checks the sizes of the files that wget2 has written."""
    found = sorted(os.path.getsize(os.path.join(path, name))
                   for path, _, names in os.walk(
                       os.path.join(folder, "mirror", "site"))
                   for name in names)
    if found != sorted(work.sizes.values()):
        raise WrongAnswer("%d files, or of other sizes" % len(found))


def check_values(folder, work):
    """Checks the numbers that jq has printed, in any order."""
    with open(os.path.join(folder, "out")) as f:
        found = Counter(float(line) for line in f)
    if found != Counter(work.answers.values()):
        raise WrongAnswer("wrong or missing values")


# --- Clients ------------------------------------------------------------------


class Client:
    """`note` tells how its work differs from the others' in a workload; with
    `once` it takes so long that it is measured in the first round only."""
    once = False

    def __init__(self, name):
        self.name = name

    def note(self, work):
        return ""

    def prepare(self, folder, work):
        with open(os.path.join(folder, "urls"), "w") as f:
            f.writelines(url + "\n" for url in work.urls)

    def clear(self, folder):
        for name in os.listdir(folder):
            if name == "bodies" or name.endswith(".json"):
                os.remove(os.path.join(folder, name))

    def check(self, folder, work):
        check_records(folder, work)


class Scrape(Client):
    def __init__(self, name, binary):
        super().__init__(name)
        self.binary = os.path.abspath(binary)

    def command(self, work):
        n = str(work.at_once)
        return [self.binary, "-P", n, "--parallel-max-host", n, *work.scrape,
                "urls"]


# Pages are requested as fast as they come, as the other clients do.
NO_PAUSE = ["--host-rate", "1000000/s"]


class Crawl(Scrape):
    """`scrape crawl`; with_state: in such a way that it could be continued."""

    def __init__(self, name, binary, with_state=False):
        super().__init__(name, binary)
        self.state = ["--state", "state", "-o", "records"] if with_state else []

    def clear(self, folder):
        shutil.rmtree(os.path.join(folder, "state"), ignore_errors=True)
        with contextlib.suppress(FileNotFoundError):
            os.remove(os.path.join(folder, "records"))

    def command(self, work):
        n = str(work.at_once)
        return [self.binary, "crawl", "-P", n, "--parallel-max-host", n,
                *NO_PAUSE, *self.state, work.seed]

    def check(self, folder, work):
        check_records(folder, work, "records" if self.state else "out")


class ListOfLinks(Scrape):
    """Requests the pages of the site from a list, with `scrape --links`."""

    def command(self, work):
        n = str(work.at_once)
        return [self.binary, "-P", n, "--parallel-max-host", n, "--links",
                "urls"]


class Wget2Recursive(Client):
    def note(self, work):
        return "writes files"

    def clear(self, folder):
        shutil.rmtree(os.path.join(folder, "mirror"), ignore_errors=True)

    def command(self, work):
        return ["wget2", "-q", "-r", "-l", "20", "-nH", "-P", "mirror",
                "--max-threads=%d" % work.at_once, work.seed]

    def check(self, folder, work):
        check_mirror(folder, work)


class Curl(Client):
    options = "-sS -Z --parallel-immediate --parallel-max %d -K urls"

    def note(self, work):
        return {"pages": "only fetches", "api": "and jq"}.get(work.name, "")

    def prepare(self, folder, work):
        with open(os.path.join(folder, "urls"), "w") as f:
            for i, url in enumerate(work.urls):
                where = "%d.json" % i if work.name == "api" else "/dev/null"
                f.write('url = "%s"\noutput = "%s"\n' % (url, where))

    def command(self, work):
        curl = "curl " + self.options % work.at_once
        if work.name == "api":
            return ["sh", "-c", "%s && jq %s *.json" % (curl, corpus.JQ)]
        return [*curl.split(), "-w",
                "%{url_effective} %{http_code} %{size_download}\\n"]

    def check(self, folder, work):
        check = check_values if work.name == "api" else check_write_out
        check(folder, work)


class Wget2(Client):
    options = "-q --max-threads=%d -O bodies -i urls"

    def note(self, work):
        return {"pages": "only fetches", "api": "and jq"}.get(
            work.name, "no records")

    def command(self, work):
        wget2 = "wget2 " + self.options % work.at_once
        if work.name == "api":
            return ["sh", "-c", "%s && jq %s bodies" % (wget2, corpus.JQ)]
        return wget2.split()

    def check(self, folder, work):
        check = check_values if work.name == "api" else check_bodies
        check(folder, work)


class Python(Client):
    def __init__(self, name, script):
        super().__init__(name)
        self.script = os.path.join(PEERS, script)

    def command(self, work):
        return [sys.executable, self.script, work.name, str(work.at_once),
                "urls"]


def all_clients(binary, other):
    """Returns all clients. scrape comes first, because the ratios of the other
    clients refer to it."""
    return [Scrape("scrape", binary),
            *([Scrape("other scrape", other)] if other else []),
            Curl("curl -Z"), Wget2("wget2"),
            Python("aiohttp + lxml", "use_aiohttp.py"),
            Python("threads: requests + lxml", "use_requests.py"),
            Python("Scrapy", "use_scrapy.py")]


class PythonCrawl(Python):
    once = True


def crawlers(binary, other):
    return [Crawl("scrape crawl", binary),
            *([Crawl("other scrape crawl", other)] if other else []),
            Crawl("scrape crawl --state", binary, True),
            ListOfLinks("scrape --links, of a list", binary),
            Wget2Recursive("wget2 -r"),
            PythonCrawl("Scrapy", "use_scrapy.py")]


def clients_for(work, binary, other):
    return (crawlers if work.seed else all_clients)(binary, other)
