"""Tests of scrape fleet, which collects the rows of a job that several machines
share, and controls it. A part of tests/behaviour/run."""
import json
import os
import random
import subprocess
import time

import harness
import redis_server
from __main__ import Skip, finish, run, start, test

ROWS = "scrape:{test}:rows"
META = "scrape:{test}:meta"


def server(tmp):
    why = redis_server.why_not()
    if why:
        raise Skip("FLEETS ARE NOT TESTED: " + why)
    return redis_server.Redis(tmp)


def begin_job(redis, kind="crawl", **members):
    values = dict({"version": 2, "state": "running", "kind": kind,
                   "options": "{}", "loaded": 1}, **members)
    redis.call("HSET", META, *[x for pair in values.items() for x in pair])


def record(index, url, items=0):
    """Returns a row: a record, or those of the items of a page."""
    if not items:
        return ('{"index":%d,"url":"%s","final_url":"%s","status":200,'
                '"ok":true,"error":null}' % (index, url, url))
    return "\n".join('{"index":%d,"url":"%s","item":%d,"status":200}' % (
        index, url, i) for i in range(items))


def add_rows(redis, rows):
    redis.calls(*[("XADD", ROWS, "*", "r", row) for row in rows],
                ("HINCRBY", META, "bytes", sum(map(len, rows))))


def pages(count):
    return [record(0, "http://a.example/%d" % i) for i in range(count)]


def collect(tmp, redis, *args, name="out.jsonl", code=0):
    got, out, err = run(tmp, "fleet", "collect", redis.url(), "-o", name,
                        *args)
    assert got == code and out == [], (got, out, err)
    return err


def collected(tmp, name="out.jsonl"):
    with open(os.path.join(tmp, name), encoding="utf-8") as f:
        return [json.loads(line) for line in f]


@test
def collected_rows_are_in_the_file_and_no_longer_in_the_hub(tmp):
    with server(tmp) as redis:
        begin_job(redis)
        add_rows(redis, pages(500))
        collect(tmp, redis)
        rows = collected(tmp)
        assert [r["index"] for r in rows] == list(range(500)), rows[:3]
        assert rows[7]["url"] == "http://a.example/7"
        assert redis.call("XLEN", ROWS) == 0
        assert redis.call("HGET", META, "bytes") == b"0"
        # Rows of a list keep the index of their line.
        begin_job(redis, kind="list")
        add_rows(redis, [record(7, "http://a.example/"),
                         record(3, "http://a.example/"),
                         record(7, "http://a.example/")])
        collect(tmp, redis, name="list.jsonl")
        assert [r["index"] for r in collected(tmp, "list.jsonl")] == [7, 3]


@test
def rows_are_collected_once_if_collect_is_killed_again_and_again(tmp):
    with server(tmp) as redis:
        begin_job(redis, loaded=0)
        rows = pages(3000)
        kills = random.Random(1)
        for i in range(8):
            add_rows(redis, rows[i * 375:(i + 1) * 375])
            # Killed before or after rows are written, or removed.
            p = start(tmp, "fleet", "collect", redis.url(), "-o", "out.jsonl")
            until = time.monotonic() + kills.uniform(0, .15)
            while time.monotonic() < until and redis.call("XLEN", ROWS):
                time.sleep(.002)
            finish(p)
            if i % 2:
                # Add rows again, as if the server had lost its last seconds.
                add_rows(redis, rows[i * 370:(i + 1) * 370])
        redis.call("HSET", META, "loaded", 1)
        collect(tmp, redis)
        got = collected(tmp)
        assert [r["index"] for r in got] == list(range(3000)), len(got)
        assert [r["url"] for r in got] == [json.loads(r)["url"] for r in rows]


@test
def the_rest_of_a_row_that_was_half_written_is_added(tmp):
    with server(tmp) as redis:
        begin_job(redis)
        row = record(0, "http://a.example/list", items=5)
        lines = [line.replace('"index":0', '"index":1')
                 for line in row.split("\n")]
        with open(os.path.join(tmp, "out.jsonl"), "w", encoding="utf-8") as f:
            f.write(record(0, "http://a.example/") + "\n" +
                    "\n".join(lines[:2]) + "\n" + lines[2][:20])
        add_rows(redis, [record(0, "http://a.example/"), row])
        collect(tmp, redis)
        got = collected(tmp)
        assert [r.get("item") for r in got] == [None, 0, 1, 2, 3, 4], got
        assert [r["index"] for r in got] == [0] + 5 * [1], got


