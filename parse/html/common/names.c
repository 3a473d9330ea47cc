/* Interned names: a hash table that begins with the names of names.def and
 * takes those of each page for as long as the page lives. The table does not
 * grow: the names for which it has no room are in more_names.c. */
#include "parse/html/common/names.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/memory_budget.h"
#include "base/utf8.h"
#include "parse/html/common/region.h"

/* ADDED_MAX: number of the page's own names that the table takes. FEW: of
 * these, the number that are added even if nothing needs them, because most
 * pages repeat the same few names. */
enum { ADDED_MAX = NAME_SLOTS / 4, FEW = ADDED_MAX / 2 };

_Static_assert(N_COUNT * 4 <= NAME_SLOTS, "a table of known names is sparse");

static const struct {
	const char *text;
	uint32_t flags, svg, math;
	const char *svg_tag;
	const char *svg_attr, *math_attr;
	bool has_space;		/* the attribute has a namespace on foreign
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

/* Prepares a name for a search in the tables. A name under NAME_KEY bytes is
 * hashed and compared by its key alone, which contains all of the name; of a
 * longer one the tables use the text. */
static struct html_name_text text_of(const struct html_names *names,
				     const char *p, size_t len)
{
	const union html_key key = key_of(p, len);

	return (struct html_name_text){
		.key = key, .p = p, .len = (uint32_t)len,
		.hash = len < NAME_KEY ? html_name_hash(names->seed, key) :
			(uint32_t)html_hash_text(names->seed, p, len) |
				NAME_HASH_BIT,
	};
}

/* Returns the slot with this name, or the empty slot where the name belongs. */
static size_t find_slot(const struct html_names *names,
			const struct html_name_text *text)
{
	size_t i = text->hash % NAME_SLOTS;
	const struct html_slot *slot;

	for (; (slot = &names->table[i])->hash; i = (i + 1) % NAME_SLOTS)
		if (slot->hash == text->hash &&
		    html_name_is(slot->name, text))
			break;
	return i;
}

/* An empty slot: its key is not 0, nor that of a name. */
static const struct html_quick no_name = {.key = 1};

static void add_quick(struct html_names *names, struct html_name *name)
{
	const uint64_t key = name->key.half[0];
	struct html_quick *slot = html_quick_slot(names, key);

	if (name->len <= QUICK_KEY && !slot->name)
		*slot = (struct html_quick){key, name};
}

static void remove_quick(struct html_names *names, const struct html_name *name)
{
	struct html_quick *slot = html_quick_slot(names, name->key.half[0]);

	if (slot->name == name)
		*slot = no_name;
}

static void init_known(struct html_names *names, size_t id)
{
	struct html_name *html = &names->known[id];
	struct html_name *svg = html + N_COUNT, *math = svg + N_COUNT;
	const char *text = rows[id].text;
	const char *tag = rows[id].svg_tag ? rows[id].svg_tag : text;
	const struct html_name_text key =
		text_of(names, text, strlen(text));

	*html = (struct html_name){
		.key = key.key, .text = text, .len = key.len,
		.flags = rows[id].flags,
		.id = (uint16_t)id, .known = (uint16_t)id,
	};
	*svg = *math = *html;
	html->next = svg;
	svg->next = math;
	svg->id = math->id = N_OTHER;
	svg->text = tag;
	svg->flags = rows[id].svg | FOREIGN_NAME;
	svg->space = HTML_SPACE_SVG;
	math->flags = rows[id].math | FOREIGN_NAME;
	math->space = HTML_SPACE_MATHML;
	names->table[find_slot(names, &key)] =
		(struct html_slot){html, key.hash};
	add_quick(names, html);
}

/* Adds the most frequent names first, so that each of them gets the first slot
 * for its hash, where html_names_guess() and html_quick_slot() find it. */
static void add_frequent(struct html_names *names)
{
	static const uint16_t ids[] = {
		N_A, N_DIV, N_SPAN, N_P, N_LI, N_UL, N_IMG, N_HREF, N_CLASS,
		N_ID, N_SRC, N_ALT, N_TITLE, N_STYLE, N_SCRIPT, N_LINK,
		N_META, N_TYPE, N_NAME, N_CONTENT, N_REL, N_BR, N_TD, N_TR,
		N_I, N_B, N_EM, N_STRONG, N_CODE, N_PRE, N_H2, N_H3, N_INPUT,
		N_BUTTON, N_TABLE, N_SVG, N_PATH, N_WIDTH, N_HEIGHT, N_TARGET, N_ROLE,
	};

	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++)
		init_known(names, ids[i]);
}

