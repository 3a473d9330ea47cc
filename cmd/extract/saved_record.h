/*
 * Makes a job of a record that --body has written: its body becomes the
 * response, with the record's index, id, url, status, type, and the record's
 * members about the source and the time of the response. The body of a record
 * is text in UTF-8, whatever its page declares, or Base64.
 *
 * Every line becomes a job. A line that is not a record or has no body becomes
 * a job with an error: the error of the record, if the record has one.
 */
#ifndef CMD_EXTRACT_SAVED_RECORD_H
#define CMD_EXTRACT_SAVED_RECORD_H

#include "base/job/job.h"
#include "cmd/input/lines.h"
#include "cmd/options/options.h"

/* Returns the longest line that a record may have, in bytes. */
size_t saved_record_max(const struct options *o);

/* Makes a job from the next line; a callback for struct input_reader, whose ctx
 * is the options. owner_data is the record's index plus 1, or 0: records of two
 * files may have the same index. */
struct job *saved_record_next(void *ctx, struct lines *lines,
			      const char *source);

#endif
