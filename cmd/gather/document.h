/* The output of gather: one document at the end, or with --stream a line per
 * item as items arrive. */
#ifndef CMD_GATHER_DOCUMENT_H
#define CMD_GATHER_DOCUMENT_H

#include "base/slice.h"
#include "cmd/gather/outputs.h"
#include "cmd/gather/run.h"

/* Writes {"endpoint": NAME, "item": ...}, for --stream. If the endpoint has
 * `each`, a member "index" has the number of the value. */
void gather_stream_item(const struct gather_value *v, struct slice json);

/* Calls gather_stream_item() for each output. */
void gather_stream_items(const struct gather_value *v,
			 const struct outputs *o);

/* Writes {"endpoint": NAME, "error": {...}}. v NULL: the error is that of the
 * whole run. */
void gather_stream_error(const struct gather_run *run,
			 const struct gather_value *v,
			 const struct gather_error *error);

/* Appends the result of a finished run in the form that dependent runs get,
 * without the values that failed. */
void gather_result_whole(const struct gather_run *run, struct buf *out);

/* Sorts the slots of a run by the order of its values. */
void gather_result_sort(struct gather_run *run);

/* Writes the document: {"data": ..., "errors": ...}; or the output of the
 * spec's "result" filter, with errors on standard error. Returns 0, or -1 after
 * logging why there is no result. */
int gather_document_put(struct gather *g);

#endif
