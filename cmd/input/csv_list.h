/*
 * Reads a list of requests that is a table (--input-format csv). Each row after
 * the first is a request for the URL in one column. The other columns are its
 * input, an object of strings that the record repeats.
 *
 * A row that is not a request becomes a job all the same, with ERR_INPUT set.
 */
#ifndef CMD_INPUT_CSV_LIST_H
#define CMD_INPUT_CSV_LIST_H

#include "base/job/job.h"
#include "cmd/input/csv.h"
#include "cmd/input/csv_header.h"
#include "cmd/input/input.h"

struct csv_list;

/* Creates a reader of a table. config is borrowed. */
struct csv_list *csv_list_new(const struct csv_config *config);
void csv_list_free(struct csv_list *list);	/* NULL is fine */

/* Implement struct input_reader; list is a struct csv_list. */
struct job *csv_list_next(void *list, struct lines *bytes, const char *source);
void csv_list_begin(void *list);

/* Returns true if a source has no column with URLs. The error has been logged,
 * and nothing more is read. */
bool csv_list_has_failed(const struct csv_list *list);

#endif
