/*
 * --extract FILE: what is wanted of each page, as JSON.
 *
 *	{"each": "article",
 *	 "items": true,
 *	 "fields": {
 *	   "name": "h2",
 *	   "tags[]": ".tag",
 *	   "price": {"select": ".price", "type": "number", "required": true},
 *	   "offers": {"each": "li", "fields": {"url": "a::attr(href)"}}}}
 */
#ifndef CMD_OPTIONS_SCHEMA_FILE_H
#define CMD_OPTIONS_SCHEMA_FILE_H

#include "base/buf.h"
#include "parse/extract/schema.h"

/* Adds what the file says to x. 0; or -1 and has added to why what is wrong
 * and where in the file (as the path of keys, "fields.price.type"). */
int schema_file_read(struct schema *x, const char *path, struct buf *why);

#endif
