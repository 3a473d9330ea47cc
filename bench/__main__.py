"""The benchmark: compares scrape with other tools for the same work
(docs/BENCH.md). scripts/bench installs and builds what it needs."""
import argparse
import contextlib
import json
import os
import platform
import signal
import sys
import tempfile

import clients
import counts
import servers
import table
import workloads
from corpus import Corpus
from measure import Processors, run

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Requests per workload, and rounds of all clients.
FULL = {"small": 20000, "pages": 4000, "delayed": 1000, "api": 4000,
        "crawl": 10000}
QUICK = {"small": 1000, "pages": 200, "delayed": 200, "api": 200,
         "crawl": 500}
ROUNDS, QUICK_ROUNDS = 5, 3

# Seconds after which a run of a client is killed.
LIMIT = 300


def arguments():
    p = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Compares scrape with curl -Z, wget2, aiohttp, threads "
        "with requests, and Scrapy on the same work; or counts the "
        "instructions of scrape. docs/BENCH.md explains the output.")
    what = p.add_mutually_exclusive_group()
    what.add_argument("--quick", action="store_true",
                      help="a tenth of the work, in under a minute")
    what.add_argument("--count", action="store_true",
                      help="count instructions (callgrind) and compare with "
                      "the accepted counts")
    what.add_argument("--check", action="store_true",
                      help="as --count; exit 1 if a count has grown by more "
                      "than %d %%%%" % counts.THRESHOLD)
    what.add_argument("--accept", action="store_true",
                      help="as --count; accept the counts: write them to "
                      "bench/instructions.json")
    p.add_argument("--rounds", type=int, metavar="N",
                   help="rounds of all clients (%d; quick: %d)" % (
                       ROUNDS, QUICK_ROUNDS))
    p.add_argument("--only", action="append", metavar="NAME", default=[],
                   help="only this workload (%s) or count (%s); repeatable" % (
                       ", ".join(FULL),
                       ", ".join(name for name, *_ in counts.COUNTS)))
    p.add_argument("--against", metavar="BINARY",
                   help="another build of scrape to measure as well")
    p.add_argument("--json", metavar="FILE",
                   help="write all figures to FILE, as JSON")
    p.add_argument("--keep", metavar="FOLDER",
                   help="keep callgrind's files in FOLDER, for "
                   "callgrind_annotate")
    options = p.parse_args()
    counting = options.count or options.check or options.accept
    known = [n for n, *_ in counts.COUNTS] if counting else list(FULL)
    for name in options.only:
        if name not in known:
            p.error("--only %s: not one of %s" % (name, ", ".join(known)))
    if options.rounds is not None and options.rounds < 1:
        p.error("--rounds: at least one")
    if options.against and not os.access(options.against, os.X_OK):
        p.error("--against: cannot run " + options.against)
    return options, counting


def built_binary(name):
    return os.path.join(ROOT, "build", "release", name)


def scrape_binary():
    return os.environ.get("SCRAPE") or built_binary("scrape")


def write_json(path, figures):
    if path:
        with open(path, "w") as f:
            json.dump(figures, f, indent=1, ensure_ascii=False)
            f.write("\n")


# --- Seconds ------------------------------------------------------------------


def make_workload(name, n, files, base, site):
    if name == "delayed":
        return workloads.delayed(ROOT, site, n)
    return getattr(workloads, name)(files, base, n)


def run_client(client, work, folder, processors):
    folder = os.path.join(folder, client.name.replace(" ", "-"))
    if not os.path.isdir(folder):
        os.mkdir(folder)
        client.prepare(folder, work)
    client.clear(folder)
    result = run(client.command(work), folder, processors, LIMIT)
    if not result.wrong:
        try:
            client.check(folder, work)
        except (clients.WrongAnswer, ValueError, KeyError, OSError) as e:
            result.wrong = str(e) or type(e).__name__
    return result


def run_rounds(work, all_clients, folder, processors, n, warm_up):
    """Runs each client once per round; each round starts with the next
    client. With warm_up, a round that does not count comes first: it brings
    files and programs into memory."""
    runs = {client.name: [] for client in all_clients}
    for i in range(-1 if warm_up else 0, n):
        first = i % len(all_clients)
        for client in all_clients[first:] + all_clients[:first]:
            if any(r.wrong for r in runs[client.name]) or \
                    (client.once and i):
                continue
            result = run_client(client, work, folder, processors)
            if i >= 0 or result.wrong:
                runs[client.name].append(result)
    return runs


