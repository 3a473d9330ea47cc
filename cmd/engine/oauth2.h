/*
 * Access tokens by OAuth 2.0: the request for a token, and its reply.
 * cmd/engine/tokens.c decides which jobs of a run need a token, and when;
 * cmd/gather/token.c does so for the endpoints of a spec.
 */
#ifndef CMD_ENGINE_OAUTH2_H
#define CMD_ENGINE_OAUTH2_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/job/job.h"
#include "base/slice.h"
#include "fetch/oauth2_client.h"

/* A token and its times, in msec. All zero: there is none. */
struct oauth2_token {
	char *text;		/* NULL: no valid token */
	uint64_t number;	/* changes with each new token */
	msec renewal, end;	/* when it is to be renewed, and when it
				 * expires */
	char *refresh_token;	/* the one that the server sent last; NULL:
				 * that of the client */
	bool has_new_refresh;	/* the new refresh_token was not saved yet */
	bool has_warned;	/* the failure to save it has been logged */
	unsigned failures;	/* failed requests since the last token */
};

/* Returns a request for a token, before fetch_prepare(). It has its body and
 * all headers but Authorization, which is appended to login as the value of
 * that header; nothing is appended for a client without a secret. */
struct job *oauth2_request(const struct oauth2_client *client,
			   const struct oauth2_token *token,
			   struct buf *login);

/* Takes the token from a reply in JSON. asked: time of the request. Returns
 * true; or false if the reply has no token, after appending its reason.
 * Registers the token as a secret. */
bool oauth2_token_take(struct oauth2_token *token, struct slice json,
		       msec asked, struct buf *reason);

/* Saves the new refresh token of a reply in the file from which the client's
 * refresh token came. Without such a file, warns once that the next run may
 * need the token. Call it after oauth2_token_take(). */
void oauth2_refresh_token_keep(struct oauth2_token *token,
			       const struct oauth2_client *client);

/* Returns true if the failed request for a token should be repeated, and sets
 * *pause to the time before that. retries: how often at most. */
bool oauth2_may_retry(struct oauth2_token *token, const struct job *job,
		      unsigned retries, msec *pause);

/* Discards the access token, but not the refresh token. */
void oauth2_token_drop(struct oauth2_token *token);
void oauth2_token_release(struct oauth2_token *token);

#endif
