"""Failures, and the messages about them, which must not contain secrets. A
part of tests/behaviour/gather."""
import base64
import os
import re

from gather import Skip, test
import harness
from mock_troubles import CLIENT, CLIENT_SECRET, MARK, PASSWORD, TOKEN, USER

SPECS = os.path.join(harness.TESTS, "cases", "gather_spec")


# --- Some of it fails ------------------------------------------------------

@test
def failed_part_is_null_and_explained(g):
    result = g.spec({
        "posts": {"path": "patchy/posts/{}", "each": list(range(1, 31))},
        "html": {"path": "html-as-json"}, "half": {"path": "invalid-json"},
        "missing": {"path": "status/404"}, "gone": {"path": "gone"},
        "users": {"path": "users"}}, "--retry", "0")
    data, errors = result.document()
    assert result.code == 1
    assert data["users"] == g.items("users")
    expected = g.items("posts")[:30]
    for number in (7, 14, 21, 28):
        expected[number - 1] = None
        error = errors.pop("posts[%d]" % (number - 1))
        assert error["kind"] == "status" and error["status"] == 500, error
        assert error["url"] == g.api.url("patchy/posts/%d" % number)
        assert error["message"]
    assert data["posts"] == expected
    assert {name: error["kind"] for name, error in errors.items()} == {
        "html": "parse", "half": "parse", "missing": "status",
        "gone": "http"} or errors["gone"]["kind"] == "connect", errors
    assert errors["gone"]["status"] is None
    assert errors["missing"]["status"] == 404
    assert [data[name] for name in errors] == [None] * 4


@test
def dependents_of_a_failed_endpoint_are_null_and_explained(g):
    result = g.spec({
        "first": {"path": "status/500"},
        "then": {"path": "posts/{id}", "each": {"from": "first",
                                                "jq": ".[]"}},
        "last": {"path": "posts/{id}", "each": {"from": "then"}},
        "beside": {"path": "users"}}, "--retry", "0")
    data, errors = result.document()
    assert result.code == 1 and data.pop("beside") == g.items("users")
    assert data == {"first": None, "then": None, "last": None}, data
    assert set(errors) == set(data), errors
    assert g.api.stats()["requests"] == 2


@test
def received_values_are_used_if_others_fail(g):
    result = g.spec({
        "posts": {"path": "patchy/posts/{}", "each": [6, 7, 8]},
        "comments": {"path": "posts/{id}/comments",
                     "each": {"from": "posts"}}}, "--retry", "0")
    data, errors = result.document()
    assert result.code == 1 and "posts[1]" in errors, errors
    got = [c for c in data["comments"] or [] if c is not None]
    assert got == [[c for c in g.items("comments") if c["postId"] == n]
                   for n in (6, 8)], data["comments"]


@test
def value_without_the_member_of_a_path_is_an_error(g):
    result = g.spec({
        "users": {"path": "users/1"},
        "a": {"path": "posts/{id}", "each": {
            "from": "users", "jq": "{id: 1}, {no: 1}, {id: [1]}"}}})
    data, errors = result.document()
    assert result.code == 1
    assert data["a"] == [g.items("posts")[0], None, None], data
    assert set(errors) == {"a[1]", "a[2]"}, errors
    assert g.api.stats()["requests"] == 2


@test
def fail_early_cancels_the_rest(g):
    result = g.spec({
        "bad": {"path": "delay/0.2/status/404"},
        "good": {"path": "users"},
        "slow": {"path": "delay/25/posts/{}", "each": list(range(1, 31))},
        "later": {"path": "posts/{id}", "each": {"from": "slow"}}},
        "--fail-early")
    data, errors = result.document()
    assert result.code == 1
    assert result.seconds < 25, result.seconds
    if g.mode != "serial":
        assert data["good"] == g.items("users")
        assert g.api.stats()["left"] > 0
    assert errors["bad"]["status"] == 404, errors
    others = {error["kind"] for name, error in errors.items()
              if name != "bad"}
    assert others == {"cancelled"}, errors
    assert g.api.stats()["active"] == 0


# --- Secrets ---------------------------------------------------------------

