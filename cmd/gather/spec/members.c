/* Walks over objects such as "headers", "params" and "form", whose members are
 * single values or arrays of values. r->place is kept at the value that is
 * being read. */
#include "cmd/gather/spec/reader.h"

int gather_read_elements(struct spec_reader *r, const char *name,
			 json_t *values, gather_member_reader read, void *ctx)
{
	json_t *value;
	size_t i;

	if (!json_is_array(values))
		return read(r, name, values, ctx);
	json_array_foreach(values, i, value) {
		const size_t before = json_path_enter_element(&r->place, i);

		if (read(r, name, value, ctx))
			return -1;
		json_path_leave(&r->place, before);
	}
	return 0;
}

int gather_read_members(struct spec_reader *r, json_t *object,
			gather_member_reader read, void *ctx)
{
	const char *name;
	json_t *value;

	if (!json_is_object(object))
		return json_path_fail(&r->place, "must be an object: "
						 "{\"name\": \"value\"}");
	json_object_foreach(object, name, value) {
		const size_t before = json_path_enter(&r->place, name);

		if (read(r, name, value, ctx))
			return -1;
		json_path_leave(&r->place, before);
	}
	return 0;
}

int gather_read_own(struct spec_reader *r, const char *key, json_t *object,
		    gather_member_reader read, void *ctx)
{
	const size_t before = json_path_enter(&r->place, key);
	const int err = gather_read_members(r, object, read, ctx);

	if (!err)
		json_path_leave(&r->place, before);
	return err;
}

int gather_read_common(struct spec_reader *r, const char *key, json_t *object,
		       gather_member_reader read, void *ctx)
{
	const struct buf here = r->place.path;
	int err;

	r->place.path = (struct buf){0};
	r->current.is_common = true;
	err = gather_read_own(r, key, object, read, ctx);
	r->current.is_common = false;
	buf_release(&r->place.path);
	r->place.path = here;
	return err;
}
