"""Secrets stay with the origin that they are for. A part of
tests/behaviour/gather."""
import contextlib
import http.server
import json
import threading

from gather import test

KEYS = {"X-Api-Key": "${KEY}", "X-Auth-Token": "${KEY}",
        "Authorization": "Token ${KEY}", "X-Plain": "before ${KEY} after",
        "X-Org": "${ORG}", "X-Literal-Secret": "literal-1", "X-Open": "open"}
ENV = {"KEY": "hush-hush-1", "ORG": "oc"}
SECRET = ("x-api-key", "x-auth-token", "authorization", "x-plain", "x-org",
          "x-literal-secret", "cookie", "proxy-authorization")


class Site(http.server.ThreadingHTTPServer):
    """An origin that answers with (status, headers, value) of answer(path),
    and keeps its requests."""

    daemon_threads = True

    def __init__(self, answer, host="127.0.0.1"):
        super().__init__((host, 0), Handler)
        self.answer, self.log = answer, []
        self.address = "http://%s:%d" % (host, self.server_address[1])
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def secrets(self):
        """Returns the names of headers with a secret, over all requests."""
        return sorted({name for _, headers, _ in self.log
                       for name in headers if name in SECRET})


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self):
        length = int(self.headers.get("Content-Length", 0))
        self.server.log.append((
            self.path, {k.lower(): v for k, v in self.headers.items()},
            self.rfile.read(length).decode()))
        status, headers, value = self.server.answer(self.path)
        body = json.dumps(value).encode()
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name, text)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = answer

    def log_message(self, *args):
        pass


def port_of(address):
    return int(address.rsplit(":", 1)[1])


@contextlib.contextmanager
def sites():
    """Returns two origins: the first one, and another one to which it
    links."""
    with Site(lambda path: (200, {}, {"items": [2]})) as other, \
            Site(lambda path: ours(path, other.address)) as own:
        yield own, other
        own.shutdown()
        other.shutdown()


def ours(path, other):
    path = path.split("?")[0]
    if path.startswith("/to/"):
        return int(path[4:]), {"Location": other + "/landed"}, None
    if path == "/linked":
        return 200, {"Link": '<%s/page2>; rel="next"' % other}, [1]
    if path == "/next":
        return 200, {}, {"items": [1], "next": other + "/page2"}
    if path == "/same":
        return 302, {"Location": "/landed"}, None
    if path == "/hosts":
        return 200, {}, [{"host": "127.0.0.1", "port": port_of(other)}]
    return 200, {}, {"items": [1]}


@test
def keys_are_not_sent_to_another_origin_of_a_response(g):
    ways = {
        "link": {"path": "linked", "paginate": {"link": "next"},
                 "jq": ".[]?"},
        "next": {"path": "next", "paginate": {"next": ".next"},
                 "jq": ".items[]"},
        "redirect": {"path": "to/302"},
        "post": {"path": "to/303", "json": {"password": "x"}},
        "host": {"url": "http://{host}:{port}/x", "each": {"from": "hosts"}},
    }
    for name, endpoint in ways.items():
        with sites() as (own, other):
            endpoints = {"hosts": {"path": "hosts"}, "a": endpoint}
            result = g.spec(endpoints, "-b", "a=b", "-u", "me:pw-of-me",
                            base_url=own.address, headers=KEYS, env=ENV)
            assert result.code == 0, (name, result.err, result.out)
            assert len(other.log) == 1, (name, other.log)
            assert other.secrets() == [], (name, other.log)
            assert other.log[0][1]["x-open"] == "open", (name, other.log)
            assert "hush" not in repr(other.log)
            assert set(SECRET) - set(own.secrets()) <= {
                "proxy-authorization"}, (name, own.secrets())


@test
def keys_stay_inside_their_origin(g):
    with sites() as (own, _):
        g.spec({"a": {"path": "same"}}, base_url=own.address, headers=KEYS,
               env=ENV).data()
        assert [path for path, _, _ in own.log] == ["/same", "/landed"]
        for _, headers, _ in own.log:
            assert headers["x-api-key"] == ENV["KEY"], headers
            assert headers["x-plain"] == "before hush-hush-1 after", headers


