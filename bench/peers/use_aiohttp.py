"""use_aiohttp.py KIND AT_ONCE FILE: an event loop, aiohttp and lxml."""
import asyncio
import json
import sys

import aiohttp
from page import record

kind, at_once, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]


async def work(session, urls):
    for url in urls:
        async with session.get(url) as response:
            body = await response.read()
        print(json.dumps(record(kind, url, response.status, body)))


async def main():
    with open(path) as f:
        urls = iter(f.read().split())
    connector = aiohttp.TCPConnector(limit=at_once)
    async with aiohttp.ClientSession(connector=connector) as session:
        await asyncio.gather(*(work(session, urls) for _ in range(at_once)))


asyncio.run(main())
