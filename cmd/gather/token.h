/*
 * Access tokens by OAuth 2.0 client credentials (RFC 6749, 4.4): one for all
 * who give the same ones. Fetched when first needed, again before it expires,
 * and again when a request with it was answered 401.
 *
 * When there is none to be had, that is the error of all who need it.
 */
#ifndef CMD_GATHER_TOKEN_H
#define CMD_GATHER_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "cmd/gather/run.h"

struct gather_tokens *gather_tokens_new(struct gather *g);
void gather_tokens_free(struct gather_tokens *tokens);	/* NULL is fine */

/* NULL: it is no OAuth 2.0. auth is borrowed. */
struct token *gather_tokens_get(struct gather_tokens *tokens,
				const struct gather_auth *auth);

/* A request for a token that somebody waits for, or NULL. */
struct job *gather_tokens_next(struct gather_tokens *tokens, msec now);

/* Whether a request that needs it may be made now: with the token, or to fail.
 * If not, it will be fetched, and the engine be woken. */
bool gather_token_is_ready(struct token *token, msec now);

/* Why there is none, to be freed; NULL: there is one. */
struct gather_error *gather_token_error(const struct token *token);

/* When ready and without error. The number tells tokens of a place apart. */
const char *gather_token_text(const struct token *token);
uint64_t gather_token_number(const struct token *token);

/* Nobody needs them any more. */
void gather_tokens_cancel(struct gather_tokens *tokens);

/* A request with that one was answered 401. */
void gather_token_refused(struct token *token, uint64_t number);

#endif
