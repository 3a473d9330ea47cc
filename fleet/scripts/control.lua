-- Sets a member of the job. ARGV[9], ARGV[10]: its name and value.
call('HSET', meta, ARGV[9], ARGV[10])
return totals('ok')
