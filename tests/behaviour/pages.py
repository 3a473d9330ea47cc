"""Pages like those of real sites, with the values to be extracted from them;
and an nginx that serves them."""
from urllib.parse import urljoin

WORDS = ("harbour lantern gravel meadow copper violet station ribbon orchard "
         "paper canyon winter market garden signal thunder").split()


def make_page(dice, number):
    """Returns a page like those of real sites, and the values in it."""
    title = "%s & %s no. %d" % (dice.choice(WORDS), dice.choice(WORDS), number)
    parts, links = [], []
    for i in range(dice.randrange(5, 120)):
        href = dice.choice(["/p/%d.html" % dice.randrange(200),
                            "%d.html" % dice.randrange(200),
                            "?page=%d" % i, "#s%d" % i,
                            "https://example.com/%s/%d" % (
                                dice.choice(WORDS), i)])
        links.append(href)
        parts.append("<li class='entry c%d'><a href=\"%s\">%s</a> <span>%s"
                     "</span>" % (i % 7, href, dice.choice(WORDS),
                                  " ".join(dice.choices(WORDS, k=30))))
    text = ("<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8><title>"
            "\n  %s\n</title><script>var s = '<a href=x>no</a>';</script>"
            "<style>a { color: red }</style></head><body><ul>\n%s</ul>"
            "<!-- <a href=comment>no</a> --></body></html>\n"
            % (title.replace("&", "&amp;"), "\n".join(parts)))
    return text, title, links


def absolute(base, href):
    return base.split("?")[0] + href if href[0] in "?#" else urljoin(base,
                                                                    href)


NGINX = """daemon off; worker_processes 1; pid %(tmp)s/nginx.pid;
error_log %(tmp)s/nginx.err; events { worker_connections 512; }
http {
  types { text/html html; } charset utf-8; access_log off; gzip on;
  gzip_min_length 1; root %(tmp)s/www;
  client_body_temp_path %(tmp)s/t1; proxy_temp_path %(tmp)s/t2;
  fastcgi_temp_path %(tmp)s/t3; uwsgi_temp_path %(tmp)s/t4;
  scgi_temp_path %(tmp)s/t5;
  server { listen 127.0.0.1:%(port)d; }
}
"""

# Its connections end after 50 requests, with a GOAWAY.
NGINX_HTTP2 = NGINX.replace(
    "listen 127.0.0.1:%(port)d;",
    """listen 127.0.0.1:%(port)d ssl http2; keepalive_requests 50;
    ssl_certificate %(certs)s/server.pem;
    ssl_certificate_key %(certs)s/server.key;
    location / { return 200 "<title>Hello</title>"; }""")
