"""Tests of --fleet with lists: several machines, one of which may be lost. A
part of tests/behaviour/run."""
import contextlib
import os
import signal
import time

import fleet_machines as fleet
import harness
import redis_server
from __main__ import Skip, run, test

OPTIONS = ("--robots", "--parallel-max-host", "2", "--retry", "3", "-s")


@contextlib.contextmanager
def places(tmp, delay=0.0, options=OPTIONS, command=()):
    """A hub, a web server, and the machines of the job "t"."""
    why = redis_server.why_not()
    if why:
        raise Skip("A FLEET IS NOT TESTED: " + why)
    with contextlib.ExitStack() as stack:
        redis = stack.enter_context(redis_server.Redis(tmp))
        web = fleet.Web(tmp, delay)
        stack.callback(web.close)
        machines = fleet.Machines(redis, "t", *options, command=command)
        stack.callback(machines.close)
        yield redis, web, machines


def write_list(tmp, web, hosts, pages, *more):
    lines = [web.url(h, "/%d" % i) for i in range(pages) for h in hosts]
    with open(os.path.join(tmp, "list"), "w", encoding="utf-8") as f:
        f.write("".join(x + "\n" for x in [*lines, *more]))
    return os.path.join(tmp, "list"), len(lines) + len(more)


def is_loaded(redis):
    return redis.call("HGET", "scrape:{t}:meta", "loaded") == b"1"


def leased(redis):
    return redis.call("ZRANGE", "scrape:{t}:leased", 0, -1)


def requests(web):
    return sum(len(x) for x in web.requests().values())


def expire_leases(redis):
    """Sets the end of all leases to a minute ago."""
    then = redis.call("TIME")[0].decode() + "000"
    for host in leased(redis):
        redis.call("ZADD", "scrape:{t}:leased", int(then) - 60000,
                   host.decode())


def lease_elsewhere(redis, host):
    """Leases a host as another machine would, until long after the test."""
    then = redis.call("TIME")[0].decode() + "9999"
    redis.call("HSET", "scrape:{t}:h:" + host, "token", "other")
    redis.call("ZADD", "scrape:{t}:leased", then, host)


def await_job(redis, machines):
    harness.wait_until(lambda: redis.call("EXISTS", "scrape:{t}:meta"),
                       "the job exists", *machines.running)


def start_first(redis, machines, path):
    p = machines.start(path)
    harness.wait_until(lambda: is_loaded(redis), "the list is loaded", p)
    assert p.poll() is None, (machines.take(p), machines.errors)
    return p


def assert_polite(web, *delays):
    """Checks that no host had more than two requests at a time, or one before
    the end of its Crawl-delay or Retry-After."""
    slack = min(0.1 * harness.slow_down(), 0.5)
    wrong = fleet.check_politeness(web.requests(), 2, 0, delays, slack)
    assert not wrong, wrong


def assert_rows(redis, count):
    wrong = fleet.check_rows(redis.rows("t"), count)
    assert not wrong, wrong


@test
def list_that_two_machines_share_has_one_record_for_each_line(tmp):
    with places(tmp) as (redis, web, machines):
        path, count = write_list(
            tmp, web, ["h%d" % i for i in range(6)] + ["awayh1", "busy"], 25,
            "two words", "http://", "ftp://a.example/")
        machines.start(path)
        await_job(redis, machines)
        machines.start()
        assert machines.wait() == [0, 0], machines.errors
        assert machines.errors == ["", ""], machines.errors
        assert_rows(redis, count)
        rows = {r["index"]: r for r in redis.rows("t")}
        assert [rows[i]["error"]["kind"] for i in range(200, 203)] == \
            ["input", "url", "blocked"]
        assert all(rows[i]["status"] == 200 for i in range(200)), rows
        away = [r for r in rows.values() if "awayh1" in r["url"]]
        assert len(away) == 25 and all(
            len(r["redirects"]) == 1 and
            r["final_url"] == r["url"].replace("awayh1", "h1")
            for r in away), away[0]
        assert_polite(web)


