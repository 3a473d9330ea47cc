"""Roles of pages of `scrape crawl`: lists and the pages behind them. A part of
tests/behaviour/run."""
import collections
import csv
import json
import os
import random
import signal
import sqlite3
import time

from __main__ import finish, run, start, test
from crawl import MODES, Served, records_of
import harness

HTML = {"Content-Type": "text/html"}
NAV = "<nav>" + "".join("<a href='/c/%d'>c</a>" % i for i in range(3)) + \
    "<a href='/about'>about</a></nav>"


def html(body):
    return 200, HTML, "<title>t</title>" + NAV + body


def shop(items=30, per_page=5):
    """Returns a site with three categories of items, in pages. The first page,
    and the last one of each category, have no items."""
    def page(path):
        parts = path.split("/")
        if path == "/":
            return html("<p>Welcome</p>")
        if parts[1] == "item":
            n = int(parts[2])
            if n == 7:
                return 404, HTML, "<h1>Gone</h1>"
            # Its links are not followed: the role has no selector.
            return html("<h1>Item %d</h1><b class=price>own %d</b>"
                        "<a href='/item/%d'>related</a>" % (n, n, n + 1000))
        if parts[1] != "c":
            return html("<h1>About</h1>")
        kind, number = int(parts[2]), int(parts[3]) if parts[3:] else 0
        mine = range(kind, items, 3)[number * per_page:][:per_page]
        cards = "".join(
            "<div class=card><i>%d.00 &euro;</i><a href='/item/%d'>x</a>"
            "</div>" % (n, n) for n in mine)
        more = "<a class=next href='/c/%d/%d'>next</a>" % (kind, number + 1)
        return html("<h2>kind %d</h2>%s%s" % (kind, cards,
                                              more if cards else ""))
    return page


PAGES = {"pages": {
    "home": {"follow": {"list": "nav a[href^='/c/']"}},
    "list": {"each": ".card", "fields": {"cost": "i", "title": "a"},
             "follow": {"detail": "a::attr(href)", "list": "a.next"},
             "carry": ["cost", "title"]},
    "detail": {"fields": {"title": "h1", "price": "b"}}}}


def write(tmp, name, value):
    with open(os.path.join(tmp, name), "w", encoding="utf-8") as f:
        json.dump(value, f)
    return name


def by_path(site, records):
    found = {r["url"][len(site.url):]: r for r in records}
    assert len(found) == len(records), "a page has several records"
    return found


def check_shop(site, found, items=30):
    wanted = ["/item/%d" % n for n in range(items)]
    details = [p for p, r in found.items() if r["role"] == "detail"]
    assert sorted(details) == sorted(wanted), sorted(details)
    for n in range(items):
        r = found["/item/%d" % n]
        title, price = ("Gone", None) if n == 7 else \
            ("Item %d" % n, "own %d" % n)
        # A field of its own replaces a carried one of the same name.
        assert r["data"] == {"cost": "%d.00 \u20ac" % n, "title": title,
                             "price": price}, r
        assert list(r["data"]) == ["cost", "title", "price"], r


@test
def pages_of_a_list_carry_fields_to_the_pages_behind_them(tmp):
    with Served(shop()) as site:
        write(tmp, "shop.json", PAGES)
        for mode in MODES:
            site.server.asked.clear()
            code, records, err = run(tmp, "crawl", "--mode", mode, "--extract",
                                     "shop.json", "--summary", "run.json",
                                     site.url + "/")
            assert code == 0 and not err, (code, err)
            found = by_path(site, records)
            check_shop(site, found)
            lists = sorted(p for p, r in found.items() if r["role"] == "list")
            assert lists == sorted(["/c/%d" % i for i in range(3)] +
                                   ["/c/%d/%d" % (i, n) for i in range(3)
                                    for n in (1, 2)]), lists
            assert found["/"]["role"] == "home", found["/"]
            assert "data" not in found["/"], found["/"]
            assert found["/c/0"]["data"][1] == {"cost": "3.00 \u20ac",
                                                "title": "x"}
            assert found["/c/0/2"]["data"] == [], found["/c/0/2"]
            assert "/about" not in site.asked() and len(found) == 40
            assert "/sitemap.xml" not in site.asked()
            with open(os.path.join(tmp, "run.json")) as f:
                roles = json.load(f)["roles"]
            assert roles["detail"]["requests"] == 30, roles
            assert roles["detail"]["ok"] == 29, roles
            assert roles["list"]["each"] == {"found": 6, "of": 9}, roles


