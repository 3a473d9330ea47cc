#!/usr/bin/env python3
"""scripts/article_model/train.py BUILD DATA [--work DIR] [--without PART/PARTS] [--model FILE]

Trains the model of parse/article/ from the labelled pages in DATA (html/*.html
and ground-truth/*.json, as in the WCXB development set), and writes
parse/article/model_data.c. Needs Python's own library and the programs
article-pages and article-boost of the build folder BUILD:

    cmake --build --preset release --target article-pages article-boost

The result is the same, byte for byte, whenever the pages and the sources are
the same. It takes about two minutes of processor time.

    --work DIR           where intermediate files are written (a new folder)
    --without PART/PARTS leaves out the pages whose names have this hash, to
                         measure with pages that the model has not seen
    --model FILE         writes the model there instead, as text, for
                         article-pages and scripts/article_model/measure.py

How it works: The words of each page are aligned with the words of its ground
truth (longest common subsequence). A run's target is its share of words that
are in the ground truth. From the targets come, in this order, the scores of
tokens, the first trees, the second trees (which see the first ones' results),
and the trees for types. What one stage tells the next must not come from the
same pages, because it would look better than it is: so tokens and first trees
are also made without each third of the pages, for that third.
"""
import argparse
import array
import collections
import concurrent.futures
import hashlib
import json
import math
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

from emit import write_source

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
TYPES = ["article", "forum", "product", "collection", "listing",
         "documentation", "service"]     # as in enum model_type
FOLDS = 3
ONE = 1024
MAX_RUNS = 250          # rows of a page, on the average
MAX_TOKENS = 8000
# Number (at most MODEL_MAX_TREES) and rate (per mille) of the trees.
TREES = {"first": (200, 60), "second": (250, 60), "type": (60, 100)}
WORD = re.compile(r"\w+")


def hash_of(text):
    return int(hashlib.md5(text.encode()).hexdigest()[:8], 16)


# --- Targets ---

def align(page, truth):
    """Returns for each word of the page whether it is part of a longest common
    subsequence with the truth. Bit-parallel (Hyyro 2004): bit j of a row is 0
    where the length grows at word j of the truth."""
    where = {}
    for j, word in enumerate(truth):
        where[word] = where.get(word, 0) | 1 << j
    full = (1 << len(truth)) - 1
    row = full
    rows = [row]
    for word in page:
        hits = row & where.get(word, 0)
        if hits:
            row = (row + hits | row - hits) & full
        rows.append(row)
    found = [False] * len(page)
    i, j = len(page), len(truth)
    while i and j:
        if rows[i] >> j - 1 & 1:
            j -= 1
        elif not rows[i - 1] >> j - 1 & 1:
            i -= 1
        else:
            i, j = i - 1, j - 1
            found[i] = True
    return found


def targets_of(texts, truth):
    """Returns the numbers of words of the runs, and the shares of them that are
    content. A run without words is like the one before it."""
    runs = [WORD.findall(t.lower()) for t in texts]
    found = align([w for run in runs for w in run], truth)
    shares, at = [], 0
    for run in runs:
        hits = sum(found[at:at + len(run)])
        at += len(run)
        shares.append(hits / len(run) if run else
                      shares[-1] if shares else 0.0)
    return [max(1, len(run)) for run in runs], shares


# --- Tokens: the same hashes as in parse/article/tokens.h ---

LETTERS = bytes(c for c in range(256)
                if c >= 128 or chr(c).isalnum())
OTHERS = bytes(c for c in range(256) if c not in LETTERS)
LOWER = bytes(0x30 if 48 <= c < 58 else c + 32 if 65 <= c < 91 else c
              for c in range(256))
hashes = {}


def token(data):
    """Returns the hash of a kind (one byte) and a text."""
    if data not in hashes:
        value = 2166136261
        for byte in data:
            value = (value ^ byte) * 16777619 & 0xffffffff
        value ^= value >> 15
        hashes[data] = value or 1
    return hashes[data]


# What separates words, besides white space: see parse/article/run_text.c.
SEPARATOR = re.compile(
    b"\xc2\xa0|\xe3..|[\xe4-\xe9]..|\xf0[\xa0-\xb3]..|"
    b"\xef\xbc[\x81-\x8f\x9a-\x9f]", re.DOTALL)


def tokens_of_text(text):
    """Returns the tokens of the first words of a run, and of all of it if it is
    short."""
    words = [token(b"=" + w.translate(LOWER, OTHERS)) for w in
             SEPARATOR.sub(b" ", text).split()[:12]]
    if 0 < len(words) <= 6:
        line = b"".join(bytes((w & 255, w >> 8 & 255, w >> 16 & 255))
                        for w in words)
        return set(words) | {token(b'"' + line)}
    return set(words)


