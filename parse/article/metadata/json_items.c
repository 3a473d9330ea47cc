#include "parse/article/metadata/json_items.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/json/cursor.h"
#include "base/json/string.h"
#include "base/utf8.h"
#include "parse/article/metadata/entities.h"
#include "parse/meta/json_ld.h"

enum { TEXT_MAX = 4096 };

static const char *const article_types[] = {
	"Article", "NewsArticle", "BlogPosting", "TechArticle", "Report",
	"ScholarlyArticle", "MedicalScholarlyArticle", "AnalysisNewsArticle",
	"OpinionNewsArticle", "ReviewNewsArticle", "BackgroundNewsArticle",
	"ReportageNewsArticle", "AskPublicNewsArticle", "SatiricalArticle",
	"AdvertiserContentArticle", "LiveBlogPosting", "SocialMediaPosting",
	"DiscussionForumPosting", "QAPage", "Question", "Recipe", "HowTo",
	"Review", "CreativeWork", "PodcastEpisode", "APIReference",
	"LearningResource", "Guide", "Course", NULL,
};

static const char *const page_types[] = {
	"WebPage", "ItemPage", "AboutPage", "FAQPage", "MedicalWebPage",
	"CollectionPage", "ProfilePage", "ContactPage", "CheckoutPage",
	"SearchResultsPage", NULL,
};

static const char *const product_types[] = {
	"Product", "ProductGroup", "SoftwareApplication", "Event", "Book",
	"Movie", "VideoObject", NULL,
};

/* Returns true if the string, with its quotes, is one of the names. "http:" and
 * the like before a name are ignored. */
static bool is_one_of(struct slice string, const char *const *names)
{
	const char *slash;

	if (string.len < 2 || *string.p != '"')
		return false;
	string = (struct slice){string.p + 1, string.len - 2};
	slash = memrchr(string.p, '/', string.len);
	if (slash)
		string = (struct slice){slash + 1,
				(size_t)(string.p + string.len - slash) - 1};
	for (; *names; names++)
		if (slice_is(string, *names))
			return true;
	return false;
}

static enum json_item_rank rank_of_type(struct slice type)
{
	if (is_one_of(type, article_types))
		return JSON_ITEM_ARTICLE;
	if (is_one_of(type, page_types))
		return JSON_ITEM_PAGE;
	if (is_one_of(type, product_types))
		return JSON_ITEM_PRODUCT;
	return JSON_ITEM_OTHER;
}

/* Returns the highest rank of a type, or of the types in a list. */
static enum json_item_rank rank_of(struct slice type)
{
	enum json_item_rank best = rank_of_type(type);
	struct slice name, value;
	size_t at = 0;

	if (!type.len || *type.p != '[')
		return best;
	while (json_next(type, &at, &name, &value)) {
		const enum json_item_rank rank = rank_of_type(value);

		if (rank > best)
			best = rank;
	}
	return best;
}

/* Returns true if one of the types is that of a site. */
static bool is_site(struct slice type)
{
	static const char *const names[] = {"WebSite", NULL};

	return is_one_of(type, names);
}

/* Returns the member of the item in which a value is kept; NULL if there is
 * none. */
