/* Sends jobs to a worker process and reads its replies. The worker may have
 * been taken over by a page: after an invalid reply the worker is killed. */
#include "pool/process/child.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/job/headers.h"
#include "base/mem.h"
#include "pool/process/child_memory.h"

enum {
	/* Maximum bytes of a reply's fields: a message of job_fail(), and one
	 * byte for each field that is counted (SCHEMA_MAX_COUNTED). */
	FIELDS_MAX = 64 << 10,
	/* Bounds the size of a record: the worker's memory at the start, to
	 * which the memory that it may add comes. */
	MEMORY_AT_START = 256 << 20,
	/* Size of the send buffer, in bytes; the kernel may give less. */
	SOCKET_BUFFER = 1 << 20,
	/* Maximum reads in a row before other descriptors are served. */
	READS = 64,
};

/* Largest delay of a timer that counts as normal, in msec. If a timer is later,
 * the whole program was stopped or suspended, and perhaps the worker, too. */
static const msec believable = 1000;

/* Time in msec that the worker gets for a cancelled job that is its current
 * one. */
static const msec grace = 20;

/* Time limit in msec from fork to the worker's hello. It is long, because
 * sanitizers start slowly. */
static const msec ready_within = 30e3;

static struct worker_slot *make_slot(int *fd)
{
	struct worker_slot *slot;

	*fd = memfd_create("scrape-worker", MFD_CLOEXEC);
	if (*fd < 0)
		return NULL;
	if (ftruncate(*fd, sizeof(*slot)))
		return NULL;
	slot = mmap(NULL, sizeof(*slot), PROT_READ | PROT_WRITE, MAP_SHARED,
		    *fd, 0);
	if (slot == MAP_FAILED)
		return NULL;
	slot->budget = memory_budget_bytes();
	slot->workers = memory_budget_workers();
	return slot;
}

static int make_sockets(int ends[2])
{
	const int bytes = SOCKET_BUFFER;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) {
		ends[0] = ends[1] = -1;
		return -1;
	}
	(void)setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &bytes,
			 sizeof(bytes));
	return fcntl(ends[0], F_SETFL, O_NONBLOCK);
}

static int start_process(struct child *c, const struct child_config *config)
{
	int ends[2] = {-1, -1}, slot = -1, error;

	c->slot = make_slot(&slot);
	if (!c->slot || make_sockets(ends))
		goto out;
	c->socket = ends[0];
	if (loop_watch(c->loop, c->socket, LOOP_READ, c->fn, c))
		goto out;
	c->pid = zygote_fork(config->zygote, ends[1], slot);
out:
	error = errno;
	if (ends[1] >= 0)
		close(ends[1]);
	if (slot >= 0)
		close(slot);
	errno = error;
	return c->pid > 0 ? 0 : -1;
}

static void kill_process(struct child *c)
{
	/* The child is not reaped yet, so no other process can have its pid. */
	if (c->pid > 0)
		kill(c->pid, SIGKILL);
}

static void on_deadline(void *ctx, msec now)
{
	struct child *c = ctx;

	if (now > c->deadline.at + believable) {
		loop_set_timer(c->loop, &c->deadline, now + c->timeout);
		return;
	}
	c->overran = true;
	kill_process(c);
}

/* Starts the deadline of the oldest job. Reads the clock, because the loop's
 * time does not change while other descriptors are served. */
static void begin_oldest(struct child *c)
{
	const struct job *job = TAILQ_FIRST(&c->jobs);
	msec at = MSEC_NEVER;

	if (job)
		at = clock_now() +
		     (child_job_of(job)->cancelled ? grace : c->timeout);
	loop_set_timer(c->loop, &c->deadline, at);
}

/* Sends the rest of the head, the fields and the body with one sendmsg(2).
 * Returns the number of bytes sent, or -1. */
static ssize_t send_some(const struct child *c)
{
	const struct buf *body = &c->writing->res.body;
	const size_t of_out = c->written < c->out.len ? c->written
						      : c->out.len;
	const size_t of_body = c->written - of_out;
	struct iovec parts[2] = {
		{c->out.data + of_out, c->out.len - of_out},
	};
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = 1};

	if (body->len) {
		parts[1] = (struct iovec){body->data + of_body,
					  body->len - of_body};
		message.msg_iovlen = 2;
	}
	return sendmsg(c->socket, &message, MSG_NOSIGNAL);
}

static void set_blocked(struct child *c, bool blocked)
{
	if (c->blocked == blocked)
		return;
	c->blocked = blocked;
	(void)loop_watch(c->loop, c->socket,
			 LOOP_READ | (blocked ? LOOP_WRITE : 0), c->fn, c);
}

