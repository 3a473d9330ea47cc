/* Interned names: a hash table that begins with the names of names.def and
 * takes those of each page for as long as the page lives. */
#include "parse/html/common/names.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/memory_budget.h"
#include "base/utf8.h"
#include "parse/html/common/region.h"

enum { BASE_SLOTS = 2048 };

_Static_assert(N_COUNT * 4 <= BASE_SLOTS, "a table of known names is sparse");

static const struct {
	const char *text;
	uint32_t flags, svg, math;
	const char *svg_tag;
	const char *svg_attr, *math_attr;
	bool has_space;		/* has a namespace as an attribute of foreign
				 * elements */
} rows[] = {
#define NAME(id, t, f) [N_##id] = {.text = (t), .flags = (f)},
#define FOREIGN(id, t, f, s, m, tag, attr) \
	[N_##id] = {.text = (t), .flags = (f), .svg = (s), .math = (m), \
		    .svg_tag = (tag), .svg_attr = (attr)},
#define SVG_TAG(id, t, tag) [N_##id] = {.text = (t), .svg_tag = (tag)},
#define SVG_ATTR(id, t, attr) [N_##id] = {.text = (t), .svg_attr = (attr)},
#define MATH_ATTR(id, t, attr) [N_##id] = {.text = (t), .math_attr = (attr)},
#define FOREIGN_ATTR(id, t) [N_##id] = {.text = (t), .has_space = true},
#include "parse/html/common/names.def"
#undef NAME
#undef FOREIGN
#undef SVG_TAG
#undef SVG_ATTR
#undef MATH_ATTR
#undef FOREIGN_ATTR
};

static uint64_t global_seed[2] = {
	UINT64_C(0x9e3779b97f4a7c15), UINT64_C(0xd1b54a32d192ed03),
};

void html_names_global_init(void)
{
	uint64_t seed[2];

	if (getrandom(seed, sizeof(seed), GRND_NONBLOCK) ==
	    (ssize_t)sizeof(seed))
		memcpy(global_seed, seed, sizeof(seed));
}

const uint64_t *html_hash_seed(void)
{
	return global_seed;
}

uint64_t html_hash_text(const uint64_t seed[2], const char *p, size_t len)
{
	union html_key key = {.half = {len, 0}};
	uint64_t hash = 0;

	for (; len > NAME_KEY; p += NAME_KEY, len -= NAME_KEY) {
		memcpy(key.bytes, p, NAME_KEY);
		key.half[0] ^= hash;
		hash = html_hash(seed, key);
	}
	key = (union html_key){.half = {0, 0}};
	memcpy(key.bytes, p, len);
	key.half[0] ^= hash;
	return html_hash(seed, key);
}

static union html_key key_of(const char *p, size_t len)
{
	union html_key key = {.half = {0, 0}};

	memcpy(key.bytes, p, len < NAME_KEY ? len : NAME_KEY);
	return key;
}

/* Returns the 32 bits of hash that the table uses. Short names are hashed by
 * their key alone. */
static uint32_t hash_of(const uint64_t seed[2], const char *p, size_t len)
{
	return len < NAME_KEY ? html_name_hash(seed, key_of(p, len)) :
				(uint32_t)html_hash_text(seed, p, len) |
				NAME_HASH_BIT;
}

static size_t find_slot(const struct html_names *names, uint32_t hash,
			const char *p, size_t len)
{
	size_t i = hash & names->mask;
	const struct html_slot *slot;

	for (; (slot = &names->table[i])->hash; i = (i + 1) & names->mask)
		if (slot->hash == hash && slot->name->len == len &&
		    !memcmp(slot->name->text, p, len))
			break;
	return i;
}

/* Inserts a name that is not in the table yet. */
static void put_slot(struct html_names *names, struct html_slot new)
{
	size_t i = new.hash & names->mask;

	while (names->table[i].hash)
		i = (i + 1) & names->mask;
	names->table[i] = new;
}

static void init_known(struct html_names *names, size_t id)
{
	struct html_name *html = &names->known[id];
	struct html_name *svg = html + N_COUNT, *math = svg + N_COUNT;
	const char *text = rows[id].text;
	const char *tag = rows[id].svg_tag ? rows[id].svg_tag : text;

	*html = (struct html_name){
		.key = key_of(text, strlen(text)), .text = text,
		.len = (uint32_t)strlen(text), .flags = rows[id].flags,
		.id = (uint16_t)id, .known = (uint16_t)id,
		.svg = svg, .math = math,
	};
	*svg = *math = *html;
	svg->id = math->id = N_OTHER;
	svg->text = tag;
	svg->flags = rows[id].svg;
	svg->space = HTML_SPACE_SVG;
	math->flags = rows[id].math;
	math->space = HTML_SPACE_MATHML;
	put_slot(names, (struct html_slot){
		html, hash_of(names->seed, text, html->len)});
	names->count++;
}

void html_names_init(struct html_names *names)
{
	*names = (struct html_names){
		.known = xcalloc((size_t)N_COUNT * 3, sizeof(*names->known)),
		.base = xcalloc(BASE_SLOTS, sizeof(*names->base)),
		.mask = BASE_SLOTS - 1, .seed = {global_seed[0],
						 global_seed[1]},
	};
	names->table = names->base;
	for (size_t id = 1; id < N_COUNT; id++)
		init_known(names, id);
}

