/* hiredis, the client library of Redis, loaded when it is first used
 * (base/library/library.h). */
#ifndef BASE_LIBRARY_HIREDIS_H
#define BASE_LIBRARY_HIREDIS_H

#include <hiredis/async.h>
#include <hiredis/hiredis.h>

#include "base/library/library.h"

#define HIREDIS_FUNCTIONS(F) \
	F(redisAsyncConnect) F(redisAsyncConnectUnix) \
	F(redisAsyncFormattedCommand) F(redisAsyncFree) \
	F(redisAsyncHandleRead) F(redisAsyncHandleWrite) \
	F(redisAsyncSetConnectCallback) F(redisAsyncSetDisconnectCallback)

struct hiredis_functions {
	HIREDIS_FUNCTIONS(LIBRARY_MEMBER)
};

extern struct library hiredis_library;
extern struct hiredis_functions hiredis_functions;

static inline const struct hiredis_functions *hiredis(void)
{
	library_need(&hiredis_library);
	return &hiredis_functions;
}

#define redisAsyncConnect (*hiredis()->redisAsyncConnect_)
#define redisAsyncConnectUnix (*hiredis()->redisAsyncConnectUnix_)
#define redisAsyncFormattedCommand (*hiredis()->redisAsyncFormattedCommand_)
#define redisAsyncFree (*hiredis()->redisAsyncFree_)
#define redisAsyncHandleRead (*hiredis()->redisAsyncHandleRead_)
#define redisAsyncHandleWrite (*hiredis()->redisAsyncHandleWrite_)
#define redisAsyncSetConnectCallback \
	(*hiredis()->redisAsyncSetConnectCallback_)
#define redisAsyncSetDisconnectCallback \
	(*hiredis()->redisAsyncSetDisconnectCallback_)

#endif
