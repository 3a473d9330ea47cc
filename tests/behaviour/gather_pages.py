"""Every way of paging. A part of tests/behaviour/gather."""
import json
import re

from gather import Skip, test
import harness

import mock_data

ITEMS = ".items[]"
GRAPHQL = {
    "path": "graphql",
    "json": {"query": "query ($first: Int, $after: String) { orders(first: "
                      "$first, after: $after) { nodes { id } } }",
             "variables": {"first": 100, "after": None}},
    "paginate": {"cursor": ".data.orders.pageInfo.endCursor",
                 "more": ".data.orders.pageInfo.hasNextPage",
                 "json": "/variables/after"},
    "jq": ".data.orders.nodes[]",
}


def styles(collection, size):
    """Returns {name: endpoint}, and {name: number of requests beyond its
    pages}."""
    cursor = {"cursor": ".meta.cursor", "param": "cursor"}
    rows = {
        # style: paginate, jq, requests more than pages
        "link": ({"link": "next"}, None, 0),
        "link-relative": ({"link": "next"}, None, 0),
        "next": ({"next": ".next"}, ITEMS, 0),
        "next-relative": ({"next": ".next"}, ITEMS, 0),
        "cursor": (cursor, ITEMS, 0),
        "cursor-empty": (cursor, ITEMS, 0),
        "cursor-more": ({**cursor, "more": ".meta.more"}, ITEMS, 0),
        "cursor-header": ({"cursor": ".meta.cursor", "header": "X-Cursor"},
                          ITEMS, 0),
        "page": ({"page": "page"}, None, 1),
        "page-total": ({"page": "page", "from": 1, "total": ".pages"},
                       ITEMS, 0),
        "offset": ({"offset": "offset", "step": size}, None, 1),
        "offset-total": ({"offset": "offset", "step": size,
                          "total": ".total"}, ITEMS, 0),
    }
    endpoints = {}
    for style, (paginate, jq, _) in rows.items():
        name = "limit" if style.startswith("offset") else "per_page"
        endpoints[style] = {"path": "%s/%s" % (style, collection),
                            "params": {name: size}, "paginate": paginate}
        if jq:
            endpoints[style]["jq"] = jq
    return endpoints, {style: row[2] for style, row in rows.items()}


