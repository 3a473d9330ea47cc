/* The style sheet that cmd/report/page.c embeds in the page. */
#ifndef CMD_REPORT_STYLE_H
#define CMD_REPORT_STYLE_H

extern const char report_style[];

#endif
