/* The parts of a script's line. */
#ifndef TESTS_SERVER_TEXT_H
#define TESTS_SERVER_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "tests/server/script.h"

/* A number; *at moves behind it. False: there is none. */
bool text_number(const char **at, uint64_t *n);

/* Appends a text in quotes that reaches to the end of the line. */
bool text_quoted(const char *at, struct buf *out);

/* Appends a file's bytes; false: it cannot be opened. */
bool text_file(const char *path, struct buf *out);

/* A copy with {A} to {G} replaced. */
struct buf text_fill_in(const struct buf *text, const struct ports *ports);

#endif
