-- A tour of the language and its library: closures, metatables, coroutines, strings, integers, errors, files.
local function fib(n) return n < 2 and n or fib(n - 1) + fib(n - 2) end
print("fib", fib(24))

local primes, sieve = {}, {}
for i = 2, 20000 do
    if not sieve[i] then
        primes[#primes + 1] = i
        for j = i * i, 20000, i do sieve[j] = true end
    end
end
print("primes", #primes, primes[#primes])

local Vector = {}
Vector.__index = Vector
Vector.__add = function(a, b) return setmetatable({x = a.x + b.x, y = a.y + b.y}, Vector) end
Vector.__eq = function(a, b) return a.x == b.x and a.y == b.y end
Vector.__tostring = function(v) return string.format("(%g, %g)", v.x, v.y) end
local v = setmetatable({x = 1.5, y = 2}, Vector)
print("vector", tostring(v + v), v + v == setmetatable({x = 3, y = 4}, Vector))

local function permutations(items, n)
    n = n or #items
    if n <= 1 then coroutine.yield(items) end
    for i = 1, n do
        items[n], items[i] = items[i], items[n]
        permutations(items, n - 1)
        items[n], items[i] = items[i], items[n]
    end
end
local count, sum = 0, 0
for p in coroutine.wrap(function() permutations({1, 2, 3, 4, 5, 6, 7}) end) do
    count, sum = count + 1, (sum * 31 + p[1] * 7 + p[7]) % 1000003
end
print("permutations", count, sum)

local words = {}
for word in ("the quick brown fox jumps over the lazy dog the end"):gmatch("%a+") do
    words[word] = (words[word] or 0) + 1
end
local names = {}
for name in pairs(words) do names[#names + 1] = name end
table.sort(names, function(a, b) return words[a] > words[b] or words[a] == words[b] and a < b end)
for i = 1, 4 do io.write(names[i], "=", words[names[i]], " ") end
print()

print("integers", math.maxinteger + 1 == math.mininteger, 7 // -2, 7 % -2, 1 << 62, "0x" .. string.format("%x", ~0))
print("floats", 10 / 3, 2^0.5, math.pi, 1e308 * 10, -(0 / 0) ~= -(0 / 0), string.format("%.17g", 0.1))
print("pack", #string.pack("<i4d", 7, 1.5), string.unpack("<i4d", string.pack("<i4d", 7, 1.5)))
print("gsub", (("hello world"):gsub("o", "0")), (("abc"):rep(3, "-")), ("x"):byte())
print(pcall(error, {code = 7}) == false, select(2, pcall(function() local t = nil; return t.x end)))

local depth = 0
local function deep() depth = depth + 1; return 1 + deep() end
local ok, message = pcall(deep)
print("overflow", ok, depth > 1000, tostring(message):match("stack overflow") ~= nil)

local name = arg[1]
local file = assert(io.open(name, "w"))
for i = 1, 1000 do file:write(i, "\t", i * i, "\n") end
file:close()
local total = 0
for line in io.lines(name) do total = total + tonumber(line:match("\t(%d+)")) end
print("file", total, os.remove(name), io.open(name) == nil)

for _ = 1, 50 do
    local garbage = {}
    for i = 1, 2000 do garbage[i] = {tostring(i)} end
end
collectgarbage()
print("memory", collectgarbage("count") < 65536)
