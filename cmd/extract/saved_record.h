/*
 * Makes a job of a record that --body has written: its body becomes the
 * response, with the record's index, id, url, status, type and what it says
 * about where and when the response came from. The body of a
 * record is text in UTF-8, whatever its page declares, or Base64.
 *
 * Every line becomes a job. One that is not a record, or that has no body, has
 * an error; that of the record, if it has one.
 */
#ifndef CMD_EXTRACT_SAVED_RECORD_H
#define CMD_EXTRACT_SAVED_RECORD_H

#include "base/job/job.h"
#include "cmd/input/lines.h"
#include "cmd/options/options.h"

/* Returns the longest line that a record may have, in bytes. */
size_t saved_record_max(const struct options *o);

/* Makes a job from the next line, a struct input_reader's way: ctx is the
 * options. The index of a record that has one, plus 1, is in owner_data: two
 * files may have the same. */
struct job *saved_record_next(void *ctx, struct lines *lines,
			      const char *source);

#endif
