/*
 * Starts a Redis server for a test, on a socket in a temporary folder. Without
 * redis-server (Debian: package redis-server) the tests are skipped.
 */
#ifndef TESTS_FLEET_REDIS_H
#define TESTS_FLEET_REDIS_H

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "base/mem.h"
#include "fleet/hub_parts.h"
#include "../patience.h"

struct redis {
	char folder[64];
	char *url;		/* URL of the job "test" */
	pid_t pid;
};

static inline void redis_exec(const struct redis *r)
{
	char *socket = xasprintf("%s/socket", r->folder);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!freopen("/dev/null", "w", stdout))
		_exit(1);
	execlp("redis-server", "redis-server", "--port", "0", "--unixsocket",
	       socket, "--dir", r->folder, "--appendonly", "yes", "--appendfsync",
	       "no", "--save", "",
	       "--enable-debug-command", "yes", NULL);
	_exit(1);
}

/* Returns true, after printing a message, if there is no server to test
 * with. scripts/test shows lines that begin with "skipped". */
static inline bool redis_is_missing(void)
{
	if (!system("redis-server --version 2>/dev/null | "
		    "grep -q 'v=\\([7-9]\\|[1-9][0-9]\\)'"))
		return false;
	print_message("skipped %s: THE HUB IS NOT TESTED: there is no "
		      "redis-server 7.0 or later (package redis-server)\n",
		      program_invocation_short_name);
	return true;
}

/* Returns true if the server accepts connections. */
static inline bool redis_listens(const struct redis *r)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int err;

	snprintf(to.sun_path, sizeof(to.sun_path), "%s/socket", r->folder);
	err = connect(fd, (const struct sockaddr *)&to, sizeof(to));
	close(fd);
	return !err;
}

/* Starts the server, and waits until it accepts connections. */
static inline void redis_start(struct redis *r)
{
	struct patience p = {.progress = 0};

	r->pid = fork();
	assert_true(r->pid >= 0);
	if (!r->pid)
		redis_exec(r);
	while (!redis_listens(r)) {
		assert_int_equal(waitpid(r->pid, NULL, WNOHANG), 0);
		assert_true(patience_lasts(&p, 0));
		usleep(2000);
	}
}

static inline void redis_kill(struct redis *r)
{
	if (!r->pid)
		return;
	kill(r->pid, SIGKILL);
	waitpid(r->pid, NULL, 0);
	r->pid = 0;
}

static inline void redis_open(struct redis *r)
{
	*r = (struct redis){.folder = "/tmp/scrape-redis-XXXXXX"};
	assert_non_null(mkdtemp(r->folder));
	r->url = xasprintf("unix://%s/socket#test", r->folder);
	redis_start(r);
}

static inline void redis_close(struct redis *r)
{
	char *command = xasprintf("rm -rf %s", r->folder);
	struct patience p = {.progress = 0};

	redis_kill(r);
	/* Wait for processes of the server that write its log: they end a
	 * little later. */
	while (system(command))
		assert_true(patience_lasts(&p, 0));
	free(command);
	free(r->url);
}

/* --- Calls, one at a time ------------------------------------------------- */

/* A copy of the parts of a reply that tests look at. */
struct result {
	bool has_come;
	struct hub_reply reply;		/* its texts are in the members below */
	char *urls;			/* texts of the URLs, with a space after
					 * each */
	uint64_t ids[HUB_MAX_URLS];
	char *state;
	char *rows;			/* texts of the rows, with a space after
					 * each */
	char last[64];			/* id of the last row */
};

static inline void result_release(struct result *r)
{
	free(r->urls);
	free(r->state);
	free(r->rows);
	*r = (struct result){.has_come = false};
}

static inline void on_result(void *ctx, const struct hub_reply *reply)
{
	struct result *r = ctx;
	struct buf urls = {0}, rows = {0};

	result_release(r);
	r->has_come = true;
	r->reply = *reply;
	for (size_t i = 0; i < reply->n_urls; i++) {
		r->ids[i] = reply->urls[i].id;
		buf_add(&urls, reply->urls[i].text.p, reply->urls[i].text.len);
		buf_addch(&urls, ' ');
	}
	for (size_t i = 0; i < reply->n_rows; i++) {
		buf_add(&rows, reply->rows[i].text.p, reply->rows[i].text.len);
		buf_addch(&rows, ' ');
		snprintf(r->last, sizeof(r->last), "%.*s",
			 (int)reply->rows[i].id.len, reply->rows[i].id.p);
	}
	r->urls = buf_detach(&urls);
	r->rows = buf_detach(&rows);
	r->state = reply->state.p ? xmemdup(reply->state.p, reply->state.len)
				  : NULL;
}

static inline struct result *answer(struct hub *hub, struct result *r)
{
	assert_true(hub_wait(hub, clock_now() + PATIENCE));
	assert_true(r->has_come);
	return r;
}

static inline struct slice text_of(const char *s)
{
	return (struct slice){s, strlen(s)};
}

static inline struct hub_link link_to(const char *host, const char *text,
				      uint64_t fingerprint)
{
	return (struct hub_link){.host = text_of(host), .text = text_of(text),
				 .fingerprint = fingerprint};
}

/* Returns a call of a command of the server, given as words with spaces between
 * them. */
static inline struct call *call_of_words(struct hub *hub, struct result *r,
					 const char *words)
{
	struct call *call = call_new(hub, NULL, SCRIPTS, on_result, r);
	char *copy = xstrdup(words), *rest = copy, *word;

	while ((word = strsep(&rest, " ")))
		command_add_text(call_arguments(call), word);
	free(copy);
	return call;
}

static inline void ignore_reply(struct call *call,
				const struct redisReply *reply,
				struct hub_reply *to)
{
	(void)call;
	(void)reply;
	(void)to;
}

/* Runs a command of the server. */
static inline void command(struct hub *hub, struct result *r, const char *words)
{
	struct call *call = call_of_words(hub, r, words);

	call->survives = true;
	call->read_raw = ignore_reply;
	call_post(call);
	answer(hub, r);
}

#endif
