#include "cmd/fleet_worker/host_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/fleet_worker/packing.h"

/* Maximum number of origins of a host whose robots.txt is kept. The files of
 * other origins are requested again. */
enum { ORIGINS_MAX = 8 };

struct robots_shelf {
	char *origin;
	struct robots_kept kept;
	msec expires;		/* on clock_now() */
};

#define AT(member) offsetof(struct host_memory, member)

static const struct packed_member memory_members[] = {
	{'r', PACKED_MSEC, AT(ready)},
	{'p', PACKED_MSEC, AT(paused)},
	{'c', PACKED_MSEC, AT(crawl_delay)},
	{'a', PACKED_MSEC, AT(response)},
	{'o', PACKED_BOOL, AT(is_probed)},
	{'l', PACKED_MSEC, AT(learnt)},
	{'f', PACKED_MSEC, AT(served_for)},
	{'s', PACKED_UNSIGNED, AT(served)},
	{'b', PACKED_UNSIGNED, AT(backoffs)},
	{'d', PACKED_BOOL, AT(slow_down)},
	{'e', PACKED_BOOL, AT(careful)},
	{'q', PACKED_UNSIGNED, AT(remaining)},
	{'w', PACKED_MSEC, AT(resets)},
	{'t', PACKED_MSEC, AT(probe)},
	{0},
};

#define IN(member) offsetof(struct robots_shelf, member)

static const struct packed_member robots_members[] = {
	{'o', PACKED_TEXT, IN(origin)},
	{'t', PACKED_BYTES, IN(kept.text)},
	{'f', PACKED_BOOL, IN(kept.has_file)},
	{'p', PACKED_BOOL, IN(kept.from_public)},
	{'l', PACKED_MSEC, IN(kept.lifetime)},
	{0},
};

/* Tags of the parts of a packed state. */
#define TAG_MEMORY 'M'
#define TAG_ROBOTS 'R'

static void release_shelf(struct robots_shelf *shelf)
{
	free(shelf->origin);
	buf_release(&shelf->kept.text);
	*shelf = (struct robots_shelf){0};
}

void host_state_release(struct host_state *s)
{
	for (size_t i = 0; i < s->n_robots; i++)
		release_shelf(&s->robots[i]);
	free(s->robots);
	*s = (struct host_state){0};
}

static struct robots_shelf *find_shelf(const struct host_state *s,
				       const char *origin)
{
	for (size_t i = 0; i < s->n_robots; i++)
		if (!strcmp(s->robots[i].origin, origin))
			return &s->robots[i];
	return NULL;
}

/* Returns an empty shelf, or NULL if there are ORIGINS_MAX shelves already. */
static struct robots_shelf *add_shelf(struct host_state *s)
{
	if (s->n_robots == ORIGINS_MAX)
		return NULL;
	if (!s->robots)
		s->robots = xcalloc(ORIGINS_MAX, sizeof(*s->robots));
	return &s->robots[s->n_robots++];
}

void host_state_keep(struct host_state *s, const char *origin,
		     const struct robots_kept *kept, msec now)
{
	struct robots_shelf *shelf = find_shelf(s, origin);

	if (shelf)
		release_shelf(shelf);
	else
		shelf = add_shelf(s);
	if (!shelf)
		return;
	shelf->origin = xstrdup(origin);
	shelf->kept = *kept;
	shelf->kept.text = (struct buf){0};
	buf_add(&shelf->kept.text, kept->text.data, kept->text.len);
	shelf->expires = now + kept->lifetime;
}

bool host_state_recall(const struct host_state *s, const char *origin,
		       struct robots_kept *kept, msec now)
{
	const struct robots_shelf *shelf = find_shelf(s, origin);

	if (!shelf || shelf->expires <= now)
		return false;
	*kept = shelf->kept;
	kept->text = (struct buf){0};
	buf_add(&kept->text, shelf->kept.text.data, shelf->kept.text.len);
	kept->lifetime = shelf->expires - now;
	return true;
}

void host_state_pack(struct buf *out, const struct host_state *s, msec now)
{
	struct buf part = {0};

	packing_add_members(&part, memory_members, &s->memory);
	packing_add(out, TAG_MEMORY, slice_of(&part));
	for (size_t i = 0; i < s->n_robots; i++) {
		struct robots_shelf shelf = s->robots[i];

		if (shelf.expires <= now)
			continue;
		shelf.kept.lifetime = shelf.expires - now;
		buf_clear(&part);
		packing_add_members(&part, robots_members, &shelf);
		packing_add(out, TAG_ROBOTS, slice_of(&part));
	}
	buf_release(&part);
}

static int unpack_members(const struct packed_member *members,
			  struct slice text, void *to)
{
	struct slice value;
	char tag;
	int more;

	while ((more = packing_next(&text, &tag, &value)) > 0)
		if (packing_set_member(members, tag, value, to) < 0)
			return -1;
	return more;
}

static void grow_older(msec *time, msec age)
{
	*time = *time > age ? *time - age : 0;
}

static int unpack_memory(struct host_memory *m, struct slice text, msec age)
{
	if (unpack_members(memory_members, text, m)) {
		*m = (struct host_memory){0};
		return -1;
	}
	/* Count the time only until the host was ready. After that no worker
	 * had the host (an expired lease, a restart of the server), so the host
	 * was not slow. */
	if (m->served_for > 0)
		m->served_for += age < m->ready ? age : m->ready;
	grow_older(&m->ready, age);
	grow_older(&m->paused, age);
	grow_older(&m->resets, age);
	grow_older(&m->probe, age);
	return 0;
}

static int unpack_robots(struct host_state *s, struct slice text, msec age,
			 msec now)
{
	struct robots_shelf shelf = {0}, *to;
	int result = unpack_members(robots_members, text, &shelf);

	if (!shelf.origin)
		result = -1;
	grow_older(&shelf.kept.lifetime, age);
	shelf.expires = now + shelf.kept.lifetime;
	to = !result && !find_shelf(s, shelf.origin) ? add_shelf(s) : NULL;
	if (to)
		*to = shelf;
	else
		release_shelf(&shelf);
	return result;
}

int host_state_unpack(struct host_state *s, struct slice text, msec age,
		      msec now)
{
	struct slice part;
	char tag;
	int more, result = 0;

	while (!result && (more = packing_next(&text, &tag, &part)) > 0) {
		if (tag == TAG_MEMORY)
			result = unpack_memory(&s->memory, part, age);
		else if (tag == TAG_ROBOTS)
			result = unpack_robots(s, part, age, now);
	}
	return result || more < 0 ? -1 : 0;
}
