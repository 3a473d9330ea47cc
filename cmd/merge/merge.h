/*
 * scrape merge: puts the records of several runs (--shard) into one file, in
 * the order of their indexes.
 *
 *	parts.c		reads the places of the records, and records again
 *	merge.c		checks the indexes, and writes the records
 */
#ifndef CMD_MERGE_MERGE_H
#define CMD_MERGE_MERGE_H

struct options;

/* Runs the command and returns the exit code: 0, each index has its record; 1,
 * indexes are missing, or two records have the same one; 2, usage; 3, a file
 * could not be read or written, or has lines that are not records. */
int merge_command(struct options *options);

#endif
