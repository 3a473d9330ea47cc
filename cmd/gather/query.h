/* Changes the query of a URL: appends parameters and replaces one. */
#ifndef CMD_GATHER_QUERY_H
#define CMD_GATHER_QUERY_H

/* Returns a new string, the URL with pairs ("a=1&b=2", already encoded; or
 * NULL) appended to its query, and then name=value in place of every parameter
 * of that name (NULL: replaces none). The fragment is dropped. Returns NULL if
 * the URL cannot be parsed. */
char *gather_query_set(const char *url, const char *pairs, const char *name,
		       const char *value);

#endif
