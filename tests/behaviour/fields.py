"""Tests of the field coverage (fields that are found on no page), in every
mode. A part of tests/behaviour/run."""
import json
import os
import signal
import xml.etree.ElementTree as xml

import harness
from __main__ import REFUSED, behaviour, finish, has_ended, run, start, test
from compare import compare
from reports import MODES, read_summary

BOOK = ('reply 200 text/html\nbody "<article><h1>One</h1><a href=/x>x</a>'
        '</article><article><h1>Two</h1><p>2</p></article>"\n')
PLAIN = 'reply 200 text/html\nbody "<p>nothing here</p>"\n'
API = ('reply 200 application/json\n'
       'body "{\\"price\\":null,\\"items\\":[{\\"name\\":\\"a\\"}]}"\n')


def write(tmp, name, text):
    with open(os.path.join(tmp, name), "w") as f:
        f.write(text)


def warnings(tmp, *args, lines=(), code=0):
    """Returns the messages of a run, without their "scrape: "."""
    ended, _, err = run(tmp, *args, lines=lines)
    assert ended == code, (args, ended, err)
    said = err.splitlines()
    assert all(line.startswith("scrape: ") for line in said), err
    return [line[len("scrape: "):] for line in said]


@test
def field_never_found_is_named_once_in_every_mode(tmp):
    behaviour(tmp, "book", BOOK)
    args = ("--select", "price=.pirce", "--select", "name=h1", "--xpath",
            "all[]=//pirce", "--xpath", "text=string(//pirce)", "--select",
            "once=p", "--summary", "s.json")
    with harness.Server(tmp) as server:
        lines = [server.url("book?%d" % i) for i in range(5)]
        for mode in MODES:
            mode = ("--mode", mode)
            said = warnings(tmp, *mode, *args, lines=lines)
            assert said == [
                "--select price: found in none of 5 responses",
                "--xpath all[]: found in none of 5 responses",
                "--xpath text: found in none of 5 responses"], (mode, said)
            fields = read_summary(tmp)["fields"]
            assert list(fields.items()) == [
                (name, {"found": found, "of": 5}) for name, found in
                (("price", 0), ("name", 5), ("all", 0), ("text", 0),
                 ("once", 5))], (mode, fields)
            assert "each" not in read_summary(tmp)
            assert not warnings(tmp, "-s", *mode, *args, lines=lines)
            said = warnings(tmp, *mode, *args, lines=lines[:1])
            assert said[0] == ("--select price: found in none of 1 "
                               "response"), said


@test
def field_found_once_is_not_named(tmp):
    behaviour(tmp, "book", BOOK)
    behaviour(tmp, "plain", PLAIN)
    with harness.Server(tmp) as server:
        lines = [server.url("plain?%d" % i) for i in range(9)]
        lines.insert(5, server.url("book"))
        for mode in MODES:
            said = warnings(tmp, "--mode", mode, "--select", "name=h1",
                            "--select", "links[]=a::attr(href)", "--summary",
                            "s.json", lines=lines)
            assert not said, (mode, said)
            once = {"found": 1, "of": 10}
            assert read_summary(tmp)["fields"] == {"name": once,
                                                   "links": once}, mode


@test
def field_of_each_is_found_if_one_item_has_it(tmp):
    behaviour(tmp, "book", BOOK)
    behaviour(tmp, "plain", PLAIN)
    fields = ("--select", "name=h1", "--select", "link=a::attr(href)",
              "--select", "price=.pirce", "--summary", "s.json")
    with harness.Server(tmp) as server:
        lines = [server.url(page) for page in ("plain", "book", "plain")]
        for mode in MODES:
            for items in ([], ["--items"]):
                args = ("--mode", mode, *items, *fields)
                said = warnings(tmp, "--each", "article", *args, lines=lines)
                assert said == ["--select price: found in none of 3 "
                                "responses"], (args, said)
                s = read_summary(tmp)
                once = {"found": 1, "of": 3}
                assert s["each"] == once, s["each"]
                assert s["fields"] == {"name": once, "link": once, "price": {
                    "found": 0, "of": 3}}, s["fields"]
                # Without an element no field can be found, so only --each is
                # named.
                said = warnings(tmp, "--each", "div.book", *args, lines=lines)
                assert said == ["--each div.book: found in none of 3 "
                                "responses"], (args, said)
                assert read_summary(tmp)["each"] == {"found": 0, "of": 3}


