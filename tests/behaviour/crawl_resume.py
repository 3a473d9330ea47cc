"""Tests of the data that a resumed crawl keeps: robots.txt, scope, seeds, and
options that change the meaning of the crawl. A part of tests/behaviour/run."""
import fcntl
import json
import os
import sqlite3
import struct

from __main__ import run, test
from crawl import MODES, Served, records_of, tree
from crawl_status import status

HTML = {"Content-Type": "text/html"}


def resumed(tmp, *args, code=0):
    got, _, err = run(tmp, "crawl", "--state", "state", "--resume", "-o",
                      "out.jsonl", *args)
    assert got == code, (got, err)
    return err


def change_state(tmp, sql):
    db = sqlite3.connect(os.path.join(tmp, "state", "crawl.db"))
    with db:
        db.execute(sql)
    db.close()


@test
def robots_txt_is_not_asked_for_again_by_a_resumed_crawl(tmp):
    pages = tree(30)

    def page(path):
        # Five minutes are the shortest time.
        return (200, {"Cache-Control": "max-age=1"}, "User-agent: *\n"
                "Disallow: /p2\n") if path == "/robots.txt" else pages(path)

    with Served(page) as site:
        def robots():
            return site.server.asked.count("/robots.txt")
        for limit in ("2", "4"):
            resumed(tmp, "--max-pages", limit, site.url + "/p0")
            assert robots() == 1, site.server.asked
        change_state(tmp, "UPDATE robots SET expires = expires - 150")
        resumed(tmp, "--max-pages", "6", site.url + "/p0")
        assert robots() == 1, site.server.asked
        change_state(tmp, "UPDATE robots SET expires = expires - 200")
        err = resumed(tmp, site.url + "/p0")
        assert robots() == 2, site.server.asked
        assert not [p for p in site.asked() if p.startswith("/p2")]
        # Pages 2 and 20 to 29, of which 21 to 29 are behind page 2.
        assert len(records_of(tmp)) == 30 - 11, len(records_of(tmp))
        assert " robots (" in err, err


@test
def pages_wait_for_a_robots_txt_that_cannot_be_read(tmp):
    with Served(lambda path: (503, {}, "")) as bad:
        pages = {"/": [bad.url + "/x", "/a"], "/a": [bad.url + "/y"]}
        with Served(pages) as site:
            for mode in MODES[:2]:
                code, records, err = run(
                    tmp, "crawl", "--mode", mode, "--scope", "any",
                    "--retry", "0", bad.url + "/", site.url + "/")
                assert code == 0, err
                kinds = {r["url"]: (r["error"] or {}).get("kind")
                         for r in records}
                assert kinds == {
                    bad.url + "/": "robots", bad.url + "/x": "robots",
                    bad.url + "/y": "robots", site.url + "/": None,
                    site.url + "/a": None}, kinds
                # The last records are those that had to wait.
                assert [k is not None for k in kinds.values()] == \
                    [False] * 2 + [True] * 3, kinds
            assert set(bad.server.asked) == {"/robots.txt"}


@test
def crawls_continue_without_their_seeds_and_with_more(tmp):
    with Served(tree(30)) as site, Served(tree(20)) as other:
        seeds = (site.url + "/p0", other.url + "/p1")
        resumed(tmp, "--max-pages", "3", *seeds)
        resumed(tmp)
        urls = [r["url"] for r in records_of(tmp)]
        assert len(urls) == 50 and len(site.asked()) == 30, len(urls)
        with Served(tree(10)) as third:
            # A page that is known stays what it is.
            resumed(tmp, third.url + "/p0", site.url + "/p7")
            assert len(third.asked()) == 10 and len(site.asked()) == 30
            assert len(records_of(tmp)) == 60
    code, _, err = run(tmp, "crawl", "--state", "empty", "--resume", "-o",
                       "none.jsonl")
    assert code == 2 and "there are no seeds" in err, (code, err)


@test
def options_that_change_the_meaning_of_a_crawl_are_named(tmp):
    with Served(tree(30)) as site:
        seed = site.url + "/p0"
        first = ("--level", "1", "--reject-regex", "p9", "--max-pages", "2")
        assert "was" not in resumed(tmp, *first, seed)
        assert "was" not in resumed(tmp, *first, seed)
        err = resumed(tmp, "--scope", "any", "--key-ignore", "x*",
                      "--no-robots", "--max-pages", "3", seed)
        for name, before, after in (
                ("level", "1", ""), ("reject-regex", "p9", ""),
                ("scope", "host", "any"), ("key-ignore", "", "x*"),
                ("robots", "on", "off")):
            assert '--%s was "%s" in the previous run, and is "%s"' % (
                name, before, after) in err, (name, err)
        assert "--domains" not in err and "--traps" not in err, err
        # Once is enough.
        err = resumed(tmp, "--scope", "any", "--key-ignore", "x*",
                      "--no-robots", seed)
        assert "was" not in err, err


