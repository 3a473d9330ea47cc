/*
 * Access tokens by OAuth 2.0 client credentials (RFC 6749, 4.4). Endpoints with
 * the same credentials share one token. It is fetched when a request first
 * needs it, before it expires, and when a request with it was answered with
 * 401.
 *
 * If no token can be fetched, all endpoints that need it fail with the error of
 * that request.
 */
#ifndef CMD_GATHER_TOKEN_H
#define CMD_GATHER_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "cmd/gather/run.h"

struct gather_tokens *gather_tokens_new(struct gather *g);
void gather_tokens_free(struct gather_tokens *tokens);	/* NULL is fine */

/* Returns the token for these credentials (borrowed); NULL if they are not for
 * OAuth 2.0. The token belongs to `tokens`. */
struct token *gather_tokens_get(struct gather_tokens *tokens,
				const struct gather_auth *auth);

/* Returns a job that fetches a token some run needs, or NULL. */
struct job *gather_tokens_next(struct gather_tokens *tokens, msec now);

/* Returns true if a request that needs the token can be made now: the token is
 * valid, or there is an error to fail with. Otherwise the token will be
 * fetched, and the engine is woken when it is there. */
bool gather_token_is_ready(struct token *token, msec now);

/* Returns a new copy of the error, or NULL if there is none. */
struct gather_error *gather_token_error(const struct token *token);

/* Return the token and its number, which changes with each new token. Called
 * when the token is ready and has no error. */
const char *gather_token_text(const struct token *token);
uint64_t gather_token_number(const struct token *token);

/* Cancels all requests for tokens, because no run needs a token any more. */
void gather_tokens_cancel(struct gather_tokens *tokens);

/* Drops the token if it still has that number: a request with it was answered
 * with 401. */
void gather_token_refused(struct token *token, uint64_t number);

#endif
