#include "cmd/workload/server.h"

#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "cmd/workload/pages.h"
#include "cmd/workload/request.h"

enum {
	ACCEPTS = 64,		/* in a row, before others are served */
	ONE_READ = 4096,
	/* Of ours that are no connections: standard streams, the loop. */
	OTHER_DESCRIPTORS = 16,
	KINDS_MAX = 8,
};

/* How long a client whose connection we end has to read what it was told. */
static const msec linger = 1000;

enum state {
	READING,	/* a request comes, or none yet */
	WAITING,	/* held back */
	SENDING,
	ENDING,		/* all was sent: what comes is thrown away */
};

struct conn {
	LIST_ENTRY(conn) link;
	struct workload_server *server;
	int fd;
	enum state state;
	struct loop_timer timer;	/* its answer is due, or its time over */
	struct workload_request request;
	struct buf in;
	char head[256];
	size_t head_len;
	const struct buf *body;		/* the server's */
	size_t sent;			/* of head and body together */
	bool blocked;			/* the socket is full */
};

struct workload_server {
	struct loop *loop;
	int listener;
	msec patience;
	LIST_HEAD(, conn) conns;
	size_t count, count_max;
	bool full;		/* the listener is not watched now */
	struct buf *bodies[KINDS_MAX];
	struct buf nothing;	/* of errors */
};

/* --- Answers ------------------------------------------------------------------ */

static struct buf *make_bodies(const struct workload_kind *kind)
{
	struct buf *bodies = xcalloc(kind->count, sizeof(*bodies));

	for (unsigned n = 0; n < kind->count; n++)
		kind->write(&bodies[n], n);
	return bodies;
}

static void free_bodies(struct buf *bodies, unsigned count)
{
	for (unsigned n = 0; n < count; n++)
		buf_release(&bodies[n]);
	free(bodies);
}

static const char *reason(unsigned status)
{
	switch (status) {
	case 200:
		return "OK";
	case 404:
		return "Not Found";
	case 405:
		return "Method Not Allowed";
	case 431:
		return "Request Header Fields Too Large";
	default:
		return "Bad Request";
	}
}

static void make_answer(struct conn *c)
{
	const struct workload_request *r = &c->request;
	const struct workload_server *s = c->server;

	c->body = &s->nothing;
	if (r->status == 200)
		c->body = &s->bodies[r->kind - workload_kinds][r->n];
	c->head_len = (size_t)snprintf(c->head, sizeof(c->head),
		"HTTP/1.1 %u %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
		"%s%s\r\n", r->status, reason(r->status),
		r->status == 200 ? r->kind->type : "text/plain", c->body->len,
		r->status == 405 ? "Allow: GET, HEAD\r\n" : "",
		r->keep ? "" : "Connection: close\r\n");
	assert(c->head_len < sizeof(c->head));
	c->sent = 0;
}

/* --- A connection ------------------------------------------------------------- */

static void on_ready(void *ctx, int fd, int events);
static void on_listener(void *ctx, int fd, int events);

static void set_full(struct workload_server *s, bool full)
{
	if (s->full == full)
		return;
	s->full = full;
	(void)loop_watch(s->loop, s->listener, full ? 0 : LOOP_READ,
			 on_listener, s);
}

static void conn_close(struct conn *c)
{
	struct workload_server *s = c->server;

	loop_set_timer(s->loop, &c->timer, MSEC_NEVER);
	loop_unwatch(s->loop, c->fd);
	close(c->fd);
	LIST_REMOVE(c, link);
	s->count--;
	set_full(s, false);
	buf_release(&c->in);
	free(c);
}

static void set_state(struct conn *c, enum state state, msec for_long)
{
	c->state = state;
	loop_set_timer(c->server->loop, &c->timer,
		       loop_now(c->server->loop) + for_long);
}

static void set_blocked(struct conn *c, bool blocked)
{
	if (c->blocked == blocked)
		return;
	c->blocked = blocked;
	(void)loop_watch(c->server->loop, c->fd,
			 LOOP_READ | (blocked ? LOOP_WRITE : 0), on_ready, c);
}

