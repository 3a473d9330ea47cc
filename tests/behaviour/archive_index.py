"""Indexes of archives (--warc-cdx), and payloads that are stored once
(--warc-dedup). A part of tests/behaviour/run."""
import os

import harness
import warc
from __main__ import run, test
from archive import PAGE, Bytes, answer, files, sized


def index_of(tmp, prefix="a"):
    return warc.index_lines(os.path.join(tmp, prefix + ".cdxj"))


@test
def index_has_each_response_where_it_is(tmp):
    answers = {
        "/page": sized(PAGE),
        "/B/": sized(PAGE * 2, status=b"404 Not Found"),
        "/moved": answer(b"HTTP/1.1 301 Moved\r\nLocation: /page\r\n"
                         b"Content-Length: 0\r\n"),
        "/large": sized(bytes(range(256)) * 8192),
        "/type": answer(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n"
                        b"Content-Type: image/\xe9; a=\"b\r\n", b"x"),
    }
    with Bytes(answers) as server:
        urls = [server.url + path for path in ("/moved", "/B/", "/large",
                                               "/type", "/page?b=1&A=%61")]
        code, _, err = run(tmp, "--warc-file", "a", "--warc-cdx",
                           "--warc-max-size", "3000", *urls)
        assert code == 0, err
        host = "1,0,0,127:%d)" % server.port
    lines = index_of(tmp)
    assert [line[0] for line in lines] == [host + path for path in (
        "/b", "/large", "/moved", "/page", "/page?a=a&b=1", "/type")]
    responses = {response.uri: response for path in files(tmp)
                 for _, response in warc.pairs(warc.read(path))}
    assert len(responses) == 6 and len(files(tmp)) > 1, responses
    for _, time, x in lines:
        response = responses[x["url"]]
        assert time == "".join(c for c in response["WARC-Date"][:19]
                               if c.isdigit())
        assert x["status"] == response.block.split()[1].decode()
        assert x["digest"] == response["WARC-Payload-Digest"]
        with open(os.path.join(tmp, x["filename"]), "rb") as f:
            data = f.read()
        at, length = int(x["offset"]), int(x["length"])
        (text, _, _), = warc.members(data[at:at + length])
        assert text.endswith(response.block + b"\r\n\r\n")
    assert [x["mime"] for _, _, x in lines] == [
        "text/html", "text/html", "unk", "text/html", "text/html", "image/"]
    # Another run adds its lines.
    with Bytes(answers) as server:
        code, _, err = run(tmp, "--warc-file", "a", "--warc-cdx",
                           server.url + "/page")
        assert code == 0, err
    assert len(index_of(tmp)) == 7


@test
def full_disk_leaves_the_index_of_the_run_before(tmp):
    with Bytes({"/page": sized(PAGE)}) as server:
        args = ("--warc-file", "a", "--warc-cdx",
                *(server.url + "/page?%d" % i for i in range(40)))
        assert run(tmp, *args)[0] == 0
        before = index_of(tmp)
        code, _, err = run(tmp, *args, "--warc-max-size", "5000",
                           preexec_fn=lambda: harness.limit_files(12000))
        assert code == 3 and "archive" in err, (code, err)
    assert index_of(tmp) == before


def revisits(tmp, prefix):
    """Returns the responses and the revisits of an archive, by their URLs."""
    found = {"response": {}, "revisit": {}}
    for path in files(tmp, prefix):
        for _, answered in warc.pairs(warc.read(path)):
            found[answered.type][answered.uri] = answered
    return found["response"], found["revisit"]


@test
def payload_is_stored_once_if_asked_for(tmp):
    page, other = PAGE * 3, b"<title>Other</title>" + b"text " * 300
    answers = {"/a": sized(page), "/b": sized(page, b"X-Second: 1\r\n"),
               "/small": sized(PAGE[:900]), "/other": sized(other),
               "/cut": (sized(page)[0][:-1], True)}
    with Bytes(answers) as server:
        url = server.url
        args = ("-P", "1", "--warc-cdx", "--warc-dedup", "a.cdxj", "--retry",
                "0")
        code, _, err = run(tmp, "--warc-file", "a", *args, *(url + path for
                           path in ("/a", "/b", "/a?2", "/small", "/small?2",
                                    "/cut")))
        assert code == 0, err
        code, _, err = run(tmp, "--warc-file", "b", *args, *(url + path for
                           path in ("/b", "/other", "/other?2")))
        assert code == 0, err
    first, again = revisits(tmp, "a")
    assert sorted(first) == [url + path for path in
                             ("/a", "/cut", "/small", "/small?2")]
    assert sorted(again) == [url + path for path in ("/a?2", "/b")]
    b = again[url + "/b"]
    assert b.block == answers["/b"][0][:-len(page)], b.block
    assert b["WARC-Refers-To"] == first[url + "/a"].id
    assert b["WARC-Refers-To-Target-URI"] == url + "/a"
    assert b["WARC-Refers-To-Date"] == first[url + "/a"]["WARC-Date"]
    assert b["WARC-Payload-Digest"] == first[url + "/a"]["WARC-Payload-Digest"]
    assert [x["url"] for _, _, x in index_of(tmp)
            if x["mime"] == "warc/revisit"] == [url + "/a?2", url + "/b"]
    # The second archive does not store the payloads of the first one.
    new, old = revisits(tmp, "b")
    assert list(new) == [url + "/other"]
    assert old[url + "/b"]["WARC-Refers-To-Target-URI"] == url + "/a"
    assert old[url + "/b"]["WARC-Refers-To-Date"] == \
        first[url + "/a"]["WARC-Date"][:19] + "Z"
    assert not old[url + "/b"]["WARC-Refers-To"]
    assert old[url + "/other?2"]["WARC-Refers-To"] == new[url + "/other"].id


