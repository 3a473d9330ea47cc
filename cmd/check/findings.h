/*
 * The findings of an audit. As JSON lines, findings are written at once; for
 * other formats, all are kept until the end, and sorted.
 */
#ifndef CMD_CHECK_FINDINGS_H
#define CMD_CHECK_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest_set.h"
#include "cmd/options/audit.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTICE };
enum { SEVERITIES = 3 };	/* number of severities */

enum finding_kind {
	FINDING_BROKEN,
	FINDING_FRAGMENT,
	FINDING_CERTIFICATE,
	FINDING_MIXED,
	FINDING_INSECURE,
	FINDING_REDIRECTED,
	FINDING_SLOW,
	FINDING_NOINDEX,
	FINDING_NO_TITLE,
	FINDING_NO_DESCRIPTION,
	FINDING_NO_CANONICAL,
	FINDING_SAME_TITLE,
	FINDING_SAME_DESCRIPTION,
	FINDING_SAME_CANONICAL,
	FINDING_UNCHECKED,
	FINDING_KINDS		/* number of kinds */
};

struct finding {
	enum severity severity;
	enum finding_kind kind;
	char *url;		/* the URL that was checked, without secrets;
				 * text in UTF-8 */
	char *detail;
	char *page;		/* the page with the link to url; NULL: the URL
				 * was given */
	uint64_t number;	/* order of the findings */
};

/* A set of findings: those of a kind or a severity in it. Zero is empty. */
struct kind_set {
	uint64_t kinds;		/* bits, 1 << kind */
	unsigned severities;	/* bits, 1 << severity */
};

struct finding_list {
	/* Called for each finding as soon as it is made, or NULL to keep
	 * it. */
	void (*on_finding)(void *ctx, const struct finding *f);
	void *ctx;
	struct finding *list;
	size_t len;
	struct digest_set known;	/* findings of the baseline */
	struct digest_set made;		/* findings of this run */
	struct kind_set ignored;	/* left out, and not counted */
	struct kind_set failing;	/* the check has failed if there is
					 * one */
	uint64_t failures;		/* number of failing findings */
	uint64_t counts[SEVERITIES];
	uint64_t baseline;		/* number of findings of the baseline */
	uint64_t old;			/* number of findings left out, because
					 * the baseline has them */
	uint64_t pages, links;		/* numbers of URLs that were checked */
	const char *source;		/* the first source; borrowed */
	size_t sources;			/* number of sources */
	bool is_coloured;		/* in text, severities are coloured */
	bool cuts_lines;		/* in text, details are not longer than
					 * a line of a terminal */
	/* Checked URLs, each with its time on the network, for formats that
	 * list all URLs; kept only if keeps_urls. */
	bool keeps_urls;
	struct checked_url {
		char *url;
		double seconds;
	} *urls;
	size_t urls_len;
};

const char *severity_name(enum severity s);
const char *finding_name(enum finding_kind kind);

/* Returns true if the set has findings like this one. */
bool kind_set_has(const struct kind_set *s, const struct finding *f);

/* Reads the findings of an earlier run. Returns 0, or -1 after a message. */
int finding_list_read_baseline(struct finding_list *f, const char *path);

/* Adds a finding, unless the baseline has it or it was added before. page:
 * NULL if there is none. */
void finding_list_add(struct finding_list *f, enum severity severity,
		  enum finding_kind kind, const char *url, const char *page,
		  const char *fmt, ...) __attribute__((format(printf, 6, 7)));

/* Notes a URL that was checked. */
void finding_list_note_url(struct finding_list *f, const char *url,
			   double seconds);

/* Sorts the findings: by page, then by severity, kind and URL. */
void finding_list_sort(struct finding_list *f);

/* Appends a finding as a line of JSON. */
void finding_add_json(struct buf *to, const struct finding *f);

void finding_list_release(struct finding_list *f);

#endif
