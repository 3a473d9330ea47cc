"""Generates the files that are fetched (pages, documents and small files, the
same ones each time) and the right answer for each.

No parser is needed for the answers: a page is made from its title and its
links, so both are known. Only links that all parsers resolve alike are used
(urllib.parse resolves them here); unusual ones are left to the tests."""
import hashlib
import html
import json
import os
from urllib.parse import urljoin

SMALL = 1024

# Size in bytes, and the number of pages in ten that have about that size:
# 30 KB on average.
SIZES = ((3000, 4), (12000, 3), (45000, 2), (160000, 1))

WORDS = """harbour atlas small letters night train paper boat quiet machine
bread garden window river lantern market seven slow copper bridge island
winter map table stone voyage under above between early café naïve Ærø Łódź
Ελλάδα 東京 sea kitchen thread clock station summer north""".split()


class Dice:
    """A random number generator of our own, because the results of
    random.choice may differ between versions of Python."""

    def __init__(self, seed):
        self.state = seed * 2862933555777941757 + 3037000493

    def below(self, n):
        self.state = (self.state * 6364136223846793005 +
                      1442695040888963407) % (1 << 64)
        return (self.state >> 33) % n

    def pick(self, of):
        return of[self.below(len(of))]

    def words(self, n):
        return " ".join(self.pick(WORDS) for _ in range(n))


HREFS = (
    lambda d: "/shelves/%s/%d" % (d.pick(("nature", "travel")), d.below(99)),
    lambda d: "item-%d.html" % d.below(9999),
    lambda d: "../help/%d?from=page&part=%d" % (d.below(99), d.below(9)),
    lambda d: "https://www.example.org/articles/%d" % d.below(9999),
    lambda d: "//static.example.net/files/%d.pdf" % d.below(9999),
    lambda d: "?page=%d&sort=price" % d.below(50),
    lambda d: "#part-%d" % d.below(50),
)


class Page:
    """A page: its markup and its links."""

    def __init__(self, number, size):
        self.dice = Dice(number + 1)
        self.hrefs = []
        self.title = "%s \u2014 Page %d & more" % (self.dice.words(4), number)
        self.parts = [self.head()]
        length = len(self.parts[0])
        while length < size:
            self.parts.append(self.article(len(self.parts)))
            length += len(self.parts[-1])
        self.parts.append(self.foot())

    def text(self):
        return "".join(self.parts)

    def link(self, inside="", more=""):
        href = self.dice.pick(HREFS)(self.dice)
        self.hrefs.append(href)
        return '<a%s href="%s">%s</a>' % (
            more, html.escape(href), inside or self.dice.words(2))

    def head(self):
        nav = "".join("<li>%s\n" % self.link() for _ in range(8))
        return """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>%s</title>
<meta name="description" content="%s">
<link rel="stylesheet" href="/style.css">
<script>var shop = {"name": "Harbour", "rows": [%s]};</script>
</head>
<body id="top" class="page shop">
<nav class="main"><ul>
%s</ul></nav>
<h1 id="name">%s</h1>
<p class="lead">%s</p>
<main>
""" % (html.escape(self.title), self.dice.words(12),
            ",".join(str(self.dice.below(1000)) for _ in range(40)),
            nav, self.dice.words(3), self.dice.words(20))

    def article(self, number):
        d = self.dice
        # Links are recorded as they are made, so make them in page order.
        name = self.link(d.words(4), ' class="name"')
        text = "".join(
            "<p>%s, <em>%s</em> &amp; %s &ndash; %s. %s</p>\n" % (
                d.words(14), d.words(2), d.words(9), d.words(11), self.link())
            for _ in range(2))
        rows = "".join(
            "<tr><td>%s<td class=n>%d<td>%s\n" % (
                d.words(2), d.below(500), self.link())
            for _ in range(3))
        return """<article class="book %s" id="b%d" data-shelf="%s">
<!-- %s -->
<h2>%s</h2>
<span class="author">%s</span> <b class="price" title="gross">%d.%02d</b>
<img src="/covers/%d.jpg" alt="%s" width="120" height="180">
%s<table class="facts">
%s</table>
<ul class="tags"><li>%s<li>%s</ul>
</article>
""" % (d.pick(("new", "used", "rare")), number, d.pick(WORDS), d.words(6),
            name, d.words(2), d.below(90),
            d.below(100), d.below(999), d.words(3), text, rows,
            self.link(), self.link())

    def foot(self):
        return "</main>\n<footer><p>%s %s</p></footer>\n</body>\n</html>\n" % (
            self.dice.words(10), self.link())

    def answer(self, url):
        return [self.title, [urljoin(url, href) for href in self.hrefs]]


# For the count of instructions: as many fields as a thorough spider extracts.
FIELDS = (
    "name=h1#name", "lead=p.lead", "language=html::attr(lang)",
    "description=meta[name=description]::attr(content)",
    "books[]=article.book h2", "addresses[]=a.name::attr(href)",
    "authors[]=.book > .author", "prices[]=b.price[title]",
    "new[]=article.new .price", "rare[]=article.rare h2 a",
    "shelves[]=article::attr(data-shelf)", "covers[]=img[src]::attr(src)",
    "tags[]=ul.tags > li:first-child", "last=article:last-of-type h2",
    "facts[]=table.facts td.n", "odd[]=tr:nth-child(odd) > td:first-child",
    "emphasis[]=article p em", "outside[]=a[href^='https:']::attr(href)",
    "menu[]=nav.main li a", "foot=footer p::text",
)

JQ = ".order.total"


def document(number):
    """Returns an order as an API would return it, 1 to 8 KB of JSON."""
    d = Dice(number + 100001)
    lines = [{"sku": "B-%06d" % d.below(1000000), "title": d.words(4),
              "copies": d.below(9) + 1, "price": d.below(9000) / 100,
              "tags": [d.pick(WORDS), d.pick(WORDS)], "gift": bool(d.below(2)),
              "note": None if d.below(3) else d.words(6)}
             for _ in range(5 + d.below(40))]
    return {"id": 5000000 + number,
            "customer": {"name": d.words(2), "since": "2019-04-%02d" %
                         (d.below(28) + 1), "address": {
                             "street": d.words(2), "city": d.words(1)}},
            "order": {"number": "2026-%05d" % number, "currency": "EUR",
                      "total": (d.below(90000) + 1) / 100, "lines": lines},
            "next": "/api/%d.json" % (number + 1)}


def page_size(number):
    tenth = number % 10
    for size, tenths in SIZES:
        if tenth < tenths:
            return size
        tenth -= tenths
    raise AssertionError("SIZES are not ten tenths")


class Corpus:
    """Fills the folder `root` with files of each kind. A workload requests
    them repeatedly, with different queries."""

    def __init__(self, root, pages=200, documents=200):
        self.root = root
        self.hash = hashlib.sha256()
        self.pages = [Page(i, page_size(i)) for i in range(pages)]
        self.documents = [document(i) for i in range(documents)]
        self.write("small/file.txt", "x" * (SMALL - 1) + "\n")
        for i, page in enumerate(self.pages):
            self.write("pages/%d.html" % i, page.text())
        for i, doc in enumerate(self.documents):
            self.write("api/%d.json" % i, json.dumps(doc, indent=1))

    def digest(self):
        return self.hash.hexdigest()[:16]

    def write(self, path, text):
        self.hash.update(text.encode())
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)

    def size(self, path):
        return os.path.getsize(os.path.join(self.root, path))
