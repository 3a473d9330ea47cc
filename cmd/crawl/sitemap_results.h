/* Logs messages about the sitemaps of a crawl, and counts the sitemaps and
 * their entries, over all runs, for the notes of the crawl
 * (cmd/crawl/notes.h). */
#ifndef CMD_CRAWL_SITEMAP_RESULTS_H
#define CMD_CRAWL_SITEMAP_RESULTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/job/job.h"
#include "cmd/crawl/skipped.h"

struct sitemap_counts {
	uint64_t read;		/* number of documents that were sitemaps */
	uint64_t entries;	/* number of entries that are URLs of pages */
	uint64_t pages;		/* number of entries that were new pages */
	uint64_t refused[SKIP_REASONS];	/* numbers of entries that were left
					 * out, by reason */
};

struct sitemap_results {
	struct sitemap_counts counts;
	json_t *errors;		/* numbers of documents that could not be read,
				 * or not all of them: {"404": 1, "parse": 2} */
	unsigned notes;		/* number of messages so far, including those
				 * not logged */
};

void sitemap_results_init(struct sitemap_results *r);
void sitemap_results_release(struct sitemap_results *r);

/* Logs why a document was not read, or only in part, unless many such messages
 * were logged before. */
void sitemap_results_log(struct sitemap_results *r, const char *url,
			 const char *why);

/* Logs how many messages were left out. */
void sitemap_results_report(const struct sitemap_results *r);

/* Counts a document that was requested, and logs its error, if any. is_guess:
 * it is no error if the document does not exist. */
void sitemap_results_note(struct sitemap_results *r, const char *url,
			  bool is_guess, const struct job *job);

/* Adds the counts of the entries of a document. */
void sitemap_results_add(struct sitemap_results *r,
			 const struct sitemap_counts *counts);

/* sitemap_results_to_json() returns the numbers as an object, a new reference;
 * sitemap_results_read() adds the numbers of an earlier run from such an
 * object. */
json_t *sitemap_results_to_json(const struct sitemap_results *r);
void sitemap_results_read(struct sitemap_results *r, const json_t *from);

#endif