def figures_of(work, all_clients, runs):
    base = runs[all_clients[0].name]
    return {"says": work.description, "at_once": work.at_once,
            "requests": len(work.answers), "clients": {
                client.name: {
                    "note": client.note(work),
                    "runs": [vars(r) for r in runs[client.name]],
                    **{name: spread.as_json() for name, spread in
                       table.summary(runs[client.name], base).items()}}
                for client in all_clients}}


def conditions(processors):
    names = ("curl", "wget2", "jq", "python3", "python3-aiohttp",
             "python3-requests", "python3-lxml", "python3-scrapy",
             "nginx-light")
    with open("/proc/cpuinfo") as f:
        model = [line.partition(":")[2].strip() for line in f
                 if line.startswith("model name")]
    return {"processor": model[0] if model else platform.machine(),
            "processors": os.cpu_count(), "pinned": processors.pinned,
            "load": os.getloadavg()[0],
            "packages": {name: counts.package(name) for name in names}}


def print_conditions(c):
    print("%s, %d processors; load at the start: %.1f" % (
        c["processor"], c["processors"], c["load"]))
    print("Servers run on one processor, clients on another."
          if c["pinned"] else
          "Servers and clients share the only processor; nothing is pinned.")


def print_noise(all_runs):
    share = max(r.others for runs in all_runs
                for client_runs in runs.values() for r in client_runs)
    if share > 0.1:
        print("\nThe machine was busy: in one run other processes used %.0f "
              "%% of the clients'\nprocessor. CPU seconds and their ratios "
              "are still good; repeat the run on a\nquiet machine for the "
              "other figures." % (100 * share))


def measure(options, files, folder):
    processors = Processors()
    machine = conditions(processors)
    print_conditions(machine)
    amounts = QUICK if options.quick else FULL
    n = options.rounds or (QUICK_ROUNDS if options.quick else ROUNDS)
    all_runs, works = [], {}
    with servers.nginx(files.root, os.path.join(folder, "nginx"),
                       processors.server_pin) as base, \
            servers.demo_site(built_binary("demo-site"),
                              processors.server_pin) as site:
        for name in dict.fromkeys(options.only or amounts):
            work = make_workload(name, amounts[name], files, base, site)
            own = os.path.join(folder, name)
            os.mkdir(own)
            all_clients = clients.clients_for(work, scrape_binary(),
                                              options.against)
            runs = run_rounds(work, all_clients, own, processors, n,
                              not options.quick)
            table.show(work, all_clients, runs)
            all_runs.append(runs)
            works[name] = figures_of(work, all_clients, runs)
    print_noise(all_runs)
    write_json(options.json, {**machine, "rounds": n, "workloads": works})
    return 1 if any(r.wrong for runs in all_runs
                    for client_runs in runs.values()
                    for r in client_runs) else 0


# --- Instructions -------------------------------------------------------------


def count(options, files, folder):
    found = {}
    counts.make_counts_repeatable()
    with servers.nginx(files.root, os.path.join(folder, "nginx"),
                       []) as base:
        counter = counts.Counter(scrape_binary(), files, base, folder,
                                 options.keep)
        for name, _, *how in counts.COUNTS:
            if not options.only or name in options.only:
                found[name] = counter.count(name, *how)
    here = counts.made_with(files)
    grown = counts.show(found, here, counts.read())
    write_json(options.json, {"counts": found, "made_with": here})
    if options.accept:
        counts.accept(found, here)
    elif options.check and grown:
        print("scripts/bench: more than %d %% more instructions than "
              "accepted, or no accepted count: %s\n(find the cause with "
              "--keep and callgrind_annotate, or accept the counts with "
              "--accept)" % (counts.THRESHOLD, ", ".join(grown)),
              file=sys.stderr)
        return 1
    return 0


def main():
    options, counting = arguments()
    # Turn SIGTERM into an exception, so that `finally` stops the servers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with contextlib.suppress(BrokenPipeError), \
            tempfile.TemporaryDirectory(prefix="scrape-bench.") as folder:
        files = Corpus(os.path.join(folder, "www"))
        return (count if counting else measure)(options, files, folder)


try:
    sys.exit(main())
except KeyboardInterrupt:
    sys.exit(130)
