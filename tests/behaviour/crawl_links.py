"""Tests which links `scrape crawl` finds and follows. A part of
tests/behaviour/run."""
import contextlib
import json
import os

from __main__ import run, test
from crawl import MODES, Served

HTML = {"Content-Type": "text/html"}


def page(body, **headers):
    return 200, {**HTML, **{name.replace("_", "-"): value
                            for name, value in headers.items()}}, body


def found(tmp, pages, *options, modes=MODES):
    """Returns the paths with a record, and the messages; of all modes."""
    with Served(pages) as site:
        results = set()
        for mode in modes:
            with contextlib.suppress(FileNotFoundError):
                os.remove(os.path.join(tmp, "skipped"))
            code, records, err = run(tmp, "crawl", "--mode", mode, *options,
                                     site.url + "/")
            assert code == 0, err
            results.add((" ".join(site.paths(records)),
                         err.replace(site.url, "SITE")))
        assert len(results) == 1, results
        return results.pop()


@test
def links_of_all_kinds_are_followed_relative_to_their_base(tmp):
    pages = {
        "/": page("<base href=/dir/x><a href=a#b>a</a><a href=a>a</a>"
                  "<map><area href='?q=1'></map>", Link="<header>; rel=\"prev next\", "
                  "<other>; rel=prev"),
        "/dir/a": page("<link rel='Next other' href=../next#x><link rel=prev "
                       "href=/prev><link rel=stylesheet href=/style>"
                       "<iframe src=//127.0.0.1:1/></iframe>"),
        "/dir/x?q=1": page("<meta http-equiv=refresh content='0;/fresh'>"
                           "<meta http-equiv=refresh content='9; url=fresh2'>"
                           "<img src=/img><a name=x>x</a><a href>self</a>"),
        # The header counts for a page of any type.
        "/header": (200, {"Content-Type": "application/pdf",
                          "Link": "</pdf2>; rel=next"}, "%PDF"),
        "/pdf2": page(""), "/dir/fresh2": page("<p>"),
        "/next": page("<html><frameset><frame src=/frame></frameset>"),
        "/frame": page("<p>"),
    }
    paths, _ = found(tmp, pages)
    assert paths == "/ /dir/a /dir/fresh2 /dir/x?q=1 /frame /header /next " \
        "/pdf2", paths


@test
def nofollow_is_obeyed_if_it_is_for_this_robot(tmp):
    pages = {
        "/": page("<a href=/yes rel='ugc sponsored'>x</a>"
                  "<a href=/no rel='x NOFOLLOW'>x</a>"
                  "<a href=/meta>x</a><a href=/other>x</a>"
                  "<a href=/h1>x</a><a href=/h2>x</a>"),
        "/yes": page("<link rel='next nofollow' href=/no>"),
        "/meta": page("<a href=/mine>x</a><meta name=MyBot content=none>"),
        "/other": page("<a href=/b>x</a><meta name=otherbot "
                       "content=nofollow>"),
        "/h1": page("<a href=/mine>x</a>", Link="</mine>; rel=next",
                    X_Robots_Tag="mybot: noindex, nofollow"),
        "/h2": page("<a href=/c>x</a>",
                    X_Robots_Tag="otherbot: noindex, nofollow"),
        "/b": page(""), "/c": page(""), "/no": page(""), "/mine": page(""),
    }
    usual = "/ /b /c /h1 /h2 /meta /other /yes"
    for options in (["-A", "MyBot/2.0"], ["--robots-agent", "MYBOT"]):
        paths, err = found(tmp, pages, *options)
        assert paths == usual, (options, paths)
        assert "2 nofollow" in err, err
    paths, _ = found(tmp, pages, modes=MODES[:1])
    assert paths == "/ /b /c /h1 /h2 /meta /mine /other /yes", paths
    paths, _ = found(tmp, pages, "--ignore-nofollow", "-A", "MyBot",
                     modes=MODES[:1])
    assert paths == "/ /b /c /h1 /h2 /meta /mine /no /other /yes", paths


@test
def links_that_are_too_many_or_too_long_are_left_out(tmp):
    most = 100000
    long_path = "/" + "x" * 5000
    pages = {
        "/": page("".join("<a href=//b/%d>" % i for i in range(most - 2))
                  + "<a href=%s>x</a><a href=/a>x</a><a href=/never>x</a>"
                  % long_path),
        "/a": page("<a href=/%s>x</a>" % ("y" * 1900)),
        "/" + "y" * 1900: page("<p>"), "/never": page("<p>"),
    }
    paths, err = found(tmp, pages, "--skipped", "skipped", modes=MODES[::2])
    assert paths == "/ /a /" + "y" * 1900, paths[:99]
    assert "SITE/ has more than 100000 links" in err, err
    assert "99998 scope, 1 too_long" in err, err
    with open(os.path.join(tmp, "skipped")) as f:
        last = [json.loads(line) for line in f][-1]
    assert last["reason"] == "too_long" and 2000 < len(last["url"]) < 5000


@test
def long_base_does_not_multiply_the_links_of_a_page(tmp):
    text = "<base href='/%s/'>" % ("b" * 1000000)
    pages = {"/": page(text + "<a href=x>" * 99000 + "<a href=/y>")}
    paths, _ = found(tmp, pages, modes=MODES[:1])
    assert paths == "/", paths[:99]


@test
def logins_in_links_are_not_sent_and_do_not_make_other_pages(tmp):
    """Logins in sitemaps and redirects are not sent either. The login of a
    seed is sent for the seed and the sitemap of its host."""
    with Served({}) as site:
        host = site.url[len("http://"):]
        site.pages.update({
            "/": ["http://u:p@%s/a" % host, "http://x@%s/a" % host, "/a",
                  "http://u:p@%s/moved" % host, "http://u:p@%s/" % host],
            "/a": [], "/b": [], "/c": [],
            "/sitemap.xml": (200, {"Content-Type": "text/xml"},
                             "<urlset><url><loc>http://u:p@%s/b</loc></url>"
                             "</urlset>" % host),
            "/moved": (302, {"Location": "http://u:p@%s/c" % host}, ""),
        })
        for mode in MODES:
            for seed in ("http://", "http://seed:login@"):
                site.server.asked.clear()
                site.server.logins.clear()
                code, records, err = run(tmp, "crawl", "--mode", mode,
                                         seed + host + "/")
                assert code == 0, err
                assert sorted(site.asked()) == ["/", "/a", "/b", "/c",
                                                "/moved"], site.asked()
                assert sorted(r["final_url"] for r in records) == [
                    site.url + p for p in ("/", "/a", "/b", "/c")], records
                login = {"Basic c2VlZDpsb2dpbg=="} if "@" in seed else set()
                assert set(site.server.logins) == login, site.server.logins
