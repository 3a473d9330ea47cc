#!/usr/bin/env python3
"""A web server for tests of a fleet, which notes each request in a file. The
arguments of the program are the path of this file, and the seconds that each
answer takes. It prints its port.

A note is a line "HOST PATH BEGAN ENDED STATUS", with the times of
time.monotonic(). The host decides how its pages are served:

    delayN...	robots.txt has "Crawl-delay: N"
    busyN...	every (10 N)th request gets 429 with "Retry-After: N"; N is 2 if
		it is missing
    rests...	page /0 has 200, /1 is answered after a minute, and others get
		429 with "Retry-After: 40", a second later
    away...	a page is a redirect to the same path of another host (without
		"away")
    ringN...	a page is a redirect to the same path of the host ring(N+1)...;
		after ring3 comes ring2
    moved...	robots.txt is a redirect to that of another host (without
		"moved")
    strict...	robots.txt forbids /no
    held...	pages are answered after SIGUSR1; a note of the status 0 says
		that one is held
    others	200

A site of LAST + 1 pages on four hosts: /page/N?LAST of the host "hN%4" links to
the pages 2N+1, 2N+2 and 0."""
import asyncio
import re
import signal
import sys
import time


def rest_of(host):
    """Returns the seconds of the Retry-After of a host that is busy, or 0."""
    match = re.match(r"busy(\d*)", host)
    return int(match.group(1) or 2) if match else 0


class Web:
    def __init__(self, notes, delay):
        self.notes = open(notes, "a", buffering=1, encoding="utf-8")
        self.delay = delay
        self.counts = {}
        self.is_free = asyncio.Event()

    def answer(self, host, port, path):
        count = self.counts[host] = self.counts.get(host, 0) + 1
        if path == "/robots.txt" and host.startswith("moved"):
            return 302, "Location: http://%s:%s%s\r\n" % (host[5:], port,
                                                          path), ""
        if path == "/robots.txt" and host.startswith("strict"):
            return 200, "", "User-agent: *\nDisallow: /no\n"
        if path == "/robots.txt":
            pause = re.match(r"delay(\d+)", host)
            return (200, "", "User-agent: *\nCrawl-delay: %s\n" %
                    pause.group(1)) if pause else (404, "", "")
        rest = rest_of(host)
        if rest and count % (10 * rest) == 0:
            return 429, "Retry-After: %d\r\n" % rest, ""
        if host.startswith("rests") and path != "/0":
            return 429, "Retry-After: 40\r\n", ""
        if host.startswith("away"):
            return 302, "Location: http://%s:%s%s\r\n" % (host[4:], port,
                                                          path), ""
        if host.startswith("ring"):
            return 302, "Location: http://%s:%s%s\r\n" % (host.replace(
                host[4], "2" if host[4] == "3" else str(int(host[4]) + 1), 1),
                port, path), ""
        return 200, "", "<title>%s</title>%s" % (path, links(path, port))

    def note(self, host, path, began, status):
        self.notes.write("%s %s %.4f %.4f %d\n" % (
            host, path, began, time.monotonic(), status))

    async def serve(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                began = time.monotonic()
                path = head.split(b" ", 2)[1].decode()
                host = re.search(rb"\r\nhost: *([^\r:]*):(\d+)", head,
                                 re.I).groups()
                host = [x.decode() for x in host]
                if self.delay:
                    await asyncio.sleep(self.delay)
                if host[0].startswith("rests"):
                    await asyncio.sleep({"/1": 60, "/2": 1}.get(path, 0))
                if host[0].startswith("held") and path != "/robots.txt":
                    self.note(host[0], path, began, 0)
                    await self.is_free.wait()
                status, extra, body = self.answer(*host, path)
                data = "HTTP/1.1 %d X\r\nContent-Type: text/%s\r\n%s" \
                    "Content-Length: %d\r\n\r\n%s" % (
                        status, "plain" if path == "/robots.txt" else "html",
                        extra, len(body), body)
                # Noted before the client can send the next request.
                self.note(host[0], path, began, status)
                writer.write(data.encode())
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def links(path, port):
    match = re.fullmatch(r"/page/(\d+)\?(\d+)", path)
    if not match:
        return ""
    n, last = map(int, match.groups())
    return "".join('<a href="http://h%d.localhost:%s/page/%d?%d">x</a>' %
                   (m % 4, port, m, last)
                   for m in (2 * n + 1, 2 * n + 2, 0) if m <= last)


async def main():
    web = Web(sys.argv[1], float(sys.argv[2]))
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1,
                                                  web.is_free.set)
    server = await asyncio.start_server(web.serve, "127.0.0.1", 0,
                                        backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