def check_every_style(g, collection, size):
    endpoints, more = styles(collection, size)
    data = g.spec(endpoints).data()
    items = g.items(collection)
    asked = g.api.stats()["paths"]
    pages = -(-len(items) // size)
    for style in endpoints:
        assert data[style] == items, (style, len(data[style]))
        assert asked["/%s/%s" % (style, collection)] == pages + more[style], \
            (style, asked)


@test
def every_way_of_paging_gives_every_item_once(g):
    check_every_style(g, "orders", 100)


@test
def last_page_may_be_full(g):
    check_every_style(g, "posts", 50)


@test
def single_page_is_complete(g):
    check_every_style(g, "users", 10)


@test
def graphql_is_paged_in_its_body(g):
    data = g.spec({"orders": GRAPHQL}).data()
    assert data["orders"] == g.items("orders")
    assert g.api.stats()["paths"] == {"/graphql": 11}


@test
def each_value_has_its_own_pages(g):
    data = g.spec({
        "posts": {"path": "link/posts", "paginate": {"link": "next"}},
        "comments": {"path": "page/comments", "paginate": {"page": "page"},
                     "params": {"per_page": "{size}"},
                     "each": {"from": "posts", "jq":
                              ".[] | select(.id < 4) | {size: (.id * 200)}"}},
    }).data()
    assert data["comments"] == [g.items("comments")] * 3


@test
def no_more_pages_than_max(g):
    endpoints, _ = styles("orders", 100)
    for endpoint in endpoints.values():
        endpoint["paginate"]["max"] = 3
    data = g.spec(endpoints).data()
    for style in endpoints:
        assert data[style] == g.items("orders")[:300], style
    assert set(g.api.stats()["paths"].values()) == {3}


@test
def one_array_a_page_ends_with_an_empty_one_and_is_warned_about(g):
    paginate = {"page": "page", "from": 1}
    result = g.spec({
        "arrays": {"path": "page-total/orders", "params": {"per_page": 100},
                   "paginate": paginate, "jq": ".items"},
        "missing": {"path": "page-total/orders", "params": {"per_page": 100},
                    "paginate": paginate, "jq": ".nothing"},
        "items": {"path": "page-total/orders", "params": {"per_page": 100},
                  "paginate": paginate, "jq": ITEMS},
    })
    data, errors = result.document()
    orders = g.items("orders")
    assert data["arrays"] == [orders[i:i + 100]
                              for i in range(0, len(orders), 100)], data
    assert data["missing"] == [] and data["items"] == orders and not errors
    assert result.err.count("arrays: \"jq\" gives one array for a page, which "
                            "is one item; .items[] would give") == 1, result.err
    assert result.err.count("scrape:") == 1, result.err


@test
def one_item_that_is_null_or_an_empty_array_is_an_item(g):
    paginate = {"page": "page", "from": 1, "max": 3}
    endpoints = {
        name: {"path": "page-total/orders", "params": {"per_page": 1},
               "paginate": paginate, "jq": jq}
        for name, jq in (("null", ".items[].nothing"),
                         ("array", ".items[] | []"))}
    assert g.spec(endpoints).data() == {"null": [None] * 3, "array": [[]] * 3}


@test
def paging_that_would_never_end_is_stopped(g):
    next_url = {"paginate": {"next": ".next"}, "jq": ITEMS}
    cursor = {"paginate": {"cursor": ".meta.cursor", "param": "cursor"},
              "jq": ITEMS}
    number = {"paginate": {"page": "page"}}
    endpoints = {
        "page": {"path": "repeat-page/orders", **next_url},
        "round": {"path": "repeat-round/orders", **next_url},
        "cursor": {"path": "repeat-cursor/orders", **cursor},
        "ignored": {"path": "ignore-page/orders", **number},
        "good": {"path": "page/orders", **number},
    }
    result = g.spec(endpoints)
    data, errors = result.document()
    assert result.code == 1
    assert data.pop("good") == g.items("orders")
    # Items received before are kept, except those of a server that ignores the
    # parameter.
    for name in ("page", "round"):
        assert data.pop(name) == g.items("orders")[:150], name
    assert "page: page 3 names itself as the next one" in result.err
    # The URL of the first page had no number.
    assert "round: page 4 names page 2 as the next one" in result.err
    assert data == dict.fromkeys(("cursor", "ignored"))
    assert list(errors) == list(data), errors
    asked = g.api.stats()["paths"]
    assert max(n for path, n in asked.items() if "re" in path) <= 5, asked


# --- Many items ------------------------------------------------------------

PER_PAGE = 25


def stream(g, pages, name):
    """Runs with --stream into a file."""
    with open(name, "wb") as out:
        result = g.spec({"big": {
            "path": "page-total/big", "params": {"per_page": PER_PAGE},
            "paginate": {"page": "page", "total": ".pages", "max": pages},
            "jq": ITEMS}}, "--stream", out=out)
    assert result.code == 0 and not result.err, (result.code, result.err)
    return result


@test
def ten_thousand_pages_stream_in_flat_memory(g):
    if harness.SANITIZE:
        raise Skip("memory is not measured under sanitizers")
    count = 10000 if g.mode == "async" else 2000
    path = g.tmp + "/out"
    before = stream(g, 1, path).peak
    result = stream(g, count, path)
    seen = bytearray(PER_PAGE * count + 1)
    with open(path, "rb") as f:
        for line in f:
            json.loads(line)
            for number in re.findall(rb'"id": ?(\d+)', line):
                seen[int(number)] += 1
    assert sum(seen) == PER_PAGE * count and max(seen) == 1, sum(seen)
    assert g.api.stats()["paths"] == {"/page-total/big": count + 1}
    more = (result.peak - before) >> 20
    # The items are 18 MB in mode async.
    assert more <= 8, "%d MB more" % more


@test
def page_that_fails_makes_its_endpoint_null(g):
    """The seventh page fails: with a status, or because the filter of the
    cursor fails."""
    result = g.spec({
        "orders": {"path": "patchy/page/orders",
                   "paginate": {"page": "page"}},
        "posts": {"path": "cursor/posts", "params": {"per_page": 10},
                  "jq": ITEMS, "paginate": {
                      "param": "cursor", "cursor": "if .items[0].id == 61 "
                      "then error(\"x\") else .meta.cursor end"}},
        "users": {"path": "page/users", "paginate": {"page": "page"}}},
        "--retry", "0")
    data, errors = result.document()
    assert result.code == 1 and data == {
        "orders": None, "posts": None, "users": g.items("users")}, data
    assert errors["orders"]["status"] == 500 and "posts" in errors, errors
    assert errors["orders"]["url"].endswith("page=7"), errors


@test
def the_same_seed_gives_the_same_collections(g):
    """All totals above depend on this."""
    assert mock_data.Data(1).orders == g.api.data.orders
    assert mock_data.Data(2).orders != g.api.data.orders


# --- What a body is called ---------------------------------------------------

@test
def json_with_another_declared_type_is_read(g):
    names = ["json-as-html", "json-as-octets", "guarded-json"]
    data = g.spec({name: {"path": name} for name in names}).data()
    assert data == {name: {"items": [1, 2]} for name in names}, data


@test
def values_one_after_the_other_are_a_stream(g):
    data = g.spec({
        "all": {"path": "ndjson"},
        "ids": {"path": "ndjson", "jq": ".id"},
        "paged": {"path": "ndjson", "jq": ".id",
                  "paginate": {"page": "page", "max": 1}},
        "rows": {"path": "ndjson", "paginate": {"page": "page", "max": 1}},
        "each": {"path": "posts/{id}", "each": {"from": "all"}},
    }).data()
    rows = [{"id": 1}, {"id": 2}]
    assert data["all"] == data["rows"] == rows, data
    assert data["ids"] == data["paged"] == [1, 2], data
    assert data["each"] == g.items("posts")[:2], data