static struct slice *member_of(struct json_item *item, struct json_name name)
{
	const struct {
		const char *name;
		struct slice *value;
	} rows[] = {
		{"@type", &item->type}, {"@id", &item->id},
		{"name", &item->name}, {"headline", &item->headline},
		{"datePublished", &item->published},
		{"dateCreated", &item->created},
		{"dateModified", &item->modified},
		{"author", &item->author}, {"creator", &item->creator},
		{"publisher", &item->publisher},
		{"inLanguage", &item->language},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (slice_is(name.text, rows[i].name))
			return rows[i].value;
	return NULL;
}

/* Returns true if the objects inside of this member tell about the page. */
static bool is_entered(struct json_name name)
{
	return slice_is(name.text, "@graph") ||
	       slice_is(name.text, "mainEntity") ||
	       slice_is(name.text, "mainEntityOfPage");
}

static void add_item(struct json_items *items, struct json_item *item)
{
	item->rank = rank_of(item->type);
	if (is_site(item->type) && !items->site.len)
		items->site = item->name;
	if (item->rank != JSON_ITEM_OTHER && items->count < JSON_ITEMS_MAX)
		items->list[items->count++] = *item;
	if (item->id.len && item->name.len &&
	    items->people_count < JSON_PEOPLE_MAX)
		items->people[items->people_count++] =
			(struct json_person){item->id, item->name};
}

static void read_value(struct json_items *items, struct json_cursor *c);

static void read_object(struct json_items *items, struct json_cursor *c)
{
	struct json_item item = {0};

	if (!json_cursor_enter(c))
		return;
	do {
		const struct json_name name = json_cursor_name(c);
		struct slice *value = member_of(&item, name);

		if (value && !value->len)
			*value = json_cursor_value(c);
		else if (is_entered(name))
			read_value(items, c);
		else
			json_skip_value(c);
	} while (json_cursor_more(c));
	add_item(items, &item);
}

static void read_array(struct json_items *items, struct json_cursor *c)
{
	if (!json_cursor_enter(c))
		return;
	do {
		read_value(items, c);
	} while (json_cursor_more(c));
}

/* Reads a value. The depth of the recursion is limited: json_ld_read() has
 * rejected values nested deeper than JSON_MAX_DEPTH. */
static void read_value(struct json_items *items, struct json_cursor *c)
{
	const char kind = json_cursor_kind(c);

	if (kind == '{')
		read_object(items, c);
	else if (kind == '[')
		read_array(items, c);
	else
		json_skip_value(c);
}

void json_items_init(struct json_items *items)
{
	memset(items, 0, offsetof(struct json_items, list));
}

void json_items_add(struct json_items *items, struct slice script)
{
	const size_t before = items->text.len;
	size_t count;

	buf_addch(&items->text, before ? ',' : '[');
	if (!json_ld_read(&items->text, script, &count) || !count)
		items->text.len = before;
}

void json_items_read(struct json_items *items)
{
	struct json_cursor c;

	if (!items->text.len)
		return;
	buf_addch(&items->text, ']');
	c = json_cursor_of(slice_of(&items->text));
	read_value(items, &c);
}

/* Returns the value of a member of an object; empty: none. */
static struct slice member(struct slice object, const char *name)
{
	struct slice found, value;
	size_t at = 0;

	if (!object.len || *object.p != '{')
		return (struct slice){0};
	while (json_next(object, &at, &found, &value))
		if (slice_is(found, name))
			return value;
	return (struct slice){0};
}

static struct slice name_of_id(const struct json_items *items,
			       struct slice id)
{
	for (size_t i = 0; id.len && i < items->people_count; i++)
		if (slice_equal(items->people[i].id, id))
			return items->people[i].name;
	return (struct slice){0};
}

/* Returns the first element of an array, and other values unchanged. */
static struct slice first_of(struct slice value)
{
	struct slice name, first;
	size_t at = 0;

	if (!value.len || *value.p != '[')
		return value;
	return json_next(value, &at, &name, &first) ? first
						    : (struct slice){0};
}

void json_items_text(struct buf *out, struct slice string)
{
	struct buf text = {0};

	if (!json_is_text(string))
		return;
	json_string_text(&text, string);
	if (text.len > TEXT_MAX)
		text.len = utf8_valid_prefix(text.data, TEXT_MAX);
	entities_decode(out, slice_of(&text));
	buf_release(&text);
}

void json_items_name(const struct json_items *items, struct buf *out,
		     struct slice value)
{
	struct slice name = value;

	value = first_of(value);
	if (value.len && *value.p == '{') {
		name = first_of(member(value, "name"));
		if (!name.len)
			name = name_of_id(items, member(value, "@id"));
	} else {
		name = value;
	}
	json_items_text(out, name);
}

void json_items_release(struct json_items *items)
{
	buf_release(&items->text);
	json_items_init(items);
}
