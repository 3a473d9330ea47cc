"""Tests of --summary and --report, in every mode. A part of
tests/behaviour/run."""
import json
import os
import xml.etree.ElementTree as xml

import harness
from __main__ import REFUSED, behaviour, run, test

MODES = harness.MODES
PAGE = ('sleep 20\nreply 200 text/html\nbody "<title>x</title>"\n'
        'body-repeat 20000 "<p>a <a href=b>c</a></p>"\n')


def read_summary(tmp, name="s.json"):
    with open(os.path.join(tmp, name)) as f:
        return json.load(f)


@test
def timeline_adds_up_to_the_phases_in_every_mode(tmp):
    behaviour(tmp, "page", PAGE)
    with harness.Server(tmp) as server:
        for mode in MODES:
            code, records, err = run(
                tmp, "--mode", mode, "--links", "--retry", "0", "--summary",
                "s.json", "--report", "r.html",
                lines=[server.url("page?%d" % i) for i in range(30)]
                + [REFUSED])
            assert code == 0 and not err, (mode, code, err)
            s = read_summary(tmp)
            t = s["timeline"]
            for name, averages in zip(t["phases"], t["in_flight"]):
                area = sum(averages) * t["step"]
                assert abs(area - s["phases"][name]) < .002 * len(averages), (
                    mode, name, area, s["phases"])
            assert sum(t["finished"]) == 31 and sum(t["errors"]) == 1
            assert s["phases"]["parse"] > 0, mode
            assert s["phases"]["first_byte"] >= 30 * .015, mode
            assert s["phases"]["wait"] >= sum(
                r["time"]["wait"] for r in records) * .99, mode
            assert sum(n for _, n in s["distribution"]) == 30
            assert len(s["slowest"]) == 10
            tree = xml.parse(os.path.join(tmp, "r.html"))
            assert len(tree.findall(".//figure")) >= 5, mode


@test
def records_that_wait_for_an_older_one_are_in_the_output(tmp):
    small = 'reply 200 text/html\nbody "<title>x</title>"\n'
    behaviour(tmp, "slow", "sleep 1000\n" + small)
    behaviour(tmp, "page", small)
    with harness.Server(tmp) as server:
        for mode in MODES[:3]:
            for ordered in ([], ["--ordered"]):
                code, _, err = run(
                    tmp, "--mode", mode, "--summary", "s.json", "--report",
                    "r.html", *ordered, lines=[server.url("slow")]
                    + [server.url("page?%d" % i) for i in range(20)])
                assert code == 0 and not err, (mode, code, err)
                output = read_summary(tmp)["phases"]["output"]
                if ordered:
                    assert output > 20 * .3, (mode, output)
                else:
                    assert 0 < output < 20 * .3, (mode, output)
                with open(os.path.join(tmp, "r.html")) as f:
                    assert "Requests and records that wait" in f.read()


@test
def report_begins_with_command_broken_urls_redirects_and_the_slowest(tmp):
    behaviour(tmp, "page", 'reply 200 text/html\nbody "x"\n')
    behaviour(tmp, "gone", 'reply 404 text/html\nbody "x"\n')
    behaviour(tmp, "moved", "reply 301 text/html\nheader Location: /page\n")
    with harness.Server(tmp) as server:
        urls = [server.url(p) for p in
                ("page", "gone?b", "moved", "gone?a&token=s3cret-t0ken")]
        for mode in MODES:
            code, records, err = run(
                tmp, "--mode", mode, "--retry", "0", "--report", "r.html",
                "-H", "Authorization: Bearer t0p-s3cret",
                lines=urls + [REFUSED])
            assert code == 0 and len(records) == 5 and not err, (code, err)
            with open(os.path.join(tmp, "r.html")) as f:
                text = f.read()
            assert "s3cret" not in text
            page = xml.fromstring(text)
            assert [h.text for h in page.iter("h2")] == [
                "Broken", "Redirects", "Slowest", "Details of the run",
                "Where the time went"]
            assert page.find(".//h1").text == "Report on standard input"
            command = "".join(page.find(".//p/code").itertext())
            assert command.startswith("scrape --mode %s " % mode), command
            rows = {table.find("caption").text.split(":")[0]:
                    ["".join(row.itertext()) for row in table.iter("tr")][1:]
                    for table in page.iter("table")}
            shown = [u.replace("s3cret-t0ken", "***") for u in urls]
            assert rows["404 Not Found"] == [shown[1], shown[3]], rows
            assert len(rows["No connection to the server (connect)"]) == 1
            assert rows["Redirected"] == [shown[2] + "301" + shown[0]], rows
            assert len(rows["Requests that took longest"]) == 5


