/*
 * The stages that run a struct work: inline and threads. Quick jobs get a
 * record. Slow jobs wait at a gate; on the loop's thread, where nothing could
 * open the gate, they take longer than a slice of time.
 */
#ifndef TESTS_STAGE_WORK_H
#define TESTS_STAGE_WORK_H

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/job/job.h"
#include "base/mem.h"
#include "pool/stage.h"
#include "tests/unit/pool/stage_subject.h"

static const char work_record[] = "record";

static pthread_t work_loop_thread;

static struct {
	pthread_mutex_t lock;	/* protects open */
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

static void work_hold(void)
{
	set_gate(false);
}

static void work_let_go(void)
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
		if (pthread_equal(pthread_self(), work_loop_thread))
			use_up(2);
		else
			wait_at_gate();
	}
	buf_add(&job->record, record, strlen(record));
}

static const struct work work = {
	.begin = work_begin, .run = work_run, .end = free,
};

static struct stage *open_inline(struct loop *loop)
{
	work_loop_thread = pthread_self();
	return inline_open(loop, &work, work_record);
}

static struct stage *open_threads(struct loop *loop, unsigned workers)
{
	work_loop_thread = pthread_self();
	return threads_open(loop, &work, work_record, workers);
}

static struct stage *open_threads_1(struct loop *loop)
{
	return open_threads(loop, 1);
}

static struct stage *open_threads_2(struct loop *loop)
{
	return open_threads(loop, 2);
}

static struct stage *open_threads_8(struct loop *loop)
{
	return open_threads(loop, 8);
}

static struct job *work_make(const char *url)
{
	struct job *job = job_new();

	job->req.url = xstrdup(url);
	return job;
}

static struct job *work_quick(void)
{
	return work_make("quick");
}

static struct job *work_slow(void)
{
	return work_make("slow");
}

static bool work_has_result(const struct job *job)
{
	const size_t len = strlen(work_record);

	return job->record.len == len &&
	       !memcmp(job->record.data, work_record, len);
}

static const struct subject inline_subject = {
	.name = "inline",
	.open = open_inline,
	.quick = work_quick,
	.slow = work_slow,
	.has_result = work_has_result,
	.most = 10000,
};

#define THREADS_SUBJECT(workers) { \
	.name = "threads, " #workers, \
	.open = open_threads_##workers, \
	.quick = work_quick, \
	.slow = work_slow, \
	.hold = work_hold, \
	.let_go = work_let_go, \
	.has_result = work_has_result, \
	.most = 10000, \
}

static const struct subject threads_subjects[] = {
	THREADS_SUBJECT(1),
	THREADS_SUBJECT(2),
	THREADS_SUBJECT(8),
};

#endif
