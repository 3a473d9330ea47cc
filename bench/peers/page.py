"""Makes the record of a response for the Python clients, as a user would."""
import json
from urllib.parse import urljoin

import lxml.html


def record(kind, url, status, body):
    if kind == "pages":
        tree = lxml.html.fromstring(body)
        return {"url": url, "title": tree.findtext(".//title"),
                "links": [urljoin(url, href)
                          for href in tree.xpath("//a/@href")]}
    if kind == "api":
        return {"url": url, "value": json.loads(body)["order"]["total"]}
    return {"url": url, "status": status, "bytes": len(body)}
