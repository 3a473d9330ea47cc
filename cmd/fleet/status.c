#include "cmd/fleet/status.h"

#include <stdio.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "cmd/stats/number_text.h"

/* A worker that has not called for this time (msec) is only counted. */
#define SILENCE_MAX 60e3

/* Appends "1,234 waiting", after a comma unless it is the first count of the
 * line. */
static void add_count(struct buf *out, uint64_t n, const char *what)
{
	if (out->len && out->data[out->len - 1] != ' ')
		buf_addstr(out, ", ");
	text_add_count(out, n);
	buf_addf(out, " %s", what);
}

static const char *state_name(const struct hub_status_report *r)
{
	const struct hub_counts *n = &r->counts;

	if (r->job == HUB_PAUSED)
		return "paused";
	if (r->job == HUB_STOPPED)
		return "stopped";
	if (!r->is_loaded)
		return "loading";
	return n->waiting || n->in_work ? "running" : "finished";
}

static void add_totals(struct buf *out, const struct hub_status_report *r)
{
	const struct hub_counts *n = &r->counts;

	buf_addstr(out, "hosts    ");
	add_count(out, r->due, "due");
	add_count(out, r->leased, "leased");
	add_count(out, r->resting, "waiting");
	buf_addstr(out, "\nURLs     ");
	add_count(out, n->waiting, "waiting");
	add_count(out, n->in_work, "in work");
	add_count(out, n->done, "done");
	add_count(out, n->known, "known");
	buf_addstr(out, "\nrows     ");
	add_count(out, n->rows, "to collect");
	buf_addstr(out, ", ");
	text_add_bytes(out, n->row_bytes);
	buf_addstr(out, "\nleases   ");
	add_count(out, r->expired, "expired");
	add_count(out, r->refused, "calls refused after that");
	buf_addch(out, '\n');
}

static void add_troubles(struct buf *out, const struct hub_status_report *r)
{
	const struct hub_counts *n = &r->counts;

	if (r->hold > 0) {
		buf_addstr(out, "the server has restarted: no host is leased "
			   "for ");
		text_add_duration(out, r->hold);
		buf_addch(out, '\n');
	}
	if (r->is_full)
		buf_addstr(out, "the server's memory is full (maxmemory): new "
			   "URLs are not added\n");
	if (n->dropped) {
		text_add_count(out, n->dropped);
		buf_addstr(out, " links were not added because the memory was "
			   "full\n");
	}
	if (n->rows > HUB_MAX_ROWS || n->row_bytes > HUB_MAX_ROW_BYTES)
		buf_addstr(out, "no host is leased until rows are collected\n");
}

static void add_worker(struct buf *out, const struct hub_worker *w)
{
	struct buf pages = {0}, silence = {0};

	text_add_count(&pages, w->pages);
	text_add_duration(&silence, w->silence);
	buf_addf(out, "%10s %9.1f %6u %10s  %s\n", buf_cstr(&pages), w->rate,
		 w->hosts, buf_cstr(&silence), w->name);
	buf_release(&pages);
	buf_release(&silence);
}

static void add_workers(struct buf *out, const struct hub_status_report *r)
{
	uint64_t n_silent = 0;

	for (size_t i = 0; i < r->n_workers; i++)
		n_silent += r->workers[i].silence > SILENCE_MAX;
	if (n_silent < r->n_workers)
		buf_addf(out, "\n%10s %9s %6s %10s  %s\n", "pages", "pages/s",
			 "hosts", "last seen", "worker");
	for (size_t i = 0; i < r->n_workers; i++)
		if (r->workers[i].silence <= SILENCE_MAX)
			add_worker(out, &r->workers[i]);
	if (n_silent) {
		buf_addstr(out, "\nworkers not seen for over a minute: ");
		text_add_count(out, n_silent);
		buf_addch(out, '\n');
	}
}

static void print_report(struct fleet_run *run,
			 const struct hub_status_report *r)
{
	struct buf out = {0};

	buf_addf(&out, "%s %s: %s\n", r->kind, run->address.job, state_name(r));
	add_totals(&out, r);
	add_troubles(&out, r);
	add_workers(&out, r);
	fwrite(out.data, 1, out.len, stdout);
	buf_release(&out);
}

int show_status(struct fleet_run *run)
{
	struct hub_status_report report;
	struct buf why = {0};
	int err = hub_read_status(run->hub, &report, &why);

	if (err)
		log_fatal("%s", buf_cstr(&why));
	else
		print_report(run, &report);
	hub_status_release(&report);
	buf_release(&why);
	if (!err && fflush(stdout)) {
		log_fatal("standard output cannot be written");
		err = -1;
	}
	return err ? EXIT_NOT_COMPLETED : 0;
}
