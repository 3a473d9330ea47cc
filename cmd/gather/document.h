/* What gather prints: one document at the end, or a line for each thing as it
 * comes. */
#ifndef CMD_GATHER_DOCUMENT_H
#define CMD_GATHER_DOCUMENT_H

#include "base/slice.h"
#include "cmd/gather/run.h"

/* --stream: {"endpoint": NAME, "item": ...}, with the value's number as "index"
 * where there is an each. */
void gather_stream_item(const struct gather_value *v, struct slice json);

/* An array's elements, each in a line. */
void gather_stream_items(const struct gather_value *v, struct slice array);

/* {"endpoint": NAME, "error": {...}}; v NULL: of the whole. */
void gather_stream_error(const struct gather_run *run,
			 const struct gather_value *v,
			 const struct gather_error *error);

/* Appends the result of a run that is done, without those of its values that
 * have failed: as its dependents see it. */
void gather_result_whole(const struct gather_run *run, struct buf *out);

/* In the order of the values, for the document. */
void gather_result_sort(struct gather_run *run);

/* The end: {"data": ..., "errors": ...}; or the spec's "result" of the data,
 * and errors on standard error. 0; or -1: there is no result, said why. */
int gather_document_put(struct gather *g);

#endif