@test
def rows_of_chosen_roles_are_written_alone(tmp):
    with Served(shop()) as site:
        write(tmp, "shop.json", PAGES)
        for mode in MODES:
            code, records, err = run(
                tmp, "crawl", "--mode", mode, "--extract", "shop.json",
                "--rows", "detail", "--summary", "run.json", site.url + "/")
            assert code == 0, err
            assert len(records) == 30
            check_shop(site, by_path(site, records))
            with open(os.path.join(tmp, "run.json")) as f:
                summary = json.load(f)
            assert summary["rows"] == 30 and summary["requests"] == 40
        code, records, err = run(tmp, "crawl", "--extract", "shop.json",
                                 "--rows", "home,list", site.url + "/")
        assert code == 0 and len(records) == 10, (code, err)


@test
def map_of_roles_requests_only_pages_whose_links_are_followed(tmp):
    pages = shop()

    def page(path):
        return (302, {"Location": "/c/0"}, "") if path == "/c/2" \
            else pages(path)

    with Served(page) as site:
        write(tmp, "shop.json", PAGES)
        for mode in MODES:
            site.server.asked.clear()
            code, records, err = run(tmp, "crawl", "--mode", mode, "--map",
                                     "--extract", "shop.json", "--rows",
                                     "detail", site.url + "/")
            assert code == 0, err
            found = by_path(site, records)
            assert sorted(found) == sorted(
                "/item/%d" % n for n in range(30) if n % 3 < 2), sorted(found)
            assert all(r["role"] == "detail" for r in records)
            assert not [p for p in site.asked() if p.startswith("/item/")]


@test
def lists_that_fail_are_named_where_they_have_no_rows(tmp):
    pages = {"/": ["/list1?token=s3cret", "/list2", "/item"],
             "/list1?token=s3cret": (503, {}, ""), "/list2": (404, {}, ""),
             "/item": (404, {}, "")}
    args = ("crawl", "--retry", "0", "--follow", "list=a[href*=list]",
            "--follow", "item=a[href*=item]")
    with Served(pages) as site:
        code, records, err = run(tmp, *args, "--rows", "item", site.url + "/")
        assert code == 0 and site.paths(records) == ["/item"], records
        assert "pages of roles without rows that failed: 2, for example " + \
            site.url in err and "s3cret" not in err, err
        code, records, err = run(tmp, *args, site.url + "/")
        assert len(records) == 4 and not err, err


@test
def tables_have_the_fields_of_all_roles_with_rows(tmp):
    with Served(shop()) as site:
        write(tmp, "shop.json", PAGES)
        for rows, columns in (
                ("detail", "url status error cost title price level via role lastmod duplicate_of"),
                ("home", None),
                ("list", "url status error data level via role lastmod duplicate_of"),
                ("list,detail", "url status error cost title price data level "
                                "via role lastmod duplicate_of")):
            p = start(tmp, "crawl", "--extract", "shop.json", "--format",
                      "csv", "--rows", rows, site.url + "/")
            out, err = p.communicate()
            assert p.returncode == 0, err
            table = list(csv.DictReader(out.decode().splitlines()))
            if columns:
                assert list(table[0]) == columns.split(), table[0]
            for row in table:
                if row["role"] == "detail":
                    n = row["url"].split("/")[-1]
                    assert row["cost"] == n + ".00 \u20ac", row
        p = start(tmp, "crawl", "--extract", "shop.json", "--format", "sqlite",
                  "-o", "shop.db", "--rows", "detail", "--columns",
                  "url,cost,data.title", site.url + "/")
        assert p.wait(harness.HANG) == 0, p.stderr.read()
        finish(p)
        with sqlite3.connect(os.path.join(tmp, "shop.db")) as db:
            assert db.execute("select count(*), count(cost) from records"
                              ).fetchone() == (30, 30)


