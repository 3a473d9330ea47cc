-- Marks the job as being deleted, unless a worker may still be at work. All
-- other scripts refuse such a job.
if job[1] == VERSION then
	local all = call('HGETALL', workers)
	for i = 1, #all, 2 do
		if not all[i + 1]:find(' left', 1, true) and
		   now - tonumber(all[i + 1]:match('%S+')) < LEASE then
			return totals('refused')
		end
	end
end
if job[1] then
	call('HSET', meta, 'version', 'deleted')
end
return totals('ok')
