/* Recognises sitemaps by their names, before they are requested. */
#ifndef CMD_CRAWL_SITEMAP_NAME_H
#define CMD_CRAWL_SITEMAP_NAME_H

#include <stdbool.h>

#include "base/url/url.h"

/* Returns true if the URL's path ends like that of a file with a list of URLs
 * (.xml, .gz, .txt, .rss, .atom, .rdf), has "sitemap" in its last part, or is a
 * feed's (/feed, /rss, /atom). */
bool sitemap_has_name(const struct url *url);

#endif
