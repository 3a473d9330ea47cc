"""--stream prints a line per item as it arrives; errors of the command line. A
part of tests/behaviour/gather."""
import base64
import json
import os

from gather import read, test
import harness

ITEMS = ".items[]"


def lines(result):
    return [read(line) for line in result.out.splitlines()]


@test
def stream_has_a_line_for_each_item_and_failure(g):
    result = g.spec({
        "posts": {"path": "patchy/posts/{}", "each": [6, 7, 8]},
        "users": {"path": "page/users?per_page=3",
                  "paginate": {"page": "page"}},
        "one": {"path": "users/1"}, "missing": {"path": "status/404"},
    }, "--stream", "--retry", "0")
    assert result.code == 1, result.err
    got = {}
    for line in lines(result):
        got.setdefault(line.pop("endpoint"), []).append(line)
    assert [line["item"] for line in got["users"]] == g.items("users")
    assert got["one"] == [{"item": g.items("users")[0]}]
    assert got["missing"][0]["error"]["status"] == 404, got["missing"]
    posts = {line["index"]: line for line in got["posts"]}
    assert posts[0]["item"] == g.items("posts")[5]
    assert posts[1]["error"]["status"] == 500 and len(posts) == 3, posts


@test
def streamed_values_and_pages_reach_their_dependents(g):
    """An endpoint whose filter needs all values gets them, too."""
    result = g.spec({
        "users": {"path": "page/users?per_page=3",
                  "paginate": {"page": "page"}},
        "each": {"path": "users/{id}", "each": {"from": "users"}},
        "last": {"path": "users/{id}", "each": {"from": "each",
                                                "jq": "max_by(.id)"}},
        "all": {"path": "users/{}", "each": {"from": "users",
                                             "jq": "length"}},
    }, "--stream")
    assert result.code == 0 and not result.err, result.err
    got = [(line["endpoint"], line["item"]["id"]) for line in lines(result)]
    assert sorted(got) == sorted(
        [(name, user["id"]) for name in ("users", "each")
         for user in g.items("users")] + [("last", 10), ("all", 10)]), got


@test
def stream_and_result_contradict_each_other(g):
    result = g.spec({"a": {"path": "users"}}, "--stream", result=".a")
    assert result.code == 2 and "result" in result.err, result.err


@test
def filter_of_the_result_may_fail(g):
    result = g.spec({"a": {"path": "users"}}, result="error(\"no\")")
    assert result.code == 1 and not result.out, result.out
    assert result.err == "scrape: result: no\n", result.err
    result = g.spec({"a": {"path": "users"}}, result="empty")
    assert (result.code, result.out, result.err) == (0, "", "")


@test
def filter_without_paging_gives_its_outputs(g):
    data = g.spec({
        "one": {"path": "users", "jq": ".[0].id"},
        "many": {"path": "users", "jq": ".[].id"},
        "none": {"path": "users", "jq": "empty"}}).data()
    assert data == {"one": 1, "many": list(range(1, 11)), "none": None}, data


@test
def endless_filter_is_an_error_of_its_endpoint(g):
    result = g.spec({
        "ever": {"path": "users", "jq": "last(range(1e18))"},
        "users": {"path": "users"}}, "--parse-timeout", "0.3")
    data, errors = result.document()
    assert result.code == 1 and data["users"] == g.items("users")
    assert "stopped" in errors["ever"]["message"], errors


@test
def filter_may_use_the_memory_of_a_page(g):
    """The filters of paging, of each, and of the result may use it, too."""
    much = "[range(1e6)] | length"
    few = ("--parse-memory", "16M")
    result = g.spec({
        "much": {"path": "users", "jq": much},
        "pages": {"path": "users", "paginate": {"cursor": much, "param": "p"}},
        "each": {"path": "users/{}", "each": {"from": "users", "jq": much}},
        "users": {"path": "users"}}, *few)
    data, errors = result.document()
    assert result.code == 1 and data["users"] == g.items("users")
    assert set(errors) == {"much", "pages", "each"}, errors
    for error in errors.values():
        assert "--parse-memory" in error["message"], errors
    result = g.spec({"users": {"path": "users"}}, *few, result=much)
    assert result.code == 1 and "--parse-memory" in result.err, result.err
    assert g.spec({"users": {"path": "users", "jq": much}},
                  "--parse-memory", "160M").data() == {"users": 1000000}


