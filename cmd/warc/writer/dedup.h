/*
 * The payloads that the archive has already (--warc-dedup), by their digests:
 * payloads of this run, of the run that it continues, and of the CDXJ file that
 * the user gives. For a response with such a payload, a revisit record is
 * written that refers to the first record.
 *
 * A payload takes 32 bytes of memory and free slots. All other data is read
 * when needed, from the journal, or from the CDXJ file, which is mapped into
 * memory.
 */
#ifndef CMD_WARC_WRITER_DEDUP_H
#define CMD_WARC_WRITER_DEDUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest_set.h"
#include "base/slice.h"
#include "cmd/warc/writer/journal.h"

/* Payloads shorter than this are stored each time: a revisit record would not
 * be much shorter. */
enum { WARC_DEDUP_LEAST = 1024 };

struct warc_dedup {
	struct digest_set set;
	uint64_t *places;	/* offsets of lines, by the numbers in the
				 * set */
	size_t len, cap;
	struct slice file;	/* the CDXJ file, mapped into memory */
};

/* The record that a revisit record refers to. */
struct warc_original {
	struct buf uri;
	struct buf date;	/* in the form of WARC-Date */
	char id[WARC_ID_SIZE];	/* "": not known */
};

/* Reads a CDXJ file, whose digests may lack the prefix "sha1:". Returns 0 or an
 * errno. */
int warc_dedup_open(struct warc_dedup *d, const char *path);

/* Adds the payloads of all exchanges of the journal that the files have.
 * Returns 0 or an errno. */
int warc_dedup_load(struct warc_dedup *d, const struct warc_journal *j);

/* Adds the payload of the exchange whose line begins at an offset of the
 * journal. Does nothing if the payload was added before. */
void warc_dedup_add(struct warc_dedup *d, const char *digest, uint64_t at);

/* Finds a payload. Returns true and sets *original, which the caller releases,
 * if the payload was added before. */
bool warc_dedup_find(struct warc_dedup *d, const struct warc_journal *j,
		     const char *digest, struct warc_original *original);

void warc_original_release(struct warc_original *o);
void warc_dedup_release(struct warc_dedup *d);

#endif
