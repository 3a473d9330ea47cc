/* What test_stage.c needs of a stage: how to open one, and jobs for it. */
#ifndef TESTS_STAGE_SUBJECT_H
#define TESTS_STAGE_SUBJECT_H

#include <stdbool.h>
#include <stddef.h>

struct job;
struct loop;
struct stage;

/*
 * The jobs that quick makes succeed at once, those that slow makes take some
 * milliseconds, or as long as they are held: hold comes before the first slow
 * one is submitted, let_go when the test wants them back.
 */
struct subject {
	const char *name;
	struct stage *(*open)(struct loop *loop);
	struct job *(*quick)(void);
	struct job *(*slow)(void);
	void (*hold)(void);	/* NULL: slow ones end by themselves */
	void (*let_go)(void);
	/* Whether the job has what the stage is there for, and its own. */
	bool (*has_result)(const struct job *job);
	void (*again)(struct job *job);	/* before it goes in another time, its
					 * result cleared; NULL: no need */
	void (*closed)(void);	/* after the stage is; NULL: nothing to do */
	size_t most;		/* jobs it is given at a time */
	bool stops;		/* what runs, too: it need not be let go */
};

#endif
