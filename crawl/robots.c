/* Reads robots.txt line by line into two lists of rules, for the robot itself
 * and for "*", and finds the longest rule that matches a URL. */
#include "crawl/robots.h"

#include <stdlib.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "crawl/robots_path.h"

struct rule {
	size_t at, len;		/* offset and length in the text of all rules,
				 * without "$" */
	bool allow;
	bool to_end;		/* the rule ended with "$" */
};

/* The rules of all groups that name the same agent. */
struct rules {
	struct rule *list;
	size_t len;
	bool is_named;		/* at least one group names the agent */
	msec delay;		/* Crawl-delay in msec; 0: none */
};

struct robots {
	struct buf text;	/* texts of all rules, one after the other */
	struct rules own, any;	/* rules for the agent, and rules for "*" */
	struct buf sitemaps;	/* values of Sitemap lines, each with '\n' */
};

/* State while a file is read. */
struct reader {
	struct robots *robots;
	struct slice agent;
	bool in_own, in_any;	/* the current group names the agent; names
				 * "*" */
	bool has_rules;		/* the next user-agent line begins a group */
};

enum line_kind {
	LINE_OTHER,
	LINE_AGENT,
	LINE_ALLOW,
	LINE_DISALLOW,
	LINE_DELAY,
	LINE_SITEMAP,
};

static const struct {
	const char *name;
	enum line_kind kind;
} line_names[] = {
	{"user-agent", LINE_AGENT},
	{"useragent", LINE_AGENT},
	{"user agent", LINE_AGENT},
	{"allow", LINE_ALLOW},
	{"disallow", LINE_DISALLOW},
	{"dissallow", LINE_DISALLOW},
	{"dissalow", LINE_DISALLOW},
	{"disalow", LINE_DISALLOW},
	{"diasllow", LINE_DISALLOW},
	{"disallaw", LINE_DISALLOW},
	{"crawl-delay", LINE_DELAY},
	{"crawldelay", LINE_DELAY},
	{"crawl delay", LINE_DELAY},
	{"sitemap", LINE_SITEMAP},
	{"site-map", LINE_SITEMAP},
};

/* Finds the kind of a line by the beginning of its name, as Google does:
 * "disallowed" is a Disallow, too. */
static enum line_kind kind_of(struct slice name)
{
	for (size_t i = 0; i < sizeof(line_names) / sizeof(*line_names); i++) {
		const size_t len = strlen(line_names[i].name);

		if (name.len >= len &&
		    ascii_is((struct slice){name.p, len}, line_names[i].name))
			return line_names[i].kind;
	}
	return LINE_OTHER;
}

static bool is_token_char(char c)
{
	return ascii_is_alphanumeric(c) || c == '_' || c == '-';
}

struct slice robots_product_token(struct slice text)
{
	struct slice token = {text.p, 0};

	while (token.len < text.len && is_token_char(text.p[token.len]))
		token.len++;
	return token;
}

char *robots_default_agent(const char *user_agent)
{
	const struct slice token = robots_product_token(
		(struct slice){user_agent, strlen(user_agent)});

	return token.len ? xmemdup(token.p, token.len) : xstrdup("scrape");
}

static void add_rule(struct reader *r, struct rules *to, struct slice value,
		     bool allow)
{
	struct buf *text = &r->robots->text;
	struct rule rule = {.at = text->len, .allow = allow};

	if (value.p[value.len - 1] == '$') {
		rule.to_end = true;
		value.len--;
	}
	robots_path_add_rule(text, value);
	rule.len = text->len - rule.at;
	to->list = xgrow(to->list, to->len, 1, sizeof(rule));
	to->list[to->len++] = rule;
}

/* Adds a rule for the agents of the group. */
static void add_to_group(struct reader *r, struct slice value, bool allow)
{
	if (r->robots->own.len + r->robots->any.len >= ROBOTS_RULES_MAX)
		return;
	if (r->in_own)
		add_rule(r, &r->robots->own, value, allow);
	if (r->in_any)
		add_rule(r, &r->robots->any, value, allow);
}

