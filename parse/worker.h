/*
 * Response bytes in, record bytes out. libxml2 lives in this folder only.
 *
 * parse_work is what a parse worker does, in whatever stage it runs: decode
 * the body's content encoding, read it as HTML or JSON, write the record. It
 * takes every finished job, failed ones too, so there is one place where an
 * output line is made. libxml2 trees never leave it.
 */
#ifndef PARSE_WORKER_H
#define PARSE_WORKER_H

#include <stdbool.h>

#include "base/job/job.h"
#include "parse/config.h"
#include "pool/stage.h"

/* begin takes a struct parse_config. */
extern const struct work parse_work;

/* Whether it costs less than waking a worker: an error; or nothing is extracted
 * and there is no body, or a small one that is not HTML. */
bool parse_is_light(const struct job *job, const struct parse_config *config);

/* Threads that were left to themselves, at most. */
enum { PARSE_MAX_ABANDONED = 16 };

/* When the program ends: threads that read a page for too long still run. Then
 * only _exit() can end it safely. */
bool parse_has_abandoned_threads(void);

#endif
