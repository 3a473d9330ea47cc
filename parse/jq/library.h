/* libjq, loaded when it is first used (base/library/library.h). The functions
 * of libjq that parse/jq/sandbox.c replaces are not listed. */
#ifndef PARSE_JQ_LIBRARY_H
#define PARSE_JQ_LIBRARY_H

#include <jq.h>

#include "base/library/library.h"

#define JQ_FUNCTIONS(F) \
	F(jq_compile) F(jq_get_error_message) F(jq_get_exit_code) \
	F(jq_halt) F(jq_halted) F(jq_init) F(jq_next) F(jq_set_attr) \
	F(jq_set_debug_cb) F(jq_set_error_cb) F(jq_set_input_cb) \
	F(jq_set_nomem_handler) F(jq_start) F(jv_array) \
	F(jv_array_append) F(jv_array_get) F(jv_array_length) \
	F(jv_copy) F(jv_dump_string) F(jv_free) F(jv_invalid) \
	F(jv_invalid_get_msg) F(jv_invalid_has_msg) \
	F(jv_invalid_with_msg) F(jv_null) F(jv_object) \
	F(jv_object_set) F(jv_parser_free) \
	F(jv_parser_new) F(jv_parser_next) F(jv_parser_set_buf) \
	F(jv_string) F(jv_string_length_bytes) F(jv_string_value) \
	F(jv_true)

struct jq_functions {
	JQ_FUNCTIONS(LIBRARY_MEMBER)
};

extern struct library jq_library;
extern struct jq_functions jq_functions;

static inline const struct jq_functions *jq_loaded(void)
{
	library_need(&jq_library);
	return &jq_functions;
}

#define jq_compile (*jq_loaded()->jq_compile_)
#define jq_get_error_message (*jq_loaded()->jq_get_error_message_)
#define jq_get_exit_code (*jq_loaded()->jq_get_exit_code_)
#define jq_halt (*jq_loaded()->jq_halt_)
#define jq_halted (*jq_loaded()->jq_halted_)
#define jq_init (*jq_loaded()->jq_init_)
#define jq_next (*jq_loaded()->jq_next_)
#define jq_set_attr (*jq_loaded()->jq_set_attr_)
#define jq_set_debug_cb (*jq_loaded()->jq_set_debug_cb_)
#define jq_set_error_cb (*jq_loaded()->jq_set_error_cb_)
#define jq_set_input_cb (*jq_loaded()->jq_set_input_cb_)
#define jq_set_nomem_handler (*jq_loaded()->jq_set_nomem_handler_)
#define jq_start (*jq_loaded()->jq_start_)
#define jv_array (*jq_loaded()->jv_array_)
#define jv_array_append (*jq_loaded()->jv_array_append_)
#define jv_array_get (*jq_loaded()->jv_array_get_)
#define jv_array_length (*jq_loaded()->jv_array_length_)
#define jv_copy (*jq_loaded()->jv_copy_)
#define jv_dump_string (*jq_loaded()->jv_dump_string_)
#define jv_free (*jq_loaded()->jv_free_)
#define jv_invalid (*jq_loaded()->jv_invalid_)
#define jv_invalid_get_msg (*jq_loaded()->jv_invalid_get_msg_)
#define jv_invalid_has_msg (*jq_loaded()->jv_invalid_has_msg_)
#define jv_invalid_with_msg (*jq_loaded()->jv_invalid_with_msg_)
#define jv_null (*jq_loaded()->jv_null_)
#define jv_object (*jq_loaded()->jv_object_)
#define jv_object_set (*jq_loaded()->jv_object_set_)
#define jv_parser_free (*jq_loaded()->jv_parser_free_)
#define jv_parser_new (*jq_loaded()->jv_parser_new_)
#define jv_parser_next (*jq_loaded()->jv_parser_next_)
#define jv_parser_set_buf (*jq_loaded()->jv_parser_set_buf_)
#define jv_string (*jq_loaded()->jv_string_)
#define jv_string_length_bytes (*jq_loaded()->jv_string_length_bytes_)
#define jv_string_value (*jq_loaded()->jv_string_value_)
#define jv_true (*jq_loaded()->jv_true_)

#endif
