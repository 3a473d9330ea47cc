/* The query of a request: parameters that are appended, and one that is set. */
#ifndef CMD_GATHER_QUERY_H
#define CMD_GATHER_QUERY_H

/*
 * The URL with pairs ("a=1&b=2", encoded; NULL: none) behind its query, and
 * then name=value (name NULL: none) in place of whatever had that name in
 * either. The fragment goes. To be freed; NULL when it is no URL.
 */
char *gather_query_set(const char *url, const char *pairs, const char *name,
		       const char *value);

#endif