static void init_point(struct html_names *names)
{
	struct html_name *point = html_names_point(names);
	struct html_name *math = html_name_in(
		names, &names->known[N_ANNOTATION_XML], HTML_SPACE_MATHML);

	*point = *math;
	point->flags |= HTML_POINT;
	math->next = point;
}

void html_names_init(struct html_names *names)
{
	*names = (struct html_names){
		.known = xcalloc((size_t)N_COUNT * 3 + 1, sizeof(*names->known)),
		.table = xcalloc(NAME_SLOTS, sizeof(*names->table)),
		.quick = xcalloc(QUICK_SLOTS, sizeof(*names->quick)),
		.added = xcalloc(ADDED_MAX, sizeof(*names->added)),
		.unknown = {.text = ""},
		.seed = {global_seed[0], global_seed[1]},
	};
	*html_quick_slot(names, 0) = no_name;
	add_frequent(names);
	for (size_t id = 1; id < N_COUNT; id++)
		init_known(names, id);
	init_point(names);
}

void html_names_release(struct html_names *names)
{
	html_more_names_clear(&names->more);
	free(names->known);
	free(names->table);
	free(names->quick);
	free(names->added);
	memory_resize(names->scratch, names->scratch_cap, 0);
	*names = (struct html_names){0};
}

void html_names_clear(struct html_names *names)
{
	html_more_names_clear(&names->more);
	/* With linear probing, slots must be cleared in reverse order of
	 * insertion. */
	while (names->added_count) {
		struct html_slot *slot =
			&names->table[names->added[--names->added_count]];

		remove_quick(names, slot->name);
		*slot = (struct html_slot){0};
	}
	names->region = NULL;
}

void html_names_close_all(struct html_names *names)
{
	for (size_t i = 0; i <= (size_t)N_COUNT * 3; i++)
		names->known[i].top = 0;
}

void html_names_forget_tags(struct html_names *names)
{
	for (size_t id = 1; id < N_COUNT; id++)
		names->known[id].tag = 0;
}

static void fill_name(struct html_names *names, struct html_name *name,
		      const struct html_name_text *text)
{
	char *copy = name->key.bytes;

	*name = (struct html_name){.key = text->key, .len = text->len};
	if (text->len >= NAME_KEY) {
		copy = html_region_get(names->region, text->len + 1);
		memcpy(copy, text->p, text->len);
		copy[text->len] = '\0';
	}
	name->text = copy;
}

/* Adds a name to the table; slot is an empty slot. */
static struct html_name *add_name(struct html_names *names, size_t slot,
				  const struct html_name_text *text)
{
	struct html_name *name;

	if (names->added_count == ADDED_MAX) {
		name = html_more_names_add(&names->more, names->region,
					   text->hash);
	} else {
		name = html_region_get(names->region, sizeof(*name));
		names->added[names->added_count++] = (uint16_t)slot;
		names->table[slot] = (struct html_slot){name, text->hash};
	}
	fill_name(names, name, text);
	if (!names->more.count)
		add_quick(names, name);
	return name;
}

static struct html_name *find_or_add(struct html_names *names,
				     const struct html_name_text *text,
				     bool add)
{
	const size_t slot = find_slot(names, text);
	struct html_name *name = names->table[slot].name;

	if (!name && names->more.count)
		name = html_more_names_find(&names->more, text);
	if (name || (!add && names->added_count >= FEW))
		return name;
	return add_name(names, slot, text);
}

struct html_name *html_names_look_up_key(struct html_names *names,
					 union html_key key, size_t len,
					 bool add)
{
	const struct html_name_text text = {
		.key = key, .p = key.bytes, .len = (uint32_t)len,
		.hash = html_name_hash(names->seed, key),
	};

	return find_or_add(names, &text, add);
}

struct html_name *html_names_look_up(struct html_names *names, const char *p,
				     size_t len, bool add)
{
	struct html_name_text text;
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
	text = text_of(names, names->scratch, (size_t)(to - names->scratch));
	return find_or_add(names, &text, add);
}

/* Adds a record for another namespace to one of the page's own names. */
static struct html_name *add_space(struct html_names *names,
				   struct html_name *name,
				   enum html_space space)
{
	struct html_name *other =
		html_region_get(names->region, sizeof(*other));

	*other = *name;
	other->top = 0;
	other->flags |= FOREIGN_NAME;
	other->space = (uint8_t)space;
	return name->next = other;
}

struct html_name *html_name_in(struct html_names *names,
			       struct html_name *name, enum html_space space)
{
	for (struct html_name *other = name; other; other = other->next)
		if (other->space == space)
			return other;
	return add_space(names, name, space);
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
