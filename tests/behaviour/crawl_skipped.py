"""The links that `scrape crawl --skipped FILE` lists. A part of
tests/behaviour/run."""
import json
import os

from __main__ import run, start, test
from crawl import Served
from crawl_durability import Site, complete_lines, kill
from crawl_status import CRAWL, status
import harness


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
