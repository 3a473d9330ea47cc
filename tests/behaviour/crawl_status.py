"""What a crawl tells about itself: progress, summary, --status. A part of
tests/behaviour/run."""
import json
import os
import xml.etree.ElementTree as xml

from __main__ import run, test
from crawl import Served, tree


def read_json(tmp, name):
    with open(os.path.join(tmp, name), encoding="utf-8") as f:
        return json.load(f)


@test
def summary_says_what_a_host_waited_for_and_what_its_robots_say(tmp):
    pages = tree(4)
    refused = []

    def page(path):
        if path == "/robots.txt":
            return 200, {}, "User-agent: *\nCrawl-delay: 0.2\n"
        if path == "/p2" and not refused:
            refused.append(path)
            return 429, {"Retry-After": "1"}, ""
        return pages(path)
    with Served(page) as site:
        code, records, err = run(tmp, "crawl", "--summary", "s.json",
                                 "--report", "r.html", site.url + "/p0")
    assert code == 0 and len(records) == 4, (code, err)
    host, = read_json(tmp, "s.json")["hosts"]
    assert host["host"] == "127.0.0.1" and host["requests"] == 4, host
    assert host["robots"] == "rules", host
    held = host["held"]
    # Four pages and one retry, 0.2 s apart; one of the gaps is the pause.
    assert 0.5 < held["robots"] < 20 and "rate" not in held, held
    assert 0.7 < held["429"] < 20, held
    text = "".join(xml.parse(os.path.join(tmp, "r.html")).getroot()
                   .itertext())
    assert "has rules" in text and "(robots)" in text and "(429)" in text


@test
def summary_says_which_robots_files_there_are_not(tmp):
    rows = (((404, {}, ""), [], "none"), ((200, {}, "#"), [], "allows_all"),
            ((500, {}, ""), [], "unreachable"),
            ((500, {}, ""), ["--no-robots"], None))
    for answer, options, wanted in rows:
        with Served({"/robots.txt": answer, "/": []}) as site:
            run(tmp, "crawl", "--retry", "0", "--summary", "s.json", *options,
                site.url)
        host, = read_json(tmp, "s.json")["hosts"]
        assert host["robots"] == wanted, (host, wanted)
