"""The manual: its examples run, and its table of columns is complete. A part of
tests/behaviour/run."""
import csv
import os
import re
import subprocess

from __main__ import not_under_sanitizers, start, test
import harness

MANUAL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..",
                      "docs", "scrape.1")
EVERYTHING = ("--tls-info", "--links", "--meta", "--article", "--markdown",
              "--headers", "--body")


def section(name, kind="SH"):
    """Returns the text of a section, without the escapes of roff."""
    with open(MANUAL, encoding="utf-8") as f:
        text = f.read()
    found = re.search(r"^\.%s %s\n(.*?)^\.S[HS] " % (kind, name), text,
                      re.M | re.S).group(1)
    return found.replace("\\(aq", "'").replace("\\-", "-").replace("\\e", "\\")


def blocks(text):
    """Returns the lines of each block that is not filled."""
    return [block.splitlines()
            for block in re.findall(r"^\.nf\n(.*?)^\.fi\n", text, re.M | re.S)]


@test
def manual_names_all_columns_of_a_table_in_their_order(tmp):
    with open(os.path.join(tmp, "a"), "w", encoding="utf-8") as f:
        f.write('reply 200 text/html\nbody "x"\n')
    with harness.Server(tmp) as server:
        with start(tmp, "--format", "csv", *EVERYTHING, server.url("a")) as p:
            header = next(csv.reader(p.stdout.read().decode().splitlines()))
    assert p.returncode == 0
    block, = blocks(section("Columns of a table", "SS"))
    assert [line.split()[0] for line in block if line] == header, header


def prepare(tmp):
    os.mkdir(os.path.join(tmp, "saved"))
    texts = {
        "urls.txt": "https://shop.example/\nhttps://shop.example/about\n",
        "saved/a.html": "<h1>A</h1>",
        "header.txt": "X-Api-Key: t0ken\n",
        "last.jsonl": "", "today.jsonl": "", "yesterday.jsonl": ""}
    record = '{"index":0,"url":"http://a/","status":200,"data":{"price":%d}}\n'
    for i, name in enumerate(("today.jsonl", "yesterday.jsonl")):
        texts[name] = record % i
    return texts


@test
def examples_of_the_manual_run(tmp):
    """The examples run on the demonstration site, in place of the hosts in the
    manual."""
    not_under_sanitizers("what the examples print")
    examples = blocks(section("EXAMPLES"))
    assert len(examples) == 15, len(examples)
    site = subprocess.Popen([os.path.join(harness.BIN, "demo-site")],
                            stdout=subprocess.PIPE, text=True)
    try:
        address = site.stdout.readline().strip()
        hosts = re.compile(r"https://(shop|api)\.example(\.com)?")
        for name, text in prepare(tmp).items():
            with open(os.path.join(tmp, name), "w", encoding="utf-8") as f:
                f.write(hosts.sub(address, text))
        env = {**harness.environment(tmp), "TOKEN": "t0ken",
               "PATH": harness.BIN + ":" + os.environ["PATH"]}
        for command in sum(examples, []):
            done = subprocess.run(
                ["bash", "-o", "pipefail", "-c", hosts.sub(address, command)],
                cwd=tmp, env=env, capture_output=True, text=True, timeout=60)
            # scrape diff exits 1 if there are differences.
            expected = 1 if "scrape diff" in command else 0
            assert done.returncode == expected, (command, done)
    finally:
        site.kill()
        site.communicate()
    made = set(os.listdir(tmp))
    assert {"out.jsonl", "run.json", "run.html", "prices.csv", "shop.jsonl",
            "shop.d", "out.csv", "docs", "report.html", "watch.d",
            "books-00000.warc.gz"} <= made, made
    for name, text in (("titles.csv", "Soup"), ("news.jsonl", '"new":true'),
                       ("titles.jsonl", '"title":"Harbour Books"')):
        with open(os.path.join(tmp, name), encoding="utf-8") as f:
            assert text in f.read(), name
    with open(os.path.join(tmp, "prices.csv"), encoding="utf-8") as f:
        assert "The Sea Atlas" in f.read()
