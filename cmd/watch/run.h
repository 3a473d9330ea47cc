/* The data of a watch, shared by the files of this folder. */
#ifndef CMD_WATCH_RUN_H
#define CMD_WATCH_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/engine/engine.h"
#include "cmd/input/input.h"
#include "cmd/options/options.h"
#include "cmd/session/session.h"
#include "cmd/watch/agenda.h"
#include "cmd/watch/store.h"

struct watch {
	struct session session;
	const struct options *options;	/* borrowed */
	struct engine *engine;
	struct input *input;
	struct watch_store *store;
	struct agenda agenda;
	struct loop_timer due;		/* when the next request is due */
	uint64_t meaning;		/* digest of the definition of the
					 * fields (cmd/watch/fields.h) */
	bool has_list;			/* the list was read to its end */
	uint64_t requests;		/* number of different requests */
	uint64_t doubles;		/* lines that repeat another one */
	uint64_t records;		/* number of records written */
	bool failed;			/* the state or the output has failed */

	/* Members for cmd/watch/state.h: */
	int lock;			/* descriptor; -1: none */
	const char *output;		/* path of the output as given; NULL:
					 * not a file */
	char *path;			/* absolute path of the output */
	bool is_continued;		/* the output has records of earlier
					 * runs */
	bool has_synced_name;
	struct loop_timer commit;
	msec commit_at;			/* when the next commit is due;
					 * MSEC_NEVER: nothing has changed */
	uint64_t length;		/* length of the output when the run
					 * began */
	struct output *open;		/* output at the time of the current
					 * commit; NULL: closed */
	uint64_t put;			/* number of bytes of the records put
					 * before that commit; for
					 * output_sync() */
};

#endif
