/*
 * The data of a page's JSON-LD about the page: its main items (an article, the
 * page itself), the names of people, and the name of the site. Items inside of
 * others (comments, lists of other articles) are not read, except in @graph,
 * mainEntity and mainEntityOfPage.
 *
 *	json_items_add(&items, script);		for each script
 *	json_items_read(&items);
 *	...
 *	json_items_release(&items);
 *
 * The time is linear in the size of the scripts.
 */
#ifndef PARSE_ARTICLE_METADATA_JSON_ITEMS_H
#define PARSE_ARTICLE_METADATA_JSON_ITEMS_H

#include "base/buf.h"
#include "base/slice.h"

enum { JSON_ITEMS_MAX = 32, JSON_PEOPLE_MAX = 64 };

enum json_item_rank {
	JSON_ITEM_OTHER,	/* a type that tells nothing about the page */
	JSON_ITEM_PRODUCT,
	JSON_ITEM_PAGE,		/* WebPage and its types */
	JSON_ITEM_ARTICLE,	/* an article, a post, a recipe, a question */
};

/* JSON text of the members; empty if missing. */
struct json_item {
	enum json_item_rank rank;
	struct slice type, id, name, headline, published, created, modified;
	struct slice author, creator, publisher, language;
};

/* The name of something with an @id, to which other items refer. */
struct json_person {
	struct slice id, name;
};

/* Zero is empty. */
struct json_items {
	struct buf text;	/* an array of the values of all scripts;
				 * borrowed by all slices */
	struct slice site;	/* name of the WebSite */
	size_t count, people_count;
	struct json_item list[JSON_ITEMS_MAX];
	struct json_person people[JSON_PEOPLE_MAX];
};

/* Makes it empty, and leaves the lists unset. */
void json_items_init(struct json_items *items);

/* Adds a script. Text that is not JSON is ignored. */
void json_items_add(struct json_items *items, struct slice script);

/* Finds the items in the scripts. */
void json_items_read(struct json_items *items);

/* Appends the text of a JSON string, with its character references decoded:
 * the first 4,096 bytes. Appends nothing if the value is no string. */
void json_items_text(struct buf *out, struct slice string);

/* Appends the name that an author's object, or the object that its @id refers
 * to, has; or the text itself, if value is a string. Appends nothing if there
 * is none. */
void json_items_name(const struct json_items *items, struct buf *out,
		     struct slice value);

void json_items_release(struct json_items *items);

#endif
