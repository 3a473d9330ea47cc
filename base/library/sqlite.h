/* SQLite, loaded when it is first used (base/library/library.h). */
#ifndef BASE_LIBRARY_SQLITE_H
#define BASE_LIBRARY_SQLITE_H

#include <sqlite3.h>

#include "base/library/library.h"

#define SQLITE_FUNCTIONS(F) \
	F(sqlite3_bind_double) F(sqlite3_bind_int) \
	F(sqlite3_bind_int64) F(sqlite3_bind_null) \
	F(sqlite3_bind_text) F(sqlite3_bind_text64) \
	F(sqlite3_busy_timeout) F(sqlite3_clear_bindings) \
	F(sqlite3_close) F(sqlite3_column_bytes) \
	F(sqlite3_column_double) F(sqlite3_column_int) \
	F(sqlite3_column_int64) F(sqlite3_column_text) \
	F(sqlite3_errcode) F(sqlite3_errmsg) F(sqlite3_exec) \
	F(sqlite3_file_control) F(sqlite3_finalize) \
	F(sqlite3_libversion) F(sqlite3_open) F(sqlite3_open_v2) \
	F(sqlite3_prepare_v2) F(sqlite3_prepare_v3) F(sqlite3_reset) \
	F(sqlite3_step) F(sqlite3_stricmp) F(sqlite3_system_errno) \
	F(sqlite3_table_column_metadata)

struct sqlite_functions {
	SQLITE_FUNCTIONS(LIBRARY_MEMBER)
};

extern struct library sqlite_library;
extern struct sqlite_functions sqlite_functions;

static inline const struct sqlite_functions *sqlite(void)
{
	library_need(&sqlite_library);
	return &sqlite_functions;
}

#define sqlite3_bind_double (*sqlite()->sqlite3_bind_double_)
#define sqlite3_bind_int (*sqlite()->sqlite3_bind_int_)
#define sqlite3_bind_int64 (*sqlite()->sqlite3_bind_int64_)
#define sqlite3_bind_null (*sqlite()->sqlite3_bind_null_)
#define sqlite3_bind_text (*sqlite()->sqlite3_bind_text_)
#define sqlite3_bind_text64 (*sqlite()->sqlite3_bind_text64_)
#define sqlite3_busy_timeout (*sqlite()->sqlite3_busy_timeout_)
#define sqlite3_clear_bindings (*sqlite()->sqlite3_clear_bindings_)
#define sqlite3_close (*sqlite()->sqlite3_close_)
#define sqlite3_column_bytes (*sqlite()->sqlite3_column_bytes_)
#define sqlite3_column_double (*sqlite()->sqlite3_column_double_)
#define sqlite3_column_int (*sqlite()->sqlite3_column_int_)
#define sqlite3_column_int64 (*sqlite()->sqlite3_column_int64_)
#define sqlite3_column_text (*sqlite()->sqlite3_column_text_)
#define sqlite3_errcode (*sqlite()->sqlite3_errcode_)
#define sqlite3_errmsg (*sqlite()->sqlite3_errmsg_)
#define sqlite3_exec (*sqlite()->sqlite3_exec_)
#define sqlite3_file_control (*sqlite()->sqlite3_file_control_)
#define sqlite3_finalize (*sqlite()->sqlite3_finalize_)
#define sqlite3_libversion (*sqlite()->sqlite3_libversion_)
#define sqlite3_open (*sqlite()->sqlite3_open_)
#define sqlite3_open_v2 (*sqlite()->sqlite3_open_v2_)
#define sqlite3_prepare_v2 (*sqlite()->sqlite3_prepare_v2_)
#define sqlite3_prepare_v3 (*sqlite()->sqlite3_prepare_v3_)
#define sqlite3_reset (*sqlite()->sqlite3_reset_)
#define sqlite3_step (*sqlite()->sqlite3_step_)
#define sqlite3_stricmp (*sqlite()->sqlite3_stricmp_)
#define sqlite3_system_errno (*sqlite()->sqlite3_system_errno_)
#define sqlite3_table_column_metadata \
	(*sqlite()->sqlite3_table_column_metadata_)

#endif
