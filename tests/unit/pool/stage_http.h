/*
 * A web server on 127.0.0.1, in a thread with a loop of its own. Each request
 * is answered with its path as the body, on a connection that is kept alive.
 * Requests for /slow... are not answered while `holding` is set.
 */
#ifndef TESTS_STAGE_HTTP_H
#define TESTS_STAGE_HTTP_H

#include <arpa/inet.h>
#include <assert.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/queue.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "pool/loop.h"

struct http_conn {
	TAILQ_ENTRY(http_conn) link;
	struct http_server *server;
	int fd;
	struct buf request;	/* the part received so far */
};

TAILQ_HEAD(http_conns, http_conn);

struct http_server {
	pthread_t thread;
	unsigned port;
	int listener, wake;
	atomic_bool holding, stopping;	/* written by the test */
	/* The members below are used by the server's thread only. */
	struct loop *loop;
	struct http_conns conns;
};

static inline void http_drop(struct http_conn *c)
{
	loop_unwatch(c->server->loop, c->fd);
	close(c->fd);
	TAILQ_REMOVE(&c->server->conns, c, link);
	buf_release(&c->request);
	free(c);
}

/* Answers if the request is complete and need not wait. */
static inline void http_answer(struct http_conn *c)
{
	static const char get[] = "GET ";
	const char *path = buf_cstr(&c->request);
	struct buf reply = {0};
	int len;

	if (!strstr(path, "\r\n\r\n"))
		return;
	assert(!strncmp(path, get, strlen(get)));
	path += strlen(get);
	if (!strncmp(path, "/slow", 5) && atomic_load(&c->server->holding))
		return;
	len = (int)strcspn(path, " ");
	buf_addf(&reply, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%.*s",
		 len, len, path);
	/* An error is ignored: if the client has disconnected, the next read
	 * shows it. */
	(void)!send(c->fd, reply.data, reply.len, MSG_NOSIGNAL);
	buf_release(&reply);
	buf_clear(&c->request);
}

static inline void http_on_data(void *ctx, int fd, int events)
{
	struct http_conn *c = ctx;
	char bytes[4096];
	const ssize_t len = recv(fd, bytes, sizeof(bytes), 0);

	(void)events;
	if (len <= 0) {
		http_drop(c);
		return;
	}
	buf_add(&c->request, bytes, (size_t)len);
	http_answer(c);
}

static inline void http_on_connection(void *ctx, int listener, int events)
{
	struct http_server *s = ctx;
	int fd;

	(void)events;
	while ((fd = accept(listener, NULL, NULL)) >= 0) {
		struct http_conn *c = xcalloc(1, sizeof(*c));

		c->server = s;
		c->fd = fd;
		TAILQ_INSERT_TAIL(&s->conns, c, link);
		if (loop_watch(s->loop, fd, LOOP_READ, http_on_data, c))
			http_drop(c);
	}
}

static inline void http_on_wake(void *ctx, int fd, int events)
{
	struct http_server *s = ctx;
	struct http_conn *c;
	eventfd_t count;

	(void)events;
	(void)eventfd_read(fd, &count);
	TAILQ_FOREACH(c, &s->conns, link)
		http_answer(c);
}

static inline void *http_main(void *ctx)
{
	struct http_server *s = ctx;

	while (!atomic_load(&s->stopping))
		loop_step(s->loop, MSEC_NEVER);
	while (!TAILQ_EMPTY(&s->conns))
		http_drop(TAILQ_FIRST(&s->conns));
	return NULL;
}

static inline int http_listen(unsigned *port)
{
	const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC |
				       SOCK_NONBLOCK, 0);
	struct sockaddr_in a = {.sin_family = AF_INET};
	socklen_t len = sizeof(a);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (void *)&a, len) || listen(fd, 1024) ||
	    getsockname(fd, (void *)&a, &len))
		return -1;
	*port = ntohs(a.sin_port);
	return fd;
}

static inline struct http_server *http_open(void)
{
	struct http_server *s = xcalloc(1, sizeof(*s));
	int failed;

	TAILQ_INIT(&s->conns);
	s->loop = loop_open(LOOP_EPOLL);
	s->listener = http_listen(&s->port);
	s->wake = eventfd(0, EFD_CLOEXEC);
	assert(s->loop && s->listener >= 0 && s->wake >= 0);
	failed = loop_watch(s->loop, s->wake, LOOP_READ, http_on_wake, s) ||
		 loop_watch(s->loop, s->listener, LOOP_READ,
			    http_on_connection, s) ||
		 pthread_create(&s->thread, NULL, http_main, s);
	assert(!failed);
	return s;
}

static inline void http_set_holding(struct http_server *s, bool holding)
{
	atomic_store(&s->holding, holding);
	(void)eventfd_write(s->wake, 1);
}

static inline void http_close(struct http_server *s)
{
	atomic_store(&s->stopping, true);
	(void)eventfd_write(s->wake, 1);
	pthread_join(s->thread, NULL);
	loop_close(s->loop);
	close(s->listener);
	close(s->wake);
	free(s);
}

#endif
