/*
 * scrape diff: compares two files of saved records.
 *
 * The files of this folder, in the order in which a record passes them:
 *
 *	field_choice.c	says which members are compared
 *	fields.c	finds the members that differ, and their values
 *	old_records.c	keeps the records of the first file
 *	writer.c	writes the differences, for people or as JSON lines
 *	rows.c		writes them as a table: csv, md, html
 *	diff.c		the command
 */
#ifndef CMD_DIFF_DIFF_H
#define CMD_DIFF_DIFF_H

struct options;

/* Runs the command and returns the exit code: 0, no record differs; 1, some
 * do; 2, usage; 3, a file could not be read, or has lines that are not
 * records. */
int diff_command(struct options *options);

#endif