@test
def damaged_rows_are_named_and_the_others_are_collected(tmp):
    with server(tmp) as redis:
        begin_job(redis)
        items = record(0, "http://a.example/list", items=3).split("\n")
        items[1] = items[1][:20]
        good = pages(4)
        add_rows(redis, [good[0], "http://me:hush@b.example/ is no record",
                         good[1][:40], good[1]])
        # An entry of another form.
        redis.call("XADD", ROWS, "*", "a", "1", "b", "2")
        add_rows(redis, [good[2], "\n".join(items), "", good[3]])
        ids = [x[0].decode() for x in redis.call("XRANGE", ROWS, "-", "+")]
        err = collect(tmp, redis, code=3)
        for i in (1, 2, 4, 6, 7):
            assert "row %s in the hub is damaged" % ids[i] in err, (i, err)
        assert err.count("in the hub is damaged") == 5, err
        assert "are not complete in out.jsonl: 5" in err, err
        assert "is no record\"" in err and "hush" not in err, err
        assert redis.call("XLEN", ROWS) == 0
        got = collected(tmp)
        assert [(r["index"], r["url"][17:], r.get("item")) for r in got] == [
            (0, "0", None), (1, "1", None), (2, "2", None), (3, "list", 0),
            (3, "list", 2), (4, "3", None)], got


@test
def a_file_of_something_else_is_not_changed(tmp):
    path = os.path.join(tmp, "out.jsonl")
    with server(tmp) as redis:
        begin_job(redis)
        add_rows(redis, pages(1))
        with open(path, "w", encoding="utf-8") as f:
            f.write("my notes\nmore")
        err = collect(tmp, redis, code=3)
        assert "line 1 is no record" in err, err
        with open(path, encoding="utf-8") as f:
            assert f.read() == "my notes\nmore"
        assert redis.call("XLEN", ROWS) == 1


@test
def of_two_programs_that_collect_the_first_one_ends(tmp):
    with server(tmp) as redis:
        begin_job(redis, loaded=0)
        first = start(tmp, "fleet", "collect", redis.url(), "-o", "1.jsonl",
                      stdout=subprocess.DEVNULL)
        harness.wait_until(lambda: redis.call("HGET", META, "collector"),
                           "the first one collects", first)
        owner = redis.call("HGET", META, "collector")
        second = start(tmp, "fleet", "collect", redis.url(), "-o", "2.jsonl",
                       stdout=subprocess.DEVNULL)
        harness.wait_until(
            lambda: redis.call("HGET", META, "collector") != owner,
            "the second one collects", second)

        def has_lost():
            # The first program may have read the rows before the second
            # one did.
            add_rows(redis, pages(1))
            return first.poll() is not None

        harness.wait_until(has_lost, "the first one ends", second)
        assert first.returncode == 3
        assert b"another program has begun" in first.stderr.read()
        first.stderr.close()
        add_rows(redis, pages(50))
        redis.call("HSET", META, "loaded", 1)
        _, err = second.communicate(timeout=harness.HANG)
        assert second.returncode == 0, err
        assert len(collected(tmp, "2.jsonl")) == 50
        assert redis.call("XLEN", ROWS) == 0


@test
def collecting_goes_on_after_the_server_has_restarted(tmp):
    with server(tmp) as redis:
        begin_job(redis, loaded=0)
        add_rows(redis, pages(10))
        p = start(tmp, "fleet", "collect", redis.url(), "-o", "out.jsonl",
                  stdout=subprocess.DEVNULL)
        harness.wait_until(lambda: not redis.call("XLEN", ROWS), "collected",
                           p)
        redis.kill()
        redis.start()
        add_rows(redis, pages(20))
        redis.call("HSET", META, "loaded", 1)
        _, err = p.communicate(timeout=harness.HANG)
        assert p.returncode == 0 and b"has restarted" in err, err
        assert len(collected(tmp)) == 20