@test
def urls_of_a_machine_that_is_killed_are_requested_by_another(tmp):
    with places(tmp, delay=0.05) as (redis, web, machines):
        path, count = write_list(tmp, web, ["h%d" % i for i in range(8)], 10)
        first = start_first(redis, machines, path)
        harness.wait_until(lambda: requests(web) > 20, "pages are requested",
                           first)
        machines.kill(first)
        assert leased(redis)
        expire_leases(redis)
        machines.start()
        assert machines.wait() == [0], machines.errors
        assert_rows(redis, count)
        assert not leased(redis)


@test
def records_of_a_machine_whose_leases_have_ended_are_dropped(tmp):
    with places(tmp, delay=0.05) as (redis, web, machines):
        path, count = write_list(tmp, web, ["h%d" % i for i in range(8)], 10)
        first = start_first(redis, machines, path)
        harness.wait_until(lambda: requests(web) > 20, "pages are requested",
                           first)
        first.send_signal(signal.SIGSTOP)
        expire_leases(redis)
        second = machines.start()
        assert machines.take(second) == 0, machines.errors
        assert_rows(redis, count)
        first.send_signal(signal.SIGCONT)
        assert machines.wait() == [0], machines.errors
        assert_rows(redis, count)


@test
def interrupted_machine_gives_its_hosts_back_with_what_it_knows_of_them(tmp):
    with places(tmp, delay=0.02) as (redis, web, machines):
        path, count = write_list(
            tmp, web, ["h1", "h2", "h3", "delay1x"], 2,
            *(web.url("h%d" % (i % 3), "/x%d" % i) for i in range(100)))
        first = start_first(redis, machines, path)
        harness.wait_until(lambda: "delay1x" in web.requests() and
                           len(web.requests()["delay1x"]) > 1,
                           "the slow host has answered", first)
        first.send_signal(signal.SIGTERM)
        assert machines.take(first) == 128 + signal.SIGTERM
        assert not leased(redis)
        machines.start()
        assert machines.wait() == [0], machines.errors
        assert_rows(redis, count)
        hosts = web.requests()
        paths = [(h, x[2]) for h, notes in hosts.items() for x in notes]
        assert len(paths) == len(set(paths)), "a page was requested twice"
        assert_polite(web, ("delay1x", 1.0))
        # Machines that have ended do not delay the deletion.
        code, _, err = run(tmp, "fleet", "delete", redis.url("t"))
        assert code == 0 and redis.call("KEYS", "*") == [], err


def restart_and_forget(redis, first, hosts):
    """Restarts the server, as if it had forgotten that all URLs were loaded,
    and everything about the hosts; and ends its wait for old leases."""
    meta = "scrape:{t}:meta"
    run_id = redis.call("HGET", meta, "run")
    redis.kill()
    redis.start()
    redis.call("HDEL", meta, "loaded")
    for host in hosts:
        for key in ("h", "p", "q", "w", "s:0"):
            redis.call("DEL", "scrape:{t}:%s:%s.localhost" % (key, host))
        for key in ("due", "leased"):
            redis.call("ZREM", "scrape:{t}:" + key, host + ".localhost")
    harness.wait_until(lambda: redis.call("HGET", meta, "run") != run_id,
                       "the machine has come back", first)
    redis.call("HSET", meta, "hold", 1)


@test
def crawl_delay_after_robots_txt_holds_for_the_next_machine(tmp):
    with places(tmp) as (redis, web, machines):
        path, count = write_list(tmp, web, ["delay2x"], 1)
        first = start_first(redis, machines, path)
        harness.wait_until(lambda: "delay2x" in web.requests(),
                           "robots.txt is requested", first)
        time.sleep(0.3)     # until the answer has arrived
        first.send_signal(signal.SIGTERM)
        assert machines.take(first) == 128 + signal.SIGTERM
        machines.start()
        assert machines.wait() == [0], machines.errors
        assert_rows(redis, count)
        assert_polite(web, ("delay2x", 2.0))


