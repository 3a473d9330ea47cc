/* The members of records and of the objects in them, as tables that end with a
 * row without a name. Included only by shape.c. */
#ifndef CMD_OUTPUT_SHAPE_MEMBERS_H
#define CMD_OUTPUT_SHAPE_MEMBERS_H

#include "cmd/output/shape.h"

/* A member of a record, or of an object in it. */
struct member {
	const char *name;
	enum column_type type;
	enum shape_use use;
};

/* Members of a page's record, in the order of parse/record.c. */
static const struct member shape_page_members[] = {
	{"index", COLUMN_INTEGER, SHAPE_PLAIN},
	{"id", COLUMN_ANY, SHAPE_PLAIN},
	{"url", COLUMN_TEXT, SHAPE_ALWAYS},
	{"final_url", COLUMN_TEXT, SHAPE_PLAIN},
	{"status", COLUMN_INTEGER, SHAPE_ALWAYS},
	{"ok", COLUMN_BOOLEAN, SHAPE_PLAIN},
	{"error", COLUMN_JSON, SHAPE_ALWAYS},
	{"attempts", COLUMN_INTEGER, SHAPE_PLAIN},
	{"content_type", COLUMN_TEXT, SHAPE_PLAIN},
	{"bytes", COLUMN_INTEGER, SHAPE_PLAIN},
	{"time", COLUMN_JSON, SHAPE_PLAIN},
	{"fetched_at", COLUMN_TEXT, SHAPE_PLAIN},
	{"redirects", COLUMN_JSON, SHAPE_PLAIN},
	{"ip", COLUMN_TEXT, SHAPE_PLAIN},
	{"http_version", COLUMN_TEXT, SHAPE_PLAIN},
	{"title", COLUMN_TEXT, SHAPE_PLAIN},
	{"links_count", COLUMN_INTEGER, SHAPE_PLAIN},
	{"json", COLUMN_JSON, SHAPE_PLAIN},
	{.name = NULL},
};

/* Members of a record with --items: of each item, and of pages without items,
 * whose rows are written among the rows of items. */
static const struct member shape_item_members[] = {
	{"index", COLUMN_INTEGER, SHAPE_PLAIN},
	{"id", COLUMN_ANY, SHAPE_PLAIN},
	{"url", COLUMN_TEXT, SHAPE_ALWAYS},
	{"item", COLUMN_INTEGER, SHAPE_PLAIN},
	{"status", COLUMN_INTEGER, SHAPE_ALWAYS},
	{"error", COLUMN_JSON, SHAPE_ALWAYS},
	{.name = NULL},
};

/* Members of a line of --map. */
static const struct member shape_map_members[] = {
	{"index", COLUMN_INTEGER, SHAPE_PLAIN},
	{"id", COLUMN_ANY, SHAPE_PLAIN},
	{"url", COLUMN_TEXT, SHAPE_PLAIN},
	{"level", COLUMN_INTEGER, SHAPE_PLAIN},
	{"via", COLUMN_TEXT, SHAPE_PLAIN},
	{"role", COLUMN_TEXT, SHAPE_PLAIN},
	{"lastmod", COLUMN_TEXT, SHAPE_PLAIN},
	{.name = NULL},
};

static const struct member shape_time_members[] = {
	{"total", COLUMN_NUMBER, 0},	  {"wait", COLUMN_NUMBER, 0},
	{"dns", COLUMN_NUMBER, 0},	  {"connect", COLUMN_NUMBER, 0},
	{"tls", COLUMN_NUMBER, 0},	  {"first_byte", COLUMN_NUMBER, 0},
	{.name = NULL},
};

static const struct member shape_tls_members[] = {
	{"version", COLUMN_TEXT, 0},
	{"issuer", COLUMN_TEXT, 0},
	{"subject", COLUMN_TEXT, 0},
	{"not_after", COLUMN_TEXT, 0},
	{"days_left", COLUMN_INTEGER, 0},
	{.name = NULL},
};

static const struct member shape_warc_members[] = {
	{"file", COLUMN_TEXT, 0},
	{"offset", COLUMN_INTEGER, 0},
	{"date", COLUMN_TEXT, 0},
	{"truncated", COLUMN_TEXT, 0},
	{.name = NULL},
};

static const struct member shape_error_members[] = {
	{"kind", COLUMN_TEXT, 0},
	{"message", COLUMN_TEXT, 0},
	{.name = NULL},
};

static const struct member shape_article_members[] = {
	{"title", COLUMN_TEXT, 0},
	{"authors", COLUMN_JSON, 0},
	{"date", COLUMN_TEXT, 0},
	{"modified", COLUMN_TEXT, 0},
	{"site", COLUMN_TEXT, 0},
	{"language", COLUMN_TEXT, 0},
	{"type", COLUMN_TEXT, 0},
	{"text", COLUMN_TEXT, 0},
	{"words", COLUMN_INTEGER, 0},
	{"confidence", COLUMN_NUMBER, 0},
	{"source", COLUMN_JSON, 0},
	{.name = NULL},
};

static const struct member shape_source_members[] = {
	{"title", COLUMN_TEXT, 0},
	{"authors", COLUMN_TEXT, 0},
	{"date", COLUMN_TEXT, 0},
	{.name = NULL},
};

#endif
