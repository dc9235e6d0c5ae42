# For bash: what only bash has, without child processes.
declare -A color=([apple]=red [plum]=blue [lime]=green)
for key in apple lime plum; do echo "$key ${color[$key]}"; done
echo "${#color[@]} colors"
list=(zero one two three)
list+=(four)
list[10]=ten
echo "${list[@]:1:3} | ${#list[@]} | ${!list[@]} | ${list[-1]}"
for ((i = 0; i < 5; i++)); do ((sum += i ** 3)); done
echo "sum $sum $((2 ** 40)) $((16#ff)) $((2#1010))"
[[ "release-1.25.3" =~ ^([a-z]+)-([0-9]+)\.([0-9]+) ]] && echo "${BASH_REMATCH[1]} ${BASH_REMATCH[2]} ${BASH_REMATCH[3]}"
[[ abc == a* && ! abc == *d ]] && echo pattern
text="Hello World"
echo "${text^^} ${text,,} ${text/o/0} ${text//o/0} ${text: -5} ${text:0:5} ${text@Q}"
printf -v padded '%08.3f' 3.14159; echo "$padded"
printf '%q %s\n' "a b" 'c'
echo {a..e} {1..10..3} pre{x,y}post
function outer { local v=1; inner; echo "outer $v"; }
function inner { v=2; }
outer
declare -n reference=text; reference=changed; echo "$text"
declare -i number=5; number+=7; echo "$number"
mapfile -t lines <<< $'first\nsecond\nthird'; echo "${#lines[@]} ${lines[1]}"
read -r -a words <<< "some more words"; echo "${words[2]}"
case foo in f*) echo one ;;& *o) echo two ;; esac
select_sort() {
    local -a a=("$@"); local i j t
    for ((i = 0; i < ${#a[@]}; i++)); do
        for ((j = i + 1; j < ${#a[@]}; j++)); do
            ((a[j] < a[i])) && { t=${a[i]}; a[i]=${a[j]}; a[j]=$t; }
        done
    done
    echo "${a[@]}"
}
select_sort 170 45 75 90 802 24 2 66
hash=5381; s="hash this string"
for ((i = 0; i < ${#s}; i++)); do printf -v c '%d' "'${s:i:1}"; ((hash = (hash * 33 + c) & 0xffffffff)); done
echo "hash $hash"
shopt -s extglob; v=aaabbb; echo "${v##+(a)}"
trap 'echo "signal"' USR1; kill -USR1 $$; trap 'echo "bye"' EXIT
set -o pipefail; echo "${BASH_VERSINFO[0]}"; exit 5
