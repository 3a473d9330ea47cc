"""--article, --markdown and --format md: what is in the records, and which files
there are. A part of tests/behaviour/run."""
import contextlib
import hashlib
import json
import os
import re
import sqlite3
import subprocess

import harness
from __main__ import behaviour, finish, read_records, run, test
from crawl import Served
from crawl_durability import DISK, Crawl, Site, kill, need_library

MODES = harness.MODES


def page(title, text="Text."):
    return (200, {"Content-Type": "text/html"},
            "<!doctype html><html lang=en><title>%s</title><nav>Home</nav>"
            "<main><h1>%s</h1><p>%s <a href=/about>About</a></p></main>" % (
                title, title, text))


PAGES = {
    "/": page("Start"),
    "/docs/": page("Docs"),
    "/docs/intro": page("Intro: \"a\" # b"),
    "/About": page("About with a capital"),
    "/about": page("About"),
    "/list": page("List"),
    "/list?page=1": page("List 1"),
    "/list?page=2": page("List 2"),
    "/..%2f..%2fescape": page("Escape"),
    "/json": (200, {"Content-Type": "application/json"}, "{}"),
    "/gone": (404, {"Content-Type": "text/html"}, "<p>Not found.</p>"),
    "/empty": (200, {"Content-Type": "text/html"}, ""),
}
WITHOUT = {"/json", "/gone", "/empty"}


def read(*path):
    with open(os.path.join(*path), encoding="utf-8", newline="") as f:
        return f.read()


def files(folder):
    """Returns the contents of the files by their names."""
    return {os.path.relpath(os.path.join(place, name), folder):
            read(place, name)
            for place, _, names in os.walk(folder) for name in names}


def split(text):
    """Returns the members of the front matter, and the Markdown."""
    assert text.startswith("---\n"), text
    front, markdown = text[4:].split("---\n", 1)
    return dict(line.split(": ", 1) for line in front.splitlines()), markdown


def records_in(folder):
    return read_records(read(folder, "records.jsonl").encode())


def without_times(files_):
    return {name: re.sub(r"(?m)^fetched: .*$", "fetched:", text)
            for name, text in files_.items() if name.endswith(".md")}