@test
def filter_on_all_values_gives_their_dependents(g):
    """A filter that cannot be run on each value or page separately."""
    result = g.spec({
        "posts": {"path": "page/posts?per_page=30",
                  "paginate": {"page": "page"}},
        "two": {"path": "posts/{id}", "each": {
            "from": "posts", "jq": "sort_by(-.id) | .[:2][]"}},
        "count": {"path": "posts/{}", "each": {
            "from": "two", "jq": "length"}}})
    data = result.data()
    assert data["two"] == [g.items("posts")[99], g.items("posts")[98]]
    assert data["count"] == [g.items("posts")[1]]


@test
def values_of_values_are_in_the_order_of_the_document(g):
    data = g.spec({
        "users": {"path": "lagging/0.3/page/users?per_page=4",
                  "paginate": {"page": "page"}},
        "orders": {"path": "users/{id}/orders", "each": {"from": "users"}},
        "again": {"path": "orders/{id}", "each": {"from": "orders",
                                                  "jq": ".[][]"}}}).data()
    assert data["again"] == [o for orders in data["orders"] for o in orders]
    assert [o["userId"] for o in data["again"]] == sorted(
        o["userId"] for o in g.items("orders"))


@test
def login_of_the_command_line_applies_to_all_endpoints(g):
    data = g.spec({
        "a": {"path": "echo"},
        "b": {"path": "echo", "headers": {"X-A": "own"}},
    }, "-u", "u:p", "-H", "X-A: line", "-H", "X-B: line", "-A", "me").data()
    basic = "Basic " + base64.b64encode(b"u:p").decode()
    for name, own in (("a", "line"), ("b", "own")):
        sent = data[name]["headers"]
        assert sent["authorization"] == basic and sent["x-a"] == own, sent
        assert sent["x-b"] == "line" and sent["user-agent"] == "me", sent
        assert sent["accept"] == "application/json", sent


@test
def secrets_of_a_failing_url_are_named(g):
    result = g.spec({"a": {"path": "status/404", "params": {"k": "${KEY}"}}},
                    "-v", env={"KEY": "a b/c d"})
    _, errors = result.document()
    assert errors["a"]["url"] == g.api.url("status/404?k=${KEY}"), errors
    assert "k=${KEY}" in result.err and "a+b" not in result.err, result.err


@test
def options_of_other_commands_are_refused(g):
    for word in ("--links", "--body", "--format=csv", "--ordered", "-dx",
                 "-XPUT", "-I", "--json={}", "--select=a=b", "--url=x"):
        result = g.run("a=" + g.api.url("users"), word)
        assert result.code == 2 and not result.out, (word, result.code)
        assert "is not for scrape gather" in result.err, result.err
    assert g.api.stats()["requests"] == 0


@test
def arguments_and_a_spec_contradict_each_other(g):
    result = g.spec({"a": {"path": "users"}}, "b=" + g.api.url("users"))
    assert result.code == 2 and "--spec" in result.err, result.err
    result = g.run()
    assert result.code == 2 and "NAME=URL" in result.err, result.err
    result = g.run("--var", "secret", "a=" + g.api.url("users"))
    assert result.code == 2 and "NAME=VALUE" in result.err, result.err
    assert "secret" not in result.err, result.err


@test
def summary_counts_requests_and_output_goes_to_a_file(g):
    out = os.path.join(g.tmp, "out")
    summary = os.path.join(g.tmp, "summary")
    result = g.spec({"a": {"path": "users/{}", "each": [1, 2, 3]}},
                    "-o", out, "--summary", summary)
    assert result.code == 0 and not result.out
    with open(out, encoding="utf-8") as f:
        assert len(json.load(f)["data"]["a"]) == 3
    with open(summary, encoding="utf-8") as f:
        assert json.load(f)["requests"] == 3
