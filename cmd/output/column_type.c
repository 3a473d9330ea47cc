#include "cmd/output/column_type.h"

#include <stddef.h>
#include <string.h>

#include "parse/extract/schema.h"

enum column_type column_type_of_record(const char *name)
{
	static const struct {
		const char *name;
		enum column_type type;
	} rows[] = {
		{"index", COLUMN_INTEGER},
		{"url", COLUMN_TEXT},
		{"final_url", COLUMN_TEXT},
		{"item", COLUMN_INTEGER},
		{"status", COLUMN_INTEGER},
		{"ok", COLUMN_BOOLEAN},
		{"error", COLUMN_JSON},
		{"attempts", COLUMN_INTEGER},
		{"content_type", COLUMN_TEXT},
		{"bytes", COLUMN_INTEGER},
		{"fetched_at", COLUMN_TIME},
		{"redirects", COLUMN_JSON},
		{"ip", COLUMN_TEXT},
		{"http_version", COLUMN_TEXT},
		{"tls", COLUMN_JSON},
		{"time", COLUMN_JSON},
		{"time_total", COLUMN_NUMBER},
		{"title", COLUMN_TEXT},
		{"page_title", COLUMN_TEXT},
		{"links_count", COLUMN_INTEGER},
		{"json", COLUMN_JSON},
		{"data", COLUMN_JSON},
		{"missing", COLUMN_JSON},
		{"meta", COLUMN_JSON},
		{"links", COLUMN_JSON},
		{"headers", COLUMN_JSON},
		{"input", COLUMN_JSON},
		{"body", COLUMN_TEXT},
		{"body_base64", COLUMN_TEXT},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (!strcmp(rows[i].name, name))
			return rows[i].type;
	return COLUMN_ANY;
}

enum column_type column_type_of_field(const struct field *field)
{
	if (field->all || field->inside)
		return COLUMN_JSON;
	if (field->fallback)
		return COLUMN_ANY;
	switch (field->type) {
	case VALUE_INTEGER:
		return COLUMN_INTEGER;
	case VALUE_NUMBER:
		return COLUMN_NUMBER;
	case VALUE_STRING:
	case VALUE_URL:
	case VALUE_DATE:
		break;
	}
	/* The values of other queries can be numbers, booleans and objects. */
	return field->kind == FIELD_CSS || field->type != VALUE_STRING
		       ? COLUMN_TEXT
		       : COLUMN_ANY;
}
