"""Workloads, the same for all clients: a list of addresses, and the right
answer for each."""
from dataclasses import dataclass, field

import corpus
import site_pages

DELAY = 100     # milliseconds
DELAYED = "/about.html"
DELAYED_FILE = "examples/site/about.html"


@dataclass
class Workload:
    name: str
    description: str    # a few words, for the heading of the table
    at_once: int        # requests in flight
    scrape: tuple       # options of scrape
    answers: dict = field(default_factory=dict)     # address -> answer
    sizes: dict = field(default_factory=dict)       # address -> bytes
    seed: str = ""      # of a crawl: where it begins; all others are found

    @property
    def urls(self):
        return list(self.answers)


def small(files, base, n):
    work = Workload("small", "%d files of 1 KB: status and size of each" % n,
                    64, ())
    for i in range(n):
        url = "%s/small/file.txt?n=%d" % (base, i)
        work.sizes[url] = corpus.SMALL
        work.answers[url] = [200, corpus.SMALL]
    return work


def pages(files, base, n):
    work = Workload("pages", "", 64, ("--links",))
    for i in range(n):
        which = i % len(files.pages)
        path = "pages/%d.html" % which
        url = "%s/%s?n=%d" % (base, path, i)
        work.sizes[url] = files.size(path)
        work.answers[url] = files.pages[which].answer(url)
    work.description = "%d HTML pages of %d KB on average: title and " \
        "absolute links" % (n, sum(work.sizes.values()) / n / 1000)
    return work


def api(files, base, n):
    work = Workload("api", "", 64, ("--jq", "value=" + corpus.JQ))
    for i in range(n):
        which = i % len(files.documents)
        path = "api/%d.json" % which
        url = "%s/%s?n=%d" % (base, path, i)
        work.sizes[url] = files.size(path)
        work.answers[url] = files.documents[which]["order"]["total"]
    work.description = "%d JSON documents of %d KB on average: one field" % (
        n, sum(work.sizes.values()) / n / 1000)
    return work


def delayed(root, site, n):
    work = Workload("delayed", "", 100, ())
    with open("%s/%s" % (root, DELAYED_FILE), "rb") as f:
        size = len(f.read())
    for i in range(n):
        url = "%s%s?ms=%d&n=%d" % (site, DELAYED, DELAY, i)
        work.sizes[url] = size
        work.answers[url] = [200, size]
    work.description = "%d answers that take %.1f s each: status and size; " \
        "no client can be faster than %.1f s" % (
            n, DELAY / 1000, n / work.at_once * DELAY / 1000)
    return work


def crawl(files, base, n):
    work = Workload("crawl", "", 64, ())
    for path, size in site_pages.write(files.root, n).items():
        url = "%s/%s" % (base, path)
        work.sizes[url] = size
        work.answers[url] = [200, size]
    work.seed = work.urls[0]
    work.description = "a site of %d pages of %d KB with %d links: find all, " \
        "status and size of each" % (
            n, sum(work.sizes.values()) / n / 1000, site_pages.LINKS)
    return work
