/*
 * Replaces a file atomically: a new file is written in the same folder and then
 * renamed, so that no reader ever sees half of the file, and an error leaves
 * the old file unchanged.
 *
 * The temporary file is created with O_EXCL, under a name that no file has. So
 * a file or link that somebody else may have put there is neither followed nor
 * overwritten.
 */
#ifndef BASE_NEW_FILE_H
#define BASE_NEW_FILE_H

#include <stdbool.h>

struct new_file {
	int fd;			/* -1: not open */
	char *target;		/* the final name; the target of a symbolic
				 * link, so that the link is kept */
	char *name;		/* the temporary name */
};

/* Returns true if path cannot be replaced by another file: it is not a regular
 * file, or a name in /dev or /proc, whatever that refers to. */
bool new_file_is_special(const char *path);

/* Creates the temporary file. It gets the owner, group and mode of the file at
 * path, as far as the user may set them; if there is none, those of any new
 * file. Returns 0, or an errno and nothing is open. */
int new_file_open(struct new_file *f, const char *path);

/* Closes the file and renames it to other_name (NULL: to target). Returns 0; or
 * an errno, and the file is removed. Releases f. */
int new_file_commit(struct new_file *f, const char *other_name);

/* Closes and removes the temporary file. Releases f. Does nothing if f is zero
 * with fd -1. */
void new_file_discard(struct new_file *f);

#endif
