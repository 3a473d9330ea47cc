/*
 * The parts that every command with records needs: the event loop, the output,
 * the signals, the statistics and the progress line.
 *
 * A command opens the session, then its own parts (an engine, an input), runs
 * the loop, and closes its own parts between session_stop() and
 * session_close(). Only the loop's thread may use it.
 */
#ifndef CMD_SESSION_SESSION_H
#define CMD_SESSION_SESSION_H

#include <stdbool.h>

#include "cmd/options/options.h"
#include "cmd/output/columns.h"
#include "cmd/output/output.h"
#include "cmd/stats/progress.h"
#include "cmd/stats/stats.h"
#include "pool/loop.h"

/* A command's settings for the output, and its callbacks. All callbacks are
 * called on the loop's thread and get ctx. */
struct session_owner {
	const char *path;	/* path of the output; NULL: the one in the
				 * options */
	bool append;		/* append to the file */
	bool is_document;	/* the output is one JSON document, written
				 * completely or not at all */
	/* Columns of the output, if it is a table; borrowed. NULL: those of the
	 * options. */
	const struct columns *columns;
	/* Called when the output can take records again, or has failed. */
	void (*on_change)(void *ctx);
	/* Called when the user has interrupted the run; session.stopping is
	 * set. */
	void (*on_stop)(void *ctx);
	void *ctx;
};

/* An open session. Zero is closed. */
struct session {
	const struct options *options;	/* borrowed */
	struct session_owner owner;
	struct loop *loop;
	struct columns *columns;	/* columns made from the options; or
					 * NULL */
	struct output *output;		/* NULL: closed */
	struct stats *stats;
	struct progress *progress;	/* NULL: not shown */
	bool stopping;			/* no more requests are to be started */
};

/* Opens the loop and creates the folder of --format md. A loop that the caller
 * has set is used instead, and owned from then on. Returns 0; or -1 after
 * logging the reason. */
int session_open(struct session *s, const struct options *options);

/* Opens the output, then the signal handlers: while a named pipe waits for its
 * reader, a signal must still end the program. Returns 0; or -1 after an error
 * message. */
int session_open_output(struct session *s, const struct session_owner *owner);

/* Takes ownership of the statistics, and shows progress if the options ask for
 * it. */
void session_set_stats(struct session *s, struct stats *stats);

/* Runs the loop until is_done(ctx) returns true or the output fails; then
 * removes the progress line. Returns 0; or -1 if the output has failed (already
 * reported). */
int session_run(struct session *s, bool (*is_done)(void *ctx), void *ctx);

/* Writes the records that the output still holds and closes it. Returns 0 or
 * the output's errno. */
int session_close_output(struct session *s);

/* Closes the progress line and the output if they are still open, as when a
 * command ends early. */
void session_stop(struct session *s);

/* Closes the remaining parts. */
void session_close(struct session *s);

#endif
