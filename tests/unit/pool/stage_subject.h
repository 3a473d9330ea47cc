/* The functions that test_stage.c needs of a stage: to open it, and to make
 * jobs for it. */
#ifndef TESTS_STAGE_SUBJECT_H
#define TESTS_STAGE_SUBJECT_H

#include <stdbool.h>
#include <stddef.h>

struct job;
struct loop;
struct stage;

/*
 * quick makes jobs that succeed at once. slow makes jobs that take some
 * milliseconds, or until they are released: hold is called before the first
 * slow job is submitted, let_go when the test wants the jobs back.
 */
struct subject {
	const char *name;
	struct stage *(*open)(struct loop *loop);
	struct job *(*quick)(void);
	struct job *(*slow)(void);
	void (*hold)(void);	/* NULL: slow jobs end by themselves */
	void (*let_go)(void);
	/* Returns true if the job has the stage's result, and not that of
	 * another job. */
	bool (*has_result)(const struct job *job);
	void (*again)(struct job *job);	/* called before a job is submitted
					 * again, with its result cleared; NULL:
					 * nothing to do */
	void (*closed)(void);	/* called after the stage was closed; NULL:
				 * nothing to do */
	size_t most;		/* jobs that a test submits at a time */
	bool stops;		/* cancelling also stops running jobs, which
				 * need not be released */
};

#endif
