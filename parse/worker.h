/*
 * The parse worker: response bytes in, record bytes out. libxml2 is used in
 * parse/ only.
 *
 * parse_work is what a parse worker does, in whatever stage it runs: decode the
 * body's content encoding, read it as HTML or JSON, write the record. It takes
 * every finished job, failed ones too, so output lines are made in one place.
 * libxml2 trees never leave it.
 */
#ifndef PARSE_WORKER_H
#define PARSE_WORKER_H

#include <stdbool.h>

#include "base/job/job.h"
#include "parse/config.h"
#include "pool/stage.h"

/* begin() takes a struct parse_config. */
extern const struct work parse_work;

/* Returns true if parsing the job costs less than waking a worker: it failed,
 * or no fields are extracted and the body is empty or small and not HTML. */
bool parse_is_light(const struct job *job, const struct parse_config *config);

/* Maximum number of abandoned threads. */
enum { PARSE_MAX_ABANDONED = 16 };

/* Returns true if abandoned threads still read a page. Ask when the program
 * ends: only _exit() is safe then. */
bool parse_has_abandoned_threads(void);

#endif
