/* Adds links: URLs that are loaded, and links of pages. */
#include <inttypes.h>
#include <stdio.h>

#include "fleet/hub_parts.h"

enum { BATCH = 500 };	/* most links in one script: the server does nothing
			 * else for some milliseconds */

/* Adds the members of a link, without its host. */
static void add_link(struct command *c, const struct hub_link *link)
{
	/* Keep 63 bits: the integers in a set of Redis are signed. */
	command_add_int(c, (int64_t)(link->fingerprint & INT64_MAX));
	command_add_int(c, link->priority);
	command_add_text(c, link->moves ? "1" : "0");
	command_add(c, link->text);
}

static void read_added(struct call *call, struct reply_reader *from,
		       struct hub_reply *to)
{
	to->added = call->added + reply_number(from);
	to->dropped = call->dropped + reply_number(from);
}

/* Adds the arguments of SCRIPT_LOAD. host: the host of all links; NULL: each
 * link has its own. */
static void add_links(struct command *c, const struct hub_link *links, size_t n,
		      const char *host, bool fails_when_full)
{
	command_add_text(c, fails_when_full ? "1" : "0");
	command_add_int(c, (int64_t)n);
	for (size_t i = 0; i < n; i++) {
		if (host)
			command_add_text(c, host);
		else
			command_add(c, links[i].host);
		add_link(c, &links[i]);
	}
}

void hub_begin_loading(struct hub *hub)
{
	hub->must_reload = false;
}

void hub_load(struct hub *hub, const struct hub_link *links, size_t n,
	      hub_fn *on_reply, void *ctx)
{
	struct call *call = call_new(hub, NULL, SCRIPT_LOAD, on_reply, ctx);

	call->read = read_added;
	call->loads = true;
	add_links(call_arguments(call), links, n, NULL, true);
	call_post(call);
}

void hub_loaded(struct hub *hub, hub_fn *on_reply, void *ctx)
{
	struct call *call = call_new(hub, NULL, SCRIPT_CONTROL, on_reply, ctx);

	call->loads = true;
	command_add_text(call_arguments(call), "loaded");
	command_add_text(call_arguments(call), "1");
	call_post(call);
}

/* Begins the next step of a call. *steps: number of steps so far. */
static struct command *begin_step(struct call *call, enum script script,
				  size_t *steps)
{
	if ((*steps)++)
		return call_add_step(call, script);
	/* call_new() has made the first step. */
	call->steps[0].script = script;
	return call_arguments(call);
}

/* Adds links before the submission. host: see add_links(). */
static void add_before(struct call *call, const struct hub_link *links,
		       size_t n, const char *host, size_t *steps)
{
	for (size_t i = 0; i < n; i += BATCH)
		add_links(begin_step(call, SCRIPT_LOAD, steps), links + i,
			  n - i < BATCH ? n - i : BATCH, host, false);
}

void hub_submit(struct hub_lease *lease, const struct hub_submission *s,
		hub_fn *on_reply, void *ctx)
{
	struct call *call = call_new(lease->hub, lease, SCRIPT_SUBMIT, on_reply,
				     ctx);
	/* Links that are too many for the submission itself. */
	const size_t first = s->n_links > BATCH ? s->n_links - BATCH : 0;
	struct command *c;
	size_t steps = 0;

	add_before(call, s->others, s->n_others, NULL, &steps);
	add_before(call, s->links, first, lease->host, &steps);
	c = begin_step(call, SCRIPT_SUBMIT, &steps);
	call->read = read_added;
	call_add_host(call, &s->host);
	command_add_int(c, (int64_t)++lease->submissions);
	command_add_int(c, (int64_t)s->n_done);
	command_add_int(c, (int64_t)s->n_rows);
	command_add_int(c, (int64_t)(s->n_links - first));
	for (size_t i = 0; i < s->n_done; i++) {
		char id[20];

		snprintf(id, sizeof(id), "%08" PRIx64, s->done[i]);
		command_add_text(c, id);
	}
	for (size_t i = 0; i < s->n_rows; i++)
		command_add(c, s->rows[i]);
	for (size_t i = first; i < s->n_links; i++)
		add_link(c, &s->links[i]);
	call_post(call);
}