static ssize_t send_some(const struct conn *c)
{
	const size_t of_head = c->sent < c->head_len ? c->sent : c->head_len;
	const size_t of_body = c->sent - of_head;
	struct iovec parts[2] = {
		{(char *)c->head + of_head, c->head_len - of_head},
	};
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = 1};

	if (!c->request.head_only && of_body < c->body->len) {
		parts[1] = (struct iovec){c->body->data + of_body,
					  c->body->len - of_body};
		message.msg_iovlen = 2;
	}
	return sendmsg(c->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* DONE: the answer is with the kernel. */
enum sent { DONE, BLOCKED, BROKEN };

static enum sent send_answer(struct conn *c)
{
	const size_t len = c->head_len +
			   (c->request.head_only ? 0 : c->body->len);

	while (c->sent < len) {
		const ssize_t n = send_some(c);

		if (n >= 0)
			c->sent += (size_t)n;
		else if (errno == EAGAIN)
			return BLOCKED;
		else if (errno != EINTR)
			return BROKEN;
	}
	return DONE;
}

/* Closing now could reset the connection before the client has read what was
 * sent: that happens when there is something that we have not read. */
static void end(struct conn *c)
{
	buf_clear(&c->in);
	shutdown(c->fd, SHUT_WR);
	set_state(c, ENDING, linger);
}

static void drop_request(struct conn *c)
{
	const size_t left = c->in.len - c->request.len;

	if (left)
		memmove(c->in.data, c->in.data + c->request.len, left);
	c->in.len = left;
	set_state(c, READING, c->server->patience);
}

/* Answers what is there, one request after the other; false: it is over. */
static bool answer(struct conn *c)
{
	for (;;) {
		if (c->state == READING) {
			if (!workload_request_read(&c->request, c->in.data,
						   c->in.len))
				return true;
			make_answer(c);
			if (c->request.delay > 0) {
				set_state(c, WAITING, c->request.delay);
				return true;
			}
			set_state(c, SENDING, c->server->patience);
		}
		if (c->state != SENDING)
			return true;
		switch (send_answer(c)) {
		case BROKEN:
			return false;
		case BLOCKED:
			set_blocked(c, true);
			return true;
		case DONE:
			break;
		}
		set_blocked(c, false);
		if (c->request.keep)
			drop_request(c);
		else
			end(c);
	}
}

/* False: it is over. */
static bool take_in(struct conn *c)
{
	char *to = buf_reserve(&c->in, ONE_READ);
	const ssize_t n = recv(c->fd, to, ONE_READ, MSG_DONTWAIT);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	if (n == 0)
		return false;
	if (c->state == ENDING)
		return true;
	c->in.len += (size_t)n;
	/* More than one request at a time is allowed, but not any number. */
	return c->state == READING || c->in.len <= WORKLOAD_HEAD_MAX;
}

static void on_ready(void *ctx, int fd, int events)
{
	struct conn *c = ctx;

	(void)fd;
	if (events & (LOOP_READ | LOOP_ERROR) && !take_in(c))
		conn_close(c);
	else if (!answer(c))
		conn_close(c);
}

static void on_due(void *ctx, msec now)
{
	struct conn *c = ctx;

	(void)now;
	if (c->state != WAITING) {
		conn_close(c);
		return;
	}
	set_state(c, SENDING, c->server->patience);
	if (!answer(c))
		conn_close(c);
}

/* --- All of them -------------------------------------------------------------- */

static void conn_open(struct workload_server *s, int fd)
{
	const int yes = 1;
	struct conn *c = xcalloc(1, sizeof(*c));

	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	c->server = s;
	c->fd = fd;
	c->timer = (struct loop_timer){.on_due = on_due, .ctx = c};
	if (loop_watch(s->loop, fd, LOOP_READ, on_ready, c)) {
		close(fd);
		free(c);
		return;
	}
	LIST_INSERT_HEAD(&s->conns, c, link);
	s->count++;
	set_state(c, READING, s->patience);
}

/* The others wait in the kernel's queue. Without descriptors (EMFILE) the
 * listener would stay ready and be asked for ever. */
static void on_listener(void *ctx, int fd, int events)
{
	struct workload_server *s = ctx;

	(void)events;
	for (int i = 0; i < ACCEPTS && s->count < s->count_max; i++) {
		const int client = accept4(fd, NULL, NULL,
					   SOCK_CLOEXEC | SOCK_NONBLOCK);

		if (client >= 0) {
			conn_open(s, client);
		} else if (errno == EAGAIN) {
			return;
		} else if (errno != ECONNABORTED && errno != EINTR) {
			/* Nobody would tell when it can go on again. */
			set_full(s, s->count > 0);
			return;
		}
	}
	set_full(s, s->count >= s->count_max);
}

static size_t descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) ||
	    limit.rlim_cur <= 2 * OTHER_DESCRIPTORS)
		return OTHER_DESCRIPTORS;
	return limit.rlim_cur - OTHER_DESCRIPTORS;
}

struct workload_server *workload_server_open(struct loop *loop, int listener,
					     msec patience)
{
	struct workload_server *s = xcalloc(1, sizeof(*s));
	const struct workload_kind *k;

	s->loop = loop;
	s->listener = listener;
	s->patience = patience;
	s->count_max = descriptors();
	LIST_INIT(&s->conns);
	if (loop_watch(loop, listener, LOOP_READ, on_listener, s)) {
		free(s);
		return NULL;
	}
	for (k = workload_kinds; k->name; k++) {
		assert(k - workload_kinds < KINDS_MAX);
		s->bodies[k - workload_kinds] = make_bodies(k);
	}
	return s;
}

void workload_server_close(struct workload_server *s)
{
	const struct workload_kind *k;

	if (!s)
		return;
	loop_unwatch(s->loop, s->listener);
	s->full = false;	/* closing the first must not watch it again */
	while (!LIST_EMPTY(&s->conns))
		conn_close(LIST_FIRST(&s->conns));
	for (k = workload_kinds; k->name; k++)
		free_bodies(s->bodies[k - workload_kinds], k->count);
	free(s);
}

size_t workload_server_count(const struct workload_server *s)
{
	return s->count;
}
