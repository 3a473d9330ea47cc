#include "cmd/fleet_worker/shared_options.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "cmd/fleet_worker/packing.h"
#include "cmd/options/table.h"

#define TAG_WORD 'w'

enum whose {
	REFUSED,	/* not allowed in a fleet */
	SHARED,		/* all machines use the value of the first machine */
	OWN,		/* each machine uses its own value */
	EITHER,		/* a machine's own value, or else that of the first
			 * machine */
};

static const struct {
	const char *name;
	enum whose whose;
} rules[] = {
	{"fleet", OWN}, {"fleet-volatile", OWN}, {"allow-private", OWN},
	{"globoff", OWN}, {"input-format", OWN}, {"column", OWN},
	{"log", OWN}, {"log-format", OWN}, {"verbose", OWN},
	{"show-error", OWN}, {"progress-bar", OWN}, {"color", OWN},
	{"summary", OWN}, {"report", OWN}, {"disable", OWN},
	{"dns-servers", OWN}, {"cacert", OWN},
	{"proxy", OWN}, {"noproxy", OWN},
	{"variable", OWN}, {"warc-file", OWN}, {"warc-max-size", OWN},
	{"warc-header", OWN}, {"warc-compression", OWN},
	{"warc-digests", OWN}, {"warc-secrets", OWN},

	{"parallel-max", EITHER}, {"mode", EITHER}, {"workers", EITHER},
	{"parse-memory", EITHER}, {"require-sandbox", EITHER},
	{"ipv4", EITHER}, {"ipv6", EITHER},

	{"proto-default", SHARED}, {"links", SHARED}, {"headers", SHARED},
	{"tls-info", SHARED}, {"body", SHARED}, {"fail", SHARED},
	{"select", SHARED}, {"xpath", SHARED}, {"jq", SHARED},
	{"each", SHARED}, {"each-jq", SHARED}, {"items", SHARED},
	{"type", SHARED}, {"charset", SHARED}, {"meta", SHARED},
	{"article", SHARED}, {"markdown", SHARED}, {"scope", SHARED},
	{"level", SHARED}, {"domains", SHARED}, {"exclude-domains", SHARED},
	{"accept-regex", SHARED}, {"reject-regex", SHARED},
	{"key-ignore", SHARED}, {"ignore-nofollow", SHARED},
	{"parallel-max-host", SHARED}, {"host-rate", SHARED},
	{"robots", SHARED}, {"robots-agent", SHARED}, {"max-time", SHARED},
	{"connect-timeout", SHARED}, {"retry", SHARED},
	{"retry-max-time", SHARED}, {"max-redirs", SHARED},
	{"max-filesize", SHARED}, {"parse-timeout", SHARED},
	{"request", SHARED}, {"head", SHARED}, {"header", SHARED},
	{"data", SHARED}, {"data-raw", SHARED}, {"data-binary", SHARED},
	{"data-urlencode", SHARED}, {"json", SHARED}, {"get", SHARED},
	{"url-query", SHARED}, {"form-string", SHARED},
	{"user-agent", SHARED}, {"referer", SHARED}, {"compressed", SHARED},
	{"location", SHARED}, {"user", SHARED}, {"basic", SHARED},
	{"oauth2-bearer", SHARED}, {"resolve", SHARED}, {"http1.1", SHARED},
	{"http2", SHARED}, {"insecure", SHARED}, {"tlsv1.2", SHARED},
	{"tlsv1.3", SHARED},
};

static enum whose whose_is(const char *name)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (!strcmp(rules[i].name, name))
			return rules[i].whose;
	return REFUSED;
}

/* Returns true if the value of the option is "@FILE" or contains "@FILE". */
static bool names_file(const struct option_row *row, const char *value)
{
	if (!value || !row->arg || !strstr(row->arg, "@FILE"))
		return !strcmp(row->name, "data-urlencode") && value &&
		       !strchr(value, '=') && strchr(value, '@');
	return *value == '@';
}

