"""Tests of the reasons why machines of a fleet wait, and of hosts that they
leave to other machines. A part of tests/behaviour/run."""
import os
import signal
import struct
import time

import harness
from __main__ import Skip, test
from fleet_workers import (CRAWL, OPTIONS, assert_rows, crawled, expire_leases,
                           lease_elsewhere, leased, places, requests,
                           start_first, write_list)

LATER = os.path.join(harness.BIN, "later.so")
META = "scrape:{t}:meta"


class Clock:
    """The clock of all machines that are started after it was created. The
    test puts it forward."""

    def __init__(self, tmp, machines):
        if not os.path.exists(LATER):
            raise Skip("later.so is not built with sanitizers")
        self.path, self.seconds = os.path.join(tmp, "clock"), 0
        with open(self.path, "wb") as f:
            f.write(bytes(8))
        machines.env.update(LD_PRELOAD=LATER, CLOCK_OFFSET=self.path)

    def put_forward(self, seconds):
        self.seconds += seconds
        with open(self.path, "r+b") as f:
            f.write(struct.pack("d", self.seconds))


def await_line(p, text):
    """Reads the messages of a machine until one contains the text."""
    said = []
    for line in p.stderr:
        if text in line:
            return
        said.append(line)
    raise AssertionError("no message %r: %s" % (text, said))


@test
def machine_leaves_hosts_that_it_cannot_keep_busy_to_others(tmp):
    """On a busy machine, the first one may lease one or two hosts more than it
    has requests, and the second one starts late."""
    hosts = ["h%d" % i for i in range(8)]
    with places(tmp, 0.1, (*OPTIONS, "-P", "4")) as (redis, web, machines):
        path, count = write_list(tmp, web, hosts, 20)
        first = start_first(redis, machines, path)
        harness.wait_until(lambda: requests(web) > 20, "pages are requested",
                           first)
        assert len(leased(redis)) < len(hosts), leased(redis)
        machines.start()
        assert machines.wait() == [0, 0], machines.errors
        assert_rows(redis, count)
        # "TIME PAGES ..." of each machine.
        workers = redis.call("HVALS", "scrape:{t}:workers")
        done = sorted(int(x.split()[1]) for x in workers)
        assert sum(done) == count and done[0] > count / 8, done


@test
def seeds_are_loaded_when_the_full_memory_of_the_hub_has_room_again(tmp):
    with places(tmp, options=CRAWL[:-1], command=("crawl",)) as \
            (redis, web, machines):
        redis.call("CONFIG", "SET", "maxmemory", 1)
        p = machines.start(web.url("h0", "/page/0?4"),
                           web.url("h3", "/page/3?4"))
        await_line(p, "the hub's memory is full: the seeds are added when")
        assert not web.requests()
        redis.call("CONFIG", "SET", "maxmemory", 0)
        assert machines.wait() == [0], machines.errors
        assert crawled(redis) == sorted(
            web.url("h%d" % (i % 4), "/page/%d?4" % i) for i in range(5))


@test
def request_of_an_interrupted_machine_may_take_longer_than_10_s(tmp):
    with places(tmp) as (redis, web, machines):
        clock = Clock(tmp, machines)
        path, count = write_list(tmp, web, ["held"], 1)
        p = start_first(redis, machines, path)
        harness.wait_until(lambda: web.holds("held"), "a page is requested", p)
        p.send_signal(signal.SIGTERM)
        for _ in range(8):
            time.sleep(0.15)
            clock.put_forward(2)
        web.let_go()
        assert machines.take(p) == 128 + signal.SIGTERM, machines.errors
        assert not leased(redis)
        assert_rows(redis, count)
        assert redis.rows("t")[0]["status"] == 200, redis.rows("t")


@test
def machine_without_urls_says_that_the_one_that_loads_may_have_ended(tmp):
    with places(tmp, 0.05, OPTIONS[:-1]) as (redis, web, machines):
        clock = Clock(tmp, machines)
        path, count = write_list(tmp, web, ["h1", "h2"], 5)
        machines.kill(start_first(redis, machines, path))
        # The same state as if the machine had been killed while loading.
        redis.call("HDEL", META, "loaded")
        expire_leases(redis)
        p = machines.start()
        harness.wait_until(lambda: len(redis.rows("t")) == count,
                           "all that was loaded is done", p)
        for _ in range(3):
            time.sleep(0.6)
            clock.put_forward(6)
        await_line(p, "no URLs come: the machine that loads the list is slow")
        machines.start(path)
        assert machines.wait() == [0, 0], machines.errors
        assert_rows(redis, count)


@test
def host_whose_robots_txt_waits_for_a_leased_host_is_left_to_others(tmp):
    """Other machines ask for hosts twice a second. On a busy machine the test
    may see only a later time at which the host is left."""
    def is_left():
        return redis.call("ZSCORE", "scrape:{t}:due", "movedh1.localhost")

    with places(tmp) as (redis, web, machines):
        clock = Clock(tmp, machines)
        path, _ = write_list(tmp, web, ["movedh1"], 1)
        lease_elsewhere(redis, "h1.localhost")
        p = start_first(redis, machines, path)
        harness.wait_until(web.requests, "robots.txt is requested", p)
        for _ in range(60):
            clock.put_forward(6)
            time.sleep(0.15)
            if is_left():
                time.sleep(0.8)
                if is_left():
                    break
        else:
            raise AssertionError("the host is leased again at once")
        machines.kill(p)
