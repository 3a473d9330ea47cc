/* The table of options of other programs, with what to write instead. */
#ifndef CMD_OPTIONS_HINTS_HINT_ROWS_H
#define CMD_OPTIONS_HINTS_HINT_ROWS_H

/* A row of the table, which ends at NULL words. Of several rows for a word, the
 * first one that is possible is used. */
struct hint_row {
	const char *words;	/* names of the option, separated by blanks */
	char letter;		/* 0: none */
	const char *needs;	/* an option, or "scrape COMMAND", without which
				 * the row is left out; NULL: none */
	const char *advice;	/* a complete phrase */
};

extern const struct hint_row hint_rows[];

#endif
