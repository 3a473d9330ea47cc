/* Hashes the attributes of a formatting element. Elements with equal hashes
 * count as equal, so a comparison takes constant time and an outline needs no
 * nodes for it. A hash has 64 bits, and its seed is random. */
#include "parse/html/nodes/internal.h"

/* Returns the hash of one attribute. The address of the name can be hashed,
 * because a name has one address within a page. */
static uint64_t hash_attr(const struct html_name *name, const char *value,
			  size_t len)
{
	const uint64_t *seed = html_hash_seed();
	const union html_key key = {.half = {
		html_hash_text(seed, value, len), (uintptr_t)name}};

	return html_hash(seed, key);
}

/* The hashes are added, because a sum does not depend on the order. */
uint64_t html_nodes_hash_attrs(const xmlNode *element)
{
	uint64_t sum = 0;

	for (const xmlAttr *a = element->properties; a; a = a->next) {
		const char *value = a->children ?
			(const char *)a->children->content : "";

		sum += hash_attr(a->psvi, value, strlen(value));
	}
	return sum;
}

uint64_t html_nodes_hash_token(struct html_nodes *n,
			       const struct html_token *token)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < token->count; i++) {
		const struct html_attr *a = &token->attrs[i];
		const char *value = a->value;
		size_t len = a->len;

		if (a->raw) {
			value = (const char *)html_nodes_value(n, a);
			len = strlen(value);
		}
		sum += hash_attr(a->name, value, len);
	}
	return sum;
}
