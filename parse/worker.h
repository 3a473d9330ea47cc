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
#include <stdint.h>

#include "base/clock.h"
#include "base/job/job.h"
#include "parse/encoding/media_type.h"
#include "pool/stage.h"

struct extraction;

enum { PARSE_CHARSET_MAX = 32 };	/* of its name, with the NUL */

/* Filled by cmd/options; borrowed const by all workers. Worker processes have a
 * copy, made by parse/config.c: a pointer that is added here has to be added
 * there, too. */
struct parse_config {
	bool links;		/* --links */
	bool headers;		/* --headers */
	bool body;		/* --body */
	bool meta;		/* --meta */
	bool fail;		/* -f: status >= 400 is an error */
	bool want_json;		/* whatever a body that is JSON is called, it
				 * is read as such (gather) */
	enum media type;	/* --type; NONE: what the server says */
	/* --charset: an encoding's name; empty: what the body says. */
	char charset[PARSE_CHARSET_MAX];
	uint64_t max_filesize;	/* decoded */
	const struct extraction *extraction;	/* NULL: no fields */
	/* For reading a page with expressions of the user's, which may need
	 * for ever; 0: no limit. Children have none here: their stage kills
	 * them. */
	msec timeout;
	/* Pages that are read so at once; 0: any number. */
	unsigned guards;
};

/* The configuration as bytes, for processes that are not forked from one that
 * has it; and back. What unpack returns lives as long as the process. With a jq
 * filter that reads the environment (env, $ENV), that is among the bytes and
 * becomes the process's own. */
void parse_config_pack(struct buf *out, const struct parse_config *config);
const struct parse_config *parse_config_unpack(struct slice packed);

/* How the message of a body begins that should be JSON and is none. */
#define PARSE_NO_JSON "invalid JSON"

/* Gives libxml2 and ICU allocators that end the program when there is no memory,
 * because neither survives a failed allocation. Before anything else in this
 * folder, options that are compiled included; more than once is fine. */
void parse_memory_init(void);

/* Before any thread. More than once is fine. Calls parse_memory_init(). */
void parse_global_init(void);
void parse_global_cleanup(void);

/* After that: loads what is otherwise read from disk when a page first needs
 * it, for processes that give up the right to. */
void parse_global_load(void);

/* begin takes a struct parse_config. */
extern const struct work parse_work;

/* Whether it costs less than waking a worker: an error; or nothing is extracted
 * and there is no body, or a small one that is not HTML. */
bool parse_is_light(const struct job *job, const struct parse_config *config);

/* Threads that were left to themselves, at most. */
enum { PARSE_MAX_STUCK = 16 };

/* When the program ends: threads that read a page for too long still run. Then
 * only _exit() can end it safely. */
bool parse_is_stuck(void);

#endif
