/*
 * Checks the promises of pool/stage.h for every stage. Each stage has a row in
 * `subjects`.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/job/job.h"
#include "base/mem.h"
#include "pool/loop.h"
#include "pool/stage.h"
#include "tests/unit/patience.h"
#include "tests/unit/pool/stage_fetch.h"
#include "tests/unit/pool/stage_procs.h"
#include "tests/unit/pool/stage_subject.h"
#include "tests/unit/pool/stage_work.h"
#include "tests/unit/rounds.h"

static const struct subject *const subjects[] = {
	&inline_subject,
	&threads_subjects[0],
	&threads_subjects[1],
	&threads_subjects[2],
	&procs_subjects[0],
	&procs_subjects[1],
	&procs_subjects[2],
	&resolve_subject,
	&multi_subjects[0],
	&multi_subjects[1],
	&multi_subjects[2],
	&blocking_subject,
};

/* A stage with its jobs, and how often each has been returned. */
struct trial {
	const struct subject *subject;
	struct loop *loop;
	struct stage *stage;	/* NULL: closed by on_done */
	pthread_t thread;	/* the thread of the loop */
	struct job **jobs;	/* all jobs, by req.index */
	unsigned *returns;	/* how often each job has been returned, by
				 * req.index */
	size_t made;
	size_t submitted;
	size_t home;
	size_t cancelled;	/* how many of the returned jobs were
				 * cancelled */
	bool calling;		/* a function of the stage is running, which
				 * must not call back */
	void (*then)(struct trial *, struct job *);	/* called at the end of
							 * on_done */
};

static void on_done(void *ctx, struct job *job)
{
	struct trial *t = ctx;

	assert_true(pthread_equal(pthread_self(), t->thread));
	assert_false(t->calling);
	assert_true(job->req.index < t->made);
	assert_ptr_equal(t->jobs[job->req.index], job);
	assert_int_equal(++t->returns[job->req.index], 1);
	if (job->err != ERR_CANCELLED) {
		assert_int_equal(job->err, ERR_NONE);
		assert_true(t->subject->has_result(job));
	}
	t->home++;
	t->cancelled += job->err == ERR_CANCELLED;
	assert_int_equal(t->stage->jobs, t->submitted - t->home);
	if (t->then)
		t->then(t, job);
}

static struct trial trial_begin(void **state, size_t room)
{
	const struct subject *subject = *state;
	struct loop *loop = loop_open(LOOP_EPOLL);
	struct stage *stage;

	assert_non_null(loop);
	stage = subject->open(loop);
	assert_non_null(stage);
	return (struct trial){
		.subject = subject,
		.loop = loop,
		.stage = stage,
		.thread = pthread_self(),
		.jobs = xcalloc(room, sizeof(struct job *)),
		.returns = xcalloc(room, sizeof(unsigned)),
	};
}

static size_t at_most(void **state, size_t jobs)
{
	const struct subject *subject = *state;

	return jobs < subject->most ? jobs : subject->most;
}

static struct job *trial_add(struct trial *t, struct job *(*new)(void))
{
	struct job *job = new();

	job->req.index = t->made;
	t->jobs[t->made++] = job;
	return job;
}

static void trial_submit(struct trial *t, struct job *job)
{
	stage_set_on_done(t->stage, on_done, t);
	t->submitted++;
	t->calling = true;
	stage_submit(t->stage, job);
	t->calling = false;
}

static void trial_submit_new(struct trial *t, struct job *(*new)(void),
			     size_t jobs)
{
	for (size_t i = 0; i < jobs; i++)
		trial_submit(t, trial_add(t, new));
}

/* Submits a job again that was returned before. */
static void trial_submit_again(struct trial *t, struct job *job)
{
	job_clear_result(job);
	buf_release(&job->record);
	if (t->subject->again)
		t->subject->again(job);
	t->returns[job->req.index] = 0;
	trial_submit(t, job);
}