int shared_options_check(const struct options *o)
{
	const struct compare_options *c = &o->compare;

	if (o->engine.fetch.hosts.len) {
		log_fatal("--fleet: settings of single hosts ([HOST] in a -K "
			  "file) are not possible, because the other machines "
			  "do not have the file");
		return -1;
	}
	for (size_t i = 0; i < c->given_len; i++) {
		const struct given_option *g = &c->given[i];
		const enum whose whose = whose_is(g->row->name);

		if (whose == REFUSED) {
			log_fatal("--%s is not possible with --fleet%s",
				  g->row->name,
				  !strcmp(g->row->name, "output")
					  ? ": `scrape fleet collect` writes "
					    "the records" : "");
			return -1;
		}
		if (whose != OWN && names_file(g->row, g->value)) {
			log_fatal("--%s: a file is not possible with --fleet, "
				  "because the other machines do not have it",
				  g->row->name);
			return -1;
		}
	}
	return 0;
}

static char *word_of(const struct given_option *g)
{
	return xasprintf("--%s%s%s%s", g->no ? "no-" : "", g->row->name,
			 g->value ? "=" : "", g->value ? g->value : "");
}

void shared_options_pack(struct buf *out, const struct options *o)
{
	const struct compare_options *c = &o->compare;

	for (size_t i = 0; i < c->given_len; i++) {
		char *word;

		if (whose_is(c->given[i].row->name) == OWN)
			continue;
		word = word_of(&c->given[i]);
		packing_add(out, TAG_WORD, (struct slice){word, strlen(word)});
		free(word);
	}
}

struct words {
	char **items;
	size_t len;
};

static void add_word(struct words *w, char *word)
{
	w->items = xgrow(w->items, w->len, 1, sizeof(*w->items));
	w->items[w->len++] = word;
}

/* Returns true if the word is an option that may be part of a job. */
static bool may_travel(const char *word)
{
	const char *name = word + 2;
	const struct option_row *row;
	size_t len;

	if (strncmp(word, "--", 2))
		return false;
	len = strcspn(name, "=");
	row = option_by_name(name, len);
	if (!row && !strncmp(name, "no-", 3))
		row = option_by_name(name + 3, len - 3);
	return row && (whose_is(row->name) == SHARED ||
		       whose_is(row->name) == EITHER) &&
	       !names_file(row, name[len] ? name + len + 1 : NULL);
}

static int add_packed(struct words *w, struct slice packed)
{
	struct slice value;
	char tag;
	int more;

	while ((more = packing_next(&packed, &tag, &value)) > 0) {
		if (tag != TAG_WORD)
			continue;
		add_word(w, xmemdup(value.p, value.len));
		if (!may_travel(w->items[w->len - 1]))
			return -1;
	}
	return more;
}

static void add_own(struct words *w, const struct options *o)
{
	const struct compare_options *c = &o->compare;
	enum whose whose;

	for (size_t i = 0; i < c->given_len; i++) {
		whose = whose_is(c->given[i].row->name);
		if (whose == OWN || whose == EITHER)
			add_word(w, word_of(&c->given[i]));
	}
}

char **shared_options_unpack(struct slice packed, const struct options *o,
			     int *argc)
{
	struct words w = {0};

	add_word(&w, xstrdup("scrape"));
	/* Read no options files: their defaults on this machine are not part of
	 * the job. */
	add_word(&w, xstrdup("-q"));
	if (add_packed(&w, packed)) {
		for (size_t i = 0; i < w.len; i++)
			free(w.items[i]);
		free(w.items);
		return NULL;
	}
	add_own(&w, o);
	/* The patterns in the sources are expanded already. */
	add_word(&w, xstrdup("--globoff"));
	add_word(&w, xstrdup("--"));
	for (size_t i = 0; i < o->sources.len; i++)
		add_word(&w, xstrdup(o->sources.items[i]));
	*argc = (int)w.len;
	add_word(&w, NULL);
	return w.items;
}
