/* Writes the file of a page. */
#ifndef CMD_OUTPUT_MARKDOWN_PAGE_FILE_H
#define CMD_OUTPUT_MARKDOWN_PAGE_FILE_H

#include "base/buf.h"
#include "base/slice.h"

/* Creates the folder and the folders above it, as far as they are missing.
 * Returns 0 or an errno; 0 also if the path is that of a file, which makes
 * opening the files in it fail. */
int page_file_make_folder(const char *path);

struct page_file {
	const char *folder;
	struct slice url;		/* URL of the page, as text */
	struct slice url_line;		/* line with the URL in the front
					 * matter */
	const struct buf *bytes;	/* the file's contents */
};

/*
 * Writes a new file, which then takes its name, so that nobody reads half of a
 * page. A file of the same page (with the same url in its front matter) is
 * replaced; any other file stays, and the page gets another name. Appends the
 * name of the file, relative to the folder, to name. Returns 0 or an errno;
 * name is then that of the file that could not be written.
 */
int page_file_write(const struct page_file *page, struct buf *name);

#endif
