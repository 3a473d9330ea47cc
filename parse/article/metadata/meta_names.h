/* Names of meta elements that tell about an article: OpenGraph, Dublin Core,
 * Parse.ly, Sailthru, Highwire Press and others. */
#ifndef PARSE_ARTICLE_METADATA_META_NAMES_H
#define PARSE_ARTICLE_METADATA_META_NAMES_H

enum meta_kind {
	META_TITLE,
	META_AUTHOR,
	META_DATE,
	META_MODIFIED,
	META_SITE,
	META_LANGUAGE,
	META_TYPE,		/* og:type */
	META_KINDS,		/* number of kinds */
};

/* The rank of names of authors as libraries write them: "Doe, Jane". */
enum { META_RANK_CITATION = 0 };

struct meta_name {
	const char *name;	/* in lower case */
	enum meta_kind kind;
	unsigned rank;		/* of several elements of a kind, the one with
				 * the lowest rank counts */
};

/* Returns the row of a name, in upper or lower case; NULL: not in the table. */
const struct meta_name *meta_name_find(const char *name);

#endif