class Page:
    """A labelled page, as article-pages prints it. tokens: for each token the
    share of content in what has it, and how much that says."""

    def __init__(self, name, data):
        with open(os.path.join(data, "ground-truth", name + ".json"),
                  encoding="utf-8") as f:
            label = json.load(f)
        truth = label["ground_truth"].get("main_content") or ""
        self.name = name
        self.type = label["_internal"]["page_type"]["primary"]
        self.truth = WORD.findall(truth.lower())[:20000]
        self.page_tokens = set()
        self.texts, self.run_tokens, self.blocks = [], [], []

    def add(self, line):
        kind, _, rest = line.partition(b"\t")
        if kind == b"T":
            self.page_tokens.add(token(rest))
        elif kind == b"R":
            text = rest.split(b"\t", 3)[3].replace(b"\f", b" ")
            self.texts.append(text)
            self.run_tokens.append(tokens_of_text(text))
        elif kind == b"t" and rest:
            self.run_tokens[-1] |= {token(t) for t in rest.split(b"\t")}
        elif kind == b"E":
            run, end, *tokens = rest.split(b"\t")
            if int(run) < int(end):
                self.blocks.append((int(run), int(end),
                                    [token(t) for t in tokens]))

    def finish(self):
        texts = [t.decode("utf-8", "replace").replace("\f", "")
                 for t in self.texts]
        self.words, self.shares = targets_of(texts, self.truth)
        self.count_tokens()
        self.truth = len(self.truth)
        del self.texts, self.run_tokens, self.blocks

    def count_tokens(self):
        sums = collections.defaultdict(lambda: [0.0, 0.0])
        words, hits = [0.0], [0.0]
        for n, share in zip(self.words, self.shares):
            words.append(words[-1] + min(n, 60))
            hits.append(hits[-1] + min(n, 60) * share)
        for run, end, tokens in self.blocks:
            n = words[end] - words[run]
            for t in tokens:
                sums[t][0] += math.sqrt(n)
                sums[t][1] += math.sqrt(n) * (hits[end] - hits[run]) / n
        for n, share, tokens in zip(self.words, self.shares, self.run_tokens):
            for t in sorted(tokens):
                sums[t][0] += min(n, 4)
                sums[t][1] += min(n, 4) * share
        self.tokens = {t: (hit / n, min(1.0, n / 3))
                       for t, (n, hit) in sums.items()}


def read_pages(tools, data, names):
    pages = []
    output = subprocess.Popen(
        [tools.pages, "blocks"] + [n + ".html" for n in names],
        cwd=os.path.join(data, "html"), stdout=subprocess.PIPE)
    for line in output.stdout:
        line = line.rstrip(b"\n")
        if line[:2] != b"P\t":
            pages[-1].add(line)
            continue
        if pages:
            pages[-1].finish()
        pages.append(Page(line[2:-5].decode(), data))
    pages[-1].finish()
    if output.wait():
        raise SystemExit("article-pages failed")
    return pages


# --- Stages ---

def clip(value, limit):
    return max(-limit, min(limit, round(value)))


def token_scores(pages):
    """Returns lines of the model: the logarithm of the odds of content, 16 for
    each e, against that of an average token."""
    count, hits, weights = (collections.Counter() for _ in range(3))
    for page in pages:
        for t, (share, weight) in page.tokens.items():
            count[t] += 1
            hits[t] += share * weight
            weights[t] += weight
    known = sorted(t for t in count if count[t] >= 5)
    prior = math.fsum(hits[t] for t in known) / \
        math.fsum(weights[t] for t in known)
    scores = []
    for t in known:
        odds = (hits[t] + 3 * prior) / \
            (weights[t] - hits[t] + 3 * (1 - prior))
        score = clip(16 * (math.log(odds) - math.log(prior / (1 - prior))), 120)
        if abs(score) >= 4:
            scores.append((math.sqrt(count[t]) * abs(score), t, score))
    scores.sort(reverse=True)
    return ["K %d %d" % (t, s) for _, t, s in sorted(
        scores[:MAX_TOKENS], key=lambda x: x[1])]


def page_token_scores(pages):
    types = collections.Counter(p.type for p in pages)
    seen = collections.defaultdict(collections.Counter)
    for page in pages:
        for t in page.page_tokens:
            seen[t][page.type] += 1
    lines = []
    for t in sorted(seen):
        total = sum(seen[t].values())
        if total < 4:
            continue
        scores = [clip(12 * (
            math.log((seen[t][k] + .3) / (types[k] + .6)) -
            math.log((total - seen[t][k] + .3) /
                     (len(pages) - types[k] + .6))), 60) for k in TYPES]
        lines.append("Q %d %s" % (t, " ".join(map(str, scores))))
    return lines


def run_targets(page):
    """Returns a target and a weight for each run. Each page has about the same
    weight in all, and long pages fewer rows."""
    rows = array.array("i")
    whole = max(page.truth, 60) + .15 * sum(page.words)
    kept = min(1.0, MAX_RUNS / max(1, len(page.words)))
    for i, (n, share) in enumerate(zip(page.words, page.shares)):
        left_out = hash_of(page.name + str(i)) % 1000 >= 1000 * kept
        if not page.truth or left_out:
            rows.extend((0, 0))
            continue
        weight = round(20000 * (n + .7) / whole / kept)
        rows.extend((round(ONE * share), max(1, min(4000, weight))))
    return rows.tobytes()


