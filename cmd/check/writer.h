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

/* The formats, for finding_list_write(). */
void finding_list_write_text(struct buf *to, const struct finding_list *f);
void finding_list_write_markdown(struct buf *to, const struct finding_list *f);
void finding_list_write_html(struct buf *to, const struct finding_list *f);
void finding_list_write_csv(struct buf *to, const struct finding_list *f);
void finding_list_write_junit(struct buf *to, const struct finding_list *f);

#endif
