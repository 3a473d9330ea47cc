/* Reads the parts of a line of a script. */
#ifndef TESTS_SERVER_TEXT_H
#define TESTS_SERVER_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "tests/server/script.h"

/* Reads a number and moves *at past it. Returns false if there is no number. */
bool text_number(const char **at, uint64_t *n);

/* Appends a text in quotes that reaches to the end of the line. */
bool text_quoted(const char *at, struct buf *out);

/* Appends the contents of a file. Returns false if the file cannot be
 * opened. */
bool text_file(const char *path, struct buf *out);

/* Returns a copy of the text in which {A} to {G} are replaced by the port
 * numbers. */
struct buf text_fill_in(const struct buf *text, const struct ports *ports);

#endif
