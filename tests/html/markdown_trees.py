"""Compares a page with what a parser of Markdown makes of its Markdown: texts,
links, images, code blocks and tables. A part of tests/html/markdown_pages."""
import html.parser
import os
import re
import subprocess
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import harness  # noqa: E402

BIN = os.environ.get("BIN", os.path.join(harness.ROOT, "build", "release"))
BASE = "http://page.example/dir/page"
CMARK = ["cmark-gfm", "-e", "table", "-e", "tasklist", "-e", "strikethrough",
         "-e", "autolink", "-e", "footnotes"]

VOID = set("area base basefont bgsound br col embed frame hr img input keygen "
           "link meta param source track wbr".split())
LEFT_OUT = set("script style template head iframe noembed noframes title "
               "colgroup".split())
BLOCKS = set(
    "address article aside blockquote body br caption center dd details "
    "dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header hgroup hr html li listing main menu nav ol p plaintext pre "
    "search section summary table tbody td tfoot th thead tr ul xmp "
    # These have white space around them.
    "button optgroup option rt select svg textarea".split())
LINES = set("div p li tr ul ol dl dt dd table blockquote section article "
            "figure details summary h1 h2 h3 h4 h5 h6 hr pre".split())
LARGE = set("h1 h2 h3 h4 h5 h6 pre form ul ol dl blockquote article section "
            "hr nav".split())
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
GADGETS = set("lineno linenos linenodiv line-number linenumber linenumbers "
              "line-numbers-rows lnt ln gutter rouge-gutter blob-num "
              "hljs-ln-numbers copy copy-button copy-btn copybtn btn-copy "
              "clipboard-copy".split())


class Batch:
    """A program that answers inputs with --batch."""

    def __init__(self, name, *args):
        self.process = subprocess.Popen(
            [os.path.join(BIN, name), "--batch", *args],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def answer(self, data):
        self.process.stdin.write(b"%d\n" % len(data) + data)
        self.process.stdin.flush()
        length = int(self.process.stdout.readline())
        return self.process.stdout.read(length)

    def end(self):
        self.process.stdin.close()
        return self.process.wait()


def render(markdown, *options):
    return subprocess.run([*CMARK, *(options or ["--unsafe"])],
                          input=markdown, stdout=subprocess.PIPE,
                          check=True).stdout


class Node:
    def __init__(self, name, attributes):
        self.name, self.attributes = name, attributes
        self.children = []

    def elements(self):
        return [n for n in self.children if isinstance(n, Node)]

    def has_inside(self, names):
        """Returns True if an element with one of the names is inside, outside
        of tables."""
        return any(n.name in names or
                   (n.name != "table" and n.has_inside(names))
                   for n in self.elements())

    def classes(self):
        return set(self.attributes.get("class", "").split())


class Reader(html.parser.HTMLParser):
    """Reads the markup that html-tree --html writes: each element has its end
    tag."""
    CDATA_CONTENT_ELEMENTS = ("script", "style", "iframe", "noembed",
                              "noframes", "xmp")

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = [Node("", {})]
        self.drawings = 0

    def handle_starttag(self, tag, attrs):
        # The titles of drawings are not shown.
        self.drawings += tag == "svg"
        if self.drawings and tag == "desc":
            tag = "title"
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag):
        if len(self.open) > 1:
            self.open.pop()
        self.drawings -= tag == "svg"

    def handle_data(self, data):
        self.open[-1].children.append(data)


def read_body(trees, data):
    reader = Reader()
    reader.feed(trees.answer(data).decode("utf-8", "replace"))
    reader.close()
    for document in reader.open[0].elements():
        for node in document.elements():
            if node.name == "body":
                return node
    return None


def resolved(url, base):
    """An address in a form in which the same ones are equal."""
    url = re.sub(r"[\t\n\r]", "", url.strip())
    if base:
        url = url.replace("\\", "/")
    if base and url.startswith(("#", "?")):
        url = base + url
    try:
        url = urllib.parse.urljoin(base, url) if base else url
        url = re.sub(r"^(https?://[^/?#]*)(?=[?#]|$)", r"\1/", url)
        url = re.sub(r"^https?://[^/]*", lambda m: m.group().lower(), url)
    except ValueError:
        pass
    for _ in range(2):
        url = urllib.parse.unquote(url, errors="replace")
    return re.sub(r"\s", "", url).rstrip("?#")


