/* Reads the options of a section with the setters of the same options outside
 * of sections, into a command line that is used for nothing else, and moves
 * their values to the rule of the host. */
#include "cmd/options/host_section.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "cmd/options/secrets.h"
#include "cmd/options/table.h"

/* An option of a section is the option of that name, with two exceptions: in a
 * section, rate and parallel are those of the host. */
static const struct {
	const char *name, *option;
} keys[] = {
	{"rate", "host-rate"},
	{"parallel", "parallel-max-host"},
	{"header", "header"},
	{"user", "user"},
	{"oauth2-bearer", "oauth2-bearer"},
	{"oauth2-token-url", "oauth2-token-url"},
	{"oauth2-client-id", "oauth2-client-id"},
	{"oauth2-client-secret", "oauth2-client-secret"},
	{"oauth2-refresh-token", "oauth2-refresh-token"},
	{"oauth2-scope", "oauth2-scope"},
	{"proxy", "proxy"},
};

enum { KEYS = sizeof(keys) / sizeof(*keys) };

/* scrape compare starts other processes, which read no files. */
bool host_sections_apply(const struct command_line *line)
{
	const struct option_row *row = option_by_name("proxy", 5);

	return option_is_for(row) & line->command->bit &&
	       line->command->bit != FOR_COMPARE;
}

static int fail_section(const struct command_line *line, const char *text)
{
	return command_line_fail(line, "%.100s: a section is [host \"NAME\"], "
				 "like [host \"api.example.com\"]", text);
}

static char *skip_space(char *p)
{
	while (ascii_is_c_space(*p))
		p++;
	return p;
}

/* Returns true if nothing but a comment follows. */
static bool is_rest_empty(char *p)
{
	p = skip_space(p);
	return !*p || *p == '#';
}

/* Cuts the name out of [host "NAME"]. Returns NULL if the line is no such
 * section. */
static char *section_name(char *text)
{
	static const char word[] = "host";
	char *p = skip_space(text + 1), *name, *end;

	if (strncmp(p, word, strlen(word)) != 0)
		return NULL;
	p = skip_space(p + strlen(word));
	if (*p != '"')
		return NULL;
	name = p + 1;
	end = strchr(name, '"');
	if (!end)
		return NULL;
	p = skip_space(end + 1);
	if (*p != ']' || !is_rest_empty(p + 1))
		return NULL;
	*end = '\0';
	return name;
}

int host_section_begin(struct command_line *line, char *text)
{
	struct host_rules *rules = &line->o.engine.fetch.hosts;
	struct host_rule rule = {0};
	char *shown = xstrdup(text), *name = section_name(text);
	struct buf why = {0};
	int err = 0;

	line->section = NULL;
	if (!name)
		err = fail_section(line, shown);
	else if (host_rule_read(&rule, name, &why))
		err = command_line_fail(line, "[host \"%.200s\"]: %s", name,
					buf_cstr(&why));
	else if (!host_sections_apply(line) && !line->is_default_file)
		err = command_line_fail(line, "[host] sections are not for "
					"scrape %s", line->command->name);
	if (err)
		free(rule.name);
	else
		line->section = host_rules_add(rules, &rule);
	buf_release(&why);
	free(shown);
	return err;
}

/* Returns the row of the option that the word names in a section; or NULL. */
static const struct option_row *row_of(const struct command_line *line,
				       const char *word)
{
	const char *name = option_expanded_name(word + strspn(word, "-"));
	const struct option_row *row;

	if (word[1] != '-') {
		row = name[0] && !name[1] ? option_by_letter(*name) : NULL;
		name = row ? row->name : name;
	}
	for (size_t i = 0; i < KEYS; i++) {
		if (strcmp(keys[i].name, name) != 0)
			continue;
		row = option_by_name(keys[i].option, strlen(keys[i].option));
		return option_variant(row, line->command->bit);
	}
	return NULL;
}

static int fail_key(const struct command_line *line, const char *word)
{
	struct buf names = {0};
	int err;

	for (size_t i = 0; i < KEYS; i++)
		buf_addf(&names, "%s%s", !i ? "" : i + 1 < KEYS ? ", " : " and ",
			 keys[i].name);
	err = command_line_fail(line, "%.100s is not for a [host] section, "
				"which may have %s",
				word + strspn(word, "-"), buf_cstr(&names));
	buf_release(&names);
	return err;
}

