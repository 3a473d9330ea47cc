/* The file of -o: locked, empty, and what it had before kept beside it. */
#ifndef CMD_OUTPUT_OUTPUT_FILE_H
#define CMD_OUTPUT_OUTPUT_FILE_H

/*
 * The descriptor of an empty file under that name, for writing. Another program
 * that locks it (base/file_lock.h) is kept away until it is closed. A file that
 * is not empty is renamed to FILE~ first, which is said; what is no file, or is
 * in /dev, is opened as it is. -1 with errno: EBUSY, another run writes it.
 */
int output_file_open(const char *path);

#endif