@test
def report_of_a_crawl_has_the_redirects_that_are_pages_of_their_own(tmp):
    behaviour(tmp, "a", 'reply 200 text/html\n'
              'body "<a href=/moved>x</a><a href=/b>x</a>"\n')
    behaviour(tmp, "b", 'reply 200 text/html\nbody "x"\n')
    behaviour(tmp, "moved", "reply 301 text/html\nheader Location: /b\n")
    with harness.Server(tmp) as server:
        code, _, err = run(tmp, "crawl", "--sitemaps", "off", "--max-pages",
                           "3", "--state", "state", "--report", "r.html",
                           "-o", "out", "--host-rate", "none",
                           server.url("a"))
        assert code == 0, err
        with open(os.path.join(tmp, "r.html")) as f:
            page = xml.fromstring(f.read())
        assert page.find(".//h1").text == "Crawl of " + server.url("a")
        row, = [r for r in page.iter("tr") if
                [c.tag for c in r] == ["th", "td", "td", "td"] and
                "moved" in "".join(r[0].itertext())]
        assert ["".join(c.itertext()) for c in row] == [
            server.url("moved"), "301", server.url("b"), server.url("a")]


@test
def report_and_summary_of_a_crawl_say_which_page_has_a_broken_link(tmp):
    behaviour(tmp, "a", 'reply 200 text/html\n'
              'body "<a href=/b?token=s3cret-t0ken>x</a>"\n')
    behaviour(tmp, "b", 'reply 200 text/html\nbody "<a href=/gone>x</a>"\n')
    with harness.Server(tmp) as server:
        code, _, err = run(tmp, "crawl", "--sitemaps", "off", "--report",
                           "r.html", "--summary", "s.json", "--host-rate",
                           "none", server.url("a"), server.url("lost"))
        assert code == 0, err
        shown = server.url("b?token=***")
        gone = {"url": server.url("gone"), "via": shown, "message": None}
        lost = {"url": server.url("lost"), "via": None, "message": None}
        summary = read_summary(tmp)
        assert [(g["status"], g["error"], g["count"], sorted(
            g["requests"], key=str)) for g in summary["broken"]] == [
            (404, None, 2, sorted([lost, gone], key=str))], summary
        assert summary["redirected"] == {"count": 0, "requests": []}, summary
        with open(os.path.join(tmp, "r.html")) as f:
            text = f.read()
        assert "s3cret" not in text and "--resume" not in text
        rows = [["".join(c.itertext()) for c in r]
                for r in xml.fromstring(text).iter("tr")]
        assert ["URL", "linked from"] in rows
        assert [gone["url"], shown] in rows and [lost["url"], ""] in rows, rows
        # A list has no such pages, and says what a resumed run covers.
        code, _, err = run(tmp, "-o", "out", "--resume", "--report", "r.html",
                           server.url("lost"))
    with open(os.path.join(tmp, "r.html")) as f:
        text = f.read()
    assert code == 0 and "covers the requests of this run only" in text, err
    assert "linked from" not in text


@test
def a_report_lists_a_thousand_broken_urls_and_some_of_each_group(tmp):
    behaviour(tmp, "gone", 'reply 404 text/html\nbody "x"\n')
    behaviour(tmp, "late", 'reply 500 text/html\nbody "x"\n')
    with harness.Server(tmp) as server:
        code, _, _ = run(
            tmp, "-P", "1", "--retry", "0", "--report", "r.html",
            "--host-rate", "none",
            lines=[server.url("gone?%d" % i) for i in range(1005)]
            + [server.url("late?%d" % i) for i in range(25)])
    page = xml.parse(os.path.join(tmp, "r.html"))
    captions = [c.text for c in page.iter("caption")]
    assert code == 0 and captions[:2] == [
        "404 Not Found: 1,005 requests, of which 1,000 are listed",
        "500 Internal Server Error: 25 requests, of which 20 are listed"], (
            captions)


@test
def cpu_time_of_fork_includes_child_processes(tmp):
    """Twenty pages of half a megabyte are parsed by child processes only."""
    behaviour(tmp, "page", PAGE.replace("sleep 20\n", ""))
    used = {}
    with harness.Server(tmp) as server:
        for mode in ("serial", "fork"):
            code, _, _ = run(tmp, "--mode", mode, "--links", "--summary",
                             "s.json", lines=[server.url("page?%d" % i)
                                              for i in range(20)])
            assert code == 0
            s = read_summary(tmp)
            used[mode] = s["cpu"]["user"]
            assert s["peak_memory"] > 1 << 20
    assert used["fork"] >= .5 * used["serial"], used


@test
def files_have_a_report_too(tmp):
    for i in range(3):
        with open(os.path.join(tmp, "%d.html" % i), "w") as f:
            f.write("<title>x</title>" + "<p>text</p>" * 5000)
    code, records, err = run(tmp, "extract", "--summary", "s.json",
                             "--report", "r.html", "0.html", "1.html",
                             "2.html")
    assert code == 0 and len(records) == 3, (code, err)
    s = read_summary(tmp)
    assert s["phases"]["parse"] > 0 and s["phases"]["body"] == 0, s["phases"]
    assert "hosts" not in s
    assert xml.parse(os.path.join(tmp, "r.html")).findall(".//figure")


@test
def report_that_cannot_be_written_is_an_error(tmp):
    code, records, err = run(tmp, "--retry", "0", "--report", "/dev/full",
                             lines=[REFUSED])
    assert code == 3 and len(records) == 1
    assert err == ("scrape: the report could not be written to /dev/full: "
                   "No space left on device\n"), err
    code, records, err = run(tmp, "--report", "no/where", lines=[REFUSED])
    assert code == 2 and not records
    assert "--report \"no/where\" cannot be written" in err, err