static void trial_cancel(struct trial *t, struct job *job)
{
	t->calling = true;
	stage_cancel(t->stage, job);
	t->calling = false;
}

/* Cancels all jobs that have not been returned. */
static void trial_cancel_rest(struct trial *t)
{
	for (size_t i = 0; i < t->made; i++)
		if (!t->returns[i])
			trial_cancel(t, t->jobs[i]);
}

/* Runs the loop without waiting, to find what a stage has left behind: a job
 * that is returned twice, or a timer after closing. */
static void trial_idle(struct trial *t)
{
	for (int i = 0; i < 3; i++)
		loop_step(t->loop, clock_now() + 1);
	assert_int_equal(t->home, t->submitted);
}

/* Runs the loop until all jobs were returned, or until no job was returned for
 * a long time. */
static void trial_finish(struct trial *t)
{
	struct patience p = {0};

	while (t->home < t->submitted && patience_lasts(&p, t->home))
		loop_step(t->loop, p.until);
}

/* Runs the loop until all jobs were returned, or for that long. */
static void trial_step(struct trial *t, msec time)
{
	const msec end = clock_now() + time;

	while (t->home < t->submitted && clock_now() < end)
		loop_step(t->loop, end);
}

static void trial_wait(struct trial *t)
{
	trial_finish(t);
	assert_int_equal(t->home, t->submitted);
	assert_int_equal(t->stage->jobs, 0);
	trial_idle(t);
}

static void trial_end(struct trial *t)
{
	if (t->stage)
		trial_wait(t);
	else
		trial_idle(t);
	stage_close(t->stage);
	if (t->subject->closed)
		t->subject->closed();
	for (size_t i = 0; i < t->made; i++) {
		assert_int_equal(t->returns[i], 1);
		job_free(t->jobs[i]);
	}
	free(t->jobs);
	free(t->returns);
	loop_close(t->loop);
}

static void stage_without_jobs_opens_and_closes(void **state)
{
	struct trial t = trial_begin(state, 1);

	assert_int_equal(t.stage->jobs, 0);
	assert_non_null(t.stage->ops->name);
	trial_end(&t);
}

static void job_comes_back_once_with_its_result(void **state)
{
	struct trial t = trial_begin(state, 1);

	trial_submit_new(&t, t.subject->quick, 1);
	assert_int_equal(t.stage->jobs, 1);
	trial_wait(&t);
	assert_int_equal(t.jobs[0]->err, ERR_NONE);
	trial_end(&t);
}

static void many_jobs_come_back_once_each(void **state)
{
	const size_t n = at_most(state, ROUNDS(10000));
	struct trial t = trial_begin(state, n);

	trial_submit_new(&t, t.subject->quick, n);
	trial_wait(&t);
	assert_int_equal(t.cancelled, 0);
	trial_end(&t);
}

static void jobs_submitted_from_the_callback_are_not_lost(void **state)
{
	const size_t n = at_most(state, ROUNDS(3000));
	struct trial t = trial_begin(state, n);

	for (size_t i = 0; i < n; i++) {
		trial_submit_new(&t, t.subject->quick, 1);
		if (i % 7 == 0)
			loop_step(t.loop, loop_now(t.loop));
	}
	trial_wait(&t);
	assert_int_equal(t.cancelled, 0);
	trial_end(&t);
}

static void submit_two_more(struct trial *t, struct job *job)
{
	(void)job;
	for (int i = 0; i < 2 && t->made < 500; i++)
		trial_submit_new(t, t->subject->quick, 1);
}

static void callback_may_submit_to_the_same_stage(void **state)
{
	struct trial t = trial_begin(state, 500);

	t.then = submit_two_more;
	trial_submit_new(&t, t.subject->quick, 1);
	trial_wait(&t);
	assert_int_equal(t.home, 500);
	assert_int_equal(t.cancelled, 0);
	trial_end(&t);
}

static void submit_same_again(struct trial *t, struct job *job)
{
	if (t->submitted < 100)
		trial_submit_again(t, job);
}