@test
def host_with_a_long_crawl_delay_is_given_back_after_its_robots_txt(tmp):
    with places(tmp) as (redis, web, machines):
        path, _ = write_list(tmp, web, ["delay25x"], 1)
        first = start_first(redis, machines, path)

        def rest():
            due = redis.call("ZSCORE", "scrape:{t}:due", "delay25x.localhost")
            return float(due or 0) / 1000 - int(redis.call("TIME")[0])

        harness.wait_until(lambda: rest() > 5, "the host waits in the hub",
                           first)
        machines.kill(first)
        assert [x[2] for x in web.requests()["delay25x"]] == ["/robots.txt"]


@test
def pause_of_a_host_is_known_to_the_hub_at_once(tmp):
    with places(tmp) as (redis, web, machines):
        path, _ = write_list(tmp, web, ["rests"], 3)
        first = start_first(redis, machines, path)
        host = "scrape:{t}:h:rests.localhost"

        def pause():
            ready = float(redis.call("HGET", host, "ready") or 0)
            return ready / 1000 - int(redis.call("TIME")[0])

        harness.wait_until(lambda: pause() > 20, "the hub knows the pause",
                           first)
        end = redis.call("ZSCORE", "scrape:{t}:leased", "rests.localhost")
        machines.kill(first)
        # The lease was renewed as soon as the answer had come, and not after
        # the usual 10 s. The answer to page /1 has not come.
        _, ended, path, status = web.requests()["rests"][-1]
        assert (path, status) == ("/2", 429), web.requests()
        renewed = float(end) / 1000 - 30 - time.time() + time.monotonic()
        assert renewed - ended < 5, (renewed, ended)


@test
def lines_that_a_restarted_hub_has_forgotten_are_loaded_again(tmp):
    with places(tmp, delay=0.2) as (redis, web, machines):
        path, count = write_list(tmp, web, ["h1", "h2"], 12)
        first = start_first(redis, machines, path)
        harness.wait_until(lambda: requests(web), "something is requested",
                           first)
        restart_and_forget(redis, first, ["h1", "h2"])
        assert machines.wait() == [0], machines.errors
        assert {r["index"] for r in redis.rows("t")} == set(range(count))


@test
def redirects_to_other_hosts_have_records_when_the_hub_s_memory_is_full(tmp):
    with places(tmp, delay=0.2) as (redis, web, machines):
        path, count = write_list(tmp, web, ["awayh1", "awayh2"], 8)
        start_first(redis, machines, path)
        redis.call("CONFIG", "SET", "maxmemory", 1)
        # Make the scripts read the state of the memory again.
        redis.call("EVAL", "#!lua flags=allow-oom\nreturn redis.call('HDEL', "
                   "KEYS[1], 'memory_at')", 1, "scrape:{t}:meta")
        assert machines.wait() == [0], machines.errors
        assert redis.call("HGET", "scrape:{t}:meta", "is_full") == b"1"
        assert_rows(redis, count)
        assert all(r["status"] == 200 for r in redis.rows("t"))


@test
def machine_without_a_list_needs_a_job(tmp):
    with places(tmp) as (redis, web, machines):
        machines.start()
        assert machines.wait() == [3], machines.errors
        assert "there is no job t on" in machines.errors[0], machines.errors
        path, count = write_list(tmp, web, ["h1"], 3)
        machines.start(path)
        machines.start(path)
        assert machines.wait() == [0, 0], machines.errors
        other, _ = write_list(tmp, web, ["h1"], 4)
        machines.start(other)
        assert machines.wait() == [3], machines.errors
        assert "another list" in machines.errors[-1], machines.errors
        assert_rows(redis, count)


@test
def url_of_the_hub_at_a_private_address_needs_the_machine_s_consent(tmp):
    with places(tmp) as (redis, web, machines):
        path, _ = write_list(tmp, web, ["h1"], 1)
        machines.words.remove("--allow-private")
        machines.start(path)
        assert machines.wait() == [0], machines.errors
        row, = redis.rows("t")
        assert row["error"]["kind"] in ("blocked", "robots"), row
        assert not web.requests()


