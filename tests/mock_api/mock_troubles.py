"""Troubles between a client and the collections of the mock API. A trouble
is the first part of a path, with its arguments in the next ones, and hands the
rest on: /delay/0.5/flaky/page/orders. KEY is any word: requests with
the same KEY are counted together, whatever their paths."""
import base64
import json
import math
import re
import time
import zlib

from mock_http import Answer

# Each secret has this in it, so that a test can look for one word.
MARK = "s3cret"
CLIENT, CLIENT_SECRET = "shop-client", MARK + "-client"
USER, PASSWORD = "ada", MARK + "-password"
TOKEN = MARK + "-fixed-token"

TROUBLES = {}


def trouble(name, arguments):
    def keep(function):
        TROUBLES[name] = (function, arguments)
        return function
    return keep


class Window:
    def __init__(self):
        self.ends = self.asked = 0


class State:
    """The data about earlier requests that troubles need."""

    def __init__(self):
        self.attempts = {}	# by target
        self.refused = {}	# 429s, by key
        self.windows = {}
        self.overruns = 0
        self.tokens = {}	# token: [when it ends, uses left]
        self.issued = 0
        self.unauthorized = 0


def number_in(request):
    """The last one of the path and its query."""
    found = re.findall(r"\d+", request.target)
    return int(found[-1]) if found else 0


def error(status, text):
    return Answer(json.dumps({"error": text}), status)


def attempt(api, request):
    """Returns how often this target was requested before."""
    attempts = api.state.attempts
    attempts[request.target] = attempts.get(request.target, 0) + 1
    return attempts[request.target] - 1


# --- Slow and broken ---------------------------------------------------------

@trouble("delay", 1)
def delay(api, request, rest, seconds):
    answer = api.pass_on(request, rest)
    answer.delay += float(seconds)
    return answer


@trouble("lagging", 1)
def lagging(api, request, rest, seconds):
    """Delays the answer only if the last number is one of five."""
    return delay(api, request, rest,
                 0 if number_in(request) % 5 else seconds)


@trouble("patchy", 0)
def patchy(api, request, rest):
    """Always sends 500 if the last number is one of seven."""
    if number_in(request) % 7 == 0:
        return error(500, "broken")
    return api.pass_on(request, rest)


@trouble("flaky", 0)
def flaky(api, request, rest):
    """Sends 503 for half of the targets, once or twice. The seed decides for
    which."""
    dice = zlib.crc32(("%d %s" % (api.seed, request.target)).encode())
    if attempt(api, request) < (0, 0, 1, 2)[dice % 4]:
        return error(503, "try again")
    return api.pass_on(request, rest)


@trouble("resets", 0)
def resets(api, request, rest):
    """Closes the connection at the first request for a target."""
    if attempt(api, request) == 0:
        return Answer("", 0)
    return api.pass_on(request, rest)


# --- Not so fast -------------------------------------------------------------

def refuse_first(api, request, rest, key, count):
    """Sends 429 to the first requests with that key, and passes later requests
    on."""
    refused = api.state.refused.get(key, 0)
    if refused >= int(count):
        return api.pass_on(request, rest)
    api.state.refused[key] = refused + 1
    return error(429, "too many")


@trouble("retry-after", 3)
def retry_after(api, request, rest, key, count, seconds):
    answer = refuse_first(api, request, rest, key, count)
    if answer.status == 429:
        answer.add("Retry-After", seconds)
    return answer


@trouble("busy", 2)
def busy(api, request, rest, key, count):
    """Refuses the first requests without a Retry-After header."""
    return refuse_first(api, request, rest, key, count)


def in_window(api, request, rest, key, limit, seconds):
    """Returns (answer, requests left, seconds to go). A window begins with the
    first request after the end of the last window."""
    now = time.monotonic()
    window = api.state.windows.setdefault(key, Window())
    if now >= window.ends:
        window.ends, window.asked = now + float(seconds), 0
    window.asked += 1
    left = int(limit) - window.asked
    if left < 0:
        api.state.overruns += 1
        answer = error(429, "over the limit")
        answer.add("Retry-After", math.ceil(window.ends - now))
    else:
        answer = api.pass_on(request, rest)
    return answer, max(left, 0), window.ends - now


