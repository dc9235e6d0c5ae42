# For zsh: what only zsh has, without child processes.
typeset -A color
color=(apple red plum blue lime green)
for key in ${(ok)color}; do print "$key $color[$key]"; done
list=(zero one two three)
print $list[1] $list[-1] $#list ${list[2,3]} ${(j:-:)list} ${(U)list[2]} ${(O)list}
integer sum=0
for ((i = 0; i < 5; i++)) { (( sum += i ** 3 )) }
print "sum $sum $(( 2 ** 40 )) $(( 16#ff )) $(( 7.0 / 2 )) $(( 1e3 + 0.5 ))"
text="Hello World"
print ${text:u} ${text:l} ${text/o/0} ${text//o/0} ${text[1,5]} ${(l:15::.:)text} ${#text}
print ${(s: :)text} ${(qq)text}
print {a..e} {1..10..3} pre{x,y}post
float f=3.14159; printf '%08.3f %d %s\n' $f 42 end
setopt extendedglob
if [[ "release-1.25" == (#b)([a-z]##)-([0-9]##)* ]] { print $match[1] $match[2] }
[[ abc == a* && abc != *d ]] && print pattern
fact() { if (( $1 <= 1 )) { result=1 } else { fact $(( $1 - 1 )); (( result *= $1 )) } }
fact 12; print "12! = $result"
repeat 3 printf '%s ' again; print
path_like=/usr/share/doc/readme.txt
print ${path_like:t} ${path_like:h} ${path_like:r} ${path_like:e}
numbers=(170 45 75 90 802 24 2 66)
print ${(n)numbers} ${(On)numbers} ${(u)numbers}
print ${list:#*o*} ${(M)list:#*o*} ${list[(i)two]} ${list[(r)t*]}
() { local v=1; print "anonymous $v $1" } argument
v=aaabbb; print ${v##a#} ${(S)v#b}
case $text in (H*) print H ;; (*) print else ;; esac
while read -r first rest; do print "$first|$rest"; done <<END
line one has words
second line
END
TRAPUSR1() { print "signal $1" }; kill -USR1 $$
TRAPEXIT() { print bye }
exit 5