/* Moves the allocated strings to which the options point. */
static void move_kept(struct command_line *to, struct command_line *from)
{
	struct strings *kept = &from->o.kept;

	for (size_t i = 0; i < kept->len; i++)
		command_line_keep(to, (char *)kept->items[i]);
	free(kept->items);
}

static void move_headers(struct host_rule *rule, struct strings *headers)
{
	for (size_t i = 0; i < headers->len; i++)
		command_line_add(&rule->headers, headers->items[i]);
	free(headers->items);
}

static void oauth2_client_merge(struct oauth2_client *to,
				const struct oauth2_client *from)
{
	if (from->token_url)
		to->token_url = from->token_url;
	if (from->client_id)
		to->client_id = from->client_id;
	if (from->client_secret)
		to->client_secret = from->client_secret;
	if (from->refresh_token)
		to->refresh_token = from->refresh_token;
	if (from->refresh_token)
		to->refresh_file = from->refresh_file;
	if (from->scope)
		to->scope = from->scope;
}

/* Moves the values that an option's setter has set from the command line to the
 * section. */
static int move_values(struct command_line *line, struct command_line *other,
		       const struct option_row *row)
{
	struct fetch_config *f = &other->o.engine.fetch;
	struct host_rule *rule = line->section;

	move_kept(line, other);
	move_headers(rule, &f->headers);
	if (!strcmp(row->name, "host-rate")) {
		rule->has_rate = true;
		rule->interval = other->o.engine.limits.host_interval;
	}
	if (f->parallel_max_host)
		rule->parallel_max = f->parallel_max_host;
	if (f->proxy)
		rule->proxy = f->proxy;
	if (f->user)
		rule->user = f->user;
	if (f->bearer)
		rule->bearer = f->bearer;
	oauth2_client_merge(&rule->oauth2, &f->oauth2);
	if (!!rule->user + !!rule->bearer + !!rule->oauth2.token_url > 1)
		return command_line_fail(line, "user, oauth2-bearer and "
					 "oauth2-token-url of a host "
					 "contradict each other");
	if (rule->port && (rule->has_rate || rule->parallel_max))
		return command_line_fail(line, "rate and parallel are for all "
					 "ports of a host: leave the port out "
					 "of [host]");
	return 0;
}

static int fail_value(const struct command_line *line,
		      const struct option_row *row, const char *word,
		      const char *value, const char *why)
{
	struct buf shown = {0};
	int err;

	option_secrets_show(&shown, row, value);
	err = command_line_fail(line, "%.100s \"%.200s\": %s",
				word + strspn(word, "-"), buf_cstr(&shown),
				why);
	buf_release(&shown);
	return err;
}

int host_section_set(struct command_line *line, const char *word,
		     const char *value)
{
	const struct option_row *row = row_of(line, word);
	struct command_line other = {
		.commands = line->commands,
		.command = line->command,
		.file = line->file,
		.file_line = line->file_line,
		.stdin_user = line->stdin_user,
	};
	struct buf why = {0};
	int err;

	if (!row)
		return fail_key(line, word);
	if (!value)
		return command_line_fail(line, "%.100s needs a value: %s",
					 word + strspn(word, "-"), row->arg);
	if (option_expanded_name(word + 2) != word + 2) {
		value = option_expand(line, word, value);
		if (!value)
			return -1;
	}
	err = row->set(&(struct option_use){
		.line = &other,
		.row = row,
		.to = (char *)&other + row->at,
		.spelled = word,
		.value = value,
		.why = &why,
	});
	line->stdin_user = other.stdin_user;
	if (err && why.len)
		fail_value(line, row, word, value, buf_cstr(&why));
	if (move_values(line, &other, row))
		err = -1;
	buf_release(&why);
	return err;
}

/* --- Options that outweigh sections --------------------------------------- */

