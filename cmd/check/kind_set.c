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

/* Adds the severity of that name, and the worse ones. Returns false if there is
 * none. */
static bool add_severities(struct kind_set *s, struct slice name)
{
	for (int i = 0; i < SEVERITIES; i++)
		if (slice_is(name, severity_name((enum severity)i))) {
			s->severities |= (2U << i) - 1;
			return true;
		}
	return false;
}

static void add_names(struct buf *why, bool with_severities)
{
	for (int k = 0; k < FINDING_KINDS; k++)
		buf_addf(why, "%s%s", k ? ", " : "",
			 finding_name((enum finding_kind)k));
	if (with_severities)
		buf_addstr(why, "; or error, warning, notice, none");
}

static int read_names(struct kind_set *s, const char *text,
		      bool with_severities, struct buf *why)
{
	for (const char *p = text;; p++) {
		const struct slice name = {p, strcspn(p, ",")};

		if (!add_kind(s, name) &&
		    !(with_severities && add_severities(s, name))) {
			buf_addf(why, "there is no kind \"%.*s\"; there are ",
				 (int)(name.len < 40 ? name.len : 40), name.p);
			add_names(why, with_severities);
			return -1;
		}
		p += name.len;
		if (!*p)
			return 0;
	}
}

int kind_set_read(struct kind_set *s, const char *text, struct buf *why)
{
	return read_names(s, text, false, why);
}

int kind_set_read_failing(struct kind_set *s, const char *text,
			  struct buf *why)
{
	*s = (struct kind_set){0};
	if (!strcmp(text, "none"))
		return 0;
	s->severities = 1U << SEVERITY_ERROR;
	return read_names(s, text, true, why);
}
