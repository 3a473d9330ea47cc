/*
 * Keeps the state of a watch and its output in step, so that each change is
 * reported exactly once, whenever the program is killed: the records are written
 * to the disk first, then one transaction stores what they have reported and
 * the length of the output. The next run cuts the output to that length, and
 * makes the requests again that the state does not have.
 *
 * Output to a pipe cannot be cut: there a change is reported at least once.
 */
#ifndef CMD_WATCH_STATE_H
#define CMD_WATCH_STATE_H

#include "cmd/watch/run.h"

/* Opens the state, and cuts the output if it is that of the run before. Returns
 * 0 or the exit code, after logging the reason. */
int watch_state_open(struct watch *w);

/* Begins to commit; called when the output is open. Returns 0, or -1 after
 * logging the reason. */
int watch_state_begin(struct watch *w);

/* Notes that a request was made. is_news: it has a record. */
void watch_state_note(struct watch *w, bool is_news);

/* Ends the run because of an error of the state. */
void watch_state_fail(struct watch *w);

/* Waits for the current commit, before the output is closed. */
void watch_state_wait(struct watch *w);

/* Makes all changes permanent after the output was closed. Returns 0, or -1
 * after logging the reason. */
int watch_state_finish(struct watch *w);
void watch_state_close(struct watch *w);

#endif
