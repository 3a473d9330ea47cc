"""use_requests.py KIND AT_ONCE FILE: a pool of threads, requests and lxml."""
import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import requests
from page import record

kind, at_once, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]

# One session per thread: requests does not document sessions as thread-safe.
own = threading.local()


def fetch(url):
    if not hasattr(own, "session"):
        own.session = requests.Session()
    response = own.session.get(url)
    return json.dumps(record(kind, url, response.status_code,
                             response.content))


with open(path) as f, ThreadPoolExecutor(at_once) as pool:
    for line in pool.map(fetch, f.read().split()):
        print(line)