ENDPOINTS = {
    "basic": {"path": "basic/users/1",
              "auth": {"basic": USER + ":${PASSWORD}"}},
    "header": {"path": "fixed/users/2", "auth": {"bearer": "${TOKEN}"}},
    "oauth2": {"path": "bearer/users/{}", "each": [3, 4]},
    # These endpoints fail, with a message.
    "wrong": {"path": "basic/users/5", "auth": {"bearer": "${TOKEN}"}},
    "key": {"path": "status/403", "params": {"api_key": "${TOKEN}"}},
    "sent": {"path": "nowhere", "headers": {"X-Api-Key": "${TOKEN}"},
             "form": {"password": "${PASSWORD}"}},
}
# The secrets themselves, and in the form in which they are sent.
SECRETS = [MARK] + [base64.b64encode(text.encode()).decode() for text in (
    USER + ":" + PASSWORD, CLIENT + ":" + CLIENT_SECRET)]
VARIABLES = {"PASSWORD": PASSWORD, "TOKEN": TOKEN, "CLIENT": CLIENT_SECRET}


def run_with_secrets(g, *args, env=None, endpoints=None):
    return g.spec({**ENDPOINTS, **(endpoints or {})}, *args, env=env, auth={
        "oauth2": {"token_url": g.api.url("token/3600/1"),
                   "client_id": CLIENT, "client_secret": "${CLIENT}"}})


@test
def secrets_are_never_printed(g):
    words = [word for name, value in VARIABLES.items()
             for word in ("--var", "%s=%s" % (name, value))]
    for args, env in ((words, {}), ([], VARIABLES), (["-v"], VARIABLES),
                      (["-v", "--fail-early"], VARIABLES),
                      (["--dry-run"], VARIABLES),
                      (["-v", "--dry-run"], VARIABLES)):
        result = run_with_secrets(g, *args, env=env)
        assert result.code == (0 if "--dry-run" in args else 1), (
            result.code, result.err)
        for word in SECRETS:
            assert word not in result.out + result.err, (
                args, word, result.out, result.err)
        if not args:
            data, errors = result.document()
            assert data["oauth2"] == g.items("users")[2:4]
            assert set(errors) == {"wrong", "key", "sent"}, errors


@test
def secrets_are_not_in_messages_about_a_spec(g):
    for name, wrong in (("a", {"path": "${TOKEN}{", "each": [1]}),
                        ("b", {"path": "x", "auth": {"basics": "${TOKEN}"}}),
                        ("c", {"path": "x", "auth": {"basic": "${TOKEN}"}}),
                        ("d", {"path": "x", "method": "${TOKEN} x"})):
        result = run_with_secrets(g, env=VARIABLES, endpoints={name: wrong})
        assert result.code == 2, (name, result.code, result.err)
        assert MARK not in result.out + result.err, result.err


# --- Specs that are wrong --------------------------------------------------

def lines_of(folder, name):
    try:
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            return f.read().splitlines()
    except FileNotFoundError:
        return []


def says(message, pattern):
    """Returns true if the pattern matches. A pattern with ^ is matched after
    the prefix that names the subject ("scrape: ...: ")."""
    parts = message.rstrip("\n").split(": ")
    return any(re.search(pattern, ": ".join(parts[i:]))
               for i in range(len(parts)))


@test
def bad_specs_are_refused_with_the_reason(g):
    """Each folder of gather_specs: spec.json, expected (a regular expression a
    line, each found in the message), and perhaps vars (NAME=VALUE) and files
    that the spec names. Secrets in them begin with hush."""
    if not os.path.isdir(SPECS):
        raise Skip("there are none")
    if g.mode != "async":
        raise Skip("specs are refused before the mode matters")
    names = sorted(os.listdir(SPECS))
    assert names
    for name in names:
        folder = os.path.join(SPECS, name)
        args = [word for line in lines_of(folder, "vars")
                for word in ("--var", line)]
        result = g.run("--spec", "spec.json", *args, cwd=folder)
        what = (name, result.code, result.err)
        assert result.code == 2 and not result.out, what
        assert result.err.startswith("scrape: "), what
        assert "hush" not in result.err, what
        for pattern in lines_of(folder, "expected"):
            assert says(result.err, pattern), (*what, pattern)


@test
def unset_variable_is_a_usage_error(g):
    result = g.spec({"a": {"path": "${NO_SUCH}/posts"}})
    assert result.code == 2 and "NO_SUCH" in result.err, result.err
    assert g.api.stats()["requests"] == 0


@test
def document_is_complete_json_if_endpoints_fail(g):
    names = ["gone", "posts", "html", "nothing", "invalid-json", "users"]
    result = g.spec({name: {"path": name} for name in names}, "--retry", "0")
    data, errors = result.document()
    assert result.code == 1
    # In the order of the spec, whichever finished first.
    assert list(data) == names
    assert set(errors) == set(names) - {"posts", "users"}, errors