@test
def selectors_choose_the_links_that_are_followed(tmp):
    pages = {
        "/": (200, dict(HTML, Link="</no>; rel=next"), "<ul><li><a href=/1>1</a><li><b><a href=/2>2</a></b></ul>"
                  "<a rel=next href=/next>n</a><a href=/3>3</a>"
                  "<div data-url=/4></div><link rel=next href=/5>"
                  "<iframe src=/6></iframe><a class=no rel=nofollow "
                  "href=/no>n</a><template><a href=/7>7</a></template>"
                  "<u>/8</u><em> </em><ul></ul>"),
        "/feed": (200, {"Content-Type": "application/rss+xml"},
                  "<rss><channel><item><link>/1</link></item>"
                  "<item><link href='/2'/><enclosure url='/3'/></item>"
                  "</channel></rss>"),
    }
    rows = (
        ("/", ["ul"], {"/1": None, "/2": None}),
        ("/", ["li > a"], {"/1": None}),
        ("/", ["a[rel=next]"], {"/next": None}),
        ("/", ["more=a[rel=next]", "x-1=ul a"],
         {"/next": "more", "/1": "x-1", "/2": "x-1"}),
        # The first selector that finds a link gives it its role.
        ("/", ["a=li > a", "b=ul, ul a"], {"/1": "a", "/2": "b"}),
        ("/", ["[data-url]::attr(data-url)"], {"/4": None}),
        ("/", ["[data-url]::attr(DATA-URL)::url"], {"/4": None}),
        ("/", ["link, iframe"], {"/5": None, "/6": None}),
        ("/", ["template a, .no", "em::text"], {}),
        ("/", ["r=u::text"], {"/8": "r"}),
        ("/feed", ["item > link"], {"/1": None, "/2": None}),
        ("/feed", ["f=enclosure::attr(url)", "link::text"],
         {"/3": "f", "/1": None}),
    )
    with Served(lambda path: pages.get(path, html(""))) as site:
        for mode in MODES:
            for path, selectors, wanted in rows:
                options = [o for s in selectors for o in ("--follow", s)]
                code, records, err = run(tmp, "crawl", "--mode", mode,
                                         *options, site.url + path)
                assert code == 0, err
                found = by_path(site, records)
                assert found.pop(path)["role"] is None
                roles = {p: r["role"] for p, r in found.items()}
                assert roles == wanted, (selectors, roles)


@test
def selectors_of_all_pages_go_with_fields_of_all_pages(tmp):
    with Served(shop()) as site:
        for mode in MODES:
            code, records, err = run(
                tmp, "crawl", "--mode", mode, "--follow", "list=nav a, a.next",
                "--follow", "item=.card a", "--rows", "item", "--select",
                "title=h1", site.url + "/c/0")
            assert code == 0, err
            found = by_path(site, records)
            # Items have the navigation, too, but no further items.
            assert sorted(found) == sorted("/item/%d" % n for n in range(30))
            assert found["/item/3"]["data"] == {"title": "Item 3"}


@test
def fields_are_carried_over_several_levels(tmp):
    def page(path):
        depth = path.count("/")
        body = "<h1>%s</h1><p>%s</p>" % (path, path)
        if path == "/":
            return html(body + "<a href=/a>a</a>")
        if depth < 4:
            body += "<a href='%s/x'>x</a><a href='%s/y'>y</a>" % (path, path)
        return html(body)

    spec = {"pages": {
        "one": {"fields": {"top": "p", "deep": {
            "select": "body", "fields": {"t[]": "h1"}}, "left": "h1"},
            "follow": {"two": "h1 ~ a"}, "carry": ["top", "deep", "left"]},
        "two": {"fields": {"mid": "p"}, "carry": ["mid", "top"],
                "follow": {"three": "h1 ~ a"}},
        # Without fields of its own.
        "three": {"carry": ["top", "mid"], "follow": {"four": "h1 ~ a"}},
        "four": {"each": "h1", "items": True, "fields": {"last": "::text"},
                 "follow": {"four": "h1 ~ a"}, "carry": ["mid", "last"]}}}
    with Served(page) as site:
        write(tmp, "deep.json", spec)
        for mode in MODES:
            code, records, err = run(tmp, "crawl", "--mode", mode, "--extract",
                                     "deep.json", site.url + "/")
            assert code == 0, err
            data = {r["url"][len(site.url):]: r["data"] for r in records}
            assert data["/a"] == {"top": "/", "deep": {"t": ["/"]},
                                  "left": "/", "mid": "/a"}, data["/a"]
            assert data["/a/x"] == {"mid": "/a", "top": "/"}, data["/a/x"]
            assert data["/a/y/x"] == {"top": "/", "mid": "/a",
                                      "last": "/a/y/x"}, data["/a/y/x"]
            # Outside of an item, only what was carried to the page goes on.
            assert data["/a/y/x/x"] == {"mid": "/a", "last": "/a/y/x/x"}
            line = [r for r in records if r["url"].endswith("/a/y/x")][0]
            assert line["role"] == "four" and line["item"] == 0, line


