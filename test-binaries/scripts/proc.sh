# What /proc says of the guest, in a shell and in its children.
read -r name </proc/self/comm
echo "comm $name"
read -r pid rest </proc/self/stat
[ "$pid" = $$ ] && echo "own pid"
cut -d' ' -f2,3,20 /proc/self/stat
grep -E '^(Name|State|Threads|SigIgn)' /proc/self/status
trap '' USR1
trap : USR2
while read -r key value; do
    case $key in SigIgn: | SigCgt:) echo "$key $value" ;; esac
done </proc/$$/status
tr '\0' '\n' </proc/$$/cmdline | tail -n 1
grep -c '^processor' /proc/cpuinfo | grep -q '[1-9]' && echo processors
grep -m 1 'architecture' /proc/cpuinfo
grep -m 1 -o 'fp asimd' /proc/cpuinfo
env -i ONLY=this cat /proc/self/environ | tr '\0' '\n'
grep -c 'heap' /proc/self/maps
set -- $(ls /proc/self/fd | sort -n)
echo "first descriptors $1 $2 $3"
