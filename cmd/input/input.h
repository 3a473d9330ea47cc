/*
 * The requests, one by one, from all sources in turn: files, URLs of the
 * command line, standard input. Streamed: nothing is read that was not asked
 * for (64 KB apart), so memory does not grow with the list, and a line of a
 * pipe is a job as soon as its line end is there.
 *
 * A line that is no request becomes a job all the same, with ERR_INPUT set and
 * the line as its url (clean UTF-8, cut at 2,048 bytes).
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

/* sources as in struct options (checked there), borrowed. headers: the -H
 * lines that the headers of a JSON line are merged over. on_ready is called
 * from the loop when input_next() is worth calling again. */
struct input *input_open(struct loop *loop, const struct strings *sources,
			 const struct strings *headers,
			 void (*on_ready)(void *ctx), void *ctx);
void input_close(struct input *in);

/* The next request; or NULL, and input_ended() says whether there will be
 * more. Never blocks (a slow disk apart). */
struct job *input_next(struct input *in);
bool input_ended(const struct input *in);

/* 0, or the errno with which a source could not be read to its end (it has
 * been logged; the other sources go on). */
int input_error(const struct input *in);

/* How many requests there will be in all, as far as it is known (regular files
 * are counted while they are read: an estimate by bytes); 0: unknown. */
uint64_t input_total(const struct input *in);

#endif