static void same_job_can_be_submitted_again(void **state)
{
	struct trial t = trial_begin(state, 1);

	t.then = submit_same_again;
	trial_submit_new(&t, t.subject->quick, 1);
	trial_wait(&t);
	assert_int_equal(t.home, 100);
	assert_int_equal(t.cancelled, 0);
	trial_end(&t);
}

static void hold_slow_ones(struct trial *t)
{
	if (t->subject->hold)
		t->subject->hold();
}

static void let_slow_ones_go(struct trial *t)
{
	if (t->subject->let_go)
		t->subject->let_go();
}

static void cancelled_while_queued_comes_back_once(void **state)
{
	const size_t n = at_most(state, 300);
	struct trial t = trial_begin(state, n);

	hold_slow_ones(&t);
	trial_submit_new(&t, t.subject->slow, 16);
	trial_submit_new(&t, t.subject->quick, n - 16);
	for (size_t i = 0; i < n; i += 2)
		trial_cancel(&t, t.jobs[i]);
	assert_int_equal(t.home, 0);
	let_slow_ones_go(&t);
	trial_wait(&t);
	assert_true(t.cancelled <= n / 2);
	for (size_t i = 1; i < n; i += 2)
		assert_int_equal(t.jobs[i]->err, ERR_NONE);
	trial_end(&t);
}

static void cancelled_while_running_comes_back_once(void **state)
{
	const size_t n = 4;
	struct trial t = trial_begin(state, n);

	hold_slow_ones(&t);
	trial_submit_new(&t, t.subject->slow, n);
	trial_step(&t, 5);
	trial_cancel_rest(&t);
	if (t.subject->stops) {
		trial_wait(&t);
		assert_int_equal(t.cancelled, n);
	}
	let_slow_ones_go(&t);
	trial_end(&t);
}

static void cancelling_running_jobs_leaves_others_running(void **state)
{
	const size_t n = 32;
	struct trial t = trial_begin(state, n);

	hold_slow_ones(&t);
	trial_submit_new(&t, t.subject->slow, n);
	trial_step(&t, 5);
	for (size_t i = 0; i < n; i += 2)
		if (!t.returns[i])
			trial_cancel(&t, t.jobs[i]);
	trial_step(&t, 5);
	let_slow_ones_go(&t);
	trial_wait(&t);
	for (size_t i = 1; i < n; i += 2)
		assert_int_equal(t.jobs[i]->err, ERR_NONE);
	trial_end(&t);
}

static void cancelled_at_any_moment_comes_back_once(void **state)
{
	enum { MOMENTS = 24, JOBS = 3 };
	struct trial t = trial_begin(state, MOMENTS * JOBS);

	for (int moment = 0; moment < MOMENTS; moment++) {
		trial_submit_new(&t, t.subject->quick, JOBS);
		for (int step = 0; step < moment; step++)
			loop_step(t.loop, loop_now(t.loop));
		trial_cancel_rest(&t);
		trial_wait(&t);
	}
	trial_end(&t);
}

static void cancelled_twice_comes_back_once(void **state)
{
	const size_t n = 40;
	struct trial t = trial_begin(state, n);

	trial_submit_new(&t, t.subject->quick, n);
	trial_cancel_rest(&t);
	trial_cancel_rest(&t);
	trial_end(&t);
}

static void cancel_the_rest(struct trial *t, struct job *job)
{
	(void)job;
	trial_cancel_rest(t);
}

static void callback_may_cancel_other_jobs(void **state)
{
	const size_t n = 100;
	struct trial t = trial_begin(state, n);

	t.then = cancel_the_rest;
	trial_submit_new(&t, t.subject->quick, n);
	trial_end(&t);
}

static void cancelling_a_returned_job_has_no_effect(void **state)
{
	struct trial t = trial_begin(state, 2);

	trial_submit_new(&t, t.subject->quick, 1);
	trial_wait(&t);
	trial_cancel(&t, t.jobs[0]);
	assert_int_equal(t.jobs[0]->err, ERR_NONE);
	trial_submit_new(&t, t.subject->quick, 1);
	trial_cancel(&t, t.jobs[0]);
	trial_wait(&t);
	assert_int_equal(t.jobs[0]->err, ERR_NONE);
	assert_int_equal(t.jobs[1]->err, ERR_NONE);
	trial_end(&t);
}

