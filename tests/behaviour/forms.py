"""Bodies of the type multipart/form-data, and other options of curl. A
part of tests/behaviour/run."""
import email.parser
import email.policy
import json
import os

from __main__ import behaviour, run, test
import harness


def send(tmp, *args):
    """Sends a form. Returns the parts that arrive, each as its name, its file
    name, its type and its text."""
    with harness.Server(tmp) as server:
        code, records, err = run(tmp, *args, server.url("echo"))
    assert code == 0 and not err, err
    request = records[0]["json"]
    assert request["method"] == "POST"
    message = email.parser.Parser(policy=email.policy.compat32).parsestr(
        "Content-Type: %s\n\n%s" % (request["headers"]["content-type"],
                                    request["body"]))
    assert message.get_content_type() == "multipart/form-data"
    return [(part.get_param("name", header="content-disposition"),
             part.get_filename(), part.get("content-type"),
             part.get_payload())
            for part in message.get_payload()]


@test
def form_has_a_part_for_each_field_and_file(tmp):
    with open(os.path.join(tmp, "a.txt"), "w", encoding="utf-8") as f:
        f.write("one\ntwo")
    with open(os.path.join(tmp, "echo"), "w", encoding="utf-8") as f:
        f.write("echo\n")
    parts = send(
        tmp, "-F", "a=x y", "-F", "typed=x;type=text/x; charset=utf-8",
        "--form", "file=@a.txt", "-F", "text=<a.txt",
        "-F", r'other=@a.txt;filename="b;\"c.pdf"; type=image/x',
        "--form-string", "raw=@a;type=b", "-F", "empty=")
    assert parts == [
        ("a", None, None, "x y"),
        ("typed", None, "text/x; charset=utf-8", "x"),
        ("file", "a.txt", "text/plain", "one\ntwo"),
        ("text", None, None, "one\ntwo"),
        ("other", "b;%22c.pdf", "image/x", "one\ntwo"),
        ("raw", None, None, "@a;type=b"),
        ("empty", None, None, "")], parts


@test
def multipart_type_of_the_user_gets_the_boundary(tmp):
    with open(os.path.join(tmp, "echo"), "w", encoding="utf-8") as f:
        f.write("echo\n")
    parts = send(tmp, "-H", "content-type: multipart/form-data", "-F", "a=b")
    assert parts == [("a", None, None, "b")], parts


@test
def type_of_the_form_is_that_of_its_requests_alone(tmp):
    for name, text in (("echo", "echo\n"), ("see-other", "reply 303 -\n"
                                            "header Location: /echo\n")):
        with open(os.path.join(tmp, name), "w", encoding="utf-8") as f:
            f.write(text)
    with harness.Server(tmp) as server:
        for mode in harness.MODES:
            code, records, err = run(
                tmp, "--mode", mode, "-F", "a=b", "--ordered", lines=[
                    server.url("echo"), server.url("see-other"),
                    json.dumps({"url": server.url("echo"), "json": {}}),
                    json.dumps({"url": server.url("echo"), "body": "x=1"}),
                    json.dumps({"url": server.url("echo"),
                                "headers": {"X-A": "1"}})])
            assert code == 0 and not err, err
            types = [r["json"]["headers"].get("content-type")
                     for r in records]
            assert types[1:4] == [None, "application/json",
                                  "application/x-www-form-urlencoded"], types
            assert types[0].startswith("multipart/form-data; boundary=")
            assert types[4] == types[0], types


@test
def form_whose_file_is_missing_is_refused(tmp):
    code, records, err = run(tmp, "-F", "a=@none", "http://127.0.0.1:1/")
    assert code == 2 and not records, records
    assert "none" in err and "No such file" in err, err



@test
def curl_options_that_people_paste_mean_what_they_mean_to_curl(tmp):
    behaviour(tmp, "echo", "echo\n")
    with harness.Server(tmp) as server:
        url = server.url("echo/a/../b/./{x}")

        def made(*args):
            code, records, err = run(tmp, *args, url)
            assert code == 0 and not err and len(records) == 1, (args, err)
            return records[0]["json"]

        as_is = made("-q", "-g", "-#", "-s", "--basic", "--globoff",
                     "--path-as-is", "--no-progress-meter",
                     "--tlsv1.2", "--compressed", "-L", "-S")
        assert as_is["path"] == "/echo/a/../b/./%7Bx%7D", as_is
        assert made()["path"] == "/echo/b/x"
        assert made("--path-as-is", "--no-path-as-is")["path"] == "/echo/b/x"
        assert made("-G", "--data-urlencode", "q=a b&c", "-d", "d=1")[
            "query"] == "q=a+b%26c&d=1"
        assert made("--url-query", "x=1 2")["query"] == "x=1+2"
        sent = made("-F", "a=1", "-F", "b=@/dev/null;type=text/x", "-X", "PUT")
        assert sent["method"] == "PUT" and 'name="a"' in sent["body"]
        # Requests whose paths differ only in dots are different requests.
        code, records, _ = run(tmp, "--path-as-is", "--unique", "--ordered",
                               server.url("echo/./y"), server.url("echo/y"))
        assert [r["json"]["path"] for r in records] == ["/echo/./y",
                                                        "/echo/y"], records
        assert records[0]["final_url"].endswith("/echo/./y"), records