@test
def oauth_token_is_not_sent_after_a_redirect(g):
    with sites() as (own, other):
        def answer(path):
            if path == "/token":
                return 200, {}, {"access_token": "t0k3n-that-came"}
            return ours(path, other.address)

        own.answer = answer
        g.spec({"a": {"path": "to/307"}}, base_url=own.address, auth={
            "oauth2": {"token_url": own.address + "/token", "client_id": "i",
                       "client_secret": "c-secret"}}).data()
        assert "t0k3n" not in repr(other.log), other.log
        assert len(other.log) == 1


@test
def body_with_a_secret_is_sent_to_its_origin_only(g):
    for endpoint in ({"path": "to/307", "json": {"k": "${KEY}"}},
                     {"path": "to/308", "form": {"password": "x"}},
                     {"path": "to/301", "method": "PUT",
                      "json": {"token": "abc"}},
                     {"path": "next", "paginate": {"next": ".next"},
                      "jq": ".items[]", "json": {"q": "${KEY}"}},
                     {"url": "http://{host}:{port}/x", "each": {"from": "hosts"},
                      "json": {"q": "${KEY}"}}):
        with sites() as (own, other):
            result = g.spec({"hosts": {"path": "hosts"}, "a": endpoint},
                            base_url=own.address, env=ENV)
            errors = result.document()[1]
            error = errors.get("a") or errors["a[0]"]
            assert error["kind"] == "blocked", errors
            assert "secret" in error["message"], error
            assert other.log == [], other.log


@test
def query_with_a_secret_is_not_sent_to_a_host_of_a_response(g):
    endpoint = {"url": "http://{host}:{port}/x", "each": {"from": "hosts"}}
    for params, url in (({"api_key": "${KEY}"}, ""), ({"q": "${KEY}"}, ""),
                        ({"api_key": "literal-2"}, ""),
                        (None, "?sig=literal-3"), (None, "/${KEY}/y")):
        with sites() as (own, other):
            a = {**endpoint, "params": params or {},
                 "url": endpoint["url"] + url}
            result = g.spec({"hosts": {"path": "hosts"}, "a": a},
                            base_url=own.address, env=ENV)
            error = result.document()[1]["a[0]"]
            assert "URL has a secret" in error["message"], error
            assert other.log == [], other.log
    with sites() as (own, other):
        # Variables whose names do not speak of secrets: a user's name, a
        # version.
        g.spec({"hosts": {"path": "hosts"},
                "a": {**endpoint, "url": "http://{host}:{port}/${ORGS}"}},
               base_url=own.address, env={"ORGS": "octopus"}).data()
        assert other.log[0][0] == "/octopus"


@test
def host_of_a_response_gets_the_keys_if_it_is_that_of_base_url(g):
    with sites() as (own, other):
        own.answer = lambda path: (200, {}, [
            {"host": "127.0.0.1", "port": port_of(own.address)}])
        g.spec({"hosts": {"path": "hosts"},
                "a": {"url": "http://{host}:{port}/x?key=${KEY}",
                      "each": {"from": "hosts"}}},
               base_url=own.address, headers=KEYS, env=ENV).data()
        assert own.log[1][0] == "/x?key=hush-hush-1"
        assert own.log[1][1]["x-api-key"] == ENV["KEY"]


@test
def values_of_the_spec_may_name_hosts(g):
    with sites() as (own, other):
        g.spec({"a": {"url": "http://127.0.0.1:{}/x", "each": [
            port_of(other.address)]}}, base_url=own.address,
            headers=KEYS, env=ENV).data()
        assert other.log[0][1]["x-api-key"] == ENV["KEY"]


@test
def errors_show_urls_without_their_secrets(g):
    result = g.run("a=http://me:pw-1@127.0.0.1:1/x?token=hush&b=1")
    error = result.document()[1]["a"]
    assert error["url"] == "http://***@127.0.0.1:1/x?token=***&b=1", error
    assert "hush" not in result.out + result.err
    assert "pw-1" not in result.out + result.err
