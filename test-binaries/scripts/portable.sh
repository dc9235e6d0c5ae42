# For every shell: built-ins only.
out=
for word in a b c; do out="$out<$word>"; done
i=0
while [ "$i" -lt 1000 ]; do i=$((i + 3)); done
power() { result=1; n=$2; while [ "$n" -gt 0 ]; do result=$((result * $1)); n=$((n - 1)); done; }
power 3 12
case $result in 53*1) kind=right ;; *) kind=wrong ;; esac
name=/usr/lib/file.tar.gz
echo "$out $i $result $kind ${name##*/} ${name%%.*} ${#name}"
set -- x "y z" w
shift
echo "$# $1"
read -r line rest <<END
first second third
END
echo "$line/$rest"
trap 'echo leaving' EXIT
exit 9
