/* Reads names that are separated by commas. */
#include "cmd/check/kind_set.h"

#include <string.h>

#include "base/slice.h"

/* Adds the kind of that name. Returns false if there is none. */
static bool add_kind(struct kind_set *s, struct slice name)
{
	for (int k = 0; k < FINDING_KINDS; k++)
		if (slice_is(name, finding_name((enum finding_kind)k))) {
			s->kinds |= UINT64_C(1) << k;
			return true;
		}
	return false;
}

/* The severity names that an option accepts. */
struct reading {
	unsigned severities[SEVERITIES];	/* the severities that each name
						 * stands for; 0: not
						 * accepted */
	const char *names;	/* list of the accepted names, for messages */
};

enum {
	ERRORS = 1 << SEVERITY_ERROR,
	WARNINGS = 1 << SEVERITY_WARNING,
	NOTICES = 1 << SEVERITY_NOTICE,
};

static const struct reading ignored = {
	{0, WARNINGS | NOTICES, NOTICES},
	"; or warning, notice",
};

static const struct reading failing = {
	{ERRORS, ERRORS | WARNINGS, ERRORS | WARNINGS | NOTICES},
	"; or error, warning, notice, none",
};

/* Adds the severities that the name stands for. Returns false if the option
 * does not accept the name. */
static bool add_severities(struct kind_set *s, struct slice name,
			   const struct reading *r)
{
	for (int i = 0; i < SEVERITIES; i++)
		if (r->severities[i] &&
		    slice_is(name, severity_name((enum severity)i))) {
			s->severities |= r->severities[i];
			return true;
		}
	return false;
}

static void add_names(struct buf *why, const struct reading *r)
{
	for (int k = 0; k < FINDING_KINDS; k++)
		buf_addf(why, "%s%s", k ? ", " : "",
			 finding_name((enum finding_kind)k));
	buf_addstr(why, r->names);
}

static int read_names(struct kind_set *s, const char *text,
		      const struct reading *r, struct buf *why)
{
	for (const char *p = text;; p++) {
		const struct slice name = {p, strcspn(p, ",")};

		if (!add_kind(s, name) && !add_severities(s, name, r)) {
			buf_addf(why, "there is no kind \"%.*s\"; there are ",
				 (int)(name.len < 40 ? name.len : 40), name.p);
			add_names(why, r);
			return -1;
		}
		p += name.len;
		if (!*p)
			return 0;
	}
}

int kind_set_read_ignored(struct kind_set *s, const char *text,
			  struct buf *why)
{
	return read_names(s, text, &ignored, why);
}

int kind_set_read_failing(struct kind_set *s, const char *text,
			  struct buf *why)
{
	*s = (struct kind_set){0};
	if (!strcmp(text, "none"))
		return 0;
	s->severities = ERRORS;
	return read_names(s, text, &failing, why);
}
