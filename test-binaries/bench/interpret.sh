# A larger script for a shell: functions, arrays, string operations, arithmetic, patterns; built-ins only.
# Usage: bash interpret.sh SIZE: rounds of all; prints a checksum.
declare -A words
sum=17

mix() { ((sum = (sum * 31 + $1) & 0xffffffffff)); }

fib() { # the result in $result
    if (($1 < 2)); then
        result=$1
    else
        fib $(($1 - 1)) && local left=$result
        fib $(($1 - 2)) && ((result += left))
    fi
}

bubble() {
    local -a numbers=("$@")
    local i j kept
    for ((i = ${#numbers[@]} - 1; i > 0; i--)); do
        for ((j = 0; j < i; j++)); do
            if ((numbers[j] > numbers[j + 1])); then
                kept=${numbers[j]}
                numbers[j]=${numbers[j + 1]}
                numbers[j + 1]=$kept
            fi
        done
    done
    mix "${numbers[0]}"
    mix "${numbers[-1]}"
}

count_words() {
    local word
    for word in $1; do
        word=${word,,}
        word=${word%[.,;]}
        words[$word]=$((${words[$word]:-0} + 1))
    done
    mix "${#words[@]}"
}

classify() {
    case $1 in
    *[0-9]*[a-z]*) mix 1 ;;
    [a-m]*) mix 2 ;;
    *ing | *ed) mix 3 ;;
    ??????*) mix 4 ;;
    *) mix 5 ;;
    esac
    [[ $1 =~ ^([a-z]+)-([0-9]+)$ ]] && mix "${BASH_REMATCH[2]}"
}

text='The quick brown fox, jumping over the lazy dog; then it rested, and the dog barked. Nobody minded: it was late.'
for ((round = 0; round < ${1:-1}; round++)); do
    fib 12
    mix "$result"
    numbers=()
    for ((i = 0; i < 30; i++)); do numbers+=($((sum >> i & 0x3ff))); done
    bubble "${numbers[@]}"
    for ((i = 0; i < 10; i++)); do count_words "$text $i"; done
    for word in $text item-$round x$round; do classify "$word"; done
    line=
    for ((i = 0; i < 100; i++)); do
        printf -v part '%03d,' $((i * round))
        line+=$part
    done
    while [[ $line == *,* ]]; do
        mix "$((10#${line%%,*}))"
        line=${line#*,}
    done
done
printf '%x\n' "$sum"
