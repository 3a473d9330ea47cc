#!/usr/bin/env python3
"""Forwards TCP connections to a unix socket. Run as a program with the path of
the socket; prints its port. A machine of a fleet that reaches its hub through
this program is cut off from it while the program is stopped (SIGSTOP). As in a
network that loses all packets, connections stay open, and data arrives late: if
a side has given up and connected again, perhaps after the data of the new
connection."""
import asyncio
import sys


async def copy(reader, writer):
    try:
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def forward(path, reader, writer):
    try:
        to = await asyncio.open_unix_connection(path)
    except OSError:
        writer.close()
        return
    await asyncio.gather(copy(reader, to[1]), copy(to[0], writer))


async def main():
    server = await asyncio.start_server(
        lambda *client: forward(sys.argv[1], *client), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