@test
def failed_pages_have_the_fields_that_were_carried_to_them(tmp):
    def page(path):
        if path == "/":
            return html("<div><i>1</i><a href='http://127.0.0.1:1/x'></a>"
                        "</div><div><i>2</i><a href=/json></a></div>"
                        "<div><i>3</i><a href=/bin></a></div>")
        return {"/json": (200, {"Content-Type": "application/json"}, "{..."),
                "/bin": (200, {"Content-Type": "image/png"}, "x")}.get(path)

    spec = {"pages": {
        "list": {"each": "div", "fields": {"n": "i"}, "carry": ["n"],
                 "follow": {"thing": "a"}},
        "thing": {"fields": {"title": "h1"}}}}
    with Served(page) as site:
        write(tmp, "spec.json", spec)
        for mode in MODES:
            code, records, err = run(
                tmp, "crawl", "--mode", mode, "--scope", "any", "--retry", "0",
                "--no-robots", "--extract", "spec.json", "--rows", "thing", site.url + "/")
            assert code == 0, err
            assert {r["url"].split("/")[-1]: r["data"]["n"] for r in records
                    } == {"x": "1", "json": "2", "bin": "3"}, records
            kinds = {r["url"].split("/")[-1]: r["error"] and
                     r["error"]["kind"] for r in records}
            assert kinds == {"x": "connect", "json": "parse", "bin": None}


@test
def roles_have_any_kind_of_field_and_survive_redirects_and_retries(tmp):
    turn = collections.Counter()

    def page(path):
        turn[path] += 1
        if path == "/":
            return html("<table>" + "".join(
                "<tr><td>No. %d<td><a href='/old/%d'>x</a>" % (n, n)
                for n in range(4)) + "</table><a href='/old/3'>x</a>")
        kind, _, n = path[1:].partition("/")
        if not n:
            return None
        if kind == "old":
            return 301, {"Location": "/api/" + n}, ""
        if turn[path] == 1:
            return 503, {"Retry-After": "0"}, ""
        return 200, {"Content-Type": "application/json"}, \
            '{"n": %s, "list": [{"k": 1}, {"k": 2}]}' % n

    spec = {"pages": {
        "table": {"each": "tr", "fields": {
            "no": {"xpath": "td[1]", "regex": r"\d+", "type": "integer"},
            "page": "meta:canonical"},
            # The second selector finds nothing new.
            "follow": {"thing": "a", "other": "table ~ a"},
            "carry": ["no"]},
        "thing": {"each_jq": ".list[]", "fields": {"k": ".k"}},
        "other": {"fields": {"n": {"jq": ".n"}}}}}
    with Served(page) as site:
        write(tmp, "spec.json", spec)
        for mode in MODES:
            turn.clear()
            code, records, err = run(
                tmp, "crawl", "--mode", mode, "--extract", "spec.json",
                "--rows", "thing,other", site.url + "/")
            assert code == 0, err
            assert sorted((r["url"][len(site.url):], r["role"], r["attempts"],
                           json.dumps(r["data"])) for r in records) == [
                ("/old/%d" % n, "thing", 2, json.dumps(
                    [{"no": n, "k": 1}, {"no": n, "k": 2}]))
                for n in range(4)], records


