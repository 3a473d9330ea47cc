/*
 * Reads rows from the hub, writes them to the file, waits until they are on the
 * disk, and only then removes them from the hub, so that no row is lost if this
 * program is killed. A row that the hub delivers again is recognised
 * (cmd/fleet/row_file.h).
 */
#include "cmd/fleet/collect.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "base/secret_rules.h"
#include "cmd/fleet/row_file.h"

/* Number of rows in one read. It is adapted, so that the rows of a reply have
 * between FEW_BYTES and MANY_BYTES. */
enum {
	FIRST_ROWS = 64, MOST_ROWS = 4096,
	FEW_BYTES = 4 << 20, MANY_BYTES = 16 << 20,
};

enum {
	MAX_MESSAGES = 100,	/* most messages about damaged rows */
	SHOWN_ROW = 1000,	/* bytes of a row that are looked at for a
				 * message */
};

/* Time until the hub is asked again if it had no rows. */
#define PAUSE ((msec)300)

enum outcome { GO_ON, OVER, FAILED };

struct collect {
	struct fleet_run *run;
	struct row_file file;
	char last[64];		/* id of the last row that was read; "": none */
	unsigned most;		/* number of rows to read next */
	size_t rows;		/* number of rows in the last reply */
	uint64_t bytes;		/* total length of these rows */
	enum hub_status status;
	bool has_failed;	/* an error has been logged */
	uint64_t damaged;	/* number of damaged rows */
};

void collect_on_reset(void *ctx)
{
	((struct fleet_run *)ctx)->was_reset = true;
}

/* Waits for the reply. Returns false, after logging the reason, if no further
 * rows can be read. A restart of the server is not such a reason: collect_all()
 * begins again. */
static bool wait_for_reply(struct collect *c)
{
	hub_wait(c->run->hub, MSEC_NEVER);
	if (c->status == HUB_OK || c->status == HUB_RESET)
		return true;
	c->has_failed = true;
	if (c->status == HUB_REFUSED)
		log_fatal("another program has begun to collect the rows of "
			  "this job: %.200s has all rows until then",
			  c->run->output);
	else if (c->status == HUB_GONE)
		log_fatal("there is no job %s on this server (any more)",
			  c->run->address.job);
	else
		log_fatal("%s", hub_error(c->run->hub));
	return false;
}

/* --- One round ------------------------------------------------------------ */

/* Names a damaged row by its id and its beginning, because its URL is not
 * known. */
static void report_damaged(struct collect *c, const struct hub_row *row)
{
	const size_t len = row->text.len < SHOWN_ROW ? row->text.len
						     : SHOWN_ROW;
	struct buf shown = {0};

	if (++c->damaged > MAX_MESSAGES)
		return;
	secret_url_show(&shown, row->text.p, len);
	log_warn("row %.*s in the hub is damaged: its lines that are not "
		 "records are left out; the row begins with \"%.100s\"",
		 (int)row->id.len, row->id.p, buf_cstr(&shown));
	buf_release(&shown);
}

static void add_row(struct collect *c, const struct hub_row *row)
{
	const int result = row_file_add(&c->file, row->text);

	c->bytes += row->text.len;
	if (result < 0)
		c->has_failed = true;
	else if (result > 0)
		report_damaged(c, row);
	snprintf(c->last, sizeof(c->last), "%.*s", (int)row->id.len,
		 row->id.p);
}

static void on_rows(void *ctx, const struct hub_reply *reply)
{
	struct collect *c = ctx;

	c->status = reply->status;
	c->rows = reply->n_rows;
	c->bytes = 0;
	for (size_t i = 0; i < reply->n_rows && !c->has_failed; i++)
		add_row(c, &reply->rows[i]);
}

static void on_trimmed(void *ctx, const struct hub_reply *reply)
{
	struct collect *c = ctx;

	c->status = reply->status;
}

/* Adapts the number of rows in the next read to their size. */
static void choose_most(struct collect *c)
{
	if (c->bytes > MANY_BYTES && c->most > 1)
		c->most /= 2;
	else if (c->bytes < FEW_BYTES && c->rows == c->most &&
		 c->most < MOST_ROWS)
		c->most *= 2;
}

