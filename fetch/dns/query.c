/*
 * DESIGN
 *
 * A lookup resolves one name: it sends a query for each address family and, if
 * neither finds anything, continues with the next name of the search list.
 * ares_getaddrinfo() would do much of this, but (1.18) it reads /etc/hosts for
 * each name, waits for the slower family however long that takes, and lets the
 * later of two failures hide the earlier one. Hence ares_query().
 *
 * Some servers answer for one family and are silent for the other. Waiting for
 * the other one costs GRACE instead of the whole time-out. The lookup is then
 * ended, but stays allocated until its last query has come back.
 *
 * Callbacks of c-ares only record results; deliver_answers() calls back from
 * the loop. At most FRESH recently started lookups are under way at once, so
 * that a burst of queries or replies fits into the socket buffers, ours and a
 * local server's; further lookups are queued. Lookups that take longer do not
 * count towards FRESH: a list may be full of names whose servers are dead.
 */
#include "fetch/dns/query.h"

#include <ares.h>
#include <arpa/nameser.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/buf.h"
#include "base/mem.h"
#include "fetch/address.h"
#include "fetch/dns/channel.h"

enum {
	FRESH = 64,		/* maximum lookups started recently */
	ACTIVE = 2000,		/* maximum lookups under way in all */
	ADDRESSES_MAX = 32,	/* addresses kept per address family */
};

/* Time for which a lookup counts as fresh, in msec. */
#define FRESH_TIME 200.0
/* Longest wait for the second family after the first, in msec. */
#define GRACE 400.0
/* Longest TTL of an answer with one family missing, in msec. */
#define TTL_OF_HALF 10000.0
enum { V4, V6, FAMILIES };

struct lookup;

struct query {
	struct lookup *lookup;
	struct buf found;	/* addresses of this family that were found */
};

struct lookup {
	TAILQ_ENTRY(lookup) link;	/* in the list queued, fresh, slow or
					 * ended */
	TAILQ_ENTRY(lookup) grace_link;
	struct dns *dns;
	dns_fn *fn;
	void *ctx;
	struct query query[FAMILIES];
	unsigned pending;	/* number of queries under way */
	unsigned candidate;	/* next candidate of the search list */
	bool fresh;
	bool graced;		/* the lookup is in the list `grace` */
	bool ended, called_back;
	msec fresh_end, grace_end;
	msec ttl;
	bool has_records;	/* the name exists, with other record types */
	int status;		/* status to report for the candidate */
	char name[];
};

TAILQ_HEAD(lookup_list, lookup);

struct dns {
	struct loop *loop;
	struct channel channel;
	bool families[FAMILIES];
	bool ipv6_first;
	bool closing;
	struct lookup_list queued, fresh, slow, ended;
	struct lookup_list grace;	/* lookups that wait for the second
					 * family, in the order of their ends */
	unsigned n_fresh, n_slow;
	struct loop_timer fresh_timer, grace_timer, ready_timer;
};

/* Texts for the status codes of c-ares. All failures are temporary, except
 * those that are an answer about the name. */
static const struct {
	int status;
	bool temporary;
	const char *why;
} reasons[] = {
	{ARES_ENOTFOUND, false, "domain name not found"},
	{ARES_ENODATA, false, "the name has no address"},
	{ARES_EBADNAME, false, "not a domain name"},
	{ARES_ESERVFAIL, true, "the DNS server failed (SERVFAIL)"},
	{ARES_EREFUSED, true, "the DNS server refused to answer"},
	{ARES_ENOTIMP, true, "the DNS server does not know how to answer"},
	{ARES_EFORMERR, true, "the DNS server did not understand"},
	{ARES_EBADRESP, true, "the DNS server's answer is broken"},
	{ARES_ETIMEOUT, true, "no answer from the DNS server"},
	{ARES_ECONNREFUSED, true, "no DNS server gave an answer"},
	{-1, true, "the lookup failed"},
};

static size_t reason_of(int status)
{
	size_t i = 0;

	while (reasons[i].status != status && reasons[i].status >= 0)
		i++;
	return i;
}

static bool is_negative(int status)
{
	return status == ARES_ENOTFOUND || status == ARES_ENODATA;
}

static void lookup_free(struct lookup *l)
{
	for (int i = 0; i < FAMILIES; i++)
		buf_release(&l->query[i].found);
	free(l);
}

static void leave_grace(struct lookup *l)
{
	if (l->graced)
		TAILQ_REMOVE(&l->dns->grace, l, grace_link);
	l->graced = false;
}

/* Marks the lookup as answered. deliver_answers() will report the answer. */
static void end_lookup(struct lookup *l)
{
	struct dns *dns = l->dns;

	leave_grace(l);
	l->ended = true;
	(*(l->fresh ? &dns->n_fresh : &dns->n_slow))--;
	TAILQ_REMOVE(l->fresh ? &dns->fresh : &dns->slow, l, link);
	TAILQ_INSERT_TAIL(&dns->ended, l, link);
	loop_set_timer(dns->loop, &dns->ready_timer, loop_now(dns->loop));
}