/* Allows "/a/" as well if the rule is "/a/index.html", as Google does. */
static void allow_index_page(struct reader *r, struct slice value)
{
	static const char name[] = "/index.htm";
	const char *slash = memrchr(value.p, '/', value.len);
	const size_t before = slash ? (size_t)(slash - value.p) : value.len;
	struct buf folder = {0};

	if (value.len - before < sizeof(name) - 1 ||
	    memcmp(slash, name, sizeof(name) - 1) != 0)
		return;
	buf_add(&folder, value.p, before);
	buf_addstr(&folder, "/$");
	add_to_group(r, slice_of(&folder), true);
	buf_release(&folder);
}

static void read_rule(struct reader *r, struct slice value, bool allow)
{
	r->has_rules = true;
	if (!value.len)
		return;		/* an empty "Disallow:" forbids nothing */
	add_to_group(r, value, allow);
	if (allow)
		allow_index_page(r, value);
}

static bool is_any_agent(struct slice value)
{
	return value.len && value.p[0] == '*' &&
	       (value.len == 1 || ascii_is_space(value.p[1]));
}

static void read_agent(struct reader *r, struct slice value)
{
	const struct slice token = robots_product_token(value);

	if (r->has_rules)
		r->in_own = r->in_any = r->has_rules = false;
	if (is_any_agent(value)) {
		r->in_any = r->robots->any.is_named = true;
	} else if (token.len && token.len == r->agent.len &&
		   !strncasecmp(token.p, r->agent.p, token.len)) {
		r->in_own = r->robots->own.is_named = true;
	}
}

/* Reads a number of seconds, such as "10" or "0.5"; anything after it is
 * ignored. Returns 0 if there is none. */
static msec read_seconds(struct slice value)
{
	double seconds = 0, unit = 1;
	bool is_fraction = false;

	for (size_t i = 0; i < value.len; i++) {
		const char c = value.p[i];

		if (c == '.' && !is_fraction) {
			is_fraction = true;
		} else if (!ascii_is_digit(c)) {
			break;
		} else if (is_fraction) {
			unit /= 10;
			seconds += (c - '0') * unit;
		} else {
			seconds = seconds * 10 + (c - '0');
		}
	}
	return seconds * 1e3;
}

static void take_delay(struct rules *rules, msec delay)
{
	if (delay > rules->delay)
		rules->delay = delay;
}

static void read_delay(struct reader *r, struct slice value)
{
	const msec delay = read_seconds(value);

	if (r->in_own)
		take_delay(&r->robots->own, delay);
	if (r->in_any)
		take_delay(&r->robots->any, delay);
}

static void read_sitemap(struct reader *r, struct slice value)
{
	struct buf *sitemaps = &r->robots->sitemaps;

	if (!value.len)
		return;
	buf_add(sitemaps, value.p, value.len);
	buf_addch(sitemaps, '\n');
}

/* Returns the offset of the first of the two bytes, or s.len. */
static size_t find_either(struct slice s, char a, char b)
{
	size_t i = 0;

	while (i < s.len && s.p[i] != a && s.p[i] != b)
		i++;
	return i;
}

/* Divides a line without its comment into name and value, at the colon. A line
 * without a colon must consist of two words. */
static bool split_line(struct slice line, struct slice *name,
		       struct slice *value)
{
	size_t at = find_either(line, ':', ':');
	const bool has_colon = at < line.len;

	if (!has_colon)
		at = find_either(line, ' ', '\t');
	if (at == line.len)
		return false;
	*name = ascii_trim((struct slice){line.p, at});
	*value = ascii_trim((struct slice){line.p + at + 1,
					   line.len - at - 1});
	return name->len && (has_colon || find_either(*value, ' ', '\t') ==
						  value->len);
}