/* Reads rows, writes them to the file, and removes them from the hub. Returns
 * false if one of these steps failed. */
static bool move_rows(struct collect *c)
{
	struct hub *hub = c->run->hub;

	hub_read_rows(hub, c->last, c->most, on_rows, c);
	if (!wait_for_reply(c) || c->has_failed)
		return false;
	if (!c->rows)
		return true;
	if (row_file_sync(&c->file)) {
		c->has_failed = true;
		return false;
	}
	/* Do not remove rows after a restart of the server: rows that were not
	 * read yet may have smaller ids than the last row that was read. */
	if (c->run->was_reset)
		return true;
	hub_trim_rows(hub, c->last, c->bytes, on_trimmed, c);
	if (!wait_for_reply(c))
		return false;
	choose_most(c);
	return true;
}

/* Tells the hub that this program collects the rows from this time on, and
 * begins with the first row. */
static bool begin(struct collect *c)
{
	c->last[0] = '\0';
	hub_trim_rows(c->run->hub, "", 0, on_trimmed, c);
	return wait_for_reply(c);
}

/* --- The end of the job --------------------------------------------------- */

/* Returns OVER if the hub has no rows and none can be added any more; otherwise
 * GO_ON. */
static enum outcome judge(const struct hub_status_report *r)
{
	const struct hub_counts *n = &r->counts;

	if (n->rows)
		return GO_ON;
	if (r->job == HUB_STOPPED && !n->in_work)
		return OVER;
	return r->is_loaded && !n->waiting && !n->in_work ? OVER : GO_ON;
}

static int exit_code(const struct collect *c, const struct hub_status_report *r)
{
	const struct hub_counts *n = &r->counts;

	if (c->file.repeated)
		log_debug("rows that came again, and were left out: %" PRIu64,
			  c->file.repeated);
	if (n->dropped)
		log_warn("links that were not added because the server's memory "
			 "was full: %" PRIu64, n->dropped);
	if (n->waiting)
		log_warn("the job was stopped; URLs that wait: %" PRIu64,
			 n->waiting);
	if (c->damaged)
		log_warn("damaged rows, which are not complete in %.200s: %"
			 PRIu64, c->run->output, c->damaged);
	return n->dropped || n->waiting || c->damaged ? EXIT_NOT_COMPLETED : 0;
}

/* Called when the hub has no rows: waits, unless the job has ended. Sets *code
 * at the end of the job. */
static enum outcome wait_for_rows(struct collect *c, int *code)
{
	const msec until = clock_now() + PAUSE;
	struct hub_status_report report;
	struct buf why = {0};
	enum outcome outcome = FAILED;

	if (hub_read_status(c->run->hub, &report, &why)) {
		log_fatal("%s", buf_cstr(&why));
	} else {
		outcome = judge(&report);
		if (outcome == OVER)
			*code = exit_code(c, &report);
	}
	hub_status_release(&report);
	buf_release(&why);
	while (outcome == GO_ON && clock_now() < until)
		loop_step(c->run->loop, until);
	return outcome;
}

static int collect_all(struct collect *c)
{
	struct fleet_run *run = c->run;
	int code = EXIT_NOT_COMPLETED;
	enum outcome outcome = begin(c) ? GO_ON : FAILED;

	while (outcome == GO_ON) {
		if (run->was_reset) {
			run->was_reset = false;
			if (!begin(c))
				return EXIT_NOT_COMPLETED;
		}
		if (!move_rows(c))
			return EXIT_NOT_COMPLETED;
		if (!c->rows)
			outcome = wait_for_rows(c, &code);
	}
	return code;
}

int collect_rows(struct fleet_run *run)
{
	struct collect c = {.run = run, .most = FIRST_ROWS};
	struct hub_joined joined;
	struct buf why = {0};
	int code = EXIT_NOT_COMPLETED;

	if (hub_join(run->hub, NULL, &joined, &why)) {
		log_fatal("%s", buf_cstr(&why));
		buf_release(&why);
		return code;
	}
	if (!row_file_open(&c.file, run->output,
			   !strcmp(joined.kind, "crawl")))
		code = collect_all(&c);
	row_file_close(&c.file);
	hub_joined_release(&joined);
	return code;
}
