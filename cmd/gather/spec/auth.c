/* Reads "auth" of the spec or an endpoint: a login, a bearer token, or OAuth
 * 2.0 client credentials. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/gather/spec/reader.h"

static const char *const kinds[] = {"basic", "bearer", "oauth2", NULL};
static const char *const oauth2_keys[] = {
	"token_url", "client_id", "client_secret", "refresh_token", "scope",
	NULL,
};

static bool has_control(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return true;
	return false;
}

/* The messages of the functions below never contain a part of the value, which
 * is secret. */

static int read_basic(struct spec_reader *r, const json_t *object,
		      struct gather_auth *auth)
{
	if (gather_read_text(r, object, "basic", &auth->secret))
		return -1;
	json_path_enter(&r->place, "basic");
	if (!strchr(auth->secret, ':'))
		return json_path_fail(&r->place,
				      "must be \"user:password\"");
	if (has_control(auth->secret))
		return json_path_fail(&r->place, "holds a line end or another "
						 "control character");
	return 0;
}

static int read_bearer(struct spec_reader *r, const json_t *object,
		       struct gather_auth *auth)
{
	if (gather_read_text(r, object, "bearer", &auth->secret))
		return -1;
	json_path_enter(&r->place, "bearer");
	if (!*auth->secret)
		return json_path_fail(&r->place, "is empty");
	if (has_control(auth->secret) || strchr(auth->secret, ' '))
		return json_path_fail(&r->place, "must be the token alone, "
						 "without white space and "
						 "without \"Bearer\"");
	return 0;
}

static int check_token_url(struct spec_reader *r, const char *url)
{
	const char *fault = gather_url_fault(url);

	if (!fault)
		return 0;
	json_path_enter(&r->place, "token_url");
	return json_path_fail(&r->place, fault);
}

static int read_oauth2(struct spec_reader *r, const json_t *object,
		       struct gather_auth *auth)
{
	object = json_object_get(object, "oauth2");
	json_path_enter(&r->place, "oauth2");
	if (!json_is_object(object))
		return json_path_fail(&r->place, "must be an object with "
						 "\"token_url\", "
						 "\"client_id\" and "
						 "\"client_secret\"");
	if (json_path_keys(&r->place, object, oauth2_keys) ||
	    gather_read_text(r, object, "token_url", &auth->token_url) ||
	    gather_read_text(r, object, "client_id", &auth->client_id) ||
	    gather_read_text(r, object, "client_secret",
			     &auth->client_secret) ||
	    gather_read_text(r, object, "refresh_token",
			     &auth->refresh_token) ||
	    gather_read_text(r, object, "scope", &auth->scope))
		return -1;
	if (!auth->token_url || !auth->client_id ||
	    !(auth->client_secret || auth->refresh_token))
		return json_path_failf(&r->place, "needs \"%s\"",
				       !auth->token_url ? "token_url" :
				       !auth->client_id ? "client_id" :
							   "client_secret");
	return check_token_url(r, auth->token_url);
}

static const struct {
	enum auth_kind kind;
	int (*read)(struct spec_reader *r, const json_t *object,
		    struct gather_auth *auth);
} readers[] = {
	{AUTH_BASIC, read_basic},
	{AUTH_BEARER, read_bearer},
	{AUTH_OAUTH2, read_oauth2},
};

int gather_read_auth(struct spec_reader *r, const json_t *value,
		     struct gather_auth *auth)
{
	const size_t before = json_path_enter(&r->place, "auth");
	size_t i = 0;

	gather_auth_release(auth);
	if (json_is_null(value)) {
		json_path_leave(&r->place, before);
		return 0;
	}
	if (!json_is_object(value))
		return json_path_fail(&r->place, "must be an object with "
						 "\"basic\", \"bearer\" or "
						 "\"oauth2\", or null (for "
						 "none)");
	if (json_path_keys(&r->place, value, kinds))
		return -1;
	if (json_object_size(value) != 1)
		return json_path_fail(&r->place, "needs one of \"basic\", "
						 "\"bearer\" and \"oauth2\"");
	while (!json_object_get(value, kinds[i]))
		i++;
	auth->kind = readers[i].kind;
	if (readers[i].read(r, value, auth))
		return -1;
	json_path_leave(&r->place, before);
	return 0;
}

static char *copy_string(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

void gather_auth_copy(struct gather_auth *to, const struct gather_auth *from)
{
	*to = (struct gather_auth){
		.kind = from->kind,
		.secret = copy_string(from->secret),
		.token_url = copy_string(from->token_url),
		.client_id = copy_string(from->client_id),
		.client_secret = copy_string(from->client_secret),
		.refresh_token = copy_string(from->refresh_token),
		.scope = copy_string(from->scope),
	};
}

void gather_auth_release(struct gather_auth *auth)
{
	free(auth->secret);
	free(auth->token_url);
	free(auth->client_id);
	free(auth->client_secret);
	free(auth->refresh_token);
	free(auth->scope);
	*auth = (struct gather_auth){0};
}