class Contents:
    """The contents of a tree, in document order."""

    def __init__(self, node, base):
        self.texts, self.codes, self.links, self.images = [], [], [], []
        self.base = base
        if node:
            self.visit_children(node, None, False)

    def words(self):
        # Parsers of Markdown leave a byte order mark at the beginning out.
        return "".join(self.texts).replace("\ufeff", "").split()

    def visit_children(self, node, code, in_heading):
        for n in node.children:
            if isinstance(n, str):
                self.texts.append(n)
                if code is not None:
                    code.append(n.replace("\r", "\n"))
            elif n.name not in LEFT_OUT:
                self.visit(n, node, code, in_heading)

    def visit(self, n, parent, code, in_heading):
        if n.name in BLOCKS:
            self.texts.append(" ")
        if code is not None:
            self.visit_in_code(n, parent, code)
        elif n.name == "pre" and not in_heading:
            if not n.classes() & GADGETS:
                self.codes.append([])
                self.visit_children(n, self.codes[-1], False)
        else:
            self.visit_element(n)
            self.visit_children(n, None, in_heading or n.name in HEADINGS)
        if n.name in BLOCKS:
            self.texts.append(" ")

    def visit_in_code(self, n, parent, code):
        if n.name == "button" or n.classes() & GADGETS:
            return

        def end_line():
            if code and not "".join(code).endswith("\n"):
                code.append("\n")
        if n.name == "br":
            code.append("\n")
        if n.name in LINES:
            end_line()
        self.visit_children(n, code, False)
        if n.name in LINES and parent.children[-1] is not n:
            end_line()

    def visit_element(self, n):
        if n.name in ("a", "area") and "href" in n.attributes:
            self.links.append(resolved(n.attributes["href"], self.base))
        if n.name == "area":
            self.texts.append(" %s " % n.attributes.get("alt", ""))
        if n.name != "img":
            return
        source = n.attributes.get("src", "")
        late = n.attributes.get("data-src")
        if late and (not source or source.startswith("data:")):
            source = late
        if source:
            self.images.append(resolved(source, self.base))
        else:
            self.texts.append(n.attributes.get("alt", ""))


def number(node, name, most):
    found = re.match(r"\s*(\d+)", node.attributes.get(name, ""))
    return min(int(found.group(1)), most) if found else 1


def grid_of(table):
    """The text of each cell, where spans are filled. Without empty rows."""
    grid = []
    for section in table.elements():
        spans = {}
        rows = [n for n in section.elements() if n.name == "tr"]
        for i, row in enumerate(rows):
            texts = []

            def fill():
                while spans.get(len(texts), (0, ""))[0] > 0:
                    left, text = spans[len(texts)]
                    spans[len(texts)] = left - 1, text
                    texts.append(text)
            for cell in row.elements():
                if cell.name not in ("td", "th"):
                    continue
                fill()
                text = " ".join(Contents(cell, None).words())
                below = number(cell, "rowspan", 65534) or 65534
                for _ in range(number(cell, "colspan", 1000) or 1):
                    spans[len(texts)] = min(below - 1, len(rows) - 1 - i), text
                    texts.append(text)
            fill()
            while any(left > 0 and column > len(texts)
                      for column, (left, _) in spans.items()):
                texts.append("")
                fill()
            grid.append(texts)
    width = max(map(len, grid), default=0)
    return [row + [""] * (width - len(row)) for row in grid if any(row)]


def is_data(table):
    if table.attributes.get("role") in ("presentation", "none"):
        return False
    rows = [row for section in table.elements() for row in section.elements()
            if row.name == "tr"]
    cells = max((sum(n.name in ("td", "th") for n in row.elements())
                 for row in rows), default=0)
    nested, large = table.has_inside({"table"}), table.has_inside(LARGE)
    if table.has_inside({"th", "caption", "thead"}):
        return cells > 1 or len(rows) > 1 or not (nested or large)
    return cells > 1 and not nested and not large


def tables_of(node, found):
    """The tables of data that are not inside of one another."""
    for n in node.elements():
        if n.name == "table" and is_data(n):
            found.append(n)
        elif n.name not in LEFT_OUT | HEADINGS | {"pre"}:
            tables_of(n, found)
    return found


def codes_of(contents):
    """Returns the code blocks. Markdown adds a line feed to each."""
    codes = ("".join(code) for code in contents.codes)
    return [code.rstrip("\n") for code in codes if code.strip("\n")]


def inserted_only(words, more):
    """Returns True if the words are in the other list, in their order."""
    rest = iter(more)
    return all(word in rest for word in words)


class Comparer:
    def __init__(self):
        self.trees = Batch("html-tree", "--html")
        self.writer = Batch("html-markdown", "--base", BASE)

    def end(self):
        return self.trees.end() or self.writer.end()

    def differences(self, page):
        """Yields the name of what differs, and both sides of it. Links to mail
        addresses are not compared: GitHub makes one of each address in the
        text."""
        markdown = self.writer.answer(page)
        before = read_body(self.trees, page)
        after = read_body(self.trees, render(markdown))
        if before is None:
            return
        a, b = Contents(before, BASE), Contents(after, None)
        tables = [grid_of(t) for t in tables_of(before, [])]
        for name, one, other in (
                ("code blocks", codes_of(a), codes_of(b)),
                ("links", links_of(a), links_of(b)),
                ("images", sorted(set(a.images)), sorted(set(b.images))),
                ("tables", [t for t in tables if t],
                 [t for t in map(grid_of, tables_of(after, [])) if t])):
            if one != other:
                yield name, one, other, markdown
        spans = before.has_inside({"table"}) and re.search(
            rb"(?i)(row|col)span", page)
        same = inserted_only if spans else list.__eq__
        if not same(a.words(), b.words()):
            yield "words", a.words(), b.words(), markdown


def links_of(contents):
    return sorted({link for link in contents.links
                   if not link.startswith("mailto:")})
