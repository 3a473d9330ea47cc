/*
 * Access tokens of OAuth 2.0 for the requests of a run: those of
 * --oauth2-token-url and of [host] sections. A token is fetched when a request
 * first needs it; requests that need it wait here meanwhile. One request for a
 * token is in flight at a time. The token is renewed before it expires, and
 * when a request with it was answered with 401.
 *
 * If no token can be had, all requests that need it fail with that reason.
 */
#ifndef CMD_ENGINE_TOKENS_H
#define CMD_ENGINE_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/job/job.h"
#include "fetch/config.h"

struct tokens_owner {
	/* Takes a request for a token, after fetch_prepare(), to put it into
	 * the schedule. The request comes back through tokens_on_answer() or
	 * tokens_on_dropped(). */
	void (*on_request)(void *ctx, struct job *job);
	/* Takes a job that has waited. It may have failed. */
	void (*on_ready)(void *ctx, struct job *job);
	void *ctx;
};

/* Returns NULL if no request needs a token; all other functions allow that.
 * config is borrowed. */
struct tokens *tokens_new(const struct fetch_config *config,
			  const struct tokens_owner *owner);

/* Frees the tokens. No job may wait. */
void tokens_free(struct tokens *tokens);

/* Returns true if the job may go on: it needs no token, there is one, or there
 * can be none, and the job has failed. Otherwise the job waits, and is owned by
 * `tokens`, until on_ready(). */
bool tokens_admit(struct tokens *tokens, struct job *job, msec now);

/* Puts the token into the job's hop, which starts now. Returns false if the job
 * needs a token and there is none: tokens_admit() decides again. */
bool tokens_attach(struct tokens *tokens, struct job *job, msec now);

/* Returns true if the hop was answered with 401 and is to be made again with
 * another token, for which the job has to wait. */
bool tokens_refuse(struct tokens *tokens, struct job *job);

/* Returns the configuration for requests of tokens. */
const struct fetch_config *tokens_config(const struct tokens *tokens);

/* Reads the reply to a request for a token; the caller frees the job. */
void tokens_on_answer(struct tokens *tokens, struct job *job, msec now);

/* Says that a request for a token will not be answered. */
void tokens_on_dropped(struct tokens *tokens, struct job *job);

/* Number of jobs that wait for tokens. */
size_t tokens_waiting(const struct tokens *tokens);

/* Removes a waiting job (job->token_wait), which the caller then owns. */
void tokens_remove(struct tokens *tokens, struct job *job);

/* Removes and returns one of the waiting jobs; NULL if none waits. */
struct job *tokens_take(struct tokens *tokens);

#endif
