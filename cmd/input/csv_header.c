/* Chooses the column with the URLs by its name. */
#include "cmd/input/csv_header.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { SHOWN_MAX = 40, SHOWN_COLUMNS = 40 };

/* Tries other separators if the row has a single column: spreadsheets write
 * semicolons where the comma is the decimal point. */
static void find_separator(struct csv *row)
{
	static const char others[] = ";\t";

	for (const char *s = others; *s && row->cells == 1; s++)
		if (row->separator == ',' && row->text.len &&
		    memchr(row->text.data, *s, row->text.len))
			csv_split_again(row, *s);
}

static bool has_name(const struct csv_header *h, const char *name)
{
	for (size_t i = 0; i < h->len; i++)
		if (!strcmp(h->names[i], name))
			return true;
	return false;
}

/* Adds a column; takes ownership of its name. A column without a name is named
 * after its number; a number is appended to a name that another column has. */
static void add_name(struct csv_header *h, char *name)
{
	const size_t number = h->len + 1;
	char *numbered;

	if (!*name || has_name(h, name)) {
		numbered = *name ? xasprintf("%s_%zu", name, number)
				 : xasprintf("column_%zu", number);
		while (has_name(h, numbered)) {
			char *longer = xasprintf("%s_", numbered);

			free(numbered);
			numbered = longer;
		}
		free(name);
		name = numbered;
	}
	h->names = xrealloc(h->names, number * sizeof(*h->names));
	h->names[h->len++] = name;
}

static void read_names(struct csv_header *h, const struct csv *row)
{
	for (size_t i = 0; i < row->cells; i++) {
		const struct slice cell = slice_trim(csv_cell(row, i),
						     LINE_SPACE);

		add_name(h, xmemdup(cell.p, cell.len));
	}
}

static bool find_exactly(struct csv_header *h, const char *name)
{
	for (h->url = 0; h->url < h->len; h->url++)
		if (!strcmp(h->names[h->url], name))
			return true;
	for (h->url = 0; h->url < h->len; h->url++)
		if (!strcasecmp(h->names[h->url], name))
			return true;
	return false;
}

static bool find_number(struct csv_header *h, const char *digits)
{
	char *end;
	const unsigned long number = strtoul(digits, &end, 10);

	if (!ascii_is_digit(*digits) || *end || !number || number > h->len)
		return false;
	h->url = number - 1;
	return true;
}

/* Finds the only column whose name contains "url". */
static bool find_similar(struct csv_header *h)
{
	size_t found = 0;

	for (size_t i = 0; i < h->len; i++)
		if (strcasestr(h->names[i], "url")) {
			h->url = i;
			found++;
		}
	return found == 1;
}

static bool find_usual(struct csv_header *h)
{
	static const char *const usual[] = {
		"url", "uri", "link", "href", "website", "homepage",
	};

	for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
		if (find_exactly(h, usual[i]))
			return true;
	return find_similar(h);
}

static void add_shown(struct buf *out, const char *name)
{
	char *shown = utf8_clean(name, strlen(name), SHOWN_MAX, NULL);

	buf_addstr(out, shown);
	free(shown);
}

static int fail_no_column(const struct csv_header *h, const char *column,
			  struct buf *why)
{
	bool is_data = false;

	if (column) {
		buf_addstr(why, "there is no column \"");
		add_shown(why, column);
		buf_addstr(why, "\"; there are: ");
	} else {
		buf_addstr(why, "no column is called url; choose one with "
				"--column NAME: ");
	}
	for (size_t i = 0; i < h->len && i < SHOWN_COLUMNS; i++) {
		buf_addstr(why, i ? ", " : "");
		add_shown(why, h->names[i]);
		is_data |= strstr(h->names[i], "://") != NULL;
	}
	if (h->len > SHOWN_COLUMNS)
		buf_addstr(why, ", ...");
	if (is_data)
		buf_addstr(why, " (the first row must have the names of the "
				"columns)");
	return -1;
}

int csv_header_read(struct csv_header *h, struct csv *row, const char *column,
		    struct buf *why)
{
	const char *text = row->text.data;
	bool found;

	if (row->error) {
		buf_addstr(why, row->error);
		return -1;
	}
	if (row->text.len && (memchr(text, '\0', row->text.len) ||
			      utf8_valid_prefix(text, row->text.len) !=
				      row->text.len)) {
		buf_addstr(why, "the names of the columns are not UTF-8");
		return -1;
	}
	find_separator(row);
	read_names(h, row);
	found = column ? find_exactly(h, column) || find_number(h, column)
		       : find_usual(h);
	return found ? 0 : fail_no_column(h, column, why);
}

void csv_header_release(struct csv_header *h)
{
	for (size_t i = 0; i < h->len; i++)
		free(h->names[i]);
	free(h->names);
	*h = (struct csv_header){0};
}
