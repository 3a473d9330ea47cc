/*
 * The index of an archive, PREFIX.cdxj: a sorted line for each response, in the
 * form of cdxj-indexer and pywb:
 *
 *	com,example)/ 20260131103000 {"url": "http://example.com/", ...}
 *
 * Lines are made with the exchanges, without the place of the record, and are
 * kept in the journal, because a repair may move exchanges.
 */
#ifndef CMD_WARC_WRITER_CDXJ_H
#define CMD_WARC_WRITER_CDXJ_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/warc/writer/file.h"

struct job;

/* Appends the line of the job's response, as far as the place. mime NULL: that
 * of the response; digest NULL: none. */
void cdxj_add_note(struct buf *out, const struct job *job, const char *mime,
		   const char *digest);

/* Returns the value of a member of a line, with its quotes removed; empty if
 * there is none, or if it has a backslash. */
struct slice cdxj_member(struct slice line, const char *name);

/* Returns true if the line is about a revisit record. */
bool cdxj_is_revisit(struct slice line);

/* Writes PREFIX.cdxj by the journal. Lines of files that the journal does not
 * have stay. Returns 0 or an errno. */
int cdxj_write(const struct warc_file *f);

#endif
