/*
 * Settings for the requests to single hosts: [host "..."] sections in files of
 * options. Several rules may match a URL. Each setting is taken from the first
 * of them that has it; the rules are sorted, the most specific one first.
 *
 * The login and the secret headers of a rule are for requests whose hop may
 * carry secrets (hop.no_credentials): they are not sent if a response of
 * another origin has named the URL.
 */
#ifndef FETCH_HOST_RULES_H
#define FETCH_HOST_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/url/url.h"
#include "fetch/oauth2_client.h"
#include "fetch/strings.h"

struct host_rule {
	char *name;		/* the host, serialised, without a trailing
				 * dot */
	bool below;		/* "*.NAME": all names below it, at any
				 * depth */
	int port;		/* 0: any */

	const char *user, *bearer;	/* at most one of them and of oauth2 is
					 * set */
	struct oauth2_client oauth2;
	struct strings headers;		/* in the syntax of -H; each replaces
					 * the run's headers of its name */
	const char *proxy;		/* NULL: that of the run; "": none */
	bool has_rate;
	msec interval;			/* time between two starts; 0: no
					 * limit */
	unsigned parallel_max;		/* requests in flight; 0: as for other
					 * hosts */
};

struct host_rules {
	struct host_rule *items;
	size_t len;
};

/* Reads "api.example.com", "*.example.com", "[::1]" or "host:8080" into a rule
 * that is zero. Returns 0, or -1 after adding the reason to why. */
int host_rule_read(struct host_rule *rule, const char *pattern,
		   struct buf *why);

/* Adds a rule before the rules that are equally or less specific. Takes
 * ownership of the rule's name and of its list of headers. Returns the rule in
 * the list, which the next call may move. */
struct host_rule *host_rules_add(struct host_rules *rules,
				 const struct host_rule *rule);

/* Returns the next rule that matches the URL, after the given one; NULL asks
 * for the first rule, and is returned after the last. */
const struct host_rule *host_rules_next(const struct host_rules *rules,
					const struct url *url,
					const struct host_rule *after);

/* Sets the rate of a host and its requests in flight as the rules have them:
 * *interval, *parallel_max. A value that no rule sets is left unchanged.
 * Returns true if a rule sets the rate. Rules for one port have no such
 * limits. */
bool host_rules_limit(const struct host_rules *rules, struct slice host,
		      msec *interval, unsigned *parallel_max);

/* Returns true if the rule has a login. */
bool host_rule_has_login(const struct host_rule *rule);

/* Return the first matching rule that has a login, or a proxy; NULL if there is
 * none. */
const struct host_rule *host_rules_login(const struct host_rules *rules,
					 const struct url *url);
const struct host_rule *host_rules_proxy(const struct host_rules *rules,
					 const struct url *url);

/* Returns true if a matching rule has headers, or a login, which replaces an
 * Authorization header of the run. */
bool host_rules_have_headers(const struct host_rules *rules,
			     const struct url *url);

void host_rules_release(struct host_rules *rules);

#endif
