/*
 * The index of an archive, PREFIX.cdxj: a sorted line for each response, in the
 * form of cdxj-indexer and pywb:
 *
 *	com,example)/ 20260131103000 {"url": "http://example.com/", ...}
 *
 * Each line is made together with its exchange, without the place of the
 * record, and is kept in the journal, because a repair of the archive may move
 * exchanges. Exchanges of a killed run without --warc-cdx have no line; their
 * number is logged.
 */
#ifndef CMD_WARC_WRITER_CDXJ_H
#define CMD_WARC_WRITER_CDXJ_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"
#include "cmd/warc/writer/file.h"

struct warc_exchange;

/* Appends the line for an exchange, without the place of the record. */
void cdxj_add_note(struct buf *out, const struct warc_exchange *x);

/* Returns the value of a member of a line, without quotes; empty if the line
 * has no such member, or if the value has a backslash. */
struct slice cdxj_member(struct slice line, const char *name);

/* Returns true if the line is about a revisit record. */
bool cdxj_is_revisit(struct slice line);

/* Writes PREFIX.cdxj from the journal. Lines about files that are not in the
 * journal stay. Returns 0 or an errno. */
int cdxj_write(const struct warc_file *f);

#endif
