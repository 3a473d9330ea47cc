#!/usr/bin/env python3
"""scripts/article_model/measure.py BUILD DATA MODEL [PART/PARTS]

Prints the mean word F1 of the content that MODEL (written by train --model)
finds, and the share of right types, for each type of page; of all pages, or of
those whose names have this hash."""
import collections
import json
import os
import re
import subprocess
import sys

sys.dont_write_bytecode = True

from train import TYPES, hash_of


def count_words(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def f1(got, want):
    if not want:
        return float(not got)
    return 2 * sum((got & want).values()) / \
        (sum(got.values()) + sum(want.values()))


def main():
    build, data, model, *rest = sys.argv[1:]
    part, parts = map(int, (rest or ["0/1"])[0].split("/"))
    names = sorted(n[:-5] for n in os.listdir(os.path.join(data, "html")))
    names = [n for n in names if hash_of(n) % parts == part]
    output = subprocess.run(
        [os.path.abspath(os.path.join(build, "article-pages")), "content",
         os.path.abspath(model)] + [n + ".html" for n in names],
        cwd=os.path.join(data, "html"), check=True, stdout=subprocess.PIPE)
    rows = collections.defaultdict(list)
    for name, line in zip(names, output.stdout.split(b"\n")):
        kind, _, text = line.decode("utf-8", "replace").split("\t", 2)
        with open(os.path.join(data, "ground-truth", name + ".json"),
                  encoding="utf-8") as f:
            label = json.load(f)
        want = label["ground_truth"].get("main_content") or ""
        right = label["_internal"]["page_type"]["primary"]
        row = (f1(count_words(text), count_words(want)),
               TYPES[int(kind)] == right)
        rows[right].append(row)
        rows["(all)"].append(row)
    print("%-14s %6s %7s %6s" % ("type", "pages", "F1", "type"))
    for kind in sorted(rows):
        of = rows[kind]
        print("%-14s %6d %7.4f %6.3f" % (
            kind, len(of), sum(r[0] for r in of) / len(of),
            sum(r[1] for r in of) / len(of)))


if __name__ == "__main__":
    main()