/* Returns true for header fields that parsing uses. Others, such as cookies,
 * are kept from the worker, which a page may take over. */
static bool is_for_parsing(struct slice name)
{
	static const char *const names[] = {"content-type",
					    "content-encoding"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strlen(names[i]) == name.len &&
		    !memcmp(names[i], name.p, name.len))
			return true;
	return false;
}

static void put_request(struct child *c)
{
	const struct job *job = c->writing;
	struct job reduced = {
		.req = {
			.is_sitemap = job->req.is_sitemap,
			.role = job->req.role,
			.carried = job->req.carried,
		},
		.res = job->res,
	};
	struct slice name, value;

	reduced.res.headers = (struct buf){0};
	for (size_t at = 0;
	     headers_next(&job->res.headers, &at, &name, &value);)
		if (is_for_parsing(name)) {
			buf_add(&reduced.res.headers, name.p, name.len);
			buf_addstr(&reduced.res.headers, ": ");
			buf_add(&reduced.res.headers, value.p, value.len);
			buf_addch(&reduced.res.headers, '\n');
		}
	wire_put_request(&c->out, child_job_of(job)->seq, &reduced);
	buf_release(&reduced.res.headers);
}

/* Sends as much as the socket accepts. If sending fails for another reason (no
 * memory), the connection is shut down. The next read notices the shutdown, and
 * the jobs go to another worker. */
static void send_jobs(struct child *c)
{
	while (c->writing) {
		ssize_t n;

		if (!c->out.len)
			put_request(c);
		n = send_some(c);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno != EAGAIN && errno != ENOBUFS) {
			shutdown(c->socket, SHUT_RDWR);
			return;
		}
		if (n < 0)
			break;
		c->written += (size_t)n;
		if (c->written < c->out.len + c->writing->res.body.len)
			continue;
		buf_clear(&c->out);
		c->written = 0;
		c->writing = TAILQ_NEXT(c->writing, link);
	}
	set_blocked(c, c->writing != NULL);
}

static void move_result(struct job *job, struct job *got)
{
	job->err = got->err;
	job->err_message = got->err_message;
	got->err_message = NULL;
	job->bytes = got->bytes;
	job->time.parse = got->time.parse;
	job->found = buf_take(&got->found);
	job->record = buf_take(&got->record);
}

/* Stores the reply in the job, which has no error and no record yet. Returns -1
 * and leaves the job unchanged if the reply is not valid. */
static int accept_reply(struct child *c, struct job *job)
{
	const struct work *work = zygote_work(c->zygote);
	struct job got = {0};
	int err = wire_get_reply(&c->in, &got);

	/* A body cannot be larger than the memory in which it was decoded. */
	if (!err && got.bytes > c->in.payload_max)
		err = -1;
	if (!err && work->split)
		err = work->split->accept(zygote_task(c->zygote)->config, job,
					  &got);
	else if (!err)
		move_result(job, &got);
	job_clear_error(&got);
	buf_release(&got.found);
	buf_release(&got.links);
	buf_release(&got.record);
	return err;
}

static int on_reply(struct child *c, struct job_list *done)
{
	struct job *job = TAILQ_FIRST(&c->jobs);

	if (!job || job == c->writing ||
	    child_job_of(job)->seq != c->in.head.seq || accept_reply(c, job))
		return -1;
	TAILQ_REMOVE(&c->jobs, job, link);
	c->count--;
	c->bytes -= job->res.body.len;
	buf_release(&job->res.body);
	child_memory_release(c);
	TAILQ_INSERT_TAIL(done, job, link);
	begin_oldest(c);
	return 0;
}

static int on_frame(struct child *c, enum wire_kind kind, struct job_list *done)
{
	if (kind == WIRE_REPLY && c->ready)
		return on_reply(c, done);
	if (kind == WIRE_WANT && c->ready)
		return child_memory_read_want(c);
	if (kind != WIRE_HELLO || c->ready ||
	    wire_get_hello(&c->in, &c->sandbox))
		return -1;
	if (c->sandbox && c->needs_sandbox)
		return -1;
	c->ready = true;
	begin_oldest(c);
	return 0;
}

static void read_frames(struct child *c, struct job_list *done)
{
	enum wire_kind kind;

	while (!c->broken && (kind = wire_next(&c->in)) != WIRE_NONE) {
		if (!on_frame(c, kind, done))
			continue;
		c->broken = true;
		kill_process(c);
	}
}