static void read_line(struct reader *r, struct slice line)
{
	struct slice name, value;

	if (line.len > ROBOTS_LINE_MAX)
		line.len = ROBOTS_LINE_MAX;
	line.len = find_either(line, '#', '#');
	if (!split_line(ascii_trim(line), &name, &value))
		return;
	switch (kind_of(name)) {
	case LINE_AGENT:
		read_agent(r, value);
		break;
	case LINE_ALLOW:
		read_rule(r, value, true);
		break;
	case LINE_DISALLOW:
		read_rule(r, value, false);
		break;
	case LINE_DELAY:
		read_delay(r, value);
		break;
	case LINE_SITEMAP:
		read_sitemap(r, value);
		break;
	case LINE_OTHER:
		break;
	}
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Returns the whole lines within the bytes that are read. */
static struct slice usable_part(struct slice text)
{
	if (text.len <= ROBOTS_SIZE_MAX)
		return text;
	text.len = ROBOTS_SIZE_MAX + 1;
	while (text.len && !is_line_end(text.p[text.len - 1]))
		text.len--;
	return text;
}

/* Skips a byte order mark, also one without its last bytes, as Google does. */
static struct slice skip_byte_order_mark(struct slice text)
{
	static const char mark[3] = "\xef\xbb\xbf";

	for (size_t i = 0; i < sizeof(mark) && text.len; i++) {
		if (*text.p != mark[i])
			break;
		text.p++;
		text.len--;
	}
	return text;
}

struct robots *robots_parse(struct slice text, struct slice agent)
{
	struct reader r = {.robots = xcalloc(1, sizeof(*r.robots)),
			   .agent = agent};

	text = skip_byte_order_mark(usable_part(text));
	while (text.len) {
		const size_t end = find_either(text, '\n', '\r');

		read_line(&r, (struct slice){text.p, end});
		if (end == text.len)
			break;
		text.p += end + 1;
		text.len -= end + 1;
	}
	return r.robots;
}

size_t robots_bytes(const struct robots *r)
{
	return sizeof(*r) + r->text.cap + r->sitemaps.cap +
	       (r->own.len + r->any.len) * 2 * sizeof(struct rule);
}

void robots_free(struct robots *r)
{
	if (!r)
		return;
	buf_release(&r->text);
	buf_release(&r->sitemaps);
	free(r->own.list);
	free(r->any.list);
	free(r);
}

static const struct rules *rules_that_apply(const struct robots *r)
{
	return r->own.is_named ? &r->own : &r->any;
}

msec robots_crawl_delay(const struct robots *r)
{
	return rules_that_apply(r)->delay;
}

enum robots_status robots_status_of(const struct robots *r)
{
	const struct rules *rules = r ? rules_that_apply(r) : NULL;

	if (!rules)
		return ROBOTS_NONE;
	return rules->len || rules->delay > 0 ? ROBOTS_HAS_RULES
					      : ROBOTS_ALLOWS_ALL;
}

static struct slice path_of(const struct url *url)
{
	return (struct slice){url->href + url->path_start,
			      url->fragment_start - url->path_start};
}

bool robots_is_file(const struct url *url)
{
	return slice_is(path_of(url), "/robots.txt");
}

bool robots_next_sitemap(const struct robots *r, size_t *at,
			 struct slice *value)
{
	const struct slice all = slice_of(&r->sitemaps);
	const char *p = all.p + *at, *end;

	if (*at == all.len)
		return false;
	end = memchr(p, '\n', all.len - *at);
	*value = (struct slice){p, (size_t)(end - p)};
	*at += value->len + 1;
	return true;
}

static struct slice rule_text(const struct robots *r, const struct rule *rule)
{
	return (struct slice){slice_of(&r->text).p + rule->at, rule->len};
}

/* Returns true if rule a, which matches the URL, has precedence over rule b,
 * the best match so far or NULL. */
static bool has_precedence(const struct rule *a, const struct rule *b)
{
	const size_t a_len = a->len + a->to_end;
	const size_t b_len = b ? b->len + b->to_end : 0;

	return !b || a_len > b_len || (a_len == b_len && a->allow);
}

static const struct rule *deciding_rule(const struct robots *r,
					struct slice path)
{
	const struct rules *rules = rules_that_apply(r);
	const struct rule *best = NULL;

	for (size_t i = 0; i < rules->len; i++) {
		const struct rule *rule = &rules->list[i];

		if (has_precedence(rule, best) &&
		    robots_path_matches(rule_text(r, rule), rule->to_end, path))
			best = rule;
	}
	return best;
}

bool robots_allows(const struct robots *r, const struct url *url,
		   struct slice *rule)
{
	const struct rule *best;
	struct buf text = {0};

	if (robots_is_file(url))
		return true;
	robots_path_add_url(&text, path_of(url));
	best = deciding_rule(r, slice_of(&text));
	buf_release(&text);
	if (best && rule)
		*rule = rule_text(r, best);
	return !best || best->allow;
}