class Trainer:
    def __init__(self, tools, data, work, pages):
        self.tools, self.data, self.work, self.pages = tools, data, work, pages
        self.parts = [[p for p in pages if hash_of("f" + p.name) % FOLDS == k]
                      for k in range(FOLDS)]
        names = subprocess.run([tools.pages, "names"], check=True, text=True,
                               stdout=subprocess.PIPE).stdout.split()
        self.all, self.before_first = len(names), names.index("FIRST")

    def path(self, name):
        return os.path.join(self.work, name)

    def write(self, name, data):
        with open(self.path(name), "wb") as f:
            f.write(data)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), "rb") as f:
            return f.read()

    def run_pages(self, command, model, pages):
        return subprocess.run(
            [self.tools.pages, command, model] +
            [p.name + ".html" for p in pages], check=True,
            cwd=os.path.join(self.data, "html"), stdout=subprocess.PIPE).stdout

    def boost(self, rows, targets, features, kind, name):
        return subprocess.run(
            [self.tools.boost, rows, targets, features] +
            [str(n) for n in TREES[kind]] + [name], check=True,
            stdout=subprocess.PIPE).stdout

    def tokens(self, k):
        """Makes the tokens without part k (FOLDS: of all), and the rows of that
        part."""
        others = [p for i in range(FOLDS) if i != k for p in self.parts[i]]
        lines = token_scores(others) + page_token_scores(others)
        model = self.write("tokens%d" % k,
                           "".join(x + "\n" for x in lines).encode())
        if k < FOLDS:
            self.write("rows%d" % k,
                       self.run_pages("features", model, self.parts[k]))
            self.write("targets%d" % k,
                       b"".join(map(run_targets, self.parts[k])))

    def first(self, k):
        others = [i for i in range(FOLDS) if i != k]
        trees = self.boost(
            self.write("r%d" % k,
                       b"".join(self.read("rows%d" % i) for i in others)),
            self.write("t%d" % k,
                       b"".join(self.read("targets%d" % i) for i in others)),
            "%d/%d" % (self.before_first, self.all), "first", "first")
        os.remove(self.path("r%d" % k))
        model = self.write("first%d" % k, self.read("tokens%d" % k) + trees)
        if k < FOLDS:
            self.write("both%d" % k,
                       self.run_pages("features", model, self.parts[k]))

    def second(self):
        both = [self.read("both%d" % k) for k in range(FOLDS)]
        targets = [self.read("targets%d" % k) for k in range(FOLDS)]
        return self.boost(self.write("r", b"".join(both)),
                          self.write("t", b"".join(targets)),
                          "%d/%d" % (self.all, self.all), "second", "second")

    def types(self, second):
        rows, types = array.array("b"), []
        for k in range(FOLDS):
            model = self.write("m%d" % k, self.read("first%d" % k) + second)
            lines = self.run_pages("types", model, self.parts[k]).split(b"\n")
            for line in lines[:len(self.parts[k])]:
                rows.extend(map(int, line.split()))
            types += [p.type for p in self.parts[k]]
        features = str(len(rows) // len(types))
        table = self.write("r", rows.tobytes())
        trees = b""
        for i, name in enumerate(TYPES):
            targets = array.array("i")
            for t in types:
                targets.extend((ONE * (t == name), 1000))
            trees += self.boost(table, self.write("t", targets.tobytes()),
                                features, "type", "type%d" % i)
        return trees

    def train(self):
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            list(pool.map(self.tokens, range(FOLDS + 1)))
            list(pool.map(self.first, range(FOLDS + 1)))
        second = self.second()
        return self.read("first%d" % FOLDS) + second + self.types(second)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("data")
    parser.add_argument("--work")
    parser.add_argument("--without")
    parser.add_argument("--model")
    args = parser.parse_args()
    tools = argparse.Namespace(
        pages=os.path.abspath(os.path.join(args.build, "article-pages")),
        boost=os.path.abspath(os.path.join(args.build, "article-boost")))
    names = sorted(n[:-5] for n in os.listdir(os.path.join(args.data, "html")))
    if args.without:
        part, parts = map(int, args.without.split("/"))
        names = [n for n in names if hash_of(n) % parts != part]
    with tempfile.TemporaryDirectory() as folder:
        work = os.path.abspath(args.work or folder)
        os.makedirs(work, exist_ok=True)
        pages = read_pages(tools, args.data, names)
        model = Trainer(tools, args.data, work, pages).train()
    if args.model:
        with open(args.model, "wb") as f:
            f.write(model)
    else:
        write_source(model.decode(), os.path.join(
            ROOT, "parse", "article", "model_data.c"))


if __name__ == "__main__":
    main()