@test
def fields_of_a_file_are_named_with_the_file(tmp):
    behaviour(tmp, "book", BOOK)
    write(tmp, "shop.json", json.dumps({"fields": {
        "price": {"select": ".pirce", "default": 0},
        "pages": {"select": ".pages", "required": True},
        "digits": {"select": "h1", "regex": "[0-9]+"},
        "books": {"each": "article", "fields": {"name": "h1", "no": ".no"}},
        "shelf": {"select": "nav", "fields": {"name": "a"}}}}))
    write(tmp, "each.json", json.dumps(
        {"each": "section", "items": True, "fields": {"name": "h1"}}))
    with harness.Server(tmp) as server:
        for mode in MODES:
            args = ("--mode", mode, "--extract", "shop.json", "--summary",
                    "s.json", server.url("book"))
            said = warnings(tmp, *args, "--select", "more=.more")
            assert said == [
                "--extract shop.json: fields.%s: found in none of 1 response"
                % name for name in ("price", "pages", "digits", "shelf")
            ] + ["--select more: found in none of 1 response"], (mode, said)
            s = read_summary(tmp)
            assert list(s["fields"]) == ["price", "pages", "digits", "books",
                                         "shelf", "more"], s["fields"]
            assert s["fields"]["books"] == {"found": 1, "of": 1}
            said = warnings(tmp, "--mode", mode, "--extract", "each.json",
                            server.url("book"))
            assert said == ["--extract each.json: each: found in none of 1 "
                            "response"], (mode, said)


@test
def null_from_jq_counts_as_not_found(tmp):
    behaviour(tmp, "api", API)
    behaviour(tmp, "book", BOOK)
    args = ("--jq", "price=.price", "--jq", "typo[]=.items[].nmae", "--jq",
            "name[]=.items[].name", "--select", "title=h1", "--select",
            "css=items", "--summary", "s.json")
    with harness.Server(tmp) as server:
        for mode in MODES:
            said = warnings(tmp, "--mode", mode, *args, server.url("api"),
                            server.url("book"))
            # The page of another type counts, too.
            assert said == ["--jq price: found in none of 2 responses",
                            "--jq typo[]: found in none of 2 responses",
                            "--select css: found in none of 2 responses"
                            ], (mode, said)
            found = read_summary(tmp)["fields"]
            assert found["name"] == found["title"] == {"found": 1, "of": 2}


@test
def failed_responses_do_not_count_for_fields(tmp):
    behaviour(tmp, "missing", BOOK.replace("200", "404"))
    behaviour(tmp, "book", BOOK)
    behaviour(tmp, "empty", "reply 204 -\n")
    write(tmp, "list", "")
    field = ("--select", "price=.pirce", "--retry", "0", "--summary",
             "s.json")
    with harness.Server(tmp) as server:
        bad = [REFUSED, "not a url", server.url("missing"),
               server.url("empty")]
        for mode in MODES:
            args = ("--mode", mode, *field)
            assert not warnings(tmp, *args, lines=bad), mode
            assert read_summary(tmp)["fields"] == {
                "price": {"found": 0, "of": 0}}, mode
            assert warnings(tmp, *args, "list") == [
                "the list is empty: there was nothing to fetch"], mode
            assert warnings(tmp, *args, "-f", code=1,
                            lines=[server.url("missing")]) == [
                "the only request failed: the records say why"], mode
            said = warnings(tmp, *args, lines=bad + [server.url("book")])
            assert said == ["--select price: found in none of 1 response"
                            ], (mode, said)


@test
def fields_never_found_in_files_are_named(tmp):
    for i in range(3):
        write(tmp, "%d.html" % i, "<h1>One</h1>")
    write(tmp, "big.html", "<h1>One</h1>" * 1000)
    for mode in MODES:
        args = ("extract", "--mode", mode, "--max-filesize", "1000",
                "--select", "price=.pirce", "--select", "name=h1")
        said = warnings(tmp, *args, "--summary", "s.json", "--report",
                        "r.html", "0.html", "1.html", "2.html", "big.html")
        assert said == ["--select price: found in none of 3 files"
                        ], (mode, said)
        assert read_summary(tmp)["fields"] == {
            "price": {"found": 0, "of": 3}, "name": {"found": 3, "of": 3}}
        page = xml.parse(os.path.join(tmp, "r.html"))
        cells = ["".join(e.itertext()).strip() for e in page.iter()
                 if e.tag.rpartition("}")[2] in ("td", "th")]
        assert cells.count("name") == 1, cells
        at = cells.index("price")
        assert cells[at - 3:at + 6] == ["field", "found", "of", "price", "0",
                                        "3", "name", "3", "3"], cells
        assert not warnings(tmp, *args, "-s", "0.html"), mode


@test
def of_many_missing_fields_ten_are_named(tmp):
    write(tmp, "a.html", "<h1>One</h1>")
    for count in (10, 11, 500):
        fields = [word for i in range(count)
                  for word in ("--select", "f%d=.f%d" % (i, i))]
        said = warnings(tmp, "extract", "--mode", "fork", *fields,
                        "--summary", "s.json", "a.html")
        more = {10: [], 11: ["and 1 more field"],
                500: ["and 490 more fields"]}[count]
        assert said == ["--select f%d: found in none of 1 file" % i
                        for i in range(10)] + more, said
        assert len(read_summary(tmp)["fields"]) == count


