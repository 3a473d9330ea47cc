/*
 * --extract FILE: the fields to extract from each page, as JSON.
 *
 *	{"each": "article",
 *	 "items": true,
 *	 "fields": {
 *	   "name": "h2",
 *	   "tags[]": ".tag",
 *	   "price": {"select": ".price", "type": "number", "required": true},
 *	   "offers": {"each": "li", "fields": {"url": "a::attr(href)"}}}}
 *
 * With "each_jq" in place of "each", definitions that are plain strings are jq
 * filters.
 */
#ifndef CMD_OPTIONS_SCHEMA_SCHEMA_FILE_H
#define CMD_OPTIONS_SCHEMA_SCHEMA_FILE_H

#include <jansson.h>

#include "base/buf.h"
#include "base/json/path.h"
#include "parse/extract/schema.h"

/* Reads the file's JSON. Returns NULL after adding the reason to why. */
json_t *schema_file_load(const char *path, struct buf *why);

/* Adds the fields of the file to x. Returns 0; or -1 after adding to why what
 * is wrong and where in the file (as the path of keys, "fields.price.type"). */
int schema_file_read(struct schema *x, json_t *json, struct buf *why);

/* Adds the fields of an object that is a part of the file, at that place. The
 * caller has checked the keys of the object. Returns 0, or -1 after adding the
 * mistake to place->why. */
int schema_file_read_part(struct schema *x, struct json_path *place,
			  json_t *object);

#endif
