"""Unusual last pages, and bodies that are not JSON. A part of
tests/behaviour/gather."""
from gather import test

ITEMS = ".items[]"
CURSOR = {"cursor": ".cursor", "param": "cursor"}


def only_note(result, text):
    """Returns the data of a run with exactly one message, which has the
    text."""
    said = result.err.splitlines()
    assert result.code == 0 and len(said) == 1, (result.code, result.err)
    assert text in said[0], said
    data, errors = result.document()
    assert not errors, errors
    return data


@test
def repeated_cursor_ends_paging(g):
    for style, params, name in (("cursor-mark", {"mark": "*"}, "mark"),
                                ("cursor-stays", {}, "cursor")):
        data = only_note(g.spec({"a": {
            "path": style + "/orders", "params": {"per_page": 100, **params},
            "paginate": {"cursor": ".cursor", "param": name},
            "jq": ITEMS}}), "came back as it was sent")
        assert data["a"] == g.items("orders"), style


@test
def repeated_cursor_of_an_empty_list_ends_paging(g):
    data = only_note(g.spec({"a": {
        "path": "cursor-mark/orders", "params": {"mark": "at 99999"},
        "paginate": {"cursor": ".cursor", "param": "mark"},
        "jq": ITEMS}}), "\"more\" in \"paginate\"")
    assert data["a"] == []


@test
def end_by_the_filter_more_has_no_message(g):
    data = g.spec({
        "mark": {"path": "cursor-mark/orders",
                 "params": {"per_page": 100, "mark": "*"},
                 "paginate": {"cursor": ".cursor", "param": "mark",
                              "more": ".items | length > 0"}, "jq": ITEMS},
        "zero": {"path": "cursor-zero/orders", "params": {"per_page": 100},
                 "paginate": {**CURSOR, "more": ".cursor != 0"},
                 "jq": ITEMS}}).data()
    assert data["mark"] == data["zero"] == g.items("orders")


@test
def cycle_of_cursors_keeps_the_items_received(g):
    data = only_note(g.spec({"a": {
        "path": "cursor-round/orders", "params": {"per_page": 10},
        "paginate": CURSOR, "jq": ITEMS}}), "form a loop")
    assert data["a"] == g.items("orders")[:30]


