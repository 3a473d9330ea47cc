/*
 * What pool/stage.h promises, checked on every stage there is. A new stage is
 * a new row in `subjects`.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/job.h"
#include "base/mem.h"
#include "pool/loop.h"
#include "pool/stage.h"

/*
 * A stage to be tested. The jobs that quick makes succeed at once, those that
 * slow makes take some milliseconds, or as long as they are held: hold comes
 * before the first slow one is submitted, let_go when the test wants them back.
 */
struct subject {
	const char *name;
	struct stage *(*open)(struct loop *loop);
	struct job *(*quick)(void);
	struct job *(*slow)(void);
	void (*hold)(void);	/* NULL: slow ones end by themselves */
	void (*let_go)(void);
	void (*closed)(void);	/* after the stage is; NULL: nothing to do */
	size_t most;		/* jobs it is given at a time */
};

/* What inline and threads do with a job: quick ones get a record; slow ones
 * wait at a gate, or on the loop's thread, where nobody could open it, use up
 * more than one slice of time. */

static pthread_t main_thread;

static struct {
	pthread_mutex_t lock;	/* guards open */
	pthread_cond_t opened;
	bool open;
} gate = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, true};

static void set_gate(bool open)
{
	pthread_mutex_lock(&gate.lock);
	gate.open = open;
	pthread_mutex_unlock(&gate.lock);
	pthread_cond_broadcast(&gate.opened);
}

static void hold(void)
{
	set_gate(false);
}

static void let_go(void)
{
	set_gate(true);
}

static void wait_at_gate(void)
{
	pthread_mutex_lock(&gate.lock);
	while (!gate.open)
		pthread_cond_wait(&gate.opened, &gate.lock);
	pthread_mutex_unlock(&gate.lock);
}

static void use_up(msec time)
{
	const msec end = clock_now() + time;

	while (clock_now() < end)
		continue;
}

static void *work_begin(const void *config)
{
	return xmemdup(config, strlen(config));
}

static void work_run(void *own, struct job *job)
{
	const char *record = own;

	if (strcmp(job->req.url, "slow") == 0) {
		if (pthread_equal(pthread_self(), main_thread))
			use_up(2);
		else
			wait_at_gate();
	}
	buf_add(&job->record, record, strlen(record));
}

static const struct work work = {work_begin, work_run, free};

static struct stage *open_inline(struct loop *loop)
{
	return inline_open(loop, &work, "record");
}

static struct stage *open_threads_1(struct loop *loop)
{
	return threads_open(loop, &work, "record", 1);
}

static struct stage *open_threads_2(struct loop *loop)
{
	return threads_open(loop, &work, "record", 2);
}

static struct stage *open_threads_8(struct loop *loop)
{
	return threads_open(loop, &work, "record", 8);
}

static struct job *make(const char *url)
{
	struct job *job = job_new();

	job->req.url = xstrdup(url);
	return job;
}

static struct job *quick(void)
{
	return make("quick");
}

static struct job *slow(void)
{
	return make("slow");
}

#define THREADS(workers) { \
	.name = "threads, " #workers, \
	.open = open_threads_##workers, \
	.quick = quick, \
	.slow = slow, \
	.hold = hold, \
	.let_go = let_go, \
	.most = 10000, \
}

static const struct subject subjects[] = {
	{
		.name = "inline",
		.open = open_inline,
		.quick = quick,
		.slow = slow,
		.most = 10000,
	},
	THREADS(1),
	THREADS(2),
	THREADS(8),
};

/* A stage at work, and which of its jobs have come back. */
struct trial {
	const struct subject *subject;
	struct loop *loop;
	struct stage *stage;
	struct job **jobs;	/* by req.index */
	unsigned *returns;	/* by req.index */
	size_t made;
	size_t submitted;
	size_t home;
	size_t cancelled;	/* of those at home */
	bool submitting;
	void (*then)(struct trial *, struct job *);	/* at the end of done */
};