@test
def options_that_would_not_be_those_of_all_machines_are_refused(tmp):
    for words, why in ((("-o", "x"), "fleet collect"),
                       (("--rate", "1/s"), "--rate is not possible"),
                       (("-b", "a=1"), "--cookie is not possible"),
                       (("-d", "@list"), "do not have it"),
                       (("-u", "@list"), "do not have it")):
        with open(os.path.join(tmp, "list"), "w", encoding="utf-8") as f:
            f.write("a:b\n")
        code, _, err = run(tmp, *words, "--fleet", "redis://127.0.0.1:1#j",
                           "http://127.0.0.1:1/")
        assert code == 2 and why in err, (words, err)
    code, _, err = run(tmp, "--fleet", "redis://127.0.0.1:1#j", "http://a/")
    assert code == 3 and err.startswith("scrape: --fleet redis://127."), err


CRAWL = ("--scope", "any", "--domains", "localhost", "--retry", "3", "-s")


def crawled(redis):
    return sorted(r["url"] for r in redis.rows("t"))


@test
def crawl_that_two_machines_share_has_one_record_for_each_page(tmp):
    with places(tmp, options=CRAWL, command=("crawl",)) as \
            (redis, web, machines):
        machines.start(web.url("h0", "/page/0?60"))
        await_job(redis, machines)
        machines.start()
        assert machines.wait() == [0, 0], machines.errors
        assert crawled(redis) == sorted(
            web.url("h%d" % (i % 4), "/page/%d?60" % i) for i in range(61))
        rows = {r["url"]: r for r in redis.rows("t")}
        assert rows[web.url("h0", "/page/0?60")]["level"] == 0
        last = rows[web.url("h0", "/page/60?60")]
        assert last["level"] == 5 and \
            last["via"] == web.url("h1", "/page/29?60"), last


@test
def url_that_the_hub_has_under_another_host_is_not_requested(tmp):
    with places(tmp, delay=0.1) as (redis, web, machines):
        path, count = write_list(tmp, web, ["h1"], 10)
        machines.kill(start_first(redis, machines, path))
        url = web.url("h2", "/")
        redis.call("ZADD", "scrape:{t}:q:h1.localhost", 0,
                   "0000ffffi2:10u%d:%s" % (len(url), url))
        expire_leases(redis)
        machines.start()
        assert machines.wait() == [0], machines.errors
        assert_rows(redis, count + 1)
        row, = [r for r in redis.rows("t") if r["url"] == url]
        assert row["error"]["kind"] == "url", row
        assert list(web.requests()) == ["h1"], web.requests()


@test
def pages_of_a_crawling_machine_that_is_killed_are_requested_by_another(tmp):
    with places(tmp, 0.02, CRAWL, ("crawl",)) as (redis, web, machines):
        first = start_first(redis, machines, web.url("h0", "/page/0?100"))
        harness.wait_until(lambda: requests(web) > 30, "pages are requested",
                           first)
        machines.kill(first)
        expire_leases(redis)
        machines.start()
        assert machines.wait() == [0], machines.errors
        assert crawled(redis) == sorted(
            web.url("h%d" % (i % 4), "/page/%d?100" % i) for i in range(101))


@test
def pages_that_a_restarted_hub_has_forgotten_are_found_again(tmp):
    with places(tmp, 0.2, CRAWL, ("crawl",)) as (redis, web, machines):
        first = start_first(redis, machines, web.url("h0", "/page/0?40"))
        harness.wait_until(lambda: requests(web) > 2, "pages are requested",
                           first)
        restart_and_forget(redis, first, ["h0", "h1", "h2", "h3"])
        assert machines.wait() == [0], machines.errors
        assert set(crawled(redis)) == {
            web.url("h%d" % (i % 4), "/page/%d?40" % i) for i in range(41)}


