/* Decides whether an existing table was made by this program, by the rules of
 * cmd/output/sqlite_table.c; creates a missing one and adds columns. */
#include "cmd/output/postgres_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "cmd/output/postgres_key.h"
#include "cmd/output/sql_text.h"

enum { NAME_MAX_BYTES = 63 };

static int fail_table(const struct postgres_table *t)
{
	buf_addf(t->why, "table \"%.200s\" ", t->to->table);
	return -1;
}

char *postgres_table_cut_name(const char *name)
{
	size_t len = strlen(name);

	if (len > NAME_MAX_BYTES) {
		len = NAME_MAX_BYTES;
		while (((unsigned char)name[len] & 0xc0) == 0x80)
			len--;
	}
	return xmemdup(name, len);
}

void postgres_table_add_name(struct buf *sql, const struct postgres_table *t)
{
	sql_add_name(sql, t->schema);
	buf_addch(sql, '.');
	sql_add_name(sql, t->to->table);
}

void postgres_table_add_type(struct buf *sql, const struct postgres_column *c)
{
	buf_addstr(sql, c->type == POSTGRES_OTHER ? c->type_name
						  : postgres_types[c->type]);
}

/* --- The columns that are wanted ------------------------------------------ */

static enum postgres_type wanted_type(enum column_type type)
{
	static const enum postgres_type types[] = {
		[COLUMN_ANY] = POSTGRES_NONE,
		[COLUMN_TEXT] = POSTGRES_TEXT,
		[COLUMN_INTEGER] = POSTGRES_BIGINT,
		[COLUMN_NUMBER] = POSTGRES_DOUBLE,
		[COLUMN_BOOLEAN] = POSTGRES_BOOLEAN,
		[COLUMN_JSON] = POSTGRES_JSONB,
	};

	return types[type];
}

static bool find_name(const struct postgres_table *t, const char *name,
		      size_t *at)
{
	for (size_t i = 0; i < t->len; i++)
		if (!strcmp(t->list[i].name, name)) {
			*at = i;
			return true;
		}
	return false;
}

/* Returns the position of the column for a member of the record that the table
 * must have; adds the column if it is missing. */
static size_t add_own(struct postgres_table *t, const char *member)
{
	size_t at;

	if (columns_find(t->columns, member, &at))
		return at;
	t->list[t->len] = (struct postgres_column){
		.name = find_name(t, member, &at) ? xasprintf("page_%s", member)
						  : xstrdup(member),
		.type = POSTGRES_BIGINT,
	};
	return t->len++;
}

static void list_columns(struct postgres_table *t)
{
	const struct columns *c = t->columns;
	size_t at;

	t->list = xcalloc(c->len + 3, sizeof(*t->list));
	for (; t->len < c->len; t->len++)
		t->list[t->len] = (struct postgres_column){
			.name = postgres_table_cut_name(c->list[t->len].name),
			.type = wanted_type(c->list[t->len].type),
		};
	if (columns_find(c, "fetched_at", &at)) {
		t->list[at].type = POSTGRES_OTHER;
		t->list[at].type_name = xstrdup("timestamp with time zone");
	}
	t->run = add_own(t, "run");
	t->index = add_own(t, "index");
	if (c->items)
		t->item = add_own(t, "item");
}

/* --- The existing table --------------------------------------------------- */

/* Finds out whether the table exists, and in which schema. Returns 0 or -1. */
static int find_table(struct postgres_table *t)
{
	const char *const name[] = {t->to->table};
	struct pg_result *rows = postgres_query(
		t->server, "SELECT n.nspname, c.relkind IN ('r', 'p') "
		"FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
		"WHERE c.oid = to_regclass(quote_ident($1))", name, 1);
	int err = 0;

	if (!rows)
		return -1;
	if (postgres_rows(rows)) {
		t->schema = xstrdup(postgres_text(rows, 0, 0));
		if (!postgres_flag(rows, 0, 1)) {
			buf_addf(t->why, "\"%.200s\" is a view or something "
				 "else that is not a table: choose another "
				 "name with --table", t->to->table);
			err = -1;
		}
	}
	postgres_rows_free(rows);
	return err;
}

static enum postgres_type type_by_name(const char *name)
{
	for (enum postgres_type t = POSTGRES_BOOLEAN; t < POSTGRES_OTHER; t++)
		if (!strcmp(postgres_types[t], name))
			return t;
	return POSTGRES_OTHER;
}

/* Reads a column of the table from a row: name, whether it needs a value,
 * whether it is computed, type. Returns -1 after a message if rows cannot be
 * added because of this column. */
static int read_column(struct postgres_table *t, const struct pg_result *rows, int row)
{
	const char *name = postgres_text(rows, row, 0);
	const bool needed = postgres_flag(rows, row, 1);
	const bool computed = postgres_flag(rows, row, 2);
	const char *type = postgres_text(rows, row, 3);
	size_t at;

	if (find_name(t, name, &at) && !computed) {
		t->list[at].exists = true;
		t->list[at].type = type_by_name(type);
		free(t->list[at].type_name);
		t->list[at].type_name = xstrdup(type);
		return 0;
	}
	if (!needed && !computed)
		return 0;
	if (computed && !find_name(t, name, &at))
		return 0;
	fail_table(t);
	buf_addf(t->why, computed ? "computes its column \"%.200s\", so "
		 "records cannot be stored there: choose another name with "
		 "--table" : "needs a value for its column \"%.200s\" (NOT "
		 "NULL), which records do not have: choose another name with "
		 "--table", name);
	return -1;
}

