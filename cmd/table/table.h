/*
 * scrape table: converts saved records to a table, or to another format.
 *
 * The files of this folder, in the order in which a record passes them:
 *
 *	source.c	reads the lines of a file or a pipe
 *	record_line.c	checks that a line is a record
 *	scan.c		finds out which values the records have
 *	table.c		the command
 */
#ifndef CMD_TABLE_TABLE_H
#define CMD_TABLE_TABLE_H

struct options;

/* Runs the command and returns the exit code. */
int table_command(struct options *options);

#endif
