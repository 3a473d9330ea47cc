/*
 * The previous crawl: the database of a crawl that has ended, in the folder
 * "previous" of the state of the present one. Only read. One thread.
 */
#ifndef CRAWL_VISITS_PREVIOUS_H
#define CRAWL_VISITS_PREVIOUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "crawl/visits/visit.h"

struct previous;

/* A page of the previous crawl. Texts are borrowed until the next call. */
struct previous_page {
	bool has_visit;
	struct visit visit;	/* zero without has_visit */
};

/* Moves the database of a crawl that has ended from the folder to its folder
 * "previous", where it replaces an older one. No one may have it open. Returns
 * 0; or -1, with the reason appended to why. */
int previous_keep(const char *folder, struct buf *why);

/* Returns true if the folder has the database of a previous crawl. */
bool previous_exists(const char *folder);

/* Opens that database. ignored: as in url_key_add(), borrowed. Returns NULL,
 * and appends the reason to why, on failure. */
struct previous *previous_open(const char *folder,
			       const char *const *ignored, size_t n_ignored,
			       struct buf *why);
void previous_close(struct previous *p);	/* NULL is fine */

/* Finds the page with the key of the URL (serialised). Returns false if there
 * is none, or after an error (previous_error()). */
bool previous_find(struct previous *p, struct slice href,
		   struct previous_page *page);

/* A page that had a good response. Texts are borrowed until the next call. */
struct previous_good {
	uint64_t index;
	const char *url, *via, *id;	/* via, id: NULL if there is none */
	unsigned level, role;
	bool from_public, no_credentials;
};

/* Calls each() with at most `most` pages that had a status below 400 and come
 * after the page *after (start with -1), in their order, until each() returns
 * -1; sets *after to the last one. Returns the number of pages; -1 after an
 * error. */
int previous_each_good(struct previous *p, int64_t *after, unsigned most,
		       int (*each)(void *ctx, const struct previous_good *page),
		       void *ctx);

/* Returns the first error, as the end of a sentence; NULL if there is none. */
const char *previous_error(const struct previous *p);

#endif
