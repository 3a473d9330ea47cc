#include <stdlib.h>

#include "base/mem.h"
#include "fleet/hub_parts.h"

struct inquiry {
	enum hub_status status;
	struct hub_status_report *report;
};

static void read_worker(struct hub_worker *w, struct reply_reader *from)
{
	struct slice rate;

	w->name = reply_copy(from);
	w->silence = (msec)reply_number(from);
	w->pages = reply_number(from);
	rate = reply_text(from);
	/* The reply's strings end with a NUL. */
	w->rate = strtod(rate.p, NULL);
	w->hosts = (unsigned)reply_number(from);
}

static void read_report(struct call *call, struct reply_reader *from,
			struct hub_reply *to)
{
	struct inquiry *inquiry = call->ctx;
	struct hub_status_report *r = inquiry->report;
	size_t n;

	*r = (struct hub_status_report){
		.job = to->job,
		.is_loaded = to->is_loaded,
		.counts = to->counts,
		.kind = reply_copy(from),
	};
	r->expired = reply_number(from);
	r->refused = reply_number(from);
	r->due = reply_number(from);
	r->leased = reply_number(from);
	r->resting = reply_number(from);
	r->hold = (msec)reply_number(from);
	r->is_full = reply_number(from) == 1;
	n = reply_left(from) / 5;
	r->workers = xcalloc(n + 1, sizeof(*r->workers));
	while (r->n_workers < n && !from->is_broken)
		read_worker(&r->workers[r->n_workers++], from);
}

static void on_status(void *ctx, const struct hub_reply *reply)
{
	struct inquiry *inquiry = ctx;

	inquiry->status = reply->status;
}

int hub_read_status(struct hub *hub, struct hub_status_report *report,
		    struct buf *why)
{
	struct inquiry inquiry = {.report = report};
	struct call *call = call_new(hub, NULL, SCRIPT_STATUS, on_status,
				     &inquiry);

	*report = (struct hub_status_report){.kind = NULL};
	call->read = read_report;
	return call_run(call, &inquiry.status, why);
}

void hub_status_release(struct hub_status_report *report)
{
	for (size_t i = 0; i < report->n_workers; i++)
		free(report->workers[i].name);
	free(report->workers);
	free(report->kind);
	*report = (struct hub_status_report){.kind = NULL};
}
