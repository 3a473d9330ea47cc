#include "cmd/options/table_check.h"

#include "cmd/output/columns.h"
#include "cmd/output/format.h"
#include "cmd/output/sink.h"

int table_check(const struct command_line *line)
{
	const struct format *format = line->o.format;
	struct columns *c;
	size_t at;
	int err = 0;

	if (line->o.csv_safe && format->open != sink_csv_open &&
	    format->open != sink_tsv_open)
		return command_line_fail(line, "--csv-safe applies to --format "
					       "csv and tsv, not %s",
					 format->name);
	if (!format->open_database && (line->o.table || line->o.upsert))
		return command_line_fail(line, "%s applies to --format sqlite, "
					       "not %s",
					 line->o.table ? "--table"
						       : "--upsert",
					 format->name);
	if (!format->compare)
		return 0;
	c = columns_new(&line->o.engine.parse);
	for (size_t i = 0; i < c->len && !err; i++)
		for (size_t k = 0; k < i && !err; k++)
			if (!format->compare(c->list[i].name, c->list[k].name))
				err = command_line_fail(
					line, "--format %s: two columns would "
					"be called \"%.100s\"",
					format->name, c->list[i].name);
	if (!err && line->o.upsert && !columns_find(c, "url", &at))
		err = command_line_fail(line, "--upsert needs the column url");
	columns_free(c);
	return err;
}
