#!/usr/bin/env python3
"""mock_api.py [--port N] [--seed N]: an API to aggregate, for tests: all ways
of paging, limits that are counted, tokens that expire, answers that fail. The
same seed answers the same. Prints its address and serves until it is ended.

	/posts /users /comments /orders		whole (?postId=N, ?userId=N, ?_limit=N)
	/posts/7 /users/7/orders		one; and what belongs to it
	/link/orders?page=2&per_page=50		by the page: mock_pages.py
	/graphql				POST
	/flaky/delay/0.5/posts			troubles before all this: mock_troubles.py
	/numbers /ids /echo/TEXT?a=1		digits; what was sent
	/status/404 /empty /invalid-json ...	what is no API
	/stats /reset				what was asked; forget it

Standard library alone. In tests: `with mock_api.MockApi() as api:`."""
import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request

sys.dont_write_bytecode = not sys.pycache_prefix
import mock_data  # noqa: E402
import mock_http  # noqa: E402
import mock_pages  # noqa: E402
import mock_troubles  # noqa: E402

# Of requests with their times; those of a long run are only counted.
MAX_LOG = 5000


class Api:
    """One for all connections, on the loop."""

    def __init__(self, seed):
        self.seed = seed
        self.data = mock_data.Data(seed)
        self.forget()

    def forget(self):
        self.state = mock_troubles.State()
        self.counts, self.statuses = {}, {}
        self.active = self.most_active = self.left = 0
        self.log = []
        self.since = time.monotonic()

    # --- What is counted

    def began(self, request):
        request.counted = request.path not in ("/stats", "/reset")
        if request.counted:
            self.active += 1
            self.most_active = max(self.active, self.most_active)

    def ended(self, request, answer):
        """Notes the end of a request. answer None: the client has closed the
        connection before."""
        if not request.counted or request.arrived < self.since:
            return
        self.active -= 1
        self.left += answer is None
        status = answer.status if answer else None
        pattern = re.sub(r"\d+(\.\d+)?", "N", request.path)
        self.counts[pattern] = self.counts.get(pattern, 0) + 1
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if len(self.log) < MAX_LOG:
            self.log.append((request.arrived - self.since,
                             time.monotonic() - self.since, status,
                             request.target))

    def stats(self):
        """Requests that are at it are in "active" alone."""
        return {
            "requests": sum(self.counts.values()), "paths": self.counts,
            "statuses": {str(s): n for s, n in self.statuses.items()},
            "active": self.active, "most_active": self.most_active,
            "left": self.left, "overruns": self.state.overruns,
            "tokens": self.state.issued,
            "unauthorized": self.state.unauthorized,
            "log": [dict(zip(("arrived", "answered", "status", "target"), row))
                    for row in self.log],
        }

    # --- What is answered

    def answer(self, request):
        try:
            return self.pass_on(request, request.path.split("/")[1:])
        except (ValueError, IndexError) as wrong:
            return mock_troubles.error(400, str(wrong))

    def pass_on(self, request, parts):
        """parts: what is left of the path."""
        name, rest = parts[0], parts[1:]
        if name in mock_troubles.TROUBLES:
            function, count = mock_troubles.TROUBLES[name]
            return function(self, request, rest[count:], *rest[:count])
        if name in mock_pages.STYLES:
            return mock_pages.show(self.data, name, request, rest)
        if name == "graphql" and request.method == "POST":
            return mock_pages.graphql(self.data, request)
        if name == "token":
            return mock_troubles.token(self, request, rest)
        return (self.collection(request, name, rest)
                or self.special(request, name, rest)
                or mock_troubles.odd(name, rest)
                or mock_troubles.error(404, "not found"))

    def collection(self, request, name, rest):
        items = self.data.collection(name)
        if items is None or name == "big":
            return None
        if not rest:
            query = request.query()
            for key in ("postId", "userId"):
                if key in query:
                    wanted = '"%s":%s,' % (key, query[key])
                    items = [text for text in items if wanted in text]
            return mock_http.Answer(
                mock_data.array(items[:int(query.get("_limit", len(items)))]))
        if not rest[0].isdigit() or not 1 <= int(rest[0]) <= len(items):
            return None
        if len(rest) == 1:
            return mock_http.Answer(items[int(rest[0]) - 1])
        children = self.data.children(name, int(rest[0]), "/".join(rest[1:]))
        return None if children is None else \
            mock_http.Answer(mock_data.array(children))

    def special(self, request, name, rest):
        if name == "numbers":
            return mock_http.Answer(mock_data.NUMBERS)
        if name == "ids":
            return mock_http.Answer('[{"id":9007199254740993},'
                                    '{"id":1234567890123456789}]')
        if name == "echo":
            return mock_http.Answer(json.dumps({
                "method": request.method,
                "text": urllib.parse.unquote("/".join(rest)),
                "query": request.query(), "headers": request.headers,
                "body": request.body.decode("utf-8", "replace")}))
        if name == "stats":
            return mock_http.Answer(json.dumps(self.stats()))
        if name == "reset":
            self.forget()
            return mock_http.Answer("{}")
        return None


# --- As a program ------------------------------------------------------------

async def serve(options):
    loop = asyncio.get_running_loop()
    api = Api(options.seed)
    ended = asyncio.Event()
    if options.until_eof:
        loop.add_reader(0, lambda: os.read(0, 4096) or ended.set())
    server = await loop.create_server(lambda: mock_http.Connection(api),
                                      "127.0.0.1", options.port, backlog=1024)
    print("http://127.0.0.1:%d" % server.sockets[0].getsockname()[1],
          flush=True)
    await ended.wait()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0,
                        help="0, the default: any free one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--until-eof", action="store_true",
                        help="end when standard input does")
    try:
        asyncio.run(serve(parser.parse_args()))
    except KeyboardInterrupt:
        pass


# --- In tests ----------------------------------------------------------------

class MockApi:
    """One of one's own, for as long as the `with` lasts."""

    def __init__(self, seed=1):
        self.seed = seed
        self.data = mock_data.Data(seed)

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, os.path.abspath(__file__), "--until-eof",
             "--seed", str(self.seed)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        if not self.address:
            sys.exit("the mock API did not start")
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def url(self, path):
        return "%s/%s" % (self.address, path)

    def stats(self):
        with urllib.request.urlopen(self.url("stats")) as reply:
            return json.load(reply)

    def reset(self):
        urllib.request.urlopen(self.url("reset")).close()

    def items(self, name):
        """Returns the items of a collection as they are sent: numbers as
        texts."""
        return [read(text) for text in self.data.collection(name)]


def read(text):
    """Reads JSON. Numbers stay as they are written."""
    return json.loads(text, parse_float=str, parse_int=str)


if __name__ == "__main__":
    main()
