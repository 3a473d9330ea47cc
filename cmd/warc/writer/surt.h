/* Keys of URLs in indexes of archives, "com,example)/path?query": the Sort-
 * friendly URI Reordering Transform (SURT), with the canonical form of the
 * Internet Archive's tools, which pywb and cdxj-indexer use, too. These tools
 * remove session ids from URLs; this function does not. */
#ifndef CMD_WARC_WRITER_SURT_H
#define CMD_WARC_WRITER_SURT_H

#include "base/buf.h"
#include "base/url/url.h"

/* Appends the key. It has no space and no byte beyond ASCII. */
void surt_add(struct buf *out, const struct url *url);

#endif
