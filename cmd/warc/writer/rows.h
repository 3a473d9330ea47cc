/* The facts that an archive needs about the records of its run. */
#ifndef CMD_WARC_WRITER_ROWS_H
#define CMD_WARC_WRITER_ROWS_H

#include <stdbool.h>
#include <stdint.h>

struct warc_rows {
	const char *run;	/* digest of the place of the records, or of the
				 * state of a crawl; "": there is no such
				 * place */
	bool resumes;		/* the run continues an earlier one */
	bool commits;		/* records count only after a commit
				 * (warc_writer_sync()), as in a crawl with a
				 * state */
	/* Returns true if the request with that index has its record already.
	 * Only needed if resumes is true. */
	bool (*has)(void *ctx, uint64_t index);
	void *ctx;
};

#endif
