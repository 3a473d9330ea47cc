/* A connection is a small state machine (enum state): it reads one request,
 * waits for its delay, sends the answer, and reads the next one. */
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
	ACCEPTS = 64,		/* connections accepted at once, before others
				 * are served */
	ONE_READ = 4096,	/* most bytes per read */
	/* Descriptors that are not connections: standard streams, the loop. */
	OTHER_DESCRIPTORS = 16,
	KINDS_MAX = 8,
};

/* Time in msec that a client has to read the last answer before its connection
 * is closed. */
static const msec linger = 1000;

enum state {
	READING,	/* waiting for a request or the rest of one */
	WAITING,	/* delaying the answer */
	SENDING,
	ENDING,		/* everything was sent; bytes that arrive are dropped */
};

struct conn {
	LIST_ENTRY(conn) link;
	struct workload_server *server;
	int fd;
	enum state state;
	struct loop_timer timer;	/* set for the time at which the answer
					 * is due, or at which the client is too
					 * late */
	struct workload_request request;
	struct buf in;
	char head[256];
	size_t head_len;
	const struct buf *body;		/* borrowed from the server */
	size_t sent;			/* number of bytes sent, of head and
					 * body together */
	bool blocked;			/* the socket's send buffer is full */
};

struct workload_server {
	struct loop *loop;
	int listener;
	msec client_timeout;
	LIST_HEAD(, conn) conns;
	size_t count, count_max;	/* number of connections, and its
					 * limit */
	bool full;			/* no more connections are accepted: the
					 * listener is not watched */
	struct buf *bodies[KINDS_MAX];	/* all answers of each kind */
	struct buf empty;		/* the empty body of errors */
};

/* --- Answers -------------------------------------------------------------- */

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

static const char *reason_phrase(unsigned status)
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

	c->body = &s->empty;
	if (r->status == 200)
		c->body = &s->bodies[r->kind - workload_kinds][r->n];
	c->head_len = (size_t)snprintf(c->head, sizeof(c->head),
		"HTTP/1.1 %u %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
		"%s%s\r\n", r->status, reason_phrase(r->status),
		r->status == 200 ? r->kind->type : "text/plain", c->body->len,
		r->status == 405 ? "Allow: GET, HEAD\r\n" : "",
		r->keep ? "" : "Connection: close\r\n");
	assert(c->head_len < sizeof(c->head));
	c->sent = 0;
}

/* --- A connection --------------------------------------------------------- */

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

static void set_state(struct conn *c, enum state state, msec duration)
{
	c->state = state;
	loop_set_timer(c->server->loop, &c->timer,
		       loop_now(c->server->loop) + duration);
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
	const size_t head_sent = c->sent < c->head_len ? c->sent : c->head_len;
	const size_t body_sent = c->sent - head_sent;
	struct iovec parts[2] = {
		{(char *)c->head + head_sent, c->head_len - head_sent},
	};
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = 1};

	if (!c->request.head_only && body_sent < c->body->len) {
		parts[1] = (struct iovec){c->body->data + body_sent,
					  c->body->len - body_sent};
		message.msg_iovlen = 2;
	}
	return sendmsg(c->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* DONE: the kernel has the whole answer. */
enum send_result { DONE, BLOCKED, BROKEN };

static enum send_result send_answer(struct conn *c)
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

/* Ends the connection with a shutdown first: closing a socket with unread bytes
 * resets the connection, perhaps before the client has read the answer. */
static void end_connection(struct conn *c)
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
	set_state(c, READING, c->server->client_timeout);
}

/* Answers the requests that have been received, one after the other. Returns
 * false if the connection is broken and must be closed. */
static bool answer_requests(struct conn *c)
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
			set_state(c, SENDING, c->server->client_timeout);
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
			end_connection(c);
	}
}

/* Reads from the client. Returns false if the connection must be closed. */
static bool receive_bytes(struct conn *c)
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
	/* Pipelined requests are allowed, up to WORKLOAD_HEAD_MAX bytes. */
	return c->state == READING || c->in.len <= WORKLOAD_HEAD_MAX;
}

static void on_ready(void *ctx, int fd, int events)
{
	struct conn *c = ctx;

	(void)fd;
	if (events & (LOOP_READ | LOOP_ERROR) && !receive_bytes(c))
		conn_close(c);
	else if (!answer_requests(c))
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
	set_state(c, SENDING, c->server->client_timeout);
	if (!answer_requests(c))
		conn_close(c);
}

/* --- The server ----------------------------------------------------------- */

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
	set_state(c, READING, s->client_timeout);
}

/* Accepts connections up to count_max; further ones wait in the kernel's queue.
 * The listener is not watched while there are no free descriptors (EMFILE): it
 * would stay ready, and the loop would never sleep. */
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
			/* Closing a connection sets `full` to false again. If
			 * there is no connection, do not set it, because
			 * nothing would ever reset it. */
			set_full(s, s->count > 0);
			return;
		}
	}
	set_full(s, s->count >= s->count_max);
}

/* Returns the number of connections that there are descriptors for. */
static size_t connections_max(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) ||
	    limit.rlim_cur <= 2 * OTHER_DESCRIPTORS)
		return OTHER_DESCRIPTORS;
	return limit.rlim_cur - OTHER_DESCRIPTORS;
}

struct workload_server *workload_server_open(struct loop *loop, int listener,
					     msec client_timeout)
{
	struct workload_server *s = xcalloc(1, sizeof(*s));
	const struct workload_kind *k;

	s->loop = loop;
	s->listener = listener;
	s->client_timeout = client_timeout;
	s->count_max = connections_max();
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
	s->full = false;	/* otherwise conn_close() would watch the
				 * listener again */
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
