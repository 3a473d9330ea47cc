/* Types of a column's values, for databases whose columns are typed. */
#ifndef CMD_OUTPUT_COLUMN_TYPE_H
#define CMD_OUTPUT_COLUMN_TYPE_H

struct field;

enum column_type {
	COLUMN_ANY,		/* unknown, or differs from record to record */
	COLUMN_TEXT,
	COLUMN_INTEGER,
	COLUMN_NUMBER,
	COLUMN_BOOLEAN,
	COLUMN_JSON,		/* objects and arrays */
	COLUMN_TIME,		/* RFC 3339 */
};

/* Returns the type of a field of the record. */
enum column_type column_type_of_record(const char *name);

/* Returns the type of a field of data. A default value may be of any type. */
enum column_type column_type_of_field(const struct field *field);

#endif