static void cancelled_job_can_be_submitted_again(void **state)
{
	struct trial t = trial_begin(state, 1);

	trial_submit_new(&t, t.subject->quick, 1);
	trial_cancel(&t, t.jobs[0]);
	trial_wait(&t);
	trial_submit_again(&t, t.jobs[0]);
	trial_wait(&t);
	assert_int_equal(t.jobs[0]->err, ERR_NONE);
	trial_end(&t);
}

static void close_after_the_last(struct trial *t, struct job *job)
{
	(void)job;
	if (t->home < t->made)
		return;
	stage_close(t->stage);
	t->stage = NULL;
}

static void callback_of_the_last_job_may_close_the_stage(void **state)
{
	const size_t n = 100;
	struct trial t = trial_begin(state, n);

	t.then = close_after_the_last;
	for (size_t i = 0; i < n; i++)
		trial_add(&t, t.subject->quick);
	for (size_t i = 0; i < n; i++)
		trial_submit(&t, t.jobs[i]);
	trial_finish(&t);
	assert_null(t.stage);
	trial_end(&t);
}

static void callback_of_a_cancelled_last_job_may_close_the_stage(void **state)
{
	const size_t n = 16;
	struct trial t = trial_begin(state, n);

	hold_slow_ones(&t);
	trial_submit_new(&t, t.subject->slow, n);
	t.then = close_after_the_last;
	trial_step(&t, 5);
	if (t.stage)
		trial_cancel_rest(&t);
	let_slow_ones_go(&t);
	trial_finish(&t);
	assert_null(t.stage);
	trial_end(&t);
}

#define NAMED(test) {#test, test}

static const struct {
	const char *name;
	void (*run)(void **state);
} promises[] = {
	NAMED(stage_without_jobs_opens_and_closes),
	NAMED(job_comes_back_once_with_its_result),
	NAMED(many_jobs_come_back_once_each),
	NAMED(jobs_submitted_from_the_callback_are_not_lost),
	NAMED(callback_may_submit_to_the_same_stage),
	NAMED(same_job_can_be_submitted_again),
	NAMED(cancelled_while_queued_comes_back_once),
	NAMED(cancelled_while_running_comes_back_once),
	NAMED(cancelling_running_jobs_leaves_others_running),
	NAMED(cancelled_at_any_moment_comes_back_once),
	NAMED(cancelled_twice_comes_back_once),
	NAMED(callback_may_cancel_other_jobs),
	NAMED(cancelling_a_returned_job_has_no_effect),
	NAMED(cancelled_job_can_be_submitted_again),
	NAMED(callback_of_the_last_job_may_close_the_stage),
	NAMED(callback_of_a_cancelled_last_job_may_close_the_stage),
};

enum {
	SUBJECTS = sizeof(subjects) / sizeof(subjects[0]),
	PROMISES = sizeof(promises) / sizeof(promises[0]),
};

int main(int argc, char **argv)
{
	struct CMUnitTest tests[SUBJECTS * PROMISES] = {0};
	size_t n = 0;
	int failed;

	(void)argc;
	if (procs_start(argv) || fetch_global_init())
		return 1;
	for (size_t s = 0; s < SUBJECTS; s++) {
		for (size_t p = 0; p < PROMISES; p++, n++) {
			tests[n].name = xasprintf("%s (%s)", promises[p].name,
						  subjects[s]->name);
			tests[n].test_func = promises[p].run;
			tests[n].initial_state = (void *)subjects[s];
		}
	}
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	for (size_t i = 0; i < n; i++)
		free((char *)tests[i].name);
	fetch_global_cleanup();
	zygote_close(procs_zygote);
	return failed;
}
