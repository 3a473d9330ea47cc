/* The worker's loop: read a request, do the work, send the reply. Also the
 * worker's memory: the worker asks the program for more, and ends when it
 * cannot get any. */
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

/* Exit code of a worker that got an invalid request. */
enum { BROKEN = 78 };

struct worker {
	int socket;
	struct worker_slot *slot;
	const struct work *work;
	void *own;
	struct wire in;
	struct buf out;
};

/* A function of mimalloc, or NULL if the program is linked without mimalloc.
 * on_error is called for each failed allocation, in any library. It is needed
 * because libraries continue after a failure with partial data (the wrong
 * character set, half a tree), and the record would be wrong. */
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

/* Sends a reply. If sending fails, the program has ended, so the worker
 * exits. */
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

/* The only worker that runs in this process. */
static struct worker *this_worker;

/* Asks the program, which keeps the account, for the given number of bytes in
 * total, and waits until they are granted. */
static void ask_for_memory(size_t bytes)
{
	struct worker *w = this_worker;
	struct worker_slot *slot = w->slot;
	uint32_t answers = atomic_load(&slot->answers);

	atomic_store(&slot->granted, 0);
	wire_put_want(&w->out, bytes);
	send_all(w, NULL);
	while (atomic_load(&slot->granted) < bytes) {
		syscall(SYS_futex, &slot->answers, FUTEX_WAIT, answers, NULL,
			NULL, 0);
		answers = atomic_load(&slot->answers);
	}
}

static void set_memory_budget(struct worker *w)
{
	this_worker = w;
	memory_budget_set(w->slot->budget, w->slot->workers);
	memory_budget_set_ask(ask_for_memory);
}

static void do_job(struct worker *w)
{
	const uint64_t seq = w->in.head.seq;
	struct job *job = job_new();

	if (w->in.head.kind != WIRE_REQUEST || wire_get_request(&w->in, job))
		_exit(BROKEN);
	w->slot->seq = seq;
	if (w->work->split)
		w->work->split->examine(w->own, job);
	else
		w->work->run(w->own, job);
	w->slot->seq = 0;
	wire_put_reply(&w->out, seq, job);
	send_all(w, &job->record);
	job_free(job);
}

/* Does jobs until the socket is closed. */
static void do_jobs(struct worker *w)
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

void worker_run(int socket, struct worker_slot *slot,
		const struct work *work, const void *config, uint64_t memory)
{
	struct worker w = {
		.socket = socket, .slot = slot, .work = work,
		/* The stage is trusted, so its lengths need no limit. */
		.in = {.fields_max = SIZE_MAX, .payload_max = SIZE_MAX / 2},
	};

	set_memory_budget(&w);
	w.own = work->begin(config);
	mem_set_on_exhausted(on_no_memory);
	if (mi_register_error)
		mi_register_error(on_malloc_error, NULL);
	wire_put_hello(&w.out, sandbox_enter(memory));
	send_all(&w, NULL);
	do_jobs(&w);
	work->end(w.own);
	_exit(0);
}
