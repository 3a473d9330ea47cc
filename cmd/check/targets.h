/*
 * The URLs of a check, each once: the pages that were given, and the links of
 * these pages. A link is requested after all pages, because a page that is
 * given needs no second request as a link.
 */
#ifndef CMD_CHECK_TARGETS_H
#define CMD_CHECK_TARGETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest_set.h"
#include "base/slice.h"

struct target {
	char *url;		/* serialised, without a fragment */
	char *broken;		/* why the URL is broken; NULL: it is not, as
				 * far as is known */
	size_t saved;		/* index + 1 of the target's last saved record;
				 * 0: none */
	size_t next;		/* index + 1 of the target to which the record
				 * redirects; 0: none */
	size_t *pages;		/* targets that are pages with a link to this
				 * one; emptied when the result is there */
	size_t pages_len;
	uint64_t order;		/* for a page: its number in the input, see
				 * page_order() */
	bool is_page;		/* the URL was given, or is in a sitemap */
	bool is_started;	/* a request was made, or needs none */
	bool is_done;		/* the result is known */
	bool is_counted;	/* the summary counts the URL as checked */
	bool needs_body;		/* a link to this URL has a fragment */
	bool refuses_head;	/* a request with HEAD has failed */
	/* Members for a link or a page of a sitemap, as in struct request: */
	bool from_public, no_credentials;
};

struct targets {
	struct digest_set known;
	struct target *list;
	size_t len;
	size_t next_page, next_link;	/* targets before them are started, or
					 * of the other kind */
};

/* Returns the target of a URL, which is added if it is new. The URL need not be
 * serialised, and its fragment does not matter. The pointer is valid until the
 * next call. */
struct target *targets_find(struct targets *t, const char *url);

/* Returns the index of a target. */
size_t target_index(const struct targets *t, const struct target *target);

/* Returns the order of a page: `entry` in sitemap number `sitemap`, or in the
 * lists, whose number is 0. */
uint64_t page_order(size_t sitemap, size_t entry);

/* Notes that the target is a page, and no longer only a link. If it was one
 * already, the smaller order counts. */
void targets_make_page(struct targets *t, struct target *target,
		       uint64_t order);

/* Notes that a page has a link to the target; both are indexes. */
void targets_add_link(struct targets *t, size_t target, size_t page);

/* Forgets the pages with a link to the target. */
void target_drop_pages(struct target *target);

/* Return the next page, or link of a page, that was not started; NULL if there
 * is none now. The caller sets is_started. */
struct target *targets_next_page(struct targets *t);
struct target *targets_next_link(struct targets *t);

/* Returns the number of targets that are still to be requested; links: with
 * links. */
size_t targets_to_start(const struct targets *t, bool links);

void targets_release(struct targets *t);

#endif
