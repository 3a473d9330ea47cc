#include "cmd/engine/robots_file.h"

#include <math.h>
#include <string.h>

#include "base/job/headers.h"
#include "base/mem.h"
#include "parse/encoding/content_coding.h"

char *robots_file_origin(const struct job *job)
{
	const struct url *url = &job->hop.url;
	const struct slice scheme = url_scheme(url), host = url_host(url);

	return xasprintf("%s%.*s://%.*s:%d", job->hop.from_public ? "!" : "",
			 (int)scheme.len, scheme.p, (int)host.len, host.p,
			 url_port(url));
}

struct robots *robots_file_read(struct job *job, const char *agent)
{
	struct slice coding = {0};

	headers_get(&job->res.headers, "content-encoding", &coding);
	if (!decode_body_prefix(&job->res.body, coding, ROBOTS_SIZE_MAX + 1))
		return NULL;
	return robots_parse(slice_of(&job->res.body),
			    (struct slice){agent, strlen(agent)});
}

void robots_file_keep(const struct robots_memory *memory, const char *origin,
		      const struct job *job, const struct robots *rules,
		      msec lifetime)
{
	if (memory)
		memory->keep(memory->ctx, origin, &(struct robots_kept){
			.crawl_delay = rules ? fmin(robots_crawl_delay(rules),
						    ROBOTS_DELAY_MAX) : 0,
			.text = job->res.body,
			.has_file = rules,
			.from_public = job->res.from_public,
			.lifetime = lifetime,
		});
}

bool robots_file_recall(const struct robots_memory *memory, const char *origin,
			const char *agent, struct robots_kept *kept,
			struct robots **rules)
{
	*rules = NULL;
	if (!memory || !memory->recall(memory->ctx, origin, kept))
		return false;
	if (kept->has_file)
		*rules = robots_parse(slice_of(&kept->text),
				      (struct slice){agent, strlen(agent)});
	buf_release(&kept->text);
	return true;
}

void robots_file_forbid(struct job *job, const char *name, struct slice rule)
{
	job_fail(job, ERR_ROBOTS, "%s/robots.txt forbids it (Disallow: %.*s)",
		 name, rule.len < 200 ? (int)rule.len : 200, rule.p);
}

void robots_file_is_unreachable(struct job *job, const char *name,
				const char *why)
{
	job_fail(job, ERR_ROBOTS, "%s/robots.txt cannot be read (%s), so it "
		 "may forbid this URL", name, why);
	job->host_notes.robots = ROBOTS_NOT_READABLE;
}
