/*
 * Reads requests one by one from all sources in turn: files, URLs of the
 * command line, standard input. Each line is a request, unless the owner sets a
 * reader of its own.
 *
 * Input is streamed: no more than 64 KB is read before it is needed, so memory
 * does not grow with the list, and a line from a pipe becomes a job as soon as
 * its line end has arrived.
 *
 * A line that is not a request becomes a job all the same, with ERR_INPUT set
 * and the line as its url (clean UTF-8, cut at 2,048 bytes).
 */
#ifndef CMD_INPUT_INPUT_H
#define CMD_INPUT_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/job/job.h"
#include "fetch/config.h"
#include "pool/loop.h"

enum { INPUT_LINE_MAX = 1 << 20, INPUT_JSON_LINE_MAX = 16 << 20 };

struct input;
struct lines;

/* A reader that makes jobs from the bytes of sources in another way than line
 * by line. */
struct input_reader {
	/* Returns the next job, whose index need not be set. Returns NULL if
	 * the reader needs more bytes; or, at the end of the source, if all
	 * bytes are used up. */
	struct job *(*next)(void *ctx, struct lines *bytes,
			    const char *source);
	void (*begin)(void *ctx);	/* called when a source begins; may be
					 * NULL */
	void *ctx;
};

/* Settings for reading a list that is a table. */
struct csv_config {
	char separator;		/* 0: the list is not a table */
	const char *column;	/* column with the URLs; NULL: the one called
				 * url or similar */
};

struct input_config {
	const struct strings *sources;	/* sources as in struct options, where
					 * they were checked; borrowed */
	const struct strings *headers;	/* -H lines, borrowed; headers of a JSON
					 * line replace those of the same
					 * name */
	/* The reader of the list, borrowed: a table (csv) or a reader of the
	 * owner's. Both NULL: lines. */
	const struct csv_config *csv;
	const struct input_reader *reader;
};

/* Opens the sources. on_ready() is called from the loop when input_next() may
 * have a request again; it may be NULL. */
struct input *input_open(struct loop *loop, const struct input_config *config,
			 void (*on_ready)(void *ctx), void *ctx);
void input_close(struct input *in);

/* Returns the next request, or NULL if there is none now; input_ended() tells
 * whether more will come. Never blocks, except on a slow disk. */
struct job *input_next(struct input *in);
bool input_ended(const struct input *in);

/* Returns the next request, and runs the loop until there is one; NULL at the
 * end. */
struct job *input_await(struct input *in);

/* Returns true if the input has ended because a table has no column with URLs;
 * the error has been logged. Tables in files have been checked before the run
 * (cmd/options/table_columns.h). */
bool input_has_no_urls(const struct input *in);

/* Returns 0, or the errno of the first source that could not be read to its
 * end. The error has been logged, and the other sources are still read. */
int input_error(const struct input *in);

/* Returns the expected number of requests in all, or 0 if unknown. Regular
 * files are counted while they are read, so their rest is an estimate by
 * bytes. */
uint64_t input_total(const struct input *in);

#endif