@test
def redirect_in_a_crawl_of_a_fleet_is_a_record_and_its_target_a_page(tmp):
    with places(tmp, options=CRAWL, command=("crawl",)) as \
            (redis, web, machines):
        machines.start(web.url("awayh1", "/page/1?1"))
        assert machines.wait() == [0], machines.errors
        rows = {r["url"]: r for r in redis.rows("t")}
        target = web.url("h1", "/page/1?1")
        assert sorted(rows) == sorted([web.url("awayh1", "/page/1?1"), target,
                                       web.url("h0", "/page/0?1")]), rows
        seed = rows[web.url("awayh1", "/page/1?1")]
        assert seed["status"] == 302 and seed["final_url"] == target
        assert rows[target]["level"] == 0


@test
def redirects_in_a_crawl_of_a_fleet_that_form_a_loop_are_an_error(tmp):
    with places(tmp, options=CRAWL, command=("crawl",)) as \
            (redis, web, machines):
        machines.start(web.url("ring1", "/x"))
        assert machines.wait() == [0], machines.errors
        rows = {r["url"]: r for r in redis.rows("t")}
        assert sorted(rows) == [web.url("ring%d" % i, "/x") for i in
                                (1, 2, 3)], rows
        for i in (1, 2):
            row = rows[web.url("ring%d" % i, "/x")]
            assert row["status"] == 302 and not row["error"], row
        last = rows[web.url("ring3", "/x")]
        assert last["error"] == {
            "kind": "redirects", "message": "the redirects form a loop"}, last
        assert last["final_url"] == web.url("ring2", "/x"), last


@test
def crawl_of_a_fleet_whose_seeds_cannot_be_read_is_not_begun(tmp):
    with places(tmp, options=CRAWL, command=("crawl",)) as \
            (redis, web, machines):
        # Reading a folder is an error.
        folder = os.open(tmp, os.O_RDONLY)
        machines.start(web.url("h0", "/x"), "-", stdin=folder)
        os.close(folder)
        assert machines.wait() == [3], machines.errors
        assert "not all seeds could be read" in machines.errors[0]
        assert redis.call("KEYS", "*") == []


@test
def robots_txt_on_another_host_is_requested_under_the_lease_of_that_host(tmp):
    with places(tmp) as (redis, web, machines):
        path, _ = write_list(tmp, web, [], 0, web.url("movedstrict1", "/yes"),
                             web.url("movedstrict1", "/no"))
        host = "strict1.localhost"
        lease_elsewhere(redis, host)
        machines.start(path)
        harness.wait_until(lambda: len(web.requests().get(
            "movedstrict1", [])) > 1, "the redirect was answered twice")
        assert "strict1" not in web.requests()
        redis.call("ZADD", "scrape:{t}:leased", 1, host)
        assert machines.wait() == [0], machines.errors
        rows = {r["index"]: r for r in redis.rows("t")}
        assert rows[0]["status"] == 200, rows
        assert rows[1]["error"]["kind"] == "robots", rows
        assert [x[2] for x in web.requests()["strict1"]] == ["/robots.txt"]
        assert not leased(redis)
        assert redis.call("HEXISTS", "scrape:{t}:h:" + host, "left")


@test
def robots_txt_on_another_host_is_requested_while_those_of_others_arrive(tmp):
    with places(tmp, 0.02, OPTIONS + ("--parallel-max", "2")) as \
            (redis, web, machines):
        others = ["z%d" % i for i in range(60)]
        path, count = write_list(tmp, web, ["movedh9", *others], 1)
        machines.start(path)
        assert machines.wait() == [0], machines.errors
        assert_rows(redis, count)
        began = {h: x[0][0] for h, x in web.requests().items()}
        assert began["h9"] < max(began[h] for h in others), began


@test
def slow_host_is_held_until_its_robots_txt_was_requested_on_another_host(tmp):
    with places(tmp, 0, OPTIONS + ("--host-rate", "4/m")) as \
            (redis, web, machines):
        path, _ = write_list(tmp, web, ["movedh9"], 1)
        p = machines.start(path)
        harness.wait_until(lambda: b"h9.localhost" in leased(redis),
                           "the other host is leased", p)
        time.sleep(0.5)
        assert sorted(leased(redis)) == [b"h9.localhost",
                                         b"movedh9.localhost"]
        machines.kill(p)
