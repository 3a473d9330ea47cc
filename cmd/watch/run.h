/* The parts of a watch, for the files of this folder. */
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
	uint64_t meaning;		/* meaning of the fields */
	bool has_list;			/* the list was read to its end */
	uint64_t requests;		/* number of different requests */
	uint64_t doubles;		/* lines that repeat another one */
	uint64_t records;		/* number of records written */
	bool failed;			/* the state or output has an error */

	/* cmd/watch/state.h: */
	int lock;			/* descriptor; -1: none */
	const char *output;		/* path of the output; NULL: not a
					 * file */
	char *path;			/* the same, resolved */
	bool is_continued;		/* the output has records before */
	bool has_synced_name;
	struct loop_timer commit;
	msec commit_at;			/* when the next commit is due;
					 * MSEC_NEVER: nothing has changed */
	uint64_t length;		/* length of the output when the run
					 * began */
	struct output *open;		/* of the current commit; NULL: the
					 * output is closed */
	uint64_t put;			/* bytes put by then */
};

#endif
