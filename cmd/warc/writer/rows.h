/* What an archive has to know about the records of its run. */
#ifndef CMD_WARC_WRITER_ROWS_H
#define CMD_WARC_WRITER_ROWS_H

#include <stdbool.h>
#include <stdint.h>

struct warc_rows {
	const char *run;	/* digest of the place where the records, or the
				 * state of a crawl, are; "": nowhere */
	bool resumes;		/* the run continues an earlier one */
	bool commits;		/* records count only from a commit on
				 * (warc_writer_sync()), as in a crawl with a
				 * state */
	/* Returns true if the request with that index has its record already.
	 * Needed only if resumes is true. */
	bool (*has)(void *ctx, uint64_t index);
	void *ctx;
};

#endif
