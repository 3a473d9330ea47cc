#include "base/job/exchange.h"

#include <stdlib.h>

#include "base/mem.h"

struct exchange *exchange_new(void)
{
	return xcalloc(1, sizeof(struct exchange));
}

void exchange_free(struct exchange *x)
{
	if (!x)
		return;
	buf_release(&x->request);
	buf_release(&x->head);
	free(x);
}
