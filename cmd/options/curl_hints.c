/* The table of hints for options of other programs. */
#include "cmd/options/curl_hints.h"

#include <string.h>

#define IN_RECORD "every record has status, bytes and times; jq selects them"
#define PARAMETERS "parameters are written in the URL, or as \"params\" in a " \
		   "JSON line"
#define AT_ONCE "-P N says how many requests are made at once"
#define LOGINS "only -u (Basic) and --oauth2-bearer logins are supported"
#define NO_LINKS "links are not followed; scrape --links and jq make a list " \
		 "of them"

/* name, curl's letter (0: none, or one of our own options), hint */
static const struct {
	const char *name;
	char letter;
	const char *advice;
} rows[] = {
	{"get", 'G', PARAMETERS},
	{"url-query", 0, PARAMETERS},
	{"data-urlencode", 0, "-d takes text that is encoded; \"params\" in a "
			      "JSON line are encoded for you"},
	{"form", 'F', "multipart forms cannot be sent; -d sends fields, and "
		      "--data-binary @FILE the contents of a file"},
	{"form-string", 0, "multipart forms cannot be sent; -d sends fields"},
	{"upload-file", 'T', "-X PUT --data-binary @FILE sends a file"},
	{"write-out", 'w', IN_RECORD},
	{"include", 'i', "--headers puts them into the record (and a list of "
			 "URLs is given as FILE, without an option)"},
	{"dump-header", 'D', "--headers puts them into the record"},
	{"input-file", 0, "a list of URLs is given as FILE, without an option"},
	{"remote-name", 'O', "--body puts bodies into the records, and "
			     "-o FILE takes them all"},
	{"remote-name-all", 0, "--body puts bodies into the records"},
	{"output-dir", 0, "-o FILE takes all records"},
	{"parallel", 'Z', AT_ONCE},
	{"parallel-immediate", 0, AT_ONCE},
	{"concurrency", 0, AT_ONCE},
	{"concurrent", 0, AT_ONCE},
	{"threads", 0, AT_ONCE},
	{"jobs", 0, AT_ONCE},
	{"max-procs", 0, AT_ONCE},
	{"next", ':', "give different requests as lines of JSON in a FILE"},
	{"proxy-user", 'U', "-x http://USER:PASSWORD@HOST:PORT has them"},
	{"location-trusted", 0, "logins are sent to the first host alone"},
	{"digest", 0, LOGINS},
	{"ntlm", 0, LOGINS},
	{"negotiate", 0, LOGINS},
	{"anyauth", 0, LOGINS},
	{"range", 'r', "-H \"Range: bytes=0-99\" asks for a part"},
	{"limit-rate", 0, "--rate and --host-rate limit requests, nothing "
			  "limits bytes"},
	{"timeout", 0, "--max-time SECONDS and --connect-timeout SECONDS do "
		       "that"},
	{"retries", 0, "--retry N says how many more there are after the "
		       "first"},
	{"no-retry", 0, "--retry 0 makes one try"},
	{"no-buffer", 'N', "records are written as they come"},
	{"output-format", 0, "--format NAME says how records are written"},
	{"tries", 0, "--retry N says how many more there are after the first"},
	{"retry-delay", 0, "retries wait as long as the server says, or longer "
			   "each time; --retry-max-time S ends them"},
	{"retry-all-errors", 0, "transient errors are retried already if the "
				"method is idempotent"},
	{"retry-connrefused", 0, "refused connections are retried already"},
	{"fail-with-body", 0, "--fail does that: with --body, a body is in "
			      "the record whatever the status"},
	{"delay", 0, "--host-rate N/s says how often a host is asked"},
	{"wait", 0, "--host-rate N/s says how often a host is asked"},
	{"http1.0", '0', "scrape speaks HTTP/1.1 and HTTP/2"},
	{"http3", 0, "scrape speaks HTTP/1.1 and HTTP/2"},
	{"csv", 0, "--format csv writes a table"},
	{"css", 0, "--select NAME=CSS makes a field"},
	{"recursive", 0, NO_LINKS},
	{"mirror", 0, NO_LINKS},
	{"spider", 0, "-I asks for headers only; " NO_LINKS},
	{"depth", 0, NO_LINKS},
};

enum { ROWS = sizeof(rows) / sizeof(*rows) };

const char *curl_hint(const char *name, size_t len)
{
	for (size_t i = 0; i < ROWS; i++)
		if (strlen(rows[i].name) == len &&
		    !memcmp(rows[i].name, name, len))
			return rows[i].advice;
	return NULL;
}

const char *curl_hint_letter(char letter)
{
	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].letter && rows[i].letter == letter)
			return rows[i].advice;
	return NULL;
}
