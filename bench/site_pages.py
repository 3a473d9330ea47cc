"""A site to crawl: pages of 10 KB with 60 links each, like the index pages of a
large archive. Page i links to six pages of its own, so that all are reached
within a few levels, and to others that are known already."""
import os

from corpus import Dice

LINKS, CHILDREN = 60, 6


def linked(number, pages):
    """Returns the numbers of the pages that a page links to."""
    dice = Dice(number + 200001)
    own = [i for i in range(number * CHILDREN + 1,
                            (number + 1) * CHILDREN + 1) if i < pages]
    return own + [dice.below(pages) for _ in range(LINKS - len(own))]


def page(number, pages):
    dice = Dice(number + 300001)
    items = "".join(
        '<li><a href="/site/%d.html">%s</a> %s, <em>%s</em> %s\n' % (
            i, dice.words(2), dice.words(11), dice.words(2), dice.words(4))
        for i in linked(number, pages))
    return """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Page %d</title></head>
<body><h1>%s</h1>
<ul>
%s</ul>
</body></html>
""" % (number, dice.words(3), items)


def write(root, pages):
    """Writes the site to the folder `root`. Returns the sizes by path."""
    folder = os.path.join(root, "site")
    os.makedirs(folder, exist_ok=True)
    sizes = {}
    for i in range(pages):
        path = "site/%d.html" % i
        with open(os.path.join(root, path), "w", encoding="utf-8") as f:
            f.write(page(i, pages))
        sizes[path] = os.path.getsize(os.path.join(root, path))
    return sizes
