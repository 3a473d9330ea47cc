-- Adds links. ARGV[9]: if the memory is full, 1: the call fails; 0: new links
-- are counted as dropped. ARGV[10]: number of links, whose arguments follow.
if ARGV[9] == '1' and is_full() then
	return totals('full')
end
local added, dropped = add_links(11, tonumber(ARGV[10]))
local reply = totals('ok')
reply[#reply + 1] = added
reply[#reply + 1] = dropped
return reply
