/* Opens the output file that --resume continues. */
#ifndef CMD_SCRAPE_RESUME_FILE_H
#define CMD_SCRAPE_RESUME_FILE_H

#include <stdint.h>
#include <stdio.h>

/* Opens the file for reading and writing, creating it if needed, and locks it
 * until it is closed. Returns NULL, with a message logged, on failure. */
FILE *resume_file_open(const char *path);

/* Logs that the file cannot be continued, and why. Returns -1. */
int resume_file_fail(const char *path, const char *why);

/* Logs that the file cannot be continued because that line (from 1) is not a
 * record. Returns -1. */
int resume_file_fail_line(const char *path, uint64_t line);

#endif