@test
def pages_behind_a_list_come_before_further_lists(tmp):
    with Served(shop(60)) as site:
        write(tmp, "shop.json", PAGES)
        code, records, err = run(tmp, "crawl", "--mode", "serial", "--extract",
                                 "shop.json", site.url + "/")
        assert code == 0, err
        waiting = 0
        for path in site.asked():
            if path.startswith("/item/"):
                waiting -= 1
                continue
            # All items of the lists before this one have been requested.
            assert waiting == 0, (path, waiting)
            n = len(by_path(site, records)[path].get("data", ""))
            waiting += n


@test
def fields_that_are_too_long_to_carry_are_left_out_with_a_message(tmp):
    blob = "y" * (1 << 20)

    def page(path):
        if path != "/":
            return html("<h1>x</h1>")
        return html("<p id=short>s</p><p id=blob>%s</p><p id=long>%s</p>%s" %
                    (blob, "z" * 15000, "".join(
                        "<a class=x href='/%d'></a>" % i
                        for i in range(5000))))

    spec = {"pages": {
        "list": {"fields": {"short": "#short", "blob": "#blob",
                            "long": "#long"},
                 "carry": ["short", "blob", "long"], "follow": {"x": ".x"}},
        "x": {"fields": {"h": "h1"}}}}
    with Served(page) as site:
        write(tmp, "spec.json", spec)
        for mode in ("async", "fork"):
            code, records, err = run(
                tmp, "crawl", "--mode", mode, "--extract", "spec.json",
                "--rows", "x", "--max-pages", "3", "--summary", "run.json",
                "--parse-timeout", "0", site.url + "/")
            assert code == 0 and len(records) == 2, (code, err)
            assert records[0]["data"] == {"short": "s", "long": "z" * 15000,
                                          "h": "x"}
            assert "/: the fields that its links carry are too long" in err
            assert "because they are too long: 5000" in err, err
            # All links are known, though 5,000 times 15 KB are over 64 MB.
            assert "3 pages are done, 4998 more are known" in err, err
            with open(os.path.join(tmp, "run.json")) as f:
                if not harness.SANITIZE:
                    assert json.load(f)["peak_memory"] < 200 << 20


@test
def killed_crawls_with_roles_continue(tmp):
    count = 150 if harness.SLOWER > 1 else 450
    chance = random.Random(3)
    with Served(shop(count)) as site:
        write(tmp, "shop.json", PAGES)
        args = ["crawl", "--state", "state", "--resume", "-o", "out.jsonl",
                "--extract", "shop.json", "--rows", "detail", "--host-rate",
                "none", "-P", "20", "--parallel-max-host", "20",
                site.url + "/"]
        kills = 0
        while True:
            p = start(tmp, *args)
            try:
                if kills < 4:
                    time.sleep((0.1 + chance.random() * 0.3) * harness.SLOWER)
                    p.kill()
                p.wait(harness.HANG)
            finally:
                err = p.stderr.read().decode()
                finish(p)
            if p.returncode != -signal.SIGKILL:
                break
            kills += 1
        assert p.returncode == 0, err
        records = records_of(tmp)
        assert len(records) == count, len(records)
        check_shop(site, by_path(site, records), count)

        # Other roles are not those of the state.
        before = len(site.asked())
        for pages in ({"home": {}, "list": {}},
                      {"list": {}, "home": {}, "detail": {}}):
            write(tmp, "shop.json", {"pages": pages})
            code, _, err = run(tmp, *args[:args.index("--rows")],
                               site.url + "/")
            assert code == 2 and "pages with other roles" in err, (code, err)
        code, _, err = run(tmp, *args[:args.index("--extract")],
                           site.url + "/")
        assert code == 2 and "pages with other roles" in err, (code, err)
        assert records_of(tmp) == records and len(site.asked()) == before