@trouble("window", 3)
def window_of_draft(api, request, rest, key, limit, seconds):
    """Sends RateLimit-* (draft-ietf-httpapi-ratelimit-headers-06), in
    seconds."""
    answer, left, to_go = in_window(api, request, rest, key, limit, seconds)
    answer.add("RateLimit-Limit", limit)
    answer.add("RateLimit-Remaining", left)
    answer.add("RateLimit-Reset", math.ceil(to_go))
    return answer


@trouble("x-window", 3)
def window_of_github(api, request, rest, key, limit, seconds):
    """Sends X-RateLimit-*: the end is a time, in seconds since 1970."""
    answer, left, to_go = in_window(api, request, rest, key, limit, seconds)
    answer.add("X-RateLimit-Limit", limit)
    answer.add("X-RateLimit-Remaining", left)
    answer.add("X-RateLimit-Reset", math.ceil(time.time() + to_go))
    return answer


# --- Who are you? ------------------------------------------------------------

def basic_of(request):
    kind, _, text = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        return base64.b64decode(text).decode()
    except ValueError:
        return None


def unauthorized(api, challenge):
    api.state.unauthorized += 1
    answer = error(401, "who are you?")
    answer.add("WWW-Authenticate", challenge)
    return answer


@trouble("basic", 0)
def basic(api, request, rest):
    if basic_of(request) != USER + ":" + PASSWORD:
        return unauthorized(api, 'Basic realm="shop"')
    return api.pass_on(request, rest)


@trouble("bearer", 0)
def bearer(api, request, rest):
    """A token from /token, as long as it is good."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    ends, uses = api.state.tokens.get(token, (0, 0))
    if kind.lower() != "bearer" or not uses or time.monotonic() >= ends:
        return unauthorized(api, 'Bearer error="invalid_token"')
    api.state.tokens[token] = (ends, uses - 1)
    return api.pass_on(request, rest)


@trouble("fixed", 0)
def fixed(api, request, rest):
    """A token that is always good, TOKEN."""
    if request.headers.get("authorization") != "Bearer " + TOKEN:
        return unauthorized(api, "Bearer")
    return api.pass_on(request, rest)


def token(api, request, rest):
    """Answers /token/SECONDS/USES (RFC 6749, 4.4, client credentials by Basic
    or in the form). The token is valid for the number of seconds, which the
    answer has, and for the number of requests, which the answer does not have.
    0: any number."""
    form = request.form()
    given = basic_of(request) or "%s:%s" % (form.get("client_id"),
                                            form.get("client_secret"))
    if (request.method != "POST"
            or form.get("grant_type") != "client_credentials"):
        return error(400, "unsupported_grant_type")
    if given != CLIENT + ":" + CLIENT_SECRET:
        return error(401, "invalid_client")
    seconds, uses = float(rest[0]), int(rest[1])
    api.state.issued += 1
    text = "%s-token-%d" % (MARK, api.state.issued)
    api.state.tokens[text] = (time.monotonic() + seconds, uses or 1 << 62)
    answer = Answer(json.dumps({
        "access_token": text, "token_type": "Bearer",
        "expires_in": math.ceil(seconds), "scope": form.get("scope", "")}))
    answer.add("Cache-Control", "no-store")
    return answer


# --- No API at all -----------------------------------------------------------

def odd(name, rest):
    """Answers that are no JSON, or not what was hoped for; None: no such."""
    if name == "status" and len(rest) == 1 and rest[0].isdigit():
        return error(int(rest[0]), "as asked")
    if name == "invalid-json":
        return Answer('{"items":[1,2,')
    if name == "html":
        return Answer("<!doctype html><title>Oops</title><h1>Oops</h1>",
                      int(rest[0]) if rest else 502, "text/html")
    if name == "json-as-html":
        return Answer('{"items":[1,2]}', kind="text/html; charset=UTF-8")
    if name == "json-as-octets":
        return Answer('{"items":[1,2]}', kind="application/octet-stream")
    if name == "guarded-json":
        return Answer(")]}',\n{\"items\":[1,2]}")
    if name == "ndjson":
        return Answer('{"id":1}\n{"id":2}\n', kind="application/x-ndjson")
    if name == "html-as-json":
        return Answer("<!doctype html><title>Sign in</title>")
    if name == "empty":
        return Answer("", 204)
    if name == "reset-content":
        return Answer("", 205)
    if name == "blank":
        return Answer("", 200, "text/plain" if rest else "application/json")
    if name == "gone":
        return Answer("", 0)
    return None
