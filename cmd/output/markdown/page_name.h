/*
 * Names of the files of pages: the host, then the path of the URL.
 *
 *	https://a.example/		a.example/index.md
 *	https://a.example/docs/intro	a.example/docs/intro.md
 *	http://127.0.0.1:8080/a.html	127.0.0.1+8080/a.html.md
 *	https://a.example/About		a.example/About~1e3693.md
 *	https://a.example/list?page=2	a.example/list~2a90a9b35ba3bef1.md
 *
 * A name depends on the URL alone, not on the order of the pages, so it is the
 * same in each mode and after --resume. No two URLs get the same name, not even
 * in a file system that ignores letter case, except URLs that differ only in
 * the scheme: a name that lacks something of its URL (a query, an escape, a
 * replaced character, an empty segment) has 16 digits of the URL's SHA-256, and
 * a name with capital letters has 6. "~" occurs only before these digits.
 *
 * The parts of a name are safe: no control characters, none of \/:*?"<>|, no
 * dot or hyphen at the beginning, none of the names of devices on Windows, and
 * at most 143 bytes, which is the limit of eCryptfs. Letters beyond ASCII are
 * kept.
 */
#ifndef CMD_OUTPUT_MARKDOWN_PAGE_NAME_H
#define CMD_OUTPUT_MARKDOWN_PAGE_NAME_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* Name of the file beside the folders of the hosts that has the records. */
#define PAGE_NAME_RECORDS "records.jsonl"

/* Appends the file name for a page. url: the url of its record, which is a URL
 * or the path of a local file. is_taken: another page has the usual name, so
 * that the name with 16 digits of the URL's hash is appended. */
void page_name_add(struct buf *out, struct slice url, bool is_taken);

#endif