/* Parses a DNS answer into addresses. Returns a status of c-ares. */
static int read_answer(struct lookup *l, int family, const unsigned char *p,
		       int len)
{
	struct ares_addrttl v4[ADDRESSES_MAX];
	struct ares_addr6ttl v6[ADDRESSES_MAX];
	struct buf *to = &l->query[family].found;
	int n = ADDRESSES_MAX, status;

	if (family == V4)
		status = ares_parse_a_reply(p, len, NULL, v4, &n);
	else
		status = ares_parse_aaaa_reply(p, len, NULL, v6, &n);
	for (int i = 0; status == ARES_SUCCESS && i < n; i++) {
		const int ttl = family == V4 ? v4[i].ttl : v6[i].ttl;

		if (family == V4)
			address_add(to, AF_INET, &v4[i].ipaddr);
		else
			address_add(to, AF_INET6, &v6[i].ip6addr);
		if (ttl * 1e3 < l->ttl)
			l->ttl = ttl * 1e3;
	}
	return status == ARES_SUCCESS && !to->len ? ARES_ENODATA : status;
}

static bool has_addresses(const struct lookup *l)
{
	return l->query[V4].found.len || l->query[V6].found.len;
}

/* Starts the grace period: there are usable addresses, but the other family is
 * missing. IPv6 alone is usable only if IPv6 is preferred. */
static void enter_grace(struct lookup *l)
{
	struct dns *dns = l->dns;

	if (l->graced || (!l->query[V4].found.len && !dns->ipv6_first))
		return;
	l->graced = true;
	l->grace_end = loop_now(dns->loop) + GRACE;
	TAILQ_INSERT_TAIL(&dns->grace, l, grace_link);
	if (TAILQ_FIRST(&dns->grace) == l)
		loop_set_timer(dns->loop, &dns->grace_timer, l->grace_end);
}

static void on_reply(void *arg, int status, int timeouts,
		     unsigned char *answer, int len);

/* Sends the queries for the lookup's candidate, skipping candidates that are
 * not valid names. on_reply() may be called during the call. */
static void send_queries(struct lookup *l)
{
	struct dns *dns = l->dns;
	struct buf name = {0};

	while (channel_candidate(&dns->channel, l->name, l->candidate,
				 &name)) {
		l->candidate++;
		if (!dns_name_is_valid(name.data, name.len)) {
			buf_clear(&name);
			continue;
		}
		l->status = ARES_SUCCESS;
		l->pending = dns->families[V4] + dns->families[V6];
		for (int i = 0; i < FAMILIES; i++)
			if (dns->families[i])
				ares_query(dns->channel.ares, buf_cstr(&name),
					   ns_c_in,
					   i == V4 ? ns_t_a : ns_t_aaaa,
					   on_reply, &l->query[i]);
		buf_release(&name);
		return;
	}
	buf_release(&name);
	if (l->has_records)
		l->status = ARES_ENODATA;
	end_lookup(l);
}

/* Returns the more important of two failures. A temporary failure is more
 * important, because it leaves open whether the name has an address. */
static int more_important_status(int a, int b)
{
	if (a == ARES_SUCCESS || (is_negative(a) && b != ARES_SUCCESS &&
				  b != ARES_ENOTFOUND))
		return b;
	return a;
}

/* Called by c-ares: records the reply, and may send further queries. */
static void on_reply(void *arg, int status, int timeouts,
		     unsigned char *answer, int len)
{
	struct query *q = arg;
	struct lookup *l = q->lookup;

	(void)timeouts;
	l->pending--;
	if (l->dns->closing || l->ended) {
		if (!l->pending && (l->called_back || l->dns->closing))
			lookup_free(l);
		return;
	}
	if (status == ARES_SUCCESS)
		status = read_answer(l, (int)(q - l->query), answer, len);
	if (status == ARES_ENODATA)
		l->has_records = true;
	l->status = more_important_status(l->status, status);
	if (l->pending) {
		if (has_addresses(l))
			enter_grace(l);
		return;
	}
	if (has_addresses(l) || !is_negative(l->status))
		end_lookup(l);
	else
		send_queries(l);
}

static void call_back(struct lookup *l)
{
	struct buf *first = &l->query[l->dns->ipv6_first ? V6 : V4].found;
	struct buf *second = &l->query[l->dns->ipv6_first ? V4 : V6].found;
	const size_t reason = reason_of(l->status);
	struct dns_answer answer = {.ttl = l->ttl};

	if (first->len && second->len)
		buf_addch(first, ',');
	buf_add(first, second->data, second->len);
	if (first->len) {
		answer.addresses = buf_cstr(first);
		if (l->pending && answer.ttl > TTL_OF_HALF)
			answer.ttl = TTL_OF_HALF;
	} else {
		answer.error = reasons[reason].why;
		answer.temporary = reasons[reason].temporary;
	}
	l->called_back = true;
	l->fn(l->ctx, &answer);
}

static bool has_room(const struct dns *dns)
{
	return dns->n_fresh < FRESH && dns->n_fresh + dns->n_slow < ACTIVE;
}