@test
def status_shows_a_job_that_is_paused_resumed_stopped_and_deleted(tmp):
    def act(action, code=0):
        p = start(tmp, "fleet", action, redis.url())
        out, err = p.communicate(timeout=harness.HANG)
        assert p.returncode == code, (p.returncode, out, err)
        return (out + err).decode()

    with server(tmp) as redis:
        assert "there is no job test" in act("pause", 3)
        begin_job(redis, known=1234, waiting=1200, work=4, done=30)
        add_rows(redis, pages(2))
        redis.call("HSET", "scrape:{test}:workers", "here/1/2",
                   "1 30 1 0 2.500 4")
        text = act("status")
        assert "crawl test: running\n" in text, text
        assert "1,200 waiting, 4 in work, 30 done, 1,234 known\n" in text, text
        assert "2 to collect" in text, text
        # The worker has last called too long ago.
        assert "here/1/2" not in text, text
        act("pause")
        assert "crawl test: paused\n" in act("status")
        act("resume")
        assert "crawl test: running\n" in act("status")
        act("stop")
        assert "crawl test: stopped\n" in act("status")
        now = redis.call("TIME")[0].decode() + "000"
        redis.call("HSET", "scrape:{test}:workers", "here/1/2",
                   "%s 30 %s 0 2.500 4" % (now, now))
        earlier = "%d000" % (int(now) / 1000 - 100)
        redis.call("HSET", "scrape:{test}:workers",
                   "here/3/4", "%s 30 1 0 2.500 4" % earlier,
                   "here/5/6", "%s 30 1 0 2.500 4 left" % now)
        text = act("status")
        assert "here/1/2" in text and "here/3" not in text, text
        assert "here/5/6" not in text, text
        assert "workers not seen for over a minute: 1\n" in text, text
        assert "workers may still be at work" in act("delete", 3)
        redis.call("DEL", "scrape:{test}:workers")
        act("delete")
        assert redis.call("KEYS", "*") == []


@test
def a_job_that_was_stopped_is_not_complete(tmp):
    with server(tmp) as redis:
        begin_job(redis, waiting=5, state="stopped")
        add_rows(redis, pages(3))
        err = collect(tmp, redis, code=3)
        assert "URLs that wait: 5" in err, err
        assert len(collected(tmp)) == 3


@test
def the_password_of_a_hub_is_in_the_environment_or_a_file(tmp):
    def act(**variables):
        done = subprocess.run(
            [harness.SCRAPE, "fleet", "pause", redis.url()], cwd=tmp,
            env=dict(harness.environment(tmp), **variables), check=False,
            stderr=subprocess.PIPE, timeout=harness.HANG)
        assert b"-word" not in done.stderr, done.stderr
        return done.returncode, done.stderr.decode()

    with server(tmp) as redis:
        begin_job(redis)
        with open(os.path.join(tmp, "file"), "w", encoding="utf-8") as f:
            f.write("secret-word\n")
        redis.call("CONFIG", "SET", "requirepass", "secret-word")
        code, err = act()
        assert code == 3 and "NOAUTH" in err, err
        code, err = act(SCRAPE_FLEET_PASSWORD="wrong-word")
        assert code == 3 and "WRONGPASS" in err, err
        assert act(SCRAPE_FLEET_PASSWORD="secret-word")[0] == 0
        assert act(SCRAPE_FLEET_PASSWORD_FILE="file")[0] == 0
        code, err = act(SCRAPE_FLEET_PASSWORD_FILE="none")
        assert code == 3 and "No such file" in err, err


WRONG = (
    (("collect", "redis://h#j"), "-o FILE is needed"),
    (("status", "redis://h#j", "-o", "x"), "--output is for"),
    (("explode", "redis://h#j"), "give an action"),
    (("status",), "give an action"),
    (("status", "http://h#j"), "must begin with redis:// or unix://"),
    (("status", "rediss://h#j"), "stunnel"),
    (("status", "redis://h"), "name of the job is missing"),
    (("status", "redis://h#a*b"), "name of the job, after #"),
    (("status", "redis://:pw@h#j"), "a password must not be in the URL"),
    (("status", "redis://h:0#j"), "the port"),
    (("status", "redis://h/x#j"), "the number of the database"),
    (("status", "redis://#j"), "the host is missing"),
    (("status", "unix://a/b#j"), "path of the socket must begin with /"),
    (("status", "redis://h#j", "--retry", "3"), "--retry is not for"),
)


@test
def a_wrong_command_line_says_how_to_correct_it(tmp):
    for args, reason in WRONG:
        code, _, err = run(tmp, "fleet", *args)
        assert code == 2 and reason in err, (args, code, err)
    code, _, err = run(tmp, "fleet", "status", "redis://127.0.0.1:1#j")
    assert code == 3 and "Connection refused" in err, (code, err)
