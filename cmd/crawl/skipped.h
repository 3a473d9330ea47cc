/*
 * The URLs that a crawl leaves out: counted by reason, and written to the file
 * of --skipped as JSON lines.
 *
 * A URL is counted and written once, for its first reason: the frontier knows
 * most of these URLs (frontier_ignore()), and a set here has the others, and
 * those in the file of an earlier run. The set has at most SKIPPED_SEEN_MAX
 * URLs (50 MB); others may be counted and written again. Without the file, a
 * URL is counted once in each run. Targets of redirects are counted once for
 * each redirect.
 */
#ifndef CMD_CRAWL_SKIPPED_H
#define CMD_CRAWL_SKIPPED_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/digest_set.h"
#include "base/slice.h"

enum { SKIPPED_SEEN_MAX = 1000 * 1000 };

/* Reasons in the order of the report; skipped.c has their names. */
enum skip_reason {
	SKIP_SCOPE,
	SKIP_SHARD,
	SKIP_LEVEL,
	SKIP_TRAP,
	SKIP_SOFT_404,
	SKIP_NOFOLLOW,
	SKIP_TOO_LONG,
	SKIP_SCHEME,
	SKIP_ROBOTS,
	SKIP_REASONS
};

const char *skip_reason_name(enum skip_reason reason);

struct skipped {
	FILE *file;		/* file of --skipped; NULL: not written */
	const char *path;
	uint64_t cut;		/* number of links without some of the fields
				 * that they should carry */
	uint64_t unseen;	/* see skipped_add_unseen() */
	char *first_unseen;	/* URL of the first such page, without its
				 * secrets */
	uint64_t counts[SKIP_REASONS];	/* counts of this run, by reason */
	uint64_t before[SKIP_REASONS];	/* counts of earlier runs, by reason */
	struct digest_set seen;	/* URLs that are not counted again */
	char *examples[SKIP_REASONS];	/* by reason, the first URL of this run
					 * or of the file, without its secrets;
					 * or NULL */
	json_t *traps;		/* see skipped_name_trap(); or NULL */
	bool has_full_page;	/* a page had more links than are read */
};

/* Opens the list. path NULL: no file. append: reads the file and continues it,
 * after removing an incomplete last line; otherwise an old file that is not
 * empty is renamed first (cmd/output/output_file.h). Returns 0, or -1 after
 * logging the reason. */
int skipped_open(struct skipped *s, const char *path, bool append);

/* Counts a URL that is left out, unless the URL was counted before. via: the
 * URL of the page with the link. */
void skipped_add(struct skipped *s, struct slice url, const char *via,
		 enum skip_reason reason);

/* Logs, once, that a page has more links than are read. */
void skipped_note_full(struct skipped *s, const char *url);

/* Counts a link without some of the fields that it should carry, and logs that
 * once. via: the URL of the page with the link. */
void skipped_add_cut(struct skipped *s, const char *via);

/* Counts a page that has failed but has no record, because its role has none:
 * no record shows that its links are missing. */
void skipped_add_unseen(struct skipped *s, const char *url);

/* Names a trap for the notes of the crawl: what its URLs are, and one of them.
 * The notes have the first SKIPPED_TRAPS_MAX traps. */
enum { SKIPPED_TRAPS_MAX = 100 };
void skipped_name_trap(struct skipped *s, const char *kind, const char *url);

/* skipped_to_json() adds members about what all runs have left out to the notes
 * of the crawl (cmd/crawl/notes.h). The other function reads these members of
 * an earlier run, after skipped_open(). The larger count, of the notes or of
 * the file, is used: a killed run may have written lines that its notes do not
 * count. */
void skipped_to_json(const struct skipped *s, json_t *notes);
void skipped_read(struct skipped *s, const json_t *notes);

/* Appends the counts of this run: "12 scope, 3 trap". */
void skipped_add_counts(const struct skipped *s, struct buf *out);

/* Writes the counts as a message, if there are any. */
void skipped_report(const struct skipped *s);

/* Gives the lines so far to the system, so that a killed program has all lines
 * that a following commit counts. An error is left to skipped_close(). */
void skipped_flush(struct skipped *s);

/* Closes the file. Returns 0, or -1 after logging that it could not be
 * written. */
int skipped_close(struct skipped *s);

void skipped_release(struct skipped *s);

#endif
