"""Sites that try to keep `scrape crawl` busy or to fill its memory. A part of
tests/behaviour/run. CRAWL_HOSTILE=1 runs them in full size:

	CRAWL_HOSTILE=1 tests/behaviour/run links_of_a_huge_page_are_limited
"""
import json
import os
import tempfile
import time

from __main__ import not_under_sanitizers, start, test
from crawl import MODES, Served

FULL = "CRAWL_HOSTILE" in os.environ
MODES = MODES if FULL else ("async", "fork")
MB = 1 << 20


def peak(pid):
    """Returns the largest resident memory so far, in KB; 0 after the end. That
    of wait4() includes the memory of this script before exec()."""
    try:
        with open("/proc/%d/status" % pid, encoding="utf-8") as f:
            return int(next((x for x in f if x.startswith("VmHWM")),
                            "0 0").split()[1])
    except OSError:
        return 0


def crawl(tmp, *args):
    """Returns exit code, records, messages, and the memory (KB) that was used,
    as far as it was seen. Records go to a file: pages are large."""
    with tempfile.TemporaryFile(dir=tmp) as out, \
            tempfile.TemporaryFile(dir=tmp) as err:
        began, memory, ended = time.monotonic(), 0, 0
        p = start(tmp, "crawl", *args, stdout=out, stderr=err)
        while not ended:
            memory = max(memory, peak(p.pid))
            ended, status, usage = os.wait4(p.pid, os.WNOHANG)
            time.sleep(0.01)
        p.returncode = os.waitstatus_to_exitcode(status)
        for f in (out, err):
            f.seek(0)
        if FULL:
            print("%s: %.0f MB, %.1f s of CPU, %.1f s" % (
                " ".join(args)[:60], memory / 1024,
                usage.ru_utime + usage.ru_stime, time.monotonic() - began))
        return p.returncode, [json.loads(x) for x in out], \
            err.read().decode(), memory


@test
def links_of_a_huge_page_are_limited(tmp):
    count = 1000000 if FULL else 100002
    page = 200, {"Content-Type": "text/html"}, \
        "".join("<a href=/%d>" % i for i in range(count))
    with Served(lambda path: page if path == "/" else []) as site:
        for mode in MODES:
            code, records, err, _ = crawl(tmp, "--mode", mode, "--max-pages",
                                          "50", "--max-filesize", "100M",
                                          site.url + "/")
            assert code == 0 and len(records) == 50, (code, err)
            assert "has more than 100000 links" in err, err
            assert "50 pages have a record, 99951 more are known" in err, err


@test
def links_of_a_megabyte_are_too_long(tmp):
    long = "/" + "x" * MB
    with Served({"/": [long + str(i) for i in range(4 if not FULL else 60)]
                 + ["/a"], "/a": []}) as site:
        for mode in MODES:
            code, records, err, _ = crawl(
                tmp, "--mode", mode, "--max-filesize", "100M", "--skipped",
                "skipped", site.url + "/")
            assert code == 0 and len(records) == 2, (code, err, len(records))
            assert " too_long" in err, err


@test
def redirects_in_a_ring_of_three_hosts_end(tmp):
    """The ring does not close: each step has another query."""
    def page(path):
        if not path.startswith("/ring"):
            return ["/ring?0"] if path == "/" else None
        n = int(path.partition("?")[2] or 0) + 1
        return 302, {"Location": "http://%s.localhost:%d/ring?%d" % (
            "abc"[n % 3], site.server.server_port, n if endless else n % 3)}, ""

    for endless in (False, True):
        with Served(page) as site:
            for mode in MODES:
                site.server.asked.clear()
                code, records, err, _ = crawl(
                    tmp, "--mode", mode, "--scope", "any", "--noproxy", "*",
                    site.url + "/")
                assert code == 0 and len(records) == 2, (code, err, records)
                assert len(site.asked()) < 20, site.asked()


@test
def site_of_endless_depth_ends_at_its_limits(tmp):
    """Each page is unlike any other and links to the next ones."""
    not_under_sanitizers("memory")
    depth = 10000 if FULL else 600

    def page(path):
        if not path.startswith("/p"):
            return None
        n = int(path[2:])
        text = " ".join("%x" % (n * 2654435761 + i) for i in range(100))
        return 200, {"Content-Type": "text/html"}, \
            "<title>%d</title><p>%s<a href=/p%d>x</a>" % (n, text, n + 1)

    with Served(page) as site:
        for mode in MODES:
            used = []
            for limit in (depth // 10, depth):
                for args in (["--level", str(limit - 1)],
                             ["--max-pages", str(limit)]):
                    code, records, err, memory = crawl(
                        tmp, "--mode", mode, "--no-traps", "--host-rate",
                        "none", *args, site.url + "/p0")
                    assert code == 0 and len(records) == limit, (
                        args, len(records), err)
                    used.append(memory)
            # Ten times as deep needs no more memory.
            assert max(used[2:]) < max(used[:2]) + 8 * 1024, used


@test
def page_with_links_to_many_hosts_ends(tmp):
    not_under_sanitizers("memory")
    hosts = 100000 if FULL else 800

    def page(path):
        if path != "/":
            return []
        return ["http://h%d.localhost:%d/x" % (i, site.server.server_port)
                for i in range(hosts)]

    with Served(page) as site:
        for mode in MODES[:1]:
            code, records, err, memory = crawl(
                tmp, "--mode", mode, "--scope", "any", "--noproxy", "*",
                "--no-robots", "--sitemaps", "off", "--max-filesize", "100M",
                site.url + "/")
            assert code == 0, (code, err)
            assert len(records) == min(hosts, 100000) + 1, len(records)
            assert not [r for r in records if r["error"]]
            assert memory < (300 if FULL else 100) * 1024, memory
