#include "pool/process/worker.h"

#include <errno.h>
#include <linux/futex.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/job/job.h"
#include "base/mem.h"
#include "base/memory_budget.h"
#include "pool/process/sandbox.h"
#include "pool/process/wire.h"

enum { BROKEN = 78 };

struct worker {
	int socket;
	struct worker_slot *place;
	const struct work *work;
	void *own;
	struct wire in;
	struct buf out;
};

/* mimalloc's, when the program is linked with it: it tells of each allocation
 * that fails, in whichever library. Those go on somehow with less (a page in
 * another character set, half a tree), and the record would be wrong. */
extern void mi_register_error(void (*on_error)(int error, void *ctx),
			      void *ctx) __attribute__((weak));

static void on_no_memory(void)
{
	_exit(WORKER_NO_MEMORY);
}

static void on_malloc_error(int error, void *ctx)
{
	(void)ctx;
	if (error == ENOMEM)
		on_no_memory();
}

/* Whoever should have read it is gone if it fails. */
static void send_all(struct worker *w, const struct buf *tail)
{
	struct iovec parts[2] = {
		{w->out.data, w->out.len},
		{tail ? tail->data : NULL, tail ? tail->len : 0},
	};
	int at = 0;

	while (at < 2) {
		ssize_t n = writev(w->socket, parts + at, 2 - at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			_exit(0);
		for (; at < 2 && (size_t)n >= parts[at].iov_len; at++)
			n -= (ssize_t)parts[at].iov_len;
		if (at < 2) {
			parts[at].iov_base = (char *)parts[at].iov_base + n;
			parts[at].iov_len -= (size_t)n;
		}
	}
	buf_clear(&w->out);
}

/* There is one in a process. */
static struct worker *this_worker;

/* The program keeps the accounts: it hears what the page needs, and answers
 * when that is free. */
static void ask_for_memory(size_t bytes)
{
	struct worker *w = this_worker;
	struct worker_slot *place = w->place;
	uint32_t answers = atomic_load(&place->answers);

	atomic_store(&place->granted, 0);
	wire_put_want(&w->out, bytes);
	send_all(w, NULL);
	while (atomic_load(&place->granted) < bytes) {
		syscall(SYS_futex, &place->answers, FUTEX_WAIT, answers, NULL,
			NULL, 0);
		answers = atomic_load(&place->answers);
	}
}

static void limit_pages(struct worker *w)
{
	this_worker = w;
	memory_budget_set(w->place->budget, w->place->workers);
	memory_budget_set_ask(ask_for_memory);
}

static void do_job(struct worker *w)
{
	const uint64_t seq = w->in.head.seq;
	struct job *job = job_new();

	if (w->in.head.kind != WIRE_REQUEST || wire_get_request(&w->in, job))
		_exit(BROKEN);
	w->place->seq = seq;
	if (w->work->split)
		w->work->split->examine(w->own, job);
	else
		w->work->run(w->own, job);
	w->place->seq = 0;
	wire_put_reply(&w->out, seq, job);
	send_all(w, &job->record);
	job_free(job);
}

/* Ends with the socket. */
static void serve(struct worker *w)
{
	for (;;) {
		const enum wire_kind kind = wire_next(&w->in);
		ssize_t n;

		if (kind == WIRE_BROKEN)
			_exit(BROKEN);
		if (kind != WIRE_NONE) {
			do_job(w);
			continue;
		}
		n = wire_read(&w->in, w->socket);
		if (n == 0 || (n < 0 && errno != EINTR))
			return;
	}
}

void worker_run(int socket, struct worker_slot *place,
		const struct work *work, const void *config, uint64_t memory)
{
	struct worker w = {
		.socket = socket, .place = place, .work = work,
		/* The stage is trusted; its numbers need not be doubted. */
		.in = {.fields_max = SIZE_MAX, .payload_max = SIZE_MAX / 2},
	};

	limit_pages(&w);
	w.own = work->begin(config);
	mem_set_on_exhausted(on_no_memory);
	if (mi_register_error)
		mi_register_error(on_malloc_error, NULL);
	wire_put_hello(&w.out, sandbox_enter(memory));
	send_all(&w, NULL);
	serve(&w);
	work->end(w.own);
	_exit(0);
}
