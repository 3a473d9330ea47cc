#include "cmd/fleet_worker/item.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"
#include "cmd/fleet_worker/packing.h"
#include "fetch/fetch.h"

#define AT(member) offsetof(struct job, member)

static const struct packed_member job_members[] = {
	{'i', PACKED_UINT64, AT(req.index)},
	{'n', PACKED_TEXT, AT(req.id)},
	{'u', PACKED_TEXT, AT(req.url)},
	{'t', PACKED_TEXT, AT(req.input)},
	{'q', PACKED_TEXT, AT(req.params)},
	{'m', PACKED_TEXT, AT(req.method)},
	{'b', PACKED_BYTES, AT(req.body)},
	{'y', PACKED_BOOL, AT(req.has_body)},
	{'h', PACKED_BYTES, AT(req.headers)},
	{'p', PACKED_INT, AT(req.priority)},
	{'c', PACKED_BOOL, AT(req.no_credentials)},
	{'l', PACKED_MSEC, AT(req.max_time)},
	{'d', PACKED_TEXT, AT(req.carried)},
	{'e', PACKED_UNSIGNED, AT(err)},
	{'f', PACKED_TEXT, AT(err_message)},
	{'a', PACKED_UNSIGNED, AT(attempts)},
	{'1', PACKED_MSEC, AT(time.wait)},
	{'2', PACKED_MSEC, AT(time.dns)},
	{'3', PACKED_MSEC, AT(time.connect)},
	{'4', PACKED_MSEC, AT(time.tls)},
	{'5', PACKED_MSEC, AT(time.first_byte)},
	{'6', PACKED_MSEC, AT(time.total)},
	{'7', PACKED_MSEC, AT(deadline)},
	{'8', PACKED_UNSIGNED, AT(hop.redirects)},
	{'9', PACKED_BYTES, AT(hop.chain)},
	{0},
};

_Static_assert(sizeof(enum err) == sizeof(unsigned), "packed as unsigned");

/* State of a request that has begun, in the form in which it is packed.
 * job_members lists the members of the job that are packed unchanged. */
struct progress {
	msec elapsed;		/* time since its first attempt began */
	msec delay;		/* time until its next attempt */
	char *url, *method;	/* URL and method of the next hop; NULL: it is
				 * the first hop */
	bool has_body, no_credentials;
};

#define IN(member) offsetof(struct progress, member)

static const struct packed_member progress_members[] = {
	{'E', PACKED_MSEC, IN(elapsed)},
	{'D', PACKED_MSEC, IN(delay)},
	{'U', PACKED_TEXT, IN(url)},
	{'M', PACKED_TEXT, IN(method)},
	{'B', PACKED_BOOL, IN(has_body)},
	{'C', PACKED_BOOL, IN(no_credentials)},
	{0},
};

void item_pack(struct buf *out, const struct job *job, msec now)
{
	const struct hop *hop = &job->hop;
	struct progress p = {0};

	packing_add_members(out, job_members, job);
	if (job->first_start > 0)
		p.elapsed = now - job->first_start;
	if (job->not_before > now)
		p.delay = job->not_before - now;
	if (hop->redirects) {
		p.url = hop->url.href;
		p.method = (char *)hop->method;
		p.has_body = hop->body.p;
		p.no_credentials = hop->no_credentials;
	}
	packing_add_members(out, progress_members, &p);
}

/* Returns the method's name in memory that lives as long as the job. */
static const char *method_of(const struct job *job, const char *name)
{
	if (job->req.method && !strcmp(job->req.method, name))
		return job->req.method;
	return !strcmp(name, "POST") ? "POST"
	       : !strcmp(name, "HEAD") ? "HEAD" : "GET";
}

/* Sets up the next hop of a request that was redirected. Returns -1 if its URL
 * is damaged. */
static int continue_hop(struct job *job, const struct progress *p,
			const struct fetch_config *config)
{
	struct hop *hop = &job->hop;
	const unsigned redirects = hop->redirects;
	struct buf chain = buf_take(&hop->chain);
	struct url url;

	if (!p->url || url_parse(&url, p->url, strlen(p->url), NULL)) {
		buf_release(&chain);
		return -1;
	}
	fetch_prepare(job, config);
	if (job->err) {
		buf_release(&chain);
		url_release(&url);
		return -1;
	}
	url_release(&hop->url);
	hop->url = url;
	hop->redirects = redirects;
	hop->chain = chain;
	if (p->method && strcmp(hop->method, p->method))
		hop->method = method_of(job, p->method);
	if (!p->has_body)
		hop->body = (struct slice){0};
	hop->no_credentials |= p->no_credentials;
	/* A time without limit (no --max-time) is not packed. */
	if (job->deadline <= 0)
		job->deadline = config->max_time;
	return 0;
}

static int read_members(struct job *job, struct progress *p, struct slice text)
{
	struct slice value;
	char tag;
	int more;

	while ((more = packing_next(&text, &tag, &value)) > 0)
		if (packing_set_member(job_members, tag, value, job) < 0 ||
		    packing_set_member(progress_members, tag, value, p) < 0)
			return -1;
	return more || !job->req.url || job->err >= ERR_COUNT ? -1 : 0;
}

struct job *item_unpack(struct slice text, const struct fetch_config *config,
			msec now)
{
	struct job *job = job_new();
	struct progress p = {0};
	int result = read_members(job, &p, text);

	job->req.from_public = true;
	if (!result && job->hop.redirects)
		result = continue_hop(job, &p, config);
	if (job->attempts) {
		job->first_start = now - p.elapsed;
		job->not_before = p.delay > 0 ? now + p.delay : 0;
		job->again = true;
	}
	free(p.url);
	free(p.method);
	if (!result)
		return job;
	job_free(job);
	return NULL;
}

struct slice item_host(const struct job *job)
{
	struct slice host = url_host(&job->hop.url);

	if (job->err || !host.len)
		return (struct slice){ITEM_NO_HOST, strlen(ITEM_NO_HOST)};
	/* The key of the schedule has no final dot either. */
	if (host.len > 1 && host.p[host.len - 1] == '.')
		host.len--;
	return host;
}

void item_check_host(struct job *job, const struct fetch_config *config,
		     const char *host)
{
	if (!job->err && !job->hop.redirects)
		fetch_prepare(job, config);
	if (!job->err && !slice_is(item_host(job), host))
		job_fail(job, ERR_URL, "the hub has the URL in the queue of "
			 "another host (%.200s)", host);
}

uint64_t item_fingerprint(const struct job *job)
{
	struct buf all = {0};
	struct digest d;

	if (!job->attempts)
		return job->req.index;
	buf_addf(&all, "%" PRIu64 " %u %u %s", job->req.index, job->attempts,
		 job->hop.redirects, job->req.url);
	d = digest_of(all.data, all.len);
	buf_release(&all);
	/* Bit 62 is the highest one that the hub compares. It keeps this
	 * fingerprint apart from the index of a line. */
	return d.a | (uint64_t)1 << 62;
}
