/* Writes findings as a whole, in the formats that are not JSON lines. */
#ifndef CMD_CHECK_WRITER_H
#define CMD_CHECK_WRITER_H

#include "base/buf.h"
#include "cmd/check/findings.h"

/* Appends the findings, which are sorted. */
void finding_list_write(struct buf *to, const struct finding_list *f,
		    enum audit_format format);

/* Appends "1 page and 3 links checked: 2 errors, 1 warning, 0 notices". */
void finding_list_add_summary(struct buf *to, const struct finding_list *f);

/* Appends "Check of SOURCE and 2 more"; the URL is without its secrets. */
void finding_list_add_title(struct buf *to, const struct finding_list *f);

/* Appends the time of day, for people: "2026-01-31 10:30 UTC". */
void finding_list_add_date(struct buf *to);

/* Returns the number of findings of a severity and kind, of those that were
 * kept. */
size_t finding_list_count(const struct finding_list *f, enum severity severity,
		      enum finding_kind kind);

/* Returns true if browsers may be offered the URL as a link. */
bool finding_url_is_http(const char *url);

/* The formats, for finding_list_write(). */
void finding_list_write_text(struct buf *to, const struct finding_list *f);
void finding_list_write_markdown(struct buf *to, const struct finding_list *f);
void finding_list_write_html(struct buf *to, const struct finding_list *f);
void finding_list_write_csv(struct buf *to, const struct finding_list *f);
void finding_list_write_junit(struct buf *to, const struct finding_list *f);

#endif