@test
def seeds_that_move_have_their_id_and_their_priority(tmp):
    """Two seeds of a list, one of which moves to its www. form."""
    pages = tree(12)

    def page(path):
        return (301, {"Location": "http://www.site.test:%d/p1" % port}, "") \
            if path == "/" else pages(path)

    with Served(page) as site, Served(tree(12)) as other:
        port = site.server.server_port
        hosts = ["--resolve", "site.test:%d:127.0.0.1" % port, "--resolve",
                 "www.site.test:%d:127.0.0.1" % port]
        with open(os.path.join(tmp, "seeds.jsonl"), "w") as f:
            for seed in ({"url": "http://site.test:%d/" % port, "id": "a"},
                         {"url": other.url + "/p2", "id": 2},
                         {"url": other.url + "/p3", "priority": 5,
                          "headers": {"X-Key": "1"}}):
                f.write(json.dumps(seed) + "\n")
        for mode in MODES:
            other.server.asked.clear()
            code, records, err = run(
                tmp, "crawl", "--mode", mode, "--noproxy", "*", *hosts,
                "--parallel-max-host", "1", "seeds.jsonl")
            assert code == 0, err
            ids = {}
            for r in records:
                ids.setdefault(r.get("id"), []).append(r["final_url"])
            moved = [u for u in ids["a"] if "//www.site.test:" in u]
            assert len(moved) == 12 == len(ids["a"]), ids["a"]
            assert other.asked()[0] == "/p3", other.asked()
            assert len(ids[2]) + len(ids[None]) == 12, ids


@test
def failed_pages_of_a_crawl_are_requested_again(tmp):
    broken = set()

    def page(path):
        if path in broken:
            return 503, {}, ""
        return {
            "/": ["/a", "/moved", "/gone", "/late"], "/a": ["/b"], "/b": [],
            "/moved": (302, {"Location": "/target"}, ""),
            "/target": ["/behind"], "/behind": [], "/late": ["/last"],
            "/last": [],
        }.get(path)

    with Served(page) as site:
        broken.update(("/target", "/late"))
        args = ("--retry", "0", site.url + "/")
        resumed(tmp, *args)
        first = {r["url"]: r for r in records_of(tmp)}
        assert sorted(r["status"] for r in first.values()) == \
            [200, 200, 200, 404, 503, 503], first
        asked = len(site.asked())
        # Of no kind that there is; then of one.
        resumed(tmp, "--retry-failed=timeout,500", *args)
        assert len(site.asked()) == asked
        assert {r["url"]: r for r in records_of(tmp)} == first
        resumed(tmp, "--retry-failed=404", *args)
        assert site.asked()[asked:] == ["/gone"], site.asked()
        broken.clear()
        resumed(tmp, "--retry-failed", *args)
        records = records_of(tmp)
        assert site.paths(records) == ["/", "/a", "/b", "/behind", "/gone",
                                       "/last", "/late", "/moved"]
        found = {r["url"][len(site.url):]: r for r in records}
        assert found["/moved"]["status"] == 200, found["/moved"]
        assert found["/late"]["index"] == first[site.url + "/late"]["index"]
        assert sorted(site.asked()[asked:]) == sorted(
            ["/gone", "/gone", "/moved", "/target", "/behind", "/late",
             "/last"]), site.asked()[asked:]
        assert not os.path.exists(os.path.join(tmp, "out.jsonl.scrape-retry"))
        assert "nothing to do" in resumed(tmp, *args)
    code, _, err = run(tmp, "crawl", "--retry-failed", "http://127.0.0.1:1/")
    assert code == 2 and "--retry-failed needs the --state DIR" in err, err


@test
def crawl_killed_while_failed_pages_are_taken_out_is_continued(tmp):
    """The state knows the new file, which has not taken the name yet."""
    out = os.path.join(tmp, "out.jsonl")
    retry = out + ".scrape-retry"
    with Served(tree(20)) as site:
        resumed(tmp, site.url + "/p0")
        with open(out, "rb") as f:
            good = f.read()
        lines = good.splitlines(keepends=True)
        for new, old in ((good, b"".join(lines[:3] + lines[:2] + lines[3:])),
                         (good[:-50], good)):
            with open(out, "wb") as f:
                f.write(old)
            with open(retry, "wb") as f:
                f.write(new)
            resumed(tmp)
            assert not os.path.exists(retry)
            with open(out, "rb") as f:
                assert f.read() == good
        assert len(site.asked()) == 20


