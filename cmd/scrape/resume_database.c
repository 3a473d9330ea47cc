#include "cmd/scrape/resume_database.h"

#include "base/log.h"
#include "cmd/options/table_columns.h"
#include "cmd/output/format.h"
#include "cmd/output/postgres_run.h"
#include "cmd/output/sqlite_rows.h"
#include "cmd/session/list_name.h"

static int on_row(void *ctx, uint64_t index, const char *url, bool failed)
{
	return resume_add(ctx, index, url, failed);
}

static int read_rows(struct resume *r, const struct options *o)
{
	struct buf list = {0}, why = {0};
	struct columns *columns = options_columns(o, &why);
	struct database from = {
		.path = o->output,
		.table = o->table ? o->table : DATABASE_TABLE,
		.resume = true,
	};
	int err;

	list_name_add(&list, o);
	from.list = buf_cstr(&list);
	if (o->format->open_database == sink_sqlite_open)
		err = sqlite_rows_read(&from, columns, &(struct sqlite_stored){
			.on_row = on_row,
			.ctx = r,
		}, &why);
	else
		err = postgres_run_read(&from, columns,
					&(struct postgres_stored){
			.on_row = on_row,
			.ctx = r,
		}, &why);
	if (why.len)
		log_fatal("--resume: %.200s: %s", o->output, buf_cstr(&why));
	columns_free(columns);
	buf_release(&list);
	buf_release(&why);
	return err;
}

struct resume *resume_database_open(const struct options *o)
{
	struct resume *r = resume_new(o->output);

	if (!read_rows(r, o))
		return r;
	resume_close(r);
	return NULL;
}
