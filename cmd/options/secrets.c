/* A table tells which options may have secrets and how to find them in a value;
 * the finders call a visitor, which masks or blanks them. */
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

/* Callback for each secret of a value, in the order of their positions. */
struct visitor {
	void (*visit)(struct visitor *v, const char *at, size_t len);
	struct buf *out;	/* used by show_secret(): the output */
	const char *from;
};

/* --- Places of secrets in values ------------------------------------------ */

static void visit_text(struct visitor *v, const char *value)
{
	if (*value)
		v->visit(v, value, strlen(value));
}

/* Visits user and password; the colon is not secret. */
static void visit_login(struct visitor *v, const char *value)
{
	const size_t user = strcspn(value, ":");

	if (user)
		v->visit(v, value, user);
	if (value[user])
		visit_text(v, value + user + 1);
}

static void visit_url(struct visitor *v, const char *value)
{
	const size_t len = strlen(value);
	struct slice secret;

	for (size_t at = 0; secret_url_next(value, len, &at, &secret);)
		v->visit(v, secret.p, secret.len);
}

/* Visits VALUE in NAME=VALUE. */
static void visit_variable(struct visitor *v, const char *value)
{
	const char *equals = strchr(value, '=');

	if (equals)
		visit_text(v, equals + 1);
}

/* Visits the secrets of the URLs in a text. */
static void visit_urls(struct visitor *v, const char *text)
{
	const size_t len = strlen(text);
	struct slice secret;

	for (size_t at = 0; secret_text_next(text, len, &at, &secret);)
		v->visit(v, secret.p, secret.len);
}

/* Visits the value of a header with a secret name, or else the secrets of its
 * URLs (Referer). */
static void visit_header(struct visitor *v, const char *value)
{
	const size_t name = strcspn(value, ":;");
	const char *text = value + name;

	if (!*text)
		return;
	text += 1 + strspn(text + 1, " ");
	if (secret_name(value, name))
		visit_text(v, text);
	else
		visit_urls(v, text);
}

/* Visits all values of "a=1; b=2", whatever their names are. */
static void visit_cookies(struct visitor *v, const char *value)
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

static void visit_body(struct visitor *v, const char *value)
{
	if (secret_body(value, strlen(value), NULL))
		visit_text(v, value);
}

/* name, whether "@FILE" is a value without secrets, finder of secrets */
static const struct secret_row {
	const char *name;
	bool may_be_file;
	void (*find)(struct visitor *v, const char *value);
} secret_rows[] = {
	{"variable", false, visit_variable},
	{"oauth2-token-url", false, visit_url},
	{"oauth2-client-secret", true, visit_text},
	{"oauth2-refresh-token", true, visit_text},
	{"user", true, visit_login},	 {"oauth2-bearer", true, visit_text},
	{"proxy", false, visit_url},	 {"header", true, visit_header},
	{"cookie", true, visit_cookies}, {"data", true, visit_body},
	{"data-raw", false, visit_body}, {"data-binary", true, visit_body},
	{"json", true, visit_body},	 {"data-urlencode", true, visit_body},
	{"form", false, visit_body},	 {"form-string", false, visit_body},
	{"url-query", true, visit_body}, {"var", false, visit_variable},
	{"referer", false, visit_url},	 {"url", false, visit_url},
	{"base-url", false, visit_url},
};

static void visit_secrets(struct visitor *v, const struct option_row *row,
			  const char *value)
{
	for (size_t i = 0; i < sizeof(secret_rows) / sizeof(*secret_rows); i++)
		if (!strcmp(secret_rows[i].name, row->name) &&
		    !(secret_rows[i].may_be_file && *value == '@'))
			secret_rows[i].find(v, value);
}

/* --- Hiding and showing secrets ------------------------------------------- */

static void hide_secret(struct visitor *v, const char *at, size_t len)
{
	(void)v;
	arguments_hide(at, len);
}

void option_secrets_hide(const struct option_row *row, const char *value)
{
	visit_secrets(&(struct visitor){.visit = hide_secret}, row, value);
}

void option_secrets_hide_source(const char *word)
{
	if (strstr(word, "://"))
		visit_url(&(struct visitor){.visit = hide_secret}, word);
}

static void show_secret(struct visitor *v, const char *at, size_t len)
{
	buf_add(v->out, v->from, (size_t)(at - v->from));
	buf_addstr(v->out, "***");
	v->from = at + len;
}

void option_secrets_show(struct buf *out, const struct option_row *row,
			 const char *value)
{
	struct visitor v = {.visit = show_secret, .out = out, .from = value};

	visit_secrets(&v, row, value);
	buf_addstr(out, v.from);
}

/* --- Registering secrets -------------------------------------------------- */

/* Registers a header's value. Of "Bearer abc", the token alone is registered as
 * well, because it may appear elsewhere without the scheme. */
static void register_header(const char *line)
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

static void register_cookies(const char *cookies)
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

/* Registers user and password of a URL, as written and as sent. */
static void register_url_login(const char *url)
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

/* Registers the secrets of a run, or of the requests to a host. The first three
 * may be NULL. */
static void register_login(const char *user, const char *bearer,
			   const char *proxy, const struct strings *headers)
{
	if (user)
		secrets_add_login(user);
	if (bearer)
		secrets_add(bearer, NULL);
	if (proxy)
		register_url_login(proxy);
	for (size_t i = 0; i < headers->len; i++)
		register_header(headers->items[i]);
}

static void register_client(const struct oauth2_client *client)
{
	if (client->token_url)
		register_url_login(client->token_url);
	if (client->client_secret)
		secrets_add(client->client_secret, NULL);
	if (client->refresh_token)
		secrets_add(client->refresh_token, NULL);
}

static void register_config(const struct fetch_config *f)
{
	static const char *const proxies[] = {
		"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
		"ALL_PROXY",
	};

	register_login(f->user, f->bearer, f->proxy, &f->headers);
	register_client(&f->oauth2);
	for (size_t i = 0; i < f->hosts.len; i++) {
		const struct host_rule *rule = &f->hosts.items[i];

		register_login(rule->user, rule->bearer, rule->proxy,
			       &rule->headers);
		register_client(&rule->oauth2);
	}
	for (size_t i = 0; i < sizeof(proxies) / sizeof(*proxies); i++)
		if (getenv(proxies[i]))
			register_url_login(getenv(proxies[i]));
	for (size_t i = 0; i < f->cookies.len; i++)
		register_cookies(f->cookies.items[i]);
}

void option_secrets_register(struct command_line *line)
{
	const struct fetch_config *f = &line->o.engine.fetch;

	register_config(f);
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
