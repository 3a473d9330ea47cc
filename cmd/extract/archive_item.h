/* An item that the reader of an archive finds: a record, or a damaged place. */
#ifndef CMD_EXTRACT_ARCHIVE_ITEM_H
#define CMD_EXTRACT_ARCHIVE_ITEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "base/job/job.h"
#include "cmd/warc/reader/records.h"

enum { ARCHIVE_WHY = 128 };

struct archive_item {
	TAILQ_ENTRY(archive_item) link;
	enum record_event event;	/* RECORD_FOUND or RECORD_DAMAGED */
	struct record record;	/* RECORD_FOUND: the record, without its
				 * block */
	struct job *job;	/* RECORD_FOUND: job of the response; NULL: not
				 * a response, or the job was taken */
	bool is_head;		/* RECORD_FOUND: the record is a HEAD request */
	uint64_t damage;	/* RECORD_DAMAGED: offset of the damaged
				 * place */
	char why[ARCHIVE_WHY];
};

TAILQ_HEAD(archive_items, archive_item);

/* Sets the item to the event that records_next() has returned. The headers of
 * the item are borrowed from the reader. name, max_body: as for
 * response_job(). */
void archive_item_set(struct archive_item *item, enum record_event event,
		      const struct records *r, const char *name,
		      uint64_t max_body);

/* Returns a copy of the item on the heap, and moves the job to the copy. Copies
 * the headers only if the record is a response or a HEAD request. */
struct archive_item *archive_item_keep(struct archive_item *item);

/* Returns the approximate number of bytes of memory that a job takes. */
size_t archive_job_size(const struct job *job);

/* Frees an item on the heap, with its job; NULL is fine. */
void archive_item_free(struct archive_item *item);

#endif