static void start_lookup(struct dns *dns, struct lookup *l)
{
	l->fresh = true;
	l->fresh_end = loop_now(dns->loop) + FRESH_TIME;
	if (!dns->n_fresh++)
		loop_set_timer(dns->loop, &dns->fresh_timer, l->fresh_end);
	TAILQ_INSERT_TAIL(&dns->fresh, l, link);
	send_queries(l);
	channel_query_sent(&dns->channel);
}

/* Reports the lookups that have ended, and starts queued ones. */
static void deliver_answers(void *ctx)
{
	struct dns *dns = ctx;
	struct lookup_list batch = TAILQ_HEAD_INITIALIZER(batch);
	struct lookup *l;

	TAILQ_CONCAT(&batch, &dns->ended, link);
	while ((l = TAILQ_FIRST(&batch))) {
		TAILQ_REMOVE(&batch, l, link);
		call_back(l);
		if (!l->pending)
			lookup_free(l);
	}
	while (has_room(dns) && (l = TAILQ_FIRST(&dns->queued))) {
		TAILQ_REMOVE(&dns->queued, l, link);
		start_lookup(dns, l);
	}
}

static void on_ready(void *ctx, msec now)
{
	(void)now;
	deliver_answers(ctx);
}

static void on_grace(void *ctx, msec now)
{
	struct dns *dns = ctx;
	struct lookup *l;

	while ((l = TAILQ_FIRST(&dns->grace)) && l->grace_end <= now)
		end_lookup(l);
	if (l)
		loop_set_timer(dns->loop, &dns->grace_timer, l->grace_end);
	deliver_answers(dns);
}

static void on_no_longer_fresh(void *ctx, msec now)
{
	struct dns *dns = ctx;
	struct lookup *l;

	while ((l = TAILQ_FIRST(&dns->fresh)) && l->fresh_end <= now) {
		TAILQ_REMOVE(&dns->fresh, l, link);
		TAILQ_INSERT_TAIL(&dns->slow, l, link);
		l->fresh = false;
		dns->n_fresh--;
		dns->n_slow++;
	}
	if (l)
		loop_set_timer(dns->loop, &dns->fresh_timer, l->fresh_end);
	deliver_answers(dns);
}

struct dns *dns_open(struct loop *loop, const struct fetch_config *config,
		     char **why)
{
	struct dns *dns = xcalloc(1, sizeof(*dns));

	dns->loop = loop;
	dns->families[V4] = config->ip_version != IP_6;
	dns->families[V6] = config->ip_version != IP_4;
	dns->ipv6_first = config->ip_version == IP_6 || address_prefers_ipv6();
	dns->fresh_timer = (struct loop_timer){.on_due = on_no_longer_fresh,
					       .ctx = dns};
	dns->grace_timer = (struct loop_timer){.on_due = on_grace, .ctx = dns};
	dns->ready_timer = (struct loop_timer){.on_due = on_ready, .ctx = dns};
	TAILQ_INIT(&dns->queued);
	TAILQ_INIT(&dns->fresh);
	TAILQ_INIT(&dns->slow);
	TAILQ_INIT(&dns->ended);
	TAILQ_INIT(&dns->grace);
	dns->channel.on_progress = deliver_answers;
	dns->channel.ctx = dns;
	if (channel_open(&dns->channel, loop, config->dns_servers, why)) {
		free(dns);
		return NULL;
	}
	return dns;
}

static void free_all(struct lookup_list *list)
{
	struct lookup *l;

	while ((l = TAILQ_FIRST(list))) {
		TAILQ_REMOVE(list, l, link);
		if (!l->pending)
			lookup_free(l);
	}
}

void dns_close(struct dns *dns)
{
	if (!dns)
		return;
	/* channel_close() makes c-ares call on_reply() for each pending query,
	 * which frees the lookups with such queries. */
	dns->closing = true;
	free_all(&dns->queued);
	free_all(&dns->ended);
	channel_close(&dns->channel);
	loop_set_timer(dns->loop, &dns->fresh_timer, MSEC_NEVER);
	loop_set_timer(dns->loop, &dns->grace_timer, MSEC_NEVER);
	loop_set_timer(dns->loop, &dns->ready_timer, MSEC_NEVER);
	free(dns);
}

void dns_lookup(struct dns *dns, const char *name, dns_fn *fn, void *ctx)
{
	const size_t len = strlen(name);
	struct lookup *l = xcalloc(1, sizeof(*l) + len + 1);

	l->dns = dns;
	l->fn = fn;
	l->ctx = ctx;
	l->ttl = MSEC_NEVER;
	for (int i = 0; i < FAMILIES; i++)
		l->query[i].lookup = l;
	memcpy(l->name, name, len);
	if (has_room(dns))
		start_lookup(dns, l);
	else
		TAILQ_INSERT_TAIL(&dns->queued, l, link);
}

bool dns_name_is_valid(const char *name, size_t len)
{
	size_t label = 0;

	if (len && name[len - 1] == '.')
		len--;
	if (!len || len > 253)
		return false;
	for (size_t i = 0; i < len; i++) {
		label = name[i] == '.' ? 0 : label + 1;
		if (label > 63 || (!label && (i == 0 || name[i - 1] == '.')))
			return false;
	}
	return true;
}