@test
def folder_whose_crawl_has_no_page_takes_another_crawl(tmp):
    with Served(tree(3)) as site:
        begin = ("crawl", "--state", "state", "-o", "out.jsonl")
        code, _, err = run(tmp, *begin, "--map")
        assert code == 2 and "there are no seeds" in err, (code, err)
        # Also what is not a seed leaves no crawl.
        with open(os.path.join(tmp, "seeds"), "w") as f:
            f.write("id,url\n")
        code, _, err = run(tmp, *begin, "seeds")
        assert code == 2 and "not a seed" in err, (code, err)
        code, _, err = run(tmp, *begin, site.url + "/p0")
        assert code == 0 and not err, (code, err)
        assert len(records_of(tmp)) == 3
        code, _, err = run(tmp, *begin, site.url + "/p0")
        assert code == 2 and "--resume continues it" in err, (code, err)
        assert len(records_of(tmp)) == 3


@test
def folder_of_a_crawl_whose_output_was_busy_takes_another_crawl(tmp):
    with Served(tree(3)) as site, \
            open(os.path.join(tmp, "out.jsonl"), "a") as f:
        args = ("crawl", "--state", "state", "-o", "out.jsonl",
                site.url + "/p0")
        fcntl.fcntl(f, fcntl.F_OFD_SETLK, struct.pack(
            "hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0))
        code, _, err = run(tmp, *args)
        assert code == 3 and "another scrape is writing it" in err, err
        f.close()
        code, _, err = run(tmp, *args)
        assert code == 0 and len(records_of(tmp)) == 3, (code, err)


@test
def wrong_output_of_a_resumed_crawl_is_told_the_right_one(tmp):
    with Served(tree(3)) as site:
        resumed(tmp, site.url + "/p0")
    right = os.path.realpath(os.path.join(tmp, "out.jsonl"))
    with open(os.path.join(tmp, "other.jsonl"), "w") as f:
        f.write('{"index":0}\n')
    for name, why in (("none.jsonl", "No such file"),
                      ("other.jsonl", "it is shorter")):
        code, _, err = run(tmp, "crawl", "--state", "state", "--resume", "-o",
                           name)
        assert code == 2 and why in err, (code, err)
        assert name + " is not the output of the crawl in state: " in err, err
        assert "the output of this crawl is " + right in err, err
    with open(right, "a+") as f:
        f.truncate(10)
    err = resumed(tmp, code=2)
    assert "it is shorter" in err and "output of this" not in err, err


@test
def deeper_level_for_a_complete_crawl_is_told_to_need_another_state(tmp):
    with Served(tree(300)) as site:
        resumed(tmp, "--level", "1", site.url + "/p0")
        pages = len(records_of(tmp))
        err = resumed(tmp, "--level", "2", site.url + "/p0")
        assert "nothing to do" in err and "--state DIR" in err, err
        assert "links that were read before are not read again" in err, err
        err = resumed(tmp, "--level", "2", site.url + "/p0")
        assert "nothing to do" in err and "--state DIR" not in err, err
        assert len(records_of(tmp)) == pages < 300


@test
def failed_pages_of_roles_without_rows_are_requested_again(tmp):
    broken = {"/list1": 503, "/list2": 404}

    def page(path):
        if path in broken:
            return broken[path], {}, ""
        return {"/": ["/list1", "/list2"], "/list1": ["/item1"],
                "/list2": ["/item2"], "/item1": [], "/item2": []}.get(path)

    with Served(page) as site:
        args = ("--retry", "0", "--rows", "item", "--follow",
                "list=a[href*=list]", "--follow", "item=a[href*=item]",
                site.url + "/")
        err = resumed(tmp, *args)
        assert "--retry-failed requests them again" in err, err
        assert not records_of(tmp)
        assert "nothing to do" in resumed(tmp, *args)
        asked = len(site.asked())
        # Of no kind that there is; then of one; then of all.
        resumed(tmp, "--retry-failed=timeout,500", *args)
        assert len(site.asked()) == asked, site.asked()
        del broken["/list1"]
        resumed(tmp, "--retry-failed=5xx", *args)
        assert site.asked()[asked:] == ["/list1", "/item1"], site.asked()
        resumed(tmp, "--retry-failed", *args)
        assert site.asked()[asked + 2:] == ["/list2"], site.asked()
        broken.clear()
        resumed(tmp, "--retry-failed", *args)
        assert site.asked()[asked + 3:] == ["/list2", "/item2"], site.asked()
        assert site.paths(records_of(tmp)) == ["/item1", "/item2"]
        resumed(tmp, "--retry-failed", *args)
        assert len(site.asked()) == asked + 5, site.asked()


@test
def hosts_that_wait_for_their_robots_txt_do_not_hold_up_others(tmp):
    """The links to them are more than the window of the crawl holds."""
    hosts = ["h%d.test" % n for n in range(130)]
    with Served(lambda path: (503, {}, "")) as bad:
        def page(path):
            n = int(path[1:] or 0)
            return ["http://%s:%d/%d" % (host, bad.server.server_port, i)
                    for host in hosts for i in range(64) if n == 0] + \
                ["/%d" % (n + 1)] * (n < 40)
        with Served(lambda path: page(path) if path[1:].isdigit() or
                    path == "/" else None) as site:
            resolve = [word for host in hosts for word in (
                "--resolve", "%s:%d:127.0.0.1" % (host,
                                                  bad.server.server_port))]
            for state in ([], ["--state", "state", "-o", "out.jsonl"]):
                code, records, err = run(
                    tmp, "crawl", "--scope", "any", "--sitemaps", "off",
                    "--retry", "0", *resolve, *state, site.url + "/")
                assert code == 0, err
                records = records or records_of(tmp)
                assert len(records) == 41 + 64 * len(hosts), len(records)
                kinds = [(r["error"] or {}).get("kind") for r in records]
                assert kinds == [None] * 41 + ["robots"] * 64 * len(hosts), \
                    kinds.index("robots")
            assert set(bad.server.asked) == {"/robots.txt"}
            assert len(bad.server.asked) == 2 * len(hosts), bad.server.asked


@test
def origin_that_waits_for_its_robots_txt_does_not_hold_up_its_host(tmp):
    """Two ports of a host are two origins, with one part of the window."""
    with Served(lambda path: (503, {}, "")) as bad:
        def page(path):
            if path == "/":
                return ["%s/%d" % (bad.url, i) for i in range(300)] + ["/1"]
            n = path[1:]
            return ["/%d" % (int(n) + 1)] if n.isdigit() and int(n) < 40 \
                else [] if n == "40" else None
        with Served(page) as site:
            code, records, err = run(
                tmp, "crawl", "--scope", "any", "--sitemaps", "off",
                "--retry", "0", "--host-rate", "none", site.url + "/")
            assert code == 0, err
            kinds = [(r["error"] or {}).get("kind") for r in records]
            assert kinds == [None] * 41 + ["robots"] * 300, \
                (len(kinds), kinds.index("robots"))
            assert bad.server.asked == ["/robots.txt"], bad.server.asked


@test
def crawls_of_the_version_before_are_continued(tmp):
    """The version before had other digests of texts: what it knows as a host's
    answer for URLs that do not exist equals no text of this version."""
    names = ["/"] + ["/%s" % (chr(ord("a") + i) * 3) for i in range(12)]
    following = dict(zip(names, names[1:] + ["/"]))

    def page(path):
        text = "start" if path == "/" else "Nothing was found here."
        return 200, HTML, "<p>%s</p><a href='%s'></a>" % (
            text, following.get(path, "/"))

    with Served(page) as site:
        def probes():
            return [p for p in site.asked() if p not in names]
        resumed(tmp, "--no-robots", "--sitemaps", "off", "--max-pages", "3",
                site.url + "/")
        change_state(tmp, "INSERT INTO texts (host, whole, simhash)"
                     " VALUES ('127.0.0.1', 4711, 17)")
        change_state(tmp, "PRAGMA user_version = 5")
        code, _, err = status(tmp, state="state")
        assert code == 0, err
        assert not probes(), site.asked()
        resumed(tmp, "--no-robots", "--sitemaps", "off", site.url + "/")
        assert len(probes()) == 1, site.asked()
        urls = [r["url"] for r in records_of(tmp)]
        # After the probe, links of pages like its answer are not followed.
        assert urls == [site.url + n for n in names[:len(urls)]], urls
        assert 6 <= len(urls) < len(names), urls
    db = sqlite3.connect(os.path.join(tmp, "state", "crawl.db"))
    assert db.execute("PRAGMA user_version").fetchone() == (6,)
    assert db.execute("SELECT count(*) FROM texts WHERE whole = 4711"
                      ).fetchone() == (0,)
    db.close()
