"""--variable and --expand-OPTION. A part of tests/behaviour/run."""
import json
import os
import subprocess

from __main__ import test
import harness


def run(tmp, *args, stdin=b"", **variables):
    return subprocess.run(
        [harness.SCRAPE, *args], cwd=tmp, check=False, capture_output=True,
        input=stdin, env=dict(harness.environment(tmp), **variables))


def expand(tmp, text, *args, **more):
    """Returns the text after its expansion: that of a URL in a record."""
    prefix = "ftp://x/"
    done = run(tmp, "-g", *args, "--expand-url", prefix + text, **more)
    assert done.returncode == 0, done
    url = json.loads(done.stdout)["url"]
    assert url.startswith(prefix), url
    return url[len(prefix):]


@test
def variables_are_expanded_as_in_curl(tmp):
    with open(os.path.join(tmp, "f"), "wb") as f:
        f.write(b"\n a\"b\\c/\xc3\xa9 \n")
    one = ["--variable", "a_1=x y"]
    file = ["--variable", "f@f"]
    for args, text, expected in (
            (one, "{{a_1}}-{{a_1}}", "x y-x y"),
            (one, "[{{A_1}}{{no:b64}}]", "[]"),
            (one, "{{a_1:url}}", "x%20y"),
            (one, "\\{{a_1}} {{a_1}}", "{{a_1}} x y"),
            (one, "{{a_1:b64}}", "eCB5"),
            (one, "{{a_1:b64:64dec:url}}", "x%20y"),
            (one, "{{a_1:64dec}}", "[64dec-fail]"),
            (file, "{{f:trim}}", "a\"b\\c/\u00e9"),
            (file, "{{f:trim:url}}", "a%22b%5Cc%2F%C3%A9"),
            (file, "{{f:trim:json}}", "a\\\"b\\\\c/\u00e9"),
            (one + ["--variable", "a_1=z"], "{{a_1}}", "z"),
            (one + ["--expand-variable", "b={{a_1}}!"], "{{b}}", "x y!"),
            (["--variable", "r[1-3]=abcdef"], "{{r}}", "bcd"),
            (["--variable", "r[4-]=abcdef"], "{{r}}", "ef"),
            (["--variable", "r[9-99]=abcdef"], "[{{r}}]", "[]"),
            (["--variable", "%E"], "{{E}}", "of e"),
            (["--variable", "%E=default"], "{{E}}", "of e"),
            (["--variable", "%NONE=default"], "{{NONE}}", "default"),
            (["--variable", "%NONE@f"], "{{NONE:trim:b64}}",
             "YSJiXGMvw6k=")):
        got = expand(tmp, text, *args, E="of e")
        assert got == expected, (args, text, got)
    assert expand(tmp, "{{i}}", "--variable", "i@-", stdin=b"in") == "in"


@test
def variables_are_expanded_in_files_of_options(tmp):
    with open(os.path.join(tmp, "k"), "w", encoding="utf-8") as f:
        f.write('variable = "h=X-Name"\nexpand-select "{{f}}=title"\n'
                '[host "a.example"]\nexpand-header = "{{h}}: {{f}}"\n')
    with open(os.path.join(tmp, "a.html"), "w", encoding="utf-8") as f:
        f.write("<title>A</title>")
    os.makedirs(os.path.join(tmp, ".config/scrape"))
    with open(os.path.join(tmp, ".config/scrape/config"), "w") as f:
        f.write('expand-max-pages = 3\n')
    done = run(tmp, "--variable", "f=t", "-K", "k", "http://127.0.0.1:1/")
    assert done.returncode == 0 and not done.stderr.count(b"{{"), done
    done = run(tmp, "extract", "--variable", "f=t", "--expand-select",
               "{{f}}=title", "a.html")
    assert json.loads(done.stdout)["data"] == {"t": "A"}, done


@test
def mistakes_with_variables_are_errors_without_their_values(tmp):
    token = ["--variable", "API_TOKEN=very:secret"]
    for args, message in (
            (["--variable", "a-b=c"], "= or @ must follow the name"),
            (["--variable", "=c"], "must be NAME=TEXT, NAME@FILE or %NAME"),
            (["--variable", "a" * 128 + "=c"], "at most 127 letters"),
            (["--variable", "a"], "= or @ must follow"),
            (["--variable", "a[3-1]=b"], "the range of bytes"),
            (["--variable", "%NO_SUCH"], "the environment has no such"),
            (["--variable", "a@no-such"], "No such file"),
            (["--expand-url", "{{a"], "--expand-url: }} is missing"),
            (["--expand-url", "{{a-b}}"], "{{a-b}} is not a name"),
            (["--expand-url", "{{}}"], "{{}} is not a name"),
            (["--expand-url", "{{a:up}}"], 'there is no function "up"'),
            (["--expand-url", "{{a:trim,url}}"], 'function "trim,url"'),
            (["--expand-silent"], "--silent has no value to expand"),
            (["--expand-frob", "x"], "there is no option --frob"),
            (["--variable", "z=AAAA", "--expand-url", "{{z:64dec}}"],
             "the value of z has a NUL byte"),
            ([*token, "--expand-host-rate", "{{API_TOKEN}}"],
             "--expand-host-rate")):
        done = run(tmp, *args, "http://127.0.0.1:1/")
        assert done.returncode == 2, (args, done)
        assert message in done.stderr.decode(), (args, done.stderr)
        assert b"very:secret" not in done.stderr, done.stderr
