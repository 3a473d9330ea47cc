/*
 * The parse worker: response bytes in, record bytes out. libxml2 is used in
 * parse/ only.
 *
 * parse_work defines the work of a parse worker, for any kind of stage: decode
 * the body's content codings, read the body as HTML or JSON, write the record.
 * A worker gets every finished job, including failed ones, so output lines are
 * made in one place. A libxml2 tree never leaves the worker.
 */
#ifndef PARSE_WORKER_H
#define PARSE_WORKER_H

#include <stdbool.h>

#include "base/job/job.h"
#include "parse/config.h"
#include "pool/stage.h"

/* The config argument of parse_work.begin() is a struct parse_config. */
extern const struct work parse_work;

/* Returns true if parsing the job costs less than waking a worker: the job has
 * failed, or the body is empty, or small and not HTML. If fields are extracted,
 * the body must also be declared as JSON, and schema_may_run_long() must be
 * false. */
bool parse_is_light(const struct job *job, const struct parse_config *config);

/* Maximum number of abandoned threads. */
enum { PARSE_MAX_ABANDONED = 16 };

/* Returns true if abandoned threads are still reading a page. To be asked when
 * the program ends: with such threads, only _exit() is safe. */
bool parse_has_abandoned_threads(void);

#endif
