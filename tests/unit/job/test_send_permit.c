#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/job/job.h"
#include "base/job/send_permit.h"

static void permit_is_over_at_its_time_for_all_who_share_it(void **state)
{
	struct send_permit *p = send_permit_new(clock_boot_now() + 3600e3);
	struct job *job = job_new();

	(void)state;
	job->permit = send_permit_ref(p);
	assert_false(send_permit_is_over(job->permit));
	send_permit_set(p, clock_boot_now() - 1);
	send_permit_release(p);
	assert_true(send_permit_is_over(job->permit));
	job_free(job);
}

static void job_without_a_permit_may_be_sent_at_any_time(void **state)
{
	(void)state;
	assert_false(send_permit_is_over(NULL));
	assert_null(send_permit_ref(NULL));
	send_permit_release(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			permit_is_over_at_its_time_for_all_who_share_it),
		cmocka_unit_test(job_without_a_permit_may_be_sent_at_any_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
