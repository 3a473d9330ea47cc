/*
 * The stage whose workers are processes. They share a page of memory with the
 * test, mapped before they are forked. In that page is the gate at which slow
 * jobs wait by futex, one of the few calls that the sandbox allows.
 */
#ifndef TESTS_STAGE_PROCS_H
#define TESTS_STAGE_PROCS_H

#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/job/job.h"
#include "base/mem.h"
#include "pool/process/stage.h"
#include "pool/process/zygote.h"
#include "tests/unit/pool/stage_subject.h"

static const char procs_record[] = "record";

static _Atomic uint32_t *procs_gate;	/* 1: open */
static struct zygote *procs_zygote;

static void procs_hold(void)
{
	*procs_gate = 0;
}

static void procs_let_go(void)
{
	*procs_gate = 1;
	syscall(SYS_futex, procs_gate, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

static void *procs_begin(const void *config)
{
	return xmemdup(config, strlen(config));
}

static void procs_run(void *own, struct job *job)
{
	const char *record = own;
	/* A job whose result was cleared has no final URL; such jobs are
	 * quick. */
	const char *url = job->res.final_url ? job->res.final_url : "quick";

	while (strcmp(url, "slow") == 0 && !*procs_gate)
		syscall(SYS_futex, procs_gate, FUTEX_WAIT, 0, NULL, NULL, 0);
	buf_add(&job->record, record, strlen(record));
}

static const struct work procs_work = {
	.begin = procs_begin, .run = procs_run, .end = free,
};

static const void *procs_unpack(struct slice text)
{
	(void)text;
	return procs_record;
}

/* Must be called at the start of main. Returns 0, or -1 with errno. */
static int procs_start(char **argv)
{
	void *page = mmap(NULL, sizeof(*procs_gate), PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		return -1;
	procs_gate = page;
	*procs_gate = 1;
	procs_zygote = zygote_open(&(struct zygote_config){
		.work = &procs_work,
		.unpack = procs_unpack,
	}, argv);
	if (!procs_zygote)
		return -1;
	zygote_set_task(procs_zygote, &(struct zygote_task){
		.config = procs_record,
		.memory = UINT64_C(1) << 30,
	});
	return 0;
}

static struct stage *open_procs_1(struct loop *loop)
{
	return procs_open(loop, procs_zygote, 1, MSEC_NEVER);
}

static struct stage *open_procs_2(struct loop *loop)
{
	return procs_open(loop, procs_zygote, 2, MSEC_NEVER);
}

static struct stage *open_procs_8(struct loop *loop)
{
	return procs_open(loop, procs_zygote, 8, MSEC_NEVER);
}

static struct job *procs_make(const char *url)
{
	struct job *job = job_new();

	/* Workers do not get the request, so the URL is put into the
	 * response. */
	job->res.final_url = xstrdup(url);
	return job;
}

static struct job *procs_quick(void)
{
	return procs_make("quick");
}

static struct job *procs_slow(void)
{
	return procs_make("slow");
}

static bool procs_has_result(const struct job *job)
{
	const size_t len = strlen(procs_record);

	return job->record.len == len &&
	       !memcmp(job->record.data, procs_record, len);
}

#define PROCS_SUBJECT(workers) { \
	.name = "procs, " #workers, \
	.open = open_procs_##workers, \
	.quick = procs_quick, \
	.slow = procs_slow, \
	.hold = procs_hold, \
	.let_go = procs_let_go, \
	.has_result = procs_has_result, \
	.most = 10000, \
	.stops = true, \
}

static const struct subject procs_subjects[] = {
	PROCS_SUBJECT(1),
	PROCS_SUBJECT(2),
	PROCS_SUBJECT(8),
};

#endif