def first_message(tmp, *args):
    """The first line on standard error, after which the program must still be
    running; the run is then interrupted. Returns all lines."""
    p = start(tmp, *args)
    try:
        first = p.stderr.readline().decode()
        assert p.poll() is None, first
        harness.send_signal(p, signal.SIGINT)
        harness.send_signal(p, signal.SIGINT)
        assert has_ended(p) and p.returncode == 130, p.returncode
        return (first + p.stderr.read().decode()).splitlines()
    finally:
        finish(p)


EARLY = ("scrape: --select price: found in none of the first 20 responses; "
         "if it is mistyped, Ctrl-C stops the run")


@test
def field_missing_in_20_responses_is_named_while_the_run_goes_on(tmp):
    behaviour(tmp, "book", BOOK)
    behaviour(tmp, "never", "sleep 3600000\nreply 200 text/html\n")
    fields = ("--select", "price=.pirce", "--select", "name=h1")
    with harness.Server(tmp) as server:
        write(tmp, "list", "".join(server.url("book?%d\n" % i)
                                   for i in range(20)) + server.url("never"))
        for mode in MODES:
            messages = first_message(tmp, "--mode", mode, "--max-time", "60",
                                     "--retry", "0", *fields, "list")
            assert messages[0] == EARLY, (mode, messages)
            assert sum("price" in x for x in messages) == 1, messages
            assert sum("name" in x for x in messages) == 0, messages


@test
def field_named_early_is_not_named_again(tmp):
    behaviour(tmp, "book", BOOK)
    with harness.Server(tmp) as server:
        lines = [server.url("book?%d" % i) for i in range(45)]
        for mode in MODES:
            args = ("--mode", mode, "--select", "price=.pirce", "--select",
                    "name=h1", "--jq", "json=.a")
            said = warnings(tmp, *args, lines=lines)
            # No page could have the field of the jq filter, so it is named at
            # the end.
            assert said == [EARLY[len("scrape: "):],
                            "--jq json: found in none of 45 responses"
                            ], (mode, said)
            assert not warnings(tmp, "-s", *args, lines=lines)
            said = warnings(tmp, *args, lines=lines[:19])
            assert said[0] == ("--select price: found in none of 19 "
                               "responses"), said


@test
def fields_wait_for_responses_that_could_have_them(tmp):
    behaviour(tmp, "book", BOOK)
    behaviour(tmp, "plain", PLAIN)
    behaviour(tmp, "api", API)
    with harness.Server(tmp) as server:
        plain = [server.url("plain?%d" % i) for i in range(25)]
        api = [server.url("api?%d" % i) for i in range(25)]
        book = [server.url("book?%d" % i) for i in range(25)]
        one = ("--mode", "serial")
        # After 25 pages, JSON: its field is found, and the other one is
        # missing in 20 of the JSON bodies.
        said = warnings(tmp, *one, "--jq", "name=.items[0].name", "--jq",
                        "id=.id", lines=plain + api)
        assert said == ["--jq id: found in none of the first 20 responses "
                        "that could have it; if it is mistyped, Ctrl-C stops "
                        "the run"], said
        # The fields inside --each wait for its first element.
        each = ("--each", "article", "--select", "name=h1", "--select",
                "price=.pirce")
        said = warnings(tmp, *one, *each, lines=plain + book)
        assert said == [
            "--each article: found in none of the first 20 responses; if it "
            "is mistyped, Ctrl-C stops the run",
            "--select price: found in none of the first 20 responses that "
            "could have it; if it is mistyped, Ctrl-C stops the run"], said
        said = warnings(tmp, *one, *each, lines=plain)
        assert len(said) == 1 and said[0].startswith("--each"), said


@test
def of_many_missing_fields_ten_are_named_early(tmp):
    for i in range(30):
        write(tmp, "%d.html" % i, "<h1>One</h1>")
    fields = [word for i in range(12)
              for word in ("--select", "f%d=.f%d" % (i, i))]
    for mode in MODES:
        said = warnings(tmp, "extract", "--mode", mode, *fields, "--jq",
                        "late=.a", *["%d.html" % i for i in range(30)])
        assert said == [
            "--select f%d: found in none of the first 20 files; if it is "
            "mistyped, Ctrl-C stops the run" % i for i in range(10)] + [
            "and 2 more fields", "and 1 more field"], (mode, said)


@test
def run_interrupted_before_any_response_names_no_field(tmp):
    p = start(tmp, "--select", "price=.pirce", stdin=-1)
    try:
        harness.wait_for_handler(p, signal.SIGINT)
        p.send_signal(signal.SIGINT)
        assert has_ended(p) and p.returncode == 130
        said = p.stderr.read().decode()
        assert "stopping" in said and "price" not in said, said
    finally:
        finish(p)


@test
def compare_names_a_missing_field_once(tmp):
    behaviour(tmp, "book", BOOK)
    with harness.Server(tmp) as server:
        out, err = compare(tmp, "--repeat", "2", "--select", "price=.pirce",
                           *[server.url("book?%d" % i) for i in range(3)])
    assert out
    assert err.count("found in none") == 1, err
    assert "scrape: --select price: found in none of 3 responses\n" in err
