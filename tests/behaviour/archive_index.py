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
