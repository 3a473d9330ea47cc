"""Servers that limit the rate or want authentication. A part of
tests/behaviour/gather."""
import base64

from gather import test
import harness
from mock_troubles import CLIENT, CLIENT_SECRET, PASSWORD, TOKEN, USER


def posts(path, count=60, **more):
    return {"path": path + "/posts/{}", "each": list(range(1, count + 1)),
            **more}


def all_are_there(g, result, count=60):
    assert result.data()["posts"] == g.items("posts")[:count]


# --- Not so fast -----------------------------------------------------------

def no_request_in(g, seconds):
    """Checks that no request was started between the first 429 and the end of
    its pause, except those already in flight, which arrive a little later; on a
    very busy machine they may arrive at any time of the pause."""
    slower = harness.slow_down()
    under_way = min(0.2 * harness.SLOWER * slower, 0.8 * seconds)
    log = g.log()
    begun = min(row["answered"] for row in log if row["status"] == 429)
    early = [row for row in log
             if begun + under_way < row["arrived"] < begun + seconds - 0.02]
    assert not early or slower > 4, early
    assert any(row["arrived"] > begun + seconds - 0.02 for row in log)


def posts_after_a_429(g):
    """In serial mode the pace that is learnt from the first 429 is one post a
    second."""
    return 15 if g.mode == "serial" else 60


@test
def retry_after_holds_back_and_loses_nothing(g):
    count = posts_after_a_429(g)
    result = g.spec({"posts": posts("retry-after/k/2/1", count)})
    all_are_there(g, result, count)
    assert g.api.stats()["statuses"] == {"200": count, "429": 2}
    no_request_in(g, 1)


@test
def busy_server_without_retry_after_loses_nothing(g):
    count = posts_after_a_429(g)
    result = g.spec({"posts": posts("busy/k/1", count)})
    all_are_there(g, result, count)
    assert g.api.stats()["statuses"] == {"200": count, "429": 1}
    no_request_in(g, 1)


def window_is_never_overrun(g, path):
    result = g.spec({"posts": posts(path)})
    all_are_there(g, result)
    stats = g.api.stats()
    assert stats["overruns"] == 0 and stats["requests"] == 60, stats
    assert result.seconds >= 2


@test
def ratelimit_headers_are_obeyed_before_a_429(g):
    window_is_never_overrun(g, "window/w/20/1")


@test
def ratelimit_headers_of_github_are_obeyed_before_a_429(g):
    window_is_never_overrun(g, "x-window/w/20/1")


@test
def flaky_server_loses_nothing(g):
    all_are_there(g, g.spec({"posts": posts("flaky", 30)}), 30)
    assert g.api.stats()["statuses"]["503"] > 10


@test
def pages_of_a_flaky_server_are_all_there(g):
    data = g.spec({
        name: {"path": "flaky/%s/orders?per_page=100" % name,
               "paginate": paginate}
        for name, paginate in (("page", {"page": "page"}),
                               ("link", {"link": "next"}))}).data()
    assert data == {"page": g.items("orders"), "link": g.items("orders")}
    assert g.api.stats()["statuses"]["503"] > 3


@test
def connections_that_are_reset_lose_nothing(g):
    all_are_there(g, g.spec({"posts": posts("resets", 20)}), 20)


# --- Who are you? ----------------------------------------------------------

def oauth2(g, path):
    return {"oauth2": {"token_url": g.api.url(path), "client_id": CLIENT,
                       "client_secret": "${SECRET}", "scope": "read"}}


@test
def token_is_fetched_once_each_time_it_is_refused(g):
    """Each token is valid for twenty requests, although it declares an
    hour."""
    result = g.spec({"posts": posts("bearer", 100)},
                    auth=oauth2(g, "token/3600/20"),
                    env={"SECRET": CLIENT_SECRET})
    all_are_there(g, result, 100)
    stats = g.api.stats()
    assert stats["tokens"] == 5, stats["tokens"]
    # Requests that were in flight when the token expired, and until the first
    # 401 was read.
    assert 4 <= stats["unauthorized"] <= 4 * 16, stats["unauthorized"]


@test
def token_is_fetched_once_each_time_it_expires(g):
    result = g.spec({"posts": posts("delay/0.3/bearer", 24, concurrency=3)},
                    auth=oauth2(g, "token/1/0"),
                    env={"SECRET": CLIENT_SECRET})
    all_are_there(g, result, 24)
    stats = g.api.stats()
    assert 2 <= stats["tokens"] <= result.seconds + 1, stats["tokens"]


@test
def token_is_fetched_once_for_all_endpoints(g):
    result = g.spec({name: posts("bearer", 10) for name in "abcde"},
                    auth=oauth2(g, "token/3600/0"),
                    env={"SECRET": CLIENT_SECRET})
    assert result.data() == dict.fromkeys("abcde", g.items("posts")[:10])
    stats = g.api.stats()
    assert stats["tokens"] == 1 and stats["unauthorized"] == 0, stats


@test
def token_that_cannot_be_had_is_an_error_of_each_endpoint(g):
    result = g.spec({"posts": posts("bearer", 3), "open": {"path": "users"}},
                    auth=oauth2(g, "token/3600/0"), env={"SECRET": "wrong"})
    data, errors = result.document()
    assert result.code == 1 and data["posts"] == [None] * 3, data["posts"]
    assert {"posts[0]", "posts[1]", "posts[2]"} <= set(errors), errors
    assert g.api.stats()["tokens"] == 0


@test
def tokens_that_are_never_accepted_end_in_an_error(g):
    """Without a limit, new tokens would be fetched for ever."""
    result = g.spec({"user": {"path": "fixed/users/1"}},
                    auth=oauth2(g, "token/3600/0"),
                    env={"SECRET": CLIENT_SECRET})
    _, errors = result.document()
    assert result.code == 1 and errors["user"]["status"] == 401, errors
    assert g.api.stats()["tokens"] <= 3


@test
def login_is_that_of_the_endpoint_or_of_the_spec(g):
    data = g.spec({
        "basic": {"path": "basic/users/1",
                  "auth": {"basic": USER + ":${PASSWORD}"}},
        "bearer": {"path": "fixed/users/2"},
        "header": {"path": "echo"}},
        "--var", "PASSWORD=" + PASSWORD, auth={"bearer": "${TOKEN}"},
        env={"TOKEN": TOKEN}).data()
    assert data["basic"] == g.items("users")[0]
    assert data["bearer"] == g.items("users")[1]
    assert data["header"]["headers"]["authorization"] == "Bearer " + TOKEN
    assert base64.b64encode(PASSWORD.encode()).decode() not in str(data)


# --- No limit --------------------------------------------------------------

@test
def filters_run_without_a_time_limit(g):
    result = g.spec({"posts": {"path": "posts/{}", "each": list(range(1, 61)),
                               "jq": ".id + 1"}},
                    "--parse-timeout", "0")
    assert result.data()["posts"] == list(range(2, 62))
