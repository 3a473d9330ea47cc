"""The ways in which APIs hand out a collection page by page, all over the same
collections: /STYLE/COLLECTION. ?per_page (or ?limit, in the styles of offset)
is the size of a page, 50 if it is not said."""
import json
import re
import time
import urllib.parse

from mock_data import array
from mock_http import Answer

MAX_SIZE = 1000
STYLES = {}


class Page:
    """The page that a request asks for, and the items of this page."""

    def __init__(self, request, items, size_name="per_page"):
        self.request = request
        self.items = items
        self.query = request.query()
        self.size = self.number(size_name, 50, MAX_SIZE)
        self.pages = -(-len(items) // self.size)

    def number(self, name, otherwise, most=1 << 62):
        text = self.query.get(name, str(otherwise))
        if not text.isdigit() or int(text) > most:
            raise ValueError("%s: %s" % (name, text))
        return max(int(text), 1 if name != "offset" else 0)

    def texts(self, start):
        return self.items[start:start + self.size]

    def of_number(self, number):
        return self.texts((number - 1) * self.size)

    def url(self, **params):
        """Returns the URL of another page, without scheme and host."""
        query = {**self.query, **params}
        return "%s?%s" % (self.request.path, urllib.parse.urlencode(query))

    def absolute(self, **params):
        return "http://%s%s" % (self.request.headers.get("host"),
                                self.url(**params))


def style(name):
    def keep(function):
        STYLES[name] = function
        return function
    return keep


# --- Where the next page is, as a URL ---------------------------------------

@style("link")
def link(page):
    """Sends Link headers as GitHub does."""
    number = page.number("page", 1)
    answer = Answer(array(page.of_number(number)))
    found = {"first": 1, "prev": number - 1, "next": number + 1,
             "last": page.pages}
    links = ['<%s>; rel="%s"' % (page.absolute(page=n), rel)
             for rel, n in found.items()
             if 1 <= n <= page.pages and n != number]
    if links:
        answer.add("Link", ", ".join(links))
    return answer


@style("link-relative")
def link_relative(page):
    """Sends other Link headers that RFC 8288 allows: relative URLs, several
    fields, other parameters, values without quotes, and names in any case."""
    number = page.number("page", 1)
    answer = Answer(array(page.of_number(number)))
    if number > 1:
        answer.add("Link", "<%s>;rel=prev" % page.url(page=number - 1))
    if number < page.pages:
        answer.add("link", '</help,me>; rel="help"; title="rel=next; <no>", '
                   '<%s> ; title="on, and on" ; REL="chapter Next"'
                   % page.url(page=number + 1))
    return answer


def body_with_next(page, url):
    return Answer('{"items":%s,"next":%s}' % (
        array(page.of_number(page.number("page", 1))), json.dumps(url)))


@style("next")
def next_url(page):
    number = page.number("page", 1)
    return body_with_next(page, page.absolute(page=number + 1)
                          if number < page.pages else None)


@style("next-relative")
def next_relative(page):
    number = page.number("page", 1)
    url = page.url(page=number + 1)
    return body_with_next(page, url[url.index("?"):]
                          if number < page.pages else None)


# --- A cursor ----------------------------------------------------------------

def cursor_page(page, cursor, end):
    """A cursor has what must be percent-encoded in a query."""
    text = cursor or "0+/=&"
    if not re.fullmatch(r"\d+\+/=&", text):
        raise ValueError("cursor: " + text)
    start = int(text[:-4])
    more = start + page.size < len(page.items)
    return Answer('{"items":%s,"meta":{"cursor":%s,"more":%s}}' % (
        array(page.texts(start)),
        '"%d+/=&"' % (start + page.size) if more else end,
        json.dumps(more)))


@style("cursor")
def cursor(page):
    return cursor_page(page, page.query.get("cursor"), "null")


@style("cursor-empty")
def cursor_empty(page):
    """Sends cursors as Slack does: the last cursor is empty."""
    return cursor_page(page, page.query.get("cursor"), '""')


@style("cursor-more")
def cursor_more(page):
    """The last one is a cursor like the others; "more" says that it is."""
    return cursor_page(page, page.query.get("cursor"), '"999999999+/=&"')


@style("cursor-header")
def cursor_header(page):
    return cursor_page(page, page.request.headers.get("x-cursor"), "null")


# --- Numbers -----------------------------------------------------------------

@style("page")
def page_number(page):
    """An empty one after the last."""
    return Answer(array(page.of_number(page.number("page", 1))))


@style("page-total")
def page_total(page):
    """Sends no next page after the last page."""
    number = page.number("page", 1)
    if number > page.pages:
        return Answer('{"error":"there is no such page"}', 404)
    return Answer('{"items":%s,"page":%d,"pages":%d,"total":%d}' % (
        array(page.of_number(number)), number, page.pages, len(page.items)))


@style("offset")
def offset(page):
    return Answer(array(page.texts(page.number("offset", 0))))


@style("offset-total")
def offset_total(page):
    start = page.number("offset", 0)
    if start >= len(page.items):
        return Answer('{"error":"there is nothing at this offset"}', 404)
    return Answer('{"items":%s,"offset":%d,"total":%d}' % (
        array(page.texts(start)), start, len(page.items)))


# --- Servers that would be asked for ever ------------------------------------

@style("repeat-page")
def repeat_page(page):
    """The third page says that it is followed by itself."""
    number = page.number("page", 1)
    return body_with_next(page, page.url(page=min(number + 1, 3)))


@style("repeat-round")
def repeat_round(page):
    """Sends the first page after the third."""
    number = page.number("page", 1)
    return body_with_next(page, page.url(page=number % 3 + 1))


@style("repeat-cursor")
def repeat_cursor(page):
    return Answer('{"items":%s,"meta":{"cursor":"again"}}'
                  % array(page.texts(0)))


@style("ignore-page")
def ignore_page(page):
    return Answer(array(page.texts(0)))


# --- Ends that are marked in a way of their own ------------------------------

def items_and(page, start, **more):
    """A body of {"items", ...}, which is never the same twice."""
    return Answer('{"items":%s,"took":%d,%s}' % (
        array(page.texts(start)), time.monotonic_ns(),
        json.dumps(more)[1:-1]))


def start_of(page, name, first):
    """Cursors are "at N"."""
    text = page.query.get(name, first)
    return 0 if text == first else int(text[3:])


@style("cursor-mark")
def cursor_mark(page):
    """Sends cursors as Solr does: the first cursor is *, and a page without
    items ends the list by repeating the cursor of the request."""
    sent = page.query.get("mark", "*")
    start = start_of(page, "mark", "*")
    end = min(start + page.size, len(page.items))
    return items_and(page, start,
                     cursor="at %d" % end if end > start else sent)


@style("cursor-stays")
def cursor_stays(page):
    """The last page, which has items, has the cursor that was sent."""
    start = start_of(page, "cursor", "")
    end = start + page.size
    return items_and(page, start, cursor="at %d" % (
        end if end < len(page.items) else start))


@style("cursor-round")
def cursor_round(page):
    """Sends the second page after the third."""
    start = start_of(page, "cursor", "")
    end = start + page.size
    return items_and(page, start, cursor="at %d" % (
        end if end < 3 * page.size else page.size))


@style("cursor-zero")
def cursor_zero(page):
    """Sends numbers as cursors. 0 marks the end; a request with 0 begins
    anew."""
    start = max(int(page.query.get("cursor", "-1")), 0)
    end = start + page.size
    return items_and(page, start, cursor=end if end < len(page.items) else 0)


@style("cursor-for-ever")
def cursor_for_ever(page):
    """A new one each time, and no item after the first page."""
    start = start_of(page, "cursor", "")
    page.items = page.items[:page.size]
    return items_and(page, start, cursor="at %d" % (start + page.size))


@style("null-list")
def null_list(page):
    """Sends null in place of an empty list, on a page of its own."""
    start = start_of(page, "cursor", "")
    texts = page.texts(start)
    return Answer('{"items":%s,"cursor":%s}' % (
        array(texts) if texts else "null",
        '"at %d"' % (start + page.size) if texts else "null"))


@style("header-page")
def header_page(page):
    """Sends X-Next-Page as GitLab does: empty on the last page."""
    number = page.number("page", 1)
    answer = Answer(array(page.of_number(number)))
    answer.add("X-Next-Page", number + 1 if number < page.pages else "")
    return answer


@style("header-token")
def header_token(page):
    """A token in a header, which the next request has in one, too."""
    start = int(page.request.headers.get("x-ms-continuation", "0+/=")[:-3])
    answer = Answer(array(page.texts(start)))
    if start + page.size < len(page.items):
        answer.add("x-ms-continuation", "%d+/=" % (start + page.size))
    return answer


@style("header-url")
def header_url(page):
    number = page.number("page", 1)
    answer = Answer(array(page.of_number(number)))
    if number < page.pages:
        answer.add("X-Page-Next", page.url(page=number + 1))
    return answer


@style("last-again")
def last_again(page):
    """Repeats the last page behind the end."""
    return Answer(array(page.of_number(min(page.number("page", 1),
                                           page.pages))))


@style("no-content")
def no_content(page):
    """Sends an empty answer behind the last page."""
    number = page.number("page", 1)
    if number > page.pages:
        return Answer("", 204)
    return Answer(array(page.of_number(number)))


@style("blank-page")
def blank_page(page):
    """The second page is lost."""
    number = page.number("page", 1)
    return Answer(array(page.of_number(number)) if number != 2 else "")


def show(data, name, request, rest):
    """Answers a request for /STYLE/COLLECTION."""
    items = data.collection(rest[0]) if len(rest) == 1 else None
    if items is None:
        return Answer('{"error":"not found"}', 404)
    size_name = "limit" if name.startswith("offset") else "per_page"
    try:
        return STYLES[name](Page(request, items, size_name))
    except ValueError as wrong:
        return Answer(json.dumps({"error": str(wrong)}), 400)


# --- GraphQL -----------------------------------------------------------------

def graphql(data, request):
    """Answers POST {"query", "variables": {"first", "after"}} with the
    collection that the query names. Errors have the status 200."""
    try:
        asked = json.loads(request.body)
        name = re.search(r"\b(users|posts|comments|orders)\b",
                         asked["query"]).group()
        given = asked.get("variables") or {}
        size = int(given.get("first", 50))
        start = int((given.get("after") or "at 0")[3:])
    except (ValueError, KeyError, AttributeError, TypeError):
        return Answer('{"data":null,"errors":[{"message":"not understood"}]}')
    items = data.collection(name)
    end = min(start + size, len(items))
    return Answer('{"data":{"%s":{"nodes":%s,"totalCount":%d,"pageInfo":'
                  '{"endCursor":"at %d","hasNextPage":%s}}}}'
                  % (name, array(items[start:end]), len(items), end,
                     json.dumps(end < len(items))))
