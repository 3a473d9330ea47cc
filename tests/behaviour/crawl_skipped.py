"""The links that `scrape crawl --skipped FILE` lists. A part of
tests/behaviour/run."""
import contextlib
import json
import os
import shutil

from __main__ import run, start, test
from crawl import Served, tree
from crawl_durability import Site, complete_lines, kill
from crawl_status import CRAWL, status
import harness

HTML = {"Content-Type": "text/html"}


def clear(tmp):
    """Removes what an earlier crawl of the test has left."""
    shutil.rmtree(os.path.join(tmp, "d"), ignore_errors=True)
    for name in ("o.jsonl", "left"):
        with contextlib.suppress(FileNotFoundError):
            os.remove(os.path.join(tmp, name))


def lines_of(tmp, name="left"):
    with open(os.path.join(tmp, name), encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def counts_of(tmp):
    """The links left out by reason, as the state counts them."""
    code, out, _ = status(tmp, "--format", "json")
    return json.loads(out)["crawl"].get("skipped", {}) if not code else {}


@test
def list_of_links_left_out_takes_no_other_file(tmp):
    with Served({"/": ["http://other.example/"]}) as site:
        for option in ("--output", "--summary", "--report"):
            code, _, err = run(tmp, "crawl", "--skipped", "x", option, "x",
                               site.url + "/")
            assert code == 2 and option + " and --skipped are the same file" \
                in err, (code, err)
        code, _, err = run(tmp, "crawl", "--skipped", "none/x",
                           site.url + "/")
        assert code == 2 and "No such file" in err, (code, err)
        assert not os.listdir(tmp) and not site.server.asked


@test
def old_list_of_links_left_out_is_kept(tmp):
    with Served({"/": ["http://other.example/"]}) as site:
        with open(os.path.join(tmp, "left"), "w", encoding="utf-8") as f:
            f.write('{"url":"old"}\n')
        code, _, err = run(tmp, "crawl", "--skipped", "left", site.url + "/")
        assert code == 0 and "left~" in err, (code, err)
        assert "links left out: 1 scope\n" in err, err
        assert [r["url"] for r in lines_of(tmp, "left~")] == ["old"]
        assert [r["url"] for r in lines_of(tmp)] == ["http://other.example/"]


class Outward(Site):
    """Each page of a tree has a link of its own to another site."""

    def answer(self, path):
        code, headers, text = super().answer(path)
        return code, headers, text + \
            "<a href='http://other.example%s'>x</a>" % path


@test
def killed_crawl_has_listed_each_link_that_its_state_counts(tmp):
    with Outward(200) as site:
        site.allow(40)
        p = start(tmp, *CRAWL, "--skipped", "left", "--no-robots",
                  "--sitemaps", "off", "--host-rate", "none",
                  site.url + "/p0")
        harness.wait_until(lambda: counts_of(tmp).get("scope") == 40,
                           "the links of 40 pages are counted")
        kill(p, site)
        with open(os.path.join(tmp, "left"), "rb") as f:
            assert len(complete_lines(f.read())) == 40


def check_listed_once(tmp, counts):
    """Each URL is in the list once, and the counts are those of the list."""
    found = lines_of(tmp)
    urls = [line["url"] for line in found]
    assert len(set(urls)) == len(urls), sorted(urls)
    listed = {}
    for line in found:
        listed[line["reason"]] = listed.get(line["reason"], 0) + 1
    assert counts == listed, (counts, listed)


@test
def url_left_out_on_many_pages_is_listed_and_counted_once(tmp):
    text = "<a href=/private rel=nofollow>x</a><a href=/deep>x</a>"
    pages = {"/%d" % i: (200, HTML, text + str(i)) for i in range(9)}
    with Served(pages) as site:
        seeds = [site.url + path for path in pages]
        code, _, err = run(tmp, *CRAWL, "-l", "0", "--skipped", "left", *seeds)
    assert code == 0, err
    assert "left out: 1 level, 1 nofollow" in err, err
    assert counts_of(tmp) == {"level": 1, "nofollow": 1}
    check_listed_once(tmp, counts_of(tmp))


@test
def resumed_crawl_does_not_list_and_count_again(tmp):
    """All pages have the same links to be left out, and one of their own."""
    pages = tree(40)

    def page(path):
        hrefs = pages(path)
        return hrefs and (200, HTML, "".join(
            "<a %s>x</a>" % href for href in
            ["href=" + h for h in hrefs] +
            ["href=/private rel=nofollow", "href=mailto:x@y",
             "href=http://other.example/", "href=http://other.example" + path]))
    for options, times in ((["--skipped", "left"], 1), ([], 3)):
        clear(tmp)
        with Served(page) as site:
            for i, most in enumerate(("5", "20", "100")):
                code, _, err = run(tmp, *CRAWL, *options, "--max-pages", most,
                                   *(["--resume"] if i else []),
                                   site.url + "/p0")
                assert code == 0, err
        assert counts_of(tmp) == {"scope": 40 + times, "scheme": times,
                                  "nofollow": times}, counts_of(tmp)
        if options:
            check_listed_once(tmp, counts_of(tmp))


@test
def lines_of_a_killed_crawl_are_counted_and_its_last_one_is_mended(tmp):
    """A kill leaves lines that no commit has counted, and half a line."""
    def out(i):
        return '{"url":"http://other.example/p%d","via":"x",' \
            '"reason":"scope"}\n' % i
    for end in (out(38)[:3], out(38)[:30], out(38)[:-1], "foreign"):
        with Outward(40) as site:
            clear(tmp)
            crawl = (*CRAWL, "--skipped", "left", site.url + "/p0")
            run(tmp, *crawl, "--max-pages", "5")
            with open(os.path.join(tmp, "left"), "a", encoding="utf-8") as f:
                f.write(out(39) + end)
            code, _, err = run(tmp, *crawl, "--resume")
            assert code == 0, err
        if end == "foreign":
            with open(os.path.join(tmp, "left"), encoding="utf-8") as f:
                assert "\nforeign\n" in f.read()
        else:
            check_listed_once(tmp, counts_of(tmp))
            assert counts_of(tmp) == {"scope": 40}
