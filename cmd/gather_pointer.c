/* JSON pointers: RFC 6901. */
#include <stdlib.h>
#include <string.h>

#include "cmd/gather_reading.h"

const char *gather_pointer_fault(const char *s)
{
	if (*s != '/')
		return "is no JSON pointer; give one like \"/variables/after\"";
	for (; *s; s++)
		if (*s == '~' && s[1] != '0' && s[1] != '1')
			return "is no JSON pointer: \"~\" is written ~0 and "
			       "\"/\" in a name ~1";
	return NULL;
}

static char *unescape(const char *s, size_t len)
{
	struct buf name = {0};

	for (size_t i = 0; i < len; i++)
		if (s[i] == '~')
			buf_addch(&name, s[++i] == '0' ? '~' : '/');
		else
			buf_addch(&name, s[i]);
	return buf_detach(&name);
}

static const json_t *element(const json_t *array, const char *s)
{
	char *end;
	const unsigned long i = strtoul(s, &end, 10);

	return *s >= '0' && *s <= '9' && !*end ? json_array_get(array, i)
					       : NULL;
}

const json_t *gather_pointer_parent(const json_t *json, const char *pointer)
{
	const char *slash;

	for (pointer++; json && (slash = strchr(pointer, '/'));
	     pointer = slash + 1) {
		char *name = unescape(pointer, (size_t)(slash - pointer));

		json = json_is_array(json) ? element(json, name)
					   : json_object_get(json, name);
		free(name);
	}
	return json;
}
