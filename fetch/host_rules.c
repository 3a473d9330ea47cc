/* Reads the patterns of hosts, and finds the rules for a URL. A list is enough,
 * because files of options have few sections. */
#include "fetch/host_rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char below_prefix[] = "*.";

/* Returns true if nothing but a host and a port is in the URL made of the
 * pattern. */
static bool is_host_alone(const struct url *url, const char *pattern)
{
	return !strpbrk(pattern, "/\\?#@*% ") && url_host(url).len > 0;
}

/* Reads the port, which url_parse() leaves out if it is the scheme's
 * default. */
static int read_port(const char *pattern)
{
	const char *bracket = strrchr(pattern, ']');
	const char *colon = strchr(bracket ? bracket : pattern, ':');

	return colon ? (int)strtol(colon + 1, NULL, 10) : 0;
}

int host_rule_read(struct host_rule *rule, const char *pattern,
		   struct buf *why)
{
	struct url url = {0};
	struct buf text = {0};
	struct slice host;
	int err = -1;

	rule->below = !strncmp(pattern, below_prefix, strlen(below_prefix));
	if (rule->below)
		pattern += strlen(below_prefix);
	buf_addf(&text, "http://%s", pattern);
	if (url_parse(&url, text.data, text.len, NULL) ||
	    !is_host_alone(&url, pattern)) {
		buf_addstr(why, "not a host like api.example.com, "
				"*.example.com or localhost:8080");
	} else if (rule->below && url.host_kind != URL_HOST_DOMAIN) {
		buf_addstr(why, "no names are below an address");
	} else {
		host = url_host(&url);
		if (host.len > 1 && host.p[host.len - 1] == '.')
			host.len--;
		rule->name = xmemdup(host.p, host.len);
		rule->port = read_port(pattern);
		err = 0;
	}
	url_release(&url);
	buf_release(&text);
	return err;
}

/* Returns true if a stands before b: a host before the names below one, a
 * longer name before a shorter one, a port before none. */
static bool is_more_specific(const struct host_rule *a,
			     const struct host_rule *b)
{
	const size_t a_len = strlen(a->name), b_len = strlen(b->name);

	if (a->below != b->below)
		return b->below;
	if (a_len != b_len)
		return a_len > b_len;
	return a->port && !b->port;
}

struct host_rule *host_rules_add(struct host_rules *rules,
				 const struct host_rule *rule)
{
	struct host_rule *items;
	size_t at = 0;

	items = xgrow(rules->items, rules->len, 1, sizeof(*items));
	while (at < rules->len && is_more_specific(&items[at], rule))
		at++;
	memmove(&items[at + 1], &items[at],
		(rules->len - at) * sizeof(*items));
	items[at] = *rule;
	rules->items = items;
	rules->len++;
	return &items[at];
}

/* Returns true if the rule is for the host. */
static bool is_for_host(const struct host_rule *rule, struct slice host)
{
	if (host.len > 1 && host.p[host.len - 1] == '.')
		host.len--;
	if (!rule->below)
		return slice_is(host, rule->name);
	return host.len > strlen(rule->name) &&
	       url_host_is_under(host, rule->name);
}

const struct host_rule *host_rules_next(const struct host_rules *rules,
					const struct url *url,
					const struct host_rule *after)
{
	size_t i = after ? (size_t)(after - rules->items) + 1 : 0;

	for (; i < rules->len; i++) {
		const struct host_rule *rule = &rules->items[i];

		if ((!rule->port || rule->port == url_port(url)) &&
		    is_for_host(rule, url_host(url)))
			return rule;
	}
	return NULL;
}

bool host_rules_limit(const struct host_rules *rules, struct slice host,
		      msec *interval, unsigned *parallel_max)
{
	bool has_rate = false, has_parallel = false;

	for (size_t i = 0; i < rules->len; i++) {
		const struct host_rule *rule = &rules->items[i];

		if (rule->port || !is_for_host(rule, host))
			continue;
		if (rule->has_rate && !has_rate)
			*interval = rule->interval;
		if (rule->parallel_max && !has_parallel)
			*parallel_max = rule->parallel_max;
		has_rate |= rule->has_rate;
		has_parallel |= rule->parallel_max > 0;
	}
	return has_rate;
}

bool host_rule_has_login(const struct host_rule *rule)
{
	return rule->user || rule->bearer || rule->oauth2.token_url;
}

const struct host_rule *host_rules_login(const struct host_rules *rules,
					 const struct url *url)
{
	const struct host_rule *r = NULL;

	while ((r = host_rules_next(rules, url, r)))
		if (host_rule_has_login(r))
			return r;
	return NULL;
}

const struct host_rule *host_rules_proxy(const struct host_rules *rules,
					 const struct url *url)
{
	const struct host_rule *r = NULL;

	while ((r = host_rules_next(rules, url, r)))
		if (r->proxy)
			return r;
	return NULL;
}

bool host_rules_have_headers(const struct host_rules *rules,
			     const struct url *url)
{
	const struct host_rule *r = NULL;

	while ((r = host_rules_next(rules, url, r)))
		if (r->headers.len || host_rule_has_login(r))
			return true;
	return false;
}

void host_rules_release(struct host_rules *rules)
{
	for (size_t i = 0; i < rules->len; i++) {
		free(rules->items[i].name);
		free(rules->items[i].headers.items);
	}
	free(rules->items);
	*rules = (struct host_rules){0};
}
