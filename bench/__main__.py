"""The benchmark: scrape beside what one would take instead (docs/BENCH.md).
scripts/bench installs and builds what this needs."""
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
from measure import Places, run

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# How much of each, and how often.
FULL = {"small": 20000, "pages": 4000, "delayed": 1000, "api": 4000}
QUICK = {"small": 1000, "pages": 200, "delayed": 200, "api": 200}
ROUNDS, QUICK_ROUNDS = 5, 3

# Seconds for one run of one client.
LIMIT = 300


def arguments():
    p = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Measures scrape beside curl -Z, wget2, aiohttp, threads "
        "with requests, and Scrapy, on the same work; or counts its "
        "instructions. docs/BENCH.md says how to read it.")
    what = p.add_mutually_exclusive_group()
    what.add_argument("--quick", action="store_true",
                      help="a tenth of the work, in under a minute")
    what.add_argument("--count", action="store_true",
                      help="count instructions (callgrind) beside the "
                      "accepted counts")
    what.add_argument("--check", action="store_true",
                      help="the same; exit 1 if one has grown by more than "
                      "%d %%%%" % counts.THRESHOLD)
    what.add_argument("--accept", action="store_true",
                      help="the same; keep them in bench/instructions.json")
    p.add_argument("--rounds", type=int, metavar="N",
                   help="rounds of all clients (%d; quick: %d)" % (
                       ROUNDS, QUICK_ROUNDS))
    p.add_argument("--only", action="append", metavar="NAME", default=[],
                   help="only this workload (%s) or count (%s); repeatable" % (
                       ", ".join(FULL),
                       ", ".join(name for name, *_ in counts.COUNTS)))
    p.add_argument("--against", metavar="BINARY",
                   help="another scrape, measured beside this one")
    p.add_argument("--json", metavar="FILE", help="all figures, as JSON")
    p.add_argument("--keep", metavar="FOLDER",
                   help="keep callgrind's files, for callgrind_annotate")
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


def built(name):
    return os.path.join(ROOT, "build", "release", name)


def scrape():
    return os.environ.get("SCRAPE") or built("scrape")


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


def one(client, work, folder, places):
    folder = os.path.join(folder, client.name.replace(" ", "-"))
    if not os.path.isdir(folder):
        os.mkdir(folder)
        client.prepare(folder, work)
    client.clear(folder)
    result = run(client.command(work), folder, places, LIMIT)
    if not result.wrong:
        try:
            client.check(folder, work)
        except (clients.Wrong, ValueError, KeyError, OSError) as e:
            result.wrong = str(e) or type(e).__name__
    return result


def rounds(work, everyone, folder, places, n, warm):
    """Each client once a round, each round begun by another one. When it is
    warm, there is a round before that does not count: it brings files and
    programs into memory."""
    runs = {client.name: [] for client in everyone}
    for i in range(-1 if warm else 0, n):
        turn = everyone[i % len(everyone):] + everyone[:i % len(everyone)]
        for client in turn:
            if any(r.wrong for r in runs[client.name]):
                continue
            result = one(client, work, folder, places)
            if i >= 0 or result.wrong:
                runs[client.name].append(result)
    return runs


def figures_of(work, everyone, runs):
    base = runs[everyone[0].name]
    return {"says": work.says, "at_once": work.at_once,
            "requests": len(work.answers), "clients": {
                client.name: {
                    "note": client.note(work),
                    "runs": [vars(r) for r in runs[client.name]],
                    **{name: spread.as_json() for name, spread in
                       table.summary(runs[client.name], base).items()}}
                for client in everyone}}


def conditions(places):
    names = ("curl", "wget2", "jq", "python3", "python3-aiohttp",
             "python3-requests", "python3-lxml", "python3-scrapy",
             "nginx-light")
    with open("/proc/cpuinfo") as f:
        model = [line.partition(":")[2].strip() for line in f
                 if line.startswith("model name")]
    return {"processor": model[0] if model else platform.machine(),
            "processors": os.cpu_count(), "pinned": places.pinned,
            "load": os.getloadavg()[0],
            "packages": {name: counts.package(name) for name in names}}


def say_conditions(c):
    print("%s, %d processors; load before: %.1f" % (
        c["processor"], c["processors"], c["load"]))
    print("Servers on one processor, clients on another."
          if c["pinned"] else
          "Only one processor: servers and clients share it, and nothing is "
          "pinned.")


def say_noise(runs):
    share = max(r.others for work in runs for of in work.values()
                for r in of)
    if share > 0.1:
        print("\nNot alone: in one run others had %.0f %% of the clients' "
              "processor.\nTrust CPU seconds and their proportions; the "
              "others need a quiet machine." % (100 * share))


def measure(options, files, folder):
    places = Places()
    say = conditions(places)
    say_conditions(say)
    amounts = QUICK if options.quick else FULL
    n = options.rounds or (QUICK_ROUNDS if options.quick else ROUNDS)
    everyone = clients.all_of(scrape(), options.against)
    done, works = [], {}
    with servers.nginx(files.root, os.path.join(folder, "nginx"),
                       places.server_pin) as base, \
            servers.demo_site(built("demo-site"), places.server_pin) as site:
        for name in dict.fromkeys(options.only or amounts):
            work = make_workload(name, amounts[name], files, base, site)
            own = os.path.join(folder, name)
            os.mkdir(own)
            runs = rounds(work, everyone, own, places, n,
                          not options.quick)
            table.show(work, everyone, runs)
            done.append(runs)
            works[name] = figures_of(work, everyone, runs)
    say_noise(done)
    write_json(options.json, {**say, "rounds": n, "workloads": works})
    return 1 if any(r.wrong for work in done for of in work.values()
                    for r in of) else 0


# --- Instructions -------------------------------------------------------------


def count(options, files, folder):
    found = {}
    counts.leave_little_to_chance()
    with servers.nginx(files.root, os.path.join(folder, "nginx"),
                       []) as base:
        place = counts.Place(scrape(), files, base, folder, options.keep)
        for name, _, *how in counts.COUNTS:
            if not options.only or name in options.only:
                found[name] = place.count(name, *how)
    here = counts.made_with(files)
    grown = counts.show(found, here, counts.read())
    write_json(options.json, {"counts": found, "made_with": here})
    if options.accept:
        counts.accept(found, here)
    elif options.check and grown:
        print("scripts/bench: over %d %% more instructions, or never "
              "accepted: %s\n(find them with --keep, or scripts/bench "
              "--accept)" % (counts.THRESHOLD, ", ".join(grown)),
              file=sys.stderr)
        return 1
    return 0


def main():
    options, counting = arguments()
    # Ends through all the finallys, so that no server stays.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with contextlib.suppress(BrokenPipeError), \
            tempfile.TemporaryDirectory(prefix="scrape-bench.") as folder:
        files = Corpus(os.path.join(folder, "www"))
        return (count if counting else measure)(options, files, folder)


try:
    sys.exit(main())
except KeyboardInterrupt:
    sys.exit(130)
