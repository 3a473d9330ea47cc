/* Helpers for requests of robots.txt: names of origins, and reading a
 * response. */
#ifndef CMD_ENGINE_ROBOTS_FILE_H
#define CMD_ENGINE_ROBOTS_FILE_H

#include "base/job/job.h"
#include "cmd/engine/robots_memory.h"
#include "crawl/robots.h"

/* Returns the name of the origin of the job's hop, to be freed:
 * "https://example.com:443". A '!' in front marks an origin whose URL came from
 * a server with a public address; that is a different origin from the one with
 * the same name without '!'. */
char *robots_file_origin(const struct job *job);

/* Decodes the body of a response with status 2xx and returns its rules for the
 * robot with this name; NULL if the content coding is broken. */
struct robots *robots_file_read(struct job *job, const char *agent);

/* robots_file_keep() stores the answer of an origin and its rules (NULL: all
 * URLs are allowed). Without a memory (NULL) it does nothing.
 * robots_file_recall() returns true if there is a stored answer; the caller
 * owns its rules, and the text of *kept is empty. */
void robots_file_keep(const struct robots_memory *memory, const char *origin,
		      const struct job *job, const struct robots *rules,
		      msec lifetime);
bool robots_file_recall(const struct robots_memory *memory, const char *origin,
			const char *agent, struct robots_kept *kept,
			struct robots **rules);

/* Fail a job: robots_file_forbid() because a rule forbids its hop, the other
 * function because robots.txt cannot be read. name: name of the origin. */
void robots_file_forbid(struct job *job, const char *name, struct slice rule);
void robots_file_is_unreachable(struct job *job, const char *name,
				const char *why);

#endif
