"""Memory of a crawl. A part of tests/behaviour/run."""
import os
import subprocess

from __main__ import MB, not_under_sanitizers, start, test
from crawl import Served

LINKS = 1000


def archive(path):
    """Returns the links of a page: each page links to a thousand other pages,
    with URLs of 500 bytes."""
    number = int(path.split("-")[0][1:] or 0)
    return ["/%d-%s" % (number * LINKS + i, "x" * 490)
            for i in range(1, LINKS + 1)]


def peak_memory(tmp, site, pages):
    """Returns the most memory that a crawl of some pages has had, in bytes."""
    with open(os.path.join(tmp, "err"), "w+b") as err:
        p = start(tmp, "crawl", "--no-robots", "--sitemaps", "off", "-P", "2",
                  "--workers", "1", "--host-rate", "100000/s", "--max-pages",
                  str(pages), site.url + "/0-", stdout=subprocess.DEVNULL,
                  stderr=err)
        _, status, usage = os.wait4(p.pid, 0)
        p.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        text = err.read().decode()
    assert p.returncode == 0, (p.returncode, text)
    assert "%d more are known" % (pages * LINKS - pages + 1) in text, text
    return usage.ru_maxrss * 1024


@test
def memory_of_a_crawl_does_not_grow_with_the_urls_that_it_knows(tmp):
    not_under_sanitizers("memory")
    with Served(archive) as site:
        # More than the 8,192 pages that may wait in memory.
        few = peak_memory(tmp, site, 16)
        many = peak_memory(tmp, site, 50)
    # The URLs alone are 25 MB. The database may keep 8 of them.
    assert many - few < 15 * MB, (few, many)
