/* Options of the commands that judge records instead of writing them: `scrape
 * diff`. */
#ifndef CMD_OPTIONS_AUDIT_H
#define CMD_OPTIONS_AUDIT_H

/* Formats of the result. */
enum audit_format {
	AUDIT_AUTO,	/* AUDIT_TABLE on a terminal, otherwise AUDIT_JSONL */
	AUDIT_TABLE,	/* text for people */
	AUDIT_JSONL,
	AUDIT_FORMATS	/* number of formats */
};

struct diff_options {
	enum audit_format format;
	const char *fields;	/* names of the members that are compared;
				 * NULL: all */
	const char *ignore;	/* names of members that are not; or NULL */
};

#endif
