"""use_scrapy.py KIND AT_ONCE FILE: a Scrapy spider without robots.txt, pauses,
retries and log."""
import json
import sys

import scrapy
from scrapy.crawler import CrawlerProcess

kind, at_once, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]


class Spider(scrapy.Spider):
    name = "bench"

    def start_requests(self):
        with open(path) as f:
            urls = f.read().split()
        for url in urls[:1] if kind == "crawl" else urls:
            yield scrapy.Request(url, dont_filter=kind != "crawl")

    def parse(self, response):
        if kind == "pages":
            yield {"url": response.url,
                   "title": response.xpath("//title/text()").get(),
                   "links": [response.urljoin(href) for href in
                             response.xpath("//a/@href").getall()]}
        elif kind == "api":
            yield {"url": response.url,
                   "value": json.loads(response.body)["order"]["total"]}
        else:
            yield {"url": response.url, "status": response.status,
                   "bytes": len(response.body)}
        if kind == "crawl":
            yield from response.follow_all(xpath="//a/@href")


process = CrawlerProcess({
    "CONCURRENT_REQUESTS": at_once,
    "CONCURRENT_REQUESTS_PER_DOMAIN": at_once,
    "COOKIES_ENABLED": False,
    "FEEDS": {"stdout:": {"format": "jsonlines"}},
    "LOG_ENABLED": False,
    "RETRY_ENABLED": False,
    "ROBOTSTXT_OBEY": False,
    "TELNETCONSOLE_ENABLED": False,
})
process.crawl(Spider)
process.start()
