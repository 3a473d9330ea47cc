/* Adds links: URLs that are loaded, and links of pages. */
#include <inttypes.h>
#include <stdio.h>

#include "fleet/hub_parts.h"

enum { BATCH = 500 };	/* links to other hosts in one script: the server does
			 * nothing else for some milliseconds */

void command_add_link(struct command *c, const struct hub_link *link,
		      bool with_host)
{
	if (with_host)
		command_add(c, link->host);
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

static void add_links(struct command *c, const struct hub_link *links, size_t n,
		      bool fails_when_full)
{
	command_add_text(c, fails_when_full ? "1" : "0");
	command_add_int(c, (int64_t)n);
	for (size_t i = 0; i < n; i++)
		command_add_link(c, &links[i], true);
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
	add_links(call_arguments(call), links, n, true);
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

/* Links to other hosts are added before the submission. */
static struct command *add_others(struct call *call,
				  const struct hub_submission *s)
{
	for (size_t i = 0; i < s->n_others; i += BATCH) {
		const size_t n = s->n_others - i < BATCH ? s->n_others - i
							 : BATCH;

		/* call_new() has made the first step. */
		if (i)
			call_add_step(call, SCRIPT_LOAD);
		else
			call->steps[0].script = SCRIPT_LOAD;
		add_links(call_arguments(call), s->others + i, n, false);
	}
	return s->n_others ? call_add_step(call, SCRIPT_SUBMIT)
			   : call_arguments(call);
}

void hub_submit(struct hub_lease *lease, const struct hub_submission *s,
		hub_fn *on_reply, void *ctx)
{
	struct call *call = call_new(lease->hub, lease, SCRIPT_SUBMIT, on_reply,
				     ctx);
	struct command *c = add_others(call, s);

	call->read = read_added;
	call_add_host(call, &s->host);
	command_add_int(c, (int64_t)++lease->submissions);
	command_add_int(c, (int64_t)s->n_done);
	command_add_int(c, (int64_t)s->n_rows);
	command_add_int(c, (int64_t)s->n_links);
	for (size_t i = 0; i < s->n_done; i++) {
		char id[20];

		snprintf(id, sizeof(id), "%08" PRIx64, s->done[i]);
		command_add_text(c, id);
	}
	for (size_t i = 0; i < s->n_rows; i++)
		command_add(c, s->rows[i]);
	for (size_t i = 0; i < s->n_links; i++)
		command_add_link(c, &s->links[i], false);
	call_post(call);
}
