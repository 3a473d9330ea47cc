/* The table of options of other programs, with what to write instead. */
#ifndef CMD_OPTIONS_HINTS_HINT_ROWS_H
#define CMD_OPTIONS_HINTS_HINT_ROWS_H

/* A row of the table, which ends with NULL words. Of several rows for a word,
 * the first one whose needs are met is used. */
struct hint_row {
	const char *words;	/* names of the option, separated by blanks */
	char letter;		/* 0: none */
	const char *needs;	/* option, or "scrape COMMAND", that must exist
				 * for the row to be used; NULL if there is
				 * none */
	const char *advice;	/* a complete phrase */
};

extern const struct hint_row hint_rows[];

#endif
