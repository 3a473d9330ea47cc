/* Draws the line of cmd/stats/progress_line.h on the terminal, and removes it
 * when a message is about to be written in its place. */
#include "cmd/stats/progress.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"

#define INTERVAL 500.0	/* msec between two drawings */

struct progress {
	struct loop *loop;
	const struct stats *stats;
	struct loop_timer timer;
	struct progress_line_rate rate;
	msec started;
	struct buf line, hold;	/* kept between drawings to reuse memory */
	void (*fill)(void *ctx, struct progress_line_view *view,
		     struct buf *hold);	/* see progress_set_source(); or NULL */
	void *ctx;		/* argument of fill() */
};

/* True while the line is on the screen. A global variable, because the log's
 * hook has no argument and may run in any thread. */
static atomic_bool drawn;

/* Escape sequences: go to the first column; erase to the end of the line. */
#define TO_START "\r"
#define ERASE "\033[K"

void progress_clear(void)
{
	static const char bytes[] = TO_START ERASE;

	if (atomic_exchange(&drawn, false))
		(void)!write(STDERR_FILENO, bytes, sizeof(bytes) - 1);
}

static unsigned terminal_columns(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || !size.ws_col)
		return 80;
	return size.ws_col;
}

/* Returns the average rate per second since the run began. */
static double average_rate(const struct progress *p)
{
	const msec took = clock_now() - p->started;

	return took > 0 ? (double)stats_done(p->stats) * 1e3 / took : 0;
}

static void draw_line(struct progress *p)
{
	struct progress_line_view view = {
		.done = stats_done(p->stats),
		.errors = stats_errors(p->stats),
		.bad = stats_bad(p->stats),
		.rate = progress_line_rate_get(&p->rate),
		.average = average_rate(p),
	};

	buf_clear(&p->hold);
	if (p->fill)
		p->fill(p->ctx, &view, &p->hold);
	view.hold = buf_cstr(&p->hold);
	buf_clear(&p->line);
	buf_addstr(&p->line, TO_START);
	progress_line_add(&p->line, &view, terminal_columns());
	buf_addstr(&p->line, ERASE);
	/* Set `drawn` before the write. If another thread logs a message
	 * between the two, it clears a line that is not drawn yet, and the line
	 * appears after the message, as it would half a second later anyway. */
	atomic_store(&drawn, true);
	(void)!write(STDERR_FILENO, p->line.data, p->line.len);
}

/* Replaces the line by the totals, with a line end, so that the next message or
 * the shell's prompt begins at the first column. */
static void draw_totals(struct progress *p)
{
	const struct progress_line_totals totals = {
		.done = stats_done(p->stats),
		.errors = stats_errors(p->stats),
		.bad = stats_bad(p->stats),
		.bytes = stats_bytes(p->stats),
		.duration = clock_now() - p->started,
	};

	buf_clear(&p->line);
	buf_addstr(&p->line, TO_START);
	progress_line_totals(&p->line, &totals);
	buf_addstr(&p->line, ERASE "\n");
	/* Leave the log's hook installed, because another thread may be about
	 * to call it; without a line, the hook does nothing. */
	atomic_store(&drawn, false);
	(void)!write(STDERR_FILENO, p->line.data, p->line.len);
}

static void on_due(void *ctx, msec now)
{
	struct progress *p = ctx;

	progress_line_rate_add(&p->rate, now, stats_done(p->stats));
	draw_line(p);
	loop_set_timer(p->loop, &p->timer, now + INTERVAL);
}

struct progress *progress_open(struct loop *loop, const struct stats *st)
{
	struct progress *p = xcalloc(1, sizeof(*p));
	const msec now = loop_now(loop);

	p->loop = loop;
	p->stats = st;
	p->started = clock_now();
	p->timer = (struct loop_timer){.on_due = on_due, .ctx = p};
	progress_line_rate_add(&p->rate, now, stats_done(st));
	loop_set_timer(loop, &p->timer, now + INTERVAL);
	log_set_hook(progress_clear);
	return p;
}

void progress_set_source(struct progress *p,
			 void (*fill)(void *ctx,
				      struct progress_line_view *view,
				      struct buf *hold),
			 void *ctx)
{
	if (!p)
		return;
	p->fill = fill;
	p->ctx = ctx;
}

void progress_close(struct progress *p)
{
	if (!p)
		return;
	loop_set_timer(p->loop, &p->timer, MSEC_NEVER);
	draw_totals(p);
	buf_release(&p->line);
	buf_release(&p->hold);
	free(p);
}
