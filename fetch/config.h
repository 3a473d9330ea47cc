/* Fetch options that the command line sets for all requests. Filled by
 * cmd/options, and borrowed const by the files of fetch/. The strings are
 * borrowed, too. */
#ifndef FETCH_CONFIG_H
#define FETCH_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "fetch/host_rules.h"
#include "fetch/oauth2_client.h"
#include "fetch/strings.h"

enum http_version { HTTP_ANY, HTTP_1_1, HTTP_2 };
enum tls_version { TLS_ANY, TLS_1_2, TLS_1_3 };
enum ip_version { IP_ANY, IP_4, IP_6 };

struct body_budget;
struct body_check;
struct exchange_store;

struct fetch_config {
	const char *proto_default;	/* for URLs without a scheme */

	const char *method;		/* -X; NULL: GET, or POST with a body */
	const char *body;		/* -d, --json, -F; NULL if there is
					 * none */
	size_t body_len;
	const char *body_type;		/* "Content-Type: ..." of the body,
					 * unless the request has one; NULL:
					 * libcurl's, that of a form */
	bool path_as_is;		/* --path-as-is: the segments "." and
					 * ".." of a URL's path are sent as they
					 * are */
	const char *query;		/* parameters to append to the query of
					 * each URL, encoded; NULL if there is
					 * none */
	struct strings headers;		/* -H, in curl's syntax */
	struct strings file_headers;	/* the members of `headers` that are in
					 * files of options: the headers of a
					 * host replace them */
	struct host_rules hosts;	/* settings for single hosts */
	const char *user_agent;		/* -A; "": send no User-Agent */
	const char *referer;		/* -e; "": send no Referer */
	const char *user;		/* -u, user:password */
	const char *bearer;		/* --oauth2-bearer */
	struct oauth2_client oauth2;	/* --oauth2-token-url and so on */
	bool netrc;
	struct strings cookies;		/* -b "a=1" */
	struct strings cookie_files;	/* -b FILE; "": read none, but keep
					 * cookies of the run */
	const char *cookie_jar;

	const char *proxy;		/* -x; NULL: as the environment says */
	const char *noproxy;
	struct strings resolve;		/* --resolve: host:port:addr[,addr] */
	const char *dns_servers;	/* --dns-servers; NULL: the system's */
	enum ip_version ip_version;
	enum http_version http_version;
	bool allow_private;

	enum tls_version tls_min;	/* --tlsv1.2 */
	bool insecure;			/* -k */
	bool tls_info;			/* record the servers' certificates */
	const char *cacert;		/* --cacert; NULL: the system's
					 * certificates */
	const char *cert, *key;

	msec connect_timeout;		/* until connected, DNS included */
	msec max_time;			/* time limit of one attempt */
	unsigned retry;			/* number of further attempts */
	msec retry_max_time;		/* time from the first attempt in which
					 * retries may start */
	unsigned max_redirs;		/* 0: a redirect (3xx) is not followed
					 * but is the result */
	bool drops_logins;		/* a user name and password in the
					 * Location of a redirect are removed */
	uint64_t max_filesize;

	struct body_budget *body_budget;	/* NULL: no limit */
	/* Checks for bodies that arrive slowly; NULL: bodies are not
	 * checked. */
	const struct body_check *body_check;
	const void *body_check_config;
	struct exchange_store *store;	/* archive of exchanges; NULL if none is
					 * written */
	unsigned parallel_max;		/* maximum number of requests in flight,
					 * to all hosts */
	unsigned parallel_max_host;
	unsigned descriptors;		/* maximum number of descriptors of all
					 * transfers */
};

#endif
