/*
 * The end of a run that needs a library which cannot be loaded
 * (base/library/library.h). The first page that needs it may come at any time
 * and be read in any thread, so the records that are done by then are written
 * before the program ends. Only the loop's thread may write them.
 */
#ifndef CMD_SESSION_MISSING_LIBRARY_H
#define CMD_SESSION_MISSING_LIBRARY_H

#include <stdbool.h>

struct session;

/* From now on, a missing library ends the session: in the loop's thread by
 * session_stop(); in any other thread by a call of the session's on_stop, for
 * which that thread waits. Called by the loop's thread. */
void missing_library_watch(struct session *s);

/* Lets the waiting threads end the program. Called when the session is
 * stopped. */
void missing_library_unwatch(void);

/* Returns true if a thread waits because a library is missing. */
bool missing_library_is_found(void);

#endif
