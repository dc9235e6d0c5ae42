# A hundred lines for busybox sh that need no child process: loops, arithmetic, functions, patterns, text by expansion.
echo "== arithmetic"
i=0; sum=0
while [ $i -lt 100 ]; do i=$((i + 1)); sum=$((sum + i * i)); done
echo "sum of squares $sum"
echo $((7 / 2)) $((-7 / 2)) $((7 % 3)) $((-7 % 3)) $((1 << 20)) $((0xff & 0x3c)) $((5 > 3 && 2 < 1)) $((~5))
echo $((9223372036854775807 + 1)) $((2 * 3 + 4 * (5 - 1))) $((i > 50 ? 1 : 2))
printf '%d %x %o %05d|%-6s|%6s|%c\n' 255 255 255 42 ab cd xyz
printf '%s-%s\n' one two three four
printf '%b\n' 'tab\there' 'octal \0101'

echo "== functions"
fact() { if [ "$1" -le 1 ]; then result=1; else fact $(($1 - 1)); result=$((result * $1)); fi; }
fact 15; echo "15! = $result"
fib() { local a=0 b=1 n=$1 t; while [ $n -gt 0 ]; do t=$((a + b)); a=$b; b=$t; n=$((n - 1)); done; result=$a; }
fib 80; echo "fib 80 = $result"
gcd() { while [ "$2" -ne 0 ]; do set -- "$2" $(($1 % $2)); done; result=$1; }
gcd 1071 462; echo "gcd $result"
count() { echo "$# arguments: first '$1', all '$*'"; }
count a "b c" d
count
returns() { return $1; }
returns 3; echo "status $?"
if returns 0; then echo yes; else echo no; fi
returns 1 || echo "or"
returns 0 && echo "and"

echo "== loops and cases"
for word in alpha beta gamma 42 -x ""; do
    case $word in
    a*) echo "$word begins with a" ;;
    *[0-9]*) echo "$word has digits" ;;
    beta | gamma) echo "$word is greek" ;;
    "") echo "empty" ;;
    *) echo "$word is else" ;;
    esac
done
n=0
until [ $n -ge 10 ]; do
    n=$((n + 1))
    [ $((n % 2)) -eq 0 ] && continue
    [ $n -gt 7 ] && break
    printf '%d ' $n
done
echo "stopped at $n"
primes=
p=2
while [ $p -lt 60 ]; do
    d=2; prime=1
    while [ $((d * d)) -le $p ]; do
        if [ $((p % d)) -eq 0 ]; then prime=0; break; fi
        d=$((d + 1))
    done
    [ $prime -eq 1 ] && primes="$primes $p"
    p=$((p + 1))
done
echo "primes:$primes"

echo "== text"
path=/usr/share/doc/readme.tar.gz
echo "${path##*/} ${path%/*} ${path%%.*} ${path#*.} ${#path}"
unset nothing; empty=
echo "${nothing:-default} ${empty:-empty} ${empty-unset} ${path:+set} ${nothing:=assigned} $nothing"
text="the quick brown fox jumps over the lazy dog"
echo "${text/quick/slow} ${text//the/a}"
echo "${text:4:5} ${text:40}"
reverse() { local rest=$1; result=; while [ -n "$rest" ]; do result="${rest%"${rest#?}"}$result"; rest=${rest#?}; done; }
reverse "stressed"; echo "$result"
set -- $text
echo "$# words, third $3"
longest=
for word; do [ ${#word} -gt ${#longest} ] && longest=$word; done
echo "longest $longest"
oldifs=$IFS; IFS=:; set -- a:b::c; set -- $1; IFS=$oldifs
echo "$# fields: $1 $2 [$3] $4"
while read -r first rest; do echo "$first|$rest"; done <<'END'
line one has words
second\ line   two
END
while IFS=, read -r name age; do total=$((${total:-0} + age)); echo "$name is $age"; done <<END
ann,30
bob,$((40 + 1))
END
echo "total $total"
binary() { local n=$1; result=; while [ "$n" -gt 0 ]; do result=$((n & 1))$result; n=$((n >> 1)); done; }
binary 1234
echo "binary $result"
collatz() { local n=$1 steps=0; while [ $n -ne 1 ]; do n=$((n & 1 ? 3 * n + 1 : n / 2)); steps=$((steps + 1)); done; result=$steps; }
collatz 27; echo "collatz $result"
quoted='single "double" $none'; echo "$quoted" 'it'\''s' "a\$b"

echo "== tests"
[ abc = abc ] && [ abc != abd ] && [ -n x ] && [ -z "" ] && echo strings
[ 10 -gt 9 ] && [ 10 -ne 9 ] && ! [ 1 -eq 2 ] && echo numbers
[ -d / ] && [ ! -e /no/such/file ] && [ -c /dev/null ] && echo files
test 1 -eq 1 -a 2 -eq 2 && echo both
trap 'echo "exit trap, status $?"' EXIT
eval 'x=5; y=$((x * x))'; echo "eval $y"
alias_test=$((y)); : ${alias_test}; echo "done $alias_test" >/dev/null
command -v echo; type cd; set -u; echo "options $-"; exit 7