@test
def cursor_0_ends_paging(g):
    data = only_note(g.spec({"a": {
        "path": "cursor-zero/orders", "params": {"per_page": 100},
        "paginate": CURSOR, "jq": ITEMS}}), "cursor 0 is read as the end")
    assert data["a"] == g.items("orders")
    assert g.api.stats()["paths"] == {
        "/cursor-zero/orders": -(-len(g.items("orders")) // 100)}


@test
def pages_without_items_are_limited(g):
    for bound, most in (({}, 100), ({"max_empty": 3}, 3)):
        g.api.reset()
        data = only_note(g.spec({"a": {
            "path": "cursor-for-ever/orders", "params": {"per_page": 10},
            "paginate": {**CURSOR, **bound}, "jq": ITEMS}}), "max_empty")
        assert data["a"] == g.items("orders")[:10]
        assert sum(g.api.stats()["paths"].values()) == most + 1


@test
def end_of_paging_is_reported_once_for_all_values(g):
    data = only_note(g.spec({"a": {
        "path": "cursor-zero/orders?x={}", "params": {"per_page": 500},
        "each": {"range": [1, 5]}, "paginate": CURSOR, "jq": ITEMS}}),
        "a: cursor 0 is read as the end")
    assert data["a"] == [g.items("orders")] * 5


@test
def null_in_place_of_a_list_has_no_items(g):
    data = g.spec({
        "items": {"path": "null-list/orders", "params": {"per_page": 100},
                  "paginate": CURSOR, "jq": ITEMS},
        "ids": {"path": "null-list/orders", "params": {"per_page": 100},
                "paginate": CURSOR, "jq": ".items[] | .id"},
        "once": {"path": "null-list/orders",
                 "params": {"cursor": "at 99999"}, "jq": ITEMS},
        "of": {"path": "users/{}", "each": {"from": "whole", "jq": ITEMS}},
        "whole": {"path": "null-list/orders",
                  "params": {"cursor": "at 99999"}}}).data()
    assert data["items"] == g.items("orders")
    assert data["ids"] == [order["id"] for order in g.items("orders")]
    assert data["once"] is None and data["of"] == []


@test
def missing_list_is_an_error_that_suggests_the_question_mark(g):
    result = g.spec({
        "a": {"path": "null-list/orders", "paginate": CURSOR,
              "jq": ".itmes[]"},
        "b": {"path": "users/1", "jq": ".friends[]"},
        "c": {"path": "users/1", "jq": ".friends[]?"}})
    data, errors = result.document()
    assert data == {"a": None, "b": None, "c": None} and result.code == 1
    assert list(errors) == ["a", "b"]
    for error in errors.values():
        assert "Cannot iterate over null" in error["message"]
        assert "\"?\" after []" in error["message"], error


@test
def the_next_page_may_be_in_a_header(g):
    size = {"per_page": 100}
    data = g.spec({
        "page": {"path": "header-page/orders", "params": size, "paginate": {
            "cursor_header": "X-Next-Page", "param": "page"}},
        "token": {"path": "header-token/orders", "params": size, "paginate": {
            "cursor_header": "X-MS-Continuation",
            "header": "x-ms-continuation"}},
        "url": {"path": "header-url/orders", "params": size, "paginate": {
            "next_header": "x-page-next"}}}).data()
    for name in ("page", "token", "url"):
        assert data[name] == g.items("orders"), name
    pages = -(-len(g.items("orders")) // 100)
    assert set(g.api.stats()["paths"].values()) == {pages}


@test
def number_in_the_header_of_a_url_is_an_error(g):
    result = g.spec({"a": {"path": "header-page/orders", "paginate": {
        "next_header": "X-Next-Page"}}})
    error = result.document()[1]["a"]
    assert result.code == 1 and "cursor_header" in error["message"], error


@test
def a_last_page_that_comes_again_is_left_out(g):
    data = only_note(g.spec({"a": {
        "path": "last-again/orders", "params": {"per_page": 100},
        "paginate": {"page": "page"}}}), "its items are left out")
    assert data["a"] == g.items("orders")


@test
def no_body_is_null(g):
    data = g.spec({
        "delete": {"path": "empty?id={}", "method": "DELETE",
                   "each": [1, 2, 3]},
        "reset": {"path": "reset-content?id={}", "each": [1]},
        "blank": {"path": "blank", "params": {"id": "{}"}, "each": [1, 2]},
        "text": {"path": "blank/text"},
        "filter": {"path": "blank", "jq": ".items[].id"},
        "of": {"path": "users/{}", "each": {"from": "one"}},
        "one": {"path": "empty"}}).data()
    assert data == {"delete": [None] * 3, "reset": [None],
                    "blank": [None, None], "text": None, "filter": None,
                    "of": [], "one": None}


@test
def no_body_in_place_of_a_page_is_an_end_only_if_the_status_says_so(g):
    result = g.spec({
        "end": {"path": "no-content/orders", "params": {"per_page": 100},
                "paginate": {"page": "page"}},
        "lost": {"path": "blank-page/orders", "params": {"per_page": 100},
                 "paginate": {"page": "page"}}})
    data, errors = result.document()
    assert result.code == 1 and list(errors) == ["lost"], errors
    assert data["end"] == g.items("orders") and data["lost"] is None
    assert errors["lost"]["message"] == "there is no body, so no JSON"


@test
def a_range_of_a_million_is_read_at_once(g):
    result = g.spec({"a": {"path": "users/{}",
                           "each": {"range": [2, 1000001]}}}, "--dry-run")
    assert result.code == 0, result.err
    assert "for each of 1000000 values" in result.out, result.out
    assert "/users/2\n" in result.out, result.out
    result = g.spec({"a": {"path": "users/{}",
                           "each": {"range": [1, 1000001]}}}, "--dry-run")
    assert result.code == 2 and "more than 1000000 values" in result.err