void html_names_release(struct html_names *names)
{
	html_names_clear(names);
	free(names->known);
	free(names->base);
	memory_resize(names->added,
		      names->added_cap * sizeof(*names->added), 0);
	memory_resize(names->scratch, names->scratch_cap, 0);
	*names = (struct html_names){0};
}

/* Frees the table unless it is the initial one. */
static void free_table(struct html_names *names, struct html_slot *table,
		       size_t slots)
{
	if (table == names->base)
		return;
	free(table);
	memory_uncharge(slots * sizeof(*table));
}

void html_names_clear(struct html_names *names)
{
	free_table(names, names->table, names->mask + 1);
	names->table = names->base;
	names->mask = BASE_SLOTS - 1;
	/* With linear probing, slots must be cleared in reverse order of
	 * insertion. */
	while (names->added_count)
		names->table[names->added[--names->added_count]] =
			(struct html_slot){0};
	names->count = N_COUNT - 1;
	names->region = NULL;
}

/* Doubles the table. Names inserted later are not listed in names->added, as
 * they are dropped with the table. Only the hashes are read, not the names,
 * which are scattered in memory; the table is read in order. */
static void grow_table(struct html_names *names)
{
	struct html_slot *old = names->table;
	const size_t slots = names->mask + 1;

	(void)memory_charge(slots * 2 * sizeof(*old));
	names->table = xcalloc(slots * 2, sizeof(*old));
	names->mask = slots * 2 - 1;
	for (size_t i = 0; i < slots; i++)
		if (old[i].hash)
			put_slot(names, old[i]);
	free_table(names, old, slots);
}

static void note_added(struct html_names *names, size_t slot)
{
	const size_t cap = names->added_cap ? names->added_cap * 2 : 64;

	if (names->table != names->base)
		return;
	if (names->added_count == names->added_cap) {
		names->added = memory_resize(names->added, names->added_cap *
						sizeof(*names->added),
					 cap * sizeof(*names->added));
		names->added_cap = cap;
	}
	names->added[names->added_count++] = (uint32_t)slot;
}

static struct html_name *create_name(struct html_names *names, const char *p,
				     size_t len)
{
	struct html_name *name =
		html_region_get(names->region, sizeof(*name));
	char *text = name->key.bytes;

	*name = (struct html_name){
		.key = key_of(p, len), .len = (uint32_t)len};
	if (len >= NAME_KEY) {
		text = html_region_get(names->region, len + 1);
		memcpy(text, p, len);
		text[len] = '\0';
	}
	name->text = text;
	return name;
}

static struct html_name *find_or_create(struct html_names *names, const char *p,
					size_t len)
{
	const uint32_t hash = hash_of(names->seed, p, len);
	size_t slot = find_slot(names, hash, p, len);
	struct html_name *name = names->table[slot].name;

	if (name)
		return name;
	name = create_name(names, p, len);
	if (names->count + names->count / 2 > names->mask) {
		grow_table(names);
		slot = find_slot(names, hash, p, len);
	}
	note_added(names, slot);
	names->table[slot] = (struct html_slot){name, hash};
	names->count++;
	return name;
}

struct html_name *html_names_add_key(struct html_names *names,
				     union html_key key, size_t len)
{
	return find_or_create(names, key.bytes, len);
}

struct html_name *html_names_add(struct html_names *names, const char *p,
				 size_t len)
{
	char *to;

	if (names->scratch_cap < len * 3) {
		names->scratch = memory_resize(names->scratch,
					       names->scratch_cap, len * 4);
		names->scratch_cap = len * 4;
	}
	to = names->scratch;
	for (size_t i = 0; i < len; i++) {
		if (p[i]) {
			*to++ = ascii_lower(p[i]);
			continue;
		}
		memcpy(to, UTF8_REPLACEMENT, 3);
		to += 3;
	}
	return find_or_create(names, names->scratch,
			      (size_t)(to - names->scratch));
}

struct html_name *html_name_in(struct html_names *names,
			       struct html_name *name, enum html_space space)
{
	struct html_name **other = space == HTML_SPACE_SVG ? &name->svg :
							      &name->math;

	if (space == HTML_SPACE)
		return name;
	if (*other)
		return *other;
	*other = html_region_get(names->region, sizeof(**other));
	**other = *name;
	(*other)->svg = (*other)->math = NULL;
	(*other)->top = 0;
	(*other)->space = (uint8_t)space;
	return *other;
}

const char *html_name_attribute(const struct html_name *name,
				enum html_space space)
{
	const char *other = NULL;

	if (space == HTML_SPACE_SVG)
		other = rows[name->known].svg_attr;
	else if (space == HTML_SPACE_MATHML)
		other = rows[name->known].math_attr;
	return other ? other : name->text;
}

const char *html_name_local(const struct html_name *name)
{
	return rows[name->known].has_space ? strchr(name->text, ':') + 1 : NULL;
}
