-- Ends a lease. ARGV[9..11]: state of the host (see save_host()).
touch(0)
local h = P .. 'h:' .. HOST
if not has_lease() then
	-- The same call has ended the lease before, and its reply was lost.
	if call('HGET', h, 'left') == TOKEN then
		return totals('ok')
	end
	return refuse()
end
save_host(HOST, 9)
end_lease(HOST, TOKEN, now + tonumber(ARGV[10]))
call('HSET', h, 'left', TOKEN)
return totals('ok')
