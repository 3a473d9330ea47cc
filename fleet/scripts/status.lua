-- Returns the data that `scrape fleet status` shows.
local reply = totals('ok')
local m = call('HMGET', meta, 'kind', 'expired', 'refused')
local n_due = call('ZCOUNT', due, '-inf', now)
for _, value in ipairs({m[1], m[2] or 0, m[3] or 0, n_due,
			call('ZCARD', leased), call('ZCARD', due) - n_due,
			integer(math.max(0, hold - now)),
			is_full() and 1 or 0}) do
	reply[#reply + 1] = value
end
local all = call('HGETALL', workers)
for i = 1, #all, 2 do
	local at, total, since, base, rate, hosts =
		all[i + 1]:match('(%S+) (%S+) (%S+) (%S+) (%S+) (%S+)')
	if now - tonumber(at) <= 3600000 and
	   not all[i + 1]:find(' left', 1, true) then
		-- Use the rate since the last one was computed, if that is
		-- long ago, or if none was computed yet.
		local time = now - tonumber(since)
		if time >= 10000 or (tonumber(rate) == 0 and time >= 1000) then
			rate = (total - base) * 1000 / time
		end
		for _, value in ipairs({all[i], integer(now - at), total,
					tostring(rate), hosts}) do
			reply[#reply + 1] = value
		end
	end
end
return reply