void host_section_note(struct command_line *line,
		       const struct option_row *row, size_t old_headers)
{
	static const struct {
		const char *name;
		size_t at;
	} flags[] = {
		{"user", offsetof(struct given, login)},
		{"oauth2-bearer", offsetof(struct given, login)},
		{"oauth2-token-url", offsetof(struct given, login)},
		{"proxy", offsetof(struct given, proxy)},
		{"host-rate", offsetof(struct given, rate)},
		{"parallel-max-host", offsetof(struct given, parallel)},
		{"user-agent", offsetof(struct given, agent)},
	};
	const struct strings *headers = &line->o.engine.fetch.headers;
	struct strings *noted = line->file ? &line->o.engine.fetch.file_headers
					   : &line->given.headers;

	if (!strcmp(row->name, "header"))
		for (size_t i = old_headers; i < headers->len; i++)
			command_line_add(noted, headers->items[i]);
	if (line->file)
		return;
	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
		if (!strcmp(flags[i].name, row->name))
			*(bool *)((char *)&line->given + flags[i].at) = true;
}

/* Returns true if the arguments have a header of the same name. */
static bool is_given(const struct given *given, const char *header)
{
	static const char agent[] = "User-Agent";
	const size_t len = strcspn(header, ":;");

	if (given->agent && len == strlen(agent) &&
	    !strncasecmp(header, agent, len))
		return true;
	for (size_t i = 0; i < given->headers.len; i++) {
		const char *other = given->headers.items[i];

		if (strcspn(other, ":;") == len &&
		    !strncasecmp(other, header, len))
			return true;
	}
	return false;
}

static void drop_headers(struct strings *headers, const struct given *given)
{
	size_t kept = 0;

	for (size_t i = 0; i < headers->len; i++)
		if (!is_given(given, headers->items[i]))
			headers->items[kept++] = headers->items[i];
	headers->len = kept;
}

static void drop_login(struct host_rule *rule)
{
	rule->user = rule->bearer = NULL;
	rule->oauth2 = (struct oauth2_client){0};
}

static void drop_given(struct host_rule *rule, const struct given *given)
{
	drop_headers(&rule->headers, given);
	if (given->login || is_given(given, "Authorization:"))
		drop_login(rule);
	if (given->proxy)
		rule->proxy = NULL;
	if (given->rate)
		rule->has_rate = false;
	if (given->parallel)
		rule->parallel_max = 0;
}

static bool is_web_url(const char *text)
{
	struct url url = {0};
	bool is_web;

	if (url_parse(&url, text, strlen(text), NULL))
		return false;
	is_web = (url_scheme_is(&url, "http") ||
		  url_scheme_is(&url, "https")) && url_host(&url).len;
	url_release(&url);
	return is_web;
}

/* Checks the credentials for access tokens. where: the section, for the
 * message. */
static int check_client(const struct command_line *line,
			const struct oauth2_client *c, const char *where)
{
	const bool any = c->token_url || c->client_id || c->client_secret ||
			 c->refresh_token || c->scope;

	if (!any)
		return 0;
	if (!c->token_url || !c->client_id ||
	    !(c->client_secret || c->refresh_token))
		return command_line_fail(line, "%sOAuth 2.0 needs "
					 "--oauth2-token-url, "
					 "--oauth2-client-id, and "
					 "--oauth2-client-secret or "
					 "--oauth2-refresh-token", where);
	if (is_web_url(c->token_url))
		return 0;
	return command_line_fail(line, "%s--oauth2-token-url must be a URL of "
				 "http or https", where);
}

static int check_run(const struct command_line *line)
{
	const struct fetch_config *f = &line->o.engine.fetch;

	if (f->oauth2.token_url && (f->user || f->bearer))
		return command_line_fail(line, "--oauth2-token-url and %s "
					 "contradict each other",
					 f->user ? "--user"
						 : "--oauth2-bearer");
	return check_client(line, &f->oauth2, "");
}

int host_sections_finish(struct command_line *line)
{
	struct host_rules *rules = &line->o.engine.fetch.hosts;

	if (!host_sections_apply(line))
		host_rules_release(rules);
	for (size_t i = 0; i < rules->len; i++) {
		struct host_rule *rule = &rules->items[i];
		char where[300];

		snprintf(where, sizeof(where), "[host \"%s%.250s\"]: ",
			 rule->below ? "*." : "", rule->name);
		if (check_client(line, &rule->oauth2, where))
			return -1;
		drop_given(rule, &line->given);
	}
	return check_run(line);
}
