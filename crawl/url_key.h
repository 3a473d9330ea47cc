/*
 * The key of a URL: two URLs with the same key are the same page, which is
 * requested once. The request itself is made with the URL as it was linked.
 * URLs with user and password have no key: the caller removes them.
 *
 * The key is the serialisation of the URL Standard without the fragment, with
 * %XX in upper case and unreserved characters decoded (RFC 3986, 6.2.2), and
 * without the parameters that name a session or a campaign. The order of the
 * query and a slash at the end are kept. Pure; any thread.
 */
#ifndef CRAWL_URL_KEY_H
#define CRAWL_URL_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

/* Appends the key of a serialised http or https URL. ignored: names of further
 * parameters to leave out, as patterns with "*" and "?"; count: number of these
 * patterns. */
void url_key_add(struct buf *out, struct slice href,
		 const char *const *ignored, size_t count);

/* Returns true if the URL equals its key for certain, which is so for most
 * URLs; false if url_key_add() has to be called. Tests 8 or 16 bytes at a
 * time. */
bool url_key_is_plain(struct slice href);

/* Returns the fingerprint of a key. The seed is a secret of the crawl, so that
 * nobody can prepare URLs with the same fingerprint. Never 0. */
uint64_t url_key_fingerprint(struct slice key, uint64_t seed);

#endif
