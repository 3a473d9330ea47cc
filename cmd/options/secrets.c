#include "cmd/options/secrets.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/percent.h"
#include "base/secret_rules.h"
#include "base/secrets.h"
#include "cmd/options/arguments.h"
#include "cmd/options/command_line.h"
#include "cmd/options/table.h"

/* What is done with each secret of a value, in their order. */
struct visitor {
	void (*visit)(struct visitor *v, const char *at, size_t len);
	struct buf *out;	/* of show() */
	const char *from;
};

/* --- Where they are --------------------------------------------------------- */

static void in_all(struct visitor *v, const char *value)
{
	if (*value)
		v->visit(v, value, strlen(value));
}

/* The colon stays. */
static void in_login(struct visitor *v, const char *value)
{
	const size_t user = strcspn(value, ":");

	if (user)
		v->visit(v, value, user);
	if (value[user])
		in_all(v, value + user + 1);
}

static void in_url(struct visitor *v, const char *value)
{
	const size_t len = strlen(value);
	struct slice secret;

	for (size_t at = 0; secret_url_next(value, len, &at, &secret);)
		v->visit(v, secret.p, secret.len);
}

/* NAME=VALUE. */
static void in_variable(struct visitor *v, const char *value)
{
	const char *equals = strchr(value, '=');

	if (equals)
		in_all(v, equals + 1);
}

static void in_header(struct visitor *v, const char *value)
{
	const size_t len = strlen(value);
	size_t at = strcspn(value, ":;");

	if (!secret_name(value, at) || at == len)
		return;
	for (at++; value[at] == ' ';)
		at++;
	in_all(v, value + at);
}

/* "a=1; b=2": all values, whatever the cookies are called. */
static void in_cookies(struct visitor *v, const char *value)
{
	while (*value) {
		const size_t len = strcspn(value, ";");
		const size_t name = strcspn(value, "=;");

		if (name + 1 < len)
			v->visit(v, value + name + 1, len - name - 1);
		value += len;
		value += strspn(value, "; ");
	}
}

static void in_body(struct visitor *v, const char *value)
{
	if (secret_body(value, strlen(value), NULL))
		in_all(v, value);
}

/* name, of which values "@FILE" is no secret, where its secrets are */
static const struct line_ref {
	const char *name;
	bool may_be_file;
	void (*find)(struct visitor *v, const char *value);
} places[] = {
	{"user", true, in_login},
	{"oauth2-bearer", true, in_all},
	{"proxy", false, in_url},
	{"header", true, in_header},
	{"cookie", true, in_cookies},
	{"data", true, in_body},
	{"data-raw", false, in_body},
	{"data-binary", true, in_body},
	{"json", true, in_body},
	{"var", false, in_variable},
	{"referer", false, in_url},
	{"url", false, in_url},
	{"base-url", false, in_url},
};

static void visit_all(struct visitor *v, const struct option_row *row,
		      const char *value)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (!strcmp(places[i].name, row->name) &&
		    !(places[i].may_be_file && *value == '@'))
			places[i].find(v, value);
}

/* --- What is done with them ------------------------------------------------- */

static void hide(struct visitor *v, const char *at, size_t len)
{
	(void)v;
	arguments_hide(at, len);
}

void option_secrets_hide(const struct option_row *row, const char *value)
{
	visit_all(&(struct visitor){.visit = hide}, row, value);
}

void option_secrets_hide_source(const char *word)
{
	if (strstr(word, "://"))
		in_url(&(struct visitor){.visit = hide}, word);
}

static void show(struct visitor *v, const char *at, size_t len)
{
	buf_add(v->out, v->from, (size_t)(at - v->from));
	buf_addstr(v->out, "***");
	v->from = at + len;
}

void option_secrets_show(struct buf *out, const struct option_row *row,
			 const char *value)
{
	struct visitor v = {.visit = show, .out = out, .from = value};

	visit_all(&v, row, value);
	buf_addstr(out, v.from);
}

/* --- When all are known ------------------------------------------------------ */

/* "Bearer abc": a scheme and a token, which may stand elsewhere alone. */
static void note_header(const char *line)
{
	const char *value = strchr(line, ':'), *word;

	if (!value || !secret_name(line, (size_t)(value - line)))
		return;
	value += 1 + strspn(value + 1, " \t");
	word = strrchr(value, ' ');
	secrets_add(value, NULL);
	if (word)
		secrets_add(word + 1, NULL);
}

static void note_cookies(const char *cookies)
{
	while (*cookies) {
		const size_t len = strcspn(cookies, ";");
		const size_t name = strcspn(cookies, "=;");

		if (name + 1 < len && secret_name(cookies, name)) {
			char *value = xmemdup(cookies + name + 1,
					      len - name - 1);

			secrets_add(value, NULL);
			free(value);
		}
		cookies += len;
		cookies += strspn(cookies, "; ");
	}
}

/* As it is, and as it will be sent. */
static void note_url_login(const char *url)
{
	struct slice secret;
	struct buf plain = {0};
	size_t at = 0;
	char *login;

	if (!secret_url_next(url, strlen(url), &at, &secret) ||
	    url[at] != '@')
		return;
	login = xmemdup(secret.p, secret.len);
	secrets_add_login(login);
	percent_decode(&plain, secret.p, secret.len);
	secrets_add_login(buf_cstr(&plain));
	buf_release(&plain);
	free(login);
}

static void note(const struct fetch_config *f)
{
	static const char *const proxies[] = {
		"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
		"ALL_PROXY",
	};

	if (f->user)
		secrets_add_login(f->user);
	if (f->bearer)
		secrets_add(f->bearer, NULL);
	if (f->proxy)
		note_url_login(f->proxy);
	for (size_t i = 0; i < sizeof(proxies) / sizeof(*proxies); i++)
		if (getenv(proxies[i]))
			note_url_login(getenv(proxies[i]));
	for (size_t i = 0; i < f->headers.len; i++)
		note_header(f->headers.items[i]);
	for (size_t i = 0; i < f->cookies.len; i++)
		note_cookies(f->cookies.items[i]);
}

void option_secrets_settle(struct command_line *line)
{
	const struct fetch_config *f = &line->o.engine.fetch;

	note(f);
	for (size_t i = 0; i < f->headers.len; i++) {
		const char *header = f->headers.items[i];
		const size_t name = strcspn(header, ":;");

		if (secrets_are_in(header + name, strlen(header + name)))
			arguments_hide(header + name + 1,
				       strlen(header + name + 1));
	}
	for (size_t i = 0; i < line->texts.len; i++)
		if (secrets_are_in(line->texts.items[i],
				   strlen(line->texts.items[i])))
			arguments_hide(line->texts.items[i],
				       strlen(line->texts.items[i]));
}