@test
def crawls_with_a_line_for_each_item_continue(tmp):
    spec = json.loads(json.dumps(PAGES))
    spec["pages"]["list"]["items"] = True
    with Served(shop()) as site:
        write(tmp, "shop.json", spec)
        args = ["crawl", "--state", "state", "--resume", "-o", "out.jsonl",
                "--extract", "shop.json", site.url + "/"]
        for mode, limit in zip(MODES, ("4", "17", "18", "1000")):
            code, _, err = run(tmp, *args, "--mode", mode, "--max-pages",
                               limit)
            assert code == 0, err
            # What a killed run would leave.
            with open(os.path.join(tmp, "out.jsonl"), "a") as f:
                f.write('{"index":3,"url":"x","item":0')
        run(tmp, *args)
        items = [r for r in records_of(tmp) if "item" in r]
        assert sorted(r["data"]["cost"] for r in items) == sorted(
            "%d.00 \u20ac" % n for n in range(30)), items
        assert all(r["role"] == "list" for r in items)
        check_shop(site, by_path(site, [r for r in records_of(tmp)
                                        if "item" not in r]))


@test
def mistakes_in_roles_are_named_with_their_place(tmp):
    two = {"a": {"fields": {"x": "p"}, "follow": {"b": "a"}}, "b": {}}

    def change(**members):
        return {"pages": dict(two, a=dict(two["a"], **members))}

    rows = (
        (change(follow={"c": "a"}), "pages.a.follow.c: there is no role of "
                                    "that name"),
        (change(follow={"bb": "a"}), 'did you mean "b"?'),
        (change(follow={"b": "a["}), "pages.a.follow.b: bad CSS"),
        (change(follow={"b": "a::html"}), "pages.a.follow.b: a link is"),
        (change(follow={"b": 1}), "pages.a.follow.b: must be a CSS selector"),
        (change(follow=["b"]), "pages.a.follow: must be an object"),
        (change(each_jq=".[]", fields={"x": ".x"}),
         "pages.a.follow: finds links in HTML and XML"),
        (change(carry=["y"]), "pages.a.carry.y: these pages have no field of "
                              "that name"),
        (change(carry="x"), "pages.a.carry: must be an array"),
        (change(carry=[1]), "pages.a.carry: must be an array"),
        (change(carrys=["x"]), 'pages.a.carrys: unknown key (did you mean '
                               '"carry"?)'),
        (change(fields={"x": "p["}), "pages.a.fields.x: bad CSS"),
        (change(fields={}), "pages.a.fields: must be an object"),
        (change(fields={"x": {"select": "p", "typ": "number"}}),
         "pages.a.fields.x.typ: unknown key"),
        (change(items=True), "pages.a: --items needs"),
        ({"pages": {"a": {"each": "p"}}}, 'pages.a: needs "fields"'),
        ({"pages": {"a": {"fields": {"x": "p"}, "carry": ["x"]}}},
         'pages.a.carry: needs "follow"'),
        # A field that is only ever carried from nowhere.
        ({"pages": {"a": {"follow": {"a": "a"}, "carry": ["z"]}}},
         "pages.a.carry.z: these pages have no field"),
        ({"pages": {}}, "pages: must be an object with a member"),
        ({"pages": {"a b": {}}}, "pages.a b: a role is called by"),
        ({"pages": {"a": []}}, "pages.a: must be an object"),
        ({"pages": {"a": {}}, "fields": {"x": "p"}}, "fields: unknown key"),
    )
    url = "http://127.0.0.1:1/"
    for spec, message in rows:
        write(tmp, "spec.json", spec)
        code, _, err = run(tmp, "crawl", "--extract", "spec.json", url)
        assert code == 2 and message in err, (spec, code, err)
    good = write(tmp, "good.json", {"pages": two})
    plain = write(tmp, "plain.json", {"fields": {"x": "p"}})
    for args, message in (
            (["--extract", good, "--select", "t=p"], 'has "pages"'),
            (["--each", "p", "--extract", good], 'has "pages"'),
            (["--extract", good, "--extract", plain], 'has "pages"'),
            (["--extract", good, "--extract", good], "another file"),
            (["--extract", good, "--follow", "a"], '"follow" of a role'),
            (["--follow", "a", "--extract", good], "leave out --follow"),
            (["--extract", good, "--rows", "a,c"],
             'there is no role "c"; there are a, b'),
            (["--follow", "x=a", "--rows", "y"], "there are x"),
            (["--follow", "a", "--rows", "y"], "needs roles"),
            (["--rows", "y"], "needs roles"),
            (["--rows", ""], "--rows"),
            (["--follow", ""], "bad CSS"),
            (["--follow", "x="], "bad CSS"),
            (["--follow", "a b=c"], "bad CSS"),
            (["--follow", "p::html"], "not ::html")):
        code, _, err = run(tmp, "crawl", *args, url)
        assert code == 2 and message in err, (args, code, err)
    write(tmp, "page.html", "x")
    for args in (["--extract", good, url],
                 ["extract", "--extract", good, "page.html"]):
        code, _, err = run(tmp, *args)
        assert code == 2 and "roles are for scrape crawl" in err, err


