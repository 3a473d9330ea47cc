/* How the page looks: see report_page.c. */
#ifndef CMD_REPORT_STYLE_H
#define CMD_REPORT_STYLE_H

extern const char report_style[];

#endif