static bool has_columns_of_records(const struct postgres_table *t)
{
	for (size_t i = 0; i < t->columns->len; i++)
		if (t->list[i].exists && strcmp(t->list[i].name, "id") != 0)
			return true;
	return false;
}

static int read_columns(struct postgres_table *t)
{
	const char *const name[] = {t->schema, t->to->table};
	struct pg_result *rows = postgres_query(
		t->server, "SELECT a.attname, a.attnotnull AND NOT a.atthasdef "
		"AND a.attidentity = '', a.attgenerated <> '' OR a.attidentity "
		"= 'a', format_type(a.atttypid, a.atttypmod) FROM "
		"pg_attribute a WHERE a.attrelid = (quote_ident($1) || '.' || "
		"quote_ident($2))::regclass AND a.attnum > 0 AND NOT "
		"a.attisdropped", name, 2);
	int err = 0;

	if (!rows)
		return -1;
	for (int i = 0; i < postgres_rows(rows) && !err; i++)
		err = read_column(t, rows, i);
	postgres_rows_free(rows);
	if (err || has_columns_of_records(t))
		return err;
	fail_table(t);
	buf_addstr(t->why, "has none of the columns of these records, so it is "
		   "not scrape's: choose another name with --table");
	return -1;
}

/* Sets the type of a text column in which no row has a text to POSTGRES_NONE,
 * so that the column gets the type of its first value. */
static int forget_empty_text(struct postgres_table *t, size_t column)
{
	struct postgres_column *c = &t->list[column];
	struct buf sql = {0};
	struct pg_result *rows;

	if (t->columns->list[column].type != COLUMN_ANY ||
	    c->type != POSTGRES_TEXT)
		return 0;
	buf_addstr(&sql, "SELECT EXISTS (SELECT FROM ");
	postgres_table_add_name(&sql, t);
	buf_addstr(&sql, " WHERE ");
	sql_add_name(&sql, c->name);
	buf_addstr(&sql, " IS NOT NULL)");
	rows = postgres_query(t->server, buf_cstr(&sql), NULL, 0);
	buf_release(&sql);
	if (!rows)
		return -1;
	if (!postgres_flag(rows, 0, 0))
		c->type = POSTGRES_NONE;
	postgres_rows_free(rows);
	return 0;
}

/* --- Changes -------------------------------------------------------------- */

static int create_table(struct postgres_table *t)
{
	struct buf sql = {0};
	bool first = true;

	buf_addstr(&sql, "CREATE TABLE ");
	sql_add_name(&sql, t->to->table);
	for (size_t i = 0; i < t->len; i++) {
		if (t->list[i].type == POSTGRES_NONE)
			continue;
		buf_addstr(&sql, first ? " (" : ", ");
		sql_add_name(&sql, t->list[i].name);
		buf_addch(&sql, ' ');
		postgres_table_add_type(&sql, &t->list[i]);
		t->list[i].exists = true;
		first = false;
	}
	buf_addch(&sql, ')');
	return postgres_run_buf(t->server, &sql) ? -1 : find_table(t);
}

static int add_column(struct postgres_table *t, struct postgres_column *c)
{
	struct buf sql = {0};

	buf_addstr(&sql, "ALTER TABLE ");
	postgres_table_add_name(&sql, t);
	buf_addstr(&sql, " ADD COLUMN ");
	sql_add_name(&sql, c->name);
	buf_addch(&sql, ' ');
	postgres_table_add_type(&sql, c);
	c->exists = true;
	return postgres_run_buf(t->server, &sql);
}

int postgres_table_look(struct postgres_table *t)
{
	list_columns(t);
	if (find_table(t))
		return -1;
	return t->schema ? read_columns(t) : 0;
}

static int complete_table(struct postgres_table *t)
{
	int err = 0;

	for (size_t i = 0; i < t->len && !err; i++) {
		struct postgres_column *c = &t->list[i];

		if (c->exists && i < t->columns->len)
			err = forget_empty_text(t, i);
		else if (!c->exists && c->type != POSTGRES_NONE)
			err = add_column(t, c);
	}
	return err;
}

int postgres_table_prepare(struct postgres_table *t)
{
	if (postgres_table_look(t))
		return -1;
	if (t->schema ? complete_table(t) : create_table(t))
		return -1;
	return postgres_key_prepare(t);
}

int postgres_table_set_type(struct postgres_table *t, size_t column,
			    enum postgres_type type)
{
	struct postgres_column *c = &t->list[column];
	const bool is_empty = c->type == POSTGRES_NONE;
	struct buf sql = {0};

	c->type = type;
	if (!c->exists)
		return add_column(t, c);
	buf_addstr(&sql, "ALTER TABLE ");
	postgres_table_add_name(&sql, t);
	buf_addstr(&sql, " ALTER COLUMN ");
	sql_add_name(&sql, c->name);
	buf_addf(&sql, " TYPE %s USING ", postgres_types[type]);
	if (is_empty)
		buf_addstr(&sql, "NULL");
	else if (type == POSTGRES_JSONB)
		buf_addstr(&sql, "to_jsonb(");
	if (!is_empty)
		sql_add_name(&sql, c->name);
	buf_addf(&sql, "%s::%s", !is_empty && type == POSTGRES_JSONB ? ")" : "",
		 postgres_types[type]);
	return postgres_run_buf(t->server, &sql);
}

void postgres_table_release(struct postgres_table *t)
{
	for (size_t i = 0; i < t->len; i++) {
		free(t->list[i].name);
		free(t->list[i].type_name);
	}
	free(t->list);
	free(t->schema);
	free(t->key);
}
