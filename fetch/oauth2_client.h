/* Credentials for access tokens of OAuth 2.0: client credentials (RFC 6749,
 * 4.4), or a refresh token (RFC 6749, 6). The strings are borrowed. */
#ifndef FETCH_OAUTH2_CLIENT_H
#define FETCH_OAUTH2_CLIENT_H

struct oauth2_client {
	const char *token_url;		/* NULL: no OAuth 2.0 */
	const char *client_id;
	const char *client_secret;	/* NULL: a client without a secret */
	const char *refresh_token;	/* NULL: client credentials */
	const char *refresh_file;	/* regular file that the refresh token
					 * was read from; NULL: it was not read
					 * from a file */
	const char *scope;		/* or NULL */
};

#endif
