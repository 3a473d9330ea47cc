/*
 * Keeps the state of a watch and its output in step, so that each change is
 * reported exactly once, whenever the program is killed. A commit first writes
 * the records to the disk. Then one transaction stores the state that they have
 * reported, and the length of the output. The next run cuts the output to that
 * length, and repeats the requests that the state does not have.
 *
 * Output to a pipe cannot be cut, so there a change is reported at least once.
 */
#ifndef CMD_WATCH_STATE_H
#define CMD_WATCH_STATE_H

#include "cmd/watch/run.h"

/* Opens the state. If the output is that of the last run, cuts it to the length
 * of the last commit. Returns 0 or the exit code, after logging the reason. */
int watch_state_open(struct watch *w);

/* Starts the commits. Called when the output is open. Returns 0, or -1 after
 * logging the reason. */
int watch_state_begin(struct watch *w);

/* Notes that a request was made, so that it is committed soon. is_news: the
 * request has a record. */
void watch_state_note(struct watch *w, bool is_news);

/* Ends the run after an error of the state. */
void watch_state_fail(struct watch *w);

/* Waits for the current commit. Called before the output is closed. */
void watch_state_wait(struct watch *w);

/* Makes all changes permanent after the output was closed. Returns 0, or -1
 * after logging the reason. */
int watch_state_finish(struct watch *w);
void watch_state_close(struct watch *w);

#endif
