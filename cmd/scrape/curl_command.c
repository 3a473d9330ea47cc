/* The headers are the ones that libcurl gets in a run
 * (fetch/request_headers.h), so that the rules about headers are written only
 * once. */
#include "cmd/scrape/curl_command.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/secret_rules.h"
#include "base/secrets.h"
#include "base/utf8.h"
#include "fetch/method.h"
#include "fetch/proxy.h"
#include "fetch/request_headers.h"

#define HIDDEN "***"

/* Bytes that have no special meaning in a shell. */
#define PLAIN "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" \
	      "@%+=:,./_-"

struct command {
	struct buf *out;
	const struct job *job;
	const struct fetch_config *config;
	bool with_secrets;
};

/* --- Words of a shell ----------------------------------------------------- */

/* Appends the text as one word, in single quotes if it needs quotes. */
static void add_quoted(struct buf *out, const char *s, size_t len)
{
	if (len && strspn(s, PLAIN) >= len) {
		buf_add(out, s, len);
		return;
	}
	buf_addch(out, '\'');
	for (size_t i = 0; i < len; i++)
		if (s[i] == '\'')
			buf_addstr(out, "'\\''");
		else
			buf_addch(out, s[i]);
	buf_addch(out, '\'');
}

/* Appends the text as a word. Known secrets in it are hidden. */
static void add_word(const struct command *c, const char *s)
{
	struct buf shown = {0};

	if (c->with_secrets)
		buf_addstr(&shown, s);
	else
		secrets_hide(&shown, s, strlen(s));
	buf_addch(c->out, ' ');
	add_quoted(c->out, buf_cstr(&shown), shown.len);
	buf_release(&shown);
}

static void add_option(const struct command *c, const char *option,
		       const char *value)
{
	if (!value)
		return;
	buf_addch(c->out, ' ');
	buf_addstr(c->out, option);
	add_word(c, value);
}

static void add_flag(const struct command *c, const char *option, bool given)
{
	if (given) {
		buf_addch(c->out, ' ');
		buf_addstr(c->out, option);
	}
}

/* Adds an option whose value is a secret as a whole. */
static void add_secret(const struct command *c, const char *option,
		       const char *value)
{
	add_option(c, option, value && !c->with_secrets ? HIDDEN : value);
}

static void add_url(const struct command *c, const char *option,
		    const char *url)
{
	struct buf shown = {0};

	if (c->with_secrets)
		buf_addstr(&shown, url);
	else
		secret_url_show(&shown, url, strlen(url));
	if (option)
		add_option(c, option, buf_cstr(&shown));
	else
		add_word(c, buf_cstr(&shown));
	buf_release(&shown);
}

/* --- Method and body ------------------------------------------------------ */

static void add_method(const struct command *c)
{
	const char *method = c->job->hop.method;
	const bool has_body = c->job->hop.body.p ||
			      method_wants_body(method);

	if (!strcmp(method, "HEAD"))
		add_flag(c, "-I", true);
	else if (strcmp(method, has_body ? "POST" : "GET") != 0)
		add_option(c, "-X", method);
}

/* Returns the body to be shown: "***" if it has a secret and secrets are
 * hidden. */
static struct slice body_of(const struct command *c)
{
	const struct slice body = c->job->hop.body;

	if (c->with_secrets || !secret_body(body.p, body.len, NULL))
		return body;
	return (struct slice){HIDDEN, strlen(HIDDEN)};
}

/* Returns true if the body can be an argument on one line. */
static bool is_one_line(struct slice body)
{
	for (size_t i = 0; i < body.len; i++)
		if ((unsigned char)body.p[i] < ' ' || body.p[i] == 0x7f)
			return false;
	return utf8_valid_prefix(body.p, body.len) == body.len;
}

/* Appends a printf command, in ASCII, that writes the bytes. A '-' at the
 * beginning is escaped, because printf would take it for an option. */
static void add_printf(struct buf *out, struct slice body)
{
	buf_addstr(out, "printf '");
	for (size_t i = 0; i < body.len; i++) {
		const unsigned char b = (unsigned char)body.p[i];

		if (b == '\n')
			buf_addstr(out, "\\n");
		else if (b < ' ' || b >= 0x7f || b == '\'' || b == '\\' ||
			 (b == '-' && !i))
			buf_addf(out, "\\%03o", b);
		else
			buf_addf(out, b == '%' ? "%%%%" : "%c", b);
	}
	buf_addstr(out, "' | ");
}

static void add_body(const struct command *c)
{
	const struct slice body = body_of(c);
	struct buf text = {0};

	if (!c->job->hop.body.p) {
		add_flag(c, "--data-raw ''",
			 method_wants_body(c->job->hop.method));
		return;
	}
	if (!is_one_line(body)) {
		add_flag(c, "--data-binary @-", true);
		return;
	}
	buf_add(&text, body.p, body.len);
	add_option(c, "--data-raw", buf_cstr(&text));
	buf_release(&text);
}

/* --- Headers and logins --------------------------------------------------- */

static bool has_name(const char *line, const char *name)
{
	const size_t len = strlen(name);

	return !strncasecmp(line, name, len) &&
	       (line[len] == ':' || line[len] == ';');
}

/* Returns true for headers that curl sends because of other words of the
 * command. */
static bool is_implied(const struct command *c, const char *line)
{
	if (has_name(line, "User-Agent"))
		return !strncasecmp(line, "User-Agent: ", 12);
	if (has_name(line, "Expect"))
		return !c->job->hop.body.len && !line[strlen("Expect:")];
	return !strcasecmp(line, "Accept-Encoding: gzip, deflate, br, zstd");
}