@test
def records_with_articles_and_markdown_are_the_same_in_all_modes(tmp):
    with Served(PAGES) as site:
        lines = [site.url + path for path in PAGES]
        seen = []
        for mode in MODES:
            for args in ((), ("--markdown=page",), ("--no-article",)):
                code, records, err = run(
                    tmp, "--mode", mode, "--ordered", "--article",
                    "--markdown", *args, lines=lines)
                assert code == 0 and not err, (code, err)
                assert all("markdown" in r for r in records)
                assert all(("article" in r) == (args != ("--no-article",))
                           for r in records)
                seen.append([(r["url"], r.get("article"), r["markdown"])
                             for r in records])
        for i in range(3, len(seen)):
            assert seen[i] == seen[i % 3], MODES[i // 3]
    intro = dict((url[len(site.url):], (a, md)) for url, a, md in seen[0])
    article, markdown = intro["/docs/intro"]
    assert article["title"] == "Intro: \"a\" # b" and "Home" not in markdown
    assert article["text"].endswith("Text. About"), article
    assert sorted(article) == sorted([
        "title", "authors", "date", "modified", "site", "language", "type",
        "text", "words", "confidence", "source"]), article
    assert "# Intro" in markdown and markdown.endswith("\n"), markdown
    assert intro["/json"] == (None, None)
    # Without the options nothing of this is in the records.
    assert "Home" in dict((u, md) for u, _, md in seen[1])[site.url + "/"] or \
        "Home" not in markdown


@test
def each_page_has_a_file_in_each_mode(tmp):
    with Served(PAGES) as site:
        lines = [site.url + path for path in PAGES]
        trees = []
        for mode in MODES:
            code, out, err = run(tmp, "--mode", mode, "--format", "md", "-o",
                                 "out-%s/" % mode, lines=lines)
            assert code == 0 and not out, (code, err)
            assert "no file in out-%s for 3 of 12 pages" % mode in err, err
            trees.append(without_times(files(os.path.join(tmp,
                                                          "out-" + mode))))
            records = records_in(os.path.join(tmp, "out-" + mode))
            assert len(records) == len(PAGES)
            for r in records:
                path = r["url"][len(site.url):]
                assert (r["file"] is None) == (path in WITHOUT), r
                assert "markdown" not in r and "article" not in r, r
        for mode, tree in zip(MODES, trees):
            assert tree == trees[0], mode
        tree = trees[0]
        host = site.url[len("http://"):].replace(":", "+")
        names = {name[len(host) + 1:] for name in tree
                 if name.startswith(host + "/")}
        assert len(names) == len(tree) == 9, sorted(tree)
        assert len({n.lower() for n in names}) == 9, names
        assert {"index.md", "docs/index.md", "docs/intro.md", "about.md",
                "list.md"} <= names, names
        _, plain, _ = run(tmp, "--markdown", lines=[site.url + "/docs/intro"])
    text = read(tmp, "out-" + MODES[0], host, "docs/intro.md")
    front, markdown = split(text)
    assert list(front) == ["title", "url", "authors", "date", "fetched",
                           "sha256"], front
    assert front["title"] == r'"Intro: \"a\" # b"', front
    assert front["url"] == '"%s/docs/intro"' % site.url, front
    assert markdown == plain[0]["markdown"]
    assert json.loads(front["sha256"]) == \
        hashlib.sha256(markdown.encode()).hexdigest()
    assert re.fullmatch(r'"\d{4}-\d\d-\d\dT[0-9:.]+Z"', front["fetched"])


@test
def files_of_other_pages_and_of_the_user_are_not_overwritten(tmp):
    with Served({"/a": page("A"), "/b": page("B", "Old."),
                 "/c": page("C")}) as site:
        host = os.path.join(tmp, "out", site.url[7:].replace(":", "+"))
        os.makedirs(host)
        for name in ("a.md", "other.md"):
            with open(os.path.join(host, name), "w", encoding="utf-8") as f:
                f.write("My own text.\n---\nurl: \"%s/a\"\n" % site.url)
        os.chmod(os.path.join(host, "a.md"), 0o600)
        # A front matter that does not end.
        with open(os.path.join(host, "c.md"), "w", encoding="utf-8") as f:
            f.write("---\n\n")
        urls = [site.url + name for name in site.pages]
        args = ("--format", "md", "-o", "out", *urls)
        assert run(tmp, *args)[0] == 0
        site.pages["/b"] = page("B", "New.")
        code, _, err = run(tmp, *args)
        assert code == 0 and "records.jsonl~ now" in err, err
        here = files(host)
    assert here["a.md"].startswith("My own text.\n"), here
    assert here["other.md"].startswith("My own text.\n"), here
    assert here["c.md"] == "---\n\n", here
    assert len(here) == 6 and "New" in here["b.md"], here
    for letter in "ac":
        name, = [n for n in here
                 if re.fullmatch(letter + "~[0-9a-f]{16}.md", n)]
        assert "# " + letter.upper() in here[name], here


@test
def pages_that_cannot_be_written_end_the_run(tmp):
    with Served({"/a": page("A"), "/b/c": page("C")}) as site:
        host = os.path.join("out", site.url[7:].replace(":", "+"))
        os.makedirs(os.path.join(tmp, host))
        with open(os.path.join(tmp, host, "b"), "w", encoding="utf-8") as f:
            f.write("in the way")
        for mode in MODES[:2]:
            args = ("--mode", mode, "--format", "md", "-o", "out",
                    "--ordered", site.url + "/a", site.url + "/b/c")
            code, _, err = run(tmp, *args)
            assert code == 3 and "b/c.md, cannot be written: Not a " \
                "directory" in err, (code, err)
            # The page before it is complete, with its record.
            assert [r["file"] for r in records_in(os.path.join(tmp, "out"))] \
                == [host[4:] + "/a.md"]
        os.unlink(os.path.join(tmp, host, "b"))
        code, _, err = run(tmp, *args, "--resume")
        assert code == 0, err
        assert len(site.asked()) == 5, site.asked()
        assert sorted(n for n in files(os.path.join(tmp, host))) == [
            "a.md", "b/c.md"]
        with open(os.path.join(tmp, "file"), "w", encoding="utf-8"):
            pass
        for target, why in (("file", "--output is a file"),
                            ("", "needs a folder")):
            extra = ("-o", target) if target else ()
            code, _, err = run(tmp, "--format", "md", *extra, site.url)
            assert code == 2 and why in err, (code, err)
        code, _, err = run(tmp, "--format", "md", "-o", "file/out", site.url)
        assert code == 3 and "file/out cannot be made" in err, (code, err)


@test
def run_on_a_full_disk_is_completed_by_resume(tmp):
    need_library()
    pages = {"/p%d" % i: page("P%d" % i, "Text. " * 300) for i in range(12)}
    with Served(pages) as site:
        behaviour(tmp, "list", "".join(site.url + p + "\n" for p in pages))
        out = os.path.join(os.path.realpath(tmp), "out")
        for room in (0, 1000, 9000):
            p = subprocess.run(
                [harness.SCRAPE, "--ordered", "--format", "md", "-o", out,
                 "--resume", "list"], cwd=tmp, capture_output=True,
                timeout=harness.HANG, check=False,
                env={**harness.environment(tmp), "LD_PRELOAD": DISK,
                     "DISK_ROOT": out, "DISK_ROOM": str(room)})
            assert p.returncode == 3, (room, p)
            assert b"No space left" in p.stderr, (room, p)
            assert not [n for n in files(out) if n.endswith(".tmp")], room
        code, _, err = run(tmp, "--format", "md", "-o", out, "--resume",
                           "list")
        assert code == 0, err
        assert sorted(r["index"] for r in records_in(out)) == list(range(12))
        tree = without_times(files(out))
        assert len(tree) == 12
        assert all(len(text) > 1800 for text in tree.values()), tree


@test
def resumed_runs_request_what_has_no_record(tmp):
    """Pages that failed have a record, so --retry-failed repeats them."""
    pages = {"/p%d" % i: page("P%d" % i) for i in range(40)}
    del pages["/p7"]
    with Served(pages) as site:
        lines = ["%s/p%d" % (site.url, i) for i in range(40)]
        behaviour(tmp, "list", "".join(line + "\n" for line in lines))
        args = ("--format", "md", "-o", "out", "list")
        assert run(tmp, *args)[0] == 0
        out = os.path.join(tmp, "out")
        kept = read(out, "records.jsonl").splitlines(True)
        with open(os.path.join(out, "records.jsonl"), "w",
                  encoding="utf-8") as f:
            f.writelines(kept[:15])
            f.write(kept[15][:70])
        site.server.asked.clear()
        code, _, err = run(tmp, *args, "--resume")
        assert code == 0, err
        assert len(site.asked()) == 25, site.asked()
        assert len(without_times(files(out))) == 39
        pages["/p7"] = page("P7")
        site.server.asked.clear()
        code, _, err = run(tmp, *args, "--retry-failed")
        assert code == 0 and site.asked() == ["/p7"], (err, site.asked())
        records = records_in(out)
        assert len(records) == 40
        assert all(os.path.exists(os.path.join(out, r["file"]))
                   for r in records)
        assert len(without_times(files(out))) == 40


def committed(crawl):
    """Returns the number of pages that the crawl's state has as done."""
    path = os.path.join(crawl.state, "crawl", "crawl.db")
    with contextlib.closing(sqlite3.connect(path, timeout=harness.HANG)) as db:
        return db.execute("SELECT count(*) FROM pages WHERE done = 1"
                          ).fetchone()[0]


@test
def crawl_into_a_folder_continues_after_a_kill(tmp):
    for mode in MODES[:1]:
        with Site(150) as site:
            crawl = Crawl(tmp, site, mode)
            folder = os.path.join(crawl.out, "pages")
            crawl.path = os.path.join(folder, "records.jsonl")
            crawl.args[crawl.args.index("-o") + 1] = folder
            crawl.args += ["--format", "md"]
            site.allow(60)
            p = crawl.start()
            try:
                site.wait_for(60, p)
                harness.wait_until(lambda: committed(crawl) > 40,
                                   "40 pages were committed")
                kill(p, site)
            finally:
                finish(p)
            crawl.check(mode)
            assert len(site.asked()) < 150 + 60, len(site.asked())
            records = records_in(folder)
            here = files(folder)
            assert {r["file"] for r in records} == \
                set(here) - {"records.jsonl"}, mode
            for r in records:
                assert split(here[r["file"]])[0]["url"] == \
                    json.dumps(r["url"]), r


@test
def text_and_markdown_are_at_most_as_long_as_a_body_may_be(tmp):
    """Escapes and cells that span columns make Markdown longer than HTML."""
    pages = {
        "/stars": page("Stars", "*a_b*" * 8000),
        "/cells": page("Cells", "</p><table><tr><th>a<th>b</table><table>" +
                       "<tr><td colspan=1000>x<td>y" * 1000 + "</table><p>"),
    }
    with Served(pages) as site:
        for mode in MODES[:3:2]:
            for part in ("main", "page"):
                code, records, err = run(
                    tmp, "--mode", mode, "--ordered", "--max-filesize",
                    "45000", "--article", "--markdown=" + part,
                    lines=[site.url + path for path in pages])
                assert code == 0 and len(records) == 2, err
                for r in records:
                    assert 10000 < r["bytes"] <= 45000, r["bytes"]
                    assert len(r["markdown"].encode()) <= 45000, (
                        r["url"], len(r["markdown"]))
                    assert len(r["article"]["text"].encode()) <= 45000
                    assert "# " in r["markdown"][:10], r["url"]
