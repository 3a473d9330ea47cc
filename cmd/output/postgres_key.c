/*
 * To find out whether there is a unique index, the server is asked to plan an
 * INSERT: for ON CONFLICT it finds the index, whoever has made it.
 *
 * An index entry has at most 2,704 bytes, so the index that this program makes
 * is on a digest of the url. A key made by the user is on the url itself.
 */
#include "cmd/output/postgres_key.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "cmd/output/sql_text.h"

/* SQLSTATEs: invalid_column_reference, undefined_column. */
#define NO_SUCH_INDEX "42P10 42703"

bool postgres_key_is_url(const struct postgres_table *t)
{
	return t->to->upsert && !t->columns->items;
}

/* Returns 1 if there is a unique index on that key, 0 if not, -1 on failure. */
static int has_index(struct postgres_table *t, const char *key)
{
	struct buf sql = {0};
	int answer;

	buf_addstr(&sql, "EXPLAIN INSERT INTO ");
	postgres_table_add_name(&sql, t);
	buf_addstr(&sql, " (");
	sql_add_name(&sql, t->list[t->index].name);
	buf_addf(&sql, ") VALUES (NULL) ON CONFLICT %s DO NOTHING", key);
	answer = postgres_try(t->server, buf_cstr(&sql), NO_SUCH_INDEX);
	buf_release(&sql);
	return answer < 0 ? -1 : !answer;
}

static int create_unique_index(struct postgres_table *t)
{
	struct buf sql = {0};

	buf_addstr(&sql, "CREATE UNIQUE INDEX ON ");
	postgres_table_add_name(&sql, t);
	buf_addf(&sql, " %s", t->key);
	return postgres_run_buf(t->server, &sql);
}

/* Makes an index that finds the rows of a url. Its name is the same in every
 * run, so that there is only one such index. */
static int create_url_index(struct postgres_table *t, const char *key)
{
	const struct digest d = digest_of(t->to->table, strlen(t->to->table));
	struct buf sql = {0};

	buf_addf(&sql, "CREATE INDEX IF NOT EXISTS scrape_%016" PRIx64 " ON ",
		 d.a);
	postgres_table_add_name(&sql, t);
	buf_addf(&sql, " %s", key);
	return postgres_run_buf(t->server, &sql);
}

static char *run_key(const struct postgres_table *t, bool items)
{
	struct buf key = {0};

	buf_addch(&key, '(');
	sql_add_name(&key, t->list[t->run].name);
	buf_addstr(&key, ", ");
	sql_add_name(&key, t->list[t->index].name);
	if (items) {
		buf_addstr(&key, ", coalesce(");
		sql_add_name(&key, t->item ? t->list[t->item].name : "item");
		buf_addstr(&key, ", -1)");
	}
	buf_addch(&key, ')');
	return buf_detach(&key);
}

static char *url_key(const struct postgres_table *t, bool digest)
{
	struct buf key = {0};
	size_t at;

	if (!columns_find(t->columns, "url", &at))
		return NULL;
	buf_addstr(&key, digest ? "(md5(" : "(");
	sql_add_name(&key, t->list[at].name);
	buf_addstr(&key, digest ? "))" : ")");
	return buf_detach(&key);
}

/* Returns 1 and the key if a unique index on the url exists, 0 if not, -1 on
 * failure. */
static int find_url_key(struct postgres_table *t, char **key)
{
	int answer = 0;

	for (int digest = 0; digest < 2; digest++) {
		*key = url_key(t, digest);
		answer = *key ? has_index(t, *key) : 0;
		if (answer)
			return answer;
		free(*key);
	}
	*key = NULL;
	return 0;
}

/* Fails if a url has more than one row. */
static int check_unique(struct postgres_table *t)
{
	struct buf sql = {0};
	struct pg_result *rows;
	int count;
	size_t at;

	columns_find(t->columns, "url", &at);
	buf_addstr(&sql, "SELECT 1 FROM ");
	postgres_table_add_name(&sql, t);
	buf_addstr(&sql, " WHERE ");
	sql_add_name(&sql, t->list[at].name);
	buf_addstr(&sql, " IS NOT NULL GROUP BY ");
	sql_add_name(&sql, t->list[at].name);
	buf_addstr(&sql, " HAVING count(*) > 1 LIMIT 1");
	rows = postgres_query(t->server, buf_cstr(&sql), NULL, 0);
	buf_release(&sql);
	if (!rows)
		return -1;
	count = postgres_rows(rows);
	postgres_rows_free(rows);
	if (!count)
		return 0;
	buf_addf(t->why, "table \"%.200s\" has several rows for the same url, "
		 "so it cannot be updated by url: remove the older ones, or "
		 "choose another name with --table", t->to->table);
	return -1;
}

static int prepare_url_key(struct postgres_table *t)
{
	if (t->key)
		return 0;
	if (check_unique(t))
		return -1;
	t->key = url_key(t, true);
	return create_unique_index(t);
}

/* Fails if the table was made with --items and this run is without, or the
 * other way round: with --items a page has many rows, otherwise one. */
static int check_other_key(struct postgres_table *t)
{
	const bool items = t->columns->items;
	char *other = run_key(t, !items);
	const int has = has_index(t, other);

	free(other);
	if (has > 0)
		buf_addf(t->why, "table \"%.200s\" was made %s --items: choose "
			 "another name with --table", t->to->table,
			 items ? "without" : "with");
	return has ? -1 : 0;
}

static int prepare_run_key(struct postgres_table *t)
{
	int has;

	if (t->key) {
		buf_addf(t->why, "table \"%.200s\" has one row for each url: "
			 "%s", t->to->table, t->to->upsert
			 ? "--items needs another --table"
			 : "add --upsert, or choose another name with --table");
		return -1;
	}
	t->key = run_key(t, t->columns->items);
	has = has_index(t, t->key);
	if (has)
		return has < 0 ? -1 : 0;
	return check_other_key(t) ? -1 : create_unique_index(t);
}

int postgres_key_prepare(struct postgres_table *t)
{
	char *digest;
	int err;

	if (find_url_key(t, &t->key) < 0)
		return -1;
	if (postgres_key_is_url(t))
		return prepare_url_key(t);
	if (prepare_run_key(t))
		return -1;
	if (!t->to->upsert)
		return 0;
	digest = url_key(t, true);
	err = create_url_index(t, digest);
	free(digest);
	return err;
}