/* Kills and reaps the process. Usually the process is ending already; a process
 * that has closed its socket but goes on is useless. */
static void end_process(struct child *c)
{
	loop_set_timer(c->loop, &c->deadline, MSEC_NEVER);
	child_memory_release(c);
	if (c->socket >= 0) {
		loop_unwatch(c->loop, c->socket);
		close(c->socket);
	}
	c->socket = -1;
	c->writing = NULL;
	kill_process(c);
	while (c->pid > 0 && waitpid(c->pid, &c->status, 0) < 0 &&
	       errno == EINTR)
		continue;
	c->pid = 0;
}

struct child *child_open(const struct child_config *config)
{
	struct child *c = xcalloc(1, sizeof(*c));
	const uint64_t memory = zygote_task(config->zygote)->memory;
	int error;

	c->loop = config->loop;
	c->zygote = config->zygote;
	c->needs_sandbox = zygote_task(config->zygote)->needs_sandbox;
	c->fn = config->fn;
	c->timeout = config->timeout;
	c->owner = config->owner;
	c->socket = -1;
	memory_account_init(&c->memory);
	c->held_up_since = MSEC_NEVER;
	c->deadline = (struct loop_timer){.on_due = on_deadline, .ctx = c};
	c->in.fields_max = FIELDS_MAX;
	c->in.payload_max = memory < SIZE_MAX / 4
				    ? (size_t)memory + MEMORY_AT_START
				    : SIZE_MAX / 2;
	TAILQ_INIT(&c->jobs);
	if (!start_process(c, config)) {
		loop_set_timer(c->loop, &c->deadline,
			       clock_now() + ready_within);
		return c;
	}
	error = errno;
	child_close(c);
	errno = error;
	return NULL;
}

void child_close(struct child *c)
{
	if (!c)
		return;
	assert(TAILQ_EMPTY(&c->jobs));
	end_process(c);
	if (c->slot)
		munmap(c->slot, sizeof(*c->slot));
	wire_release(&c->in);
	buf_release(&c->out);
	free(c);
}

void child_submit(struct child *c, struct job *job)
{
	const bool is_oldest = TAILQ_EMPTY(&c->jobs);

	child_job_of(job)->tries++;
	TAILQ_INSERT_TAIL(&c->jobs, job, link);
	c->count++;
	c->bytes += job->res.body.len;
	if (is_oldest)
		begin_oldest(c);
	if (c->writing)
		return;
	c->writing = job;
	send_jobs(c);
}

bool child_on_event(struct child *c, int events, struct job_list *done)
{
	if (events & LOOP_WRITE)
		send_jobs(c);
	for (int i = 0; i < READS; i++) {
		const ssize_t n = wire_read(&c->in, c->socket);

		if (n > 0) {
			read_frames(c, done);
		} else if (n < 0 && errno == EAGAIN) {
			return true;
		} else if (n == 0 || errno != EINTR) {
			end_process(c);
			return false;
		}
	}
	return true;
}

bool child_cancel(struct child *c, const struct job *job)
{
	struct job *mine;

	TAILQ_FOREACH(mine, &c->jobs, link) {
		if (mine != job)
			continue;
		child_job_of(mine)->cancelled = true;
		if (mine == TAILQ_FIRST(&c->jobs) &&
		    clock_now() + grace < c->deadline.at)
			begin_oldest(c);
		return true;
	}
	return false;
}

bool child_current(const struct child *c, const struct job *job)
{
	/* If memory was too short, the worker may have ended before it could
	 * read the job and record the job's number. */
	return c->broken || child_job_of(job)->seq == c->slot->seq ||
	       (WIFEXITED(c->status) &&
		WEXITSTATUS(c->status) == WORKER_NO_MEMORY);
}

void child_fail_job(const struct child *c, struct job *job)
{
	if (c->overran)
		job_fail(job, ERR_PARSE,
			 "parsing took longer than %g s and was stopped",
			 c->timeout / 1e3);
	else if (c->broken)
		job_fail(job, ERR_PARSE,
			 "the parser was stopped: its answer was not valid");
	else if (WIFSIGNALED(c->status))
		job_fail(job, ERR_PARSE, "the parser died (signal %d)",
			 WTERMSIG(c->status));
	else if (WEXITSTATUS(c->status) == WORKER_NO_MEMORY)
		job_fail(job, ERR_PARSE, "parsing needed more memory than "
			 "--parse-memory allows");
	else
		job_fail(job, ERR_PARSE, "the parser died (exit %d)",
			 WEXITSTATUS(c->status));
}
