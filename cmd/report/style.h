/* How the page looks: see cmd/report/page.c. */
#ifndef CMD_REPORT_STYLE_H
#define CMD_REPORT_STYLE_H

extern const char report_style[];

#endif
