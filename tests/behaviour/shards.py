"""Tests of --shard, which distributes a list or a crawl over machines, and of
scrape merge. A part of tests/behaviour/run."""
import json
import os
import re
import shutil
import subprocess

import harness
from __main__ import behaviour, run, test
from crawl import Served
from saved_tables import call, write

TIMES = ("time", "fetched_at")


def shard_of(name, count):
    """Returns the number of the machine, by the rule in docs/FLEET.md."""
    h = 0xcbf29ce484222325
    for byte in name.encode():
        h = (h ^ byte) * 0x100000001b3 % (1 << 64)
    return h % count + 1


def without_times(record):
    return {k: v for k, v in record.items() if k not in TIMES}


def records_of(tmp, name):
    with open(os.path.join(tmp, name), encoding="utf-8") as f:
        return [json.loads(x) for x in f]


def write_list(tmp, server, count):
    urls = [server.url("page").replace("127.0.0.1", "h%d.localhost" % (i // 2))
            for i in range(count)]
    write(tmp, "list", *urls, "two words", *urls[:2])
    return urls + ["two words"] + urls[:2]


@test
def each_request_is_made_in_one_shard_and_merged_records_are_those_of_a_run(
        tmp):
    behaviour(tmp, "page", 'reply 200 text/html\nbody "<p>a</p><p>b</p>"\n')
    with harness.Server(tmp) as server:
        urls = write_list(tmp, server, 20)
        for mode in harness.MODES:
            options = ("-s", "--mode", mode, "--retry", "0")
            if mode == "threads":
                options += ("--each", "p", "--items", "--select", "t=::text")
            code, expected, _ = run(tmp, *options, "--ordered", "list")
            assert code == 0 and len(expected) >= len(urls)
            for n in (1, 2, 3):
                part = "part-%d-%s" % (n, mode)
                code, _, err = call(tmp, *options, "--shard", "%d/3" % n,
                                    "-o", part, "list")
                assert code == 0 and not err, err
                hosts = {r["url"].split("/")[2].split(":")[0]
                         for r in records_of(tmp, part) if "/" in r["url"]}
                assert all(shard_of(h, 3) == n for h in hosts), hosts
            parts = ["part-%d-%s" % (n, mode) for n in (3, 1, 2)]
            code, out, err = call(tmp, "merge", *parts)
            assert code == 0 and not err, err
            merged = [json.loads(x) for x in out.splitlines()]
            assert [without_times(r) for r in merged] == \
                [without_times(r) for r in expected]


@test
def shard_is_resumed_and_refuses_the_records_of_another_one(tmp):
    behaviour(tmp, "page", 'reply 200 text/html\nbody "x"\n')
    with harness.Server(tmp) as server:
        write_list(tmp, server, 20)
        args = ("--ordered", "--retry", "0", "list", "-o", "part")
        code, _, err = call(tmp, "-s", "--shard", "1/2", *args)
        assert code == 0 and not err, err
        whole = records_of(tmp, "part")
        assert 2 < len(whole) < 20, len(whole)
        with open(os.path.join(tmp, "part"), encoding="utf-8") as f:
            lines = f.read().splitlines()
        write(tmp, "part", *lines[:2], *lines[3:-1])
        for by in ("", "=url"):
            code, _, err = call(tmp, "--shard", "1/2", "--resume" + by, *args)
            assert code == 0, err
            assert [r["index"] for r in records_of(tmp, "part")] == \
                [r["index"] for r in whole]
        for options in (("--shard", "2/2"), ("--shard", "1/3")):
            code, _, err = call(tmp, *options, "--resume", *args)
            assert code == 2 and "does not belong to this --shard" in err, err
            assert len(records_of(tmp, "part")) == len(whole)


@test
def shard_that_is_none_is_a_usage_error(tmp):
    for value in ("", "0/2", "3/2", "1", "1/2/3", "a", "1/0", "1 / 2"):
        for command in ((), ("crawl",)):
            code, _, err = call(tmp, *command, "--shard", value,
                                "http://127.0.0.1:1/")
            assert code == 2 and "must be I/N" in err, (value, err)
    code, _, err = call(tmp, "gather", "--shard", "1/2", "a=http://a.example/")
    assert code == 2 and "--shard is not for scrape gather" in err, err


def record(index, url="http://a.example/", **members):
    return json.dumps({"index": index, "url": url, **members},
                      separators=(",", ":"))


@test
def merge_names_missing_and_double_indexes(tmp):
    write(tmp, "a", record(4), record(0, id="x"), record(9))
    write(tmp, "b", record(5), record(4, id="b"), record(5, id="again"))
    code, out, err = call(tmp, "merge", "a", "b")
    assert [json.loads(x)["index"] for x in out.splitlines()] == [0, 4, 5, 9]
    assert out.splitlines()[0].decode() == record(0, id="x")
    assert code == 1 and err.splitlines() == [
        "scrape: no record has the indexes 1 to 3",
        "scrape: the record with index 4 in b is left out: a has a record "
        "with that index",
        "scrape: the record with index 5 in b is left out: the same file has "
        "a record with that index",
        "scrape: no record has the indexes 6 to 8",
        "scrape: indexes without a record: 6",
        "scrape: records left out because of another one: 2"], err


@test
def merge_keeps_the_items_of_a_request_together(tmp):
    write(tmp, "a", record(1, item=0), record(1, item=1), record(2, item=0))
    write(tmp, "b", record(0, item=0), record(0, item=1), record(1, item=5))
    code, out, err = call(tmp, "merge", "a", "b")
    assert [(r["index"], r["item"]) for r in map(json.loads,
                                                 out.splitlines())] == \
        [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)], out
    assert code == 1 and "the record with index 1 in b" in err, err


@test
def merge_that_fails_leaves_the_old_file(tmp):
    write(tmp, "all", "old")
    write(tmp, "a", record(0), record(1))
    write(tmp, "crawl", record(0, level=0))
    code, _, err = call(tmp, "merge", "-o", "all", "a", "crawl")
    assert code == 3 and "of a list and of a crawl" in err, err
    code, _, err = call(tmp, "merge", "-o", "all", "a", "none")
    assert code == 2 and "none" in err, err
    with open(os.path.join(tmp, "all"), encoding="utf-8") as f:
        assert f.read() == "old\n"
    code, _, err = call(tmp, "merge", "-o", "all", "a")
    assert code == 0 and records_of(tmp, "all") == records_of(tmp, "a"), err
    code, _, err = call(tmp, "merge", "-", data=b"{}")
    assert code == 3 and "must be a regular file" in err, err


@test
def merge_reports_lines_that_are_no_records(tmp):
    write(tmp, "a", "x", record(0), '{"url":"http://a.example/"}',
          record("1"), record(-1), record(1.5))
    code, out, err = call(tmp, "merge", "a")
    assert code == 3 and out.decode() == record(0) + "\n", out
    assert err.count("is no record, and is left out: it has no index") == 4
    assert "a, line 1 is no record" in err, err
    assert "lines that are no records: 5" in err, err


@test
def crawl_of_a_shard_requests_its_hosts_and_lists_other_links(tmp):
    count = next(n for n in range(2, 20)
                 if shard_of("127.0.0.1", n) != shard_of("localhost", n))
    with Served({}) as site:
        other = site.url.replace("127.0.0.1", "localhost")
        site.pages = {"/": ["/a", "/moved", other + "/b"], "/a": ["/"],
                      "/moved": (302, {"Location": other + "/c"}, ""),
                      "/b": [site.url + "/a", "/c"], "/c": []}
        parts = []
        for host in ("127.0.0.1", "localhost"):
            site.server.asked.clear()
            parts.append("out-" + host)
            args = ("--scope", "any", "--state", "state-" + host,
                    "-o", parts[-1], "--skipped", "skipped-" + host, site.url,
                    other + "/b")
            shard = shard_of(host, count)
            code, _, err = call(tmp, "crawl", "--shard",
                                "%d/%d" % (shard, count), *args)
            assert code == 0, err
            records = records_of(tmp, parts[-1])
            assert all(r["url"].startswith("http://" + host + ":")
                       for r in records), records
            with open(os.path.join(tmp, "skipped-" + host)) as f:
                skipped = {(r["url"], r["reason"])
                           for r in map(json.loads, f)}
            assert skipped == ({(other + "/b", "shard"),
                                (other + "/c", "shard")}
                               if host == "127.0.0.1" else
                               {(site.url + "/a", "shard")}), skipped
            code, _, err = call(tmp, "crawl", "--resume", *args)
            assert code == 2 and "with another shard" in err, err
        # Both crawls count from 0: merge gives new indexes, and a URL of both
        # once.
        code, out, err = call(tmp, "merge", *parts)
        assert code == 0 and not err, err
        merged = [json.loads(x) for x in out.splitlines()]
        assert [r["index"] for r in merged] == list(range(5)), merged
        assert {r["url"] for r in merged} == {
            site.url + "/", site.url + "/a", site.url + "/moved",
            other + "/b", other + "/c"}
        code, out, err = call(tmp, "merge", parts[0], *parts)
        assert code == 1 and out.count(b"\n") == 5, (out, err)
        assert err.count("has a record of the same URL") == 3, err


def blocks_of_fleet_md():
    with open(os.path.join(harness.ROOT, "docs", "FLEET.md")) as f:
        return re.findall(r"^```sh\n(.*?)^```$", f.read(), re.M | re.S)


@test
def commands_of_fleet_md_make_a_whole_of_their_parts(tmp):
    behaviour(tmp, "page", 'reply 200 text/html\nbody "x"\n')
    parallel, slurm, kubernetes = blocks_of_fleet_md()
    env = dict(harness.environment(tmp), PATH=os.path.dirname(
        os.path.abspath(harness.SCRAPE)) + ":" + os.environ["PATH"])

    def check(script, **variables):
        subprocess.run(["sh", "-c", script], cwd=tmp, check=True,
                       env={**env, **variables}, timeout=harness.HANG,
                       stderr=subprocess.DEVNULL)

    with harness.Server(tmp) as server:
        urls = write_list(tmp, server, 20)
        os.rename(os.path.join(tmp, "list"), os.path.join(tmp, "urls.txt"))
        ways = [(slurm, [{"SLURM_ARRAY_TASK_ID": str(i),
                          "SLURM_ARRAY_TASK_COUNT": "8"}
                         for i in range(1, 9)]),
                (kubernetes, [{"JOB_COMPLETION_INDEX": str(i)}
                              for i in range(8)])]
        if shutil.which("parallel"):
            ways.append((parallel, [{}]))
        for script, runs in ways:
            for variables in runs:
                check(script, **variables)
            check("scrape merge -o all.jsonl part-*.jsonl && "
                  "rm part-*.jsonl")
            assert [r["url"] for r in records_of(tmp, "all.jsonl")] == urls