@test
def each_payload_is_stored_without_warc_dedup(tmp):
    with Bytes({"/a": sized(PAGE * 3)}) as server:
        code, _, err = run(tmp, "--warc-file", "a", "-P", "1",
                           server.url + "/a", server.url + "/a?2")
        assert code == 0, err
        code, _, err = run(tmp, "--warc-file", "b", "--warc-dedup", "none.cdxj",
                           server.url + "/a")
        assert code == 2 and "none.cdxj" in err, (code, err)
    assert len(revisits(tmp, "a")[0]) == 2


@test
def index_of_other_programs_is_understood(tmp):
    page = PAGE * 3
    digest = warc.digest_of("sha1", page)[5:]
    with open(os.path.join(tmp, "x.cdxj"), "w", encoding="utf-8") as f:
        f.write('!meta 0 ---\n{"digest": "\n\n'
                'com,x)/1 20200102030405 {"url":"http://x.com/1",'
                '"mime":"warc/revisit","digest":"%s"}\n'
                'com,x)/2 20200102030406 {"url":"http://x.com/2",'
                '"mime":"text/html","digest":"%s"}' % (digest, digest))
    with Bytes({"/a": sized(page)}) as server:
        code, _, err = run(tmp, "--warc-file", "a", "--warc-dedup", "x.cdxj",
                           server.url + "/a")
        assert code == 0, err
    (record,), = [revisits(tmp, "a")[1].values()]
    assert record["WARC-Refers-To-Target-URI"] == "http://x.com/2"
    assert record["WARC-Refers-To-Date"] == "2020-01-02T03:04:06Z"


@test
def urls_and_types_of_servers_do_not_pass_for_members_of_an_index(tmp):
    page, other = PAGE * 3, PAGE * 4
    forged = '/%22digest%22:%22' + warc.digest_of("sha1", other) + '%22'
    answers = {forged: sized(page), "/other": sized(other),
               "/type": answer(b"HTTP/1.1 200 OK\r\nContent-Type: digest\r\n"
                               b"Content-Length: 2000\r\n", b"x" * 2000)}
    with Bytes(answers) as server:
        args = ("--warc-cdx", "--warc-dedup", "a.cdxj", "-P", "1")
        code, _, err = run(tmp, "--warc-file", "a", *args,
                           server.url + forged, server.url + "/type")
        assert code == 0, err
        code, _, err = run(tmp, "--warc-file", "b", *args,
                           server.url + "/other", server.url + "/type")
        assert code == 0, err
        new, old = revisits(tmp, "b")
        assert list(new) == [server.url + "/other"], (list(new), list(old))
        assert list(old) == [server.url + "/type"], (list(new), list(old))


@test
def unchanged_page_is_a_revisit_without_payload(tmp):
    answers = {"/a": answer(b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\n')}
    with Bytes(answers) as server:
        code, _, err = run(tmp, "--warc-file", "a", "--warc-cdx", "-H",
                           'If-None-Match: "x"', server.url + "/a")
        assert code == 0, err
        code, _, err = run(tmp, "--warc-file", "b", server.url + "/a")
        assert code == 0, err
    record = revisits(tmp, "a")[1][server.url + "/a"]
    assert record.block == answers["/a"][0]
    assert record["WARC-Profile"].endswith("/revisit/server-not-modified")
    assert index_of(tmp)[0][2]["mime"] == "warc/revisit"
    assert "digest" not in index_of(tmp)[0][2]
    # Nothing is known of a page that was not asked for conditionally.
    assert revisits(tmp, "b")[0][server.url + "/a"]