@test
def selectors_of_links_that_no_page_has_are_named_at_the_end(tmp):
    mistyped = {"pages": {
        "home": {"follow": {"list": "nav a[href^='/c/']"}},
        "list": {"follow": {"detail": ".crad a", "list": "a.next"}},
        "detail": {"follow": {"list": ".never-read"}}}}
    write(tmp, "pages.json", mistyped)
    with Served(shop()) as site:
        def end(*options):
            code, _, err = run(tmp, "crawl", *options)
            assert code == 0, (code, err)
            return [line for line in err.splitlines() if "no page had" in line]
        good = ("--follow", "list=nav a", "--follow", "prod=.card a")
        assert end(*good, site.url) == []
        assert end(*good, "--follow", "prod=h3 a", site.url) == []
        wrong = ("--follow", "list=nav a", "--follow", "prod=h3 a",
                 "--follow", "#none")
        lines = ["scrape: --follow prod=h3 a: no page had such a link",
                 "scrape: --follow #none: no page had such a link"]
        assert end(*wrong, site.url) == lines
        assert end("--extract", "pages.json", site.url) == [
            'scrape: "follow" of the role list: no page had a link to detail '
            '(.crad a)']
        # The selectors were not needed, or not for all pages of the crawl.
        assert end(*wrong, "--level", "0", site.url) == []
        state = (*wrong, "--state", "d", "-o", "out.jsonl", site.url)
        assert end(*state, "--max-pages", "3") == lines
        assert end(*state, "--resume") == []


@test
def fields_of_several_roles_share_their_column(tmp):
    """The column has the type of the fields, if all have the same type."""
    pages = {
        "/": html("<div><h1>A</h1><b>1.5</b><a class=x href=/x>x</a></div>"),
        "/x": html("<h1>X</h1><b>2</b><u>own</u><a class=y href=/y>y</a>"
                   "<a class=z href=/z>z</a>"),
        "/y": html("<p>nothing</p>"), "/z": html("<b>2.5</b>")}
    spec = {"pages": {
        "first": {"each": "div", "fields": {
            "name": "h1", "n": {"select": "b", "type": "number"}},
            "follow": {"second": ".x"}, "carry": ["n"]},
        "second": {"fields": {
            "name": {"select": "h1", "required": True}, "own": "u",
            "n": {"select": "b", "type": "integer"}},
            "follow": {"third": ".y", "fourth": ".z"}, "carry": ["name"]},
        "third": {},
        "fourth": {"fields": {"n": {"select": "b", "type": "number"}}}}}
    with Served(pages.get) as site:
        write(tmp, "roles.json", spec)
        for rows, columns in (
                ("second", {"name": "TEXT", "own": "TEXT", "n": "INTEGER"}),
                ("second,third", {"name": "", "own": "TEXT", "n": "INTEGER"}),
                ("second,fourth", {"name": "", "own": "TEXT", "n": ""}),
                ("third", {"name": "", "n": None, "own": None})):
            name = rows + ".db"
            code, _, err = run(tmp, "crawl", "--extract", "roles.json",
                               "--format", "sqlite", "-o", name, "--rows",
                               rows, site.url + "/")
            assert code == 0, err
            with sqlite3.connect(os.path.join(tmp, name)) as db:
                types = {row[1]: row[2] for row in
                         db.execute("pragma table_info(records)")}
                for column, kind in columns.items():
                    assert types.get(column) == kind, (rows, column, types)
                assert db.execute("select count(*) from records").fetchone()[
                    0] == len(rows.split(",")), rows
