/*
 * A file that is made beside another one and then takes its name, so that nobody
 * ever reads half of it, and what goes wrong leaves the old one as it was.
 *
 * Its own name is one that no file has (O_EXCL): what somebody may have put
 * there, a link say, is neither followed nor written over.
 */
#ifndef BASE_NEW_FILE_H
#define BASE_NEW_FILE_H

#include <stdbool.h>

struct new_file {
	int fd;			/* -1: not open */
	char *target;		/* whose name it takes: where a symbolic link
				 * points to, so that the link stays one */
	char *name;		/* its own until then */
};

/* Whether path is something that no other file can take the place of: no regular
 * file, or a name in /dev or /proc, whatever is behind it. */
bool new_file_is_special(const char *path);

/* For the owner, group and mode of the file at path, as far as this user may
 * give them; without one, as any new file. 0, or an errno and nothing is open. */
int new_file_open(struct new_file *f, const char *path);

/* Closes it, and it takes the name of target, or of instead (NULL: target). 0;
 * or an errno, and it is gone. Releases f. */
int new_file_commit(struct new_file *f, const char *instead);

/* Closes and removes it. Releases f. Zero with fd -1 is fine. */
void new_file_discard(struct new_file *f);

#endif
