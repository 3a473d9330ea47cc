/* Opens the file of -o: locked, empty, its old content kept in FILE~. */
#ifndef CMD_OUTPUT_OUTPUT_FILE_H
#define CMD_OUTPUT_OUTPUT_FILE_H

/*
 * Returns the descriptor of an empty file of that name, open for writing and
 * locked (base/file_lock.h) until it is closed. A file that is not empty is
 * renamed to FILE~ first, and a message says so; a name in /dev or something
 * other than a regular file is opened as it is. Returns -1 with errno on
 * failure; EBUSY: another run is writing the file.
 */
int output_file_open(const char *path);

#endif
