/*
 * The parts that every command with records opens and closes: the event loop,
 * the output, the signals, the statistics and the progress line.
 *
 * A command opens the session, then what is its own (an engine, an input), runs
 * the loop, and closes its own parts between session_stop() and
 * session_close(). Only the loop's thread uses it.
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

/* What a command wants of its output, and what it is told. All callbacks come
 * from the loop and get ctx. */
struct session_owner {
	bool append;		/* to what the file has */
	bool is_document;	/* one JSON document, complete or not at all */
	/* The output has room again, or has failed. */
	void (*on_change)(void *ctx);
	/* The user has interrupted the run; session.stopping is set. */
	void (*on_stop)(void *ctx);
	void *ctx;
};

/* Zero is closed. */
struct session {
	const struct options *options;	/* borrowed */
	struct session_owner owner;
	struct loop *loop;
	struct columns *columns;	/* NULL for a document */
	struct output *output;		/* NULL: closed */
	struct stats *stats;
	struct progress *progress;	/* NULL: not shown */
	bool stopping;			/* nothing new is started */
};

/* Opens the loop. Returns 0; or -1, having said why. */
int session_open(struct session *s, const struct options *options);

/* Opens the output, then the signals: while a named pipe waits for its reader,
 * a signal still ends the program. Returns as session_open(). */
int session_open_output(struct session *s, const struct session_owner *owner);

/* Takes the statistics, and shows progress if the options want it. */
void session_count(struct session *s, struct stats *stats);

/* Runs the loop until is_over(ctx) or the output fails; then removes the
 * progress line. Returns 0; or -1 if the output has failed, which was said. */
int session_run(struct session *s, bool (*is_over)(void *ctx), void *ctx);

/* Writes what the output still holds and closes it. Returns 0 or its errno. */
int session_close_output(struct session *s);

/* Closes what a command's own parts could still write to, for ends that were
 * not reached by session_run(). Harmless after session_close_output(). */
void session_stop(struct session *s);

/* Closes the rest. */
void session_close(struct session *s);

#endif
