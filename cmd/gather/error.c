/* Errors of the document. They are printed, so secrets in them are masked when
 * they are created. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret_rules.h"
#include "base/secrets.h"
#include "cmd/gather/run.h"

static char *hide_secrets(const char *s)
{
	struct buf out = {0};

	secrets_hide(&out, s, strlen(s));
	return buf_detach(&out);
}

/* Replaces the values of variables in the URL by the names of the variables,
 * then masks all other secrets. */
static char *hide_url_secrets(const char *url)
{
	struct buf shown = {0};
	char *text = hide_secrets(url);

	secret_url_show(&shown, text, strlen(text));
	free(text);
	return buf_detach(&shown);
}

struct gather_error *gather_error_new(const char *kind, const char *message,
				      int status, const char *url)
{
	struct gather_error *error = xcalloc(1, sizeof(*error));

	error->kind = xstrdup(kind);
	error->message = hide_secrets(message);
	error->status = status;
	error->url = url ? hide_url_secrets(url) : NULL;
	return error;
}

void gather_error_free(struct gather_error *error)
{
	if (!error)
		return;
	free(error->kind);
	free(error->message);
	free(error->url);
	free(error);
}
