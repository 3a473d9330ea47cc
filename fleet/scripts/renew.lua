-- Extends a lease. ARGV[9..11]: state of the host (see save_host()). ARGV[12]:
-- maximum number of further URLs.
touch(0)
if not has_lease() then
	return refuse()
end
call('ZADD', leased, now + LEASE, HOST)
save_host(HOST, 9)
local urls = {}
hand_out(urls, HOST, tonumber(ARGV[8]),
	 job[3] == 'running' and tonumber(ARGV[12]) or 0)
local reply = totals('ok')
for i = 1, #urls do
	reply[#reply + 1] = urls[i]
end
return reply
