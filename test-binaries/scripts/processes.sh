# Child processes as shells use them. Only built-ins are executed, so the output
# depends on no other program. mksh is left out: QEMU cannot kill its busy child.
i=0
while [ $i -lt 10 ]; do
    x=$(echo "$i" | while read -r n; do echo "<$n>"; done)
    echo "$i $x"
    i=$((i + 1))
done
(echo sub; exit 3)
echo "status $?"
f() {
    echo "in $1"
    return 4
}
f one | while read -r line; do echo "piped: $line"; done
f two >/dev/null
echo $?
y=$(f three; echo "done $?")
echo "$y"
(exit 9) &
wait $!
echo "waited $?"
(while :; do :; done) &
kill $!
wait $! 2>/dev/null
echo "killed $?"
while read -r l; do echo "[$l]"; done <<X
one
two
X
(cd / && pwd)
false | true
echo $?
(trap 'echo sub trap' EXIT; :)
trap 'echo signal' USR1
(kill -USR1 $$)
wait
v=1
(v=2; echo "inner $v")
echo "outer $v"
echo abc | (read -r a; echo "got $a"; (echo deeper | (read -r b; echo "$a $b")))
n=0
for k in 1 2 3 4 5 6 7 8 9 10; do n=$((n + $(echo $k))); done
echo "sum $n"
trap 'echo end' EXIT
