/* Checks the columns of the output before anything is fetched.
 * options_columns() (cmd/options/options.h) makes them. */
#ifndef CMD_OPTIONS_TABLE_COLUMNS_H
#define CMD_OPTIONS_TABLE_COLUMNS_H

#include "cmd/options/command_line.h"

/* Fails if an option about tables has no effect with this format, or if a table
 * with these columns is not possible. Returns 0, or -1 after logging the
 * reason. */
int table_columns_check(const struct command_line *line);

/* Sets the format by the extension of --output, if --format was not given. */
void output_ending_apply(struct command_line *line);

/* Sets --format postgres if --output is the URL of a PostgreSQL database, and
 * checks --output. Returns 0; or -1 after logging the reason, without any part
 * of a password. */
int table_target_check(struct command_line *line);

/* Checks --input-format and --column, and the first row of each table that is a
 * file. Sets o.input_columns if the columns of all tables are known. Returns 0;
 * or -1 after logging the reason. */
int input_tables_check(struct command_line *line);

#endif