static bool is_hidden(const struct command *c, const char *line)
{
	return !c->with_secrets && !has_name(line, "Host") &&
	       secret_header(line, strlen(line));
}

static void add_header(void *ctx, const char *line)
{
	const struct command *c = ctx;
	const size_t name = strcspn(line, ":;");
	struct buf shown = {0};

	if (is_implied(c, line))
		return;
	if (is_hidden(c, line) && line[name] == ':' && line[name + 1]) {
		buf_add(&shown, line, name);
		buf_addstr(&shown, ": " HIDDEN);
		line = buf_cstr(&shown);
	}
	add_option(c, "-H", line);
	buf_release(&shown);
}

/* Finds the value of the User-Agent header. */
static void find_agent(void *ctx, const char *line)
{
	const char **agent = ctx;

	if (!strncasecmp(line, "User-Agent: ", 12))
		*agent = line + 12;
}

static void add_agent(void *ctx, const char *line)
{
	const char *agent = NULL;

	find_agent(&agent, line);
	add_option(ctx, "-A", agent);
}

/* Notes in *ctx that there is a User-Agent header, whatever its value. */
static void note_agent(void *ctx, const char *line)
{
	*(bool *)ctx |= has_name(line, "User-Agent");
}

static void add_headers(const struct command *c)
{
	bool has_agent = false;

	fetch_each_header(c->job, c->config, note_agent, &has_agent);
	/* Without -A, curl would send its own name. */
	if (!has_agent)
		add_option(c, "-A", "");
	fetch_each_header(c->job, c->config, add_agent, (void *)c);
	fetch_each_header(c->job, c->config, add_header, (void *)c);
}

/* Returns the rule that has the login for the job's host; NULL if the URL has a
 * login, which takes precedence. */
static const struct host_rule *login_rule(const struct command *c)
{
	const struct url *url = &c->job->hop.url;

	return url_username(url).len || url_password(url).len
		? NULL : host_rules_login(&c->config->hosts, url);
}

/* Adds -u; the user's name is no secret. */
static void add_user(const struct command *c, const char *login)
{
	struct buf shown = {0};

	if (!login || c->with_secrets) {
		add_option(c, "-u", login);
		return;
	}
	buf_add(&shown, login, strcspn(login, ":"));
	buf_addstr(&shown, ":" HIDDEN);
	add_option(c, "-u", buf_cstr(&shown));
	buf_release(&shown);
}

static void add_logins(const struct command *c)
{
	const struct fetch_config *config = c->config;
	const struct host_rule *rule = login_rule(c);
	const struct oauth2_client *client = rule ? &rule->oauth2
						  : &config->oauth2;

	if (c->job->hop.no_credentials)
		return;
	add_user(c, rule ? rule->user : config->user);
	add_secret(c, "--oauth2-bearer", rule ? rule->bearer : config->bearer);
	if (client->token_url)
		add_option(c, "--oauth2-bearer", HIDDEN);
	for (size_t i = 0; i < config->cookies.len; i++)
		add_secret(c, "-b", config->cookies.items[i]);
	for (size_t i = 0; i < config->cookie_files.len; i++)
		add_option(c, "-b", config->cookie_files.items[i]);
	add_flag(c, "--netrc-optional", config->netrc);
	add_option(c, "-E", config->cert);
	add_option(c, "--key", config->key);
}

/* --- Network -------------------------------------------------------------- */

static void add_proxy(const struct command *c)
{
	const char *proxy = proxy_for(c->config, &c->job->hop.url);

	if (proxy && *proxy)
		add_url(c, "-x", proxy);
	else if (c->config->proxy || c->config->noproxy)
		add_option(c, "--noproxy", "*");
}

static void add_network(const struct command *c)
{
	const struct fetch_config *config = c->config;

	add_proxy(c);
	for (size_t i = 0; i < config->resolve.len; i++)
		add_option(c, "--resolve", config->resolve.items[i]);
	add_option(c, "--dns-servers", config->dns_servers);
	add_flag(c, "-4", config->ip_version == IP_4);
	add_flag(c, "-6", config->ip_version == IP_6);
	add_flag(c, "--http1.1", config->http_version == HTTP_1_1);
	add_flag(c, "--tlsv1.2", config->tls_min == TLS_1_2);
	add_flag(c, "--tlsv1.3", config->tls_min == TLS_1_3);
	add_flag(c, "-k", config->insecure);
	add_option(c, "--cacert", config->cacert);
}

void curl_command_add(struct buf *out, const struct job *job,
		      const struct fetch_config *config, bool with_secrets)
{
	const struct command c = {out, job, config, with_secrets};
	const struct slice body = body_of(&c);
	char *url = xmemdup(job->hop.url.href, job->hop.url.fragment_start);

	if (body.p && !is_one_line(body))
		add_printf(out, body);
	buf_addstr(out, "curl");
	add_flag(&c, "-L", config->max_redirs != 0);
	add_flag(&c, "--path-as-is", config->path_as_is);
	add_flag(&c, "--compressed", true);
	add_flag(&c, "-g", strpbrk(url, "[]{}"));
	add_method(&c);
	add_headers(&c);
	if (config->referer)
		add_url(&c, "-e", config->referer);
	add_logins(&c);
	add_network(&c);
	add_body(&c);
	add_url(&c, NULL, url);
	buf_addch(out, '\n');
	free(url);
}
