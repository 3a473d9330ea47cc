/* Checks --format md, whose output is a folder. */
#ifndef CMD_OPTIONS_PAGE_FOLDER_H
#define CMD_OPTIONS_PAGE_FOLDER_H

#include "cmd/options/command_line.h"

/* Moves --output to o.folder, and sets o.output to the file with the records in
 * that folder; adds --markdown, and the article for the front matter. Does
 * nothing for other formats. Returns 0, or -1 after logging the reason. */
int page_folder_apply(struct command_line *line);

#endif
