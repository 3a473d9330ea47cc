/* Connects a libcurl multi handle to the event loop: sockets, timer, finished
 * transfers, and idle connections that receive unexpected bytes. */
#include "fetch/curl/shard.h"

#include <stdlib.h>
#include <sys/socket.h>

#include "base/mem.h"

#define POKE_AFTER 500.0

static void collect_finished(struct shard *s)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(s->curl, &left))) {
		/* The code is copied, because the message becomes invalid when
		 * the handle is removed. */
		const CURLcode code = message->data.result;
		struct transfer *t = NULL;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
		s->on_done(s->ctx, t, code);
	}
}

static void run_socket_action(struct shard *s, curl_socket_t fd, int mask)
{
	int running;

	curl_multi_socket_action(s->curl, fd, mask, &running);
	collect_finished(s);
}

static void on_socket_ready(void *ctx, int fd, int events)
{
	int mask = 0;

	if (events & LOOP_READ)
		mask |= CURL_CSELECT_IN;
	if (events & LOOP_WRITE)
		mask |= CURL_CSELECT_OUT;
	if (events & LOOP_ERROR)
		mask |= CURL_CSELECT_ERR;
	run_socket_action(ctx, fd, mask);
}

static void on_timer_due(void *ctx, msec now)
{
	(void)now;
	run_socket_action(ctx, CURL_SOCKET_TIMEOUT, 0);
}

/* Shuts an idle connection down when it receives unexpected bytes or is closed.
 * libcurl 7.88 would take the bytes for the reply to the next request, but it
 * notices a shutdown of the connection. */
static void on_idle_ready(void *ctx, int fd, int events)
{
	struct shard *s = ctx;

	(void)events;
	shutdown(fd, SHUT_RDWR);
	loop_watch(s->loop, fd, 0, on_idle_ready, s);
}

/* Returns true if an idle connection must not receive anything. Excludes
 * sockets of transfers that are paused or have failed, and https, where the
 * server may send by itself (TLS tickets, HTTP/2 pings). */
static bool is_silent_while_idle(CURL *easy)
{
	struct transfer *t = NULL;

	curl_easy_getinfo(easy, CURLINFO_PRIVATE, &t);
	return t && t->job && !t->paused && t->headers_end &&
	       url_scheme_is(&t->job->hop.url, "http");
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *ctx,
		     void *socket_ctx)
{
	struct shard *s = ctx;
	int events = 0;

	(void)socket_ctx;
	if (what == CURL_POLL_IN || what == CURL_POLL_INOUT)
		events |= LOOP_READ;
	if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT)
		events |= LOOP_WRITE;
	/* CURL_POLL_REMOVE maps to no events. The socket stays registered until
	 * it is closed, because its connection will probably be used again. */
	if (!events && is_silent_while_idle(easy))
		loop_watch(s->loop, fd, LOOP_READ, on_idle_ready, s);
	else
		loop_watch(s->loop, fd, events, on_socket_ready, s);
	return 0;
}

static int on_timer(CURLM *curl, long timeout, void *ctx)
{
	struct shard *s = ctx;

	(void)curl;
	loop_set_timer(s->loop, &s->timer, timeout < 0
		       ? MSEC_NEVER : loop_now(s->loop) + (msec)timeout);
	return 0;
}

struct shard *shard_open(struct loop *loop, long keeps, bool strictly)
{
	struct shard *s = xcalloc(1, sizeof(*s));

	s->loop = loop;
	s->timer.on_due = on_timer_due;
	s->timer.ctx = s;
	s->curl = curl_multi_init();
	if (!s->curl) {
		free(s);
		return NULL;
	}
	curl_multi_setopt(s->curl, CURLMOPT_SOCKETFUNCTION, on_socket);
	curl_multi_setopt(s->curl, CURLMOPT_SOCKETDATA, s);
	curl_multi_setopt(s->curl, CURLMOPT_TIMERFUNCTION, on_timer);
	curl_multi_setopt(s->curl, CURLMOPT_TIMERDATA, s);
	curl_multi_setopt(s->curl, CURLMOPT_MAXCONNECTS, keeps);
	if (strictly)
		curl_multi_setopt(s->curl, CURLMOPT_MAX_TOTAL_CONNECTIONS,
				  keeps);
	return s;
}

void shard_close(struct shard *s)
{
	if (!s)
		return;
	curl_multi_cleanup(s->curl);
	loop_set_timer(s->loop, &s->timer, MSEC_NEVER);
	free(s);
}

int shard_add(struct shard *s, struct transfer *t)
{
	if (curl_multi_add_handle(s->curl, t->easy) != CURLM_OK)
		return -1;
	t->owner = s;
	s->transfers++;
	return 0;
}

void shard_remove(struct shard *s, struct transfer *t)
{
	long connections = 0;

	curl_easy_getinfo(t->easy, CURLINFO_NUM_CONNECTS, &connections);
	s->connections += (unsigned)connections;
	curl_multi_remove_handle(s->curl, t->easy);
	s->transfers--;
	t->owner = NULL;
}

void shard_poke(struct shard *s)
{
	const msec now = loop_now(s->loop);
	int running;

	if (now < s->poked + POKE_AFTER)
		return;
	s->poked = now;
	/* Acting socket by socket is not enough: between two addresses there is
	 * no socket. curl_multi_perform() does not work either: it starts
	 * transfers without reporting which sockets they use now, so a socket
	 * that a transfer took over from an idle connection would be treated as
	 * idle (curl 7.88, fetch/curl/multi_stage.c). */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
	curl_multi_socket_all(s->curl, &running);
#pragma GCC diagnostic pop
	collect_finished(s);
}
