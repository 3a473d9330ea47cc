/* Requests for robots.txt files: the names of origins, and what a response
 * says. */
#ifndef CMD_ENGINE_ROBOTS_FILE_H
#define CMD_ENGINE_ROBOTS_FILE_H

#include "base/job/job.h"
#include "cmd/engine/robots_memory.h"
#include "crawl/robots.h"

/* Returns the name of the origin of the job's hop, to be freed:
 * "https://example.com:443". '!' in front tells origins that are reached from a
 * public address apart. */
char *robots_file_origin(const struct job *job);

/* Decodes the body of a response with status 2xx and returns its rules for the
 * robot with this name; NULL if the content coding is broken. */
struct robots *robots_file_read(struct job *job, const char *agent);

/* Keeps the answer of an origin in a memory (NULL: does nothing), and returns
 * true if there is one, whose rules (NULL: all is allowed) the caller owns. The
 * text of *kept is left empty. */
void robots_file_keep(const struct robots_memory *memory, const char *origin,
		      const struct job *job, bool has_file, msec lifetime);
bool robots_file_recall(const struct robots_memory *memory, const char *origin,
			const char *agent, struct robots_kept *kept,
			struct robots **rules);

/* Fail a job: a rule forbids its hop, or the file cannot be read. name: of the
 * origin. */
void robots_file_forbid(struct job *job, const char *name, struct slice rule);
void robots_file_is_unreachable(struct job *job, const char *name,
				const char *why);

#endif