static void on_done(void *ctx, struct job *job)
{
	struct trial *t = ctx;

	assert_true(pthread_equal(pthread_self(), main_thread));
	assert_false(t->submitting);
	assert_true(job->req.index < t->made);
	assert_ptr_equal(t->jobs[job->req.index], job);
	assert_int_equal(++t->returns[job->req.index], 1);
	assert_true(job->err == ERR_NONE || job->err == ERR_CANCELLED);
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

	assert_non_null(loop);
	main_thread = pthread_self();
	return (struct trial){
		.subject = subject,
		.loop = loop,
		.stage = subject->open(loop),
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
	stage_on_done(t->stage, on_done, t);
	t->submitted++;
	t->submitting = true;
	stage_submit(t->stage, job);
	t->submitting = false;
}

static void trial_wait(struct trial *t)
{
	const msec end = clock_now() + 6e4;

	while (t->home < t->submitted && clock_now() < end)
		loop_step(t->loop, end);
	assert_int_equal(t->home, t->submitted);
	assert_int_equal(t->stage->jobs, 0);
	/* And none of them a second time. */
	for (int i = 0; i < 3; i++)
		loop_step(t->loop, clock_now() + 1);
	assert_int_equal(t->home, t->submitted);
}

static void trial_end(struct trial *t)
{
	trial_wait(t);
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

	trial_submit(&t, trial_add(&t, t.subject->quick));
	assert_int_equal(t.stage->jobs, 1);
	trial_wait(&t);
	assert_int_equal(t.jobs[0]->err, ERR_NONE);
	trial_end(&t);
}

static void many_jobs_come_back_once_each(void **state)
{
	const size_t n = at_most(state, 10000);
	struct trial t = trial_begin(state, n);

	for (size_t i = 0; i < n; i++)
		trial_submit(&t, trial_add(&t, t.subject->quick));
	trial_wait(&t);
	assert_int_equal(t.cancelled, 0);
	trial_end(&t);
}

static void jobs_submitted_while_others_come_back_are_not_lost(void **state)
{
	const size_t n = at_most(state, 3000);
	struct trial t = trial_begin(state, n);

	for (size_t i = 0; i < n; i++) {
		trial_submit(&t, trial_add(&t, t.subject->quick));
		if (i % 7 == 0)
			loop_step(t.loop, loop_now(t.loop));
	}
	trial_end(&t);
}

static void submit_two_more(struct trial *t, struct job *job)
{
	(void)job;
	for (int i = 0; i < 2 && t->made < 500; i++)
		trial_submit(t, trial_add(t, t->subject->quick));
}

static void done_may_submit_to_the_same_stage(void **state)
{
	struct trial t = trial_begin(state, 500);

	t.then = submit_two_more;
	trial_submit(&t, trial_add(&t, t.subject->quick));
	trial_wait(&t);
	assert_int_equal(t.home, 500);
	trial_end(&t);
}

static void submit_same_again(struct trial *t, struct job *job)
{
	if (t->submitted == 100)
		return;
	t->returns[job->req.index] = 0;
	buf_release(&job->record);
	trial_submit(t, job);
}

static void same_job_can_go_in_again(void **state)
{
	struct trial t = trial_begin(state, 1);

	t.then = submit_same_again;
	trial_submit(&t, trial_add(&t, t.subject->quick));
	trial_wait(&t);
	assert_int_equal(t.home, 100);
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
	for (size_t i = 0; i < n; i++)
		trial_submit(&t, trial_add(&t, i < 16 ? t.subject->slow :
							t.subject->quick));
	for (size_t i = 0; i < n; i += 2)
		if (!t.returns[i])
			stage_cancel(t.stage, t.jobs[i]);
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
	const msec end = clock_now() + 5;

	hold_slow_ones(&t);
	for (size_t i = 0; i < n; i++)
		trial_submit(&t, trial_add(&t, t.subject->slow));
	while (t.home < n && clock_now() < end)
		loop_step(t.loop, end);
	for (size_t i = 0; i < n; i++)
		if (!t.returns[i])
			stage_cancel(t.stage, t.jobs[i]);
	let_slow_ones_go(&t);
	trial_end(&t);
}

static void cancelled_twice_comes_back_once(void **state)
{
	const size_t n = 40;
	struct trial t = trial_begin(state, n);

	for (size_t i = 0; i < n; i++)
		trial_submit(&t, trial_add(&t, t.subject->quick));
	for (size_t i = 0; i < 2 * n; i++)
		stage_cancel(t.stage, t.jobs[i % n]);
	trial_end(&t);
}

static void cancel_the_rest(struct trial *t, struct job *job)
{
	(void)job;
	for (size_t i = 0; i < t->made; i++)
		if (!t->returns[i])
			stage_cancel(t->stage, t->jobs[i]);
}

static void done_may_cancel_the_others(void **state)
{
	const size_t n = 100;
	struct trial t = trial_begin(state, n);

	t.then = cancel_the_rest;
	for (size_t i = 0; i < n; i++)
		trial_submit(&t, trial_add(&t, t.subject->quick));
	trial_end(&t);
}

static void cancel_of_a_job_that_is_home_does_nothing(void **state)
{
	struct trial t = trial_begin(state, 2);

	trial_submit(&t, trial_add(&t, t.subject->quick));
	trial_wait(&t);
	stage_cancel(t.stage, t.jobs[0]);
	assert_int_equal(t.jobs[0]->err, ERR_NONE);
	trial_submit(&t, trial_add(&t, t.subject->quick));
	stage_cancel(t.stage, t.jobs[0]);
	trial_end(&t);
}

static void cancelled_job_can_go_in_again(void **state)
{
	struct trial t = trial_begin(state, 1);

	trial_submit(&t, trial_add(&t, t.subject->quick));
	stage_cancel(t.stage, t.jobs[0]);
	trial_wait(&t);
	job_clear_result(t.jobs[0]);
	buf_release(&t.jobs[0]->record);
	t.returns[0] = 0;
	trial_submit(&t, t.jobs[0]);
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

static void done_of_the_last_job_may_close_the_stage(void **state)
{
	const size_t n = 100;
	struct trial t = trial_begin(state, n);
	const msec end = clock_now() + 6e4;

	t.then = close_after_the_last;
	for (size_t i = 0; i < n; i++)
		trial_add(&t, t.subject->quick);
	for (size_t i = 0; i < n; i++)
		trial_submit(&t, t.jobs[i]);
	while (t.stage && clock_now() < end)
		loop_step(t.loop, end);
	assert_null(t.stage);
	loop_step(t.loop, loop_now(t.loop));
	/* The rest is as in trial_end. */
	t.stage = t.subject->open(t.loop);
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
	NAMED(jobs_submitted_while_others_come_back_are_not_lost),
	NAMED(done_may_submit_to_the_same_stage),
	NAMED(same_job_can_go_in_again),
	NAMED(cancelled_while_queued_comes_back_once),
	NAMED(cancelled_while_running_comes_back_once),
	NAMED(cancelled_twice_comes_back_once),
	NAMED(done_may_cancel_the_others),
	NAMED(cancel_of_a_job_that_is_home_does_nothing),
	NAMED(cancelled_job_can_go_in_again),
	NAMED(done_of_the_last_job_may_close_the_stage),
};

enum {
	SUBJECTS = sizeof(subjects) / sizeof(subjects[0]),
	PROMISES = sizeof(promises) / sizeof(promises[0]),
};

int main(void)
{
	struct CMUnitTest tests[SUBJECTS * PROMISES] = {0};
	size_t n = 0;
	int failed;

	for (size_t s = 0; s < SUBJECTS; s++) {
		for (size_t p = 0; p < PROMISES; p++, n++) {
			tests[n].name = xasprintf("%s (%s)", promises[p].name,
						  subjects[s].name);
			tests[n].test_func = promises[p].run;
			tests[n].initial_state = (void *)&subjects[s];
		}
	}
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	for (size_t i = 0; i < n; i++)
		free((char *)tests[i].name);
	return failed;
}
